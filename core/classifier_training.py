"""Sample sets to a classifier's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..models.network_file import read_contract
from .assessment import Accuracy
from .epochs import EpochResult, best_of, said
from .patches import Augmentation, PatchSource
from .progress import Part, Progress, Quiet
from .samples import Chip, SampleSet
from .trained_network import (
    TrainedNetwork,
    check_output,
    checkpoint_path,
    examples_of,
    patience_of,
    steps_per_epoch,
)
from .training import Recipe, fit, training_device
from .training_contract import contract_of, start_record, training_record, with_record
from .training_samples import balanced_weights, check_samples, fingerprint, patch_side_px
from .training_threads import use_threads
from .validation import validate_on

if TYPE_CHECKING:
    from ..models.classifier import Classifier
    from ..models.corrector import Corrector
    from .validation import Predict

NETWORKS = ("paper", "u-net")
CLASS_WEIGHTS = ("none", "balanced")
COLOURS = Augmentation(brightness=0.4, contrast=0.3, gamma=0.3)
"""Other light, season and sensor, as far as a network can still learn colours."""
COLOURS_AND_SCALE = Augmentation(brightness=0.4, contrast=0.3, gamma=0.3, scale=1.25)

_PATCH_PX = 128
_BORDER_PX = {"paper": 8, "u-net": 16}
_LEARNING_RATE = {"paper": 5e-4, "u-net": 1e-3}
_FINE_TUNING = 0.3  # of the learning rate: what was learned before is only adapted
_RECALIBRATED_ON = 10  # batches
_FITTING = 0.98  # of a run; the rest is export and examples


@dataclass(frozen=True)
class ClassifierSettings:
    """What the user says about the training of a classifier.

    Attributes:
        network: one of `NETWORKS`; with `start` its form is taken.
        start: a classifier's file to fine-tune: same bands; the classes may differ, then its last layer is new.
        epochs: how many at most.
        batch: patches per step.
        learning_rate: at the start; 0 for the network's own.
        class_weights: one of `CLASS_WEIGHTS`; 'balanced' lets rare classes count as much as frequent ones.
        label_smoothing: share of each label that is spread over all classes, from 0.
        device: one of `training.DEVICES`.
        seed: where chance comes from.
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
        LabelError: nothing can be learned from the samples, or the loss is not a number any more.
        ContractError: `start` is no classifier of Recurve or has other bands.
        ExportError: the file does not compute what the network does.
        Cancelled: the user stopped; the same call goes on from the last whole epoch.
    """
    from ..models.export import export_classifier

    use_threads(settings.threads, progress)
    device = training_device(settings.device)
    remarks = check_samples(samples)
    check_output(output)
    factor, size_m = COLOURS_AND_SCALE.scale, samples.pixel_size_m
    contract = contract_of(
        samples, "classifier", settings.name or output.stem, (size_m / factor, size_m * factor)
    )
    network = _network(samples, settings, progress)
    train, validation = samples.of_split("train"), samples.of_split("validation")
    recipe = _recipe(samples, settings, network)
    start = start_record(settings.start)
    identity = {
        "network": network.form,
        "start": start.get("sha256", ""),
        "samples": fingerprint(samples, [*train, *validation]),
    }
    if settings.start is not None:
        recalibrate_on(network, samples, train, recipe)
    checkpoint = checkpoint_path(output, recipe, identity, progress)
    say_plan(network.form, recipe, train, validation, device, remarks, progress)
    results = fit_classifier(
        network,
        samples,
        train,
        validation,
        recipe,
        COLOURS_AND_SCALE,
        checkpoint,
        Part(progress, 0, _FITTING),
        device,
    )
    accuracy = best_of(results).validation[-1]
    contract = with_record(
        contract, training_record(samples, identity["samples"], results, accuracy, settings.seed, start)
    )
    examples = examples_of(samples, validation, _predict(network), network.reach_px, device)
    export_classifier(network.cpu(), contract, output)
    checkpoint.unlink(missing_ok=True)
    progress.report(1)
    return TrainedNetwork(output, read_contract(output), recipe, results, None, examples, device, remarks)


def fit_classifier(
    network: Classifier,
    samples: SampleSet,
    chips: Sequence[Chip],
    judged_on: Sequence[Chip],
    recipe: Recipe,
    augmentation: Augmentation,
    checkpoint: Path,
    progress: Progress | None = None,
    device: str = "cpu",
) -> list[EpochResult]:
    """Train a classifier in place, with a line for the log after each epoch.

    Args:
        network: the classifier.
        samples: the sample set.
        chips: the chips to learn from.
        judged_on: the chips whose mean IoU chooses the best epoch.
        recipe: how to train.
        augmentation: how patches are varied.
        checkpoint: where the training is kept, and gone on from.
        progress: see `fit`.
        device: PyTorch's.
    """
    progress = progress or Quiet()
    patches = PatchSource(samples, chips, recipe.side_px, augmentation, border_px=recipe.border_px)
    predict = _predict(network)

    def validate() -> list[Accuracy]:
        return validate_on(samples, judged_on, predict, network.reach_px, progress=progress, device=device)

    epochs = fit(network, predict, patches, validate, recipe, checkpoint, progress, device)
    return said(epochs, recipe.epochs, progress)


def new_classifier(form: str, samples: SampleSet, seed: int) -> Classifier:
    """An untrained classifier for a sample set.

    Args:
        form: one of `NETWORKS`.
        samples: whose bands and classes it has.
        seed: of its first weights.
    """
    import torch

    from ..models.classifier import PaperClassifier
    from ..models.unet import UNetClassifier

    torch.manual_seed(seed)
    kind = {"paper": PaperClassifier, "u-net": UNetClassifier}[form]
    network = kind(
        [band.mean for band in samples.bands],
        [band.deviation for band in samples.bands],
        len(samples.classes),
    )
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def say_plan(
    form: str,
    recipe: Recipe,
    train: Sequence[Chip],
    validation: Sequence[Chip],
    device: str,
    remarks: Sequence[str],
    progress: Progress,
) -> None:
    """Tell what will be done, and on what."""
    usable = [chip for chip in train if min(chip.height, chip.width) >= recipe.side_px]
    progress.say(
        f"Training a network of the form '{form}' on {device.upper()}: at most {recipe.epochs} epochs of "
        f"{recipe.steps} steps with {recipe.batch} patches of {recipe.side_px} x {recipe.side_px} px, from "
        f"{len(usable)} training chips; the best epoch is chosen on {len(validation)} validation chips."
    )
    if len(usable) < len(train):
        progress.say(
            f"{len(train) - len(usable)} of {len(train)} training chips are smaller than a patch and not learned from."
        )
    for remark in remarks:
        progress.say(remark)


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


def _network(samples: SampleSet, settings: ClassifierSettings, progress: Progress) -> Classifier:
    import torch

    from ..models.trained_weights import load_classifier

    if settings.start is None:
        return new_classifier(settings.network, samples, settings.seed)
    torch.manual_seed(settings.seed)
    network = load_classifier(settings.start, samples.bands, samples.classes)
    contract = read_contract(settings.start)
    names, known = ([entry.name for entry in entries] for entries in (samples.classes, contract.classes))
    progress.say(
        f"Fine-tuning {contract.name}, of the form '{contract.form}'"
        + (
            "."
            if names == known
            else f"; its last layer is new, because it knew the classes {', '.join(known)}."
        )
    )
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def recalibrate_on(
    network: Classifier | Corrector,
    samples: SampleSet,
    chips: Sequence[Chip],
    recipe: Recipe,
    augmentation: Augmentation = COLOURS_AND_SCALE,
) -> None:
    """Let a network that was read from a file begin to learn where the file stands."""
    import numpy as np
    import torch

    from ..models.recalibration import recalibrate

    patches = PatchSource(samples, chips, recipe.side_px, augmentation)
    batches = patches.batches(recipe.batch, _RECALIBRATED_ON, np.random.default_rng(recipe.seed))
    recalibrate(network, (torch.from_numpy(batch.image) for batch in batches))


def _predict(network: Classifier) -> Predict:
    import torch

    def predict(image: Any, scores: Any) -> list[Any]:
        return [network(image.contiguous(memory_format=torch.channels_last))]

    return predict
