"""The values an image holds, from a few windows of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .image_reader import ImageReader
from .tiling import Window

_SIDE_PX, _WINDOWS = 128, 5  # along each axis


class ValueRange(NamedTuple):
    """Smallest and largest value of all bands, but for the lowest and highest hundredth."""

    low: float
    high: float


def value_range(reader: ImageReader, extent: Window) -> ValueRange | None:
    """What values an image has, from windows at even distances; a large image is not read whole.

    Args:
        reader: the image.
        extent: where to look, inside of it.

    Returns:
        The range of the valid pixels, in what `reader` gives; None where no window has any.

    Raises:
        RasterError: the image cannot be read.
    """
    found = []
    for window in _windows(extent):
        pixels, valid = reader.read(window)
        found.append(pixels[:, valid].astype(np.float64))
    values = np.concatenate(found, axis=1)
    if not values.size:
        return None
    low, high = np.percentile(values, (1, 99))
    return ValueRange(float(low), float(high))


def _windows(extent: Window) -> Iterator[Window]:
    heights, widths = _places(extent.height), _places(extent.width)
    for row, height in heights:
        for col, width in widths:
            yield Window(extent.row + row, extent.col + col, height, width)


def _places(length: int) -> list[tuple[int, int]]:
    """Where windows begin along an axis and how long they are: all of it where it is short."""
    if length <= _WINDOWS * _SIDE_PX:
        return [(0, length)]
    starts = np.linspace(0, length - _SIDE_PX, _WINDOWS).astype(int)
    return [(int(start), _SIDE_PX) for start in starts]
