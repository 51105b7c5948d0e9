"""Every method on every base: learned or searched where it may, judged once on the test part, kept as a file."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.raster.tiling import Window
from ...core.samples.sample_set import Chip, read_chip
from ...core.training.corrector_worth import WORTH_USING
from ...core.training.dataset import TrainingData
from ...core.training.fitting import Unrolling, fit_corrector
from ...core.training.recipe import TrainingRun
from ...core.training.validation_accuracy import maps_of, validate_on
from ...models.pytorch.corrector import Corrector, DeepCorrector
from ...recipes.steps import Spoken, say
from ...recipes.train_buildings import CORRECTOR, GOING_ON
from .. import baselines
from .coarse_labels import pretrain_cells
from .datasets import Base
from .metrics import Codes, Measured, measure
from .refiners import PRETRAINING_RECIPE, Refiner

SEARCHED_PX = 1024
"""Largest side of the pieces that choose the settings of the hand-crafted baselines."""


@dataclass(frozen=True)
class Row:
    """What one method made of the test part.

    Attributes:
        name: of the method.
        measured: after iteration 0, 1, ...; of methods without iterations the classifier's map and the method's.
        settings: of a baseline: the best found.
        iterations: that it was trained for.
        parameters: of a network.
        on_chosen: of a network: mean IoU after iteration 0, 1, ... on the chips that choose the epochs.
        made: the day.
    """

    name: str
    measured: list[Measured]
    settings: dict[str, Any]
    iterations: int = 1
    parameters: int = 0
    on_chosen: list[float] = field(default_factory=list)
    made: str = field(default_factory=lambda: str(datetime.date.today()))

    @property
    def kept(self) -> int:
        """How many iterations are best on the chips that choose the epochs, 0 for none.

        Who trains a corrector knows this, and is told to use none that hardly helps there.
        """
        if not self.on_chosen:
            return self.iterations
        best = int(np.argmax(self.on_chosen))
        return best if self.on_chosen[best] - self.on_chosen[0] >= WORTH_USING else 0

    @property
    def gated(self) -> Measured:
        """After as many iterations as are best on the chips that choose the epochs."""
        return self.measured[self.kept]

    @property
    def final(self) -> Measured:
        """After the iterations that it was trained for."""
        return self.measured[self.iterations]

    def write(self, path: Path) -> None:
        """Keep the row as JSON."""
        record = {
            **asdict(replace(self, measured=[])),
            "measured": [part.to_record() for part in self.measured],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(record), encoding="utf-8")
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> Row:
        """The row that `write` kept."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**record, "measured": [Measured.from_record(part) for part in record["measured"]]})


def row_path(rows: Path, base: str, method: str) -> Path:
    """Where the row of a method lies in the folder of the rows of all bases."""
    return rows / base / f"{method}.json"


def are_there(rows: Path, base: str, methods: Iterable[str]) -> bool:
    """Whether nothing has to be measured, so that no scores are needed either."""
    return all(row_path(rows, base, method).exists() for method in methods)


def fill_baselines(base: Base, rows: Path) -> None:
    """Make the rows of the hand-crafted baselines that are not there yet; they do not depend on a seed."""
    for name, settings, method in baselines.methods():
        path = row_path(rows, base.name, name)
        if not path.exists():
            say(f"{base.name}: {name}")
            _baseline(base, name, settings, method).write(path)


def fill(base: Base, refiners: Iterable[Refiner], seed: int, rows: Path, work: Path) -> None:
    """Train the correctors whose rows are not there yet, and make these.

    Args:
        base: the scores to correct.
        refiners: the correctors.
        seed: of the trainings.
        rows: the folder of the rows of all bases.
        work: that of their trainings.
    """
    for refiner in refiners:
        path = row_path(rows, base.name, refiner.name)
        if not path.exists():
            say(f"{base.name}: {refiner.name}, seed {seed}")
            _learned(base, refiner, seed, work).write(path)


def trained(base: Base, refiner: Refiner, seed: int, work: Path) -> Corrector:
    """A corrector, trained; from its checkpoint where that is complete.

    Args:
        base: the scores to correct.
        refiner: the corrector.
        seed: of the training.
        work: the folder of the trainings of all bases.
    """
    checkpoint = work / base.name / f"{refiner.name}.npz"
    if base.before is not None:
        network, recipe = trained(base.before, refiner, seed, work), GOING_ON
    else:
        network, recipe = refiner.make(base.samples, base.training, seed), CORRECTOR
    if not refiner.is_learned:
        return network.eval()
    if refiner.sees_coarse and base.before is None:
        assert isinstance(network, DeepCorrector)
        seeing = TrainingRun(replace(PRETRAINING_RECIPE, seed=seed), work / "seeing.npz")
        pretrain_cells(network, TrainingData(base.samples, base.coarse, base.validation), seeing, Spoken())
    recipe = replace(recipe, epochs=base.epochs or recipe.epochs, seed=seed, side_px=_patch_px(base.training))
    data = TrainingData(base.samples, base.training, base.validation)
    unrolling = Unrolling(refiner.iterations, refiner.every_iterate, refiner.starts_anywhere)
    fit_corrector(network, data, unrolling, TrainingRun(recipe, checkpoint), Spoken())
    return network


def maps_after(base: Base, chip: Chip, network: Corrector, iterations: int) -> list[Codes]:
    """The maps of a chip after 0, 1, ... iterations, each (height, width)."""
    extent = Window(0, 0, chip.height, chip.width)
    maps = [np.zeros((chip.height, chip.width), np.uint8) for _ in range(iterations + 1)]

    def predict(image: Any, scores: Any) -> list[Any]:
        return [scores, *network.iterates(scores, image, iterations)]

    halo_px = network.reach_px + iterations * network.reach_per_iteration_px
    for tile, found in maps_of(base.samples, chip, extent, predict, halo_px):
        for plane, codes in zip(maps, found):
            plane[tile.inner.slices()] = codes
    return maps


def judge(base: Base, refiner: Refiner, network: Corrector) -> Row:
    """A trained corrector on the test part, after 0, 1, ... iterations."""
    totals: list[Measured] = []
    for chip in base.test:
        maps = maps_after(base, chip, network, refiner.most_iterations)
        found = [_measured(base, chip, maps[0], codes) for codes in maps]
        totals = [a + b for a, b in zip(totals, found)] if totals else found
    parameters = sum(weight.numel() for weight in network.parameters())
    return Row(refiner.name, totals, {}, refiner.iterations, parameters)


def _learned(base: Base, refiner: Refiner, seed: int, work: Path) -> Row:
    network = trained(base, refiner, seed, work)
    return replace(judge(base, refiner, network), on_chosen=on_chosen(base, refiner, network))


def on_chosen(base: Base, refiner: Refiner, network: Corrector) -> list[float]:
    """Mean IoU after each iteration, up to those it is trained for, on the chips that choose the epochs."""

    def predict(image: Any, scores: Any) -> list[Any]:
        return [scores, *network.iterates(scores, image, refiner.iterations)]

    halo_px = network.reach_px + refiner.iterations * network.reach_per_iteration_px
    found = validate_on(base.samples, base.validation, predict, halo_px)
    return [accuracy.mean_iou for accuracy in found]


def _baseline(base: Base, name: str, settings: Sequence[dict[str, Any]], method: Callable[..., Codes]) -> Row:
    pieces = [
        (_inputs(base, chip, _searched(chip)), read_chip(base.samples.label_path(chip), _searched(chip))[0])
        for chip in base.validation
    ]

    def score(chosen: dict[str, Any]) -> float:
        parts = [
            measure(labels, np.zeros_like(labels), method(*inputs, **chosen), len(base.samples.classes))
            for inputs, labels in pieces
        ]
        return sum(parts[1:], parts[0]).mean_iou

    best = max(settings, key=score)
    totals: list[Measured] = []
    for chip in base.test:
        shares, image = _inputs(base, chip, Window(0, 0, chip.height, chip.width))
        before = (shares.argmax(axis=0) + 1).astype(np.uint8)
        found = [_measured(base, chip, before, codes) for codes in (before, method(shares, image, **best))]
        totals = [a + b for a, b in zip(totals, found)] if totals else found
    return Row(name, totals, best)


def _measured(base: Base, chip: Chip, before: Codes, codes: Codes) -> Measured:
    return measure(read_chip(base.samples.label_path(chip))[0], before, codes, len(base.samples.classes))


def _inputs(base: Base, chip: Chip, window: Window) -> tuple[baselines.Shares, NDArray[np.float32]]:
    scores = read_chip(base.samples.score_path(chip), window)
    image = read_chip(base.samples.image_path(chip), window).astype(np.float32)
    return baselines.shares_of(scores), image


def _searched(chip: Chip) -> Window:
    return Window(0, 0, min(chip.height, SEARCHED_PX), min(chip.width, SEARCHED_PX))


def _patch_px(chips: Sequence[Chip]) -> int:
    return min(CORRECTOR.side_px, *(min(chip.height, chip.width) for chip in chips))
