"""Shapes as large as the world, and shapes and images without a system."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsRectangle,
    QgsVectorFileWriter,
)
from recurve.algorithms.layers import place
from recurve.tests.algorithms.places.drawing import (
    BOX,
    LEFT,
    PIXELS,
    SIDE,
    TOP,
    UTM,
    WORLD,
    box_wkt,
    drawn,
    shown_in,
)


class TestShapesOfTheWholeWorld:
    @pytest.mark.parametrize("place", [UTM, (LEFT, 1.0, 0.0, TOP - SIDE, 0.0, 1.0)])
    def test_they_cover_all(self, pixels_of, raster_in, grey, place):
        image = shown_in(raster_in(grey, "image.tif", place, "EPSG:32640"), "EPSG:32640")
        found = pixels_of(image, place, drawn(WORLD, crs="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, np.ones((SIDE, SIDE), bool), err_msg=name)

    def test_others_of_their_layer_count_too(self, pixels_of, raster_in, grey, inside):
        """All over the world, where UTM does not reach, and one on the image."""
        image = shown_in(raster_in(grey, "image.tif", UTM, "EPSG:32640"), "EPSG:32640")
        there = QgsGeometry.fromWkt(box_wkt(UTM))
        there.transform(
            QgsCoordinateTransform(
                QgsCoordinateReferenceSystem("EPSG:32640"),
                QgsCoordinateReferenceSystem("EPSG:4326"),
                QgsCoordinateTransformContext(),
            )
        )
        far = [
            f"POLYGON(({x} {y}, {x + 1} {y}, {x} {y + 1}, {x} {y}))"
            for x, y in ((-123, 0), (-179, -80), (147, 0))
        ]
        found = pixels_of(image, UTM, drawn(*far, there.asWkt(12), crs="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)

    def test_an_extent(self, run, raster_in, grey, tiny, tmp_path, read_raster):
        image = raster_in(grey, "image.tif", UTM, "EPSG:32640")
        results, said = run(
            "classify",
            INPUT=image,
            CLASSIFIER=tiny.classifier,
            EXTENT="-180,180,-90,90 [EPSG:4326]",
            OUTPUT=tmp_path / "map.tif",
        )
        assert results, said
        assert read_raster(results["OUTPUT"]).shape == (1, SIDE, SIDE)


class TestShapesInTheSystemOfTheImage:
    """Nothing reprojects and cuts them."""

    @pytest.mark.parametrize("far_m", [1e9, 3e9, 1e12])
    def test_they_count_however_far_they_reach(self, pixels_of, raster_in, grey, inside, far_m):
        image = raster_in(grey, "image.tif", UTM, "EPSG:32640")
        around = QgsGeometry.fromRect(QgsRectangle(LEFT - far_m, TOP - far_m, LEFT + far_m, TOP + far_m))
        around.addRing(QgsGeometry.fromWkt(box_wkt(UTM)).asPolygon()[0])
        found = pixels_of(image, UTM, drawn(around.asWkt(10)), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, ~inside, err_msg=name)

    def test_triangles_count(self, pixels_of, raster_in, grey, inside, tmp_path):
        left, right, low, high = LEFT + BOX[1], LEFT + BOX[3], TOP - BOX[2], TOP - BOX[0]
        halves = [
            f"TRIANGLE(({left} {low}, {right} {low}, {right} {high}, {left} {low}))",
            f"TRIANGLE(({left} {low}, {right} {high}, {left} {high}, {left} {low}))",
        ]
        path = str(tmp_path / "triangles.gpkg")
        stored = ogr.GetDriverByName("GPKG").CreateDataSource(path)
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(32640)
        layer = stored.CreateLayer("triangles", reference, ogr.wkbTriangle)
        layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
        for half in halves:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkt(half))
            feature.SetField("class", "1")
            layer.CreateFeature(feature)
        del feature, layer, stored
        image = raster_in(grey, "image.tif", UTM, "EPSG:32640")
        for name, pixels in pixels_of(image, UTM, path, "EPSG:32640").items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)


class TestNoSystem:
    """Images without a system, and layers that say that they have none, each in the way of its format."""

    @pytest.fixture(params=["GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf"])
    def saved(self, request, tmp_path, qgis_new_project):
        """A polygon in pixels of the image, saved without a system."""
        suffix = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "GeoJSON": "geojson", "FlatGeobuf": "fgb"}[
            request.param
        ]
        layer, path = drawn(box_wkt(PIXELS), crs=""), str(tmp_path / f"drawn.{suffix}")
        layer.setCrs(QgsCoordinateReferenceSystem())
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = request.param
        error = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, path, QgsCoordinateTransformContext(), options
        )
        assert error[0] == QgsVectorFileWriter.NoError, error
        return path

    def test_they_are_drawn_on_the_image(self, pixels_of, raster_in, grey, inside, saved):
        image = raster_in(grey, "photo.tif", None)
        for name, pixels in pixels_of(image, PIXELS, saved).items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)

    @pytest.mark.parametrize("place", [None, UTM])
    def test_a_layer_with_a_system_is_refused_by_all(self, pixels_of, raster_in, grey, place):
        image = raster_in(grey, "photo.tif", place)
        refused = "The shapes of drawn have a coordinate reference system (EPSG:32640), and the raster"
        for name, said in pixels_of(image, UTM, drawn(box_wkt(place or PIXELS))).items():
            assert f"{refused} that they are brought to has none, so nothing tells where they lie" in said, (
                name
            )


def test_nothing_that_cannot_be_reprojected_is_left_out_in_silence(pixels_of, raster_in, grey, monkeypatch):
    """Masks and references are refused; labels are left out and counted."""

    def fail(*_):
        raise QgsCsException("too far")

    monkeypatch.setattr(place.Way, "bring", fail)
    image = shown_in(raster_in(grey, "image.tif", UTM, "EPSG:32640"), "EPSG:32640")
    polygons = drawn(box_wkt(UTM), to="EPSG:4326")
    found = pixels_of(image, UTM, polygons)
    assert "The mask drawn cannot be reprojected to the image's coordinates (too far)" in found["mask"]
    for name in ("reference", "area"):
        assert "A polygon of drawn cannot be reprojected to the map's coordinates (too far)" in found[name]
    assert (
        "Labels that cannot be transformed to the image's coordinates are left out: 1 (id 1)."
        in found["labels"]
    )
