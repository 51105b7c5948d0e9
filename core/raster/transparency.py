"""Whether a band that is called alpha says where an image is transparent, or is one of data."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from .tiling import Window, spread_windows

_OVERVIEW_PX = 256
_CLEAR = 0.9  # of an alpha band's pixels are wholly transparent or opaque; a mosaic's seams may be between
_ENDS = (0, 1, 255, 32767, 65535)  # transparent, and opaque in the types there are


def is_transparency(dataset: gdal.Dataset, band: int) -> bool:
    """Tell by the values: nearly all of an alpha band are transparent or opaque, and a near infrared band has others.

    GDAL takes the fourth of four bands of bytes for alpha unless it is told otherwise, so that many images with a near
    infrared band (NAIP's, for instance) seem to have an alpha band, and lose their pixels over water.

    Args:
        dataset: the image.
        band: number of the band that is called alpha, from 1.
    """
    values = _sample(dataset, dataset.GetRasterBand(band))
    return bool(np.mean(np.isin(values, _ENDS)) >= _CLEAR)


def _sample(dataset: gdal.Dataset, band: Any) -> NDArray[np.float64]:
    """Some of the values of a band, without reading a large one whole."""
    height, width = dataset.RasterYSize, dataset.RasterXSize
    if band.GetOverviewCount():
        size = min(_OVERVIEW_PX, width), min(_OVERVIEW_PX, height)
        return _values(band, Window(0, 0, height, width), *size)
    windows = spread_windows(Window(0, 0, height, width))
    return np.concatenate([_values(band, window, window.width, window.height) for window in windows])


def _values(band: Any, window: Window, width: int, height: int) -> NDArray[np.float64]:
    data = band.ReadRaster(
        window.col, window.row, window.width, window.height, width, height, buf_type=gdal.GDT_Float64
    )
    return np.frombuffer(data, np.float64)
