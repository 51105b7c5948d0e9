"""Rectangles in map coordinates and windows of pixels."""

from __future__ import annotations

import math
import re

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ...core.errors import ParameterError, RasterError
from ...core.raster.grid import Grid
from ...core.raster.tiling import Window
from ..text.translation import tr
from ..values import Values

_AS_TEXT = re.compile(r"([^\[]*)(?:\[(.*)\]\s*)?")


def chosen_extent(
    values: Values, name: str, crs: QgsCoordinateReferenceSystem, covered: QgsRectangle
) -> QgsRectangle:
    """The rectangle a user gave, in an image's coordinates; null for none.

    Args:
        values: of the parameters.
        name: the parameter.
        crs: the image's.
        covered: what the image covers.

    Raises:
        ParameterError: it is no rectangle, which QGIS would take for none, or its numbers are in another order.
    """
    if not values.has(name):
        return QgsRectangle()
    given = values.given[name]
    extent = values.algorithm.parameterAsExtent(dict(values.given), name, values.context, crs)
    numbers, typed_crs = _typed(given) if isinstance(given, str) else ([], "")
    if typed_crs and not QgsCoordinateReferenceSystem(typed_crs).isValid():
        raise ParameterError(
            tr(
                "{parameter} is '{value}', and QGIS knows no coordinate reference system '{crs}'; write it as in "
                "[EPSG:32640], or leave it out for that of the image.",
                parameter=values.called(name),
                value=given,
                crs=typed_crs,
            )
        )
    if extent.isNull() or not extent.isFinite() or not all(map(math.isfinite, numbers)):
        raise ParameterError(
            tr(
                "{parameter} is '{value}', which is no rectangle; write xmin,xmax,ymin,ymax with points in the "
                "numbers, as in 500000.5,500100,2799900,2800000 or, in another coordinate reference system than "
                "the image's, 54.1,54.2,24.3,24.4 [EPSG:4326]; or give a layer.",
                parameter=values.called(name),
                value=given,
            )
        )
    is_own = not typed_crs or QgsCoordinateReferenceSystem(typed_crs) == crs
    if numbers and (
        numbers[0] > numbers[1] or numbers[2] > numbers[3] or (is_own and _are_corners(numbers, covered))
    ):
        raise ParameterError(
            tr(
                "{parameter} is '{value}', and its numbers seem to be in another order than xmin,xmax,ymin,ymax, "
                "which QGIS needs; write them in that order.",
                parameter=values.called(name),
                value=given,
            )
        )
    return extent


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
            tr(
                "The extent ({extent}) is outside the image, which covers {covered}; choose an extent that overlaps "
                "the image.",
                extent=extent.toString(2),
                covered=grid_rectangle(grid).toString(2),
            )
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


def _typed(text: str) -> tuple[list[float], str]:
    """The four numbers of an extent and its coordinate reference system; no numbers where it is given by a layer."""
    written = _AS_TEXT.fullmatch(text)
    parts = written[1].split(",") if written else []
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    return (numbers, (written[2] or "").strip()) if written and len(numbers) == 4 else ([], "")


def _are_corners(numbers: list[float], covered: QgsRectangle) -> bool:
    """Whether numbers are two corners of a part of an image, as GDAL takes them, and as an extent go beyond it."""
    first, second, third, fourth = numbers
    corners = QgsRectangle(first, second, third, fourth)
    extent = QgsRectangle(first, third, second, fourth)
    return not corners.isEmpty() and covered.contains(corners) and not covered.contains(extent)


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
