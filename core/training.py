"""Fitting a network to a sample set: one loop for classifier and corrector."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable

import numpy as np
from numpy.typing import NDArray

from .assessment import Accuracy, assess
from .errors import Cancelled, LabelError
from .patches import Batch, PatchSource
from .progress import Progress, Quiet
from .raster import RasterReader
from .samples import Chip, SampleSet, read_chip
from .tiles import tile_grid
from .training_state import TrainingState

if TYPE_CHECKING:
    from torch import Tensor, nn

    Predict = Callable[[Tensor, "Tensor | None"], Sequence[Tensor]]
    """(image, scores) -> the outputs that are compared with the labels; the last one is the map."""


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        epochs: how many epochs; after each one the network is validated.
        steps: steps per epoch.
        batch: patches per step.
        side_px: height and width of a patch.
        learning_rate: Adam's at the start; it falls along a cosine to a hundredth.
        weight_decay: decoupled weight decay per step, relative to the learning rate.
        border_px: width of the patch border that is left out of the loss, because its outputs see the zero padding.
        class_weights: weight of each class in the loss, or empty for equal weights.
        averaging: how much of the running average of all weights is kept at each step. The average is what is
            validated and kept: labels with flaws throw the weights of single steps about.
        seed: where chance comes from; same seed, machine and thread count give the same weights.
    """

    epochs: int
    steps: int
    batch: int
    side_px: int
    learning_rate: float
    weight_decay: float = 1e-4
    border_px: int = 0
    class_weights: tuple[float, ...] = ()
    averaging: float = 0.99
    seed: int = 0


@dataclass(frozen=True)
class EpochResult:
    """What one epoch brought.

    Attributes:
        epoch: counted from 1.
        loss: mean training loss.
        validation: accuracy of each output on the validation chips; for a corrector of each iteration from 1.
        is_best: whether the network is the best so far on the validation chips (mean IoU of the last output).
        seconds: duration of the training part.
        pixels_per_second: labelled and unlabelled patch pixels learned from per second.
    """

    epoch: int
    loss: float
    validation: list[Accuracy]
    is_best: bool
    seconds: float
    pixels_per_second: float


def fit(
    network: nn.Module,
    predict: Predict,
    patches: PatchSource,
    validate: Callable[[], list[Accuracy]],
    recipe: Recipe,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[EpochResult]:
    """Train a network; when the generator is exhausted, the network is in its best validated, averaged state.

    Args:
        network: the network, changed in place.
        predict: what the network makes of a batch. The loss is the mean over all outputs: with every iterate of a
            corrector among them, each iteration learns to improve the map (deep supervision).
        patches: where batches come from.
        validate: judges the network on the validation chips.
        recipe: how to train.
        checkpoint: file (.npz) written after each epoch; if it is there and fits the recipe, training goes on from it.
        progress: is told the share done and asked whether to stop, once per step.

    Raises:
        Cancelled: the user stopped; the checkpoint holds the last whole epoch.
        LabelError: the loss is not a number any more, or the checkpoint belongs to another recipe.
    """
    import torch

    progress = progress or Quiet()
    torch.manual_seed(recipe.seed)
    optimiser = torch.optim.AdamW(
        network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    state = TrainingState(network, optimiser, asdict(recipe), checkpoint)
    weights = torch.tensor(recipe.class_weights) if recipe.class_weights else None
    total = recipe.epochs * recipe.steps
    for epoch in range(state.epochs_done, recipe.epochs):
        rng = np.random.default_rng(
            [recipe.seed, epoch]
        )  # chance of an epoch does not depend on how it was reached
        torch.manual_seed(recipe.seed * 100_003 + epoch)
        network.train()
        losses = []
        start = time.monotonic()
        for step in range(epoch * recipe.steps, (epoch + 1) * recipe.steps):
            if progress.is_cancelled():
                raise Cancelled("Training was cancelled; the same command goes on from the last whole epoch.")
            batch = patches.draw(recipe.batch, rng)
            for group in optimiser.param_groups:
                group["lr"] = recipe.learning_rate * decay(step / total)
            loss = _loss(predict, batch, weights, recipe.border_px)
            if not math.isfinite(loss.item()):
                raise LabelError(
                    f"The loss is not a number any more at step {step + 1}; train with a smaller learning rate."
                )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            state.average_in(recipe.averaging)
            losses.append(loss.item())
            progress.report((step + 1) / total)
        seconds = time.monotonic() - start
        network.eval()
        with torch.no_grad(), state.averaged():
            validation = validate()
        is_best = state.finish_epoch(validation[-1].mean_iou)
        pixels = recipe.steps * recipe.batch * recipe.side_px**2
        yield EpochResult(epoch + 1, float(np.mean(losses)), validation, is_best, seconds, pixels / seconds)
    state.load_best()
    network.eval()


def decay(share_done: float) -> float:
    """The learning rate at a share of the training, relative to its start: a cosine from 1 to 0.01."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share_done))


def validate_on(
    samples: SampleSet, chips: Sequence[Chip], predict: Predict, halo_px: int, side_px: int = 512
) -> list[Accuracy]:
    """Accuracy of every output of a network on whole chips, tile by tile as the engine reads them.

    Args:
        samples: the sample set.
        chips: which of its chips.
        predict: what the network makes of (1, bands, height, width) and, if cached, scores.
        halo_px: how far the network looks; chips are mirrored at their edges.
        side_px: height and width of a tile, px.
    """
    import torch

    totals: list[Accuracy] = []
    for chip in chips:
        with ExitStack() as stack:
            paths = [samples.image_path(chip)]
            if samples.score_path(chip).exists():
                paths.append(samples.score_path(chip))
            readers = [stack.enter_context(RasterReader(str(path))) for path in paths]
            for tile in tile_grid(readers[0].grid.extent, side_px, halo_px, stride=4):
                pixels = [
                    torch.from_numpy(reader.read(tile.outer)[0].astype(np.float32))[None]
                    for reader in readers
                ]
                labels = read_chip(samples.label_path(chip), tile.inner)[0]
                inner = tile.inner.relative_to(tile.outer).slices()
                found = [
                    assess(labels, _codes(output[0])[inner], len(samples.classes))
                    for output in predict(pixels[0], pixels[1] if len(pixels) > 1 else None)
                ]
                totals = [a + b for a, b in zip(totals, found)] if totals else found
    return totals


def _codes(scores: Tensor) -> NDArray[np.uint8]:
    return (scores.argmax(0) + 1).numpy().astype(np.uint8)


def _loss(predict: Predict, batch: Batch, weights: Tensor | None, border_px: int) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    scores = None if batch.scores is None else torch.from_numpy(batch.scores)
    outputs = predict(torch.from_numpy(batch.image), scores)
    labels = torch.from_numpy(batch.labels.astype(np.int64)) - 1  # unlabelled becomes -1, which is ignored
    inner = slice(border_px, labels.shape[-1] - border_px)
    target = labels[:, inner, inner]
    losses = [
        cross_entropy(output[:, :, inner, inner], target, weights, ignore_index=-1) for output in outputs
    ]
    return torch.stack(losses).mean()
