"""What networks decide for the pixels of a tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..raster.tiling import Tile, Window


@dataclass(frozen=True)
class Decision:
    """What the networks decided for the inner pixels of a tile.

    Attributes:
        codes: class values from 1 (height, width), uint8.
        confidence: the winning class's probability in percent (height, width), uint8; None where it was not asked for.
        scores: (classes, height, width), float32; None where they were not asked for.
        iterates: classes after iteration 0, 1, 2 ... (iterations + 1, height, width), uint8; None where they were not
            asked for.
    """

    codes: NDArray[np.uint8]
    confidence: NDArray[np.uint8] | None
    scores: NDArray[np.float32] | None
    iterates: NDArray[np.uint8] | None


@dataclass(frozen=True)
class Wanted:
    """What of a decision is wanted besides the class values."""

    confidence: bool
    scores: bool
    iterates: bool = False


def joined(inner: Window, parts: Sequence[tuple[Tile, Decision]]) -> Decision:
    """The decisions for parts of a window as one; 0 where there is no part."""
    if parts[0][0].inner == inner:
        return parts[0][1]

    def join(arrays: list[NDArray[Any] | None]) -> NDArray[Any] | None:
        first = arrays[0]
        if first is None:
            return None
        whole = np.zeros((*first.shape[:-2], inner.height, inner.width), first.dtype)
        for (part, _), array in zip(parts, arrays):
            whole[(..., *part.inner.relative_to(inner).slices())] = array
        return whole

    codes = join([decision.codes for _, decision in parts])
    assert codes is not None
    return Decision(
        codes,
        join([decision.confidence for _, decision in parts]),
        join([decision.scores for _, decision in parts]),
        join([decision.iterates for _, decision in parts]),
    )
