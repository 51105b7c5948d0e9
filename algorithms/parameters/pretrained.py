"""The networks that come with Recurve, in a list by what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qgis.core import QgsProcessingParameterEnum

from ...core.errors import ContractError
from ...models.onnx_file.reading import read_contract
from ..text.image_fit import pixel_sizes
from ..text.translation import tr
from ..values import Values

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "weights"
PRETRAINED = "PRETRAINED"


@dataclass(frozen=True)
class Pretrained:
    """A classifier that comes with Recurve; its corrector, if there is one, is found by its SHA-256.

    Attributes:
        name: what it maps.
        place: where it has learned.
        path: its file.
    """

    name: str
    place: str
    path: Path

    @cached_property
    def title(self) -> str:
        """What a user chooses it by; without a comma, at which QGIS would cut it."""
        contract = read_contract(self.path)
        names = [band.name for band in contract.bands]
        bands = "RGB" if names == ["red", "green", "blue"] else "/".join(names)
        classes = "/".join(entry.name for entry in contract.classes)
        return f"{self.name}: {pixel_sizes(contract)}; {bands}; {classes}; {self.place}"


BUILDINGS = Pretrained("Buildings", "one town in Nepal", WEIGHTS / "buildings_classifier.onnx")
URBAN = Pretrained("Urban land cover", "UAE", WEIGHTS / "urban_classifier.onnx")
NETWORKS = (BUILDINGS, URBAN)


def pretrained_parameter(label: str) -> QgsProcessingParameterEnum:
    """A list of the networks that come with Recurve; none of them is taken unless it is chosen."""
    titles = [network.title for network in NETWORKS]
    return QgsProcessingParameterEnum(PRETRAINED, label, titles, optional=True, usesStaticStrings=True)


def classifier_of(values: Values, file: str) -> str:
    """The path of the network a user chose, from the list or as a file; '' for neither.

    Args:
        values: of an algorithm with a `pretrained_parameter`.
        file: the parameter for a network's file.

    Raises:
        ContractError: both are chosen.
    """
    pretrained, path = _pretrained_of(values), values.file(file)
    if pretrained is None:
        return path
    if path:
        raise ContractError(
            tr(
                "Both {pretrained} {network} and {parameter} {path} are chosen; choose one of them.",
                pretrained=values.called(PRETRAINED),
                network=pretrained.name,
                parameter=values.called(file),
                path=path,
            )
        )
    return str(pretrained.path)


def _pretrained_of(values: Values) -> Pretrained | None:
    """The network a user chose from the list."""
    title = values.given.get(PRETRAINED)
    return next((network for network in NETWORKS if network.title == title), None)
