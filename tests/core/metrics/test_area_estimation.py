"""Estimates against the worked example of Olofsson et al. (2014) and against samples drawn many times."""

from __future__ import annotations

import math

import numpy as np
import pytest
from recurve.core.metrics.area_estimation import StratumSample, estimate_areas

# Olofsson et al. (2014), table 8; there the rows are the map: deforestation, forest gain, stable forest, stable other
MAP_BY_REFERENCE = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
MAPPED_PX = np.array([200_000.0, 150_000.0, 3_200_000.0, 6_450_000.0])


@pytest.fixture
def published():
    return estimate_areas(StratumSample.of_map_classes(MAP_BY_REFERENCE.T, MAP_BY_REFERENCE.T), MAPPED_PX)


def test_areas_of_the_published_example(published):
    hectares = [(0.09 * published.population * e.value) for e in published.share]
    margins = [(0.09 * published.population * e.half_width) for e in published.share]
    assert hectares == pytest.approx([21_158, 11_686, 285_770, 581_386], abs=1)
    assert margins == pytest.approx([6_158, 3_756, 15_510, 16_282], rel=2e-3)


def test_accuracies_of_the_published_example(published):
    def rounded(estimates):
        return [(round(e.value, 2), round(e.half_width, 2)) for e in estimates]

    assert rounded(published.precision) == [(0.88, 0.07), (0.73, 0.10), (0.93, 0.04), (0.96, 0.02)]
    assert [round(e.value, 2) for e in published.recall] == [0.75, 0.85, 0.93, 0.96]
    assert rounded([published.overall]) == [(0.95, 0.02)]


def test_intervals_of_recall_are_equation_7(published):
    """Of Olofsson et al. (2014), class by class."""
    n = MAP_BY_REFERENCE.sum(axis=1)
    share = MAP_BY_REFERENCE / n[:, None]
    estimated = MAPPED_PX @ share
    for j in range(4):
        users, producers = share[j, j], MAPPED_PX[j] * share[j, j] / estimated[j]
        others = [i for i in range(4) if i != j]
        own = MAPPED_PX[j] ** 2 * (1 - producers) ** 2 * users * (1 - users) / (n[j] - 1)
        rest = sum(MAPPED_PX[i] ** 2 * share[i, j] * (1 - share[i, j]) / (n[i] - 1) for i in others)
        variance = (own + producers**2 * rest) / estimated[j] ** 2
        assert published.recall[j].half_width == pytest.approx(1.96 * math.sqrt(variance), rel=1e-3)


def test_published_example_of_strata_that_are_not_the_map():
    """Stehman (2014), section 4: 10 pixels of each of four strata."""
    mapped = "AAAAAAABBBABBBBBBBBBBBCCCCCCBBDDDDDDDDDD"
    reference = "AAAAACBABCABBBBBAABBCCCCCDDBBADDDDDDDCCB"
    seen = [np.array(["ABCD".index(letter) for letter in text]) for text in (reference, mapped)]
    one_hot = [np.eye(4, dtype=np.int64)[plane].reshape(4, 10, 4) for plane in seen]
    planes = (plane.sum(axis=1) for plane in (*one_hot, one_hot[0] * one_hot[1]))
    counts = StratumSample(np.full(4, 10), *planes)

    made = estimate_areas(counts, np.array([40_000.0, 30_000.0, 20_000.0, 10_000.0]))

    def value_and_error(estimate):
        return pytest.approx((estimate.value, estimate.half_width / 1.96), abs=1e-3)

    assert value_and_error(made.share[0]) == (0.35, 0.082)
    assert value_and_error(made.share[2]) == (0.20, 0.064)
    assert value_and_error(made.overall) == (0.63, 0.085)
    assert value_and_error(made.precision[1]) == (0.574, 0.125)
    assert value_and_error(made.recall[1]) == (0.794, 0.116)


def test_all_pixels_seen_leave_nothing_uncertain():
    confusion = np.array([[40, 10], [5, 45]])
    estimates = estimate_areas(
        StratumSample.of_map_classes(confusion, confusion), confusion.sum(axis=0).astype(np.float64)
    )
    assert [e.value for e in estimates.share] == pytest.approx([0.5, 0.5])
    assert estimates.overall.value == pytest.approx(0.85)
    for estimate in (estimates.overall, *estimates.share, *estimates.precision, *estimates.recall):
        assert estimate.half_width == 0


def test_intervals_hold_for_strata_that_are_not_the_map():
    """A made population, sampled 600 times: about 95 of 100 intervals hold the truth."""
    rng = np.random.default_rng(0)
    stratum = np.repeat([0, 1, 2], [6000, 3000, 1000])
    truth = np.where(rng.random(10_000) < np.array([0.1, 0.5, 0.8])[stratum], 1, 0)
    mapped = np.where(rng.random(10_000) < 0.15, 1 - truth, truth)
    known = {
        "share": np.mean(truth == 1),
        "overall": np.mean(truth == mapped),
        "precision": np.mean(truth[mapped == 1] == 1),
        "recall": np.mean(mapped[truth == 1] == 1),
    }
    held = dict.fromkeys(known, 0)
    for _ in range(600):
        drawn = np.concatenate(
            [rng.choice(np.flatnonzero(stratum == h), 100, replace=False) for h in range(3)]
        )
        one_hot = [np.eye(2, dtype=np.int64)[plane[drawn]] for plane in (truth, mapped)]
        planes = (*one_hot, one_hot[0] * one_hot[1])
        planes = (np.stack([p[stratum[drawn] == h].sum(0) for h in range(3)]) for p in planes)
        counts = StratumSample(np.full(3, 100), *planes)
        made = estimate_areas(counts, np.array([6000.0, 3000.0, 1000.0]))
        for name in known:
            estimate = getattr(made, name) if name == "overall" else getattr(made, name)[1]
            held[name] += abs(estimate.value - known[name]) <= estimate.half_width
    for name, times in held.items():
        assert 0.915 < times / 600 < 0.98, name


def test_a_stratum_without_reference_is_left_out_and_said_so():
    confusion = np.array([[8, 0], [2, 0]])
    counts = StratumSample.of_map_classes(confusion, confusion)
    estimates = estimate_areas(counts, np.array([100.0, 50.0]))
    assert (estimates.population, estimates.left_out) == (100, 50)
    assert estimates.share[1].value == pytest.approx(0.2)
    assert math.isnan(estimates.precision[1].value)


def test_one_reference_pixel_says_nothing_of_the_spread():
    confusion = np.array([[1, 0], [0, 9]])
    estimates = estimate_areas(StratumSample.of_map_classes(confusion, confusion), np.array([50.0, 90.0]))
    assert math.isnan(estimates.overall.half_width)
    assert estimates.overall.value == pytest.approx(1.0)
