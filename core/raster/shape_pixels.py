"""The pixels of single points, lines and polygons, whichever window they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from ..errors import RasterError
from ..translation import tr
from .gdal_errors import no_gdal_failure
from .grid import Grid
from .rasterize import BurnedPolygons
from .tiling import Window

BLOCK_PX = 256
"""Shapes are burned onto blocks of this side, counted from the image's first pixel: a pixel is then always burned in
the same way, and rounding cannot make it another one in another window."""

_PIXELS = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)  # x is the column, y the row
_REMEDY = "Repair it (Vector > Geometry Tools > Fix geometries), or choose another layer."

_Cells = NDArray[np.int64]
"""(n, 2): row and column."""


def block_of(row: int, col: int) -> Window:
    """The window of a block that is the `row`th from above and the `col`th from the left."""
    return Window(row * BLOCK_PX, col * BLOCK_PX, BLOCK_PX, BLOCK_PX)


class ShapePixels:
    """The pixels of a shape.

    Of a point the one that holds it; of a line all that it touches; of a polygon those whose centre is in it, or all
    that its outline touches where there is none.

    Attributes:
        box: the smallest window around them (of a polygon, around its corners), inside of the image; None where there
            are none.
    """

    box: Window | None

    def __init__(self, shape: bytes, height: int, width: int) -> None:
        """Take a shape.

        Args:
            shape: WKB in pixels of the image: x counts columns and y rows, from the outer corner of the first pixel.
            height: rows of the image.
            width: its columns.

        Raises:
            RasterError: the shape cannot be read, or has a corner that is nowhere.
        """
        self._grid = Grid(height, width, _PIXELS, "")
        with no_gdal_failure(tr("A hint cannot be read"), tr(_REMEDY)):
            # a corner that is nowhere is refused where pixels are made of it
            geometry = ogr.CreateGeometryFromWkb(bytes(shape)).GetLinearGeometry()
            cells = [np.empty((0, 2), np.int64)]
            polygons = []
            for part in _parts(geometry):
                if part.GetDimension() == 2:
                    polygons.append(bytes(part.ExportToWkb()))
                else:
                    cells.append(_touched(_corners(part), height, width))
        self._polygons = None
        boxes = []
        if polygons:
            burned = BurnedPolygons(polygons, [1] * len(polygons), "hints")
            boxes = burned.boxes(self._grid).tolist()
            self._polygons = burned
            if not self._holds_a_centre(burned, boxes):
                self._polygons, boxes = None, []
                cells += [_touched(ring, height, width) for polygon in polygons for ring in _rings(polygon)]
        self._cells = np.unique(np.concatenate(cells), axis=0)
        if len(self._cells):
            boxes.append([*self._cells.min(axis=0), *(self._cells.max(axis=0) + 1)])
        self.box = None
        if boxes:
            row, col = np.min(boxes, axis=0)[:2].tolist()
            row_stop, col_stop = np.max(boxes, axis=0)[2:].tolist()
            self.box = Window(row, col, row_stop - row, col_stop - col)

    def mask(self, row: int, col: int) -> NDArray[np.bool_]:
        """Which pixels of a block are the shape's, (`BLOCK_PX`, `BLOCK_PX`); see `block_of`."""
        block = block_of(row, col)
        mask = np.zeros((block.height, block.width), bool)
        if self._polygons is not None:
            mask = self._polygons.burn(block, self._grid).astype(bool)
        cells = self._cells - [block.row, block.col]
        cells = cells[((cells >= 0) & (cells < BLOCK_PX)).all(axis=1)]
        mask[cells[:, 0], cells[:, 1]] = True
        return mask

    def _holds_a_centre(self, polygons: BurnedPolygons, boxes: list[list[int]]) -> bool:
        """Whether the centre of any pixel of the image is in one of the polygons."""
        extent = self._grid.extent.slices()
        for first_row, first_col, row_stop, col_stop in boxes:
            for row in range(first_row // BLOCK_PX, -(-row_stop // BLOCK_PX)):
                for col in range(first_col // BLOCK_PX, -(-col_stop // BLOCK_PX)):
                    burned = polygons.burn(block_of(row, col), self._grid)
                    rows, cols = extent[0].stop - row * BLOCK_PX, extent[1].stop - col * BLOCK_PX
                    if burned[:rows, :cols].any():
                        return True
        return False


def _parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """The points, lines and polygons that a geometry is made of."""
    kind = ogr.GT_Flatten(geometry.GetGeometryType())
    if geometry.IsEmpty():
        return
    if kind in (ogr.wkbPoint, ogr.wkbLineString, ogr.wkbPolygon, ogr.wkbTriangle):
        yield geometry
        return
    for index in range(geometry.GetGeometryCount()):
        yield from _parts(geometry.GetGeometryRef(index))


def _rings(polygon: bytes) -> Iterator[NDArray[np.float64]]:
    geometry = ogr.CreateGeometryFromWkb(polygon)
    for index in range(geometry.GetGeometryCount()):
        yield _corners(geometry.GetGeometryRef(index))


def _corners(line: ogr.Geometry) -> NDArray[np.float64]:
    """The corners (n, 2) of a point, line or ring, as x and y."""
    corners = np.array([point[:2] for point in line.GetPoints()], np.float64)
    if not np.isfinite(corners).all():
        raise RasterError(
            tr(
                "A hint has a corner whose coordinates are infinite or not a number; remove that hint or draw it anew."
            )
        )
    return corners


def _touched(corners: NDArray[np.float64], height: int, width: int) -> _Cells:
    """The pixels of an image that a point or line touches."""
    if len(corners) == 1:
        corners = np.repeat(corners, 2, axis=0)
    found = [_touched_by_segment(start, stop, height, width) for start, stop in zip(corners, corners[1:])]
    cells: _Cells = np.concatenate(found)
    inside: _Cells = cells[((cells >= 0) & (cells < [height, width])).all(axis=1)]
    return inside


def _touched_by_segment(
    start: NDArray[np.float64], stop: NDArray[np.float64], height: int, width: int
) -> _Cells:
    """The pixels between the places where a segment passes from one into the next."""
    step = stop - start
    first, last = 0.0, 1.0  # of the segment, what is on the image
    for axis, limit in enumerate((width, height)):
        if step[axis] == 0:
            if not 0 <= start[axis] < limit:
                return np.empty((0, 2), np.int64)
        else:
            ends = sorted(((0 - start[axis]) / step[axis], (limit - start[axis]) / step[axis]))
            first, last = max(first, ends[0]), min(last, ends[1])
    if first > last:
        return np.empty((0, 2), np.int64)
    places = [np.array([first, last])]
    for axis in (0, 1):
        if step[axis] != 0:
            low, high = sorted((start[axis] + first * step[axis], start[axis] + last * step[axis]))
            borders = np.arange(np.ceil(low), np.floor(high) + 1)
            places.append(((borders - start[axis]) / step[axis]).clip(first, last))
    along = np.unique(np.concatenate(places))
    middles = np.concatenate([[first], (along[1:] + along[:-1]) / 2, [last]])
    points = start + middles[:, np.newaxis] * step
    cells: _Cells = np.floor(points[:, ::-1]).astype(np.int64)
    return cells
