"""Rectangles in map coordinates and windows of pixels."""

from __future__ import annotations

import math

from qgis.core import QgsRectangle

from ...core.errors import RasterError
from ...core.raster.grid import Grid
from ...core.raster.tiling import Window
from ..text.translation import tr


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
