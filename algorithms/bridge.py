"""Between QGIS and the engine: layers become paths, pixels and masks; feedback becomes progress."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
)

from ..core.errors import RasterError, RecurveError
from ..core.raster.file_reader import RasterReader
from ..core.raster.grid import Grid
from ..core.raster.polygon_mask import PolygonMask
from ..core.raster.retry import is_remote
from ..core.raster.tiling import Window
from .text.help import called


class FeedbackProgress:
    """The engine's `Progress` on QGIS's feedback."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.feedback = feedback

    def report(self, fraction: float) -> None:
        """Move QGIS's progress bar."""
        self.feedback.setProgress(100 * fraction)

    def say(self, text: str) -> None:
        """Write a line into QGIS's log."""
        self.feedback.pushInfo(text)

    def is_cancelled(self) -> bool:
        """Whether the user pressed Cancel."""
        return bool(self.feedback.isCanceled())


@contextmanager
def faults_for_qgis() -> Iterator[None]:
    """Hand a `RecurveError` to QGIS as the sentence the user reads; everything else keeps its traceback."""
    try:
        yield
    except RecurveError as error:
        raise QgsProcessingException(str(error)) from error


def raster_layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsRasterLayer:
    """The raster layer a user gave.

    Raises:
        RasterError: there is none, in GDAL's words where it has some.
    """
    layer, value = algorithm.parameterAsRasterLayer(parameters, name, context), parameters.get(name)
    if (layer is None or not layer.isValid()) and isinstance(value, str) and value:
        RasterReader(value).close()  # says why it fails
        if is_remote(value):  # which QGIS takes as a layer, but not as text
            options = QgsRasterLayer.LayerOptions(
                False
            )  # without a style, for which QGIS would look at the pixels
            layer = QgsRasterLayer(value, Path(value).stem, "gdal", options)
        if layer is None or not layer.isValid():
            raise RasterError(
                f"QGIS cannot show {value} as a raster layer; export it as a GeoTIFF and use that."
            )
    if layer is None or not layer.isValid():
        what = "image" if name == "INPUT" else "raster"
        raise RasterError(
            f"No {what} was given as {called(algorithm, name)}; choose a raster layer or a file that QGIS can show as "
            "one."
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
            f"QGIS places {layer.name()} by control points, and Recurve finds an extent or mask only in images with "
            "rows along an axis; warp the image first (Raster > Projections > Warp), or leave extent and mask empty."
        )


def extent_window(extent: QgsRectangle, grid: Grid) -> Window:
    """The pixels whose centre is in an extent, and at least the one in its middle.

    Args:
        extent: in the image's coordinates; for an image without georeferencing as QGIS shows it, x = column and
            y = -row.
        grid: the image's pixels.

    Raises:
        RasterError: the extent is beside the image.
    """
    left, width, _, top, _, height = grid.affine
    cols = _pixels((extent.xMinimum() - left) / width, (extent.xMaximum() - left) / width, grid.width)
    rows = _pixels((extent.yMinimum() - top) / height, (extent.yMaximum() - top) / height, grid.height)
    if not cols or not rows:
        raise RasterError(
            f"The extent ({extent.toString(2)}) is beside the image, which covers "
            f"{grid_rectangle(grid).toString(2)}; choose an extent that overlaps the image."
        )
    return Window(rows.start, cols.start, len(rows), len(cols))


def grid_rectangle(grid: Grid, window: Window | None = None) -> QgsRectangle:
    """What an image, or a window of it, covers in its own coordinates."""
    left, width, _, top, _, height = grid.affine
    window = window or grid.extent
    rectangle = QgsRectangle(
        left + window.col * width,
        top + window.row * height,
        left + window.col_stop * width,
        top + window.row_stop * height,
    )
    rectangle.normalize()
    return rectangle


def polygon_mask(
    source: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
    covered: QgsRectangle,
    called: str = "mask",
    purpose: str = "to classify",
) -> PolygonMask:
    """The polygons of a layer (the selected ones, if the user wants those) in the image's coordinates.

    Args:
        source: the polygons.
        crs: the image's; without one, the polygons are taken as they are.
        transform_context: the project's.
        covered: the part of the image that counts, in the image's coordinates.
        called: what the parameter is, for the sentences.
        purpose: what that part of the image is for, likewise.

    Raises:
        RasterError: there is no polygon, none overlaps that part, or one cannot be reprojected.
    """
    request = QgsFeatureRequest().setNoAttributes()
    if crs.isValid():
        request.setDestinationCrs(crs, transform_context)
    ground = QgsGeometry.fromRect(covered)
    try:
        flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        polygons = [feature.geometry() for feature in source.getFeatures(request, flag)]
    except QgsCsException as error:
        raise RasterError(
            f"The {called} {source.sourceName()} cannot be reprojected to the image's coordinates ({error}); reproject "
            "the layer to the image's coordinate reference system and use the result."
        ) from error
    if not polygons:
        raise RasterError(
            f"The {called} {source.sourceName()} has no polygon to use; draw or select some, or leave the "
            f"{called} empty."
        )
    overlapping = [p for p in polygons if not p.isNull() and p.boundingBox().intersects(covered)]
    if not any(polygon.intersects(ground) for polygon in overlapping):
        raise RasterError(
            f"None of the {len(polygons)} polygons of the {called} {source.sourceName()} overlaps the part of the "
            f"image {purpose} ({covered.toString(2)}); draw or choose polygons there, or leave the {called} empty."
        )
    return PolygonMask([bytes(polygon.asWkb()) for polygon in overlapping])


def _pixels(first: float, last: float, count: int) -> range:
    """The pixels whose centre lies between two places on an axis of `count` pixels, in pixels from its start."""
    first, last = min(first, last), max(first, last)
    if last <= 0 or first >= count:
        return range(0)
    first, last = max(first, 0.0), min(last, float(count))
    start, stop = math.ceil(first - 0.5), math.floor(last - 0.5) + 1
    if start < stop:
        return range(start, stop)
    middle = min(int((first + last) / 2), count - 1)
    return range(middle, middle + 1)
