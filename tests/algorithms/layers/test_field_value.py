"""Values of fields as Qt has them."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.PyQt.QtCore import NULL, QDate, QDateTime, QTime
from recurve.algorithms.layers.field_value import class_of, text_of


@pytest.mark.parametrize("value", [None, NULL, QDate(), [NULL, ""], float("nan"), " "])
def test_what_says_no_class(value):
    assert class_of(value) is None
    assert text_of(value) == ""


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (2.0, "2"),
        (True, "1"),
        (" Road", "road"),
        (QDate(2020, 1, 31), "2020-01-31"),
        (QTime(8, 5), "08:05:00"),
        (QDateTime(QDate(2020, 1, 31), QTime(8, 5)), "2020-01-31t08:05:00"),
        ([NULL, "a"], "a"),
    ],
)
def test_what_a_value_is_compared_by(value, key):
    assert class_of(value).key == key


def test_a_text_stays_as_it_is_written():
    assert text_of(" 1=a, b ") == " 1=a, b "
