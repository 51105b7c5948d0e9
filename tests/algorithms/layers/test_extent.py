"""Extents become windows of pixels, windows become rectangles."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingContext, QgsRasterLayer, QgsRectangle
from recurve.algorithms.layers.extent import chosen_extent, extent_window, grid_rectangle
from recurve.algorithms.values import Values
from recurve.core.errors import ParameterError, RasterError
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


class TestChosenExtent:
    """The image covers 500000 to 500070 and 2799947 to 2800000."""

    @pytest.fixture
    def chosen(self, provider, image):
        """A function: the rectangle that is given, in the image's coordinates."""
        layer = QgsRasterLayer(str(image), "image")

        def one(given):
            values = Values(provider.algorithm("classify"), {"EXTENT": given}, QgsProcessingContext())
            return chosen_extent(values, "EXTENT", layer.crs(), layer.extent())

        return one

    @pytest.mark.parametrize(
        "given",
        [
            "500010,500020,2799960,2799970",
            " 500010 , 500020 , 2799960 , 2799970 [EPSG:32640]",
            "500010.0,5.0002e5,2799960,2799970[EPSG:32640]",
            QgsRectangle(500010, 2799960, 500020, 2799970),
        ],
    )
    def test_as_qgis_writes_it(self, chosen, given):
        assert chosen(given) == QgsRectangle(500010, 2799960, 500020, 2799970)

    @pytest.mark.parametrize("given", [None, ""])
    def test_none(self, chosen, given):
        assert chosen(given).isNull()

    def test_more_than_the_image(self, chosen):
        assert chosen("0,900000,0,2900000") == QgsRectangle(0, 0, 900000, 2900000)

    def test_of_a_layer(self, chosen, image):
        assert chosen(str(image)) == QgsRectangle(500000, 2799947, 500070, 2800000)

    @pytest.mark.parametrize(
        "given",
        [
            "abc",
            "1,2",
            "500010;500020;2799960;2799970",
            "500010 500020 2799960 2799970",
            "500010,5,500020,5,2799960,5,2799970,5",
            "nan,500020,2799960,2799970",
            "500010,inf,2799960,2799970",
            [500010, 500020, 2799960, 2799970],
            "0,0,0,0",
            "POLYGON((500010 2799960, 500020 2799960, 500020 2799970, 500010 2799960))",
        ],
    )
    def test_what_is_no_rectangle_is_not_the_whole_image(self, chosen, given):
        with pytest.raises(ParameterError) as refused:
            chosen(given)
        assert f"(EXTENT) is '{given}', which is no rectangle; write xmin,xmax,ymin,ymax" in str(
            refused.value
        )

    @pytest.mark.parametrize("crs", ["EPSG:999999", "abc"])
    def test_an_unknown_system_is_not_the_image_s(self, chosen, crs):
        with pytest.raises(ParameterError, match=f"QGIS knows no coordinate reference system '{crs}'"):
            chosen(f"500010,500020,2799960,2799970 [{crs}]")

    @pytest.mark.parametrize(
        "given",
        [
            "500020,500010,2799960,2799970",
            "500010,500020,2799970,2799960",
            "500010,2799960,500020,2799970",  # xmin, ymin, xmax, ymax: QGIS would take more than the whole image
            "500010,2799970,500020,2799960",  # xmin, ymax, xmax, ymin
        ],
    )
    def test_another_order(self, chosen, given):
        with pytest.raises(ParameterError, match="seem to be in another order than xmin,xmax,ymin,ymax"):
            chosen(given)
