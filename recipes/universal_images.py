"""Labelled images at the scale, size and cut in which a corrector learns from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

MULTIPLE_PX = 8  # of all image sides: what the networks take
MOST_CELLS = 4  # along each side of an image that is joined from tiles
Number = TypeVar("Number", np.uint8, np.uint16)
Cell = tuple[int, int]


@dataclass(frozen=True)
class PlaceImage:
    """An image and what it shows.

    Attributes:
        name: unique in its place.
        fold: 0 or 1; a classifier that learns from one maps the other.
        pixels: (3, height, width) uint8; sides are multiples of 8.
        truth: (height, width) uint8, class values from 1; 0 = unlabelled.
        instances: (height, width) uint16, the single objects from 1; 0 = none. None where the labels know no objects.
    """

    name: str
    fold: int
    pixels: NDArray[np.uint8]
    truth: NDArray[np.uint8]
    instances: NDArray[np.uint16] | None = None


def averaged(image: PlaceImage, shrink: int) -> PlaceImage:
    """An image at a lower resolution: colours by their mean, labels and objects by majority.

    Args:
        image: any; what is over at the right and the lower edge is dropped.
        shrink: how many pixels become one, along each side.
    """
    colours = _blocks(image.pixels, shrink).astype(np.float32).mean(0)
    objects = image.instances
    return PlaceImage(
        image.name,
        image.fold,
        np.round(colours).astype(np.uint8),
        _majority(_blocks(image.truth, shrink)),
        None if objects is None else _majority(_blocks(objects, shrink)),
    )


def cropped(image: PlaceImage) -> PlaceImage:
    """An image without what keeps its sides from being multiples of 8 px."""
    height, width = (side // MULTIPLE_PX * MULTIPLE_PX for side in image.truth.shape)
    return _window(image, image.name, image.fold, slice(height), slice(width))


def halves(image: PlaceImage) -> tuple[PlaceImage, PlaceImage]:
    """An image cut in two across its longer side; fold 0 and fold 1."""
    height, width = image.truth.shape
    if height >= width:
        cut, every = height // 2, slice(width)
        windows = ((slice(cut), every), (slice(cut, height), every))
    else:
        cut, every = width // 2, slice(height)
        windows = ((every, slice(cut)), (every, slice(cut, width)))
    first, second = (
        _window(image, f"{image.name}_{fold}", fold, *window) for fold, window in enumerate(windows)
    )
    return first, second


def rectangles(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells of a grid in full rectangles of at most `MOST_CELLS` a side; each cell once, the upper left ones first.

    Args:
        cells: (row, column).
    """
    left, found = set(cells), []
    while left:
        row, column = min(left)
        best: list[Cell] = []
        for right_first in (True, False):
            rows = columns = 1
            for grow_right in (right_first, not right_first):
                for _ in range(MOST_CELLS - 1):
                    more = (rows, columns + 1) if grow_right else (rows + 1, columns)
                    if not left.issuperset(_grid(row, column, *more)):
                        break
                    rows, columns = more
            block = _grid(row, column, rows, columns)
            best = max(best, block, key=len)
        found.append(best)
        left.difference_update(best)
    return found


def _grid(row: int, column: int, rows: int, columns: int) -> list[Cell]:
    return [(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]


def _window(image: PlaceImage, name: str, fold: int, rows: slice, columns: slice) -> PlaceImage:
    objects = image.instances
    return PlaceImage(
        name,
        fold,
        image.pixels[:, rows, columns],
        image.truth[rows, columns],
        None if objects is None else objects[rows, columns],
    )


def _blocks(values: NDArray[Number], shrink: int) -> NDArray[Number]:
    """The pixels that become one, first: (shrink * shrink, ..., height, width)."""
    height, width = (side // shrink * shrink for side in values.shape[-2:])
    return np.stack(
        [
            values[..., row:height:shrink, column:width:shrink]
            for row in range(shrink)
            for column in range(shrink)
        ]
    )


def _majority(votes: NDArray[Number]) -> NDArray[Number]:
    """The most frequent value along the first axis; of equally frequent ones the first."""
    supporters = np.zeros(votes.shape, np.uint8)
    for vote in votes:
        supporters += votes == vote
    chosen: NDArray[Number] = np.take_along_axis(votes, supporters.argmax(0)[None], 0)[0]
    return chosen
