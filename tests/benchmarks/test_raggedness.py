"""How long outlines are, and what a speck is."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")

from recurve.benchmarks.raggedness import SPECK_PX, outlines


def everywhere(codes):
    return np.ones(codes.shape, bool)


def test_the_outline_of_a_rectangle_is_its_perimeter():
    codes = np.ones((20, 30), np.uint8)
    codes[5:9, 7:12] = 2
    found = outlines(codes, everywhere(codes))
    assert found.edges == 2 * (4 + 5)
    assert found.perimeter == 18 / 600
    assert (found.pieces, found.specks) == (2, 0)


def test_the_edge_of_the_image_is_no_outline():
    codes = np.ones((6, 8), np.uint8)
    codes[:, 4:] = 2
    assert outlines(codes, everywhere(codes)).edges == 6


def test_what_is_smaller_than_a_speck_may_be_is_one():
    codes = np.ones((40, 40), np.uint8)
    codes[2, 2 : 2 + SPECK_PX] = 2
    codes[5, 2 : 2 + SPECK_PX - 1] = 2
    codes[8, 8] = codes[9, 9] = 3  # over a corner is not connected
    found = outlines(codes, everywhere(codes))
    assert (found.pieces, found.specks) == (5, 3)
    assert found.speck_share == 3 / 5


def test_pixels_that_do_not_count_have_no_outline():
    codes = np.ones((10, 10), np.uint8)
    codes[:, 5] = 2
    counted = everywhere(codes)
    counted[:, 5] = False
    found = outlines(codes, counted)
    assert (found.edges, found.pieces, found.area) == (0, 2, 90)


def test_salt_and_pepper_is_more_ragged():
    rng = np.random.default_rng(0)
    smooth = np.kron(rng.integers(1, 4, (4, 4)), np.ones((16, 16))).astype(np.uint8)
    ragged = np.where(rng.random(smooth.shape) < 0.05, rng.integers(1, 4, smooth.shape), smooth).astype(
        np.uint8
    )
    before, after = (outlines(codes, everywhere(codes)) for codes in (smooth, ragged))
    assert after.perimeter > 1.2 * before.perimeter
    assert before.speck_share == 0 < after.speck_share


def test_the_outlines_of_two_images_add_up():
    codes = np.ones((12, 12), np.uint8)
    codes[3:6, 3:6] = 2
    one = outlines(codes, everywhere(codes))
    both = one + one
    assert (both.edges, both.pieces, both.specks) == (2 * one.edges, 2 * one.pieces, 2 * one.specks)
    assert both.perimeter == one.perimeter
