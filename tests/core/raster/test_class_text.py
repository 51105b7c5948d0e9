"""Classes as a user writes them."""

import pytest
from recurve.core.raster.class_text import ClassText, read_classes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("road", [("", "road", "")]),
        (" road : #FF0000 , built up", [("", "road", "#ff0000"), ("", "built up", "")]),
        ("1=road:#00ff00;x = lake\n3=", [("1", "road", "#00ff00"), ("x", "lake", ""), ("3", "", "")]),
        ("", [("", "", "")]),
        ("a,,b", [("", "a", ""), ("", "", ""), ("", "b", "")]),
        ("road:#ff00", [("", "road:#ff00", "")]),
        ("1=a=b", [("1", "a=b", "")]),
    ],
)
def test_value_name_and_colour(text, expected):
    assert [entry[1:] for entry in read_classes(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10=Grass, crops; wet, -3=road:#010203,", [(10, "Grass, crops; wet"), (-3, "road")]),
        ("30=Grass\n20=", [(30, "Grass"), (20, "")]),
        ("x=Water", [(None, "Water")]),
        ("1.5=Water", [(None, "Water")]),
    ],
)
def test_names_after_numbers_may_hold_commas(text, expected):
    assert [(entry.number, entry.name) for entry in read_classes(text, is_numbered=True)] == expected


def test_what_was_written_is_told():
    assert read_classes(" 1 = a , b ")[0] == ClassText("1 = a", "1", "a", "")
