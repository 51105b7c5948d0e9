"""The system that QGIS shows a raster in, whatever its file says."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsRasterLayer,
    QgsVectorLayer,
)
from recurve.tests.algorithms.places.drawing import (
    DEGREES,
    LEFT,
    TOP,
    UTM,
    box_wkt,
    drawn,
    labels_in,
    shown_in,
)


class TestTheSystemThatQgisShows:
    """What a user sets for a layer counts, not what its file says."""

    @pytest.fixture(params=["", "EPSG:4326"])
    def file_crs(self, request):
        """What the file says: nothing, or something wrong."""
        return request.param

    def test_polygons_and_outputs(self, pixels_of, raster_in, grey, inside, file_crs, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", UTM, file_crs), "EPSG:32640")
        found = pixels_of(image, UTM, drawn(box_wkt(UTM), to="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)
        for name in ("map.tif", "difference.tif"):
            assert QgsRasterLayer(str(tmp_path / name), "made").crs().authid() == "EPSG:32640"

    def test_it_is_said(self, run, raster_in, grey, tiny, file_crs, tmp_path):
        image = raster_in(grey, "image.tif", UTM, file_crs)
        _, said = run(
            "classify",
            INPUT=shown_in(image, "EPSG:32640"),
            CLASSIFIER=tiny.classifier,
            OUTPUT=tmp_path / "m.tif",
        )
        told = "EPSG:4326 - WGS 84" if file_crs else "none"
        shown = "EPSG:32640 - WGS 84 / UTM zone 40N, as in QGIS; its file says:"
        assert f"The coordinate reference system of image is {shown} {told}." in said
        _, said = run("classify", INPUT=image, CLASSIFIER=tiny.classifier, OUTPUT=tmp_path / "m.tif")
        assert "as in QGIS" not in said

    def test_the_pixel_size(self, run, raster_in, grey, tiny, file_crs, tmp_path):
        fine = raster_in(grey, "image.tif", (LEFT, 0.5, 0.0, TOP, 0.0, -0.5), file_crs)
        results, said = run(
            "classify",
            INPUT=shown_in(fine, "EPSG:32640"),
            CLASSIFIER=tiny.classifier,
            RESAMPLE=True,
            OUTPUT=tmp_path / "map.tif",
        )
        assert results, said
        assert "Resampled: pixels of 0.5 x 0.5 m become 1 x 1 m" in said

    def test_the_width_of_lines(self, run, raster_in, grey, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", DEGREES), "EPSG:4326")
        line = QgsVectorLayer("LineString?crs=EPSG:4326", "roads", "memory")
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt("LINESTRING(56.9 25.29968, 57.1 25.29968)"))
        line.dataProvider().addFeature(feature)
        results, said = run(
            "preparesamples",
            INPUT=image,
            LABELS=line,
            CLASSES="road",
            BACKGROUND="other",
            LINE_WIDTH=10,
            VALIDATION_FRACTION=0,
            OUTPUT=tmp_path / "set",
        )
        assert results, said
        labels = labels_in(tmp_path / "set", DEGREES)
        assert (labels == 2).sum(axis=0) * 1.108 == pytest.approx(10, abs=1.2)  # metres of a pixel's height

    def test_a_map_to_correct(self, run, raster_in, grey, make_network, tmp_path, read_raster, tiny):
        """A map in degrees whose file says nothing of it, and an image in UTM."""
        image, codes = raster_in(grey, "image.tif", UTM, "EPSG:32640"), tiny.expected_map(grey)
        there = raster_in(codes, "codes.tif", UTM, "EPSG:32640")
        gdal.Warp(str(tmp_path / "degrees.tif"), there, dstSRS="EPSG:4326", xRes=2e-6, yRes=2e-6)
        degrees = gdal.Open(str(tmp_path / "degrees.tif"))
        silent = raster_in(read_raster(tmp_path / "degrees.tif"), "silent.tif", degrees.GetGeoTransform())
        made = {}
        for name, given in (
            ("told", str(tmp_path / "degrees.tif")),
            ("shown", shown_in(silent, "EPSG:4326")),
        ):
            results, said = run(
                "correct",
                INPUT=image,
                MAP=given,
                CORRECTOR=make_network("corrector"),
                ITERATIONS=0,
                CLASS_TABLE="1=dark,2=middle,3=bright",
                OUTPUT=tmp_path / f"{name}.tif",
            )
            assert results, said
            made[name] = read_raster(results["OUTPUT"])
        np.testing.assert_array_equal(made["shown"], made["told"])
        assert made["told"].any()

    def test_an_animation(self, run, raster_in, grey, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", UTM), "EPSG:32640")
        maps = raster_in(np.stack([grey[0] % 3, grey[0] % 2]), "maps.tif", UTM, "EPSG:4326")
        parameters = {"INPUT": image, "OUTPUT": tmp_path / "a.gif"}
        assert run("animate", ITERATES=shown_in(maps, "EPSG:32640"), **parameters)[0]
        assert "are not those of the maps" in run("animate", ITERATES=maps, **parameters)[1]
