"""A map that stays as it was but for what hints change."""

from __future__ import annotations

import numpy as np
from recurve.core.inference.around_hints import only_where_hints_count

PLACES = {"far": 0, "spread": 1, "held": 2, "likely": 3}


def scores(*classes):
    """(classes, 1, pixels) that decide for these classes, from 0."""
    return np.eye(3, dtype=np.float32)[list(classes)].T[:, np.newaxis]


def test_what_hints_change_is_taken_and_the_rest_is_kept():
    hints = np.zeros((2, 1, 4), np.float32)
    hints[:, 0, PLACES["held"]] = 2, 1.0
    hints[:, 0, PLACES["likely"]] = 2, 0.5
    start, without, with_hints = scores(0, 0, 0, 0), scores(1, 1, 1, 1), scores(1, 2, 1, 1)
    kept = only_where_hints_count(start, without, with_hints, hints).argmax(axis=0)[0]
    assert kept[PLACES["far"]] == 0  # what is corrected without hints does not count
    assert kept[PLACES["spread"]] == 2
    assert kept[PLACES["held"]] == 1  # the correction says the same without the hint, but the map does not
    assert kept[PLACES["likely"]] == 0
