"""Statistics of an image's bands, from pixels that come piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import Band


class BandStatistics:
    """Adds up pixels.

    Args:
        names: of the bands, in order.

    Attributes:
        sums: number of pixels, their sum and the sum of their squares (3, bands).
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.sums = np.zeros((3, len(self._names)))
        self._extremes = np.array([[np.inf] * len(self._names), [-np.inf] * len(self._names)])

    def take(self, bands: Sequence[Band], sums: Sequence[Sequence[float]]) -> None:
        """Begin with what was added up before.

        Args:
            bands: as `bands` gave them.
            sums: as they were then.
        """
        self.sums = np.array(sums, dtype=np.float64)
        if self.sums[0].any():
            self._extremes = np.array([[band.minimum, band.maximum] for band in bands]).T

    def add(self, pixels: NDArray[Any]) -> None:
        """Add pixels (bands, number), at least one."""
        flat = pixels.astype(np.float64)
        self.sums += [np.full(len(flat), flat.shape[1]), flat.sum(1), (flat**2).sum(1)]
        self._extremes[0] = np.minimum(self._extremes[0], flat.min(1))
        self._extremes[1] = np.maximum(self._extremes[1], flat.max(1))

    def bands(self) -> tuple[Band, ...]:
        """The bands with their statistics; without any pixel 0, 0, 0 and 1."""
        if not self.sums[0].any():
            return tuple(Band(name, 0.0, 0.0, 0.0, 1.0) for name in self._names)
        means = self.sums[1] / self.sums[0]
        deviations = np.sqrt(np.maximum(self.sums[2] / self.sums[0] - means**2, 1e-12))
        return tuple(
            Band(name, float(low), float(high), _rounded(float(mean)), _rounded(float(deviation)))
            for name, low, high, mean, deviation in zip(self._names, *self._extremes, means, deviations)
        )


def _rounded(number: float) -> float:
    """As many digits as mean anything, of grey values as of reflectances."""
    return round(number, 4) if abs(number) >= 1 else float(f"{number:.4g}")
