"""Polygons on the pixels of an image, against what numpy says of the pixels' centres."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import ogr
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid
from recurve.core.raster.rasterize import BurnedPolygons
from recurve.core.raster.tiling import Window

LEFT, TOP, HEIGHT, WIDTH = 500000.0, 2800000.0, 40, 50
FAR_M = (1e6, 1e9, 3e9, 1e12)
"""How far polygons reach from the image, m: of 32 bits of pixels the first uses a part, the last ones more than all."""


def burned(grid, *wkts, window=None, **how):
    polygons = [bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()) for wkt in wkts]
    polygons = BurnedPolygons(polygons, range(1, len(wkts) + 1), "mask")
    return polygons.burn(window or grid.extent, grid, **how)


def wkt_of(*rings):
    """A polygon by the corners of its rings, in m from the image's corner to the right and up."""
    texts = [
        ", ".join(f"{LEFT + x:.17g} {TOP + y:.17g}" for x, y in [*ring, ring[0]]) for ring in map(list, rings)
    ]
    return f"POLYGON({', '.join(f'({text})' for text in texts)})"


def square(side, x=0.0, y=0.0):
    return [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)]


def centres(grid):
    """How far the pixels' centres lie to the right of the image's corner and above it, m (height, width) each."""
    rows, cols = np.mgrid[: grid.height, : grid.width] + 0.5
    return cols * grid.affine[1], rows * grid.affine[5] + grid.affine[3] - TOP


@pytest.fixture(params=[1.0, 0.27, -1.0])
def grid(request):
    """Images of two resolutions, and one with its first row at the bottom."""
    step = abs(request.param)
    top = TOP if request.param > 0 else TOP - HEIGHT * step
    return Grid(HEIGHT, WIDTH, (LEFT, step, 0.0, top, 0.0, -request.param), "")


@pytest.mark.parametrize("far_m", FAR_M)
class TestFarPolygons:
    def test_they_cover_what_they_enclose(self, grid, far_m):
        x, y = centres(grid)
        hole = [(3.1, -7.9), (9.3, -7.9), (9.3, -2.2), (3.1, -2.2)]
        expected = ~((x > 3.1) & (x < 9.3) & (y > -7.9) & (y < -2.2))
        assert 0 < expected.sum() < expected.size
        np.testing.assert_array_equal(burned(grid, wkt_of(square(far_m), hole)), expected)

    def test_slanting_edges_stay_where_they_are(self, grid, far_m):
        x, y = centres(grid)
        half = wkt_of([(-far_m + 8.3, -far_m), (far_m + 8.3, far_m), (-far_m + 8.3, far_m)])
        expected = y > x - 8.3
        assert 0 < expected.sum() < expected.size
        np.testing.assert_array_equal(burned(grid, half), expected)

    def test_what_crosses_itself_covers_what_it_covers_nearby(self, grid, far_m):
        x, y = centres(grid)
        bow = wkt_of(
            [
                (5 - far_m, -4 - far_m),
                (5 + far_m, -4 + far_m),
                (5 + far_m, -4 - far_m),
                (5 - far_m, -4 + far_m),
            ]
        )
        expected = np.abs(y + 4) < np.abs(x - 5)
        on_an_edge = np.abs(y + 4) == np.abs(x - 5)
        assert 0 < expected.sum() < expected.size
        np.testing.assert_array_equal(burned(grid, bow)[~on_an_edge], expected[~on_an_edge])

    def test_those_around_the_image_do_not_cover_it(self, grid, far_m):
        corner = [
            (-far_m, -far_m),
            (far_m, -far_m),
            (far_m, -100),
            (-100, -100),
            (-100, far_m),
            (-far_m, far_m),
        ]
        assert not burned(grid, wkt_of(corner)).any()

    def test_order_shifts_and_windows_are_kept(self, grid, far_m):
        x, y = centres(grid)
        step, up = abs(grid.affine[1]), grid.affine[5]
        right_half = wkt_of([(5.1, -far_m), (far_m, -far_m), (far_m, far_m), (5.1, far_m)])
        polygons = wkt_of(square(far_m)), right_half
        is_right = x > 5.1
        np.testing.assert_array_equal(burned(grid, *polygons), np.where(is_right, 2, 1))
        np.testing.assert_array_equal(burned(grid, *polygons, is_reversed=True), np.ones(x.shape))
        shifted = burned(grid, right_half, shift_px=(2.0, 3.0))
        np.testing.assert_array_equal(shifted, x - 3 * step > 5.1)
        upper = wkt_of([(-far_m, -4.05), (far_m, -4.05), (far_m, far_m), (-far_m, far_m)])
        np.testing.assert_array_equal(burned(grid, upper, shift_px=(2.0, 3.0)), y - 2 * up > -4.05)
        window = Window(7, 11, 20, 30)
        np.testing.assert_array_equal(burned(grid, right_half, window=window), is_right[window.slices()])


class TestTriangles:
    @pytest.mark.parametrize(
        "form",
        [
            "TRIANGLE(({0}, {1}, {2}, {0}))",
            "TRIANGLE Z(({0} 1, {1} 2, {2} 3, {0} 1))",
            "TIN Z((({0} 1, {1} 2, {2} 3, {0} 1)))",
            "POLYHEDRALSURFACE Z((({0} 1, {1} 2, {2} 3, {0} 1)))",
            "GEOMETRYCOLLECTION(TRIANGLE(({0}, {1}, {2}, {0})))",
        ],
    )
    def test_they_are_burned_as_polygons(self, form):
        grid = Grid(HEIGHT, WIDTH, (LEFT, 1.0, 0.0, TOP, 0.0, -1.0), "")
        x, y = centres(grid)
        corners = [f"{LEFT + x:.17g} {TOP + y:.17g}" for x, y in ((2.2, -1), (2.2, -30), (31.2, -30))]
        expected = (x > 2.2) & (y > -30) & (y < 1.2 - x)
        assert expected.any()
        np.testing.assert_array_equal(burned(grid, form.format(*corners)), expected)

    def test_all_of_a_surface_are(self):
        grid = Grid(HEIGHT, WIDTH, (LEFT, 1.0, 0.0, TOP, 0.0, -1.0), "")
        x, y = centres(grid)
        corners = [f"{LEFT + x:.17g} {TOP + y:.17g} 0" for x, y in ((2, -2), (2, -30), (31, -30), (31, -2))]
        surface = "TIN Z((({0}, {1}, {2}, {0})), (({0}, {2}, {3}, {0})))".format(*corners)
        np.testing.assert_array_equal(burned(grid, surface), (x > 2) & (x < 31) & (y > -30) & (y < -2))


@pytest.mark.parametrize("nowhere", [np.nan, np.inf, -np.inf])
def test_a_corner_that_is_nowhere_is_refused(nowhere):
    ring, polygon = ogr.Geometry(ogr.wkbLinearRing), ogr.Geometry(ogr.wkbPolygon)
    for x, y in ((LEFT, TOP), (nowhere, TOP - 5), (LEFT + 9, TOP - 9), (LEFT, TOP)):
        ring.AddPoint_2D(float(x), y)
    polygon.AddGeometry(ring)
    with pytest.raises(
        RasterError, match="polygon of the mask has a corner whose coordinates are infinite or not"
    ):
        BurnedPolygons([bytes(polygon.ExportToWkb())], [1], "mask")
