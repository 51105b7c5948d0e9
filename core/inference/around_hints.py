"""A map that stays as it was but for what hints change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .hint_trust import CERTAIN

_Scores = NDArray[np.float32]


def only_where_hints_count(
    start: _Scores, without: _Scores, with_hints: _Scores, hints: NDArray[np.float32]
) -> _Scores:
    """Scores of a map in which only what hints have changed is corrected.

    Args:
        start: of the map as it was (classes, height, width).
        without: of the map corrected without hints.
        with_hints: of the map corrected with them.
        hints: (2, height, width), see `Hints.read`.

    Returns:
        Those with hints where the two corrections have different classes, and where a certain hint says another class
        than the start; those of the start elsewhere.
    """
    differs = with_hints.argmax(axis=0) != without.argmax(axis=0)
    # the correction may say the same as a hint without it, and the map that is kept does not
    said = (hints[1] == CERTAIN) & (hints[0] != start.argmax(axis=0) + 1)
    return np.where(differs | said, with_hints, start)
