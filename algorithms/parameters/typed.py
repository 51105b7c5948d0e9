"""One rule for each kind of value that people type; QGIS's take what they cannot read for something else."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from numbers import Real
from typing import Any

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...core.errors import ParameterError
from ..text.translation import tr
from .numbers import MORE_THAN_0, is_bound

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TICKED, _NOT_TICKED = ("true", "yes", "on", "1", "1.0"), ("false", "no", "off", "0", "0.0")


def as_typed(definition: QgsProcessingParameterDefinition, called: str, value: Any) -> Any:
    """A value as Python has it: a number, one of the choices as it is written, whether a box is ticked, a text.

    Args:
        definition: the parameter; values of other kinds, such as layers, stay as they are.
        called: what a sentence calls it.
        value: what was given; not nothing.

    Raises:
        ParameterError: it is not of the parameter's kind.
    """
    for kind, read in _KINDS:
        if isinstance(definition, kind):
            return read(definition, called, value)
    return value


def _number(definition: QgsProcessingParameterNumber, called: str, value: Any) -> float:
    text = str(value).strip()
    is_text_or_number = isinstance(value, (str, Real)) and not isinstance(value, bool)
    number: float = float(text) if is_text_or_number and _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ParameterError(
            tr("{parameter} is '{value}', and a number is needed here.", parameter=called, value=value)
        )
    if definition.dataType() == QgsProcessingParameterNumber.Type.Integer:
        if number != int(number):
            raise ParameterError(
                tr("{parameter} is {value}, and a whole number is needed here.", parameter=called, value=text)
            )
        number = int(text) if text.lstrip("+-").isdigit() else int(number)
    smallest, largest = definition.minimum(), definition.maximum()
    if not smallest <= number <= largest:
        raise ParameterError(
            tr(
                "{parameter} is {value}, and must be {range}.",
                parameter=called,
                value=text,
                range=_range(smallest, largest),
            )
        )
    return number


def _range(smallest: float, largest: float) -> str:
    """The numbers between two bounds, in words; one of them may be none."""
    if smallest == MORE_THAN_0:
        return (
            tr("more than 0")
            if not is_bound(largest)
            else tr("more than 0 and at most {largest:g}", largest=largest)
        )
    if not is_bound(largest):
        return tr("{smallest:.12g} or more", smallest=smallest)
    return tr("from {smallest:.12g} to {largest:.12g}", smallest=smallest, largest=largest)


def _choice(definition: QgsProcessingParameterEnum, called: str, value: Any) -> str:
    options = definition.options()
    one = value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value
    if isinstance(one, float) and one.is_integer():
        one = int(one)
    text = str(one).strip().casefold()
    for option in options:
        if text in (option.casefold(), _short(option).casefold()):
            return option
    number = int(text) if text.isascii() and text.isdigit() else len(options)
    if number < len(options):
        return options[number]
    raise ParameterError(
        tr(
            "{parameter} is '{value}', and must be one of {choices}, or its place in this list, counted from 0.",
            parameter=called,
            value=value,
            choices=", ".join(map(_short, options)),
        )
    )


def _short(option: str) -> str:
    """What an option is called before it is described."""
    return option.split(":", maxsplit=1)[0]


def _tick(_definition: QgsProcessingParameterBoolean, called: str, value: Any) -> bool:
    text = str(value).strip().casefold()
    if text not in (*_TICKED, *_NOT_TICKED):
        raise ParameterError(
            tr("{parameter} is '{value}', and must be true or false.", parameter=called, value=value)
        )
    return text in _TICKED


def _text(_definition: QgsProcessingParameterString, called: str, value: Any) -> Any:
    is_number = isinstance(value, Real) and math.isfinite(value)
    if not is_number and not isinstance(value, str):
        raise ParameterError(
            tr("{parameter} is {value}, and a text is needed here.", parameter=called, value=value)
        )
    return value


def _field(_definition: QgsProcessingParameterField, called: str, value: Any) -> str:
    one = value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value
    if not isinstance(one, str):
        raise ParameterError(
            tr(
                "{parameter} is {value}, and the name of one field is needed here.",
                parameter=called,
                value=value,
            )
        )
    return one


_KINDS: tuple[tuple[type, Callable[[Any, str, Any], Any]], ...] = (
    (QgsProcessingParameterNumber, _number),
    (QgsProcessingParameterEnum, _choice),
    (QgsProcessingParameterBoolean, _tick),
    (QgsProcessingParameterString, _text),
    (QgsProcessingParameterFile, _text),
    (QgsProcessingParameterField, _field),
)
