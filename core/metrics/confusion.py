"""What a confusion matrix says: accuracy, precision, recall, F1, IoU, kappa."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """How often each class of the reference is mapped as each class.

    Every figure is nan where nothing can be said: a class that neither has, a matrix of zeros.

    Attributes:
        counts: (classes, classes) pixels, int64; rows are the reference, columns the map.
    """

    counts: NDArray[np.int64]

    @property
    def pixels(self) -> int:
        """How many pixels are compared."""
        return int(self.counts.sum())

    @property
    def overall(self) -> float:
        """Share of right pixels (overall accuracy)."""
        return float(ratio(np.trace(self.counts), self.counts.sum()))

    @property
    def precision(self) -> Figures:
        """Per class: the share of what is mapped as it that is right (user's accuracy)."""
        return ratio(np.diag(self.counts), self.counts.sum(axis=0))

    @property
    def recall(self) -> Figures:
        """Per class: the share of what it is that is mapped as it (producer's accuracy)."""
        return ratio(np.diag(self.counts), self.counts.sum(axis=1))

    @property
    def f1(self) -> Figures:
        """Per class: harmonic mean of precision and recall (Dice coefficient)."""
        return ratio(2 * np.diag(self.counts), self.counts.sum(axis=0) + self.counts.sum(axis=1))

    @property
    def iou(self) -> Figures:
        """Per class: intersection over union (Jaccard index)."""
        right = np.diag(self.counts)
        return ratio(right, self.counts.sum(axis=0) + self.counts.sum(axis=1) - right)

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
        chance = ratio(
            self.counts.sum(axis=0) @ self.counts.sum(axis=1).astype(np.float64), float(total) ** 2
        )
        return float(ratio(self.overall - chance, 1.0 - chance))


def count_confusion(
    reference: NDArray[np.uint8], codes: NDArray[np.uint8], classes: int
) -> NDArray[np.int64]:
    """Count the pairs of classes.

    Args:
        reference: class values 1 ... `classes` of any shape; 0 = not counted.
        codes: the same of the map; 0 exactly where `reference` has it.
        classes: number of classes.

    Returns:
        (classes, classes) pixels; rows are the reference, columns the map.
    """
    counted = reference > 0
    pairs = (reference[counted].astype(np.int64) - 1) * classes + codes[counted] - 1
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes).astype(np.int64)


def ratio(part: NDArray[np.int64] | Figures | float, whole: NDArray[np.int64] | Figures | float) -> Figures:
    """`part` over `whole`, nan where `whole` is 0."""
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole != 0)


def mean(figures: Figures) -> float:
    """The mean of what is not nan; nan where all is."""
    known = figures[~np.isnan(figures)]
    return float(known.mean()) if known.size else float("nan")
