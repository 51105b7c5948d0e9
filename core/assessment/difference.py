"""What one map made better and worse than another: repaired and damaged pixels.

Pixels without a class in a map count as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...models.contract import ClassEntry
from ..metrics.boundary import Codes
from ..metrics.confusion import ratio
from ..raster.grid import Grid
from ..raster.legend import rgb
from ..raster.tiling import Window

BOTH_RIGHT, REPAIRED, DAMAGED, BOTH_WRONG = 1, 2, 3, 4
DIFFERENCE_CLASSES = (
    ClassEntry("Both right", "#e3e3e3"),
    ClassEntry("Repaired", "#1f6fd0"),
    ClassEntry("Damaged", "#e3261d"),
    ClassEntry("Both wrong", "#6b6b6b"),
)
"""Value 1 is the first; 0 says nothing: no reference."""

_LONGEST_OVERVIEW_PX = 700


@dataclass(frozen=True)
class Change:
    """What became of the labelled pixels between an earlier and a later map.

    Attributes:
        both_right: in both maps.
        repaired: wrong, then right.
        damaged: right, then wrong.
        both_wrong: in both maps.
        no_data: how many of them have no class in one of the maps, which is wrong there.
    """

    both_right: int
    repaired: int
    damaged: int
    both_wrong: int
    no_data: int = 0

    @property
    def damage(self) -> float:
        """Share of the right pixels that were made wrong; nan without any."""
        return float(ratio(self.damaged, self.both_right + self.damaged))

    @property
    def repair(self) -> float:
        """Share of the wrong pixels that were made right; nan without any."""
        return float(ratio(self.repaired, self.both_wrong + self.repaired))


def difference(reference: Codes, earlier: Codes, later: Codes) -> Codes:
    """What became of each pixel: 0, or one of the values of this module.

    Args:
        reference: (height, width) class values, 0 = unlabelled.
        earlier: the same of a map, 0 = no data.
        later: the same of a map.
    """
    codes = np.array([[BOTH_WRONG, REPAIRED], [DAMAGED, BOTH_RIGHT]], np.uint8)
    was_right, is_right = (np.equal(reference, plane).astype(np.intp) for plane in (earlier, later))
    return np.where(reference > 0, codes[was_right, is_right], np.uint8(0))


class Overview:
    """A small picture of the difference: the mean colour of the pixels in each cell, white where nothing is known."""

    def __init__(self, grid: Grid) -> None:
        """Take the grid of the difference."""
        self._upright = grid.upright
        self._cell_px = -(-max(grid.height, grid.width) // _LONGEST_OVERVIEW_PX)
        self._counts = np.zeros(
            (*self._cells(grid.height, grid.width), len(DIFFERENCE_CLASSES) + 1), np.int64
        )

    def _cells(self, height: int, width: int) -> tuple[int, int]:
        return -(-height // self._cell_px), -(-width // self._cell_px)

    def add(self, codes: Codes, window: Window) -> None:
        """Take the difference of a window (height, width)."""
        kinds = self._counts.shape[2]
        rows = np.arange(window.row, window.row_stop) // self._cell_px
        cols = np.arange(window.col, window.col_stop) // self._cell_px
        shape = (rows[-1] - rows[0] + 1, cols[-1] - cols[0] + 1, kinds)
        cells = (rows - rows[0])[:, None] * shape[1] + (cols - cols[0])
        counts = np.bincount((cells * kinds + codes).ravel(), minlength=int(np.prod(shape))).reshape(shape)
        self._counts[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1] += counts

    def picture(self) -> NDArray[np.uint8]:
        """(height, width, 3) colours, with north above."""
        colours = np.array([rgb(entry.colour) for entry in DIFFERENCE_CLASSES], dtype=np.float32)
        known = self._counts[..., 1:].astype(np.float32)
        total = known.sum(axis=2, keepdims=True)
        mixed = known @ colours / np.maximum(total, 1)
        return self._upright(np.where(total > 0, np.rint(mixed), 255).astype(np.uint8))
