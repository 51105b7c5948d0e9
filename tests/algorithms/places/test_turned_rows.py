"""Rasters whose rows run to the north, or columns to the west."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from recurve.tests.algorithms.places.drawing import LEFT, SIDE, TOP, UTM, box_wkt, drawn, labels_in, shown_in


class TestRowsAndColumnsThatRunTheOtherWay:
    WAYS = tuple(itertools.product((1, -1), (1, -1)))[1:]

    @pytest.fixture(params=WAYS, ids=["rows to the north", "columns to the west", "both"])
    def turned(self, request, raster_in):
        """A function: an array with north above, stored another way over the same ground; and its geotransform."""
        east, south = request.param
        place = (LEFT if east > 0 else LEFT + SIDE, east, 0.0, TOP if south > 0 else TOP - SIDE, 0.0, -south)

        def make(array, name):
            array = array if array.ndim == 3 else array[None]
            return raster_in(
                np.ascontiguousarray(array[:, ::south, ::east]), name, place, "EPSG:32640"
            ), place

        make.back = lambda array: array[..., ::south, ::east]
        return make

    def test_polygons(self, pixels_of, turned, grey, inside):
        path, place = turned(grey, "image.tif")
        image = shown_in(path, "EPSG:32640")
        for crs in ("", "EPSG:4326"):
            polygons = drawn(box_wkt(UTM), to=crs)
            for name, pixels in pixels_of(image, place, polygons, "EPSG:32640").items():
                np.testing.assert_array_equal(turned.back(pixels), inside, err_msg=name)

    def test_an_extent(self, run, turned, grey, tiny, tmp_path, read_raster):
        image, place = turned(grey, "image.tif")
        results, said = run(
            "classify",
            INPUT=image,
            CLASSIFIER=tiny.classifier,
            ITERATIONS=0,
            EXTENT=f"{LEFT + 8},{LEFT + 40},{TOP - 48},{TOP - 4} [EPSG:32640]",
            OUTPUT=tmp_path / "map.tif",
        )
        assert results, said
        found = turned.back(read_raster(results["OUTPUT"])[0])
        np.testing.assert_array_equal(found, tiny.expected_map(grey)[4:48, 8:40])
        made = gdal.Open(results["OUTPUT"]).GetGeoTransform()
        assert (made[1], made[5]) == (place[1], place[5])
        assert made[0] == (LEFT + 8 if place[1] > 0 else LEFT + 40)
        assert made[3] == (TOP - 4 if place[5] < 0 else TOP - 48)

    def test_classify_and_correct(
        self, run, turned, raster_in, grey, tiny, tmp_path, read_raster, make_network
    ):
        """The map of the image as it is stored, and a map with north above brought onto it."""
        image, place = turned(grey, "image.tif")
        expected = tiny.expected_map(turned.back(grey))
        results, said = run(
            "classify", INPUT=image, CLASSIFIER=tiny.classifier, ITERATIONS=0, OUTPUT=tmp_path / "map.tif"
        )
        assert results, said
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
        assert gdal.Open(results["OUTPUT"]).GetGeoTransform() == place
        codes = raster_in(tiny.expected_map(grey), "codes.tif", UTM, "EPSG:32640")
        for kind in ("classes", "probabilities"):
            given = codes
            if kind == "probabilities":
                shares = (
                    np.stack([tiny.expected_map(grey) == code for code in (1, 2, 3)]).astype(np.float32)
                    + 0.01
                )
                given = raster_in(shares, "shares.tif", UTM, "EPSG:32640")
            results, said = run(
                "correct",
                INPUT=image,
                MAP=given,
                MAP_KIND=kind,
                CORRECTOR=make_network("corrector"),
                ITERATIONS=0,
                CLASS_TABLE="1=dark,2=middle,3=bright",
                OUTPUT=tmp_path / f"corrected {kind}.tif",
            )
            assert results, said
            np.testing.assert_array_equal(
                turned.back(read_raster(results["OUTPUT"])[0]), tiny.expected_map(grey)
            )

    def test_rasters_as_reference_strata_and_labels(
        self, run, turned, raster_in, grey, tiny, tmp_path, read_raster
    ):
        codes = tiny.expected_map(grey)
        there, place = turned(codes, "turned.tif")
        north = raster_in(codes, "north.tif", UTM, "EPSG:32640")
        for map_path, reference in ((north, there), (there, north)):
            results, said = run(
                "assess",
                MAPS=[map_path],
                REFERENCE_RASTER=reference,
                STRATA=reference,
                DIFFERENCE=tmp_path / "difference.tif",
            )
            assert results, said
            assert results["OVERALL_ACCURACY"] == 1
            assert (read_raster(tmp_path / "difference.tif") == 1).all()
        image, _ = turned(grey, "image.tif")
        results, said = run(
            "preparesamples", INPUT=image, LABEL_RASTER=north, VALIDATION_FRACTION=0, OUTPUT=tmp_path / "set"
        )
        assert results, said
        np.testing.assert_array_equal(turned.back(labels_in(tmp_path / "set", place)), codes)
