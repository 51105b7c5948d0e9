"""Figures against scikit-learn's and against small maps drawn by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from recurve.core.metrics.accuracy import assess


@pytest.fixture
def random_maps():
    rng = np.random.default_rng(0)
    return rng.integers(0, 4, (60, 70)).astype(np.uint8), rng.integers(0, 4, (60, 70)).astype(np.uint8)


def test_confusion_iou_and_accuracy_equal_scikit_learn(random_maps):
    metrics = pytest.importorskip("sklearn.metrics")
    reference, codes = random_maps
    counted = (reference > 0) & (codes > 0)
    accuracy = assess(reference, codes, 3)
    true, mapped = reference[counted], codes[counted]
    np.testing.assert_array_equal(
        accuracy.confusion, metrics.confusion_matrix(true, mapped, labels=[1, 2, 3])
    )
    assert accuracy.iou == pytest.approx(metrics.jaccard_score(true, mapped, labels=[1, 2, 3], average=None))
    assert accuracy.mean_iou == pytest.approx(metrics.jaccard_score(true, mapped, average="macro"))
    assert accuracy.overall == pytest.approx(metrics.accuracy_score(true, mapped))


def test_boundary_iou_equals_erosion_by_a_square(random_maps):
    ndimage = pytest.importorskip("scipy.ndimage")
    rng = np.random.default_rng(1)
    reference = (ndimage.gaussian_filter(rng.normal(size=(80, 90)), 4) > 0).astype(np.uint8) + 1
    codes = np.roll(reference, (2, 1), (0, 1))
    for distance in (1, 3):
        accuracy = assess(reference, codes, 2, distance)
        for k in (1, 2):
            strips = [
                region & ~ndimage.binary_erosion(region, np.ones((3, 3)), distance)
                for region in (reference == k, codes == k)
            ]
            expected = (strips[0] & strips[1]).sum() / (strips[0] | strips[1]).sum()
            assert accuracy.boundary_iou[k - 1] == pytest.approx(expected)


def test_boundary_iou_by_hand():
    """A square of 5 px and one shifted by a column: strips of 1 px are rings of 16 px that share 8."""
    reference, codes = np.ones((9, 9), np.uint8), np.ones((9, 9), np.uint8)
    reference[2:7, 1:6] = 2
    codes[2:7, 2:7] = 2
    assert assess(reference, codes, 2, 1).boundary_iou[1] == pytest.approx(8 / 24)


def test_places_are_added():
    rng = np.random.default_rng(2)
    maps = [rng.integers(1, 3, (20, 20)).astype(np.uint8) for _ in range(4)]
    together = assess(maps[0], maps[1], 2) + assess(maps[2], maps[3], 2)
    np.testing.assert_array_equal(
        together.confusion, assess(np.hstack(maps[::2]), np.hstack(maps[1::2]), 2).confusion
    )


def test_absent_class_does_not_count():
    reference = np.array([[1, 1, 2, 2]], np.uint8)
    accuracy = assess(reference, reference, 3)
    assert accuracy.mean_iou == 1.0
    assert math.isnan(accuracy.iou[2])


def test_nothing_to_compare_is_nan():
    accuracy = assess(np.zeros((4, 4), np.uint8), np.ones((4, 4), np.uint8), 2)
    assert math.isnan(accuracy.overall)
    assert math.isnan(accuracy.mean_iou)
    assert math.isnan(accuracy.mean_boundary_iou)


def test_refusals():
    with pytest.raises(ValueError, match="differ in shape"):
        assess(np.ones((3, 3), np.uint8), np.ones((3, 4), np.uint8), 2)
    with pytest.raises(ValueError, match="above the number of classes"):
        assess(np.full((3, 3), 3, np.uint8), np.ones((3, 3), np.uint8), 2)
