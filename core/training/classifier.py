"""Sample sets to a classifier's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...models.onnx_file.reading import NetworkFile, read_network
from ..progress import Part, Progress
from ..run_lock import RunLock
from ..samples.sample_set import SampleSet
from ..translation import tr
from .checkpoint import checkpoint_path
from .dataset import TrainingData, check_samples, fingerprint
from .devices import training_device
from .facts import classifier_facts, start_record, training_record
from .fitting import (
    CLASSIFIER_COLOURS_AND_SCALE,
    fit_classifier,
    predict_of,
    recalibrate_on,
    say_plan,
)
from .history import best_of
from .recipe import (
    Recipe,
    TrainingRun,
    balanced_weights,
    patch_side_px,
    patience_of,
    steps_per_epoch,
)
from .result import TrainedNetwork, check_output, examples_of
from .threads import use_threads

if TYPE_CHECKING:
    from ...models.pytorch.classifier import Classifier

NETWORKS = ("paper", "u-net")
CLASS_WEIGHTS = ("none", "balanced")

_PATCH_PX = 128
_BORDER_PX = {"paper": 8, "u-net": 16}
_LEARNING_RATE = {"paper": 5e-4, "u-net": 1e-3}
_FINE_TUNING = 0.3  # of the learning rate: what was learned before is only adapted
_FITTING = 0.98  # of a run; the rest is export and examples


@dataclass(frozen=True)
class ClassifierSettings:
    """What the user says about the training of a classifier.

    Attributes:
        network: one of `NETWORKS`; with `start` its form is taken.
        start: a classifier's file to fine-tune: same bands; the classes may differ, then its last layer is new.
        epochs: how many at most.
        batch: batch size: patches in a training step.
        learning_rate: at the start; 0 for the network's own.
        class_weights: one of `CLASS_WEIGHTS`; 'balanced' lets rare classes count as much as frequent ones.
        label_smoothing: share of each label that is spread over all classes, from 0.
        device: one of `devices.DEVICES`.
        seed: random seed.
        name: what people call the network; empty for the name of its file.
        threads: of PyTorch on the CPU; 0 for as many as there are free cores.
    """

    network: str = NETWORKS[0]
    start: Path | None = None
    epochs: int = 20
    batch: int = 16
    learning_rate: float = 0.0
    class_weights: str = CLASS_WEIGHTS[0]
    label_smoothing: float = 0.0
    device: str = "auto"
    seed: int = 0
    name: str = ""
    threads: int = 0


def train_classifier(
    samples: SampleSet, settings: ClassifierSettings, output: Path, progress: Progress
) -> TrainedNetwork:
    """Train a classifier, export it in its best state and prove the file.

    Args:
        samples: as from `open_samples`.
        settings: what the user says.
        output: the .onnx file to write.
        progress: told the share done and lines for the log, asked within each step whether to stop.

    Raises:
        LabelError: nothing can be learned from the samples, or the loss became NaN or infinite.
        ContractError: `start` is no classifier of Recurve or has other bands.
        ExportError: the file does not compute what the network does.
        Cancelled: the user stopped; the same call goes on from the last whole epoch.
        BusyError: another run trains into the same file.
    """
    use_threads(settings.threads, progress)
    device = training_device(settings.device)
    remarks = check_samples(samples)
    check_output(output)
    with RunLock(output):
        return _trained(samples, settings, output, device, remarks, progress)


def _trained(
    samples: SampleSet,
    settings: ClassifierSettings,
    output: Path,
    device: str,
    remarks: list[str],
    progress: Progress,
) -> TrainedNetwork:
    from ...models.pytorch.export import export_classifier

    factor, size_m = CLASSIFIER_COLOURS_AND_SCALE.scale, samples.pixel_size_m
    facts = classifier_facts(samples, settings.name or output.stem, (size_m / factor, size_m * factor))
    file = read_network(settings.start) if settings.start else None
    network, start = _network(samples, settings, file, progress), start_record(file)
    data, recipe = TrainingData.of(samples), _recipe(samples, settings, network)
    identity = {
        "network": network.form,
        "start": start.get("sha256", ""),
        "samples": fingerprint(samples, data.chips),
    }
    if settings.start is not None:
        recalibrate_on(network, data, recipe)
    checkpoint = checkpoint_path(output, recipe, identity, progress)
    run = TrainingRun(recipe, checkpoint, device)
    say_plan(network.form, data, run, remarks, progress)
    results = fit_classifier(network, data, run, CLASSIFIER_COLOURS_AND_SCALE, Part(progress, 0, _FITTING))
    accuracy = best_of(results).validation[-1]
    record = training_record(samples, identity["samples"], results, accuracy, settings.seed, start)
    facts = replace(facts, training={**facts.training, **record})
    examples = examples_of(samples, data.validation, predict_of(network), network.reach_px, device)
    export_classifier(network.cpu(), facts, output)
    checkpoint.unlink(missing_ok=True)
    progress.report(1)
    return TrainedNetwork(output, facts, network.form, run, results, None, examples, remarks)


def new_classifier(form: str, samples: SampleSet, seed: int) -> Classifier:
    """An untrained classifier for a sample set.

    Args:
        form: one of `NETWORKS`.
        samples: whose bands and classes it has.
        seed: of its first weights.
    """
    import torch

    from ...models.pytorch.classifier import PaperClassifier
    from ...models.pytorch.unet import UNetClassifier

    torch.manual_seed(seed)
    kind = {"paper": PaperClassifier, "u-net": UNetClassifier}[form]
    network = kind(
        [band.mean for band in samples.bands],
        [band.deviation for band in samples.bands],
        len(samples.classes),
    )
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _recipe(samples: SampleSet, settings: ClassifierSettings, network: Classifier) -> Recipe:
    side_px = patch_side_px(samples.of_split("train"), _PATCH_PX, network.stride, network.reach_px)
    usual_rate = _LEARNING_RATE[network.form] * (_FINE_TUNING if settings.start else 1)
    return Recipe(
        epochs=settings.epochs,
        steps=steps_per_epoch(samples, settings.batch, side_px),
        batch=settings.batch,
        side_px=side_px,
        learning_rate=settings.learning_rate or usual_rate,
        weight_decay=0.01,
        border_px=_BORDER_PX[network.form],
        class_weights=balanced_weights(samples) if settings.class_weights == "balanced" else (),
        seed=settings.seed,
        label_smoothing=settings.label_smoothing,
        patience=patience_of(settings.epochs),
    )


def _network(
    samples: SampleSet, settings: ClassifierSettings, file: NetworkFile | None, progress: Progress
) -> Classifier:
    import torch

    from ...models.pytorch.load import load_classifier

    if file is None:
        return new_classifier(settings.network, samples, settings.seed)
    torch.manual_seed(settings.seed)
    network, contract = load_classifier(file, samples.bands, samples.classes), file.contract
    names, known = ([entry.name for entry in entries] for entries in (samples.classes, contract.classes))
    progress.say(
        tr("Fine-tuning {name}, of the architecture '{form}'.", name=contract.name, form=contract.form)
    )
    if names != known:
        progress.say(
            tr("Its last layer is new, because it knew other classes: {classes}.", classes=", ".join(known))
        )
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]
