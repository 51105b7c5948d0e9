"""Values of fields, categories and cells, which may be Qt's, as Python has them."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import NULL, QDate, QDateTime, Qt, QTime, QVariant

from ...core.raster.class_value import ClassValue, class_value


def class_of(value: Any) -> ClassValue | None:
    """The class that a value of a layer says, see `class_value`; None where it is NULL or says none.

    Raises:
        LabelError: the value is of a type that says no class.
    """
    return class_value(_plain(value))


def text_of(value: Any) -> str:
    """A value as it is written, whole numbers without a point; '' for none."""
    found = class_of(value)
    return found.written if found is not None else ""


def _plain(value: Any) -> Any:
    if value is None or value == NULL:
        return None
    if isinstance(value, QVariant):
        return None if value.isNull() else value.value()
    if isinstance(value, (QDate, QTime, QDateTime)):
        return value.toString(Qt.DateFormat.ISODate) if value.isValid() else None
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value
