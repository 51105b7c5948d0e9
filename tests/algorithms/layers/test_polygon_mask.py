"""Polygons of a layer become pixels."""

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
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)
from recurve.algorithms.layers.place import Place
from recurve.algorithms.layers.polygon_mask import polygon_mask
from recurve.algorithms.layers.vector_source import VectorSource, known_system
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid

UTM = QgsCoordinateReferenceSystem("EPSG:32640")
GRID = Grid(20, 30, (100.0, 2.0, 0.0, 200.0, 0.0, -2.0), UTM.toWkt())
PIXEL_SPACE = Grid(height=20, width=30, geotransform=None, crs_wkt="")


def polygons(*texts, crs="EPSG:32640"):
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "fields", "memory")
    features = []
    for text in texts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def burn(layer, grid):
    features = QgsProcessingFeatureSource(layer, QgsProcessingContext())
    source = VectorSource(features, known_system(layer.crs()))
    mask = polygon_mask(source, Place(grid, QgsCoordinateTransformContext()))
    return mask.burn(grid.extent, grid)


class TestPolygonMask:
    def test_pixels_whose_centre_is_inside(self):
        found = burn(polygons("POLYGON((104 190, 110 190, 110 198, 104 198, 104 190))"), GRID)
        expected = np.zeros((20, 30), bool)
        expected[1:5, 2:5] = True
        np.testing.assert_array_equal(found, expected)

    def test_reprojected(self):
        grid = Grid(20, 30, (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), UTM.toWkt())
        from qgis.core import QgsCoordinateTransform

        to_degrees = QgsCoordinateTransform(
            UTM, QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateTransformContext()
        )
        ring = [(500005, 2799990), (500015, 2799990), (500015, 2799996), (500005, 2799996)]
        ring = [to_degrees.transform(QgsPointXY(*point)) for point in [*ring, ring[0]]]
        text = ", ".join(f"{point.x():.10f} {point.y():.10f}" for point in ring)
        found = burn(polygons(f"POLYGON(({text}))", crs="EPSG:4326"), grid)
        expected = np.zeros((20, 30), bool)
        expected[4:10, 5:15] = True
        np.testing.assert_array_equal(found, expected)

    def test_without_georeferencing_taken_as_it_is(self):
        layer = polygons("POLYGON((2 -12, 10 -12, 10 -4, 2 -4, 2 -12))", crs="")
        found = burn(layer, PIXEL_SPACE)
        expected = np.zeros((20, 30), bool)
        expected[4:12, 2:10] = True
        np.testing.assert_array_equal(found, expected)

    def test_a_polygon_that_crosses_itself_is_burned_all_the_same(self):
        bow_tie = "POLYGON((100 160, 160 200, 160 160, 100 200, 100 160))"
        assert burn(polygons(bow_tie), GRID).any()

    def test_curves(self):
        circle = "CURVEPOLYGON(CIRCULARSTRING(110 180, 120 190, 130 180, 120 170, 110 180))"
        found = burn(polygons(circle), GRID)
        assert found.sum() == pytest.approx(np.pi * 25, rel=0.1)

    def test_beside_the_image_is_refused(self):
        layer = polygons("POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))", "POLYGON((5 0, 6 0, 6 1, 5 1, 5 0))")
        sentence = r"No polygon of the mask fields \(2 in all\) overlaps .* draw or choose polygons"
        with pytest.raises(RasterError, match=sentence):
            burn(layer, GRID)

    def test_empty_is_refused(self):
        with pytest.raises(RasterError, match="mask fields has no polygon to use; draw or select some"):
            burn(polygons(), GRID)

    def test_overlapping_boxes_are_not_enough(self):
        corner = (
            "POLYGON((90 150, 90 300, 300 300, 300 210, 95 210, 95 150, 90 150))"  # passes around the image
        )
        with pytest.raises(RasterError, match=r"No polygon of the mask fields \(1 in all\)"):
            burn(polygons(corner), GRID)
