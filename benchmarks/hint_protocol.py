"""What is measured of hints on the maps of a place: a fixed protocol."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.metrics.accuracy import Accuracy, assess
from . import baselines
from .hint_methods import WALK_PX, clamped_crf, disc, random_walker
from .hint_places import PLACEMENTS, Click, drawn, hint_count, largest_pieces
from .left_out import Codes, JudgedImage, Scores, codes_of
from .universal_networks import UniversalNetwork

KINDS = ("forest, classes", "CNN, probabilities")
SIDE_PX = 744
"""Of an image the middle: so a budget per million pixels is a whole number on a full one."""
BUDGETS = (1, 2, 5, 10, 20, 50)
OTHER_BUDGETS = (5, 50)
"""Of the placements but the first."""
FIRST_PIECES, FIRST_LEAST_PX = 10, 64
ITERATIONS, ITERATIONS_BUDGET = (2, 4, 8, 16), 10
Hinted = Callable[[Sequence[Click]], Codes]
"""What a method makes of a map with hints, class values (height, width)."""


@dataclass
class Cell:
    """What a number of hints did, over the images of a place.

    Attributes:
        hints: how many.
        repaired: pixels that are right with them and were not without them.
        damaged: pixels that are wrong with them and were not.
        accuracies: of the images with them.
    """

    hints: int = 0
    repaired: int = 0
    damaged: int = 0
    accuracies: list[Accuracy] = field(default_factory=list)

    def add(self, image: JudgedImage, without: Codes, codes: Codes, hints: int) -> None:
        """Count one more image."""
        repaired, damaged = changes(image.truth, without, codes)
        self.hints += hints
        self.repaired += repaired
        self.damaged += damaged
        self.accuracies.append(assess(image.truth, codes, image.classes))

    def figures(self) -> dict[str, Any]:
        """As a row keeps them."""
        accuracy = sum(self.accuracies[1:], self.accuracies[0])
        return {
            "hints": self.hints,
            "repaired": self.repaired,
            "damaged": self.damaged,
            "mean_iou": accuracy.mean_iou,
            "mean_boundary_iou": accuracy.mean_boundary_iou,
        }


def changes(truth: Codes, without: Codes, codes: Codes) -> tuple[int, int]:
    """How many pixels are repaired, and how many damaged; unlabelled ones (0) do not count."""
    was, stays, counted = without == truth, codes == truth, truth > 0
    return int((~was & stays & counted).sum()), int((was & ~stays & counted).sum())


def methods(network: UniversalNetwork, image: JudgedImage, start: Scores) -> dict[str, Hinted]:
    """All methods on an image; what is made by hand begins with the network's map without hints, but for the CRF's own.

    Args:
        network: the one that is judged.
        image: with the truth.
        start: the map that is corrected.
    """
    corrected = network.scores(start, image.image)
    codes, shares = codes_of(corrected), baselines.shares_of(corrected)
    found: dict[str, Hinted] = {
        network.family: lambda clicks: (
            network.codes(start, image.image, drawn(clicks, codes.shape)) if clicks else codes
        ),
        "disc": lambda clicks: disc(codes, clicks),
        "dense CRF": lambda clicks: clamped_crf(shares, image.colours, clicks),
    }
    for radius in WALK_PX:
        found[f"random walker, {radius} px"] = lambda clicks, r=radius: random_walker(
            codes, image.image, clicks, r
        )
    return found


def measured(network: UniversalNetwork, images: Iterable[JudgedImage], alone: bool) -> dict[str, Any]:
    """The figures of a place, for each kind of map.

    Args:
        network: the one that is judged.
        images: of a place.
        alone: without what is made by hand (for a twin).
    """
    kinds: dict[str, _Figures] = {}
    for number, image in enumerate(images):
        for kind, start in image.starts.items():
            made = methods(network, image, start)
            if alone:
                made = {network.family: made[network.family]}
            figures = kinds.setdefault(kind, _Figures())
            rng = np.random.default_rng(zlib.crc32(f"{kind} {number}".encode()))
            _try_budgets(figures.cells, made, network.family, image, rng)
            _try_first(figures.first, made, network.family, image)
            _try_iterations(figures.iterations, network, image, start)
    return {kind: figures.row() for kind, figures in kinds.items()}


@dataclass
class _Figures:
    cells: dict[tuple[str, str, int], Cell] = field(default_factory=dict)
    """By method, placement and budget."""
    first: dict[str, list[list[int]]] = field(default_factory=dict)
    """By method, for each piece: its pixels, those of it that were repaired, all repaired, all damaged."""
    iterations: dict[tuple[int, int], Cell] = field(default_factory=dict)
    """By the number of iterations and the budget."""

    def row(self) -> dict[str, Any]:
        return {
            "budgets": [
                {"method": method, "placement": placement, "budget": budget, **cell.figures()}
                for (method, placement, budget), cell in self.cells.items()
            ],
            "first": self.first,
            "iterations": [
                {"iterations": iterations, "budget": budget, **cell.figures()}
                for (iterations, budget), cell in self.iterations.items()
            ],
        }


def _try_budgets(
    cells: dict[tuple[str, str, int], Cell],
    made: Mapping[str, Hinted],
    judged: str,
    image: JudgedImage,
    rng: np.random.Generator,
) -> None:
    """All methods with hints at the largest wrong pieces, the network with those of other placements as well."""
    without = {name: method([]) for name, method in made.items()}
    for placement, place in PLACEMENTS.items():
        is_first = placement == "largest"
        for budget in (0, *BUDGETS) if is_first else OTHER_BUDGETS:
            count = hint_count(budget, image.truth.size)
            for name, method in made.items() if is_first else [(judged, made[judged])]:
                # a CRF changes the map as a whole: its hints are placed by its own map
                clicks = place(without[name], image.truth, image.classes, count, rng)
                codes = method(clicks) if clicks else without[name]
                cell = cells.setdefault((name, placement, budget), Cell())
                cell.add(image, without[name], codes, len(clicks))


def _try_first(
    first: dict[str, list[list[int]]], made: Mapping[str, Hinted], judged: str, image: JudgedImage
) -> None:
    """One hint in each of the largest wrong pieces by itself; not for the CRF, which has no reach."""
    without = made[judged]([])
    for piece in largest_pieces(without, image.truth, FIRST_PIECES, FIRST_LEAST_PX):
        for name, method in made.items():
            if name == "dense CRF":
                continue
            codes = method([piece.centre])
            right = (codes == image.truth)[piece.window]
            found = [piece.size, int((right & piece.inside).sum()), *changes(image.truth, without, codes)]
            first.setdefault(name, []).append(found)


def _try_iterations(
    cells: dict[tuple[int, int], Cell], network: UniversalNetwork, image: JudgedImage, start: Scores
) -> None:
    """The process after few and after many iterations, without and with the same hints."""
    usual = network.codes(start, image.image)
    count = hint_count(ITERATIONS_BUDGET, image.truth.size)
    clicks = [piece.centre for piece in largest_pieces(usual, image.truth, count)]
    for iterations in ITERATIONS:
        without = network.codes(start, image.image, None, iterations)
        codes = network.codes(start, image.image, drawn(clicks, usual.shape), iterations)
        cells.setdefault((iterations, 0), Cell()).add(image, without, without, 0)
        cells.setdefault((iterations, ITERATIONS_BUDGET), Cell()).add(image, without, codes, len(clicks))
