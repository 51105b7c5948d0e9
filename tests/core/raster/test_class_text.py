"""Classes as a user writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurve.core.raster.class_text import ClassText, cells_of, quoted, read_cell, read_classes


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
        (
            '"Developed, Open Space","Barren; Land":#FF0000',
            [("", "Developed, Open Space", ""), ("", "Barren; Land", "#ff0000")],
        ),
        ('"a=b" = "x ""y"" :#00ff00", c', [("a=b", 'x "y" :#00ff00', ""), ("", "c", "")]),
        ("NDVI>=0.5,LC: water,a!=b,c==d", [("", n, "") for n in ("NDVI>=0.5", "LC: water", "a!=b", "c==d")]),
        ('12" pipe,8" pipe', [("", '12" pipe', ""), ("", '8" pipe', "")]),
        ('"open,closed', [("", '"open', ""), ("", "closed", "")]),
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
        ("\uff11=Water", [(None, "Water")]),
        ('1="Fields, 2=wet",2="a;"', [(1, "Fields, 2=wet"), (2, "a;")]),
    ],
)
def test_names_after_numbers_may_hold_commas(text, expected):
    assert [(entry.number, entry.name) for entry in read_classes(text, is_numbered=True)] == expected


def test_what_was_written_is_told():
    assert read_classes(" 1 = a , b ")[0] == ClassText("1 = a", "1", "a", "")


@given(st.lists(st.text('ab1,;:=#"\n x'), min_size=1))
def test_any_name_comes_back_from_its_quotes(names):
    names = [name.strip() or "x" for name in names]
    text = ",".join(f"{code}={quoted(name)}" for code, name in enumerate(names))
    assert [(entry.number, entry.name) for entry in read_classes(text, is_numbered=True)] == [
        *enumerate(names)
    ]
    found = read_classes(",".join(f"v={quoted(name)}" for name in names))
    assert [(entry.value, entry.name) for entry in found] == [("v", name) for name in names]


def test_a_comma_separates_no_classes_inside_of_a_cell():
    assert [entry.name for entry in read_cell("Fields, wet; road")] == ["Fields, wet", "road"]


def test_the_cells_of_a_table():
    assert cells_of('1, "a, b",,2,c,#ffffff') == ["1", "a, b", "", "2", "c", "#ffffff"]
