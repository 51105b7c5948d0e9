"""The classes in which layers are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsExpressionNodeBinaryOperator,
    QgsExpressionNodeColumnRef,
    QgsExpressionNodeInOperator,
    QgsExpressionNodeLiteral,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from ...core.errors import LabelError
from ...core.raster.file_reader import open_raster
from ...core.raster.legend import read_legend
from ...core.samples.label_classes import LegendEntry, legend_of_values
from ..text.translation import tr
from ..values import Values
from .field_value import class_of
from .raster_layer import image_path, raster_layer
from .vector_or_raster import chosen_layer

_MOST_VALUES = 254


def shown_classes(values: Values, sources: Mapping[str, str]) -> list[LegendEntry]:
    """The classes in which a layer is shown, or else those that occur in its field.

    Args:
        values: of the parameters.
        sources: the ids of the parameters that the layer is chosen in: 'raster', or 'vector', 'field' and 'raster'.

    Raises:
        LabelError: no layer is chosen, or it says nothing of classes.
        RasterError: it cannot be opened.
    """
    if "vector" not in sources:
        layer = raster_layer(values, sources["raster"])
    else:
        layer = chosen_layer(values, sources["vector"], sources["raster"])
    if isinstance(layer, QgsRasterLayer):
        legend = raster_legend(layer)
    else:
        field = values.field(sources["field"])
        if not field:
            raise LabelError(
                tr(
                    "Choose {field} first: without it all labels are of one class.",
                    field=values.called(sources["field"]),
                )
            )
        found = layer.uniqueValues(layer.fields().lookupField(field), _MOST_VALUES)
        legend = vector_legend(layer, field) or legend_of_values(filter(None, map(class_of, found)))
    if not legend:
        raise LabelError(
            tr("The layer {layer} is not shown in classes, and its file names none.", layer=layer.name())
        )
    return legend


def vector_legend(layer: QgsVectorLayer, class_field: str) -> list[LegendEntry]:
    """The classes a layer is shown in, where it is shown by the class field; else none.

    That is by categories, or by rules that compare the field with values ("class" = 'road'). What is not ticked in the
    legend is no class.
    """
    if not class_field:
        return []
    renderer = layer.renderer()
    if isinstance(renderer, QgsRuleBasedRenderer):
        return _of_rules(renderer.rootRule().children(), class_field)
    if (
        not isinstance(renderer, QgsCategorizedSymbolRenderer)
        or _column(renderer.classAttribute()) != class_field
    ):
        return []
    legend = []
    for category in renderer.categories():
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        if category.renderState():
            legend += _lines(values, category.label(), category.symbol())
    return legend


def raster_legend(layer: QgsRasterLayer) -> list[LegendEntry]:
    """The classes a raster is shown in, or else what its file says; what is transparent is no class.

    QGIS shows a file with a palette by it, and calls each class by its value, whatever the attribute table says: such a
    class has the file's name.
    """
    renderer = layer.renderer()
    dataset = open_raster(image_path(layer))  # which must outlive its band
    own = read_legend(dataset.GetRasterBand(1))
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        codes = sorted(own.names)
        return [LegendEntry(str(code), own.names[code], own.colours.get(code, "")) for code in codes]
    legend = []
    for entry in renderer.classes():
        value = class_of(entry.value)
        if value is not None and entry.color.alpha() > 0:
            named = class_of(entry.label)
            is_own = named is not None and named.key != value.key
            file_name = own.names.get(value.code, "") if value.code is not None else ""
            name = entry.label if is_own else file_name or value.name
            legend.append(LegendEntry(value.name, name, entry.color.name()))
    return legend


def _of_rules(rules: Sequence[QgsRuleBasedRenderer.Rule], class_field: str) -> list[LegendEntry]:
    """The classes of rules; none where one of them asks for something else than the class field."""
    legend = []
    for rule in rules:
        values = _values_of(rule.filterExpression(), class_field)
        if rule.isElse():  # all other values, as a category without a value
            continue
        if values is None or rule.children():
            return []
        if rule.active() and rule.symbol() is not None:
            legend += _lines(values, rule.label(), rule.symbol())
    return legend


def _values_of(text: str, class_field: str) -> list[Any] | None:
    """The values that an expression compares a field with, as in "class" = 'road' or "class" IN (1, 2); else None."""
    expression = QgsExpression(text)  # which must outlive its nodes
    node = expression.rootNode()
    if isinstance(node, QgsExpressionNodeBinaryOperator):
        is_equal = node.op() == QgsExpressionNodeBinaryOperator.BinaryOperator.boEQ
        column, given = node.opLeft(), [node.opRight()] if is_equal else []
    elif isinstance(node, QgsExpressionNodeInOperator):
        column, given = node.node(), [] if node.isNotIn() else node.list().list()
    else:
        return None
    is_field = isinstance(column, QgsExpressionNodeColumnRef) and column.name() == class_field
    if not is_field or not given or not all(isinstance(one, QgsExpressionNodeLiteral) for one in given):
        return None
    return [one.value() for one in given]


def _lines(values: Sequence[Any], label: str, symbol: QgsSymbol) -> list[LegendEntry]:
    """The lines of a category; of that of all other values there are none."""
    found = filter(None, map(class_of, values))
    return [LegendEntry(value.written, label.strip() or value.name, symbol.color().name()) for value in found]


def _column(attribute: str) -> str:
    """The field that a renderer's attribute names."""
    quoted = re.fullmatch('"((?:[^"]|"")*)"', attribute)
    return quoted[1].replace('""', '"') if quoted else attribute
