"""Raster layers: the one a user gave, the file behind it, and whether QGIS shows it where its pixels lie."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateTransformContext, QgsProcessingFeedback, QgsRasterLayer

from ...core.errors import RasterError
from ...core.raster.file_reader import RasterReader
from ...core.raster.grid import Grid
from ...core.raster.operation import Placing
from ...core.raster.retry import is_remote
from ..values import Values
from .extent import grid_rectangle
from .image import ImageFile
from .place import crs_wkt, operations
from .vector_source import known_system


def raster_layer(values: Values, name: str) -> QgsRasterLayer:
    """The raster layer a user gave.

    Raises:
        RasterError: there is none, in GDAL's words where it has some.
    """
    context, value = values.context, values.given.get(name)
    layer = values.algorithm.parameterAsRasterLayer(dict(values.given), name, context)
    if (layer is None or not layer.isValid()) and isinstance(value, str) and value:
        RasterReader(value).close()  # says why it fails
        if is_remote(value):  # which QGIS takes as a layer, but not as text
            # without a style, for which QGIS would look at the pixels
            layer = QgsRasterLayer(value, Path(value).stem, "gdal", QgsRasterLayer.LayerOptions(False))
            if layer.isValid():  # from now on QGIS finds it by the text
                context.temporaryLayerStore().addMapLayer(layer)
        if layer is None or not layer.isValid():
            raise RasterError(
                f"QGIS cannot show {value} as a raster layer; export it as a GeoTIFF and use that."
            )
    if layer is None or not layer.isValid():
        what = "image" if name == "INPUT" else "raster"
        raise RasterError(
            f"No {what} was given as {values.called(name)}; choose a raster layer or a file that QGIS can show as one."
        )
    return layer


def image_path(layer: QgsRasterLayer) -> str:
    """What GDAL opens to read a layer's pixels.

    Raises:
        RasterError: the layer's pixels do not come from GDAL.
    """
    if layer.providerType() != "gdal":
        raise RasterError(
            f"The layer {layer.name()} comes from QGIS's '{layer.providerType()}' provider, and Recurve reads files "
            "that GDAL can open and, to classify, WMS, WMTS and XYZ layers; export the layer as a GeoTIFF and use that."
        )
    return str(layer.source()).split("|", maxsplit=1)[0]


def placing(
    layer: QgsRasterLayer, transform_context: QgsCoordinateTransformContext, feedback: QgsProcessingFeedback
) -> Placing:
    """What QGIS knows of a layer's place: the system that the user gave it counts, not that of the file.

    Args:
        layer: what GDAL reads.
        transform_context: the project's, which says how coordinates get from one system to another.
        feedback: told where the file says something else.
    """
    shown, stored = known_system(layer.crs()), known_system(layer.dataProvider().crs())
    ways = operations(transform_context)
    if not shown.isValid() or shown == stored:
        return Placing(operations=ways)
    told = f"its file says {stored.userFriendlyIdentifier()}" if stored.isValid() else "its file says none"
    feedback.pushInfo(
        f"The coordinate reference system of {layer.name()} is {shown.userFriendlyIdentifier()}, as in QGIS; {told}."
    )
    return Placing(crs_wkt(shown), ways)


def image_file(layer: QgsRasterLayer, values: Values, feedback: QgsProcessingFeedback) -> ImageFile:
    """The file behind a layer, in the system that counts, see `placing`.

    Raises:
        RasterError: the layer's pixels do not come from GDAL.
    """
    path = image_path(layer)
    return ImageFile(path, placing(layer, values.context.transformContext(), feedback).crs_wkt)


def check_shown_as_stored(layer: QgsRasterLayer, grid: Grid, what: str = "an extent or mask") -> None:
    """Refuse to look for places in an image that QGIS places elsewhere than its pixels say (by control points).

    Args:
        layer: the image.
        grid: its pixels.
        what: is looked for, for the sentence.

    Raises:
        RasterError: the layer's extent is not the grid's.
    """
    shown, stored = layer.extent(), grid_rectangle(grid)
    tolerance = 0.5 * stored.width() / grid.width
    sides = ("xMinimum", "yMinimum", "xMaximum", "yMaximum")
    if any(abs(getattr(shown, side)() - getattr(stored, side)()) > tolerance for side in sides):
        raise RasterError(
            f"QGIS places {layer.name()} by control points or by the model of its sensor, and Recurve finds {what} "
            "only in images with rows along an axis; warp the image first (Raster > Projections > Warp)."
        )
