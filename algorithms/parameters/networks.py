"""Which networks a run uses, whether they fit each other, where they run, and what is written down about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ...core.class_maps.input_map import ClassMap
from ...core.errors import ContractError
from ...core.inference.resampling import Resampling
from ...core.inference.tile_inference import Networks
from ...core.progress import Progress
from ...models.contract import TRAINED_ON_MAPS, NetworkContract, differing_names
from ...models.onnx_file.reading import read_network
from ...models.runtime.network import Network
from ...models.runtime.reach import LIMIT_PX, with_measured_reach
from ..setup.packages import engine_cache_folder, reach_cache_folder
from .pretrained import WEIGHTS
from .run import RunSettings


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
                f"{path} is a {contract.role} ({contract.name}), and a {role} is needed here; choose a {role}."
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
            "No network is chosen, and none fits every image: choose one of the pretrained networks, or the "
            "file of a classifier that was trained on images like this one."
        )
    chosen = NetworkFile.read(Path(classifier), "classifier")
    if not corrector:
        return chosen, _pretrained_corrector(chosen.sha256)
    other = NetworkFile.read(Path(corrector), "corrector")
    _check_pair(chosen, other)
    return chosen, other


def open_networks(
    classifier: NetworkFile, corrector: NetworkFile | None, settings: RunSettings, progress: Progress
) -> Networks:
    """Load the networks that classify an image, and say where they run.

    Args:
        classifier: as from `choose_networks`.
        corrector: likewise.
        settings: where they run, and how often the corrector is applied.
        progress: told the networks' names and devices.

    Raises:
        ContractError: a file cannot be loaded.
        DeviceError: the device or ONNX Runtime is not there, or not in this precision.
    """
    cache, precision, iterations = engine_cache_folder(), settings.precision, settings.iterations
    first = Network.open(classifier.path, settings.device, precision, cache)
    _say_device(first, progress)
    progress.say(f"Classifier: {first.contract.name}.")
    if first.contract.reach_px is None:
        progress.say("The classifier's file does not say how far it looks: that is measured, once.")
        first = with_measured_reach(first, reach_cache_folder())
        reach_px = first.contract.reach_px
        progress.say(
            f"Its receptive field radius is {LIMIT_PX} px or more, or has no bound."
            if reach_px is None
            else f"Its receptive field radius is {reach_px} px."
        )
    if corrector is None:
        progress.say("No corrector comes with Recurve for this classifier: the map is not corrected.")
        return Networks(first, None, iterations)
    if iterations == 0:
        progress.say("0 iterations: the map is not corrected.")
        return Networks(first, None, iterations)
    second = Network.open(corrector.path, first.device, precision, cache)
    progress.say(" ".join([f"Corrector: {second.contract.name}, {iterations} iterations.", *second.remarks]))
    if second.precision != first.precision:
        progress.say(f"The corrector runs in {second.precision}.")
    return Networks(first, second, iterations)


def open_corrector(corrector: NetworkFile, settings: RunSettings, progress: Progress) -> Networks:
    """Load the network that corrects a map, and say where it runs.

    Raises:
        ContractError: the file cannot be loaded.
        DeviceError: the device or ONNX Runtime is not there, or not in this precision.
    """
    network = Network.open(corrector.path, settings.device, settings.precision, engine_cache_folder())
    _say_device(network, progress)
    progress.say(f"Corrector: {network.contract.name}, {settings.iterations} iterations.")
    return Networks(None, network, settings.iterations)


def classification_record(
    networks: Networks, version: str, scale: float, resampling: Resampling | None
) -> dict[str, str]:
    """How an image was classified, as metadata items of the map's file."""
    assert networks.classifier is not None
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_CLASSIFIER": networks.classifier.contract.name,
        "RECURVE_CLASSIFIER_SHA256": networks.classifier.sha256,
        "RECURVE_ITERATIONS": str(networks.iterations),
        "RECURVE_DEVICE": networks.classifier.device,
        "RECURVE_PRECISION": networks.classifier.precision,
        "RECURVE_VALUE_SCALE": f"{scale:g}",
    }
    if resampling is not None:
        down, across = resampling.ratios
        items["RECURVE_RESAMPLE"] = f"{across} x {down} pixels"
    if networks.corrector is not None:
        items["RECURVE_CORRECTOR"] = networks.corrector.contract.name
        items["RECURVE_CORRECTOR_SHA256"] = networks.corrector.sha256
    return items


def correction_record(networks: Networks, version: str, scale: float, class_map: ClassMap) -> dict[str, str]:
    """How a map was corrected, as metadata items of the new map's file."""
    assert networks.corrector is not None
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_MAP": class_map.path,
        "RECURVE_MAP_KIND": class_map.kind,
        "RECURVE_CORRECTOR": networks.corrector.contract.name,
        "RECURVE_CORRECTOR_SHA256": networks.corrector.sha256,
        "RECURVE_ITERATIONS": str(networks.iterations),
        "RECURVE_DEVICE": networks.corrector.device,
        "RECURVE_PRECISION": networks.corrector.precision,
        "RECURVE_VALUE_SCALE": f"{scale:g}",
    }
    if class_map.classifier_sha256:
        items["RECURVE_CLASSIFIER_SHA256"] = class_map.classifier_sha256
    return items


def _say_device(network: Network, progress: Progress) -> None:
    """Tell where a network runs, in which precision, and why not elsewhere."""
    progress.say(" ".join([f"Device: {network.device}. Precision: {network.precision}.", *network.remarks]))


def _pretrained_corrector(classifier_sha256: str) -> NetworkFile | None:
    files = (NetworkFile.read(path) for path in sorted(WEIGHTS.glob("*_corrector.onnx")))
    return next((file for file in files if file.contract.classifier_sha256 == classifier_sha256), None)


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
