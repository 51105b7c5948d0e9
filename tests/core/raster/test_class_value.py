"""What a class value is, from whatever holds it."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurve.core.errors import LabelError
from recurve.core.raster.class_value import ClassForms, class_key, class_value, place_of

COMPOSED, DECOMPOSED = "Geb\u00e4ude", "Geba\u0308ude"


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (1, "1"),
        (-1, "-1"),
        (10_000_000_001, "10000000001"),
        (1.0, "1"),
        (-0.0, "0"),
        (np.float32(311), "311"),
        (np.uint8(7), "7"),
        (2.0000000298, "2"),
        (float(np.float32(0.1) * 20), "2"),
        (0.1 + 0.2, "0.3"),
        (float(np.float32(1.1)), "1.1"),
        (12345678.5, "12345678.5"),
        (True, "1"),
        (False, "0"),
        (" 1", "1"),
        ("+1", "1"),
        ("01", "1"),
        ("1.0", "1"),
        ("1.", "1"),
        ("-5", "-5"),
        # int() and float() would take these for numbers
        ("1_1", "1_1"),
        ("\uff11", "\uff11"),
        ("1e0", "1e0"),
        ("0x1", "0x1"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("1.10", "1.10"),
        ("Road", "road"),
        ("  built \u00a0 up\t", "built up"),
        ("\ufeffroad", "road"),
        ("Stra\u00dfe", "strasse"),
        (COMPOSED, "geb\u00e4ude"),
        (DECOMPOSED, "geb\u00e4ude"),
        (datetime.date(2020, 1, 31), "2020-01-31"),
        (["a"], "a"),
        ([3], "3"),
        (["a", "b"], "a, b"),
    ],
)
def test_what_a_value_is_compared_by(value, key):
    assert class_value(value).key == key
    is_code = key.lstrip("-").isascii() and key.lstrip("-").isdigit()
    assert class_value(value).code == (int(key) if is_code else None)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "", "  ", "\n", [], [None, ""]])
def test_what_says_no_class(value):
    assert class_value(value) is None
    assert not isinstance(value, str) or class_key(value) == ""


def test_a_value_of_an_unknown_type_is_refused():
    with pytest.raises(
        LabelError, match="type bytes says no class; choose a field of texts, numbers or dates"
    ):
        class_value(b"\x00")


@given(st.text() | st.integers() | st.floats())
def test_a_name_says_the_same_class_again(value):
    found = class_value(value)
    if found is not None:
        again = class_value(found.name)
        assert again.key == found.key
        assert class_value(found.key).key == found.key


def test_a_name_is_found_as_it_is_written_and_else_by_its_key():
    assert place_of("road", ["Road", "road"]) == 1
    assert place_of(" ROAD", ["lake", "Road"]) == 1
    assert place_of(DECOMPOSED, ["x", COMPOSED]) == 1
    assert place_of("rail", ["Road", "road"]) is None


def test_forms_of_one_class_are_told_and_the_most_frequent_is_its_name():
    forms = ClassForms()
    for value in ("Road", "road ", "road", "road", DECOMPOSED, COMPOSED, 2, 2.0000000298, "lake"):
        forms.add(class_value(value))
    assert [value.name for value in forms.values] == ["road", COMPOSED, "2", "lake"]
    (told,) = forms.remarks("x")
    assert told.startswith(
        "Some classes in x are written in several forms, which are taken for one class each:"
    )
    assert "road: 'road' (2), 'Road' (1), 'road ' (1);" in told
    assert f"{COMPOSED}: '{DECOMPOSED}' in letters and marks (1), '{COMPOSED}' (1);" in told
    assert "2: '2' (1), '2.0000000298' (1)." in told
    assert "lake" not in told


def test_one_form_of_each_is_nothing_to_tell():
    forms = ClassForms()
    for value in ("Road", "Road", 1, 1.0):
        forms.add(class_value(value))
    assert forms.remarks("x") == []
