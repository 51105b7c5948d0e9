"""The values an image holds, from a few windows of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .image_reader import ImageReader
from .tiling import Window, spread_windows


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
    for window in spread_windows(extent):
        pixels, valid = reader.read(window)
        found.append(pixels[:, valid].astype(np.float64))
    values = np.concatenate(found, axis=1)
    if not values.size:
        return None
    low, high = np.percentile(values, (1, 99))
    return ValueRange(float(low), float(high))
