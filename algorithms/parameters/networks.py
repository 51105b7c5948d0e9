"""Which networks a run uses, and whether they fit each other and the image."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.class_maps.input_map import ClassMap
from ...core.errors import ContractError
from ...core.inference.resampling import Resampling
from ...core.progress import Progress
from ...models.contract import TRAINED_ON_MAPS, NetworkContract, differing_names
from ...models.onnx_file.reading import file_sha256, read_contract
from ...models.runtime.network import Network
from ...models.runtime.reach import LIMIT_PX, with_measured_reach
from ..setup.packages import engine_cache_folder, reach_cache_folder
from .pretrained import WEIGHTS

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class NetworkFile:
    """A network file: where it is, what is in it, and what it says about itself."""

    path: Path
    sha256: str
    contract: NetworkContract


@dataclass(frozen=True)
class NetworkPair:
    """A classifier, and a corrector made for it, if there is one."""

    classifier: NetworkFile
    corrector: NetworkFile | None

    @property
    def stride(self) -> int:
        """What the sides of what both are given must be multiples of, px."""
        return math.lcm(*(file.contract.stride for file in (self.classifier, self.corrector) if file))


def choose_networks(classifier: str, corrector: str) -> NetworkPair:
    """Read the networks the user chose.

    Args:
        classifier: path.
        corrector: path, or empty for the shipped one made for the classifier.

    Raises:
        ContractError: there is no classifier, a file is no network of Recurve, has the other role, or the two do not
            belong together.
    """
    if not classifier:
        raise ContractError(
            "No network is chosen, and none fits every image: choose one of the pretrained networks, or the "
            "file of a classifier that was trained on images like this one."
        )
    chosen = network_file(Path(classifier), "classifier")
    if not corrector:
        return NetworkPair(chosen, _shipped_corrector(chosen.sha256))
    other = network_file(Path(corrector), "corrector")
    _check_pair(chosen, other)
    return NetworkPair(chosen, other)


def open_networks(
    pair: NetworkPair, device: str, precision: str, iterations: int, progress: Progress
) -> tuple[Network, Network | None]:
    """Load the networks a run needs and say where they run.

    Args:
        pair: their files.
        device: one of `DEVICES`.
        precision: one of `PRECISIONS`.
        iterations: 0 for a run without the corrector.
        progress: told the networks' names and devices.

    Raises:
        ContractError: a file cannot be loaded.
        DeviceError: the device or ONNX Runtime is not there, or not in this precision.
    """
    cache = engine_cache_folder()
    classifier = Network.open(pair.classifier.path, device, precision, cache)
    say_device(classifier, progress)
    progress.say(f"Classifier: {classifier.contract.name}.")
    if classifier.contract.reach_px is None:
        progress.say("The classifier's file does not say how far it looks: that is measured, once.")
        classifier = with_measured_reach(classifier, reach_cache_folder())
        reach_px = classifier.contract.reach_px
        progress.say(
            f"Its reach is {LIMIT_PX} px or more, or has no bound."
            if reach_px is None
            else f"Its reach is {reach_px} px."
        )
    if pair.corrector is None:
        progress.say("No corrector comes with Recurve for this classifier: the map is not corrected.")
        return classifier, None
    if iterations == 0:
        progress.say("0 iterations: the map is not corrected.")
        return classifier, None
    corrector = Network.open(pair.corrector.path, classifier.device, precision, cache)
    progress.say(
        " ".join([f"Corrector: {corrector.contract.name}, {iterations} iterations.", *corrector.remarks])
    )
    if corrector.precision != classifier.precision:
        progress.say(f"The corrector runs in {corrector.precision}.")
    return classifier, corrector


def open_corrector(
    file: NetworkFile, device: str, precision: str, iterations: int, progress: Progress
) -> Network:
    """Load a corrector and say where it runs.

    Args:
        file: from `network_file`.
        device: one of `DEVICES`.
        precision: one of `PRECISIONS`.
        iterations: how often it is going to be applied.
        progress: told its name and device.

    Raises:
        ContractError: the file cannot be loaded.
        DeviceError: the device or ONNX Runtime is not there, or not in this precision.
    """
    corrector = Network.open(file.path, device, precision, engine_cache_folder())
    say_device(corrector, progress)
    progress.say(f"Corrector: {corrector.contract.name}, {iterations} iterations.")
    return corrector


def say_device(network: Network, progress: Progress) -> None:
    """Tell where a network runs, in which precision, and why not elsewhere."""
    progress.say(" ".join([f"Device: {network.device}. Precision: {network.precision}.", *network.remarks]))


def provenance(
    pair: NetworkPair,
    classifier: Network,
    iterations: int,
    version: str,
    resampling: Resampling | None = None,
) -> dict[str, str]:
    """How a map was made, as metadata items of its file."""
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_CLASSIFIER": pair.classifier.contract.name,
        "RECURVE_CLASSIFIER_SHA256": pair.classifier.sha256,
        "RECURVE_ITERATIONS": str(iterations),
        "RECURVE_DEVICE": classifier.device,
        "RECURVE_PRECISION": classifier.precision,
    }
    if resampling is not None:
        down, across = resampling.ratios
        items["RECURVE_RESAMPLE"] = f"{across} x {down} pixels"
    if pair.corrector is not None and iterations > 0:
        items["RECURVE_CORRECTOR"] = pair.corrector.contract.name
        items["RECURVE_CORRECTOR_SHA256"] = pair.corrector.sha256
    return items


def map_provenance(
    class_map: ClassMap, file: NetworkFile, corrector: Network, iterations: int, version: str
) -> dict[str, str]:
    """How a corrected map was made, as metadata items of its file."""
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_MAP": class_map.path,
        "RECURVE_MAP_KIND": class_map.kind,
        "RECURVE_CORRECTOR": file.contract.name,
        "RECURVE_CORRECTOR_SHA256": file.sha256,
        "RECURVE_ITERATIONS": str(iterations),
        "RECURVE_DEVICE": corrector.device,
        "RECURVE_PRECISION": corrector.precision,
    }
    if class_map.classifier_sha256:
        items["RECURVE_CLASSIFIER_SHA256"] = class_map.classifier_sha256
    return items


def network_file(path: Path, role: str) -> NetworkFile:
    """Look into a network file.

    Raises:
        ContractError: it is no network of Recurve, or has another role.
    """
    contract = read_contract(path)
    if contract.role != role:
        raise ContractError(
            f"{path} is a {contract.role} ({contract.name}), and a {role} is needed here; choose a {role}."
        )
    return NetworkFile(path, file_sha256(path), contract)


def _shipped_corrector(classifier_sha256: str) -> NetworkFile | None:
    for path in sorted(WEIGHTS.glob("*_corrector.onnx")):
        contract = read_contract(path)
        if contract.classifier_sha256 == classifier_sha256:
            return NetworkFile(path, file_sha256(path), contract)
    return None


def _check_pair(classifier: NetworkFile, corrector: NetworkFile) -> None:
    made_for = corrector.contract.classifier_sha256
    if made_for not in (TRAINED_ON_MAPS, classifier.sha256):
        raise ContractError(
            f"The corrector {corrector.path} was trained for another classifier (SHA-256 {made_for[:12]}...) than "
            f"{classifier.path} ({classifier.sha256[:12]}...); choose the corrector made for this classifier, or "
            "leave the corrector empty."
        )
    for what, names, needed in differing_names(classifier.contract, corrector.contract):
        raise ContractError(
            f"The corrector {corrector.path} needs the {what} {needed}, and the classifier {classifier.path} has "
            f"{names}; choose a corrector made for this classifier."
        )
