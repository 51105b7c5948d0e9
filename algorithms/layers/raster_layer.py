"""Raster layers: the one a user gave, the file behind it, and whether QGIS shows it where its pixels lie."""

from __future__ import annotations

from qgis.core import QgsDataSourceUri, QgsRasterLayer
from qgis.PyQt.QtCore import QUrl

from ...core.errors import RasterError
from ...core.raster.file_reader import RasterReader
from ...core.raster.grid import Grid
from ..text.translation import tr, word
from ..values import Values
from .extent import grid_rectangle


def raster_layer(values: Values, name: str) -> QgsRasterLayer:
    """The raster layer a user gave.

    Raises:
        RasterError: there is none, in GDAL's words where it has some.
    """
    context, value = values.context, values.given.get(name)
    layer = values.algorithm.parameterAsRasterLayer(dict(values.given), name, context)
    if (layer is None or not layer.isValid()) and isinstance(value, str) and value:
        RasterReader(value).close()  # says why it fails
        raise RasterError(
            tr(
                "QGIS cannot show {value} as a raster layer; export it as a GeoTIFF and use that.",
                value=value,
            )
        )
    if layer is None or not layer.isValid():
        what = "image" if name == "INPUT" else "raster"
        raise RasterError(
            tr(
                "No {what} was given as {parameter}; choose a raster layer or a file that QGIS can show as one.",
                what=word(what),
                parameter=values.called(name),
            )
        )
    return layer


def offline_tiles(layer: QgsRasterLayer) -> str:
    """The MBTiles file of a layer that QGIS shows through its provider for servers; '' for any other layer."""
    uri = QgsDataSourceUri()
    uri.setEncodedUri(layer.source() if layer.providerType() == "wms" else "")
    return QUrl(uri.param("url")).toLocalFile() if uri.param("type") == "mbtiles" else ""


def image_path(layer: QgsRasterLayer) -> str:
    """What GDAL opens to read a layer's pixels.

    Raises:
        RasterError: the layer's pixels do not come from GDAL.
    """
    if offline := offline_tiles(layer):
        return offline
    if layer.providerType() != "gdal":
        raise RasterError(
            tr(
                "The layer {layer} comes from QGIS's '{provider}' provider, and Recurve reads files that GDAL can "
                "open and, to classify, WMS, WMTS and XYZ layers; export the layer as a GeoTIFF and use that.",
                layer=layer.name(),
                provider=layer.providerType(),
            )
        )
    return str(layer.source()).split("|", maxsplit=1)[0]


def check_shown_as_stored(layer: QgsRasterLayer, grid: Grid) -> None:
    """Refuse to look for places in an image that QGIS places elsewhere than its pixels say (by control points).

    Raises:
        RasterError: the layer's extent is not the grid's.
    """
    shown, stored = layer.extent(), grid_rectangle(grid)
    tolerance = 0.5 * stored.width() / grid.width
    sides = ("xMinimum", "yMinimum", "xMaximum", "yMaximum")
    if any(abs(getattr(shown, side)() - getattr(stored, side)()) > tolerance for side in sides):
        raise RasterError(
            tr(
                "QGIS places {layer} by control points, and Recurve finds an extent or mask only in images with rows "
                "along an axis; warp the image first (Raster > Projections > Warp), or leave extent and mask empty.",
                layer=layer.name(),
            )
        )
