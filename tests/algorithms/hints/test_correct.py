"""recurve:correct without a corrector of one's own, and with hints: what becomes of any map, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)
from recurve.core.raster.legend import read_legend

from .conftest import at, square

ITERATIONS = 3  # of the tiny universal corrector, each of which carries a hint by 1 px


@pytest.fixture
def codes():
    """A map (53, 70) in the codes 10 (left), 20 (right) and 30 (a corner)."""
    values = np.full((53, 70), 10, np.uint8)
    values[:, 35:] = 20
    values[:8, :8] = 30
    return values


@pytest.fixture
def code_map(make_raster, codes):
    return make_raster(codes, "codes.tif")


def around(row, col, distance=ITERATIONS):
    """The pixels that a hint reaches."""
    return slice(max(row - distance, 0), row + distance + 1), slice(
        max(col - distance, 0), col + distance + 1
    )


class TestAnyMap:
    def test_classes_and_values_are_those_of_the_map(self, correct, code_map, codes, read_raster):
        results, lines = correct(MAP=code_map, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes)
        assert "Class values of the map: 10 = class 10, 20 = class 20, 30 = class 30." in lines
        assert any(line.startswith("Corrector: tiny universal corrector.") for line in lines)
        written = gdal.Open(results["OUTPUT"])
        names = read_legend(written.GetRasterBand(1)).names
        assert (names[10], names[20], names[30]) == ("class 10", "class 20", "class 30")

    def test_names_and_colours_of_the_map_are_kept(self, correct, code_map, read_raster):
        raster = gdal.Open(str(code_map), gdal.GA_Update)
        palette = gdal.ColorTable()
        for code, colour in ((10, (1, 2, 3)), (20, (40, 50, 60)), (30, (70, 80, 90))):
            palette.SetColorEntry(code, (*colour, 255))
        raster.GetRasterBand(1).SetColorTable(palette)
        names = [""] * 31
        names[10], names[20], names[30] = "water", "forest", "road"
        raster.GetRasterBand(1).SetCategoryNames(names)
        raster = None
        results, _ = correct(MAP=code_map)
        written = gdal.Open(results["OUTPUT"])
        band = written.GetRasterBand(1)
        names = read_legend(band).names
        assert (names[10], names[20], names[30]) == ("water", "forest", "road")
        assert band.GetColorTable().GetColorEntry(20) == (40, 50, 60, 255)

    def test_names_in_the_class_table(self, correct, code_map):
        _, lines = correct(MAP=code_map, CLASS_TABLE="10=water,20=forest,30=")
        assert "Class values of the map: 10 = water, 20 = forest; no class: 30." in lines

    def test_a_value_that_the_table_does_not_name(self, refusal, code_map):
        assert "holds values of no class: 30. Say in a class table" in refusal(
            MAP=code_map, CLASS_TABLE="10=water,20=forest"
        )

    @pytest.mark.parametrize("count", [2, 5])
    def test_probabilities_of_any_number_of_classes(self, correct, make_raster, read_raster, count):
        classes = np.resize(np.arange(count), (53, 70))
        shares = np.where(classes == np.arange(count)[:, None, None], 0.6, 0.4 / (count - 1))
        path = make_raster(shares.astype(np.float32), "soft.tif")
        results, lines = correct(MAP=path, MAP_KIND="probabilities", ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], classes + 1)
        pairs = ", ".join(f"{number} = class {number}" for number in range(1, count + 1))
        assert f"Bands (probabilities) of the map: {pairs}." in lines

    @pytest.mark.parametrize(
        ("bands", "told"),
        [
            (1, "1, each standardised over the whole image; the corrector sees three"),
            (5, "first three principal"),
        ],
    )
    def test_an_image_of_any_bands(self, correct, make_raster, code_map, codes, read_raster, bands, told):
        pixels = np.random.default_rng(1).integers(1, 250, (bands, 53, 70)).astype(np.uint8)
        results, lines = correct(INPUT=make_raster(pixels, "bands.tif"), MAP=code_map)
        assert set(np.unique(read_raster(results["OUTPUT"]))) == {10, 20, 30}
        (bands_line,) = [line for line in lines if line.startswith("Bands of the image:")]
        assert told in bands_line

    def test_the_tile_side_does_not_matter(self, correct, code_map, drawn, read_raster, tmp_path):
        hints = drawn((at(20, 20), "20"), (at(16, 50), "10"))
        whole, _ = correct(MAP=code_map, HINTS=hints, OUTPUT=tmp_path / "whole.tif")
        tiled, _ = correct(MAP=code_map, HINTS=hints, OUTPUT=tmp_path / "tiled.tif", TILE_SIDE=16)
        np.testing.assert_array_equal(read_raster(tiled["OUTPUT"]), read_raster(whole["OUTPUT"]))


class TestHints:
    def test_a_hint_reaches_as_far_as_the_iterations(self, correct, code_map, drawn, read_raster, tmp_path):
        without, _ = correct(MAP=code_map, OUTPUT=tmp_path / "without.tif")
        expected = read_raster(without["OUTPUT"])[0].copy()
        expected[around(20, 15)], expected[around(40, 60)] = 20, 30
        hints = drawn((at(20, 15), "20"), (at(40, 60), "class 30"))
        results, lines = correct(MAP=code_map, HINTS=hints)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
        assert "Hints: 2 by the field class (class 20 1, class 30 1)." in lines

    def test_points_in_another_system_and_polygons(self, correct, code_map, drawn, read_raster, tmp_path):
        planar, degrees = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (32640, 4326))
        shape = QgsGeometry.fromWkt(at(20, 15))
        shape.transform(QgsCoordinateTransform(planar, degrees, QgsCoordinateTransformContext()))
        near, _ = correct(MAP=code_map, HINTS=drawn((at(20, 15), "20")), OUTPUT=tmp_path / "near.tif")
        far, _ = correct(MAP=code_map, HINTS=drawn((shape.asWkt(12), "20"), crs="EPSG:4326"))
        np.testing.assert_array_equal(read_raster(far["OUTPUT"]), read_raster(near["OUTPUT"]))
        area = drawn((square(30, 10, 33, 14), "20"), kind="Polygon")
        found = read_raster(correct(MAP=code_map, HINTS=area)[0]["OUTPUT"])[0]
        assert (found[30 - ITERATIONS : 33 + ITERATIONS, 10 - ITERATIONS : 14 + ITERATIONS] == 20).all()
        assert (found[20 : 30 - ITERATIONS, 10:14] == 10).all()

    def test_selected_features_alone(self, correct, code_map, drawn, read_raster):
        layer = drawn((at(20, 15), "20"), (at(40, 15), "20"))
        layer.selectByIds([2])
        QgsProject.instance().addMapLayer(layer, False)
        try:
            given = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
            found = read_raster(correct(MAP=code_map, HINTS=given)[0]["OUTPUT"])[0]
        finally:
            QgsProject.instance().takeMapLayer(layer)
        assert (found[20, 15], found[40, 15]) == (10, 20)

    def test_only_around_hints_nothing_else_changes(
        self, correct, make_raster, codes, drawn, read_raster, tmp_path
    ):
        codes[40, 50] = 10  # a pixel that the correction without hints takes away
        path = make_raster(codes, "spotted.tif")
        corrected, _ = correct(MAP=path, OUTPUT=tmp_path / "without.tif")
        assert read_raster(corrected["OUTPUT"])[0, 40, 50] == 20
        results, _ = correct(MAP=path, HINTS=drawn((at(20, 15), "20")), ONLY_AROUND_HINTS=True)
        expected = codes.copy()
        expected[around(20, 15)] = 20
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)

    def test_a_class_that_occurs_nowhere_may_be_named(self, correct, code_map, drawn, read_raster):
        table = "10=a,20=b,30=c,40=water"
        results, _ = correct(MAP=code_map, CLASS_TABLE=table, HINTS=drawn((at(20, 15), "Water")))
        assert (read_raster(results["OUTPUT"])[0][around(20, 15)] == 40).all()

    def test_a_second_run_with_one_hint_more(self, correct, code_map, drawn, read_raster, tmp_path):
        first, second = (at(20, 15), "20"), (at(45, 60), "10")
        whole, _ = correct(MAP=code_map, HINTS=drawn(first, second), OUTPUT=tmp_path / "whole.tif")
        correct(MAP=code_map, HINTS=drawn(first))
        again, _ = correct(MAP=code_map, HINTS=drawn(first, second))
        np.testing.assert_array_equal(read_raster(again["OUTPUT"]), read_raster(whole["OUTPUT"]))

    def test_trust_by_the_field(self, correct, code_map, drawn):
        layer = drawn((at(20, 15), "20", "perhaps"))
        _, lines = correct(MAP=code_map, HINTS=layer, HINT_TRUST="likely", HINT_TRUST_FIELD="trust")
        assert any("Hints whose trust 'perhaps' is none of certain, 1, likely, 0.5" in line for line in lines)


class TestTold:
    def test_what_is_left_out(self, correct, code_map, drawn):
        layer = drawn(
            (at(20, 15), "20"), (at(20, 16), None), (at(20, 17), "ice"), (at(900, 3), "20"), ("", "20")
        )
        _, lines = correct(MAP=code_map, HINTS=layer)
        for words in (
            "Hints without a class are left out: 1 (id 2).",
            "Hints of the unknown class 'ice' are left out: 1 (id 3). The classes are 10 = class 10, 20 = class 20, "
            "30 = class 30.",
            "Hints outside the image are left out: 1 (id 4).",
            "Hints without a shape are left out: 1 (id 5).",
        ):
            assert words in lines

    def test_contradictions(self, correct, code_map, drawn):
        _, lines = correct(
            MAP=code_map, HINTS=drawn((at(20, 15), "20"), (at(20, 15), "30"), (at(3, 3), "10"))
        )
        (told,) = [line for line in lines if "contradict each other" in line]
        assert "on the same pixels: 1, id 1 (class 20) / id 2 (class 30)." in told

    def test_what_was_sure(self, correct, make_raster, drawn):
        shares = np.full((2, 53, 70), 0.5, np.float32)
        shares[:, 20, 15] = 0.97, 0.03
        path = make_raster(shares, "soft.tif", names=("water", "forest"))
        layer = drawn((at(20, 15), "forest"), (at(30, 15), "forest"))
        _, lines = correct(MAP=path, MAP_KIND="probabilities", HINTS=layer)
        (told,) = [line for line in lines if "overturn a class" in line]
        assert "above 95 %: 1, id 1 at 500015.5, 2799979.5: water 97 %, now forest." in told

    def test_hints_outside_the_extent(self, correct, code_map, drawn):
        layer = drawn((at(20, 15), "20"), (at(50, 60), "10"))
        _, lines = correct(MAP=code_map, HINTS=layer, EXTENT="500000,500030,2799960,2800000 [EPSG:32640]")
        assert "Hints outside the extent change only what they reach within it: 1 (id 2)." in lines


class TestRefusals:
    def test_a_corrector_that_takes_no_hints(self, refusal, code_map, drawn, make_network, shipped):
        message = refusal(
            MAP=code_map,
            CORRECTOR=make_network("corrector"),
            CLASS_TABLE="10=dark,20=middle,30=bright",
            HINTS=drawn((at(20, 15), "20")),
        )
        assert "Hints are given, and the corrector tiny corrector" in message
        assert 'takes none; leave "Hints" (HINTS) empty, or choose a corrector that does' in message
        assert f"such as the universal one ({shipped})" in message

    def test_0_iterations(self, refusal, code_map, drawn):
        message = refusal(MAP=code_map, ITERATIONS=0, HINTS=drawn((at(20, 15), "20")))
        assert "is 0, so nothing is corrected; leave" in message

    def test_around_hints_that_are_not_there(self, refusal, code_map):
        message = refusal(MAP=code_map, ONLY_AROUND_HINTS=True)
        assert (
            '"Change the map only around hints" (ONLY_AROUND_HINTS) is ticked and no layer is given'
            in message
        )

    @pytest.mark.parametrize(
        ("features", "words"),
        [
            ((), "The hints hints have no feature to use; draw some"),
            (
                ((at(900, 3), "20"),),
                "No feature of the hints hints can be used. Hints outside the image are left out",
            ),
            (
                ((at(20, 3), "ice"),),
                "holds a class of the map, by name or by value; the classes are 10 = class 10",
            ),
        ],
    )
    def test_no_usable_hint(self, refusal, code_map, drawn, features, words):
        assert words in refusal(MAP=code_map, HINTS=drawn(*features))

    def test_no_layer(self, refusal, code_map):
        assert "is 'none.gpkg', which cannot be opened as a vector layer" in refusal(
            MAP=code_map, HINTS="none.gpkg"
        )

    @pytest.mark.parametrize("table", ["", "10=a,20=b,30=c"])
    def test_another_place(self, refusal, make_raster, codes, table):
        path = make_raster(codes, "far.tif", geotransform=(10.0, 0.01, 0.0, 50.0, 0.0, -0.01), epsg=4326)
        assert "do not overlap" in refusal(MAP=path, CLASS_TABLE=table)

    def test_one_band_of_probabilities(self, refusal, make_raster):
        path = make_raster(np.ones((1, 53, 70), np.float32), "soft.tif")
        assert "has fewer than two bands of classes (1)" in refusal(MAP=path, MAP_KIND="probabilities")

    def test_a_map_of_measurements(self, refusal, make_raster):
        path = make_raster(np.arange(53 * 70, dtype=np.int32).reshape(53, 70), "heights.tif")
        assert "different values or more, and at most 254 classes are allowed" in refusal(MAP=path)


class TestTheForm:
    """The same through the form of the corrector that is shipped, with random weights."""

    @pytest.fixture
    def hints(self, drawn):
        return drawn((square(20, 15, 21, 16), "20"), (square(40, 50, 44, 56), "30"), kind="Polygon")

    @pytest.mark.parametrize("side", [None, 16])
    def test_certain_hints_are_held(self, correct, code_map, universal_corrector, hints, read_raster, side):
        results, _ = correct(MAP=code_map, CORRECTOR=universal_corrector, HINTS=hints, TILE_SIDE=side)
        found = read_raster(results["OUTPUT"])[0]
        assert found[20, 15] == 20
        assert (found[40:44, 50:56] == 30).all()

    def test_the_tile_side_does_not_matter(
        self, correct, code_map, universal_corrector, hints, read_raster, tmp_path
    ):
        settings = {"MAP": code_map, "CORRECTOR": universal_corrector, "HINTS": hints}
        whole, _ = correct(**settings, OUTPUT=tmp_path / "whole.tif", SCORES=tmp_path / "whole_scores.tif")
        tiled, _ = correct(**settings, TILE_SIDE=16, SCORES=tmp_path / "scores.tif")
        for name in ("OUTPUT", "SCORES"):
            np.testing.assert_array_equal(read_raster(tiled[name]), read_raster(whole[name]))

    def test_only_around_hints(self, correct, code_map, codes, universal_corrector, drawn, read_raster):
        settings = {"MAP": code_map, "CORRECTOR": universal_corrector, "ITERATIONS": 1}
        hints = drawn((at(50, 67), "30"))
        found = read_raster(correct(**settings, HINTS=hints, ONLY_AROUND_HINTS=True)[0]["OUTPUT"])[0]
        assert found[50, 67] == 30
        np.testing.assert_array_equal(found[:15, :30], codes[:15, :30])


def test_from_outside(profile, call, image, code_map, universal, read_raster, tmp_path):
    """The real qgis_process: a layer made for the map's classes, a hint in it, and the map corrected."""
    hints = tmp_path / "hints.gpkg"
    made = call(profile, "run", "recurve:newhintlayer", "--", f"MAP={code_map}", f"OUTPUT={hints}")
    assert made.returncode == 0, made.stdout + made.stderr
    layer = QgsVectorLayer(str(hints), "hints", "ogr")
    drawing = QgsFeature(layer.fields())
    drawing.setGeometry(QgsGeometry.fromWkt(at(20, 15)))
    drawing["class"], drawing["trust"] = 20, "certain"
    assert layer.dataProvider().addFeatures([drawing])[0]
    del layer
    settings = {
        "INPUT": image,
        "MAP": code_map,
        "CORRECTOR": universal,
        "HINTS": hints,
        "DEVICE": "CPU",
        "OUTPUT": tmp_path / "map.tif",
    }
    arguments = [f"{name}={value}" for name, value in settings.items()]
    done = call(profile, "run", "recurve:correct", "--", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Hints: 1 by the field class (class 20 1)." in done.stdout
    found = read_raster(tmp_path / "map.tif")[0]
    assert (found[around(20, 15)] == 20).all()
    assert (found[25:, :30] == 10).all()
