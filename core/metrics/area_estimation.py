"""Areas and accuracies of a population, estimated from reference pixels in strata, with 95 % intervals.

Stehman (2014), "Estimating area and map accuracy for stratified random sampling when the strata are different from the
map classes". Where the strata are the classes of the map, these are the estimators of Olofsson et al. (2014), "Good
practices for estimating area and assessing accuracy of land change", but for the finite population correction: where
every pixel of a stratum has a reference, nothing is uncertain.

The intervals hold for reference pixels that are a random sample within each stratum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .confusion import Figures, ratio

Counts = NDArray[np.int64]

_HALF_WIDTH_95 = 1.96  # standard errors


@dataclass(frozen=True)
class StratumCounts:
    """The reference pixels of each stratum.

    Attributes:
        reference: (strata, classes) pixels that are of a class, int64.
        mapped: (strata, classes) pixels that are mapped as it.
        right: (strata, classes) pixels that are both.
    """

    reference: Counts
    mapped: Counts
    right: Counts

    @classmethod
    def of_map_classes(cls, confusion: Counts) -> StratumCounts:
        """The classes of the map as strata.

        Args:
            confusion: (classes, classes) pixels; rows are the reference, columns the map.
        """
        mapped = confusion.sum(axis=0)
        return cls(confusion.T.copy(), np.diag(mapped), np.diag(np.diag(confusion)))


@dataclass(frozen=True)
class Estimate:
    """A value and half the width of its 95 % interval; nan where it is unknown."""

    value: float
    half_width: float


@dataclass(frozen=True)
class AreaEstimates:
    """What the reference pixels say about all pixels of the strata.

    Attributes:
        population_px: how many pixels the estimates are about.
        left_out_px: pixels of strata without a reference pixel, of which nothing is known; not part of the population.
        overall: overall accuracy.
        share: per class, its share of the population.
        precision: per class (user's accuracy).
        recall: per class (producer's accuracy).
    """

    population_px: float
    left_out_px: float
    overall: Estimate
    share: tuple[Estimate, ...]
    precision: tuple[Estimate, ...]
    recall: tuple[Estimate, ...]

    def of_classes(self, indices: Sequence[int]) -> AreaEstimates:
        """The same for some of the classes."""
        planes = (tuple(plane[k] for k in indices) for plane in (self.share, self.precision, self.recall))
        return AreaEstimates(self.population_px, self.left_out_px, self.overall, *planes)


def estimate_areas(counts: StratumCounts, stratum_px: Figures) -> AreaEstimates:
    """Estimate class shares and accuracies.

    Args:
        counts: the sample.
        stratum_px: (strata,) size of each stratum, in pixels of the sample; a fraction where its own differ.

    Returns:
        The estimates; nan where a stratum has a single reference pixel and more pixels than that.
    """
    sampled = counts.reference.sum(axis=1)
    used = (sampled > 0) & (stratum_px > 0)
    size, n = stratum_px[used][:, None], sampled[used][:, None].astype(np.float64)
    reference, mapped, right = (
        ratio(plane[used], n) for plane in (counts.reference, counts.mapped, counts.right)
    )
    unseen = np.clip(1 - ratio(n, size), 0, 1)
    # the variance of a stratum's total for each unit of its pixels' variance, n / (n - 1) included
    weight = np.where(unseen > 0, size**2 * ratio(unseen, n - 1), 0.0)
    population = float(size.sum())
    overall = right.sum(axis=1, keepdims=True)
    return AreaEstimates(
        population_px=population,
        left_out_px=float(stratum_px[~used].sum()),
        overall=_shares(overall, size, weight, population)[0],
        share=_shares(reference, size, weight, population),
        precision=_ratios(right, mapped, size, weight),
        recall=_ratios(right, reference, size, weight),
    )


def _shares(part: Figures, size: Figures, weight: Figures, population: float) -> tuple[Estimate, ...]:
    """Shares of the population; `part` is their share of each stratum's sample (strata, classes)."""
    value = ratio((size * part).sum(axis=0), population)
    variance = ratio((weight * part * (1 - part)).sum(axis=0), population**2)
    return _estimates(value, variance)


def _ratios(part: Figures, whole: Figures, size: Figures, weight: Figures) -> tuple[Estimate, ...]:
    """Shares of `part` in `whole`, of which it is a part, both as shares of each stratum's sample."""
    total = (size * whole).sum(axis=0)
    value = ratio((size * part).sum(axis=0), total)
    covariance = part * (1 - whole)
    spread = part * (1 - part) + value**2 * whole * (1 - whole) - 2 * value * covariance
    return _estimates(value, ratio((weight * spread).sum(axis=0), total**2))


def _estimates(value: Figures, variance: Figures) -> tuple[Estimate, ...]:
    half_width = _HALF_WIDTH_95 * np.sqrt(np.maximum(variance, 0))
    return tuple(Estimate(float(v), float(h)) for v, h in zip(value, half_width))
