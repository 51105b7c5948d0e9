"""How the example models are built: steps, what they take, and what the model keeps of what they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF

_COLUMN, _ROW = 240, 90  # of the drawing in the modeler


@dataclass(frozen=True)
class Input:
    """A value that a step takes from the model's parameter of this name.

    `qgis_process` leaves out what the user leaves out: the default is worked out in the model.
    """

    name: str
    default: float | str | None = None


@dataclass(frozen=True)
class Formula:
    """A value that QGIS works out when the step's turn comes."""

    expression: str


@dataclass(frozen=True)
class Made:
    """A value that a step takes from what an earlier step made."""

    step: str
    output: str = "OUTPUT"


@dataclass(frozen=True)
class Step:
    """An algorithm in a model.

    Attributes:
        name: the step's id.
        algorithm: the algorithm's id.
        does: the step's title.
        parameters: by name; constants, `Input`, `Formula`, `Made`, or lists of `Input` and `Made`.
        kept: the outputs that are the model's too, by the model's name for them.
        after: steps to be done before, besides those that something is taken from.
    """

    name: str
    algorithm: str
    does: str
    parameters: dict[str, Any]
    kept: dict[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()


def model(
    title: str,
    texts: dict[str, str],
    parameters: Sequence[QgsProcessingParameterDefinition],
    steps: Sequence[Step],
) -> QgsProcessingModelAlgorithm:
    """A model from its parameters and steps, laid out from top to bottom; `texts` is its help."""
    made = QgsProcessingModelAlgorithm(title, "Recurve")
    made.setHelpContent({"ALG_DESC": texts["description"], **texts})
    for number, definition in enumerate(parameters):
        place = QgsProcessingModelParameter(definition.name())
        place.setPosition(QPointF(_COLUMN * number, 0))
        made.addModelParameter(definition, place)
    made.setParameterOrder([definition.name() for definition in parameters])
    for row, step in enumerate(steps, start=2):
        made.addChildAlgorithm(_child(step, row))
    made.updateDestinationParameters()
    return made


def _child(step: Step, row: int) -> QgsProcessingModelChildAlgorithm:
    child = QgsProcessingModelChildAlgorithm(step.algorithm)
    if child.algorithm() is None:
        raise SystemExit(f"QGIS has no algorithm {step.algorithm}.")
    child.setChildId(step.name)
    child.setDescription(step.does)
    child.setPosition(QPointF(_COLUMN * ((row - 1) % 3), _ROW * row))
    for parameter, value in {**_defaults(child.algorithm()), **step.parameters}.items():
        child.addParameterSources(parameter, _sources(value))
    outputs = {}
    for title, output in step.kept.items():
        place = QgsProcessingModelOutput(title, title)
        place.setChildId(step.name)
        place.setChildOutputName(output)
        place.setPosition(QPointF(_COLUMN * 3, _ROW * row))
        outputs[title] = place
    child.setModelOutputs(outputs)
    child.setDependencies([QgsProcessingModelChildDependency(name) for name in step.after])
    return child


def _defaults(algorithm: QgsProcessingAlgorithm) -> dict[str, Any]:
    """What the modeler wants to be said although it is the default."""
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    return {
        definition.name(): definition.defaultValue()
        for definition in algorithm.parameterDefinitions()
        if not definition.isDestination() and not definition.flags() & optional
    }


def _sources(value: Any) -> list[QgsProcessingModelChildParameterSource]:
    source = QgsProcessingModelChildParameterSource
    if isinstance(value, list) and any(isinstance(item, (Input, Made)) for item in value):
        return [part for item in value for part in _sources(item)]
    if isinstance(value, Input):
        if value.default is None:
            return [source.fromModelParameter(value.name)]
        return [source.fromExpression(f"coalesce(@{value.name}, {value.default!r})")]
    if isinstance(value, Formula):
        return [source.fromExpression(value.expression)]
    if isinstance(value, Made):
        return [source.fromChildOutput(value.step, value.output)]
    return [source.fromStaticValue(value)]
