"""What people know of an image's pixels: shapes, each with a class, as two planes for a corrector."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..raster.shape_pixels import BLOCK_PX, ShapePixels, block_of
from ..raster.tiling import Window
from .hint_trust import CERTAIN

_KEPT_BLOCKS = 64


@dataclass(frozen=True)
class Hint:
    """That some pixels are of a class.

    Attributes:
        shape: WKB of a point, line or polygon, or of several, in pixels of the image: x counts columns and y rows from
            the outer corner of the first pixel.
        class_number: the place of the class, from 1.
        trust: `CERTAIN` or `LIKELY`.
    """

    shape: bytes
    class_number: int
    trust: float = CERTAIN

    @property
    def digest(self) -> str:
        """Digest of everything about it."""
        said = f"{self.class_number} {self.trust} ".encode()
        return hashlib.sha256(said + self.shape).hexdigest()[:16]


class Hints:
    """Hints on an image; of several on a pixel a certain one counts before a likely one, and then the last one.

    Keeps bytes and numbers only: it may be used in any thread, by one at a time.

    Args:
        hints: in order.
        height: rows of the image.
        width: its columns.

    Raises:
        RasterError: a shape cannot be read, or has a corner that is nowhere.
    """

    def __init__(self, hints: Sequence[Hint], height: int, width: int) -> None:
        self.hints = tuple(hints)
        self._extent = Window(0, 0, height, width)
        self._shapes = [ShapePixels(hint.shape, height, width) for hint in self.hints]
        # certain ones last, so that they are written over likely ones
        self._windows = [shape.box for shape in self._shapes]
        self._boxes = np.array(
            [
                [box.row, box.col, box.row_stop, box.col_stop] if box is not None else [0, 0, 0, 0]
                for box in self.boxes()
            ],
            np.int64,
        ).reshape(-1, 4)
        self._order = sorted(range(len(self.hints)), key=lambda number: self.hints[number].trust)
        self._block = lru_cache(_KEPT_BLOCKS)(self._made_block)

    @property
    def is_empty(self) -> bool:
        """Whether no hint lies on a pixel of the image."""
        return not any(self.boxes())

    def boxes(self) -> list[Window | None]:
        """The window of each hint, inside of the image; None where it has no pixel there."""
        return self._windows

    def near(self, window: Window, distance_px: int) -> list[int]:
        """Which hints, by their numbers, may have a pixel no farther than this from one of a window's pixels."""
        around = window.grown(distance_px)
        row, col, row_stop, col_stop = self._boxes.T
        meets = (row < around.row_stop) & (row_stop > around.row) & (row < row_stop)
        meets &= (col < around.col_stop) & (col_stop > around.col)
        numbers: list[int] = np.flatnonzero(meets).tolist()
        return numbers

    def read(self, window: Window) -> NDArray[np.float32]:
        """The hints of a window, the same however windows are cut.

        Args:
            window: may pass the image's edge, beyond which there are no hints.

        Returns:
            (2, height, width) float32: the class's number from 1, and how far it is trusted; 0 where nothing is known.
        """
        planes = np.zeros((2, window.height, window.width), np.float32)
        try:
            inside = window.clipped_to(self._extent)
        except ValueError:  # none of its pixels is in the image
            return planes
        for row in range(inside.row // BLOCK_PX, -(-inside.row_stop // BLOCK_PX)):
            for col in range(inside.col // BLOCK_PX, -(-inside.col_stop // BLOCK_PX)):
                block = block_of(row, col)
                part = block.clipped_to(inside)
                at = (slice(None), *part.relative_to(block).slices())
                planes[(slice(None), *part.relative_to(window).slices())] = self._block(row, col)[at]
        return planes

    def contradictions(self) -> list[tuple[int, int]]:
        """Pairs of hints, by their numbers, that say different classes of a pixel."""
        found = set()
        for row, col in sorted({at for number in range(len(self.hints)) for at in self._blocks_of(number)}):
            masks = {n: self._shapes[n].mask(row, col) for n in self.near(block_of(row, col), 0)}
            for second, mask in masks.items():
                box = self.boxes()[second]
                assert box is not None
                # the boxes first: of thousands of points in a block only few are near each other
                for first in self.near(box, 0):
                    says_another = self.hints[first].class_number != self.hints[second].class_number
                    is_pair = first < second and first in masks and says_another
                    if is_pair and (mask & masks[first]).any():
                        found.add((first, second))
        return sorted(found)

    def _blocks_of(self, number: int) -> Iterator[tuple[int, int]]:
        box = self._shapes[number].box
        if box is not None:
            for row in range(box.row // BLOCK_PX, -(-box.row_stop // BLOCK_PX)):
                for col in range(box.col // BLOCK_PX, -(-box.col_stop // BLOCK_PX)):
                    yield row, col

    def _made_block(self, row: int, col: int) -> NDArray[np.float32]:
        planes = np.zeros((2, BLOCK_PX, BLOCK_PX), np.float32)
        near = set(self.near(block_of(row, col), 0))
        for number in self._order:
            if number in near:
                mask = self._shapes[number].mask(row, col)
                planes[0][mask], planes[1][mask] = self.hints[number].class_number, self.hints[number].trust
        return planes
