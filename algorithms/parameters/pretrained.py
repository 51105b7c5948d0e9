"""The networks that come with Recurve, in a list by what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingParameterEnum

from ...core.errors import ContractError
from ...models.onnx_file.reading import read_contract
from ..text.help import called
from ..text.image_fit import pixel_sizes

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "weights"
PRETRAINED = "PRETRAINED"


@dataclass(frozen=True)
class Pretrained:
    """A classifier that comes with Recurve; its corrector, if there is one, is found by its SHA-256.

    Attributes:
        name: what it maps.
        place: what ground it has learned from.
        path: its file.
    """

    name: str
    place: str
    path: Path

    @cached_property
    def title(self) -> str:
        """What a user chooses it by; without a comma, at which QGIS would cut it."""
        contract = read_contract(self.path)
        bands = "/".join(band.name for band in contract.bands)
        classes = "/".join(entry.name for entry in contract.classes)
        return f"{self.name}: {pixel_sizes(contract)}; {bands}; {classes}; {self.place}"


BUILDINGS = Pretrained("Buildings", "one town in Nepal", WEIGHTS / "buildings_classifier.onnx")
URBAN = Pretrained("Urban land cover", "United Arab Emirates", WEIGHTS / "urban_classifier.onnx")
NETWORKS = (BUILDINGS, URBAN)


def pretrained_parameter(label: str) -> QgsProcessingParameterEnum:
    """A list of the networks that come with Recurve; none of them is taken unless it is chosen."""
    titles = [network.title for network in NETWORKS]
    return QgsProcessingParameterEnum(PRETRAINED, label, titles, optional=True, usesStaticStrings=True)


def pretrained_of(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> Pretrained | None:
    """The network a user chose from the list, by its title or, as scripts may, by its name alone.

    Raises:
        ContractError: there is none of that name.
    """
    text = algorithm.parameterAsString(parameters, PRETRAINED, context).strip()
    if not text:
        return None
    for network in NETWORKS:
        if text in (network.name, network.title):
            return network
    names = ", ".join(network.name for network in NETWORKS)
    raise ContractError(f"There is no pretrained network '{text}'; choose one of {names}.")


def classifier_of(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext, file: str
) -> str:
    """The path of the network a user chose, from the list or as a file; '' for neither.

    Args:
        algorithm: with a `pretrained_parameter`.
        parameters: its values.
        context: QGIS's.
        file: the parameter for a network's file.

    Raises:
        ContractError: both are chosen, or what is chosen is not in the list.
    """
    pretrained = pretrained_of(algorithm, parameters, context)
    path: str = algorithm.parameterAsFile(parameters, file, context)
    if pretrained is None:
        return path
    if path:
        raise ContractError(
            f"Both {called(algorithm, PRETRAINED)} {pretrained.name} and {called(algorithm, file)} {path} are chosen; "
            "choose one of them."
        )
    return str(pretrained.path)


def with_title(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """The parameters with the title in place of the name alone, which QGIS's own check does not know."""
    pretrained = pretrained_of(algorithm, parameters, context)
    return dict(parameters) if pretrained is None else {**parameters, PRETRAINED: pretrained.title}
