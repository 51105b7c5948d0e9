"""The networks of a run, opened on a device."""

from __future__ import annotations

from ...core.inference.tile_inference import Networks
from ...core.progress import Progress
from ...models.onnx_file.reading import NetworkFile
from ...models.runtime.network import Network
from ...models.runtime.reach import LIMIT_PX, with_measured_reach
from ..setup.packages import engine_cache_folder, reach_cache_folder
from ..text.translation import tr
from .run import RunSettings


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
    first = Network.open(classifier, settings.device, precision, cache)
    _say_device(first, progress)
    progress.say(tr("Classifier: {name}.", name=first.contract.name))
    if first.contract.reach_px is None:
        progress.say(tr("The classifier's file does not say how far it looks: that is measured, once."))
        first = with_measured_reach(first, reach_cache_folder())
        reach_px = first.contract.reach_px
        progress.say(
            tr("Its receptive field radius is {limit} px or more, or has no bound.", limit=LIMIT_PX)
            if reach_px is None
            else tr("Its receptive field radius is {radius} px.", radius=reach_px)
        )
    if corrector is None or iterations == 0:
        progress.say(tr("0 iterations: the map is not corrected."))
        return Networks(first, None, iterations)
    second = Network.open(corrector, first.device, precision, cache)
    told = tr(
        "Corrector: {name}. Iterations: {iterations}.", name=second.contract.name, iterations=iterations
    )
    progress.say(" ".join([told, *second.remarks]))
    if second.contract.any_map:
        progress.say(
            tr(
                "It was made for maps of any classes, and not for this classifier; 0 iterations give the classifier's "
                "own map."
            )
        )
    if second.precision != first.precision:
        progress.say(tr("The corrector runs in {precision}.", precision=second.precision))
    return Networks(first, second, iterations)


def open_corrector(corrector: NetworkFile, settings: RunSettings, progress: Progress) -> Networks:
    """Load the network that corrects a map, and say where it runs.

    Raises:
        ContractError: the file cannot be loaded.
        DeviceError: the device or ONNX Runtime is not there, or not in this precision.
    """
    network = Network.open(corrector, settings.device, settings.precision, engine_cache_folder())
    _say_device(network, progress)
    progress.say(
        tr(
            "Corrector: {name}. Iterations: {iterations}.",
            name=network.contract.name,
            iterations=settings.iterations,
        )
    )
    return Networks(None, network, settings.iterations)


def _say_device(network: Network, progress: Progress) -> None:
    """Tell where a network runs, in which precision, and why not elsewhere."""
    told = tr("Device: {device}. Precision: {precision}.", device=network.device, precision=network.precision)
    progress.say(" ".join([told, *network.remarks]))
