"""Which network files a user chose, and whether they fit each other."""

from __future__ import annotations

from pathlib import Path

from ...core.errors import ContractError
from ...models.contract import TRAINED_ON_MAPS, differing_names
from ...models.onnx_file.reading import NetworkFile, read_network
from ..text.translation import tr, word
from .pretrained import WEIGHTS

UNIVERSAL = "universal_corrector.onnx"
"""The file, among those that come with Recurve, of the corrector that takes any map."""


def network_file(path: Path, role: str = "") -> NetworkFile:
    """Read a network's file.

    Args:
        path: the file.
        role: the only one that it may have; '' for any.

    Raises:
        ContractError: it is no network of Recurve, or has another role.
    """
    found = read_network(path)
    if role not in ("", found.contract.role):
        raise ContractError(
            tr(
                "{path} is a {found} ({name}), and a {role} is needed here; choose a {role}.",
                path=path,
                found=word(found.contract.role),
                name=found.contract.name,
                role=word(role),
            )
        )
    return found


def choose_networks(
    classifier: str, corrector: str, is_corrected: bool = True
) -> tuple[NetworkFile, NetworkFile | None]:
    """Read the networks the user chose.

    Args:
        classifier: path.
        corrector: path, or empty for the pretrained one made for the classifier, or else the universal one.
        is_corrected: whether the corrector is applied at all.

    Returns:
        The classifier, and a corrector that fits it; None for one that nobody chose where nothing is corrected.

    Raises:
        ContractError: there is no classifier, a file is no network of Recurve, has the other role, or the two do not
            belong together; or the universal corrector is missing.
    """
    if not classifier:
        raise ContractError(
            tr(
                "No network is chosen, and none fits every image: choose one of the pretrained networks, or the file "
                "of a classifier that was trained on images like this one."
            )
        )
    chosen = network_file(Path(classifier), "classifier")
    if not corrector:
        if not is_corrected:
            return chosen, None
        return chosen, _pretrained_corrector(chosen.sha256) or universal_corrector()
    other = network_file(Path(corrector), "corrector")
    _check_pair(chosen, other)
    return chosen, other


def universal_corrector() -> NetworkFile:
    """The corrector that takes maps of any classes.

    Raises:
        ContractError: its file is missing or damaged, or is another network.
    """
    path = universal_path()
    if not path.exists():
        raise ContractError(
            tr(
                "The universal corrector, which comes with Recurve and is taken where none is chosen, is missing "
                "({path}); install Recurve again, or choose the file of a corrector.",
                path=path,
            )
        )
    return network_file(path, "corrector")


def universal_path() -> Path:
    """Where the universal corrector lies."""
    return WEIGHTS / UNIVERSAL


def _pretrained_corrector(classifier_sha256: str) -> NetworkFile | None:
    files = (network_file(path) for path in sorted(WEIGHTS.glob("*_corrector.onnx")))
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
    if corrector.contract.any_map:
        return
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
