"""Spatial blocks: they cover the image once, and both splits get their share of each class."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.core.raster.tiling import Window
from recurve.core.samples.block_split import TRAIN, VALIDATION, BlockGrid, near, overlap, split_blocks

FREE = np.full(1000, -1)


def boxes(*rows):
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


@pytest.mark.parametrize(
    ("height", "width", "side"), [(1000, 700, 400), (50, 60, 400), (401, 401, 400), (7, 5, 1)]
)
def test_blocks_cover_the_image_once(height, width, side):
    extent = Window(0, 0, height, width)
    blocks = BlockGrid.of_size(extent, side, side)
    assert blocks.height <= side
    assert blocks.width <= side
    covered = np.zeros((height, width), int)
    for block in blocks.touched(boxes([0, 0, height, width])):
        covered[blocks.window(block).slices()] += 1
    assert (covered == 1).all()


def test_blocks_are_equally_large():
    blocks = BlockGrid.of_size(Window(0, 0, 1000, 1700), 400, 1600)
    assert (blocks.height, blocks.width) == (334, 850)


def test_touched_blocks_are_those_the_boxes_reach_into():
    blocks = BlockGrid.of_size(Window(0, 0, 40, 40), 10, 10)
    assert blocks.touched(boxes([0, 0, 10, 10])) == [(0, 0)]
    assert blocks.touched(boxes([9, 9, 11, 11], [39, 0, 40, 1])) == [(0, 0), (0, 1), (1, 0), (1, 1), (3, 0)]
    assert blocks.touched(boxes()) == []


def test_each_class_gets_its_share():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 1000, (200, 4)) * (rng.random((200, 4)) < [0.9, 0.5, 0.2, 0.05])
    splits = split_blocks(pixels, 0.2, 1, FREE[:200])
    shares = pixels[splits == VALIDATION].sum(0) / pixels.sum(0)
    assert (abs(shares - 0.2) < [0.03, 0.03, 0.06, 0.15]).all()  # the last one is in 10 blocks only


def test_both_splits_hold_a_class_of_two_blocks():
    pixels = np.zeros((30, 3), int)
    pixels[:, 0] = 100
    pixels[[4, 17], 1] = [900, 5]
    pixels[9, 2] = 50
    for seed in range(20):
        splits = split_blocks(pixels, 0.1, seed, FREE[:30])
        assert sorted(splits[[4, 17]]) == [TRAIN, VALIDATION]
        assert splits[9] == TRAIN  # what is only once is to be learned
        assert 1 <= splits.sum() <= 6


def test_the_seed_decides():
    pixels = np.full((40, 1), 10)
    first, again, other = (split_blocks(pixels, 0.25, seed, FREE[:40]) for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert first.sum() == other.sum() == 10


@pytest.mark.parametrize(("share", "split"), [(0, TRAIN), (1, VALIDATION)])
def test_all_to_one_split(share, split):
    assert (split_blocks(np.ones((5, 2), int), share, 0, FREE[:5]) == split).all()


def test_known_blocks_stay_and_count():
    known = np.array([VALIDATION, VALIDATION, -1, -1, -1, -1, -1, -1, -1, TRAIN])
    for seed in range(5):
        splits = split_blocks(np.full((10, 1), 10), 0.2, seed, known)
        assert splits.tolist() == [VALIDATION] * 2 + [TRAIN] * 8


def test_blocks_without_labels_are_for_training():
    assert split_blocks(np.zeros((3, 2), int), 0.5, 0, FREE[:3]).tolist() == [TRAIN] * 3


def test_overlap():
    assert overlap(Window(0, 0, 4, 5), Window(2, 3, 10, 10)) == 4
    assert overlap(Window(0, 0, 4, 5), Window(4, 0, 1, 1)) == 0


@pytest.mark.parametrize("distance", [0, 1, 3, 20])
def test_near_is_the_distance_in_rows_and_columns(distance):
    rng = np.random.default_rng(distance)
    labelled = rng.random((13, 17)) < 0.03
    rows, cols = np.indices(labelled.shape)
    expected = np.zeros_like(labelled)
    for row, col in np.argwhere(labelled):
        expected |= np.maximum(abs(rows - row), abs(cols - col)) <= distance
    np.testing.assert_array_equal(near(labelled, distance), expected)
