"""How sure the networks were of a map as a whole: the first sign that they do not know this kind of image."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class MeanConfidence:
    """The mean confidence of the pixels that a run has classified; the tiles of an earlier run are not in it."""

    def __init__(self) -> None:
        self.pixels = 0
        self._sum = 0

    @property
    def percent(self) -> float:
        """The mean probability of the winning class, 0 to 100; NaN where no pixel was classified."""
        return self._sum / self.pixels if self.pixels else float("nan")

    def add(self, confidence: NDArray[np.uint8], valid: NDArray[np.bool_]) -> None:
        """Take a tile in.

        Args:
            confidence: the winning class's probability in percent (height, width).
            valid: which pixels count (height, width).
        """
        counted: NDArray[Any] = confidence[valid]
        self.pixels += counted.size
        self._sum += int(counted.sum(dtype=np.int64))

    def is_low(self, classes: int) -> bool:
        """Whether it is less than two thirds of the way from guessing one of so many classes to certainty.

        The pretrained network for urban land cover is above it on five of six pieces of the area it was made for, and
        below it on all of 21 images of other places that were tried; that for buildings, which tells two classes only,
        is above it in its own area and on half of the others.
        """
        return self.percent < 100 * (1 / classes + 2) / 3
