"""Where hints are placed: what a budget is, and what each placement promises."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")

from recurve.benchmarks.hint_places import (
    JITTER_PX,
    PLACEMENTS,
    Click,
    drawn,
    hint_count,
    jittered,
    largest_pieces,
    partly_wrong,
)


@pytest.fixture
def maps():
    """A map of one class, and the truth: a square of 20 px, one of 6 px, a pixel, and a strip that is unlabelled."""
    truth = np.ones((60, 80), np.uint8)
    truth[10:30, 10:30] = 2
    truth[40:46, 50:56] = 3
    truth[2, 70] = 2
    truth[:, 76:] = 0
    return np.ones_like(truth), truth


@pytest.mark.parametrize(
    ("budget", "pixels", "count"),
    [(0, 10**6, 0), (1, 1, 1), (5, 10**6, 5), (5, 200_000, 1), (5, 200_001, 2), (50, 10**6, 50)],
)
def test_a_budget_is_rounded_up(budget, pixels, count):
    assert hint_count(budget, pixels) == count


def test_the_largest_pieces_come_first_and_are_clicked_in_their_middle(maps):
    first, second, third = largest_pieces(*maps, count=9)
    assert [first.size, second.size, third.size] == [400, 36, 1]
    assert {first.centre.row, first.centre.col} <= {19, 20}
    assert first.centre.class_value == 2
    assert second.centre.class_value == 3
    assert third.centre == Click(2, 70, 2)
    assert len(largest_pieces(*maps, count=2)) == 2
    assert len(largest_pieces(*maps, count=9, least_px=36)) == 2


def test_a_right_map_has_no_wrong_piece(maps):
    _, truth = maps
    assert largest_pieces(np.maximum(truth, 1), truth, count=5) == []


def test_a_piece_is_clicked_inside_whatever_its_form():
    truth = np.ones((40, 40), np.uint8)
    truth[5:35, 5:35] = 2
    truth[9:31, 9:31] = 1  # a ring: its centre of gravity is outside of it
    piece = largest_pieces(np.ones_like(truth), truth, count=1)[0]
    assert truth[piece.centre.row, piece.centre.col] == 2


@pytest.mark.parametrize("name", PLACEMENTS)
def test_each_placement_is_repeatable_and_inside(maps, name):
    codes, truth = maps
    made = [PLACEMENTS[name](codes, truth, 3, 3, np.random.default_rng(4)) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) == 3
    for click in made[0]:
        assert 0 <= click.row < 60
        assert 0 <= click.col < 80
        assert 1 <= click.class_value <= 3


def test_random_hints_lie_on_wrong_pixels_and_confirming_ones_on_right_pixels(maps):
    codes, truth = maps
    for name, is_wrong in (("random", True), ("confirming", False)):
        for click in PLACEMENTS[name](codes, truth, 3, 40, np.random.default_rng(1)):
            assert click.class_value == truth[click.row, click.col]
            assert (click.class_value != codes[click.row, click.col]) == is_wrong


def test_there_are_no_more_random_hints_than_wrong_pixels(maps):
    codes, truth = maps
    wrong = int(((codes != truth) & (truth > 0)).sum())
    made = PLACEMENTS["random"](codes, truth, 3, 10_000, np.random.default_rng(1))
    assert len(made) == len(set(made)) == wrong


def test_jitter_moves_a_hint_a_little_and_keeps_its_class():
    clicks = [Click(0, 79, 2), Click(30, 40, 3)] * 200
    moved = jittered(clicks, (60, 80), np.random.default_rng(0))
    away = [(new.row - old.row, new.col - old.col) for new, old in zip(moved, clicks)]
    assert np.abs(away).max() == JITTER_PX
    assert [click.class_value for click in moved] == [click.class_value for click in clicks]
    assert all(0 <= click.row < 60 and 0 <= click.col < 80 for click in moved)


@pytest.mark.parametrize("classes", [2, 5])
def test_a_tenth_of_the_hints_is_wrong(classes):
    clicks = [Click(0, 0, 1 + number % classes) for number in range(4000)]
    made = partly_wrong(clicks, classes, np.random.default_rng(0))
    wrong = [new for new, old in zip(made, clicks) if new != old]
    assert 0.08 < len(wrong) / len(clicks) < 0.12
    assert {click.class_value for click in wrong} == set(range(1, classes + 1))


def test_hints_are_drawn_as_a_corrector_takes_them():
    hints = drawn([Click(1, 2, 3), Click(4, 0, 1), Click(1, 2, 2)], (5, 6))
    assert hints.shape == (2, 5, 6)
    assert hints.dtype == np.float32
    assert hints[:, 1, 2].tolist() == [2, 1]
    assert hints[:, 4, 0].tolist() == [1, 1]
    assert np.count_nonzero(hints) == 4
