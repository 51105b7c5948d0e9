"""Raster layers: the one a user gave, the file behind it, and whether QGIS shows it where its pixels lie."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsDataSourceUri,
    QgsProcessingFeedback,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QUrl

from ...core.errors import RasterError
from ...core.raster.file_reader import RasterReader
from ...core.raster.grid import Grid
from ...core.raster.operation import Placing
from ..text.translation import tr, word
from ..values import Values
from .extent import grid_rectangle
from .gdal_names import open_gdal_names
from .image import ImageFile
from .layer_nodata import with_nodata_of_layer
from .place import crs_wkt, operations
from .vector_source import known_system

_OPTION = "option:"  # what begins an open option in a layer's source


def raster_layer(values: Values, name: str) -> QgsRasterLayer:
    """The raster layer a user gave.

    Raises:
        RasterError: there is none, in GDAL's words where it has some.
    """
    context, value = values.context, values.given.get(name)
    layer = values.algorithm.parameterAsRasterLayer(dict(values.given), name, context)
    if (layer is None or not layer.isValid()) and isinstance(value, str) and value:
        RasterReader(value).close()  # says why it fails, after it has given a server time
        open_gdal_names(values)
        layer = values.algorithm.parameterAsRasterLayer(dict(values.given), name, context)
        if layer is not None and layer.isValid():
            return layer
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
    """What GDAL opens to read a layer's pixels, with the nodata values that count in QGIS.

    Raises:
        RasterError: the layer's pixels do not come from GDAL, or by options that QGIS gives it.
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
    path = without_options(layer.source())
    options = [
        part[len(_OPTION) :] for part in layer.source()[len(path) :].split("|") if part.startswith(_OPTION)
    ]
    if options:
        raise RasterError(
            tr(
                "QGIS opens {layer} with the option {options}, and Recurve opens the file without it, which may give "
                "other pixels or another place; export the layer as a GeoTIFF and use that.",
                layer=layer.name(),
                options=", ".join(options),
            )
        )
    return with_nodata_of_layer(layer, path)


def without_options(source: str) -> str:
    """What GDAL opens of a layer's source, after which QGIS writes options behind a |; a name may have one as well."""
    return source if Path(source).exists() else source.split("|", maxsplit=1)[0]


def placing(layer: QgsRasterLayer, transform_context: QgsCoordinateTransformContext) -> Placing:
    """What QGIS knows of a layer's place: the system that the user gave it counts, not that of the file.

    Args:
        layer: what GDAL reads.
        transform_context: the project's, which says how coordinates get from one system to another.
    """
    shown, stored = known_system(layer.crs()), known_system(layer.dataProvider().crs())
    ways = operations(transform_context)
    if not shown.isValid() or shown == stored:
        return Placing(operations=ways)
    told = stored.userFriendlyIdentifier() if stored.isValid() else tr("none")
    remark = tr(
        "The coordinate reference system of {layer} is {shown}, as in QGIS; its file says: {stored}.",
        layer=layer.name(),
        shown=shown.userFriendlyIdentifier(),
        stored=told,
    )
    return Placing(crs_wkt(shown), ways, remark)


def say_systems(feedback: QgsProcessingFeedback, *placings: Placing) -> None:
    """Tell where QGIS shows a raster in another system than its file says."""
    for remark in dict.fromkeys(placing.remark for placing in placings if placing.remark):
        feedback.pushInfo(remark)


def image_file(layer: QgsRasterLayer, values: Values) -> ImageFile:
    """The file behind a layer, in the system that counts, see `placing`.

    Raises:
        RasterError: the layer's pixels do not come from GDAL.
    """
    return ImageFile(image_path(layer), placing(layer, values.context.transformContext()))


def check_shown_as_stored(layer: QgsRasterLayer, grid: Grid) -> None:
    """Refuse to look for places in an image that QGIS places elsewhere than its pixels say (by control points).

    QGIS warps what is not north-up to square pixels, so that the extent it tells of a raster whose own pixels are not
    square differs by a part of a pixel, though it lies in the same place.

    Raises:
        RasterError: the layer's extent is not the grid's.
    """
    shown, stored = layer.extent(), grid_rectangle(grid)
    width, height = stored.width() / grid.width, stored.height() / grid.height
    tolerance = 0.5 * width if grid.geotransform is None else max(width, height)
    sides = ("xMinimum", "yMinimum", "xMaximum", "yMaximum")
    if any(abs(getattr(shown, side)() - getattr(stored, side)()) > tolerance for side in sides):
        raise RasterError(
            tr(
                "QGIS places {layer} by control points or by the model of its sensor, and Recurve finds extents, "
                "masks, labels and references only in images with rows along an axis; warp the image first (Raster > "
                "Projections > Warp), or leave extent and mask empty.",
                layer=layer.name(),
            )
        )
