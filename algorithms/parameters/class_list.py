"""Lists of classes: a table in dialogs, a flat list of its cells in scripts and JSON, a short text everywhere.

A short text comes back from QGIS's history as a list of what was between its commas, and `qgis_process` is given a
table as a text with commas between its cells: both are known again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from qgis.core import QgsProcessingParameterMatrix

from ...core.errors import LabelError
from ...core.raster.class_text import cells_of, has_open_quotes, quoted, read_cell
from ...core.raster.class_value import class_key, class_value
from ...core.samples.label_classes import LegendEntry, legend_of_text, parse_classes
from ..layers.field_value import text_of
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

    A table may hold anything in its cells. In a text, and in a list of names, a name that holds a sign of the text
    stands in double quotes.

    Args:
        values: of the parameters.
        name: the parameter: rows of value, name and colour, or names, or texts as `parse_classes` reads them.

    Raises:
        LabelError: a class has no name, or a colour is none.
    """
    cells = _cells(values, name)
    text = _text_of_pieces(cells, _is_class_table)
    if text is not None:
        cells = cells_of(text)
        if not _is_class_table(cells):
            return tuple(parse_classes(text)) if text else ()
    written = [entry for cell in cells for entry in read_cell(cell)]
    if not _is_class_table(cells):
        if any(entry.value or entry.colour or ":#" in entry.name for entry in written):
            return tuple(legend_of_text(written, ",".join(cells)))
        if len(cells) % 3:
            if any(map(_is_number, cells)):
                raise LabelError(
                    tr(
                        "{parameter} is a list of {count}, and a table of classes has three cells for each: value, "
                        "class and colour, of which value and colour may be empty.",
                        parameter=values.called(name),
                        count=len(cells),
                    )
                )
            return tuple(legend_of_text(written, ",".join(cells)))
    rows = [row for row in zip(*[iter(cell.strip() for cell in cells)] * 3) if any(row)]
    return tuple(_entry(values, name, *row) for row in rows)


def class_table_of(values: Values, name: str) -> str:
    """Which value of a map is which class, as a short text; '' where that is left to the map.

    Args:
        values: of the parameters.
        name: the parameter: rows of value and class, or a text as '10=building,20=road'.

    Raises:
        LabelError: it is none of these.
    """
    cells = _cells(values, name)
    text = _text_of_pieces(cells, _is_value_table)
    if text is not None:
        cells = cells_of(text)
        if not _is_value_table(cells):
            return text
    if not _is_value_table(cells):
        if any(re.match(r'\s*"?-?[0-9]+"?\s*=', cell) for cell in cells):
            return ",".join(cells)
        if len(cells) % 2:
            raise LabelError(
                tr(
                    "{parameter} is a list of {count}, and a class table has two cells for each: a value and its "
                    "class, which is empty where the value is no class.",
                    parameter=values.called(name),
                    count=len(cells),
                )
            )
    rows = zip(*[iter(cell.strip() for cell in cells)] * 2)
    return ",".join(f"{class_key(value)}={quoted(named)}" for value, named in rows if value or named)


def _table(
    name: str, label: str, headers: list[str], sources: Mapping[str, str]
) -> QgsProcessingParameterMatrix:
    table = QgsProcessingParameterMatrix(name, label, _ROWS, False, headers, None, True)
    if sources:  # by name: qgis_process has no windows
        widget = f"{__package__}.class_list_widget.ClassListWidget"
        table.setMetadata({"widget_wrapper": {"class": widget, **sources}})
    return table


def _cells(values: Values, name: str) -> list[str]:
    """What was given: the cells of a list, or one text."""
    given = values.given.get(name)
    if isinstance(given, Sequence) and not isinstance(given, str):
        cells = [text_of(cell) for cell in given]
        return cells if any(cells) else [""]  # a dialog gives a table that nobody touched as one empty cell
    return [values.text(name)]


def _text_of_pieces(cells: list[str], is_table: Callable[[list[str]], bool]) -> str | None:
    """The text that was given: as one, or cut at its commas where it comes from the history; None for a list."""
    is_cut = not is_table(cells) and any(map(has_open_quotes, cells))
    return ",".join(cells) if len(cells) == 1 or is_cut else None


def _is_class_table(cells: list[str]) -> bool:
    """Whether cells are rows of value, class and colour, and not classes as a text has them ('1=road')."""
    are_rows = len(cells) % 3 == 0 and all(
        not cell.strip() or _COLOUR.fullmatch(cell.strip()) for cell in cells[2::3]
    )
    pieces = cells if cells[-1].strip() else cells[:-1]  # of a text that ends with a comma
    return are_rows and not all(entry.value for piece in pieces for entry in read_cell(piece))


def _is_value_table(cells: list[str]) -> bool:
    """Whether cells are rows of value and class."""
    return len(cells) % 2 == 0 and all(not cell.strip() or _is_number(cell) for cell in cells[::2])


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
    found = class_value(text)
    return found is not None and found.code is not None
