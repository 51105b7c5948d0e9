"""Features of a layer as hints on an image's pixels: which are taken, as what, and what the log says of the others."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from recurve.algorithms.layers.hint_layer import hint_layer
from recurve.algorithms.layers.place import Place, crs_wkt
from recurve.algorithms.text.map_classes import MapClass
from recurve.algorithms.values import Values
from recurve.core.errors import LabelError
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

from .conftest import LEFT, TOP, at, square

CLASSES = (
    MapClass(10, "Water", "#0000ff"),
    MapClass(20, "Fields, wet", "#00ff00"),
    MapClass(30, "Road", "#ff0000"),
)
HEIGHT, WIDTH = 40, 60


@pytest.fixture
def placed(provider, feedback):
    """A function: hints of a layer on an image of 40 x 60 px of 1 m, and their planes."""

    def place(layer, field="", trust=1.0, trust_field="", selected=False, affine=(LEFT, 1, 0, TOP, 0, -1)):
        QgsProject.instance().addMapLayer(layer, False)
        try:
            given = QgsProcessingFeatureSourceDefinition(layer.id(), selected)
            context = QgsProcessingContext()
            context.setProject(QgsProject.instance())
            values = Values(provider.algorithm("correct").create(), {"HINTS": given}, context)
            found = hint_layer(values, "HINTS", field, trust, trust_field, "HINT_FIELD")
            grid = Grid(HEIGHT, WIDTH, affine, crs_wkt(QgsCoordinateReferenceSystem("EPSG:32640")))
            made = found.placed(Place(grid, QgsCoordinateTransformContext()), CLASSES, feedback())
            return made, made.hints.read(Window(0, 0, HEIGHT, WIDTH))
        finally:
            QgsProject.instance().takeMapLayer(layer)

    return place


class TestShapes:
    def test_a_point_is_the_pixel_that_holds_it(self, placed, drawn):
        _, (numbers, trust) = placed(drawn((at(3, 7), "water"), (at(39, 59), "road")))
        expected = np.zeros((HEIGHT, WIDTH))
        expected[3, 7], expected[39, 59] = 1, 3
        np.testing.assert_array_equal(numbers, expected)
        np.testing.assert_array_equal(trust, expected > 0)

    def test_a_polygon_is_the_pixels_in_it(self, placed, drawn):
        _, (numbers, _) = placed(drawn((square(5, 10, 9, 20), "ROAD"), kind="Polygon"))
        expected = np.zeros((HEIGHT, WIDTH))
        expected[5:9, 10:20] = 3
        np.testing.assert_array_equal(numbers, expected)

    def test_a_line_is_the_pixels_that_it_touches(self, placed, drawn):
        line = f"LINESTRING({LEFT + 2.5} {TOP - 4.5}, {LEFT + 9.5} {TOP - 4.5})"
        _, (numbers, _) = placed(drawn((line, "water"), kind="LineString"))
        assert numbers[4, 2:10].tolist() == [1] * 8
        assert np.count_nonzero(numbers) == 8

    def test_several_points_of_one_feature(self, placed, drawn):
        several = f"MULTIPOINT(({LEFT + 1.5} {TOP - 1.5}), ({LEFT + 30.5} {TOP - 20.5}))"
        made, (numbers, _) = placed(drawn((several, "water"), kind="MultiPoint"))
        assert np.argwhere(numbers).tolist() == [[1, 1], [20, 30]]
        assert len(made.ids) == 1

    def test_another_coordinate_reference_system(self, placed, drawn):
        to = QgsCoordinateReferenceSystem("EPSG:4326")
        way = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:32640"), to, QgsCoordinateTransformContext()
        )
        shape = QgsGeometry.fromWkt(at(12, 34))
        shape.transform(way)
        _, (numbers, _) = placed(drawn((shape.asWkt(12), "water"), crs="EPSG:4326"))
        assert np.argwhere(numbers).tolist() == [[12, 34]]

    def test_heights_are_left_out_and_rows_may_run_north(self, placed, drawn):
        point = f"POINTZ({LEFT + 5.5} {TOP + 3.5} 7)"
        _, (numbers, _) = placed(drawn((point, "water"), kind="PointZ"), affine=(LEFT, 1, 0, TOP, 0, 1))
        assert np.argwhere(numbers).tolist() == [[3, 5]]

    def test_selected_ones_alone(self, placed, drawn):
        layer = drawn((at(1, 1), "water"), (at(2, 2), "water"))
        layer.selectByIds([2])
        _, (numbers, _) = placed(layer, selected=True)
        assert np.argwhere(numbers).tolist() == [[2, 2]]

    def test_those_that_are_not_saved_yet(self, placed, drawn):
        layer = drawn((at(1, 1), "water"))
        layer.startEditing()
        new = QgsFeature(layer.fields())
        new.setGeometry(QgsGeometry.fromWkt(at(2, 2)))
        new["class"] = "road"
        assert layer.addFeature(new)
        _, (numbers, _) = placed(layer)
        assert (numbers[1, 1], numbers[2, 2]) == (1, 3)
        layer.rollBack()


class TestClasses:
    @pytest.mark.parametrize("said", ["Fields, wet", " fields,  WET", "20", "20.0"])
    def test_by_name_or_by_value(self, placed, drawn, said):
        assert placed(drawn((at(1, 1), said)))[1][0, 1, 1] == 2

    def test_by_a_number(self, placed, drawn):
        layer = drawn((at(1, 1), 30), fields=("class:integer",))
        assert placed(layer)[1][0, 1, 1] == 3

    def test_the_only_field_with_classes_is_found(self, placed, drawn):
        fields = ("note:string", "what:string", "number:integer")
        layer = drawn((at(1, 1), "seen", "water", 7), (at(2, 2), None, "road", 8), fields=fields)
        made, (numbers, _) = placed(layer)
        assert made.class_field == "what"
        assert (numbers[1, 1], numbers[2, 2]) == (1, 3)

    def test_the_field_called_class_counts_before_others(self, placed, drawn):
        layer = drawn((at(1, 1), "road", "water"), fields=("other:string", "Class:string"))
        assert placed(layer)[0].class_field == "Class"

    def test_several_fields_are_asked_about(self, placed, drawn):
        layer = drawn((at(1, 1), "road", "water"), fields=("a:string", "b:string"))
        with pytest.raises(
            LabelError, match=r"Several fields of the hints hints hold classes .*\(a, b\); choose"
        ):
            placed(layer)
        assert placed(layer, "b")[1][0, 1, 1] == 1

    def test_a_key_is_no_class(self, placed, drawn, tmp_path):
        """The numbers of features in a GeoPackage may look like class values."""
        layer = drawn((at(1, 1), 10, "seen"), (at(2, 2), 20, "seen"), fields=("fid:integer", "note:string"))
        options, path = QgsVectorFileWriter.SaveVectorOptions(), str(tmp_path / "hints.gpkg")
        QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsCoordinateTransformContext(), options)
        saved = QgsVectorLayer(path, "hints", "ogr")
        assert [feature["fid"] for feature in saved.getFeatures()] == [10, 20]
        with pytest.raises(LabelError, match=r"No field of the hints hints"):
            placed(saved)

    def test_no_field_with_a_class(self, placed, drawn):
        with pytest.raises(
            LabelError, match=r"No field .*\(class, trust\) holds a class.*10 = Water, 20 = Fields"
        ):
            placed(drawn((at(1, 1), "ice")))

    def test_a_field_that_is_not_there(self, placed, drawn):
        with pytest.raises(LabelError, match=r"have no field kind; choose one of class, trust"):
            placed(drawn((at(1, 1), "water")), "kind")


class TestTrust:
    @pytest.mark.parametrize(
        ("said", "expected"), [("certain", 1), ("Likely", 0.5), ("1", 1), ("0.5", 0.5), (None, 0.5)]
    )
    def test_a_field_says_it_or_else_the_layer(self, placed, drawn, said, expected):
        _, (_, trust) = placed(drawn((at(1, 1), "water", said)), trust=0.5, trust_field="trust")
        assert trust[1, 1] == expected

    def test_without_a_field_the_one_called_trust_counts(self, placed, drawn):
        """New hint layer makes it, and its form offers likely: who chooses that need not name the field too."""
        fields = ("class:string", "Trust:string")
        layer = drawn((at(1, 1), "water", "likely"), (at(2, 2), "road", "certain"), fields=fields)
        made, (_, trust) = placed(layer)
        assert (trust[1, 1], trust[2, 2]) == (0.5, 1)
        assert not made.sentences

    def test_a_field_called_trust_of_something_else_is_left_alone(self, placed, drawn):
        layer = drawn((at(1, 1), "water", "likely"), (at(2, 2), "road", "savings bank"))
        made, (_, trust) = placed(layer)
        assert (trust[1, 1], trust[2, 2]) == (1, 1)
        assert not made.sentences

    def test_another_field_of_certainties_is_not_taken_by_itself(self, placed, drawn):
        layer = drawn((at(1, 1), "water", "likely"), fields=("class:string", "sure:string"))
        assert placed(layer)[1][1, 1, 1] == 1

    def test_what_is_not_known_is_told(self, placed, drawn):
        made, (_, trust) = placed(drawn((at(1, 1), "water", "maybe")), trust_field="trust")
        assert trust[1, 1] == 1
        assert made.sentences == [
            "Hints whose trust 'maybe' is none of certain, 1, likely, 0.5 are trusted as all others: 1 (id 1)."
        ]


class TestLeftOut:
    def test_each_with_why_and_which(self, placed, drawn):
        layer = drawn(
            (at(1, 1), "water"), ("", "water"), (at(2, 2), None), (at(3, 3), "ice"), (at(4, 4), "ice"),
            (at(500, 3), "road"), (f"POINT({LEFT + WIDTH} {TOP - 3})", "road"),
        )  # fmt: skip
        made, (numbers, _) = placed(layer, "class")
        assert np.argwhere(numbers).tolist() == [[1, 1]]
        assert made.ids == [1]
        assert made.sentences == [
            "Hints without a shape are left out: 1 (id 2).",
            "Hints without a class are left out: 1 (id 3).",
            "Hints outside the image are left out: 2 (id 6, 7).",
            "Hints of the unknown class 'ice' are left out: 2 (id 4, 5). The classes are 10 = Water, 20 = Fields, wet, "
            "30 = Road.",
        ]

    def test_an_invalid_polygon_is_repaired(self, placed, drawn):
        bow = (
            f"POLYGON(({LEFT} {TOP}, {LEFT + 8} {TOP - 8}, {LEFT + 8} {TOP}, {LEFT} {TOP - 8}, {LEFT} {TOP}))"
        )
        made, (numbers, _) = placed(drawn((bow, "water"), kind="Polygon"))
        assert (numbers[4, 0], numbers[4, 7], numbers[0, 4]) == (1, 1, 0)
        assert "Hints with an invalid shape are repaired" in made.sentences[0]

    def test_none_is_left(self, placed, drawn):
        with pytest.raises(
            LabelError, match=r"No feature of the hints hints can be used. Hints outside the image"
        ):
            placed(drawn((at(500, 3), "road")))

    def test_an_empty_layer(self, placed, drawn):
        with pytest.raises(
            LabelError, match=r"The hints hints have no feature to use; draw some, select some"
        ):
            placed(drawn())
