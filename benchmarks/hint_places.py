"""Where hints are placed in the measurements, and which class they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from ..recipes.universal_starts import wrong_pieces

JITTER_PX = 5
WRONG_SHARE = 0.1
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Click:
    """A hint on one pixel, certain.

    Attributes:
        row: of the pixel.
        col: of the pixel.
        class_value: from 1.
    """

    row: int
    col: int
    class_value: int


@dataclass(frozen=True)
class Piece:
    """A wrong piece: connected wrong pixels of one true class.

    Attributes:
        centre: a click on the pixel that is farthest from its edge.
        window: where it lies.
        inside: its pixels within the window.
    """

    centre: Click
    window: tuple[slice, slice]
    inside: NDArray[np.bool_]

    @property
    def size(self) -> int:
        """Its pixels."""
        return int(self.inside.sum())


def hint_count(budget: int, pixels: int) -> int:
    """A budget of hints per million pixels as a number of hints in so many pixels, rounded up."""
    return -(-budget * pixels // 1_000_000)


def largest_pieces(codes: Codes, truth: Codes, count: int, least_px: int = 1) -> list[Piece]:
    """The largest wrong pieces, largest first; fewer than `count` if there are no more.

    Args:
        codes: the map without hints, class values from 1 (height, width).
        truth: what is there, 0 = unlabelled (height, width).
        count: the most there are.
        least_px: a smaller piece is left out.
    """
    numbered = wrong_pieces(codes.astype(np.int64) - 1, truth.astype(np.int64) - 1)
    sizes = np.bincount(numbered.ravel())[1:]
    windows = ndimage.find_objects(numbered)
    found = []
    for number in np.argsort(-sizes, kind="stable")[:count]:
        if sizes[number] < least_px:
            break
        window = windows[number]
        inside = numbered[window] == number + 1
        depth = ndimage.distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
        row, col = (int(place) for place in np.unravel_index(depth.argmax(), depth.shape))
        row, col = row + window[0].start, col + window[1].start
        found.append(Piece(Click(row, col, int(truth[row, col])), window, inside))
    return found


def at_pixels(which: NDArray[np.bool_], truth: Codes, count: int, rng: np.random.Generator) -> list[Click]:
    """Clicks on random pixels, with their true classes; none twice, fewer than `count` if there are no more.

    Args:
        which: where they may be (height, width).
        truth: class values (height, width).
        count: the most there are.
        rng: decides.
    """
    places = np.flatnonzero(which)
    chosen = rng.choice(places, min(count, len(places)), replace=False)
    rows, cols = np.unravel_index(chosen, truth.shape)
    return [Click(int(row), int(col), int(truth[row, col])) for row, col in zip(rows, cols)]


def jittered(clicks: Sequence[Click], shape: tuple[int, ...], rng: np.random.Generator) -> list[Click]:
    """The same clicks, up to `JITTER_PX` beside their places along both axes, still of the classes that were meant."""
    moved = rng.integers(-JITTER_PX, JITTER_PX + 1, (len(clicks), 2))
    return [
        Click(
            int(np.clip(click.row + down, 0, shape[0] - 1)),
            int(np.clip(click.col + right, 0, shape[1] - 1)),
            click.class_value,
        )
        for click, (down, right) in zip(clicks, moved)
    ]


def partly_wrong(clicks: Sequence[Click], classes: int, rng: np.random.Generator) -> list[Click]:
    """The same clicks, each with a chance of `WRONG_SHARE` of another class than it should have."""
    return [
        Click(click.row, click.col, (click.class_value - 1 + int(rng.integers(1, classes))) % classes + 1)
        if rng.random() < WRONG_SHARE
        else click
        for click in clicks
    ]


def drawn(clicks: Sequence[Click], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Clicks as a corrector takes hints: (2, height, width), class value and trust; of two on one pixel the later."""
    hints = np.zeros((2, *shape), np.float32)
    for click in clicks:
        hints[:, click.row, click.col] = click.class_value, 1.0
    return hints


PLACEMENTS: dict[str, Callable[[Codes, Codes, int, int, np.random.Generator], list[Click]]] = {
    "largest": lambda codes, truth, _, count, __: [
        piece.centre for piece in largest_pieces(codes, truth, count)
    ],
    "random": lambda codes, truth, _, count, rng: at_pixels(
        (codes != truth) & (truth > 0), truth, count, rng
    ),
    "jittered": lambda codes, truth, _, count, rng: jittered(
        [piece.centre for piece in largest_pieces(codes, truth, count)], truth.shape, rng
    ),
    "partly wrong": lambda codes, truth, classes, count, rng: partly_wrong(
        [piece.centre for piece in largest_pieces(codes, truth, count)], classes, rng
    ),
    "confirming": lambda codes, truth, _, count, rng: at_pixels(codes == truth, truth, count, rng),
}
"""By the name of a way: map without hints, truth, number of classes, number of hints and what decides, to clicks."""
