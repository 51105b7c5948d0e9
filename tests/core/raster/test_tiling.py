import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recurve.core.raster.tiling import (
    AUTOMATIC_SIDE_PX,
    BYTES_PER_PX,
    ORDINARY_BYTES,
    Window,
    automatic_side_px,
    spread_windows,
    tile_grid,
)


@st.composite
def grids(draw):
    size = st.integers(1, 90)
    extent = Window(draw(st.integers(0, 40)), draw(st.integers(0, 40)), draw(size), draw(size))
    return extent, draw(st.integers(1, 100)), draw(st.integers(0, 20)), draw(st.sampled_from([1, 2, 3, 4, 8]))


@settings(deadline=None)
@given(grids())
def test_the_promises_of_a_tile_grid(grid):
    extent, side, halo, stride = grid
    tiles = tile_grid(extent, side, halo, stride)

    answers = np.zeros((extent.height, extent.width), dtype=int)
    for tile in tiles:
        assert extent.contains(tile.inner)
        answers[tile.inner.relative_to(extent).slices()] += 1
    assert (answers == 1).all(), "every pixel in one inner window"

    assert len({(tile.outer.height, tile.outer.width) for tile in tiles}) == 1, (
        "all outer windows of one size"
    )
    for tile in tiles:
        inner, outer = tile.inner, tile.outer
        grown = Window(inner.row - halo, inner.col - halo, inner.height + 2 * halo, inner.width + 2 * halo)
        assert outer.contains(grown)
        assert outer.row % stride == outer.col % stride == 0, "phase counted from the raster's origin"
        assert outer.height % stride == outer.width % stride == 0
        assert inner.height <= side + stride - 1
        assert inner.width <= side + stride - 1


def test_side_is_rounded_up_to_the_stride_and_cut_to_the_extent():
    (tile, *_), tall = tile_grid(Window(0, 0, 100, 100), 33, 0, 4), tile_grid(Window(0, 0, 70, 7), 1000, 6, 4)
    assert (tile.inner.height, tile.inner.width) == (36, 36)
    assert [(t.outer.height, t.outer.width) for t in tall] == [(72 + 16, 8 + 16)]


def test_tiles_come_row_by_row():
    tiles = tile_grid(Window(0, 0, 20, 20), 10, 3, 1)
    assert [(t.inner.row, t.inner.col) for t in tiles] == [(0, 0), (0, 10), (10, 0), (10, 10)]


@pytest.mark.parametrize(("side", "halo", "stride"), [(0, 0, 1), (1, -1, 1), (1, 0, 0)])
def test_impossible_grids_are_refused(side, halo, stride):
    with pytest.raises(ValueError, match="No tiles"):
        tile_grid(Window(0, 0, 5, 5), side, halo, stride)


def test_a_window_without_pixels_is_refused():
    with pytest.raises(ValueError, match="at least one pixel"):
        Window(0, 0, 0, 5)


@pytest.mark.parametrize(
    ("length", "widths"), [(1700, {852, 848}), (1536, {1536}), (1537, {772, 765}), (70, {70})]
)
def test_tiles_are_equally_wide(length, widths):
    """None is read at the full size for a few pixels only."""
    tiles = tile_grid(Window(0, 0, 8, length), AUTOMATIC_SIDE_PX, 48, 4)
    assert {tile.inner.width for tile in tiles} == widths
    assert {tile.inner.height for tile in tiles} == {8}


@pytest.mark.parametrize(
    ("free_bytes", "side"),
    [(None, AUTOMATIC_SIDE_PX), (80 << 30, 4096), (10_000, 384)],
)
def test_automatic_side(free_bytes, side):
    assert automatic_side_px(free_bytes, 48) == side


@pytest.mark.parametrize("free_bytes", [1 << 30, 4 << 30])
def test_automatic_side_takes_half_of_the_free_memory(free_bytes):
    """For a tile with its halo; one pixel more would be too much."""
    outer = automatic_side_px(free_bytes, 48) + 2 * 48
    assert outer**2 * BYTES_PER_PX <= free_bytes / 2 < (outer + 1) ** 2 * BYTES_PER_PX


@pytest.mark.parametrize("bytes_per_px", [1400, 2500, 6600])
def test_automatic_side_of_networks_that_take_much(bytes_per_px):
    """In ordinary memory, too, a tile with its halo must fit."""
    outer = automatic_side_px(None, 100, bytes_per_px) + 200
    assert outer**2 * bytes_per_px <= ORDINARY_BYTES < (outer + 1) ** 2 * bytes_per_px


@pytest.mark.parametrize("stride", [1, 4, 7])
@pytest.mark.parametrize("window", [Window(0, 0, 1, 1), Window(-3, 5, 8, 12), Window(8, -8, 4, 16)])
def test_a_window_grows_to_the_stride(window, stride):
    grown = window.aligned_to(stride)
    assert grown.contains(window)
    for start, stop, inner, inner_stop in (
        (grown.row, grown.row_stop, window.row, window.row_stop),
        (grown.col, grown.col_stop, window.col, window.col_stop),
    ):
        assert start % stride == stop % stride == 0
        assert 0 <= inner - start < stride
        assert 0 <= stop - inner_stop < stride


@pytest.mark.parametrize(("height", "width", "count"), [(640, 3, 1), (641, 640, 5), (10000, 5000, 25)])
def test_a_few_windows_from_the_first_to_the_last_pixel(height, width, count):
    extent = Window(7, -3, height, width)
    windows = spread_windows(extent)
    assert len(windows) == count
    assert all(extent.contains(window) for window in windows)
    assert (windows[0].row, windows[0].col) == (7, -3)
    assert (windows[-1].row_stop, windows[-1].col_stop) == (extent.row_stop, extent.col_stop)
