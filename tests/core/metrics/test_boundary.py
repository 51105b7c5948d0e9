"""Boundary figures against their definitions, pixel by pixel; and whole against blocks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recurve.core.metrics.boundary import count_boundaries, count_label_edge, margin_px
from recurve.core.raster.tiling import Window, tile_grid

TOLERANCES = (1, 2, 4)


def scene(seed, height=23, width=31, classes=3, unlabelled=0.05):
    """A reference of rough patches and a map that is the reference shifted, with holes in both."""
    rng = np.random.default_rng(seed)
    patches = np.kron(rng.integers(1, classes + 1, (height // 4 + 2, width // 5 + 2)), np.ones((4, 5), int))
    reference = patches[:height, :width].astype(np.uint8)
    codes = patches[1 : height + 1, 2 : width + 2].astype(np.uint8)
    uncounted = rng.random(reference.shape) < unlabelled
    reference[uncounted] = codes[uncounted] = 0
    return reference, codes


def square(plane, row, col, radius):
    """The pixels around one, 0 beyond the edge."""
    padded = np.pad(plane, radius)
    return padded[row : row + 2 * radius + 1, col : col + 2 * radius + 1]


def strips_by_hand(reference, codes, k, radius):
    """A pixel is in the strip if it is of the class and something else is in its square."""
    both = either = 0
    for at in itertools.product(*map(range, reference.shape)):
        inside = [p[at] == k and (square(p, *at, radius) != k).any() for p in (reference, codes)]
        both += all(inside)
        either += any(inside)
    return both, either


def contour_by_hand(plane, k):
    """Pixels of the class with a pixel of another class, not an uncounted one, among their eight neighbours."""
    contour = np.zeros(plane.shape, bool)
    for at in itertools.product(*map(range, plane.shape)):
        around = square(plane, *at, 1)
        contour[at] = plane[at] == k and ((around != k) & (around != 0)).any()
    return contour


def matched_by_hand(contour, other, radius):
    near = [square(other, *at, radius).any() for at in zip(*np.nonzero(contour))]
    return sum(map(bool, near))


def whole(reference, codes, classes, tolerances=TOLERANCES):
    margin = margin_px(tolerances)
    return count_boundaries(np.pad(reference, margin), np.pad(codes, margin), classes, tolerances)


@pytest.mark.parametrize("seed", [0, 1])
def test_strips_and_contours_are_those_of_the_definitions(seed):
    reference, codes = scene(seed, height=17, width=19)
    counts = whole(reference, codes, 3)
    for k in (1, 2, 3):
        contours = [contour_by_hand(plane, k) for plane in (codes, reference)]
        assert counts.contours[:, k - 1].tolist() == [contour.sum() for contour in contours]
        for number, radius in enumerate(TOLERANCES):
            assert tuple(counts.strips[number, :, k - 1]) == strips_by_hand(reference, codes, k, radius)
            assert counts.matched[number, :, k - 1].tolist() == [
                matched_by_hand(*contours, radius),
                matched_by_hand(*contours[::-1], radius),
            ]


def test_more_classes_than_bits():
    reference, codes = scene(2, classes=20)
    counts = whole(reference, codes, 20)
    for k in (1, 8, 9, 16, 17, 20):
        contours = [contour_by_hand(plane, k) for plane in (codes, reference)]
        assert counts.contours[:, k - 1].tolist() == [contour.sum() for contour in contours]
        assert counts.matched[1, 0, k - 1] == matched_by_hand(*contours, 2)


def test_distances_equal_scipys():
    ndimage = pytest.importorskip("scipy.ndimage")
    reference, codes = scene(3, 60, 80, unlabelled=0)
    counts = whole(reference, codes, 3, (3,))
    contours = [contour_by_hand(plane, 2) for plane in (codes, reference)]
    away = ndimage.distance_transform_cdt(~contours[1], "chessboard")
    assert counts.matched[0, 0, 1] == np.count_nonzero(contours[0] & (away <= 3))


def test_f1_by_hand():
    """The map's edge is 2 px beside the reference's: unmatched at 1 px, matched at 2 px."""
    reference, codes = np.ones((9, 12), np.uint8), np.ones((9, 12), np.uint8)
    reference[:, 6:] = 2
    codes[:, 8:] = 2
    counts = whole(reference, codes, 2, (1, 2))
    np.testing.assert_array_equal(counts.f1, [[0, 0], [1, 1]])
    # one strip of 1 px shares nothing; of 2 px class 1 has columns 4, 5 and 6, 7, and the raster's edge all around
    assert counts.iou[0, 0] < counts.iou[1, 0] < 1


def test_a_contour_on_one_side_only_is_a_failure():
    reference = np.ones((5, 5), np.uint8)
    codes = reference.copy()
    codes[2, 2] = 2
    counts = whole(reference, codes, 3)
    np.testing.assert_array_equal(counts.f1[0], [0, 0, np.nan])


def test_edges_of_what_is_labelled():
    reference = np.zeros((8, 8), np.uint8)
    reference[2:6, 2:6] = 1
    assert count_label_edge(np.pad(reference, 2), 2) == 12
    assert count_label_edge(np.pad(np.ones((4, 4), np.uint8), 1), 1) == 12


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    side=st.integers(1, 45),
    tolerances=st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True),
)
def test_blocks_give_the_whole(seed, height, width, side, tolerances):
    reference, codes = scene(seed, height, width, classes=9)
    margin = margin_px(tolerances)
    padded = [np.pad(plane, 64) for plane in (reference, codes)]
    total = None
    for tile in tile_grid(Window(0, 0, height, width), side, margin, 1):
        outer = Window(tile.inner.row + 64, tile.inner.col + 64, tile.inner.height, tile.inner.width).grown(
            margin
        )
        counts = count_boundaries(*(plane[outer.slices()] for plane in padded), 9, tolerances)
        total = counts if total is None else total + counts
    expected = whole(reference, codes, 9, tolerances)
    for name in ("strips", "matched", "contours"):
        np.testing.assert_array_equal(getattr(total, name), getattr(expected, name))
