"""Lists of classes: a table in dialogs, a flat list of its cells in scripts and JSON, a short text everywhere.

A short text comes back from QGIS's history as a list of what was between its commas, and `qgis_process` is given a
table as a text with commas between its cells: both are known again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qgis.core import QgsProcessingParameterMatrix

from ...core.errors import LabelError
from ...core.samples.label_classes import LegendEntry, parse_classes
from ..layers.label_polygons import text_of
from ..text.translation import tr
from ..values import Values

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_ROWS = 2  # that a dialog begins with


def class_list_parameter(name: str, label: str, **sources: str) -> QgsProcessingParameterMatrix:
    """A table of classes in their order: the value in the labels, the name, the colour.

    Args:
        name: its id.
        label: what the dialog calls it.
        sources: the ids of the parameters for the layer that dialogs can fill it from: vector, field, raster.
    """
    return _table(name, label, [tr("Value"), tr("Class"), tr("Colour")], sources)


def class_table_parameter(name: str, label: str, **sources: str) -> QgsProcessingParameterMatrix:
    """A table of which value of a map is which class, see `class_list_parameter`."""
    return _table(name, label, [tr("Value"), tr("Class")], sources)


def classes_of(values: Values, name: str) -> tuple[LegendEntry, ...]:
    """The classes a user gave, in their order; none where that is left to the labels.

    Args:
        values: of the parameters.
        name: the parameter: rows of value, name and colour, or names, or texts as `parse_classes` reads them.

    Raises:
        LabelError: a class has no name, or a colour is none.
    """
    cells = _cells(values, name)
    if isinstance(cells, str):
        parts = [part.strip() for part in cells.split(",")]
        if len(parts) % 3 or not all(part == "" or _COLOUR.fullmatch(part) for part in parts[2::3]):
            return tuple(parse_classes(cells)) if cells else ()
        cells = parts
    if any("=" in cell or ":#" in cell for cell in cells):
        return tuple(parse_classes(",".join(cells)))
    if len(cells) % 3 == 0:
        rows = [row for row in zip(*[iter(cells)] * 3) if any(row)]
        return tuple(_entry(values, name, *row) for row in rows)
    if any(map(_is_number, cells)):
        raise LabelError(
            tr(
                "{parameter} is a list of {count}, and a table of classes has three cells for each: value, class and "
                "colour, of which value and colour may be empty.",
                parameter=values.called(name),
                count=len(cells),
            )
        )
    return tuple(entry for cell in cells for entry in parse_classes(cell))


def class_table_of(values: Values, name: str) -> str:
    """Which value of a map is which class, as a short text; '' where that is left to the map.

    Args:
        values: of the parameters.
        name: the parameter: rows of value and class, or a text as '10=building,20=road'.

    Raises:
        LabelError: it is none of these.
    """
    cells = _cells(values, name)
    if isinstance(cells, str):
        parts = [part.strip() for part in cells.split(",")]
        if len(parts) % 2 or not all(map(_is_number, parts[::2])):
            return cells
        cells = parts
    if any(re.match(r"\s*-?\d+\s*=", cell) for cell in cells):
        return ",".join(cells)
    if len(cells) % 2:
        raise LabelError(
            tr(
                "{parameter} is a list of {count}, and a class table has two cells for each: a value and its class, "
                "which is empty where the value is no class.",
                parameter=values.called(name),
                count=len(cells),
            )
        )
    rows = zip(*[iter(cells)] * 2)
    return ",".join(f"{value}={class_name}" for value, class_name in rows if value or class_name)


def _table(
    name: str, label: str, headers: list[str], sources: Mapping[str, str]
) -> QgsProcessingParameterMatrix:
    table = QgsProcessingParameterMatrix(name, label, _ROWS, False, headers, None, True)
    if sources:  # by name: qgis_process has no windows
        widget = f"{__package__}.class_list_widget.ClassListWidget"
        table.setMetadata({"widget_wrapper": {"class": widget, **sources}})
    return table


def _cells(values: Values, name: str) -> list[str] | str:
    """What was given: a list, or a text."""
    given = values.given.get(name)
    if isinstance(given, Sequence) and not isinstance(given, str):
        cells = [text_of(cell) for cell in given]
        return cells if any(cells) else ""  # a dialog gives a table that nobody touched as one empty cell
    return values.text(name)


def _entry(values: Values, name: str, value: str, class_name: str, colour: str) -> LegendEntry:
    if not class_name:
        raise LabelError(
            tr(
                "{parameter} has the value '{value}' without a class; name it.",
                parameter=values.called(name),
                value=value,
            )
        )
    if colour and not _COLOUR.fullmatch(colour):
        raise LabelError(
            tr(
                "{parameter} has the colour '{colour}' for {name}, and a colour is written like #1a2b3c.",
                parameter=values.called(name),
                colour=colour,
                name=class_name,
            )
        )
    return LegendEntry(value or class_name, class_name, colour.lower())


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d*)?", text))
