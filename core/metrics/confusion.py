"""What a confusion matrix says: accuracy, precision, recall, F1, IoU, kappa.

A pixel of the reference where the map has no class is missed: wrong in the overall accuracy, a false negative of its
class, a false positive of none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """How often each class of the reference is mapped as each class.

    Every figure is nan where nothing can be said: a class that neither has, a matrix of zeros.

    Attributes:
        counts: pixels, int64; rows are the reference, columns the map: (classes, classes), or (classes, classes + 1)
            where the last column are the pixels without a class in the map.
    """

    counts: NDArray[np.int64]

    @property
    def pixels(self) -> int:
        """How many pixels have a class in the reference."""
        return int(self.counts.sum())

    @property
    def where_mapped(self) -> Confusion:
        """The same of the pixels with a class in the map only."""
        return Confusion(self.counts[:, : len(self.counts)])

    @property
    def no_data(self) -> NDArray[np.int64]:
        """Per class of the reference: pixels without a class in the map."""
        missed: NDArray[np.int64] = self.counts[:, len(self.counts) :].sum(axis=1)
        return missed

    @property
    def no_data_share(self) -> float:
        """Share of the reference's pixels without a class in the map."""
        return float(ratio(self.no_data.sum(), self.counts.sum()))

    @property
    def overall(self) -> float:
        """Share of right pixels (overall accuracy)."""
        return float(ratio(np.trace(self.counts), self.counts.sum()))

    @property
    def precision(self) -> Figures:
        """Per class: the share of what is mapped as it that is right (user's accuracy)."""
        return ratio(np.diag(self.counts), self._mapped)

    @property
    def recall(self) -> Figures:
        """Per class: the share of what it is that is mapped as it (producer's accuracy)."""
        return ratio(np.diag(self.counts), self.counts.sum(axis=1))

    @property
    def f1(self) -> Figures:
        """Per class: harmonic mean of precision and recall (Dice coefficient)."""
        return ratio(2 * np.diag(self.counts), self._mapped + self.counts.sum(axis=1))

    @property
    def iou(self) -> Figures:
        """Per class: intersection over union (Jaccard index)."""
        right = np.diag(self.counts)
        return ratio(right, self._mapped + self.counts.sum(axis=1) - right)

    @property
    def mean_f1(self) -> float:
        """Mean of `f1` over the classes that occur."""
        return mean(self.f1)

    @property
    def mean_iou(self) -> float:
        """Mean of `iou` over the classes that occur."""
        return mean(self.iou)

    @property
    def kappa(self) -> float:
        """Cohen's kappa: agreement beyond what the classes' frequencies alone would give; nan for a single class."""
        total = self.counts.sum()
        chance = ratio(self._mapped @ self.counts.sum(axis=1).astype(np.float64), float(total) ** 2)
        return float(ratio(self.overall - chance, 1.0 - chance))

    @property
    def _mapped(self) -> NDArray[np.int64]:
        """Per class: pixels of the map."""
        mapped: NDArray[np.int64] = self.counts.sum(axis=0)[: len(self.counts)]
        return mapped


def count_confusion(
    reference: NDArray[np.uint8],
    codes: NDArray[np.uint8],
    classes: int,
    weights: Figures | None = None,
) -> NDArray[Any]:
    """Count the pairs of classes.

    Args:
        reference: class values 1 ... `classes` of any shape; 0 = not counted.
        codes: the same of the map; 0 = no data, which is a column of its own.
        classes: number of classes.
        weights: what each pixel counts, of the same shape; 1 by default.

    Returns:
        (classes, classes + 1) pixels, int64, or sums of weights, float64; rows are the reference, columns the map, the
        last one its pixels without data.
    """
    counted = reference > 0
    columns = classes + 1
    pairs = (reference[counted].astype(np.int64) - 1) * columns + codes[counted]
    of_pairs = None if weights is None else weights[counted]
    counts = np.bincount(pairs, of_pairs, minlength=classes * columns).reshape(classes, columns)
    return np.roll(counts, -1, axis=1)


def ratio(part: NDArray[np.int64] | Figures | float, whole: NDArray[np.int64] | Figures | float) -> Figures:
    """`part` over `whole`, nan where `whole` is 0."""
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole != 0)


def mean(figures: Figures) -> float:
    """The mean of what is not nan; nan where all is."""
    known = figures[~np.isnan(figures)]
    return float(known.mean()) if known.size else float("nan")
