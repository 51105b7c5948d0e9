"""The correctors of the study: the forms that Recurve offers, and those they have to prove themselves against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from ...core.samples.sample_set import Chip, SampleSet
from ...core.training.corrector import CorrectorSettings, new_corrector
from ...core.training.recipe import Recipe
from ...models.pytorch.corrector import Corrector, DeepCorrector
from ...recipes import train_urban
from ...recipes.train_buildings import ITERATIONS

PRETRAINING_RECIPE = Recipe(
    epochs=5, steps=60, batch=32, side_px=128, learning_rate=1e-3, weight_decay=0.01, border_px=16
)


@dataclass(frozen=True)
class Refiner:
    """One corrector of the study.

    Attributes:
        name: for tables and files.
        iterations: that it is trained for.
        most_iterations: that it is judged after.
        make: makes it, untrained: from samples, the chips it learns from, and a seed.
        every_iterate: see `Unrolling`.
        starts_anywhere: see `Unrolling`.
        sees_coarse: whether its cells learn from the coarse labels first, see `pretrain_cells`.
        is_learned: whether it is trained on the accurate labels, or is made as it will be.
    """

    name: str
    iterations: int
    most_iterations: int
    make: Callable[[SampleSet, Sequence[Chip], int], Corrector]
    every_iterate: bool = True
    starts_anywhere: bool = True
    sees_coarse: bool = False
    is_learned: bool = True


class UntiedCorrector(Corrector):
    """The deep form with weights of its own at every iteration: the network that the recurrence saves.

    Args:
        steps: deep correctors; the guidance's features are those of the first, the rest each has its own.
    """

    form = "untied"
    stride = DeepCorrector.stride

    def __init__(self, steps: Sequence[DeepCorrector]) -> None:
        first = steps[0]
        super().__init__(first.mean.flatten().tolist(), first.deviation.flatten().tolist(), first.classes)
        self.score_scale.copy_(first.score_scale)
        self.steps = nn.ModuleList(steps)
        for step in steps[1:]:
            step.cells = step.to_pixels = nn.Identity()  # type: ignore[assignment]
        self.reach_px = first.reach_px

    def iterates(self, scores: Tensor, image: Tensor, iterations: int) -> list[Tensor]:
        """See `Corrector.iterates`; at most as many iterations as there are steps."""
        seen = self.steps[0].see(image)  # type: ignore[operator]
        found = []
        for step in list(self.steps)[:iterations]:
            scores = step.step(scores, step.guidance(seen))  # type: ignore[operator]
            found.append(scores)
        return found


def _of_form(samples: SampleSet, chips: Sequence[Chip], seed: int, **settings: Any) -> Corrector:
    return new_corrector(samples, chips, CorrectorSettings(seed=seed, **settings))


def _untied(samples: SampleSet, chips: Sequence[Chip], seed: int) -> Corrector:
    steps = [_of_form(samples, chips, seed + 1000 * step, form="deep") for step in range(ITERATIONS)]
    return UntiedCorrector(steps)  # type: ignore[arg-type]


class DilatedCorrector(DeepCorrector):
    """The deep form of version 0: its guidance comes from five dilated 3x3 layers at full resolution."""

    stride = 1
    dilations = (1, 2, 4, 8, 16)
    reach_px = sum(dilations) + 1

    def __init__(self, like: DeepCorrector, width: int = 24) -> None:
        super().__init__(
            like.mean.flatten().tolist(),
            like.deviation.flatten().tolist(),
            like.classes,
            2 / float(like.score_scale),
        )
        layers: list[nn.Module] = []
        channels = self.bands
        for dilation in self.dilations:
            layers += [
                nn.Conv2d(channels, width, 3, padding=dilation, dilation=dilation, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(),
            ]
            channels = width
        self.cells, self.to_pixels = nn.Sequential(*layers), nn.Identity()  # type: ignore[assignment]
        self.guidance = nn.Conv2d(width + self.bands, self.guidance.out_channels, 3, padding=1)

    def see(self, image: Tensor) -> Tensor:
        """See `DeepCorrector.see`; in single precision, as half gives dilated layers gradients that are no numbers."""
        with torch.autocast("cpu", enabled=False):  # PyTorch 2.13; or it ends the process
            return super().see(image)


def _dilated(samples: SampleSet, chips: Sequence[Chip], seed: int) -> Corrector:
    network = DilatedCorrector(_of_form(samples, chips, seed, form="deep"))  # type: ignore[arg-type]
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _guided(samples: SampleSet, _chips: Sequence[Chip], _seed: int) -> Corrector:
    sharpening, _ = train_urban.chosen_numbers(*train_urban.out_of_fold_classifiers())
    return train_urban.guided_corrector(samples, sharpening)


MOST = 12
DEEP = Refiner("deep", ITERATIONS, MOST, partial(_of_form, form="deep"))
SEEING = Refiner(
    "deep, coarse labels first", ITERATIONS, MOST, partial(_of_form, form="deep"), sees_coarse=True
)
PAPER = Refiner("paper", ITERATIONS, MOST, partial(_of_form, form="paper"))
AGNOSTIC = Refiner("paper class-agnostic", ITERATIONS, MOST, partial(_of_form, form="paper class-agnostic"))
TWIN = Refiner("feed-forward twin", 1, 1, partial(_of_form, form="deep", hidden=64))
PAPER_TWIN = Refiner("paper's feed-forward twin", 1, 1, partial(_of_form, form="paper", hidden=64))
UNTIED = Refiner("untied", ITERATIONS, ITERATIONS, _untied)
DILATED = Refiner("dilated guidance", ITERATIONS, MOST, _dilated)
LAST_LOSS = Refiner(
    "deep, loss on the last iterate", ITERATIONS, MOST, partial(_of_form, form="deep"), every_iterate=False
)
FROM_START = Refiner(
    "deep, always from the start", ITERATIONS, MOST, partial(_of_form, form="deep"), starts_anywhere=False
)
LONG = Refiner("deep, 10 iterations", 10, MOST, partial(_of_form, form="deep"))

GUIDED = Refiner(
    "guided", train_urban.MOST_ITERATIONS, MOST, _guided, is_learned=False
)  # as in the pretrained network

OFFERED_FORMS = (DEEP, PAPER)
ALL = (DEEP, PAPER, TWIN, PAPER_TWIN, AGNOSTIC, UNTIED)
ABLATIONS = (FROM_START, DILATED, SEEING, LAST_LOSS, LONG)
EVERY = (*ALL, GUIDED, *ABLATIONS)
