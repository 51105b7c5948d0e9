"""recurve:preparesamples and what is a class: values of any type, names in any form, what the layer shows."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSymbol,
)


@pytest.fixture
def apart(square):
    """Five squares that do not touch."""
    return [square(10 + 40 * number, 20, 40 + 40 * number, 80) for number in range(5)]


def names(samples):
    return [entry.name for entry in samples.classes]


def test_forms_of_one_name_are_one_class_and_told(prepare, layer, apart):
    values = ("Road", "road ", "building", "Geba\u0308ude", "Geb\u00e4ude")
    _, samples, log = prepare(LABELS=layer(*zip(apart, values)), CLASS_FIELD="class", BACKGROUND="BUILDING")
    assert names(samples) == ["Geb\u00e4ude", "Road", "building"]
    assert samples.class_pixels["train"][:2] == [3600, 3600]
    assert "Some classes in labels are written in several forms" in log
    assert "Road: 'Road' (1), 'road ' (1)" in log


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("double", (1.0, 2.0000000298, float("nan"), 2.0, None), ["1", "2"]),
        ("bool", (True, False, True, None, False), ["0", "1"]),
        ("date", ("2020-01-31", "2021-01-31", None, None, None), ["2020-01-31", "2021-01-31"]),
        ("string[]", (["a"], ["b"], ["a", "b"], [], None), ["a", "a, b", "b"]),
        ("string", ("1_1", "1_2", " 11", "011", ""), ["11", "1_1", "1_2"]),
    ],
)
def test_values_of_any_type(prepare, layer, apart, kind, values, expected):
    labels = layer(*zip(apart, values), fields=f"field=class:{kind}")
    _, samples, _ = prepare(LABELS=labels, CLASS_FIELD="class")
    assert names(samples) == expected


def test_names_with_signs_are_given_in_a_table_or_in_quotes(prepare, layer, apart, tmp_path):
    values = ("Developed, Open Space", "NDVI>=0.5: x", 'a "b"; c=d')
    labels = layer(*zip(apart, values))
    for number, given in enumerate(
        (
            [cell for value in values for cell in ("", value, "")],
            '"Developed, Open Space","NDVI>=0.5: x","a ""b""; c=d"',
            ['"Developed', ' Open Space"', "NDVI>=0.5: x", '"a ""b""; c=d"'],  # as the history has it
        )
    ):
        output = tmp_path / str(number)
        _, samples, log = prepare(LABELS=labels, CLASS_FIELD="class", CLASSES=given, OUTPUT=output)
        assert names(samples) == [*values]
        assert all(samples.class_pixels["train"])
        assert "unknown class" not in log


def test_a_name_that_needs_quotes_is_told_with_them(prepare, layer, apart):
    labels = layer(*zip(apart, ("Developed, Open Space", "Water")))
    _, _, log = prepare(LABELS=labels, CLASS_FIELD="class", CLASSES="Developed, Open Space,Water")
    assert 'In a list of classes, this one is written in quotes: "Developed, Open Space"' in log


def test_a_class_that_is_not_ticked_is_none(prepare, layer, apart):
    shown = layer(*zip(apart, ("a", "b", "wrong")))
    categories = [
        QgsRendererCategory(
            value, QgsSymbol.defaultSymbol(shown.geometryType()), value.upper(), value != "wrong"
        )
        for value in ("b", "a", "wrong")
    ]
    shown.setRenderer(QgsCategorizedSymbolRenderer('"class"', categories))
    _, samples, log = prepare(LABELS=shown, CLASS_FIELD="class")
    assert names(samples) == ["B", "A"]
    assert (
        "Labels of the unknown class 'wrong' are left out, and the area there stays unlabelled: 1 (id 3)."
        in log
    )


def test_rules_that_compare_the_field_are_classes(prepare, layer, apart):
    shown = layer(*zip(apart, ("a", "b", "c", "wrong")))
    root = QgsRuleBasedRenderer.Rule(None)
    for text, label, is_ticked in (
        ("\"class\" = 'b'", "Second", True),
        ("class IN ('a', 'c')", "First", True),
        ("class = 'wrong'", "Wrong", False),
        ("ELSE", "Rest", True),
    ):
        rule = QgsRuleBasedRenderer.Rule(
            QgsSymbol.defaultSymbol(shown.geometryType()), filterExp=text, label=label
        )
        rule.setActive(is_ticked)
        root.appendChild(rule)
    shown.setRenderer(QgsRuleBasedRenderer(root))
    _, samples, _ = prepare(LABELS=shown, CLASS_FIELD="class")
    assert names(samples) == ["Second", "First"]
    assert samples.class_pixels["train"] == [1800, 3600]


def test_other_rules_say_nothing_of_classes(prepare, layer, apart):
    shown = layer(*zip(apart, ("b", "a")))
    root = QgsRuleBasedRenderer.Rule(None)
    symbol = QgsSymbol.defaultSymbol(shown.geometryType())
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp="class = 'a' OR $area > 5", label="x"))
    shown.setRenderer(QgsRuleBasedRenderer(root))
    assert names(prepare(LABELS=shown, CLASS_FIELD="class")[1]) == ["a", "b"]
