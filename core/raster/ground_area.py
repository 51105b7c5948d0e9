"""How large the pixels of a raster are on the ground, row by row, on the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from osgeo import osr

from .gdal_errors import gdal_failures
from .grid import Grid

Areas = NDArray[np.float64]

_SAMPLED_COLUMNS = 5  # odd, so that the middle is one: a map of the world may have nothing beside it
_EXACT_BITS = 53  # of a float64


def row_areas_m2(grid: Grid) -> Areas | None:
    """Ground area of a pixel of each row (height,), m²; None where it is not known how large pixels are.

    Computed on the ellipsoid of the raster's coordinate reference system, so it is right in degrees, feet and Web
    Mercator too. Along a row, pixels of a projection may differ a little: it is the mean of pixels spread over the row.
    Rows beyond the Earth have 0. In a local system, which is nowhere on the Earth, pixels are as large as it says.

    The areas are rounded so that sums of the raster's pixels are exact, and the same in whatever order they are added.
    """
    if grid.geotransform is None or not grid.crs_wkt:
        return None
    x, x_per_col, _, y, _, y_per_row = grid.geotransform
    edges = y + np.arange(grid.height + 1) * y_per_row
    spread = (np.arange(_SAMPLED_COLUMNS) + 0.5) / _SAMPLED_COLUMNS
    lefts = x + np.floor(spread * grid.width) * x_per_col
    with gdal_failures():
        try:
            system = osr.SpatialReference()
            if system.ImportFromWkt(grid.crs_wkt) != 0:
                return None
            if system.IsLocal():
                area = abs(x_per_col * y_per_row) * system.GetLinearUnits() ** 2
                return _rounded(np.full(grid.height, area), grid.height * grid.width) if area > 0 else None
            if not system.IsGeographic() and not system.IsProjected():
                return None
            found = [_unrolled(system, edges, left, left + x_per_col) for left in lefts]
        except (RuntimeError, TypeError):  # a system that PROJ cannot place on the Earth
            return None
    areas = np.stack([_between(*sides) for sides in found])
    known = np.isfinite(areas)
    mean = np.where(known, areas, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return _rounded(mean, grid.height * grid.width) if mean.any() else None


def _unrolled(system: osr.SpatialReference, edges: Areas, left: float, right: float) -> tuple[Areas, Areas]:
    """The left and the right edge of a column of pixels on a plane on which areas are those of the ellipsoid.

    Returns:
        Two arrays (edges of rows, 2): longitude in radians, and the area between the equator and the latitude for each
        radian, m².

    Raises:
        RuntimeError: the system cannot be placed on the Earth.
    """
    sides = [np.stack([np.full_like(edges, x), edges], axis=1) for x in (left, right)]
    geographic = system
    if not system.IsGeographic():
        geographic = system.CloneGeogCS()
        for one in (system, geographic):
            one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        transformation = osr.CoordinateTransformation(system, geographic)
        sides = [np.array(transformation.TransformPoints(side))[:, :2] for side in sides]
    axis, flattening = geographic.GetSemiMajor(), geographic.GetInvFlattening()
    eccentricity = math.sqrt((2 - 1 / flattening) / flattening) if flattening else 0.0
    radians = geographic.GetAngularUnits()
    unrolled = []
    for side in sides:
        longitude, latitude = np.where(np.isfinite(side), side * radians, np.nan).T
        below = _area_below(np.clip(latitude, -math.pi / 2, math.pi / 2), axis, eccentricity)
        unrolled.append(np.stack([longitude, below], axis=1))
    return unrolled[0], unrolled[1]


def _area_below(latitude: Areas, axis_m: float, eccentricity: float) -> Areas:
    """Area of the ellipsoid from the equator to a latitude for each radian of longitude, m² (Snyder 1987, 3-12)."""
    sine = np.sin(latitude)
    scaled = eccentricity * sine
    curved = np.arctanh(scaled) / eccentricity if eccentricity else sine
    below: Areas = axis_m**2 * (1 - eccentricity**2) / 2 * (sine / (1 - scaled**2) + curved)
    return below


def _between(left: Areas, right: Areas) -> Areas:
    """Area of each of the quadrangles between two lines of points (rows,)."""
    diagonals = right[1:] - left[:-1], left[1:] - right[:-1]
    for diagonal in diagonals:  # the shorter way around the Earth
        diagonal[:, 0] = (diagonal[:, 0] + math.pi) % (2 * math.pi) - math.pi
    (x, y), (u, v) = diagonals[0].T, diagonals[1].T
    between: Areas = np.abs(x * v - y * u) / 2
    return between


def _rounded(areas: Areas, pixels: int) -> Areas:
    """Areas as multiples of a power of two so large that a sum of so many pixels is exact."""
    step = 2.0 ** (math.frexp(float(areas.max()))[1] + pixels.bit_length() - _EXACT_BITS)
    rounded: Areas = np.rint(areas / step) * step
    return rounded
