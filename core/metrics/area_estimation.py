"""Areas and accuracies of a population, estimated from reference pixels in strata, with 95 % intervals.

Stehman (2014), "Estimating area and map accuracy for stratified random sampling when the strata are different from the
map classes". Where the strata are the classes of the map, these are the estimators of Olofsson et al. (2014), "Good
practices for estimating area and assessing accuracy of land change", but for the finite population correction: where
every pixel of a stratum has a reference, nothing is uncertain.

Sizes are areas on the ground, because the pixels of one raster may differ in it: in degrees they do from row to row.
The pixels of a sample count by their area; its spread is taken as if they had the same.

The intervals hold for reference pixels that are a random sample within each stratum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .confusion import Figures, ratio

Counts = NDArray[np.int64]
Sizes = NDArray[Any]
"""Areas (float64), or numbers of pixels where these have no place on the Earth."""

_HALF_WIDTH_95 = 1.96  # standard errors


@dataclass(frozen=True)
class StratumSample:
    """The reference pixels of each stratum.

    Attributes:
        pixels: (strata,) their number, int64.
        reference: (strata, classes) size of those that are of a class.
        mapped: (strata, classes) size of those that are mapped as it.
        right: (strata, classes) size of those that are both.
    """

    pixels: Counts
    reference: Sizes
    mapped: Sizes
    right: Sizes

    @classmethod
    def of_map_classes(cls, pixels: Counts, sizes: Sizes) -> StratumSample:
        """The classes of the map as strata.

        Args:
            pixels: (classes, classes) of the confusion matrix; rows are the reference, columns the map.
            sizes: the same as areas.
        """
        mapped = sizes.sum(axis=0)
        return cls(pixels.sum(axis=0), sizes.T.copy(), np.diag(mapped), np.diag(np.diag(sizes)))


@dataclass(frozen=True)
class Estimate:
    """A value and half the width of its 95 % interval; nan where it is unknown."""

    value: float
    half_width: float

    def times(self, size: float) -> Estimate:
        """The same of a share's whole."""
        return Estimate(size * self.value, size * self.half_width)


@dataclass(frozen=True)
class AreaEstimates:
    """What the reference pixels say about all pixels of the strata.

    Attributes:
        population: size of what the estimates are about.
        left_out: size of strata without a reference pixel, of which nothing is known; not part of the population.
        sample_px: reference pixels that the estimates are made from.
        overall: overall accuracy.
        share: per class, its share of the population.
        precision: per class (user's accuracy).
        recall: per class (producer's accuracy).
    """

    population: float
    left_out: float
    sample_px: int
    overall: Estimate
    share: tuple[Estimate, ...]
    precision: tuple[Estimate, ...]
    recall: tuple[Estimate, ...]

    def of_classes(self, indices: Sequence[int]) -> AreaEstimates:
        """The same for some of the classes."""
        planes = (tuple(plane[k] for k in indices) for plane in (self.share, self.precision, self.recall))
        return AreaEstimates(self.population, self.left_out, self.sample_px, self.overall, *planes)

    def unknown(self, classes: NDArray[np.bool_]) -> AreaEstimates:
        """The same without areas and producer's accuracies of some classes (classes,).

        Of a class that is mapped where there is no reference pixel, the estimates see only what was mapped as another.
        """
        nothing = Estimate(math.nan, math.nan)
        share, recall = (
            tuple(nothing if is_unknown else one for is_unknown, one in zip(classes, plane))
            for plane in (self.share, self.recall)
        )
        return replace(self, share=share, recall=recall)


def estimate_areas(sample: StratumSample, stratum_size: Figures) -> AreaEstimates:
    """Estimate class shares and accuracies.

    Args:
        sample: the reference pixels.
        stratum_size: (strata,) size of each stratum, in the unit of the sample's sizes.

    Returns:
        The estimates; nan where a stratum has a single reference pixel and is larger than that.
    """
    used = (sample.pixels > 0) & (stratum_size > 0)
    size, n = stratum_size[used][:, None], sample.pixels[used][:, None].astype(np.float64)
    sampled = sample.reference[used].sum(axis=1, keepdims=True)
    reference, mapped, right = (
        ratio(plane[used], sampled) for plane in (sample.reference, sample.mapped, sample.right)
    )
    unseen = np.clip(1 - ratio(sampled, size), 0, 1)
    # the variance of a stratum's total for each unit of its pixels' variance, n / (n - 1) included
    weight = np.where(unseen > 0, size**2 * ratio(unseen, n - 1), 0.0)
    population = float(size.sum())
    overall = right.sum(axis=1, keepdims=True)
    return AreaEstimates(
        population=population,
        left_out=float(stratum_size[~used].sum()),
        sample_px=int(n.sum()),
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
