"""The parameters for hints: what people know of single places, which a correction spreads."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ...core.errors import ParameterError
from ...core.inference.hint_trust import CERTAIN, LIKELY
from ...models.onnx_file.reading import NetworkFile
from ..layers.hint_layer import HintLayer, hint_layer
from ..text.translation import tr
from ..values import Values
from .choice import choice
from .network_files import universal_path
from .run import ITERATIONS

HINTS, HINT_FIELD = "HINTS", "HINT_FIELD"
HINT_TRUST, HINT_TRUST_FIELD = "HINT_TRUST", "HINT_TRUST_FIELD"
ONLY_AROUND_HINTS = "ONLY_AROUND_HINTS"
ADVANCED = (HINT_TRUST, HINT_TRUST_FIELD)

_TRUST = {"certain": CERTAIN, "likely": LIKELY}


def hint_parameters() -> list[Any]:
    """A layer of hints, its fields, how far it is trusted, and where it counts."""
    anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
    return [
        QgsProcessingParameterFeatureSource(HINTS, tr("Hints"), anything, optional=True),
        QgsProcessingParameterField(
            HINT_FIELD,
            tr("Field with the class of a hint (empty: the one that holds classes)"),
            parentLayerParameterName=HINTS,
            optional=True,
        ),
        choice(HINT_TRUST, tr("Trust in hints"), tuple(_TRUST)),
        QgsProcessingParameterField(
            HINT_TRUST_FIELD,
            tr("Field with the trust in a hint (empty: the one called trust)"),
            parentLayerParameterName=HINTS,
            optional=True,
        ),
        QgsProcessingParameterBoolean(
            ONLY_AROUND_HINTS, tr("Change the map only around hints"), defaultValue=False
        ),
    ]


def chosen_hints(values: Values, corrector: NetworkFile | None, iterations: int) -> HintLayer | None:
    """The layer of hints that the user gave; None for none.

    Args:
        values: of the parameters.
        corrector: what is to spread them; None where nothing is corrected.
        iterations: how often it is applied.

    Raises:
        ParameterError: nothing is corrected, the corrector takes no hints, or a map is to be changed around hints that
            are not there.
        LabelError: the layer has no feature or not the fields.
    """
    if not values.has(HINTS):
        if values.is_set(ONLY_AROUND_HINTS):
            raise ParameterError(
                tr(
                    "{around} is ticked and no layer is given as {hints}, so nothing would change; give one, or untick "
                    "it.",
                    around=values.called(ONLY_AROUND_HINTS),
                    hints=values.called(HINTS),
                )
            )
        return None
    if corrector is None or iterations == 0:
        raise ParameterError(
            tr(
                "Hints are given and {iterations} is 0, so nothing is corrected; leave {iterations} empty, or leave "
                "{hints} empty.",
                iterations=values.called(ITERATIONS),
                hints=values.called(HINTS),
            )
        )
    if not corrector.contract.takes_hints:
        raise ParameterError(
            tr(
                "Hints are given, and the corrector {name} ({path}) takes none; leave {hints} empty, or choose a "
                "corrector that does, such as the universal one ({universal}).",
                name=corrector.contract.name,
                path=corrector.path,
                hints=values.called(HINTS),
                universal=universal_path(),
            )
        )
    return hint_layer(
        values,
        HINTS,
        values.field(HINT_FIELD),
        _TRUST[values.choice(HINT_TRUST)],
        values.field(HINT_TRUST_FIELD),
        values.called(HINT_FIELD),
    )


def resampled(values: Values, resample: str) -> ParameterError:
    """Why hints are not taken where the networks see other pixels than the image's.

    Args:
        values: of the parameters.
        resample: the parameter that says so.
    """
    return ParameterError(
        tr(
            "Hints are given and {resample} is ticked, and hints work on the image's own pixels only; untick it, or "
            "make the map without hints and give the map and the hints to Correct a map.",
            resample=values.called(resample),
        )
    )
