"""Which network files a user chose, and whether they fit each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import ContractError
from ...models.contract import TRAINED_ON_MAPS, NetworkContract, differing_names
from ...models.onnx_file.reading import read_network
from ..text.translation import tr, word
from .pretrained import WEIGHTS


@dataclass(frozen=True)
class NetworkFile:
    """A network's file as it was read: its place, its digest, and what it says about itself."""

    path: Path
    sha256: str
    contract: NetworkContract

    @classmethod
    def read(cls, path: Path, role: str = "") -> NetworkFile:
        """Look into a file.

        Args:
            path: the file.
            role: the only one that it may have; '' for any.

        Raises:
            ContractError: it is no network of Recurve, or has another role.
        """
        contract, data = read_network(path)
        if role not in ("", contract.role):
            raise ContractError(
                tr(
                    "{path} is a {found} ({name}), and a {role} is needed here; choose a {role}.",
                    path=path,
                    found=word(contract.role),
                    name=contract.name,
                    role=word(role),
                )
            )
        return cls(path, hashlib.sha256(data).hexdigest(), contract)


def choose_networks(classifier: str, corrector: str) -> tuple[NetworkFile, NetworkFile | None]:
    """Read the networks the user chose.

    Args:
        classifier: path.
        corrector: path, or empty for the pretrained one made for the classifier.

    Returns:
        The classifier, and a corrector that fits it, if there is one.

    Raises:
        ContractError: there is no classifier, a file is no network of Recurve, has the other role, or the two do not
            belong together.
    """
    if not classifier:
        raise ContractError(
            tr(
                "No network is chosen, and none fits every image: choose one of the pretrained networks, or the file "
                "of a classifier that was trained on images like this one."
            )
        )
    chosen = NetworkFile.read(Path(classifier), "classifier")
    if not corrector:
        return chosen, _pretrained_corrector(chosen.sha256)
    other = NetworkFile.read(Path(corrector), "corrector")
    _check_pair(chosen, other)
    return chosen, other


def _pretrained_corrector(classifier_sha256: str) -> NetworkFile | None:
    files = (NetworkFile.read(path) for path in sorted(WEIGHTS.glob("*_corrector.onnx")))
    return next((file for file in files if file.contract.classifier_sha256 == classifier_sha256), None)


def _check_pair(classifier: NetworkFile, corrector: NetworkFile) -> None:
    made_for = corrector.contract.classifier_sha256
    if made_for not in (TRAINED_ON_MAPS, classifier.sha256):
        raise ContractError(
            tr(
                "The corrector {corrector} was trained for another classifier (SHA-256 {needed}...) than {classifier} "
                "({found}...); choose the corrector made for this classifier, or leave the corrector empty.",
                corrector=corrector.path,
                needed=made_for[:12],
                classifier=classifier.path,
                found=classifier.sha256[:12],
            )
        )
    for what, names, needed in differing_names(classifier.contract, corrector.contract):
        raise ContractError(
            tr(
                "The corrector {corrector} needs the {what} {needed}, and the classifier {classifier} has {names}; "
                "choose a corrector made for this classifier.",
                corrector=corrector.path,
                what=word(what),
                needed=needed,
                classifier=classifier.path,
                names=names,
            )
        )
