"""A map that stays as it was but for what hints change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Scores = NDArray[np.float32]


def only_where_hints_count(start: _Scores, without: _Scores, with_hints: _Scores) -> _Scores:
    """Scores of a map in which only what hints have changed is corrected.

    Args:
        start: of the map as it was (classes, height, width).
        without: of the map corrected without hints.
        with_hints: of the map corrected with them.

    Returns:
        Those with hints where the two corrections have different classes, and those of the start elsewhere.
    """
    differs = with_hints.argmax(axis=0) != without.argmax(axis=0)
    return np.where(differs, with_hints, start)
