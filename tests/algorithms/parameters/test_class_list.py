"""Lists of classes: tables and their flat lists, short texts, what the history makes of a text, refusals."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingContext
from recurve.algorithms.parameters.class_list import class_table_of, classes_of
from recurve.algorithms.values import Values
from recurve.core.errors import LabelError
from recurve.core.raster.class_text import read_classes


@pytest.fixture
def classes(provider):
    """A function: the classes of a value of preparesamples' CLASSES, as (value, name, colour)."""

    def read(given):
        values = Values(provider.algorithm("preparesamples"), {"CLASSES": given}, QgsProcessingContext())
        return [(entry.value, entry.name, entry.colour) for entry in classes_of(values, "CLASSES")]

    return read


@pytest.fixture
def table(provider):
    """A function: the text of a value of correct's CLASS_TABLE."""

    def read(given):
        values = Values(provider.algorithm("correct"), {"CLASS_TABLE": given}, QgsProcessingContext())
        return class_table_of(values, "CLASS_TABLE")

    return read


@pytest.mark.parametrize(
    "given",
    [
        [
            "1",
            "road",
            "",
            "2",
            "building",
            "#C0392B",
        ],  # as qgis_process hands over CLASSES=1 CLASSES=road ...
        [1, "road", None, 2.0, "building", "#c0392b"],  # as JSON has it
        ["1", "road", "", "2", "building", "#c0392b", "", "", ""],  # as the dialog leaves a row empty
        "1,road,,2,building,#c0392b",  # as qgis_process says in its help: a comma delimited list
        "1=road,2=building:#c0392b",
        ["1=road", "2=building:#c0392b"],  # as the history has the text
    ],
)
def test_classes_are_the_same_however_they_are_given(classes, given):
    assert classes(given) == [("1", "road", ""), ("2", "building", "#c0392b")]


@pytest.mark.parametrize(
    "given", ["road,building", ["road", "building"], ["", "road", "", "", "building", ""]]
)
def test_names_stand_for_themselves(classes, given):
    assert classes(given) == [("road", "road", ""), ("building", "building", "")]


def test_a_table_may_have_commas_and_signs_in_names(classes):
    assert classes(["1", "road, paved", ""]) == [("1", "road, paved", "")]
    name = 'NDVI>=0.5; "a"=b:#c, d\ne'
    assert classes(["", "a=b", ""]) == [("a=b", "a=b", "")]
    assert classes([name, name, "#FF0000", "x=y", "z=1", ""]) == [(name, name, "#ff0000"), ("x=y", "z=1", "")]


@pytest.mark.parametrize(
    "given",
    [
        '"road, paved":#c0392b,"a=b"=lake',
        ['"road', ' paved":#c0392b', '"a=b"=lake'],  # as the history has it
        '"road, paved","road, paved",#c0392b,a=b,lake,',
    ],
)
def test_quotes_hold_signs_together(classes, given):
    assert classes(given) == [("road, paved", "road, paved", "#c0392b"), ("a=b", "lake", "")]


def test_a_list_of_names_is_not_cut_at_commas(classes):
    assert [entry[1] for entry in classes(["road, paved", "lake"])] == ["road, paved", "lake"]


@pytest.mark.parametrize("given", [None, "", [], [""], ["", "", ""], ["", "", "", "", "", ""]])
def test_nothing_leaves_it_to_the_labels(classes, given):
    assert classes(given) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["1", "road", "red"], "has the colour 'red' for road, and a colour is written like #1a2b3c"),
        (["road", "building", "wood"], "has the colour 'wood' for building"),
        (["1", "", "#112233"], "has the value '1' without a class; name it"),
        (["1", "road"], "is a list of 2, and a table of classes has three cells for each"),
        ("1=", "have a class without a name"),
        (["1=road", "2=lake", ""], "have a class without a name"),  # as the history has '1=road,2=lake,'
    ],
)
def test_what_is_no_list_of_classes_is_refused(classes, given, sentence):
    with pytest.raises(LabelError, match=sentence):
        classes(given)


@pytest.mark.parametrize(
    "given",
    [
        ["10", "building", "20", "road", "30", ""],
        [10, "building", 20.0, "road", 30, None, "", ""],
        "10, building, 20, road, 30,",
        "10=building,20=road,30=",
        ["10=building", "20=road", "30="],
    ],
)
def test_class_tables_are_the_same_however_they_are_given(table, given):
    assert table(given) == "10=building,20=road,30="


@pytest.mark.parametrize("given", [None, "", [], [""], ["", ""]])
def test_no_class_table(table, given):
    assert table(given) == ""


@pytest.mark.parametrize(
    "given",
    [["10", 'x, 20=y "z"', "+020", "lake"], '"10","x, 20=y ""z""",20.0,lake', '10="x, 20=y ""z""",20=lake'],
)
def test_signs_in_class_tables(table, given):
    assert [(entry.number, entry.name) for entry in read_classes(table(given), is_numbered=True)] == [
        (10, 'x, 20=y "z"'),
        (20, "lake"),
    ]


def test_a_list_that_is_no_class_table_is_refused(table):
    with pytest.raises(LabelError, match="is a list of 3, and a class table has two cells for each"):
        table(["10", "building", "20"])
