"""Layers to paths and pixels, feedback to progress."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from recurve.algorithms import bridge
from recurve.core.errors import RasterError
from recurve.core.grid import Grid
from recurve.core.tiles import Window

GRID = Grid(height=20, width=30, geotransform=(100.0, 2.0, 0.0, 200.0, 0.0, -2.0), crs_wkt="")
PIXEL_SPACE = Grid(height=20, width=30, geotransform=None, crs_wkt="")


class TestExtentWindow:
    def test_whole_image(self):
        assert bridge.extent_window(bridge.grid_rectangle(GRID), GRID) == GRID.extent

    def test_pixels_whose_centre_is_inside(self):
        # columns end at 100, 102, 104 ...: the centres 103, 105, 107 are inside; rows: 197, 195
        assert bridge.extent_window(QgsRectangle(102.9, 194.9, 107.1, 198.9), GRID) == Window(1, 1, 2, 3)

    @pytest.mark.parametrize("nudge", [-1e-9, 0.0, 1e-9])
    def test_borders_of_pixels_are_not_a_matter_of_rounding(self, nudge):
        extent = QgsRectangle(104 + nudge, 190 + nudge, 110 + nudge, 198 + nudge)
        assert bridge.extent_window(extent, GRID) == Window(1, 2, 4, 3)

    def test_at_least_one_pixel(self):
        assert bridge.extent_window(QgsRectangle(104.1, 195.1, 104.2, 195.2), GRID) == Window(2, 2, 1, 1)

    def test_cut_to_the_image(self):
        assert bridge.extent_window(QgsRectangle(-1e9, 196, 104, 1e9), GRID) == Window(0, 0, 2, 2)

    @pytest.mark.parametrize(
        "extent", [(0, 160, 100, 200), (160, 160, 170, 200), (100, 200, 160, 300), (100, 0, 160, 160)]
    )
    def test_beside_the_image_is_refused(self, extent):
        with pytest.raises(RasterError, match=r"is beside the image, which covers 100.*choose an extent"):
            bridge.extent_window(QgsRectangle(*extent), GRID)

    def test_without_georeferencing_rows_count_downwards_from_0(self):
        assert bridge.extent_window(QgsRectangle(2, -12, 10, -4), PIXEL_SPACE) == Window(4, 2, 8, 8)

    def test_rows_from_south_to_north(self):
        grid = Grid(height=20, width=30, geotransform=(0.0, 1.0, 0.0, 0.0, 0.0, 1.0), crs_wkt="")
        assert bridge.extent_window(QgsRectangle(0, 3, 30, 5), grid) == Window(3, 0, 2, 30)


def test_rectangle_of_a_window_is_what_it_covers():
    assert bridge.grid_rectangle(GRID, Window(1, 2, 3, 4)) == QgsRectangle(104, 192, 112, 198)
    assert bridge.grid_rectangle(PIXEL_SPACE) == QgsRectangle(0, -20, 30, 0)


def polygons(*texts, crs="EPSG:32640"):
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "fields", "memory")
    features = []
    for text in texts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def burn(layer, grid, crs):
    context = QgsProcessingContext()
    source = QgsProcessingFeatureSource(layer, context)
    mask = bridge.polygon_mask(source, crs, QgsCoordinateTransformContext(), bridge.grid_rectangle(grid))
    return mask.burn(grid.extent, grid)


class TestPolygonMask:
    UTM = QgsCoordinateReferenceSystem("EPSG:32640")

    def test_pixels_whose_centre_is_inside(self):
        found = burn(polygons("POLYGON((104 190, 110 190, 110 198, 104 198, 104 190))"), GRID, self.UTM)
        expected = np.zeros((20, 30), bool)
        expected[1:5, 2:5] = True
        np.testing.assert_array_equal(found, expected)

    def test_reprojected(self):
        grid = Grid(20, 30, (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), self.UTM.toWkt())
        from qgis.core import QgsCoordinateTransform

        to_degrees = QgsCoordinateTransform(
            self.UTM, QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateTransformContext()
        )
        ring = [(500005, 2799990), (500015, 2799990), (500015, 2799996), (500005, 2799996)]
        ring = [to_degrees.transform(QgsPointXY(*point)) for point in [*ring, ring[0]]]
        text = ", ".join(f"{point.x():.10f} {point.y():.10f}" for point in ring)
        found = burn(polygons(f"POLYGON(({text}))", crs="EPSG:4326"), grid, self.UTM)
        expected = np.zeros((20, 30), bool)
        expected[4:10, 5:15] = True
        np.testing.assert_array_equal(found, expected)

    def test_without_georeferencing_taken_as_it_is(self):
        layer = polygons("POLYGON((2 -12, 10 -12, 10 -4, 2 -4, 2 -12))")
        found = burn(layer, PIXEL_SPACE, QgsCoordinateReferenceSystem())
        expected = np.zeros((20, 30), bool)
        expected[4:12, 2:10] = True
        np.testing.assert_array_equal(found, expected)

    def test_a_polygon_that_crosses_itself_is_burned_all_the_same(self):
        bow_tie = "POLYGON((100 160, 160 200, 160 160, 100 200, 100 160))"
        assert burn(polygons(bow_tie), GRID, self.UTM).any()

    def test_curves(self):
        circle = "CURVEPOLYGON(CIRCULARSTRING(110 180, 120 190, 130 180, 120 170, 110 180))"
        found = burn(polygons(circle), GRID, self.UTM)
        assert found.sum() == pytest.approx(np.pi * 25, rel=0.1)

    def test_beside_the_image_is_refused(self):
        layer = polygons("POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))", "POLYGON((5 0, 6 0, 6 1, 5 1, 5 0))")
        sentence = r"None of the 2 polygons of the mask fields overlaps .* draw or choose polygons"
        with pytest.raises(RasterError, match=sentence):
            burn(layer, GRID, self.UTM)

    def test_empty_is_refused(self):
        with pytest.raises(RasterError, match="mask fields has no polygon to use; draw or select some"):
            burn(polygons(), GRID, self.UTM)

    def test_overlapping_boxes_are_not_enough(self):
        corner = (
            "POLYGON((90 150, 90 300, 300 300, 300 210, 95 210, 95 150, 90 150))"  # passes around the image
        )
        with pytest.raises(RasterError, match="None of the 1 polygons"):
            burn(polygons(corner), GRID, self.UTM)


class TestImagePath:
    def test_file(self, make_raster):
        path = make_raster(np.zeros((1, 4, 5), np.uint8))
        assert bridge.image_path(QgsRasterLayer(str(path), "image")) == str(path)

    def test_other_providers_are_refused(self):
        layer = QgsRasterLayer("url=https://localhost", "coverage", "wcs")
        with pytest.raises(RasterError, match=r"coverage comes from QGIS's 'wcs' provider.*export the layer"):
            bridge.image_path(layer)


def test_control_points_are_refused_where_places_matter(tmp_path):
    from osgeo import gdal, osr

    path = str(tmp_path / "points.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 30, 20, 1)
    system = osr.SpatialReference()
    system.ImportFromEPSG(32640)
    corners = [(0, 0), (30, 0), (0, 20), (30, 20)]
    points = [gdal.GCP(500000 + x + y / 2, 2800000 - y, 0, x, y) for x, y in corners]
    dataset.SetGCPs(points, system.ExportToWkt())
    dataset = None
    with pytest.raises(RasterError, match=r"places points by control points.*warp the image first"):
        bridge.check_shown_as_stored(QgsRasterLayer(path, "points"), PIXEL_SPACE)


def test_layers_lie_where_their_pixels_say(make_raster):
    from recurve.core.raster import RasterReader

    for geotransform in ((500000.0, 1.5, 0.0, 2800000.0, 0.0, -1.2), None):
        path = make_raster(np.zeros((1, 20, 30), np.uint8), geotransform=geotransform)
        with RasterReader(str(path)) as reader:
            bridge.check_shown_as_stored(QgsRasterLayer(str(path), "image"), reader.grid)


class TestFeedbackProgress:
    def test_reports_percent_and_lines(self, feedback):
        told = feedback()
        progress = bridge.FeedbackProgress(told)
        progress.report(0.25)
        progress.say("line")
        assert told.fractions == [0.25]
        assert told.lines == ["line"]

    def test_asks_for_cancel(self, feedback):
        told = feedback()
        progress = bridge.FeedbackProgress(told)
        assert progress.is_cancelled() is False
        told.cancel()
        assert progress.is_cancelled() is True


def test_only_our_faults_become_sentences():
    with pytest.raises(QgsProcessingException, match="a sentence"), bridge.faults_for_qgis():
        raise RasterError("a sentence")
    with pytest.raises(ZeroDivisionError), bridge.faults_for_qgis():
        raise ZeroDivisionError
