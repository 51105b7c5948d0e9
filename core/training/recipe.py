"""How long, how fast and on what patches a network learns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import LabelError
from ..samples.sample_set import Chip, SampleSet
from ..translation import tr

_PASSES = 4
_MIN_STEPS, _MAX_STEPS = 50, 500
_LEAST_PX = 6_500_000


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        epochs: how many epochs; after each one the network is validated.
        steps: steps per epoch.
        batch: batch size: patches in a training step.
        side_px: height and width of a patch.
        learning_rate: Adam's at the start; it falls along a cosine to a hundredth.
        weight_decay: decoupled weight decay per step, relative to the learning rate.
        border_px: width of the patch border that is left out of the loss, because its outputs see the zero padding.
        class_weights: weight of each class in the loss, or empty for equal weights.
        averaging: how much of the running average of all weights is kept at each step. The average is what is
            validated and kept: flawed labels make the weights of single steps unstable.
        seed: random seed; same seed, machine and thread count give the same weights.
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


@dataclass(frozen=True)
class TrainingRun:
    """How and where a network is trained.

    Attributes:
        recipe: how.
        checkpoint: file (.npz) written after each epoch; if it is there and fits the recipe, training goes on from it.
            None for memory only.
        device: PyTorch's, as `training_device` names it.
    """

    recipe: Recipe
    checkpoint: Path | None = None
    device: str = "cpu"


def decay(share_done: float) -> float:
    """The learning rate at a share of the training, relative to its start: a cosine from 1 to 0.01."""
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share_done))


def steps_per_epoch(samples: SampleSet, batch: int, side_px: int) -> int:
    """As many steps as show each labelled pixel about four times, within what is of use between two validations.

    Small sample sets are shown more often: augmented, they go on teaching long after that (`benchmarks/study.md`).
    """
    pixels = max(_PASSES * sum(samples.class_pixels["train"]), _LEAST_PX)
    return min(max(-(-pixels // (batch * side_px**2)), _MIN_STEPS), _MAX_STEPS)


def patience_of(epochs: int) -> int:
    """After how many epochs without a better one a training ends early: a quarter of them, at least 5."""
    return max(5, -(-epochs // 4))


def patch_side_px(chips: Sequence[Chip], wanted_px: int, stride: int, reach_px: int) -> int:
    """The side of the patches: as wanted, or smaller where nine tenths of the pixels would not be learned from.

    Args:
        chips: the training chips.
        wanted_px: the largest side that is of use.
        stride: the side is a multiple of it.
        reach_px: how far the network looks in one application; a patch must be larger.

    Raises:
        LabelError: the chips are too small.
    """
    areas = {chip: chip.height * chip.width for chip in chips}
    sides = range(wanted_px - wanted_px % stride, reach_px, -stride)
    for side in sides:
        usable = sum(area for chip, area in areas.items() if min(chip.height, chip.width) >= side)
        if usable >= 0.9 * sum(areas.values()):
            return side
    for side in sides:  # the chips are of many sizes: learn from the larger ones
        if any(min(chip.height, chip.width) >= side for chip in chips):
            return side
    largest = max(min(chip.height, chip.width) for chip in chips)
    raise LabelError(
        tr(
            "The largest training chip is {largest} px wide, and this network, whose receptive field radius is "
            "{radius} px, needs chips of {needed} px or more; prepare the samples with larger chips.",
            largest=largest,
            radius=reach_px,
            needed=sides[-1],
        )
    )


def balanced_weights(samples: SampleSet) -> tuple[float, ...]:
    """Weights of the classes that let each class count alike, with mean 1; 0 for classes without labels."""
    over = np.array([1 / count if count else 0.0 for count in samples.class_pixels["train"]])
    return tuple(float(weight) for weight in over / over[over > 0].mean())
