"""Whether a map shows where it was cut into tiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..raster.tiling import Window


def seam_ratio(codes: NDArray[np.uint8], windows: Sequence[Window], stride: int = 1) -> float:
    """How much more often neighbouring pixels differ across the borders of tiles than elsewhere.

    Args:
        codes: a map (height, width); pixels without data count nowhere.
        windows: the tiles' inner windows, counted from the map's first pixel.
        stride: of the classifier. Classes change more often between its cells than inside of them, and tiles end
            between cells: so borders are compared with what lies between cells elsewhere.

    Returns:
        Share of pairs of neighbours of different classes across borders, divided by the share elsewhere: 1 for a map
        without seams, up to chance.

    Raises:
        ValueError: there is no pair across a border, or elsewhere no pair that differs.
    """
    differing, pairs = np.zeros(2, np.int64), np.zeros(2, np.int64)
    row_starts, col_starts = {window.row for window in windows}, {window.col for window in windows}
    for turned, starts in ((codes, row_starts), (codes.T, col_starts)):
        before, after = turned[:-1], turned[1:]
        borders, place = np.array(sorted(starts - {0}), int), np.arange(1, len(turned))
        is_border = np.isin(place, borders)
        is_between_cells = np.isin(place % stride, borders % stride)
        counts = (before != 0) & (after != 0)
        differs = counts & (before != after)
        for kind, lines in enumerate((is_border, is_between_cells & ~is_border)):
            pairs[kind] += np.count_nonzero(counts[lines])
            differing[kind] += np.count_nonzero(differs[lines])
    if pairs[0] == 0 or differing[1] == 0:
        raise ValueError("A map without borders, or of one class only, cannot be judged for seams.")
    return float(differing[0] / pairs[0] / (differing[1] / pairs[1]))
