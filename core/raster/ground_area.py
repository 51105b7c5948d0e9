"""How large the pixels of a raster are on the ground, on the ellipsoid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import osr

from .gdal_errors import gdal_failures
from .grid import Grid
from .tiling import Window

Areas = NDArray[np.float64]

_LATTICE = 129  # rows and columns; on a map of the whole Earth, what lies between is right to 0.03 %
_IS_CONSTANT = 1e-6  # relative; less than it, areas along a row are the same
_TURN = 1e-6  # radians between both ends of a pixel's side, beyond which the side is no meridian
_EXACT_BITS = 53  # of a float64


@dataclass(frozen=True)
class PixelAreas:
    """Ground area of each pixel of a raster, m², computed window by window.

    Between the pixels of a lattice, which has its place on the raster and not in windows, areas are interpolated.

    They are rounded so that sums of the raster's pixels are exact, and the same in whatever order they are added.

    Attributes:
        rows: (m,) ascending; where the areas are computed.
        cols: (n,) likewise; one where the area is the same along a row.
        areas: (m, n) m², nan beyond the Earth.
        step: what they are rounded to multiples of.
    """

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    areas: Areas
    step: float

    def of(self, window: Window) -> Areas:
        """The areas of a window inside the raster (height, width), 0 beyond the Earth; to be read only."""
        rows = _Between(self.rows, np.arange(window.row, window.row_stop))
        cols = _Between(self.cols, np.arange(window.col, window.col_stop))
        shape = window.height, window.width
        known = np.isfinite(self.areas)
        areas = cols(rows(np.where(known, self.areas, 0.0)).T).T
        if not known.all():  # the mean of what is known around
            weights = cols(rows(known.astype(np.float64)).T).T
            areas = np.divide(areas, weights, out=np.zeros_like(areas), where=weights > 0)
        areas = np.rint(areas / self.step) * self.step
        return np.broadcast_to(areas, shape)

    def at(self, row: int, col: int) -> float:
        """The area of a pixel."""
        return float(self.of(Window(row, col, 1, 1))[0, 0])


class _Between:
    """Linear interpolation along the first axis, the same for a place in whatever window it is asked for."""

    def __init__(self, known: NDArray[np.int64], asked: NDArray[np.int64]) -> None:
        self._is_one = len(known) == 1
        if self._is_one:
            return
        self._before = np.clip(np.searchsorted(known, asked, side="right") - 1, 0, len(known) - 2)
        start = known[self._before]
        self._share = ((asked - start) / (known[self._before + 1] - start))[:, None]

    def __call__(self, values: Areas) -> Areas:
        if self._is_one:
            return values
        between: Areas = values[self._before] * (1 - self._share)
        between += values[self._before + 1] * self._share
        return between


def pixel_areas_m2(grid: Grid) -> PixelAreas | None:
    """Ground area of the pixels; None where it is not known how large they are.

    Computed on the ellipsoid of the raster's coordinate reference system, so it is right in degrees, feet and Web
    Mercator too. In a local system, which is nowhere on the Earth, pixels are as large as it says.
    """
    if grid.geotransform is None or not grid.crs_wkt:
        return None
    with gdal_failures():
        try:
            system = osr.SpatialReference()
            if system.ImportFromWkt(grid.crs_wkt) != 0:
                return None
            if system.IsLocal():
                area = abs(grid.geotransform[1] * grid.geotransform[5]) * system.GetLinearUnits() ** 2
                return _rounded(grid, _first(), _first(), np.full((1, 1), area))
            if not system.IsGeographic() and not system.IsProjected():
                return None
            rows, cols = _spread(grid.height), _spread(grid.width)
            areas = _areas(system, grid, rows, cols)
            if _is_constant_along_rows(areas):
                rows, cols = np.arange(grid.height), cols[[len(cols) // 2]]
                areas = _areas(system, grid, rows, cols)
        except (RuntimeError, TypeError):  # a system that PROJ cannot place on the Earth
            return None
    return _rounded(grid, rows, cols, areas)


def _first() -> NDArray[np.int64]:
    return np.zeros(1, np.int64)


def _spread(count: int) -> NDArray[np.int64]:
    """Rows or columns from the first to the last, all of them if there are not many, the middle one among them."""
    if count <= _LATTICE:
        return np.arange(count)
    return np.arange(_LATTICE) * (count - 1) // (_LATTICE - 1)


def _is_constant_along_rows(areas: Areas) -> bool:
    known = np.isfinite(areas)
    least, most = np.where(known, areas, np.inf).min(axis=1), np.where(known, areas, 0.0).max(axis=1)
    middle = known[:, areas.shape[1] // 2]  # what is known of a row must be known there
    return bool((most - least <= _IS_CONSTANT * most)[most > 0].all() and middle[known.any(axis=1)].all())


def _areas(
    system: osr.SpatialReference, grid: Grid, rows: NDArray[np.int64], cols: NDArray[np.int64]
) -> Areas:
    """The area of each pixel in these rows and columns, m²; nan beyond the Earth.

    Raises:
        RuntimeError: the system cannot be placed on the Earth.
    """
    x, x_per_col, _, y, _, y_per_row = grid.affine
    down, right = np.array([0, 1, 1, 0]), np.array([0, 0, 1, 1])  # the corners of a pixel, in a ring
    xs = np.broadcast_to(x + (cols[None, :, None] + right) * x_per_col, (len(rows), len(cols), 4))
    ys = np.broadcast_to(y + (rows[:, None, None] + down) * y_per_row, xs.shape)
    corners = np.stack([xs.ravel(), ys.ravel()], axis=1)
    geographic = system
    if not system.IsGeographic():
        geographic = system.CloneGeogCS()
        for one in (system, geographic):
            one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        transformation = osr.CoordinateTransformation(system, geographic)
        corners = np.array(transformation.TransformPoints(corners))[:, :2]
    axis, flattening = geographic.GetSemiMajor(), geographic.GetInvFlattening()
    squared = (2 - 1 / flattening) / flattening if flattening else 0.0
    corners = np.where(np.isfinite(corners), corners * geographic.GetAngularUnits(), np.nan)
    longitude, latitude = np.moveaxis(corners.reshape(*xs.shape, 2), -1, 0)
    latitude = np.clip(latitude, -math.pi / 2, math.pi / 2)
    plane = _on_plane(longitude, _area_below(latitude, axis, math.sqrt(squared)))
    is_turned = _turned(longitude[..., [0, 3]] - longitude[..., [1, 2]]).max(axis=-1) > _TURN
    return np.where(is_turned, _in_space(longitude, latitude, axis, squared), plane)


def _turned(angle: Areas) -> Areas:
    """An angle the shorter way around the Earth, without its sign."""
    turned: Areas = np.abs((angle + math.pi) % (2 * math.pi) - math.pi)
    return turned


def _area_below(latitude: Areas, axis_m: float, eccentricity: float) -> Areas:
    """Area of the ellipsoid from the equator to a latitude for each radian of longitude, m² (Snyder 1987, 3-12)."""
    sine = np.sin(latitude)
    scaled = eccentricity * sine
    curved = np.arctanh(scaled) / eccentricity if eccentricity else sine
    below: Areas = axis_m**2 * (1 - eccentricity**2) / 2 * (sine / (1 - scaled**2) + curved)
    return below


def _on_plane(longitude: Areas, below: Areas) -> Areas:
    """Area of quadrangles (..., 4) on a plane on which areas are those of the ellipsoid.

    Exact where meridians and parallels are their sides, and of no use where meridians meet.
    """
    across = longitude[..., 2:] - longitude[..., :2]  # both diagonals
    across = (across + math.pi) % (2 * math.pi) - math.pi  # the shorter way around the Earth
    up = below[..., 2:] - below[..., :2]
    area: Areas = np.abs(across[..., 0] * up[..., 1] - across[..., 1] * up[..., 0]) / 2
    return area


def _in_space(longitude: Areas, latitude: Areas, axis_m: float, squared: float) -> Areas:
    """Area of flat quadrangles (..., 4) between points of the ellipsoid; near the poles too."""
    normal = axis_m / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    outward, upward = normal * np.cos(latitude), (1 - squared) * normal * np.sin(latitude)
    points = np.stack([outward * np.cos(longitude), outward * np.sin(longitude), upward], axis=-1)
    diagonals = points[..., 2:, :] - points[..., :2, :]
    area: Areas = np.linalg.norm(np.cross(diagonals[..., 0, :], diagonals[..., 1, :]), axis=-1) / 2
    return area


def _rounded(grid: Grid, rows: NDArray[np.int64], cols: NDArray[np.int64], areas: Areas) -> PixelAreas | None:
    """With a power of two as step that is so large that a sum of all pixels is exact; None where no area is known."""
    largest = float(np.where(np.isfinite(areas), areas, 0.0).max())
    if largest <= 0:
        return None
    pixels = grid.height * grid.width
    return PixelAreas(rows, cols, areas, 2.0 ** (math.frexp(largest)[1] + pixels.bit_length() - _EXACT_BITS))
