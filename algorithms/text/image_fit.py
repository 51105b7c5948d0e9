"""Whether an image is like those a network was trained on, as far as that can be told; the map is made all the same."""

from __future__ import annotations

import numpy as np

from ...core.errors import RasterError
from ...core.inference.mean_confidence import MeanConfidence
from ...core.inference.resampling import LARGEST_RATIO, Resampling
from ...core.progress import Progress
from ...core.raster.band_names import bands_by_name, called_alpha_sentence, misplaced_bands
from ...core.raster.band_scale import AS_STORED
from ...core.raster.image_reader import ImageReader
from ...core.raster.sampled_pixels import Sample, ValueRange, sampled_pixels, undeclared_nodata, value_range
from ...core.raster.tiling import Window
from ...models.contract import NetworkContract
from .translation import tr, word


def band_names(contract: NetworkContract) -> list[str]:
    """What a network calls its bands, in its order."""
    return [band.name for band in contract.bands]


def pixel_sizes(contract: NetworkContract) -> str:
    """The pixel sizes a network was trained for, as people write them."""
    smallest, largest = contract.pixel_size_range_m
    return f"{smallest:g} to {largest:g} m"


def say_training_data(contract: NetworkContract, progress: Progress) -> None:
    """Tell what a network has learned from: elsewhere its map may be nonsense."""
    told = [str(contract.training[key]) for key in ("data", "limits") if contract.training.get(key)]
    if told:
        progress.say(
            tr("The {role} has learned from: {data}.", role=word(contract.role), data="; ".join(told))
        )


def say_bands(contract: NetworkContract, reader: ImageReader, progress: Progress) -> None:
    """Tell which of the image's bands a network takes for which of its own."""
    by_name = bands_by_name(reader.labels, band_names(contract)) == reader.bands
    pairs = ", ".join(f"{name} = {number}" for name, number in zip(band_names(contract), reader.bands))
    if by_name:
        pairs = tr("{pairs} (so named in the image)", pairs=pairs)
    progress.say(tr("Bands of the image: {pairs}.", pairs=pairs))


def say_extent(window: Window, reader: ImageReader, progress: Progress) -> None:
    """Tell how much of the image is mapped, where that is not all."""
    grid = reader.grid
    if window != grid.extent:
        progress.say(
            tr(
                "Extent: {width} x {height} of the image's {all_width} x {all_height} pixels.",
                width=window.width,
                height=window.height,
                all_width=grid.width,
                all_height=grid.height,
            )
        )


def say_resampling(resampling: Resampling | None, reader: ImageReader, progress: Progress) -> None:
    """Tell at which pixel size the networks see the image, where it is not the image's own."""
    sides_m = reader.grid.pixel_sides_m
    if resampling is not None and sides_m is not None:
        down, across = (f"{side_m * ratio:.3g}" for side_m, ratio in zip(sides_m, resampling.ratios))
        progress.say(
            tr(
                "Resampled: pixels of {width:.3g} x {height:.3g} m become {across} x {down} m for the networks; the "
                "map has the image's pixels.",
                width=sides_m[1],
                height=sides_m[0],
                across=across,
                down=down,
            )
        )


def image_warnings(
    contract: NetworkContract, reader: ImageReader, resampling: Resampling | None = None, resample: str = ""
) -> list[str]:
    """Warnings about bands and pixel size, before the run begins.

    Args:
        contract: the network's.
        reader: the image.
        resampling: what the networks see in its place.
        resample: what the parameter is called that resamples; empty where there is none.
    """
    network = {"role": word(contract.role), "name": contract.name}
    warnings = [
        tr(
            "Band {described} of the image is called {band}, and the {role} {name} takes band {taken} for it; if that "
            "is wrong, choose the bands in the order of the {role}.",
            described=described,
            band=band,
            taken=taken,
            **network,
        )
        for band, described, taken in misplaced_bands(reader.labels, band_names(contract), reader.bands)
    ]
    if reader.called_alpha:
        warnings.append(called_alpha_sentence(reader.called_alpha))
    size_m, (smallest_m, largest_m) = reader.grid.pixel_size_m, contract.pixel_size_range_m
    too_coarse = size_m is not None and size_m > 2 * largest_m
    if size_m is not None and (
        too_coarse if resampling is not None else not smallest_m <= size_m <= largest_m
    ):
        warnings.append(
            tr(
                "The image's pixels are {size:.3g} m wide, {ratio:.3g} times those the {role} {name} was trained on "
                "({needed:.3g} m; it is made for {smallest:.3g} to {largest:.3g} m): expect a poor map, or {remedy}.",
                size=size_m,
                ratio=size_m / contract.pixel_size_m,
                needed=contract.pixel_size_m,
                smallest=smallest_m,
                largest=largest_m,
                remedy=_remedy(contract, size_m, too_coarse, resample),
                **network,
            )
        )
    if size_m is None and contract.role == "classifier":
        warnings.append(
            tr(
                "The image is placed by control points or by the model of its sensor, so its pixel size is not known; "
                "the {role} {name} is made for {smallest:.3g} to {largest:.3g} m.",
                smallest=smallest_m,
                largest=largest_m,
                **network,
            )
            if reader.grid.control is not None
            else tr(
                "The image has no georeference, so its pixel size is not known; the {role} {name} is made for "
                "{smallest:.3g} to {largest:.3g} m.",
                smallest=smallest_m,
                largest=largest_m,
                **network,
            )
        )
    return warnings


def value_warnings(contract: NetworkContract, reader: ImageReader, extent: Window, scale: str) -> list[str]:
    """Warnings about the image's values, from a few windows of it.

    Args:
        contract: the network's.
        reader: the image.
        extent: where to look.
        scale: what the parameter is called that multiplies the values.
    """
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


def confidence_warning(
    contract: NetworkContract, confidence: MeanConfidence, progress: Progress
) -> str | None:
    """Tell how sure the networks were of the map, and what to make of it where that is little.

    A network may be sure and wrong: a high confidence proves nothing and is not remarked on.
    """
    if not confidence.pixels:
        return None
    classes = len(contract.classes)
    progress.say(
        tr(
            "Mean confidence: {percent:.0f} % of {pixels} pixels classified in this run.",
            percent=confidence.percent,
            pixels=confidence.pixels,
        )
    )
    if not confidence.is_low(classes):
        return None
    return tr(
        "The mean confidence of the map is {percent:.0f} %, which is low for {classes} classes (guessing: "
        "{guessing:.0f} %): the {role} {name} may not know images like this one, or has learned too little, and the "
        "map may be wrong. Look at it before you use it; train a classifier on images of this kind (Prepare samples, "
        "Train classifier) or, if it is one, with more labels or epochs; or choose another network.",
        percent=confidence.percent,
        classes=classes,
        guessing=100 / classes,
        role=word(contract.role),
        name=contract.name,
    )


def _remedy(contract: NetworkContract, size_m: float, too_coarse: bool, resample: str) -> str:
    """What can be done about pixels of another size: resampling makes no detail, and has an end."""
    if too_coarse:
        return tr("use an image with smaller pixels (resampling would add no detail)")
    if not resample or size_m * LARGEST_RATIO < contract.pixel_size_m:
        return tr("resample it to {needed:.3g} m first", needed=contract.pixel_size_m)
    return tr("let {resample} bring the image to the network's pixel size", resample=resample)
