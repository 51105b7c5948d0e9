"""What an algorithm was given, read by Recurve's rules before QGIS reads it by its own.

QGIS passes over ids that no parameter has, and takes what it cannot read for 0, for nothing or for the default: a run
would do something else than what was asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from qgis.core import (
    QgsExpression,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProperty,
)
from qgis.PyQt.QtCore import NULL

from ...core.errors import ParameterError
from ..text.translation import tr
from ..values import Values
from .typed import as_typed

_MAY_BE_EMPTY = (QgsProcessingParameterString, QgsProcessingParameterMatrix)
_SIMILAR = 0.7
"""How alike a misspelt id is to what is meant, from 0 to 1."""
_READ_BY_US = (QgsProcessingParameterBand, QgsProcessingParameterField)


def understood(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> Values:
    """The values of an algorithm's parameters: expressions evaluated, NULL left out, numbers and choices as such.

    Args:
        algorithm: the one that runs.
        parameters: what QGIS was given for it.
        context: QGIS's.

    Raises:
        ParameterError: there is no such parameter, or a value is not of its kind.
    """
    raw = Values(algorithm, parameters, context)
    definitions = {definition.name(): definition for definition in algorithm.parameterDefinitions()}
    _check_ids(parameters, tuple(definitions))
    given = {}
    for name, value in parameters.items():
        if definitions[name].isDestination():
            given[name] = value
            continue
        one = _evaluated(raw, name, value) if isinstance(value, QgsProperty) else value
        one = os.fspath(one) if isinstance(one, os.PathLike) else one
        if isinstance(definitions[name], QgsProcessingParameterMultipleLayers) and isinstance(one, list):
            one = [item for item in one if not _is_null(item)]
        if not _is_nothing(definitions[name], one):
            given[name] = as_typed(definitions[name], raw.called(name), one)
    return Values(algorithm, given, context)


def check_acceptable(values: Values) -> None:
    """See what only QGIS refuses, in a sentence that says more than QGIS does.

    Raises:
        ParameterError: a value is missing, or is not of the parameter's kind.
    """
    for definition in values.algorithm.parameterDefinitions():
        value = values.given.get(definition.name())
        if isinstance(definition, _READ_BY_US) or definition.checkValueIsAcceptable(value, values.context):
            continue
        raise ParameterError(
            tr(
                "{parameter} is {value}, and needed is {needed}.",
                parameter=values.called(definition.name()),
                value=tr("empty") if value in (None, NULL, "") else f"'{value}'",
                needed=_needed(definition),
            )
        )


def for_qgis(values: Values) -> dict[str, Any]:
    """What QGIS may check: all but what it reads by other rules than Recurve."""
    algorithm = values.algorithm
    return {
        name: value
        for name, value in values.given.items()
        if not isinstance(algorithm.parameterDefinition(name), _READ_BY_US)
    }


def _check_ids(parameters: Mapping[str, Any], known: Sequence[str]) -> None:
    """Refuse ids that no parameter has: misspelt, or called otherwise in this version."""
    unknown = next((name for name in parameters if name not in known), None)
    if unknown is None:
        return
    by_upper_case = {name.upper(): name for name in known}
    nearest = get_close_matches(unknown.upper(), by_upper_case, 1, _SIMILAR)
    if nearest:
        raise ParameterError(
            tr(
                "There is no parameter {name}; did you mean {nearest}? The parameters are {known}.",
                name=unknown,
                nearest=by_upper_case[nearest[0]],
                known=", ".join(known),
            )
        )
    raise ParameterError(
        tr(
            "There is no parameter {name} in this version; leave it out, or choose one of {known}.",
            name=unknown,
            known=", ".join(known),
        )
    )


def _evaluated(values: Values, name: str, given: QgsProperty) -> Any:
    """What an expression gives, or a value that is wrapped like one; None for NULL.

    Raises:
        ParameterError: it cannot be evaluated, which QGIS would take for NULL.
    """
    context = values.context.expressionContext()
    value, is_found = given.value(context)
    text = given.asExpression()
    if is_found or not given.isActive() or not text:
        return value if is_found else None
    expression = QgsExpression(text)
    expression.evaluate(context)
    unknown = [
        f"@{variable}" for variable in expression.referencedVariables() if not context.hasVariable(variable)
    ]
    fault = expression.parserErrorString() or expression.evalErrorString() or ", ".join(unknown)
    if fault:
        raise ParameterError(
            tr(
                "{parameter} is given by the expression {expression}, which cannot be evaluated: {fault}.",
                parameter=values.called(name),
                expression=text,
                fault=fault.strip().rstrip("."),
            )
        )
    return None


def _is_null(value: Any) -> bool:
    return value is None or value == NULL


def _is_nothing(definition: QgsProcessingParameterDefinition, value: Any) -> bool:
    if isinstance(value, str) and not isinstance(definition, _MAY_BE_EMPTY):
        return not value.strip()
    return _is_null(value)


def _needed(definition: QgsProcessingParameterDefinition) -> str:
    if definition.isDestination():
        return tr("the path of what is written")
    if isinstance(definition, QgsProcessingParameterFile):
        return tr("a file whose name ends in .{suffix}", suffix=definition.extension())
    return tr("a value of the kind '{kind}' of QGIS", kind=definition.type())
