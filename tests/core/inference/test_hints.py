"""Hints as planes of pixels: the same for every window, certain ones over likely ones, later ones over earlier ones."""

import numpy as np
import pytest
from osgeo import ogr
from recurve.core.inference.hint_trust import CERTAIN, LIKELY
from recurve.core.inference.hints import Hint, Hints
from recurve.core.raster.tiling import Window

HEIGHT, WIDTH = 300, 330


def hint(wkt, number, trust=CERTAIN):
    return Hint(bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), number, trust)


@pytest.fixture
def hints():
    return Hints(
        [
            hint("POLYGON ((100.3 200.2, 270.8 230.1, 260.2 280.7, 90.1 290.4, 100.3 200.2))", 3),
            hint("LINESTRING (-20 10, 200.5 255.6, 400 257)", 2, LIKELY),
            hint("POINT (120.5 255.5)", 1, LIKELY),
            hint("POINT (121.5 255.5)", 1),
            hint("POINT (-1 5)", 4),
        ],
        HEIGHT,
        WIDTH,
    )


def test_a_window_holds_the_pixels_of_the_whole(hints):
    whole = hints.read(Window(0, 0, HEIGHT, WIDTH))
    assert len(np.unique(whole[0])) == 4
    for window in (
        Window(0, 0, 1, 1),
        Window(250, 251, 20, 33),
        Window(190, 80, 110, 250),
        Window(3, 5, 64, 300),
    ):
        np.testing.assert_array_equal(hints.read(window), whole[(slice(None), *window.slices())])


def test_beyond_the_image_there_is_nothing(hints):
    around = hints.read(Window(-40, -30, HEIGHT + 80, WIDTH + 90))
    whole = hints.read(Window(0, 0, HEIGHT, WIDTH))
    np.testing.assert_array_equal(around[:, 40 : 40 + HEIGHT, 30 : 30 + WIDTH], whole)
    assert around.sum() == whole.sum()
    assert not hints.read(Window(-40, 0, 40, 20)).any()
    assert not hints.read(Window(HEIGHT, WIDTH, 5, 5)).any()


def test_certain_before_likely_and_the_last_one_wins(hints):
    planes = hints.read(Window(0, 0, HEIGHT, WIDTH))
    assert planes.dtype == np.float32
    assert planes[:, 255, 120].tolist() == [3, CERTAIN]  # a likely point in a certain polygon
    assert planes[:, 255, 121].tolist() == [1, CERTAIN]  # a later certain one
    assert planes[:, 256, 300].tolist() == [2, LIKELY]
    assert planes[:, 0, 0].tolist() == [0, 0]


def test_boxes_and_what_is_near(hints):
    boxes = hints.boxes()
    assert boxes[2] == Window(255, 120, 1, 1)
    assert boxes[4] is None
    assert not hints.is_empty
    assert hints.near(Window(255, 140, 10, 10), 20) == [0, 1, 2, 3]
    assert hints.near(Window(0, 300, 10, 10), 5) == []
    assert hints.near(Window(0, 0, HEIGHT, WIDTH), 1000) == [0, 1, 2, 3]
    assert Hints([hint("POINT (-1 5)", 1)], 10, 10).is_empty
    assert Hints([], 10, 10).near(Window(0, 0, 5, 5), 9) == []


def test_contradictions_are_pairs_that_share_a_pixel(hints):
    assert hints.contradictions() == [(0, 1), (0, 2), (0, 3)]
    same = Hints([hint("POINT (1 1)", 2), hint("POINT (1.2 1.3)", 2), hint("POINT (2.5 1)", 1)], 10, 10)
    assert same.contradictions() == []


def test_of_many_hints_in_a_block_those_that_share_a_pixel_contradict():
    points = [hint(f"POINT ({n % 20}.5 {n // 20}.5)", 1 + n % 3) for n in range(200)]
    assert Hints([*points, hint("POINT (7.2 3.8)", 1)], 64, 64).contradictions() == [(67, 200)]


def test_everything_about_a_hint_is_in_its_digest():
    one = hint("POINT (1 1)", 2)
    assert one.digest == hint("POINT (1 1)", 2).digest
    others = [hint("POINT (1 2)", 2), hint("POINT (1 1)", 1), hint("POINT (1 1)", 2, LIKELY)]
    assert len({one.digest, *(other.digest for other in others)}) == 4
