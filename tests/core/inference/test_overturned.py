"""Hints against what the map, or the classifier, was sure of."""

import struct

import numpy as np
import pytest
from recurve.core.class_maps.own_classes import read_own_map
from recurve.core.class_maps.start_scores import MapScores
from recurve.core.inference import overturned
from recurve.core.inference.hints import Hint, Hints
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.overturned import Overturned, overturned_hints
from recurve.core.inference.tile_inference import Networks
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window

HEIGHT, WIDTH = 61, 83


def point(row, col, class_number):
    return Hint(struct.pack("<BIdd", 1, 1, col + 0.5, row + 0.5), class_number)


def square(row, col, row_stop, col_stop, class_number):
    corners = [(col, row), (col_stop, row), (col_stop, row_stop), (col, row_stop), (col, row)]
    rings = struct.pack("<BIII", 1, 3, 1, 5) + b"".join(struct.pack("<dd", *corner) for corner in corners)
    return Hint(rings, class_number)


@pytest.fixture
def found_in_map(make_raster, fake):
    """A function: what hints overturn in a map of probabilities (classes, height, width)."""

    def run(shares, *hints, extent=None):
        path = str(make_raster(shares.astype(np.float32), "map.tif"))
        image = make_raster(np.ones((2, HEIGHT, WIDTH), np.uint8))
        class_map = read_own_map(path, "probabilities").class_map(Quiet())
        with RasterReader(image) as reader, MapScores(class_map, reader.grid) as start:
            networks = Networks(None, fake.BoxCorrector(), 3)
            known = Hints(hints, HEIGHT, WIDTH)
            run = MapRun(reader, networks, extent or reader.grid.extent, None, start, hints=known)
            return overturned_hints(run)

    return run


@pytest.fixture
def shares():
    """Probabilities (3, height, width): 98 % for the first class on the left, 90 % on the right."""
    values = np.full((3, HEIGHT, WIDTH), 0.05)
    values[0] = 0.9
    values[:, :, :40] = np.array([0.98, 0.01, 0.01])[:, None, None]
    return values


class TestMap:
    def test_only_what_was_sure_and_is_another_class(self, found_in_map, shares):
        found = found_in_map(shares, point(5, 70, 2), point(6, 10, 1), point(7, 12, 3), point(50, 11, 2))
        assert [(one.hint, one.row, one.col, one.class_number) for one in found] == [
            (2, 7, 12, 1),
            (3, 50, 11, 1),
        ]
        assert found[0].probability == pytest.approx(0.98, abs=1e-3)

    def test_a_polygon_is_looked_at_in_its_middle(self, found_in_map, shares):
        (found,) = found_in_map(shares, square(10, 20, 15, 31, 2))
        assert (found.row, found.col) == (12, 25)

    def test_what_another_hint_covers_says_nothing(self, found_in_map, shares):
        found = found_in_map(shares, point(5, 5, 2), point(5, 5, 1))
        assert found == []

    def test_hints_outside_the_extent_are_not_looked_at(self, found_in_map, shares):
        assert found_in_map(shares, point(5, 5, 2), extent=Window(6, 0, 10, 83)) == []


@pytest.mark.parametrize("cell", [7, 128])
def test_of_a_classifier_only_the_hints_pixels_are_classified(make_raster, fake, monkeypatch, cell):
    """Whichever cells they are looked for in, to the same probabilities."""
    monkeypatch.setattr(overturned, "_CELL_PX", cell)
    pixels = np.random.default_rng(5).integers(1, 200, (2, HEIGHT, WIDTH)).astype(np.uint8)
    classifier = fake.Stride4Classifier()
    codes, scores = fake.untiled_map(pixels, classifier)
    exponents = np.exp(scores.astype(np.float64) - scores.max(axis=0))
    probability = (exponents / exponents.sum(axis=0)).max(axis=0)
    places = [(0, 0), (30, 40), (31, 44), (60, 82), (12, 7)]
    hints = [point(row, col, codes[row, col] % 3 + 1) for row, col in places]
    expected = [
        Overturned(number, row, col, int(codes[row, col]), pytest.approx(probability[row, col], abs=1e-6))
        for number, (row, col) in enumerate(places)
        if probability[row, col] > overturned.SURE
    ]
    assert expected
    with RasterReader(make_raster(pixels)) as reader:
        known = Hints(hints, HEIGHT, WIDTH)
        run = MapRun(reader, Networks(classifier, None, 0), reader.grid.extent, None, hints=known)
        assert overturned_hints(run) == expected
