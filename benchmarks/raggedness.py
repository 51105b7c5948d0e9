"""How ragged a map is: how long its outlines are, and how many of its pieces are specks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

SPECK_PX = 10
"""A piece of fewer pixels is a speck."""


@dataclass(frozen=True)
class Outlines:
    """The outlines of maps; those of several images are added with `+`.

    Attributes:
        edges: pairs of pixels side by side, or one above the other, that have different classes.
        pieces: connected pixels of one class (over their sides, not their corners).
        specks: those of them with fewer than `SPECK_PX` pixels.
        area: pixels that count.
    """

    edges: int
    pieces: int
    specks: int
    area: int

    def __add__(self, other: Outlines) -> Outlines:
        """Both together."""
        return Outlines(*(one + more for one, more in zip(vars(self).values(), vars(other).values())))

    @property
    def perimeter(self) -> float:
        """Length of the outlines per area, in pixel sides per pixel; nan without a pixel."""
        return self.edges / self.area if self.area else float("nan")

    @property
    def speck_share(self) -> float:
        """Share of specks among the pieces; nan without a piece."""
        return self.specks / self.pieces if self.pieces else float("nan")


def outlines(codes: NDArray[np.uint8], counted: NDArray[np.bool_]) -> Outlines:
    """The outlines of a map.

    Args:
        codes: class values (height, width).
        counted: the pixels that count; an outline between one that does and one that does not is none.
    """
    edges = 0
    for values, valid in ((codes, counted), (codes.T, counted.T)):
        edges += int(((values[1:] != values[:-1]) & valid[1:] & valid[:-1]).sum())
    pieces = specks = 0
    for value in np.unique(codes[counted]):
        numbered, count = ndimage.label((codes == value) & counted)
        pieces += count
        specks += int((np.bincount(numbered.ravel())[1:] < SPECK_PX).sum())
    return Outlines(edges, pieces, specks, int(counted.sum()))
