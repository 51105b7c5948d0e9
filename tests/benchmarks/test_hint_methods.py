"""What is done by hand with a hint."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")

from recurve.benchmarks.hint_methods import DISC_PX, disc, random_walker
from recurve.benchmarks.hint_places import Click


@pytest.fixture
def scene():
    """A bright square on dark ground, which the map has not seen."""
    truth = np.ones((64, 64), np.uint8)
    truth[24:40, 24:40] = 2
    image = np.where(truth == 2, 3.0, -0.3)[None].repeat(3, axis=0).astype(np.float32)
    return image, truth, np.ones_like(truth)


def test_a_disc_has_its_radius_and_the_class_of_its_hint(scene):
    _, _, codes = scene
    found = disc(codes, [Click(30, 30, 2), Click(0, 0, 3)])
    assert found[30, 30 + DISC_PX] == 2
    assert found[30, 31 + DISC_PX] == 1
    assert abs((found == 2).sum() - np.pi * DISC_PX**2) < 12
    assert found[0, DISC_PX] == 3
    assert (codes == 1).all()


def test_a_random_walker_stops_at_an_edge_of_the_image(scene):
    image, truth, codes = scene
    found = random_walker(codes, image, [Click(32, 31, 2)], 16)
    np.testing.assert_array_equal(found, truth)


def test_a_random_walker_changes_nothing_beyond_its_radius(scene):
    _, _, codes = scene
    image = np.zeros((3, *codes.shape), np.float32)
    found = random_walker(codes, image, [Click(32, 32, 2), Click(3, 60, 3)], 8)
    rows, cols = np.indices(codes.shape)
    far = ((rows - 32) ** 2 + (cols - 32) ** 2 > 64) & ((rows - 3) ** 2 + (cols - 60) ** 2 > 64)
    assert (found[far] == 1).all()
    assert found[32, 32] == 2
    assert found[3, 60] == 3


def test_a_confirming_hint_changes_nothing(scene):
    image, _, codes = scene
    for found in (disc(codes, [Click(20, 9, 1)]), random_walker(codes, image, [Click(20, 9, 1)], 12)):
        np.testing.assert_array_equal(found, codes)
