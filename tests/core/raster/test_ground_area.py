"""Pixels' areas on the ellipsoid, against the formula for the area between two parallels."""

from __future__ import annotations

import math

import numpy as np
import pytest
from osgeo import osr
from recurve.core.raster.grid import Grid
from recurve.core.raster.ground_area import pixel_areas_m2
from recurve.core.raster.tiling import Window

AXIS_M, FLATTENING = 6378137.0, 1 / 298.257223563


def grid_in(system, x, y, step_x, step_y, height=40, width=30):
    crs = osr.SpatialReference()
    crs.SetFromUserInput(system)
    return Grid(height, width, (x, step_x, 0.0, y, 0.0, step_y), crs.ExportToWkt(["FORMAT=WKT2_2018"]))


def row_areas_m2(grid):
    """Of rows along which the area is the same."""
    areas = pixel_areas_m2(grid).of(grid.extent)
    np.testing.assert_allclose(areas, np.broadcast_to(areas[:, :1], areas.shape), rtol=1e-5)
    return areas[:, 0]


def between_parallels(south, north, width_degrees):
    """Area on the ellipsoid of WGS 84 by numerical integration of M N cos(latitude), m²."""
    step = (north - south) / 20_000
    latitudes = np.radians(south + step * (np.arange(20_000) + 0.5))
    squared = FLATTENING * (2 - FLATTENING)
    curved = 1 - squared * np.sin(latitudes) ** 2
    density = AXIS_M**2 * (1 - squared) / curved**2 * np.cos(latitudes)
    return math.radians(width_degrees) * abs(density.sum() * math.radians(step))


@pytest.mark.parametrize(("top", "step"), [(70.0, -0.7), (-20.0, 1.5), (90.0, -0.25)])
def test_degrees_are_exact(top, step):
    areas = row_areas_m2(grid_in("EPSG:4326", 10, top, 0.01, step))
    expected = [between_parallels(top + r * step, top + (r + 1) * step, 0.01) for r in range(40)]
    np.testing.assert_allclose(areas, expected, rtol=1e-6)


def test_the_whole_earth():
    """Rows that reach beyond the poles have what is on the Earth of them; the area is that of WGS 84."""
    areas = row_areas_m2(grid_in("EPSG:4326", -180.5, 90.5, 1.0, -1.0, 181, 361))
    assert 360 * areas.sum() == pytest.approx(510_065_621.724e6, rel=1e-9)
    wide = row_areas_m2(grid_in("EPSG:4326", 179.99, 10, 0.02, -0.02))  # over the date line
    assert wide[0] == pytest.approx(between_parallels(9.98, 10, 0.02), rel=1e-6)


@pytest.mark.parametrize("step_y", [-5000.0, 5000.0])
def test_web_mercator(step_y):
    """As in degrees, between the latitudes of its rows."""
    radius = 6378137.0
    grid = grid_in("EPSG:3857", 1e6, 8e6, 5000.0, step_y)
    edges = 8e6 + step_y * np.arange(41)
    latitudes = np.degrees(2 * np.arctan(np.exp(edges / radius)) - np.pi / 2)
    width = np.degrees(5000 / radius)
    expected = [between_parallels(a, b, width) for a, b in zip(latitudes, latitudes[1:])]
    np.testing.assert_allclose(row_areas_m2(grid), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("system", "area_m2"),
    [
        ("EPSG:6933", 25.0),
        ("EPSG:3035", 25.0),
        ("EPSG:32632", 25.0 / 0.9996**2),  # at the central meridian
        ("EPSG:32632+5773", 25.0 / 0.9996**2),  # with heights
        ("EPSG:2154", 25.0),  # within the scale of that projection
    ],
)
@pytest.mark.parametrize(("right", "down"), [(5, -5), (5, 5), (-5, -5)])
def test_projections(system, area_m2, right, down):
    x = {"EPSG:3035": 4e6, "EPSG:6933": 1e6, "EPSG:2154": 7e5}.get(system, 500_000 - 15.0 * right)
    y = {"EPSG:3035": 3e6, "EPSG:2154": 6.6e6}.get(system, 5e6)
    areas = row_areas_m2(grid_in(system, x, y, right, down))
    tolerance = 2e-3 if system == "EPSG:2154" else 2e-6
    np.testing.assert_allclose(areas, area_m2, rtol=tolerance)


def test_other_units_of_length_and_angle():
    feet = row_areas_m2(grid_in("EPSG:2263", 990_000, 190_000, 10.0, -10.0))
    np.testing.assert_allclose(feet, (10 * 1200 / 3937) ** 2, rtol=1e-3)
    grads = row_areas_m2(grid_in("EPSG:4807", 2, 54, 0.01, -0.01))  # on the ellipsoid of Clarke 1880
    expected = between_parallels(0.9 * 53.99, 0.9 * 54, 0.009)
    assert grads[0] == pytest.approx(expected, rel=1e-3)


def test_a_map_of_the_world_in_a_projection_that_leaves_corners_out():
    grid = grid_in("ESRI:54009", -18.05e6, 9.05e6, 1e5, -1e5, 181, 361)
    areas = pixel_areas_m2(grid).of(grid.extent)
    assert (areas[1:-1, 180] > 0).all()
    assert areas[0, 0] == 0
    np.testing.assert_allclose(areas[10:-10, 170:190], 1e10, rtol=0.01)


def test_what_is_not_on_the_earth():
    assert pixel_areas_m2(Grid(2, 2, None, "")) is None
    assert pixel_areas_m2(Grid(2, 2, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), "")) is None
    assert pixel_areas_m2(Grid(2, 2, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), "nonsense")) is None
    assert pixel_areas_m2(grid_in("EPSG:4978", 0, 0, 1, -1)) is None
    local = Grid(2, 2, (0.0, 2.0, 0.0, 0.0, 0.0, -3.0), 'LOCAL_CS["site",UNIT["metre",1]]')
    assert row_areas_m2(local).tolist() == [6.0, 6.0]


def test_sums_do_not_depend_on_their_order():
    areas = row_areas_m2(grid_in("EPSG:4326", 10, 70, 0.01, -0.7, 100, 1000))
    pixels = np.random.default_rng(0).permutation(np.repeat(areas, 1000))
    assert pixels.sum() == math.fsum(pixels) == sum(pixels[::-1].tolist())


def polar_areas(grid, finer=4):
    """Area of each pixel in EPSG:3411, from the scale of the projection at points all over it (Snyder 1987, 21)."""
    axis, squared = 6378273.0, 1 - (6356889.449 / 6378273.0) ** 2
    x, dx, _, y, _, dy = grid.geotransform
    fine = (np.arange(max(grid.height, grid.width) * finer) + 0.5) / finer
    distance = np.hypot(x + fine[: grid.width * finer] * dx, (y + fine[: grid.height * finer] * dy)[:, None])

    def isometric(latitude):
        part = np.sqrt(squared) * np.sin(latitude)
        return np.tan(np.pi / 4 - latitude / 2) / ((1 - part) / (1 + part)) ** (np.sqrt(squared) / 2)

    def radius(latitude):
        """Of the parallel."""
        return axis * np.cos(latitude) / np.sqrt(1 - squared * np.sin(latitude) ** 2)

    latitudes = np.radians(np.linspace(20, 89.99999, 20_001))
    true_scale = np.radians(70.0)
    distances = isometric(latitudes) * radius(true_scale) / isometric(true_scale)
    scale = distances / radius(latitudes)
    areas = np.interp(-distance, -distances, scale**-2.0) * abs(dx * dy) / finer**2
    return areas.reshape(grid.height, finer, grid.width, finer).sum(axis=(1, 3))


@pytest.mark.parametrize("size", [1, 4])
def test_areas_that_change_along_a_row(size):
    """The grid of sea ice concentrations, of 25 km: smaller pixels in the middle columns than beside them."""
    grid = grid_in("EPSG:3411", -3850000, 5850000, 25e3 * size, -25e3 * size, 448 // size, 304 // size)
    areas, expected = pixel_areas_m2(grid).of(grid.extent), polar_areas(grid)
    np.testing.assert_allclose(areas, expected, rtol=1e-3)
    middle = slice(94 // size, 214 // size)
    assert areas[:, middle].sum() == pytest.approx(expected[:, middle].sum(), rel=1e-4)
    assert areas.sum() == pytest.approx(expected.sum(), rel=1e-4)


def test_windows_have_the_areas_of_the_whole():
    grid = grid_in("EPSG:3347", 36e5, 4e6, 1e4, -5e3, 300, 700)
    areas = pixel_areas_m2(grid)
    whole, window = areas.of(grid.extent), Window(37, 211, 101, 333)
    assert np.ptp(whole, axis=1).max() > 0.05 * whole.max()
    np.testing.assert_array_equal(areas.of(window), whole[window.slices()])
    assert whole.sum() == math.fsum(whole.ravel()) == sum(whole.ravel()[::-1].tolist())
