"""Extents become windows of pixels, windows become rectangles."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsRectangle
from recurve.algorithms.layers.extent import extent_window, grid_rectangle
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

GRID = Grid(height=20, width=30, geotransform=(100.0, 2.0, 0.0, 200.0, 0.0, -2.0), crs_wkt="")
PIXEL_SPACE = Grid(height=20, width=30, geotransform=None, crs_wkt="")


class TestExtentWindow:
    def test_whole_image(self):
        assert extent_window(grid_rectangle(GRID), GRID) == GRID.extent

    def test_pixels_whose_centre_is_inside(self):
        # columns end at 100, 102, 104 ...: the centres 103, 105, 107 are inside; rows: 197, 195
        assert extent_window(QgsRectangle(102.9, 194.9, 107.1, 198.9), GRID) == Window(1, 1, 2, 3)

    @pytest.mark.parametrize("nudge", [-1e-9, 0.0, 1e-9])
    def test_borders_of_pixels_are_not_a_matter_of_rounding(self, nudge):
        extent = QgsRectangle(104 + nudge, 190 + nudge, 110 + nudge, 198 + nudge)
        assert extent_window(extent, GRID) == Window(1, 2, 4, 3)

    def test_at_least_one_pixel(self):
        assert extent_window(QgsRectangle(104.1, 195.1, 104.2, 195.2), GRID) == Window(2, 2, 1, 1)

    def test_cut_to_the_image(self):
        assert extent_window(QgsRectangle(-1e9, 196, 104, 1e9), GRID) == Window(0, 0, 2, 2)

    @pytest.mark.parametrize(
        "extent", [(0, 160, 100, 200), (160, 160, 170, 200), (100, 200, 160, 300), (100, 0, 160, 160)]
    )
    def test_beside_the_image_is_refused(self, extent):
        with pytest.raises(RasterError, match=r"is outside the image, which covers 100.*choose an extent"):
            extent_window(QgsRectangle(*extent), GRID)

    def test_without_georeferencing_rows_count_downwards_from_0(self):
        assert extent_window(QgsRectangle(2, -12, 10, -4), PIXEL_SPACE) == Window(4, 2, 8, 8)

    def test_rows_from_south_to_north(self):
        grid = Grid(height=20, width=30, geotransform=(0.0, 1.0, 0.0, 0.0, 0.0, 1.0), crs_wkt="")
        assert extent_window(QgsRectangle(0, 3, 30, 5), grid) == Window(3, 0, 2, 30)


def test_rectangle_of_a_window_is_what_it_covers():
    assert grid_rectangle(GRID, Window(1, 2, 3, 4)) == QgsRectangle(104, 192, 112, 198)
    assert grid_rectangle(PIXEL_SPACE) == QgsRectangle(0, -20, 30, 0)
