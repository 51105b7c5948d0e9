"""Every figure of a confusion matrix against scikit-learn's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from recurve.core.metrics.confusion import Confusion, count_confusion

metrics = pytest.importorskip("sklearn.metrics")


@pytest.fixture(scope="module")
def maps():
    """A reference and a map that is right in about two thirds of the pixels; class 5 is in the map only."""
    rng = np.random.default_rng(4)
    reference = rng.integers(1, 5, 5000).astype(np.uint8)
    mapped = np.where(rng.random(5000) < 0.6, reference, rng.integers(1, 6, 5000)).astype(np.uint8)
    return reference, mapped


@pytest.fixture(scope="module")
def confusion(maps):
    return Confusion(count_confusion(*maps, 5))


def test_counts(maps, confusion):
    expected = metrics.confusion_matrix(*maps, labels=[1, 2, 3, 4, 5])
    np.testing.assert_array_equal(confusion.where_mapped.counts, expected)
    assert confusion.pixels == 5000


def test_figures_of_the_whole(maps, confusion):
    assert confusion.overall == pytest.approx(metrics.accuracy_score(*maps))
    assert confusion.kappa == pytest.approx(metrics.cohen_kappa_score(*maps))
    assert confusion.mean_iou == pytest.approx(metrics.jaccard_score(*maps, average="macro"))
    assert confusion.mean_f1 == pytest.approx(metrics.f1_score(*maps, average="macro"))


def test_figures_of_each_class(maps, confusion):
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(*maps, zero_division=np.nan)
    np.testing.assert_allclose(confusion.precision, precision)
    np.testing.assert_allclose(confusion.recall, recall)
    np.testing.assert_allclose(confusion.f1, f1)
    np.testing.assert_allclose(confusion.iou, metrics.jaccard_score(*maps, average=None))


def test_uncounted_pixels_do_not_count(maps):
    reference, mapped = maps
    counted = np.random.default_rng(5).random(reference.size) < 0.5
    masked = [np.where(counted, plane, np.uint8(0)) for plane in maps]
    np.testing.assert_array_equal(
        count_confusion(*masked, 5), count_confusion(reference[counted], mapped[counted], 5)
    )


def test_nothing_is_known_of_nothing():
    nothing = Confusion(np.zeros((2, 2), np.int64))
    for figure in (nothing.overall, nothing.kappa, nothing.mean_iou, nothing.mean_f1, *nothing.iou):
        assert math.isnan(figure)


def test_kappa_of_a_single_class_is_unknown():
    assert math.isnan(Confusion(np.array([[9, 0], [0, 0]])).kappa)


def test_pixels_without_data_are_missed(maps):
    """As a class of the map that the reference never has, but that no mean takes in."""
    reference, mapped = maps
    missing = np.random.default_rng(6).random(reference.size) < 0.2
    confusion = Confusion(count_confusion(reference, np.where(missing, np.uint8(0), mapped), 5))
    other = np.where(missing, 9, mapped)
    assert confusion.pixels == 5000
    np.testing.assert_array_equal(confusion.no_data, np.bincount(reference[missing], minlength=6)[1:])
    assert confusion.no_data_share == pytest.approx(missing.mean())
    assert confusion.overall == pytest.approx(metrics.accuracy_score(reference, other))
    assert confusion.kappa == pytest.approx(metrics.cohen_kappa_score(reference, other))
    options = {"labels": [1, 2, 3, 4, 5], "average": None, "zero_division": np.nan}
    np.testing.assert_allclose(
        confusion.iou, metrics.jaccard_score(reference, other, **options | {"zero_division": 0})
    )
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(reference, other, **options)
    np.testing.assert_allclose(confusion.precision, precision)
    np.testing.assert_allclose(confusion.recall, recall)
    np.testing.assert_allclose(confusion.f1, f1)
    seen = Confusion(count_confusion(reference[~missing], mapped[~missing], 5))
    np.testing.assert_array_equal(confusion.where_mapped.counts, seen.where_mapped.counts)


def test_weights(maps):
    weights = np.random.default_rng(7).random(maps[0].size)
    expected = metrics.confusion_matrix(*maps, labels=[1, 2, 3, 4, 5], sample_weight=weights)
    np.testing.assert_allclose(count_confusion(*maps, 5, weights)[:, :5], expected)
