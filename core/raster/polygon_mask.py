"""Polygons that say where to look, burned window by window."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .grid import Grid
from .rasterize import BurnedPolygons
from .tiling import Window


class PolygonMask:
    """The union of polygons in a raster's coordinate system.

    Keeps bytes and numbers only: it may be used in any thread, and outlive GDAL when QGIS ends.
    """

    def __init__(self, polygons: Sequence[bytes]) -> None:
        """Take polygons.

        Args:
            polygons: WKB geometries in the raster's coordinate system, or in QGIS's pixel space (column, -row) where
                the raster has none.

        Raises:
            RasterError: a geometry cannot be read or is not a polygon.
        """
        self._burned = BurnedPolygons(polygons, [1] * len(polygons), "mask")

    @property
    def sha256(self) -> str:
        """Digest of the polygons in their order."""
        digest = hashlib.sha256()
        for polygon in self._burned.polygons:
            digest.update(len(polygon).to_bytes(8, "little") + polygon)
        return digest.hexdigest()

    def boxes(self, grid: Grid) -> NDArray[np.int64]:
        """Rectangles of pixels around the polygons, see `BurnedPolygons.boxes`."""
        return self._burned.boxes(grid)

    def reaching(self, grid: Grid) -> int:
        """How many of the polygons may reach into a grid, see `BurnedPolygons.reaching`."""
        return self._burned.reaching(grid)

    def reaching_beyond(self, grid: Grid) -> int:
        """How many of the polygons reach into a grid and beyond it, see `BurnedPolygons.reaching_beyond`."""
        return self._burned.reaching_beyond(grid)

    def burn(self, window: Window, grid: Grid) -> NDArray[np.bool_]:
        """Which pixels of a window have their centre in a polygon.

        Args:
            window: pixels of the grid.
            grid: where the pixels lie.

        Returns:
            True inside (height, width).

        Raises:
            RasterError: GDAL cannot burn the polygons.
        """
        return self._burned.burn(window, grid).astype(bool)
