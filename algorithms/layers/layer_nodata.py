"""No data as the user has told QGIS: values that a layer's properties add to those of its file, or take from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from osgeo import gdal
from qgis.core import QgsRasterLayer

from ...core.errors import RasterError
from ...core.raster.band_scale import AS_STORED
from ...core.raster.file_reader import open_raster
from ...core.raster.gdal_errors import no_gdal_failure
from ..text.translation import tr


def with_nodata_of_layer(layer: QgsRasterLayer, path: str) -> str:
    """The raster with the nodata values that count in QGIS (Layer Properties > Transparency).

    Args:
        layer: QGIS's.
        path: what GDAL opens for it.

    Returns:
        The path, where QGIS and the file agree; else that of a virtual raster in memory, under the same name.

    Raises:
        RasterError: a band has several such values, and a raster has one.
    """
    changed = _nodata(layer)
    if not changed:
        return path
    with no_gdal_failure(
        tr("{path} cannot be read", path=path), tr("Export the layer as a GeoTIFF and use that.")
    ):
        virtual = gdal.Translate("", open_raster(path), format="VRT")
        for number, value in changed.items():
            band = virtual.GetRasterBand(number)
            if value is None:
                band.DeleteNoDataValue()
            else:
                band.SetNoDataValue(value)
        text = virtual.GetMetadata("xml:VRT")[0].encode("utf-8")
    name = f"/vsimem/recurve/{hashlib.sha256(text).hexdigest()[:12]}/{Path(layer.source()).name}"
    gdal.FileFromMemBuffer(name, text)
    return name


def _nodata(layer: QgsRasterLayer) -> Mapping[int, float | None]:
    """The nodata value of each band in which QGIS's is another than the file's; None for no such value."""
    provider, found = layer.dataProvider(), {}
    for number in range(1, provider.bandCount() + 1):
        of_file = provider.sourceNoDataValue(number) if provider.sourceHasNoDataValue(number) else None
        counts = of_file if provider.useSourceNoDataValue(number) else None
        # QGIS takes what the user adds for a value as it shows it, and what the file says for one as it is stored.
        scale, offset = provider.bandScale(number), provider.bandOffset(number)
        told = [
            _stored(value, scale, offset)
            for one in provider.userNoDataValues(number)
            for value in (one.min(), one.max())
        ]
        values = set(told) | (set() if counts is None else {counts})
        if len(values) > 1:
            raise RasterError(
                tr(
                    "Band {band} of {layer} has several values for no data in QGIS ({values}), and Recurve takes one; "
                    "export the layer with one (Raster > Conversion > Translate), or remove the others in Layer "
                    "Properties > Transparency.",
                    band=number,
                    layer=layer.name(),
                    values=", ".join(f"{value:g}" for value in sorted(values)),
                )
            )
        value = values.pop() if values else None
        if value != of_file:
            found[number] = value
    return found


def _stored(shown: float, scale: float, offset: float) -> float:
    """The value of a band that QGIS shows as another, by the band's scale and offset."""
    if (scale, offset) == AS_STORED or not scale:
        return shown
    return float(f"{(shown - offset) / scale:.12g}")  # whole where only rounding says otherwise
