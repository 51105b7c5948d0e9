"""Scale and offset that a band declares: QGIS shows value x scale + offset, Recurve reads the values as stored."""

from __future__ import annotations

from osgeo import gdal

from ..errors import RasterError
from ..translation import tr

AS_STORED = (1.0, 0.0)


def declared_scale(band: gdal.Band) -> tuple[float, float]:
    """Scale and offset of a band; `AS_STORED` where it declares none."""
    scale, offset = band.GetScale(), band.GetOffset()
    return (1.0 if scale is None else scale), (0.0 if offset is None else offset)


def check_as_stored(name: str, band: gdal.Band) -> None:
    """Refuse a band of a map or of classes whose values QGIS shows as others.

    Args:
        name: what the raster is called.
        band: one of its bands.

    Raises:
        RasterError: it declares a scale or an offset.
    """
    scale, offset = declared_scale(band)
    if (scale, offset) == AS_STORED:
        return
    raise RasterError(
        tr(
            "Band {band} of {raster} has the scale {scale:g} and the offset {offset:g}, so QGIS shows other values "
            "than the file holds, and Recurve needs class values, probabilities and scores as they are stored; write "
            "the values that QGIS shows with Raster > Conversion > Translate and the additional command-line parameter "
            "-unscale, or remove scale and offset, and use the result.",
            band=band.GetBand(),
            raster=name,
            scale=scale,
            offset=offset,
        )
    )
