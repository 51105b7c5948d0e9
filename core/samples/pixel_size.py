"""How large the pixels of a sample set are on the ground."""

from __future__ import annotations

import math

from ..raster.grid import Grid


def metres_per_pixel(grid: Grid) -> tuple[float, float]:
    """Height and width of a pixel on the ground, m; without a coordinate reference system map units count as m."""
    return grid.pixel_sides_m or (abs(grid.affine[5]), abs(grid.affine[1]))


def pixel_size_m_of(grid: Grid) -> float:
    """Side of a square as large as a pixel, m, likewise."""
    return grid.pixel_size_m or math.sqrt(math.prod(metres_per_pixel(grid)))
