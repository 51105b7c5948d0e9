"""What kind of values an image holds, from a few windows of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .image_reader import ImageReader
from .tiling import Window, spread_windows, tile_grid

Sample = NDArray[Any]
"""Pixels (bands, pixels) from all over an image."""

# What programs write where there is nothing; 0 is an ordinary value too, unless it is in all bands of many pixels.
_USUAL_NODATA = (-9999.0, -99999.0, -32768.0, -32767.0, float(np.float32(-3.4028234663852886e38)), 1e20)
_MANY = 0.01
_BLOCK_PX, _EVERY = 1024, 64


class ValueRange(NamedTuple):
    """Smallest and largest value of all bands, but for the lowest and highest hundredth."""

    low: float
    high: float


class UndeclaredNodata(NamedTuple):
    """A value that seems to stand for no data, and its share of the pixels, which are taken for data."""

    value: float
    share: float


def sampled_pixels(reader: ImageReader, extent: Window) -> Sample:
    """The valid pixels of windows at even distances; a large image is not read whole.

    Args:
        reader: the image.
        extent: where to look, inside of it.

    Raises:
        RasterError: the image cannot be read.
    """
    found = []
    for window in spread_windows(extent):
        pixels, valid = reader.read(window)
        found.append(pixels[:, valid])
    return np.concatenate(found, axis=1)


def thinned_pixels(reader: ImageReader, extent: Window) -> Sample:
    """Every `_EVERY`th valid pixel of each block, the first one among them: wherever an image has data, some is found.

    Args:
        reader: the image.
        extent: where to look, inside of it; all of it is read.

    Raises:
        RasterError: the image cannot be read.
    """
    found = []
    for tile in tile_grid(extent, _BLOCK_PX, 0, 1):
        pixels, valid = reader.read(tile.inner)
        found.append(pixels[:, valid][:, ::_EVERY])
    return np.concatenate(found, axis=1)


def undeclared_nodata(sample: Sample) -> UndeclaredNodata | None:
    """Which usual value for no data an image has among its valid pixels, in all bands of a pixel.

    Args:
        sample: its valid pixels, not scaled.
    """
    if not sample.size:
        return None
    shares = {value: float((sample == value).all(axis=0).mean()) for value in (*_USUAL_NODATA, 0.0)}
    value = max(shares, key=lambda each: shares[each])
    smallest = _MANY if value == 0 else 0.0
    return UndeclaredNodata(value, shares[value]) if shares[value] > smallest else None


def value_range(sample: Sample) -> ValueRange | None:
    """What values an image has; None where no pixel is valid.

    Args:
        sample: its valid pixels; what seems to be no data does not count.
    """
    nothing = undeclared_nodata(sample)
    values = sample if nothing is None else sample[:, ~(sample == nothing.value).all(axis=0)]
    if not values.size:
        return None
    low, high = np.percentile(values.astype(np.float64), (1, 99))
    return ValueRange(float(low), float(high))
