"""Fitting a network to a sample set: one loop for classifier and corrector."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from ..errors import TRAINING_CANCELLED, Cancelled, LabelError
from ..metrics.accuracy import Accuracy
from ..progress import Progress, Quiet
from ..translation import tr
from .checkpoint import TrainingState
from .devices import precision
from .history import EpochResult, best_of, judged
from .patches import Batch, PatchSource
from .recipe import Recipe, TrainingRun, decay

if TYPE_CHECKING:
    from torch import Tensor, nn

    from .validation_accuracy import Predict


class _NonFiniteLoss(Exception):  # noqa: N818 (how an epoch ends; `fit` decides what becomes of it)
    """The loss or the weights became NaN or infinite."""


def fit(
    network: nn.Module,
    predict: Predict,
    patches: PatchSource,
    validate: Callable[[], list[Accuracy]],
    run: TrainingRun,
    progress: Progress | None = None,
) -> Iterator[EpochResult]:
    """Train a network; when the generator is exhausted, the network is in its best validated, averaged state.

    Args:
        network: the network, changed in place.
        predict: what the network makes of a batch. The loss is the mean over all outputs: with every iterate of a
            corrector among them, each iteration learns to improve the map (deep supervision).
        patches: where batches come from.
        validate: judges the network on the validation chips.
        run: how and where to train.
        progress: is told the share done and why a training ends early, and asked once per step whether to stop.

    Yields:
        What each epoch brought; first those that the checkpoint knows.

    Raises:
        Cancelled: the user stopped; the checkpoint holds the last whole epoch.
        LabelError: the loss became NaN or infinite in the first epoch, or the checkpoint belongs to another recipe or
            cannot be read or written.
    """
    import torch

    progress, recipe = progress or Quiet(), run.recipe
    torch.manual_seed(recipe.seed)
    network.to(run.device)
    optimiser = torch.optim.AdamW(
        network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    state = TrainingState(network, optimiser, asdict(recipe), run.checkpoint)
    yield from state.history
    for epoch in range(len(state.history), recipe.epochs):
        if recipe.patience and epoch and epoch - best_of(state.history).epoch >= recipe.patience:
            progress.say(
                tr(
                    "Training ends early: no epoch after epoch {best} was better (patience: {patience}).",
                    patience=recipe.patience,
                    best=best_of(state.history).epoch,
                )
            )
            break
        start = time.monotonic()
        try:
            loss = _train_epoch(state, predict, patches, run, progress)
        except _NonFiniteLoss as fault:
            if not state.history:
                raise LabelError(tr("{fault}; train with a smaller learning rate.", fault=fault)) from None
            progress.say(
                tr(
                    "{fault}: the best state so far, of epoch {best}, is kept.",
                    fault=fault,
                    best=best_of(state.history).epoch,
                )
            )
            break
        trained = time.monotonic()
        network.eval()
        with state.averaged():
            validation = validate()
        pixels = recipe.steps * recipe.batch * recipe.side_px**2
        result = EpochResult(
            epoch + 1,
            loss,
            validation,
            state.is_best(judged(validation)),
            trained - start,
            pixels / (trained - start),
            time.monotonic() - trained,
            torch.get_num_threads(),
        )
        state.finish_epoch(result)
        yield result
    state.load_best()
    network.eval()


def _train_epoch(
    state: TrainingState, predict: Predict, patches: PatchSource, run: TrainingRun, progress: Progress
) -> float:
    """All steps of the next epoch; the mean loss."""
    import torch

    recipe, epoch = run.recipe, len(state.history)
    # the random numbers of an epoch do not depend on how it was reached
    rng = np.random.default_rng([recipe.seed, epoch])
    torch.manual_seed(recipe.seed * 100_003 + epoch)
    state.network.train()
    losses: list[float] = []
    total, first = recipe.epochs * recipe.steps, epoch * recipe.steps
    with closing(patches.batches(recipe.batch, recipe.steps, rng)) as batches:
        for step, batch in enumerate(batches, start=first):
            if progress.is_cancelled():
                raise Cancelled(tr(TRAINING_CANCELLED))
            for group in state.optimiser.param_groups:
                group["lr"] = recipe.learning_rate * decay(step / total)
            loss = _loss(predict, batch, recipe, run.device)
            losses.append(loss.item())
            if not math.isfinite(losses[-1]):
                raise _NonFiniteLoss(tr("The loss became NaN or infinite at step {step}", step=step + 1))
            state.optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(state.network.parameters(), 1.0)
            state.optimiser.step()
            state.average_in(recipe.averaging)
            progress.report((step + 1) / total)
    if not state.is_finite():
        raise _NonFiniteLoss(
            tr("The weights became NaN or infinite at step {step}", step=first + recipe.steps)
        )
    return float(np.mean(losses))


def _loss(predict: Predict, batch: Batch, recipe: Recipe, device: str) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    scores = None if batch.scores is None else torch.from_numpy(batch.scores).to(device)
    with precision(device):
        outputs = predict(torch.from_numpy(batch.image).to(device), scores)
    # unlabelled becomes -1, which is ignored
    labels = torch.from_numpy(batch.labels.astype(np.int64)).to(device) - 1
    weights = torch.tensor(recipe.class_weights, device=device) if recipe.class_weights else None
    inner = slice(recipe.border_px, labels.shape[-1] - recipe.border_px)
    target = labels[:, inner, inner]
    losses = [
        cross_entropy(
            output[:, :, inner, inner].float(),
            target,
            weights,
            ignore_index=-1,
            label_smoothing=recipe.label_smoothing,
        )
        for output in outputs
    ]
    return torch.stack(losses).mean()
