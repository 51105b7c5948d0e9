"""Whether an image's values are like those a network was trained on, as far as a few windows of it tell."""

from __future__ import annotations

import numpy as np

from ...core.errors import RasterError
from ...core.raster.band_scale import AS_STORED
from ...core.raster.image_reader import ImageReader
from ...core.raster.sampled_pixels import Sample, ValueRange, sampled_pixels, undeclared_nodata, value_range
from ...core.raster.tiling import Window
from ...models.contract import NetworkContract
from .translation import tr, word


def value_warnings(contract: NetworkContract, reader: ImageReader, extent: Window, scale: str) -> list[str]:
    """Warnings about the image's values, from a few windows of it.

    Args:
        contract: the network's.
        reader: the image.
        extent: where to look.
        scale: what the parameter is called that multiplies the values.
    """
    if contract.any_map:  # it sees standardised values
        return nodata_warnings(reader, extent)
    lowest = min(band.minimum for band in contract.bands)
    highest = max(band.maximum for band in contract.bands)
    is_dark_photo = reader.dtype == "uint8" and highest <= 255 and reader.scale == 1
    sample = _sample(reader, extent)
    warnings = _nodata_warnings(sample)
    found = None if is_dark_photo else value_range(sample)
    if found is None:
        return warnings
    found = ValueRange(found.low * reader.scale, found.high * reader.scale)
    beyond = 0.5 * (highest - lowest)
    if lowest - beyond <= found.low and 0.15 * highest <= found.high <= highest + beyond:
        return warnings
    own, trained = _full_scale(found.high), _full_scale(highest)
    if set(reader.declared_scale) - {AS_STORED}:
        remedy = _declared_remedy(reader, found.high / reader.scale, trained, scale)
    elif found.high > 0 and own != trained:
        remedy = tr(
            "If {own:g} in the image means what {trained:g} means to the network, set {parameter} to {factor:.6g}.",
            own=own,
            trained=trained,
            parameter=scale,
            factor=reader.scale * trained / own,
        )
    else:
        remedy = tr("Rescale the image first, unless they mean the same.")
    values = reader.dtype if reader.scale == 1 else f"{reader.dtype} x {reader.scale:g}"
    warnings.append(
        tr(
            "The image's values ({values}) are from {low:.4g} to {high:.4g}, and the {role} {name} was trained on "
            "values from {lowest:.4g} to {highest:.4g}: expect a poor map. {remedy}",
            values=values,
            low=found.low,
            high=found.high,
            role=word(contract.role),
            name=contract.name,
            lowest=lowest,
            highest=highest,
            remedy=remedy,
        )
    )
    return warnings


def _declared_remedy(reader: ImageReader, highest: float, trained: float, parameter: str) -> str:
    """What to do about values that QGIS shows as others, by a scale and an offset that the image declares.

    Args:
        reader: the image.
        highest: its highest value as stored.
        trained: see `_full_scale`, of the network.
        parameter: what the parameter is called that multiplies the values.
    """
    several = len(set(reader.declared_scale)) > 1
    scale, offset = next(one for one in reader.declared_scale if one != AS_STORED)
    said = tr(
        "The image declares the scale {scale:g} and the offset {offset:g}, by which QGIS shows other values; Recurve "
        "takes them as they are stored.",
        scale=scale,
        offset=offset,
    )
    own = _full_scale(highest * scale)
    factor = scale * trained / own
    if several or offset != 0 or highest * scale <= 0 or np.isclose(factor, reader.scale):
        remedy = tr(
            "Write the values that QGIS shows into a file (Raster > Conversion > Translate, additional command-line "
            "parameter -unscale) and use that, unless the stored ones mean what the network knows."
        )
    elif own == trained:
        remedy = tr(
            "Set {parameter} to {factor:.6g} for the values that QGIS shows.",
            parameter=parameter,
            factor=factor,
        )
    else:
        remedy = tr(
            "If {own:g} in QGIS means what {trained:g} means to the network, set {parameter} to {factor:.6g}.",
            own=own,
            trained=trained,
            parameter=parameter,
            factor=factor,
        )
    return f"{said} {remedy}"


def nodata_warnings(reader: ImageReader, extent: Window) -> list[str]:
    """Tell of pixels that seem to be no data and are taken for data, because nothing says that they are not."""
    return _nodata_warnings(_sample(reader, extent))


def _sample(reader: ImageReader, extent: Window) -> Sample:
    """Some of an image's pixels, not scaled; none where it cannot be read: the run says where, and keeps its tiles."""
    try:
        return sampled_pixels(reader, extent) / np.float32(reader.scale)
    except RasterError:
        return np.empty((reader.band_count, 0), np.float32)


def _nodata_warnings(sample: Sample) -> list[str]:
    found = undeclared_nodata(sample)
    if found is None:
        return []
    return [
        tr(
            "{percent:.2g} % of the pixels that were looked at have the value {value:g} in all bands, which usually "
            "means no data, and the image does not say so: they are taken for data. If they are not, give the image "
            "this nodata value (Layer Properties > Transparency > Additional no data value, or Raster > Conversion > "
            "Translate).",
            percent=100 * found.share,
            value=found.value,
        )
    ]


def _full_scale(highest: float) -> float:
    """The number that usually stands for the brightest in images with such values, bright clouds aside."""
    return next((full for full in (1.0, 255.0, 10000.0) if highest <= 1.6 * full), 65535.0)
