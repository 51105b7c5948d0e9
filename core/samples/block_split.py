"""An image cut into spatial blocks, each of which is learned from or validated on, but never both.

Neighbouring pixels show the same roof: a network that has learned from one of them knows the other. So the two splits
are made of whole blocks, and labels near the other split are left out (`chip_cutter.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..raster.tiling import Window

GAP_PX = 64
"""How far labels of different splits are apart at least, px: farther than the paper's classifier and corrector look (37
and 10 px), and nearly as far as the U-Net does (66 px, though it sees little from the outermost)."""
TRAIN, VALIDATION = 0, 1
"""The splits as numbers."""

Block = tuple[int, int]
"""Row and column of a block."""


@dataclass(frozen=True)
class BlockGrid:
    """Equal blocks that cover an image.

    Attributes:
        extent: the image's pixels.
        height: of a block, px; the last row may be lower.
        width: of a block, px; the last column may be narrower.
    """

    extent: Window
    height: int
    width: int

    @classmethod
    def of_size(cls, extent: Window, height_px: int, width_px: int) -> BlockGrid:
        """Blocks of at most this size, as equal as can be: 1000 px in blocks of 400 px are three of 334 px."""
        rows, cols = -(-extent.height // height_px), -(-extent.width // width_px)
        return cls(extent, -(-extent.height // rows), -(-extent.width // cols))

    def window(self, block: Block) -> Window:
        """The pixels of a block."""
        row, col = block
        whole = Window(row * self.height, col * self.width, self.height, self.width)
        return whole.clipped_to(self.extent)

    def touched(self, boxes: NDArray[np.int64]) -> list[Block]:
        """The blocks that rectangles of pixels reach into, row by row.

        Args:
            boxes: (n, 4): first row, first column, row and column after the last.
        """
        sides = np.array([self.height, self.width])
        first, last = boxes[:, :2] // sides, (boxes[:, 2:] - 1) // sides
        spans = {tuple(span) for span in np.concatenate([first, last], axis=1).tolist()}
        return sorted(
            {
                (row, col)
                for top, left, bottom, right in spans
                for row in range(top, bottom + 1)
                for col in range(left, right + 1)
            }
        )


def split_blocks(
    class_pixels: NDArray[np.int64], share: float, seed: int, known: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Spread blocks over the splits so that each split gets its share of each class.

    The rarest class comes first (Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data", 2011):
    its blocks go, in random order, to the split that still lacks most of it. The last block of a class goes to a split
    that has none of it yet.

    Args:
        class_pixels: labelled pixels of each class in each block (blocks, classes).
        share: of the labelled pixels that are for validation; 0 and 1 leave the other split empty.
        seed: random seed.
        known: TRAIN or VALIDATION for blocks whose split is given, -1 for those that are to be spread.

    Returns:
        TRAIN or VALIDATION for each block.
    """
    splits = known.copy()
    if share in (0, 1):
        splits[known < 0] = VALIDATION if share else TRAIN
        return splits
    shares = class_pixels / np.maximum(class_pixels.sum(axis=0), 1)  # of each class, in each block
    has_class = class_pixels > 0
    lacking = np.repeat(np.array([[1 - share], [share]]), shares.shape[1], axis=1)  # (splits, classes)
    for split in (TRAIN, VALIDATION):
        lacking[split] -= shares[known == split].sum(axis=0)
    holds = np.stack([has_class[known == split].any(axis=0) for split in (TRAIN, VALIDATION)])
    order = np.random.default_rng(seed).permutation(np.flatnonzero(known < 0))
    left = has_class[order].sum(axis=0)  # blocks of each class that are to be spread
    for kind in np.argsort(left, kind="stable"):
        for block in order[has_class[order, kind]]:
            if splits[block] >= 0:
                continue
            splits[block] = _split_for(lacking[:, kind], holds[:, kind], int(left[kind]))
            lacking[splits[block]] -= shares[block]
            holds[splits[block]] |= has_class[block]
            left -= has_class[block]
    splits[splits < 0] = TRAIN  # blocks without a label
    return splits


def _split_for(lacking: NDArray[np.float64], holds: NDArray[np.bool_], left: int) -> int:
    if left == 1 and not holds.all():
        return VALIDATION if holds[TRAIN] else TRAIN
    return int(np.argmax(lacking))


def overlap(one: Window, other: Window) -> int:
    """How many pixels two windows have in common."""
    rows = min(one.row_stop, other.row_stop) - max(one.row, other.row)
    cols = min(one.col_stop, other.col_stop) - max(one.col, other.col)
    return max(rows, 0) * max(cols, 0)


def near(labelled: NDArray[np.bool_], distance_px: int) -> NDArray[np.bool_]:
    """Which pixels are at most so many rows and columns away from a labelled one (height, width)."""
    for axis in (0, 1):
        border = [(0, 0), (0, 0)]
        border[axis] = (distance_px + 1, distance_px)
        sums = np.cumsum(np.pad(labelled, border), axis=axis, dtype=np.int32)
        reach = 2 * distance_px + 1
        labelled = np.take(sums, range(reach, sums.shape[axis]), axis) > np.take(
            sums, range(sums.shape[axis] - reach), axis
        )
    return labelled
