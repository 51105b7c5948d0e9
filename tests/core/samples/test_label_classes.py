"""Classes of labels: as users write them, as layers show them, as values alone."""

from __future__ import annotations

import pytest
from recurve.core.errors import LabelError
from recurve.core.raster.class_colours import BACKGROUND
from recurve.core.raster.class_value import class_value
from recurve.core.samples.label_classes import LegendEntry, label_classes, legend_of_values, parse_classes
from recurve.models.contract import ClassEntry


def names(classes):
    return [entry.name for entry in classes.entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("road", [("road", "road", "")]),
        (" road : #FF0000 , building", [("road", "road", "#ff0000"), ("building", "building", "")]),
        ("1=road:#00ff00,2 = built up", [("1", "road", "#00ff00"), ("2", "built up", "")]),
    ],
)
def test_written_classes(text, expected):
    assert parse_classes(text) == [LegendEntry(*entry) for entry in expected]


@pytest.mark.parametrize("text", ["", "road,,building", "1="])
def test_a_class_without_a_name_is_refused(text):
    with pytest.raises(LabelError, match=r"have a class without a name\. Give classes as name, name:#rrggbb"):
        parse_classes(text)


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(LabelError, match="'road:#ff00' has no colour like '#1a2b3c'"):
        parse_classes("road:#ff00")


def test_values_are_sorted_as_numbers_and_then_as_text():
    assert [entry.value for entry in legend_of_values(map(class_value, ["10", "9", "b", "a", "9"]))] == [
        "9",
        "10",
        "a",
        "b",
    ]


def test_colours_are_given_shown_or_made():
    shown = [LegendEntry("road", "Road", "#111111"), LegendEntry("lake", "Lake", "#222222")]
    classes = label_classes(parse_classes("lake,road:#333333,wood,field"), "", shown)
    colours = [entry.colour for entry in classes.entries]
    assert colours[:2] == ["#222222", "#333333"]
    assert len(set(colours)) == 4
    assert all(len(colour) == 7 for colour in colours)


def test_classes_without_a_colour_have_that_of_their_names():
    classes = label_classes(parse_classes("1=Wald,2=lake:#2e7d32,3=x"), "nothing")
    colours = {entry.name: entry.colour for entry in classes.entries}
    assert colours["nothing"] == BACKGROUND
    assert colours["lake"] == "#2e7d32"  # as given, so that the wood has another green
    assert colours["Wald"] != "#2e7d32"
    assert is_green(colours["Wald"])
    classes = label_classes(parse_classes("building,rest"), "rest")
    assert [entry.colour for entry in classes.entries] == ["#c0392b", BACKGROUND]


def test_a_background_that_has_a_name_has_its_colour():
    for background, colour in (("land", BACKGROUND), ("no building", BACKGROUND), ("water", "#3b78c4")):
        classes = label_classes(parse_classes("building"), background)
        assert classes.entries[0] == ClassEntry(background, colour)


def is_green(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return green > max(red, blue)


def test_background_comes_first_unless_it_has_a_place():
    classes = label_classes(parse_classes("building,road"), "other")
    assert (names(classes), classes.background, classes.codes) == (
        ["other", "building", "road"],
        1,
        {"building": 2, "road": 3},
    )
    classes = label_classes(parse_classes("building,other"), "other")
    assert (names(classes), classes.background, classes.code(class_value("other"))) == (
        ["building", "other"],
        2,
        2,
    )


def test_lines_of_one_name_are_one_class():
    classes = label_classes(parse_classes("1=road,2=road,3=lake"), "")
    assert names(classes) == ["road", "lake"]
    assert [classes.code(class_value(value)) for value in ("1", 2, 3.0, "4", None)] == [1, 1, 2, 0, 0]


def test_lines_that_differ_in_form_are_one_class_and_told():
    legend = parse_classes("Road,road,Geb\u00e4ude,Geba\u0308ude")
    classes = label_classes(legend, "")
    assert names(classes) == ["Road", "Geb\u00e4ude"]
    assert [classes.code(class_value(value)) for value in ("ROAD ", "Geba\u0308ude")] == [1, 2]
    (told,) = classes.remarks
    assert "Road: 'Road' (1), 'road' (1)" in told


def test_the_background_is_found_in_another_form():
    classes = label_classes(parse_classes("Background,road,building"), "background ")
    assert (names(classes), classes.background) == (["Background", "road", "building"], 1)
    assert classes.entries[0].colour == BACKGROUND


def test_a_value_of_two_classes_is_refused():
    with pytest.raises(
        LabelError, match=r"The value 'road' stands for two classes, Major and Minor.*list it once"
    ):
        label_classes(parse_classes("Road=Major,road=Minor"), "")


def test_numbers_in_any_form_are_one_value():
    classes = label_classes(parse_classes("01=road,2.0=lake"), "")
    assert [classes.code(class_value(value)) for value in (1, "1", 2.0, "+2", "1_1")] == [1, 1, 2, 2, 0]


def test_the_order_of_a_sample_set_is_kept():
    known = (ClassEntry("other", "#000000"), ClassEntry("road", "#111111"), ClassEntry("lake", "#222222"))
    classes = label_classes(parse_classes("lake"), "other").within(known)
    assert (classes.entries, classes.background, classes.codes) == (known, 1, {"lake": 3})
    classes = label_classes(parse_classes("LAKE"), "Other").within(known)
    assert (classes.entries, classes.background, classes.codes) == (known, 1, {"lake": 3})
    classes = label_classes(parse_classes("lake,wood"), "")
    assert classes.within(known) == classes


@pytest.mark.parametrize(
    ("legend", "sentence"),
    [
        (
            [LegendEntry("a", "lake")],
            "only the class lake, and a network learns to tell classes apart; label another",
        ),
        ([], "The labels have no class"),
        (
            legend_of_values(map(class_value, range(300))),
            "have 300 classes, and a map has at most 254; choose the field",
        ),
        ([LegendEntry("a", "a"), LegendEntry("b", "b\x07")], "cannot be the name of a class"),
    ],
)
def test_refusals(legend, sentence):
    with pytest.raises(LabelError, match=sentence):
        label_classes(legend, "")
