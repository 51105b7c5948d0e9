"""Polygons burned onto the pixels of an image, window by window."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr

from ..errors import RasterError
from ..translation import tr, word
from .gdal_errors import no_gdal_failure
from .grid import Grid
from .tiling import Window

CONTRADICTORY = 255
"""Instead of a class: polygons of several classes cover the pixel. What is to be true of it is not known, so it is left
out, in labels and in references alike, and counted."""

_REMEDY = "Repair it (Vector > Geometry Tools > Fix geometries), or choose another layer."
# Where an edge runs through the centres of pixels, rounding decides, and it is another in each window. So the centres
# are taken this much to the right and below, where edges have no reason to be.
_NUDGE_PX = (1.37e-5, 0.71e-5)
# GDAL counts pixels in 32 bits: a polygon that reaches further from the window is not burned, without a word. So what
# lies further away than this is cut off. It is so far that no edge moves by a share of a pixel that counts.
_FAR_PX = 2.0**24


class BurnedPolygons:
    """Polygons in a raster's coordinate system, each with a class value.

    Keeps bytes and numbers only: it may be used in any thread, and outlive GDAL when QGIS ends.

    Attributes:
        polygons: WKB, without curves; each part of a multipolygon is one of its own.
        codes: 0 to 255, one for each of them.
    """

    def __init__(self, polygons: Sequence[bytes], codes: Sequence[int], called: str) -> None:
        """Take polygons in the order in which they are burned.

        Args:
            polygons: WKB geometries in the raster's coordinate system, or in QGIS's pixel space (column, -row) where
                the raster has none.
            codes: a class value for each.
            called: what people call them ('mask'), for sentences.

        Raises:
            RasterError: a geometry cannot be read, is not a polygon, or has a corner that is nowhere.
        """
        self.polygons: list[bytes] = []
        self._called = called
        taken: list[int] = []
        self._wholes: list[int] = []  # which of the given polygons each part is of
        envelopes = []  # x minimum, x maximum, y minimum, y maximum
        with no_gdal_failure(
            tr("A polygon of the {called} cannot be read", called=word(called)), tr(_REMEDY)
        ):
            for whole, (polygon, code) in enumerate(zip(polygons, codes)):
                geometry = ogr.CreateGeometryFromWkb(bytes(polygon))
                geometry = geometry.GetLinearGeometry()  # curves as short lines
                if geometry.GetDimension() != 2:
                    raise RasterError(
                        tr(
                            "The {called} holds points or lines, and needs polygons; choose a polygon layer.",
                            called=word(called),
                        )
                    )
                for part in _parts(
                    geometry
                ):  # so that a layer dissolved to one feature is not burned everywhere
                    if not math.isfinite(part.GetArea()):  # envelopes pass over what is not a number
                        raise RasterError(
                            tr(
                                "A polygon of the {called} has a corner whose coordinates are infinite or not a "
                                "number; remove that polygon or draw it anew.",
                                called=word(called),
                            )
                        )
                    self.polygons.append(bytes(part.ExportToWkb()))
                    envelopes.append(part.GetEnvelope())
                    taken.append(code)
                    self._wholes.append(whole)
        self.codes = np.array(taken, dtype=np.uint8)
        self._envelopes = np.array(envelopes, dtype=np.float64).reshape(-1, 4)

    def boxes(self, grid: Grid) -> NDArray[np.int64]:
        """Rectangles of pixels around the polygons that reach into a grid.

        Args:
            grid: the raster's pixels.

        Returns:
            (polygons, 4): first row, first column, row and column after the last; without those beside the grid.
        """
        boxes, reaches = self._boxes(grid)
        return boxes[reaches]

    def reaching(self, grid: Grid) -> int:
        """How many of the given polygons may reach into a grid: the rectangles around their parts do."""
        return len({self._wholes[part] for part in np.flatnonzero(self._boxes(grid)[1])})

    def reaching_beyond(self, grid: Grid) -> int:
        """How many of the given polygons reach into a grid, and beyond it by more than half a pixel."""
        left, x_per_col, _, top, _, y_per_row = grid.affine
        cols, rows = (self._envelopes[:, :2] - left) / x_per_col, (self._envelopes[:, 2:] - top) / y_per_row
        beyond = (np.minimum(cols.min(axis=1), rows.min(axis=1)) < -0.5) | (
            (cols.max(axis=1) > grid.width + 0.5) | (rows.max(axis=1) > grid.height + 0.5)
        )
        wholes = np.array(self._wholes, dtype=np.int64)
        return len({*wholes[self._boxes(grid)[1]].tolist()} & {*wholes[beyond].tolist()})

    def _boxes(self, grid: Grid) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Rectangles of pixels around all polygons, and which of them reach into the grid."""
        left, x_per_col, _, top, _, y_per_row = grid.affine
        cols = np.sort((self._envelopes[:, :2] - left) / x_per_col, axis=1)
        rows = np.sort((self._envelopes[:, 2:] - top) / y_per_row, axis=1)
        boxes = np.stack([rows[:, 0], cols[:, 0], rows[:, 1], cols[:, 1]], axis=1)
        boxes[:, :2], boxes[:, 2:] = np.floor(boxes[:, :2]), np.ceil(boxes[:, 2:])
        boxes = np.clip(boxes, 0, [grid.height, grid.width] * 2).astype(np.int64)
        return boxes, (boxes[:, :2] < boxes[:, 2:]).all(axis=1)

    def burn(
        self,
        window: Window,
        grid: Grid,
        onto: NDArray[np.uint8] | None = None,
        shift_px: tuple[float, float] = (0.0, 0.0),
        is_reversed: bool = False,
    ) -> NDArray[np.uint8]:
        """Give each pixel whose centre is in a polygon its class value; in several, that of the last one.

        Args:
            window: pixels of the grid.
            grid: where the pixels lie.
            onto: what other pixels keep (height, width); None for 0.
            shift_px: how far down and to the right the polygons are moved before.
            is_reversed: whether in several polygons the first one counts.

        Returns:
            Class values (height, width).

        Raises:
            RasterError: GDAL cannot burn the polygons.
        """
        onto = np.zeros((window.height, window.width), dtype=np.uint8) if onto is None else onto
        affine = Grid(grid.height, grid.width, grid.affine, grid.crs_wkt).window(window).affine
        left, x_per_col, _, top, _, y_per_row = affine
        left += (_NUDGE_PX[0] - shift_px[1]) * x_per_col
        top += (_NUDGE_PX[1] - shift_px[0]) * y_per_row
        x_low, x_high = sorted((left, left + window.width * x_per_col))
        y_low, y_high = sorted((top, top + window.height * y_per_row))
        x_min, x_max, y_min, y_max = self._envelopes.T
        near = np.flatnonzero((x_min <= x_high) & (x_max >= x_low) & (y_min <= y_high) & (y_max >= y_low))
        far_x, far_y = _FAR_PX * abs(x_per_col), _FAR_PX * abs(y_per_row)
        lowest, highest = (x_low - far_x, y_low - far_y), (x_high + far_x, y_high + far_y)
        is_far = (x_min < lowest[0]) | (x_max > highest[0]) | (y_min < lowest[1]) | (y_max > highest[1])
        if near.size == 0:
            return onto
        with no_gdal_failure(tr("The {called} cannot be burned", called=word(self._called)), tr(_REMEDY)):
            # GDAL 3.11 moved vectors in memory from its driver 'Memory' to 'MEM'.
            driver = ogr.GetDriverByName("Memory") or ogr.GetDriverByName("MEM")
            source = driver.CreateDataSource("polygons")
            layer = source.CreateLayer("polygons", None, ogr.wkbUnknown)
            layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
            for index in near[::-1] if is_reversed else near:
                feature = ogr.Feature(layer.GetLayerDefn())
                feature.SetField(0, int(self.codes[index]))
                polygon = ogr.CreateGeometryFromWkb(self.polygons[index])
                feature.SetGeometry(_cut(polygon, lowest, highest) if is_far[index] else polygon)
                layer.CreateFeature(feature)
            target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, gdal.GDT_Byte)
            target.SetGeoTransform((left, x_per_col, 0.0, top, 0.0, y_per_row))
            target.WriteRaster(0, 0, window.width, window.height, np.ascontiguousarray(onto).tobytes())
            gdal.RasterizeLayer(target, [1], layer, options=["ATTRIBUTE=code"])
            data = target.ReadRaster(0, 0, window.width, window.height)
        return np.frombuffer(data, dtype=np.uint8).reshape(window.height, window.width)


def _parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """The polygons a geometry is made of."""
    kind = geometry.GetGeometryType()
    if any(
        ogr.GT_IsSubClassOf(kind, several)
        for several in (ogr.wkbGeometryCollection, ogr.wkbPolyhedralSurface)
    ):
        for index in range(geometry.GetGeometryCount()):
            yield from _parts(geometry.GetGeometryRef(index))
    elif geometry.GetDimension() == 2 and not geometry.IsEmpty():
        # GDAL burns nothing for a triangle, without a word.
        yield ogr.ForceToPolygon(geometry) if ogr.GT_Flatten(kind) == ogr.wkbTriangle else geometry


def _cut(polygon: ogr.Geometry, lowest: tuple[float, float], highest: tuple[float, float]) -> ogr.Geometry:
    """A polygon's part in a rectangle, empty where there is none.

    Each ring is cut for itself, at one side of the rectangle after the other (Sutherland and Hodgman), so that what
    crosses itself is burned as it would be in whole; GEOS cuts valid polygons only. Edges that this adds lie on the
    rectangle's sides.
    """
    cut = ogr.Geometry(ogr.wkbPolygon)
    for index in range(polygon.GetGeometryCount()):
        points = (polygon.GetGeometryRef(index).GetPoints() or [])[:-1]  # the last one is the first again
        corners = np.array([point[:2] for point in points], dtype=np.float64).reshape(-1, 2)
        for axis in (0, 1):
            corners = _cut_ring(corners, axis, lowest[axis], 1)
            corners = _cut_ring(corners, axis, highest[axis], -1)
        if len(corners):
            ring = ogr.Geometry(ogr.wkbLinearRing)
            for x, y in [*corners.tolist(), corners[0].tolist()]:
                ring.AddPoint_2D(x, y)
            cut.AddGeometry(ring)
    return cut


def _cut_ring(corners: NDArray[np.float64], axis: int, limit: float, sign: int) -> NDArray[np.float64]:
    """A ring's corners (n, 2) on one side of a line, and where its edges cross the line.

    Args:
        corners: each once.
        axis: 0 for the line x = limit, 1 for y = limit.
        limit: where the line is.
        sign: 1 to keep what is above the limit, -1 for what is below.
    """
    is_kept = sign * (corners[:, axis] - limit) >= 0
    crosses = is_kept != np.roll(is_kept, -1)
    step = np.roll(corners, -1, axis=0) - corners
    share = np.divide(limit - corners[:, axis], step[:, axis], out=np.zeros(len(corners)), where=crosses)
    crossings = corners + share[:, None] * step
    crossings[:, axis] = limit
    both = np.stack([corners, crossings], axis=1)
    found: NDArray[np.float64] = both[np.stack([is_kept, crosses], axis=1)]
    return found
