"""The seam statistic, by hand."""

import numpy as np
import pytest
from recurve.core.inference.seams import seam_ratio
from recurve.core.raster.tiling import Window, tile_grid

WINDOWS = [tile.inner for tile in tile_grid(Window(0, 0, 60, 40), 20, 0, 1)]  # borders: 2 rows, 1 column


def test_a_map_without_seams():
    codes = np.random.default_rng(0).integers(1, 3, (60, 40)).astype(np.uint8)
    assert seam_ratio(codes, WINDOWS) == pytest.approx(1, abs=0.15)


def test_a_map_of_tiles():
    """Each tile has its own class, and one pixel inside another: 4 pairs that differ."""
    codes = np.kron([[1, 2], [3, 1], [2, 3]], np.ones((20, 20), int)).astype(np.uint8)
    codes[5, 5] = 9
    inside = 60 * 38 + 57 * 40
    assert seam_ratio(codes, WINDOWS) == pytest.approx(1 / (4 / inside))
    codes[:, 20:] = 0  # what has no data is no seam, and one column of tiles remains
    codes[20:40] = 0
    with pytest.raises(ValueError, match="cannot be judged"):
        seam_ratio(codes, WINDOWS)


def test_borders_are_compared_with_what_lies_between_cells():
    """Cells of 4 px with classes by chance: every pair that differs lies between two of them."""
    cells = np.random.default_rng(0).integers(1, 3, (60, 40))
    codes = np.kron(cells, np.ones((4, 4), int)).astype(np.uint8)
    windows = [tile.inner for tile in tile_grid(Window(0, 0, 240, 160), 40, 0, 4)]
    assert seam_ratio(codes, windows) > 3
    assert seam_ratio(codes, windows, stride=4) == pytest.approx(1, abs=0.1)


def test_maps_that_cannot_be_judged():
    codes = np.ones((60, 40), np.uint8)
    with pytest.raises(ValueError, match="of one class only"):
        seam_ratio(codes, WINDOWS)
    codes[5, 5] = 2
    with pytest.raises(ValueError, match="without borders"):
        seam_ratio(codes, [Window(0, 0, 60, 40)])
