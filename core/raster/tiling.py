"""Windows, and the tiles whose maps put together are the map of the whole.

A tile answers for its inner window and reads its outer window. Two rules make the tiled map the untiled map: the outer
window holds everything the inner pixels depend on (the halo), and it starts at a multiple of the networks' stride
counted from the raster's origin, so that each pixel meets the classifier's grid in the same phase in every tile.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# A wider tile wastes less on its halo, a narrower one takes less memory. At 1536 px a halo of 48 px costs 13 % more
# pixels (at 1024 px: 20 %), and the networks take up to 1.2 GB.
AUTOMATIC_SIDE_PX = 1536
_LARGEST_AUTOMATIC_SIDE_PX = 4096  # beyond it, less than 5 % are lost on the halo
BYTES_PER_PX = 850
"""What the pretrained deep corrector takes for each pixel that a tile reads, while it runs (`benchmarks/gpu.py`)."""
ORDINARY_BYTES = 1_500_000_000
"""How much of ordinary memory the networks may take at a time."""


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels; row and column may be negative where a window passes the raster's edge."""

    row: int
    col: int
    height: int
    width: int

    def __post_init__(self) -> None:
        """Check the size.

        Raises:
            ValueError: the window holds no pixel.
        """
        if self.height < 1 or self.width < 1:
            raise ValueError(f"A window needs at least one pixel, not {self.height} x {self.width}.")

    @property
    def row_stop(self) -> int:
        """The row after the last one."""
        return self.row + self.height

    @property
    def col_stop(self) -> int:
        """The column after the last one."""
        return self.col + self.width

    def contains(self, other: Window) -> bool:
        """Whether every pixel of the other window is in this one."""
        return (
            self.row <= other.row
            and self.col <= other.col
            and other.row_stop <= self.row_stop
            and other.col_stop <= self.col_stop
        )

    def grown(self, border_px: int) -> Window:
        """The window with so many more pixels on each side."""
        return Window(
            self.row - border_px,
            self.col - border_px,
            self.height + 2 * border_px,
            self.width + 2 * border_px,
        )

    def aligned_to(self, stride: int) -> Window:
        """The smallest window around this one that begins and ends at multiples of the stride."""
        row, col = self.row - self.row % stride, self.col - self.col % stride
        return Window(
            row, col, _round_up(self.row_stop - row, stride), _round_up(self.col_stop - col, stride)
        )

    def clipped_to(self, other: Window) -> Window:
        """The pixels that are in both windows.

        Raises:
            ValueError: there is none.
        """
        row, col = max(self.row, other.row), max(self.col, other.col)
        row_stop, col_stop = min(self.row_stop, other.row_stop), min(self.col_stop, other.col_stop)
        return Window(row, col, row_stop - row, col_stop - col)

    def relative_to(self, outer: Window) -> Window:
        """The same pixels, counted from the first pixel of another window."""
        return Window(self.row - outer.row, self.col - outer.col, self.height, self.width)

    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index an array (..., height, width) with."""
        return slice(self.row, self.row_stop), slice(self.col, self.col_stop)


@dataclass(frozen=True)
class Tile:
    """What a tile answers for (inner) and what it reads for it (outer)."""

    inner: Window
    outer: Window


def automatic_side_px(free_bytes: int | None, halo_px: int, bytes_per_px: int = BYTES_PER_PX) -> int:
    """The largest tile side where the user names none, px.

    Several tiles at once would fill a large device as well; one large tile does so with less halo.

    Args:
        free_bytes: free memory of the device, of which half is used; None for ordinary memory, of which
            `ORDINARY_BYTES` are.
        halo_px: halo of the tiles.
        bytes_per_px: what the networks take for each pixel that a tile reads, while they run.
    """
    takes_much = bytes_per_px > BYTES_PER_PX
    if free_bytes is None and not takes_much:
        return AUTOMATIC_SIDE_PX
    usable, largest = ORDINARY_BYTES, AUTOMATIC_SIDE_PX
    if free_bytes is not None:
        usable, largest = free_bytes // 2, _LARGEST_AUTOMATIC_SIDE_PX
    fits = math.isqrt(usable // bytes_per_px) - 2 * halo_px
    smallest = AUTOMATIC_SIDE_PX // (12 if takes_much else 4)
    return max(smallest, min(fits, largest))


def tile_grid(extent: Window, side_px: int, halo_px: int, stride: int) -> list[Tile]:
    """Cover an extent with tiles, row by row.

    Args:
        extent: the pixels to answer for, counted from the raster's origin.
        side_px: largest side of the inner windows; rounded up to the stride. Along each axis they are about equally
            wide: 1700 px at a stride of 4 are tiles of 852 and 848 px, not one of 1536 px and one of 164 px that is
            read at the same size.
        halo_px: how far the inner pixels depend on others; rounded up to the stride.
        stride: what the size and the origin of an outer window must be multiples of.

    Returns:
        Tiles whose inner windows cover each pixel of the extent once, and whose outer windows are all of one size.

    Raises:
        ValueError: side or stride below 1, or halo below 0.
    """
    if side_px < 1 or halo_px < 0 or stride < 1:
        raise ValueError(f"No tiles of side {side_px} px, halo {halo_px} px and stride {stride} can be made.")
    side, halo = _round_up(side_px, stride), _round_up(halo_px, stride)
    rows = _cut(extent.row, extent.row_stop, side, halo, stride)
    cols = _cut(extent.col, extent.col_stop, side, halo, stride)
    return [
        Tile(
            Window(row.start, col.start, len(row), len(col)),
            Window(outer_row.start, outer_col.start, len(outer_row), len(outer_col)),
        )
        for row, outer_row in rows
        for col, outer_col in cols
    ]


def _cut(start: int, stop: int, side: int, halo: int, stride: int) -> list[tuple[range, range]]:
    """Inner and outer range of each tile along one axis."""
    origin = start - start % stride
    side = _round_up(_ceil_div(stop - origin, _ceil_div(stop - origin, side)), stride)
    return [
        (range(max(first, start), min(first + side, stop)), range(first - halo, first + side + halo))
        for first in range(origin, stop, side)
    ]


def _ceil_div(length: int, step: int) -> int:
    return -(-length // step)


def _round_up(length: int, step: int) -> int:
    return _ceil_div(length, step) * step


def spread_windows(extent: Window) -> list[Window]:
    """A few windows at even distances, to learn something about a large image; one of all pixels of a small one."""
    rows, cols = _spread(extent.height), _spread(extent.width)
    return [
        Window(extent.row + row, extent.col + col, height, width)
        for row, height in rows
        for col, width in cols
    ]


def _spread(length: int) -> list[tuple[int, int]]:
    """Where windows begin along an axis, and how long they are."""
    count, side = 5, 128
    if length <= count * side:
        return [(0, length)]
    return [(start * (length - side) // (count - 1), side) for start in range(count)]
