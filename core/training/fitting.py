"""Classifiers and correctors fitted in place to the chips of a training, with a line for the log after each epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..metrics.accuracy import Accuracy
from ..progress import Progress, Quiet
from ..translation import tr
from .dataset import TrainingData
from .history import EpochResult, log_epochs
from .loop import fit
from .patches import Augmentation, PatchSource
from .recipe import Recipe, TrainingRun
from .validation_accuracy import validate_on

if TYPE_CHECKING:
    from ...models.pytorch.classifier import Classifier
    from ...models.pytorch.corrector import Corrector
    from .validation_accuracy import Predict

CLASSIFIER_COLOURS = Augmentation(brightness=0.4, contrast=0.3, gamma=0.3)
"""Other light, season and sensor, as far as a network can still learn colours."""
CLASSIFIER_COLOURS_AND_SCALE = Augmentation(brightness=0.4, contrast=0.3, gamma=0.3, scale=1.25)
CORRECTOR_COLOURS_AND_SCALE = Augmentation(brightness=0.8, contrast=0.6, gamma=0.5, scale=1.5)
"""Stronger than a classifier's: accurate labels are few, and they must not be overfitted."""

_RECALIBRATED_ON = 10  # batches


@dataclass(frozen=True)
class Unrolling:
    """How a corrector's iterations are unrolled in training.

    Attributes:
        iterations: how often the update is applied.
        every_iterate: whether the loss is on every iterate or on the last one only.
        starts_anywhere: whether half of the steps start where up to `iterations` iterations have led already, so that
            the process learns to stay where it has arrived; of one iteration that is not asked.
    """

    iterations: int
    every_iterate: bool = True
    starts_anywhere: bool = True


def fit_classifier(
    network: Classifier,
    data: TrainingData,
    run: TrainingRun,
    augmentation: Augmentation,
    progress: Progress | None = None,
) -> list[EpochResult]:
    """Train a classifier.

    Args:
        network: the classifier, changed in place.
        data: what it learns from.
        run: how and where to train.
        augmentation: how patches are varied.
        progress: see `fit`.
    """
    progress, recipe = progress or Quiet(), run.recipe
    patches = PatchSource(data.samples, data.train, recipe.side_px, augmentation, border_px=recipe.border_px)
    predict = predict_of(network)

    def validate() -> list[Accuracy]:
        return validate_on(
            data.samples, data.validation, predict, network.reach_px, progress=progress, device=run.device
        )

    return log_epochs(fit(network, predict, patches, validate, run, progress), recipe.epochs, progress)


def fit_corrector(
    network: Corrector,
    data: TrainingData,
    unrolling: Unrolling,
    run: TrainingRun,
    progress: Progress | None = None,
) -> list[EpochResult]:
    """Train a corrector.

    Args:
        network: the corrector, changed in place.
        data: what it learns from, with the scores of all its chips.
        unrolling: how its iterations are unrolled.
        run: how and where to train.
        progress: see `fit`.
    """
    import torch

    progress, recipe, iterations = progress or Quiet(), run.recipe, unrolling.iterations
    patches = PatchSource(
        data.samples,
        data.train,
        recipe.side_px,
        CORRECTOR_COLOURS_AND_SCALE,
        with_scores=True,
        border_px=recipe.border_px,
    )

    def predict(image: Any, scores: Any) -> list[Any]:
        if unrolling.starts_anywhere and iterations > 1 and network.training and torch.rand(()) < 0.5:
            with torch.no_grad():
                scores = network(scores, image, int(torch.randint(1, iterations + 1, ())))
        iterates = network.iterates(scores, image, iterations)
        return iterates if unrolling.every_iterate or not network.training else iterates[-1:]

    def validate() -> list[Accuracy]:
        halo_px = halo_px_of(network, iterations)
        return validate_on(
            data.samples, data.validation, predict, halo_px, progress=progress, device=run.device
        )

    return log_epochs(fit(network, predict, patches, validate, run, progress), recipe.epochs, progress)


def recalibrate_on(
    network: Classifier | Corrector,
    data: TrainingData,
    recipe: Recipe,
    augmentation: Augmentation = CLASSIFIER_COLOURS_AND_SCALE,
) -> None:
    """Estimate the normalisation of a network from a file anew, so that fine-tuning begins with the scores of the file.

    Args:
        network: the network, changed in place.
        data: what it will learn from.
        recipe: how it will be trained.
        augmentation: how patches will be varied.
    """
    import numpy as np
    import torch

    from ...models.pytorch.recalibration import recalibrate

    patches = PatchSource(data.samples, data.train, recipe.side_px, augmentation)
    batches = patches.batches(recipe.batch, _RECALIBRATED_ON, np.random.default_rng(recipe.seed))
    recalibrate(network, (torch.from_numpy(batch.image) for batch in batches))


def predict_of(network: Classifier) -> Predict:
    """What a classifier makes of a batch."""
    import torch

    def predict(image: Any, _scores: Any) -> list[Any]:
        return [network(image.contiguous(memory_format=torch.channels_last))]

    return predict


def halo_px_of(network: Corrector, iterations: int) -> int:
    """How far a corrector looks in so many iterations, px."""
    return network.reach_px + iterations * network.reach_per_iteration_px


def say_plan(form: str, data: TrainingData, run: TrainingRun, remarks: list[str], progress: Progress) -> None:
    """Tell what will be done, and on what."""
    recipe = run.recipe
    usable = [chip for chip in data.train if min(chip.height, chip.width) >= recipe.side_px]
    progress.say(
        tr(
            "Training a network of the architecture '{form}' on {device}. Epochs: at most {epochs}. Steps per epoch: "
            "{steps}. Batch size: {batch} patches of {side} x {side} px. Training chips: {chips}. Validation chips, "
            "which choose the best epoch: {validation}.",
            form=form,
            device=run.device.upper(),
            epochs=recipe.epochs,
            steps=recipe.steps,
            batch=recipe.batch,
            side=recipe.side_px,
            chips=len(usable),
            validation=len(data.validation),
        )
    )
    if len(usable) < len(data.train):
        progress.say(
            tr(
                "Training chips that are smaller than a patch and not learned from: {unused} of {all}.",
                unused=len(data.train) - len(usable),
                all=len(data.train),
            )
        )
    for remark in remarks:
        progress.say(remark)
