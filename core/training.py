"""Fitting a network to a sample set: one loop for classifier and corrector."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..models.errors import DeviceError
from .assessment import Accuracy
from .epochs import EpochResult, best_of
from .errors import TRAINING_CANCELLED, Cancelled, LabelError
from .patches import Batch, PatchSource
from .progress import Progress, Quiet
from .training_state import TrainingState

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn
    from torch.optim import Optimizer

    from .validation import Predict

DEVICES = ("auto", "CUDA", "CPU")
"""Where PyTorch trains."""


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
        label_smoothing: share of each label that is spread over all classes.
        patience: after so many epochs without a better one the training ends early; 0 for never.
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
    label_smoothing: float = 0.0
    patience: int = 0


class _LossIsNoNumber(Exception):  # noqa: N818 (how an epoch ends; `fit` decides what becomes of it)
    """The loss or the weights are not numbers any more."""


def fit(
    network: nn.Module,
    predict: Predict,
    patches: PatchSource,
    validate: Callable[[], list[Accuracy]],
    recipe: Recipe,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
    device: str = "cpu",
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
        progress: is told the share done and why a training ends early, and asked once per step whether to stop.
        device: PyTorch's device.

    Yields:
        What each epoch brought; first those that the checkpoint knows.

    Raises:
        Cancelled: the user stopped; the checkpoint holds the last whole epoch.
        LabelError: the loss is not a number any more in the first epoch, or the checkpoint belongs to another recipe or
            cannot be read or written.
    """
    import torch

    progress = progress or Quiet()
    torch.manual_seed(recipe.seed)
    network.to(device)
    optimiser = torch.optim.AdamW(
        network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    state = TrainingState(network, optimiser, asdict(recipe), checkpoint)
    yield from state.history
    for epoch in range(len(state.history), recipe.epochs):
        if recipe.patience and epoch and epoch - best_of(state.history).epoch >= recipe.patience:
            progress.say(
                f"Training ends early: the last {recipe.patience} epochs brought nothing better than epoch "
                f"{best_of(state.history).epoch}."
            )
            break
        start = time.monotonic()
        try:
            loss = _train_epoch(network, predict, patches, recipe, epoch, optimiser, state, progress, device)
        except _LossIsNoNumber as fault:
            if not state.history:
                raise LabelError(f"{fault}; train with a smaller learning rate.") from None
            progress.say(f"{fault}: the best state so far, of epoch {best_of(state.history).epoch}, is kept.")
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
            state.is_best(validation[-1].mean_iou),
            trained - start,
            pixels / (trained - start),
            time.monotonic() - trained,
            torch.get_num_threads(),
        )
        state.finish_epoch(result)
        yield result
    state.load_best()
    network.eval()


def training_device(name: str) -> str:
    """PyTorch's name for a device.

    Args:
        name: one of `DEVICES`; 'auto' is CUDA where PyTorch has it.

    Raises:
        DeviceError: CUDA was asked for and PyTorch has none.
    """
    import torch

    if name == "CPU" or (name == "auto" and not torch.cuda.is_available()):
        return "cpu"
    if not torch.cuda.is_available():
        raise DeviceError(
            f"PyTorch {torch.__version__} has no CUDA here; choose 'auto' or 'CPU', or install a PyTorch with CUDA and "
            "NVIDIA's driver."
        )
    torch.backends.cudnn.deterministic = True  # the same seed gives the same weights
    return "cuda"


def decay(share_done: float) -> float:
    """The learning rate at a share of the training, relative to its start: a cosine from 1 to 0.01."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share_done))


def _train_epoch(
    network: nn.Module,
    predict: Predict,
    patches: PatchSource,
    recipe: Recipe,
    epoch: int,
    optimiser: Optimizer,
    state: TrainingState,
    progress: Progress,
    device: str,
) -> float:
    """All steps of an epoch; the mean loss."""
    import torch

    # chance of an epoch does not depend on how it was reached
    rng = np.random.default_rng([recipe.seed, epoch])
    torch.manual_seed(recipe.seed * 100_003 + epoch)
    network.train()
    losses: list[float] = []
    total, first = recipe.epochs * recipe.steps, epoch * recipe.steps
    with closing(patches.batches(recipe.batch, recipe.steps, rng)) as batches:
        for step, batch in enumerate(batches, start=first):
            if progress.is_cancelled():
                raise Cancelled(TRAINING_CANCELLED)
            for group in optimiser.param_groups:
                group["lr"] = recipe.learning_rate * decay(step / total)
            loss = _loss(predict, batch, recipe, device)
            losses.append(loss.item())
            if not math.isfinite(losses[-1]):
                raise _LossIsNoNumber(f"The loss is not a number any more at step {step + 1}")
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            state.average_in(recipe.averaging)
            progress.report((step + 1) / total)
    if not state.is_finite():
        raise _LossIsNoNumber(f"The weights are not numbers any more at step {first + recipe.steps}")
    return float(np.mean(losses))


def precision(device: str) -> torch.autocast:
    """The context in which layers learn: bfloat16 where a CPU computes it, for half the time.

    Args:
        device: PyTorch's device.
    """
    import torch

    # older versions of PyTorch do not tell what a CPU can
    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    is_half = device == "cpu" and bool(capabilities.get("avx512_bf16"))
    # casts made without gradients (see `fit_corrector`) must not be kept for what needs them
    return torch.autocast(device, torch.bfloat16, is_half, cache_enabled=False)


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
