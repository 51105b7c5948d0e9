"""Hints that say another class than one that the map to correct, or the classifier, is sure of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..progress import Quiet
from ..raster.tiling import Window, tile_grid
from .decision import Wanted
from .halo import halo_px
from .hints import Hints
from .map_run import MapRun
from .tile_inference import TileInference
from .tile_reader import TileReader

SURE = 0.95
"""The probability above which a class counts as sure; that of a class value in a map is less."""

_CELL_PX = 128
_MOST_CELLS = 64
_LOOKED_AT_PX = 256


@dataclass(frozen=True)
class Overturned:
    """A hint, and what was thought of one of its pixels before.

    Attributes:
        hint: which one, from 0.
        row: of the pixel in the image.
        col: likewise.
        class_number: of the class that was thought to be there, from 1.
        probability: of that class, 0 to 1.
    """

    hint: int
    row: int
    col: int
    class_number: int
    probability: float


def overturned_hints(run: MapRun) -> list[Overturned]:
    """The hints of a run that overturn a class that is sure, as far as a pixel in the middle of each tells.

    Only these pixels are read and, where a classifier makes the scores, classified. Where hints lie in more than
    `_MOST_CELLS` places, the first ones are looked at.

    Args:
        run: with hints, which it can take (`check_hints`).

    Raises:
        RasterError: image or map cannot be read.
        DeviceError: the device failed.
    """
    assert run.hints is not None
    cells: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for number in range(len(run.hints.hints)):
        spot = _middle(run.hints, number)
        if spot is not None and run.extent.contains(Window(*spot, 1, 1)):
            cells.setdefault((spot[0] // _CELL_PX, spot[1] // _CELL_PX), []).append((number, *spot))
    found = []
    for spots in list(cells.values())[:_MOST_CELLS]:
        top, left = min(row for _, row, _ in spots), min(col for _, _, col in spots)
        bottom, right = max(row for _, row, _ in spots), max(col for _, _, col in spots)
        around = Window(top, left, bottom - top + 1, right - left + 1)
        for window, scores in _start_scores(run, around):
            shares = _softmax(scores)
            for number, row, col in spots:
                if window.contains(Window(row, col, 1, 1)):
                    here = shares[:, row - window.row, col - window.col]
                    place = int(here.argmax())
                    if here[place] > SURE and place + 1 != run.hints.hints[number].class_number:
                        found.append(Overturned(number, row, col, place + 1, float(here[place])))
    return sorted(found, key=lambda one: one.hint)


def _middle(hints: Hints, number: int) -> tuple[int, int] | None:
    """The pixel of a hint that is nearest to the middle of its window; None where others cover it there."""
    box = hints.boxes()[number]
    if box is None:
        return None
    row, col = box.row + (box.height - 1) // 2, box.col + (box.width - 1) // 2
    near = Window(row, col, 1, 1).grown(_LOOKED_AT_PX // 2).clipped_to(box)
    rows, cols = np.nonzero(hints.read(near)[0] == hints.hints[number].class_number)
    if not len(rows):
        return None
    nearest = int(((rows + near.row - row) ** 2 + (cols + near.col - col) ** 2).argmin())
    return near.row + int(rows[nearest]), near.col + int(cols[nearest])


def _start_scores(run: MapRun, window: Window) -> Iterator[tuple[Window, NDArray[np.float32]]]:
    """The scores that the correction starts from, in windows that cover one; without those that have no data."""
    if run.start is not None:
        yield window, run.start.read(window).values
        return
    classifier = run.networks.classifier
    assert classifier is not None
    contract = classifier.contract
    halo = halo_px(contract, None, 0)
    alone = replace(run.networks, corrector=None, iterations=0)
    infer = TileInference(alone, halo, Wanted(confidence=False, scores=True), Quiet())
    read = TileReader(run.image, contract.bands, None)
    for tile in tile_grid(window, _CELL_PX, halo, contract.stride):
        given, _ = read(tile)
        if given is not None:
            scores = infer(given, tile).scores
            assert scores is not None
            yield tile.inner, scores


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    values = np.exp(scores.astype(np.float64) - scores.max(axis=0))
    shares: NDArray[np.float64] = values / values.sum(axis=0)
    return shares
