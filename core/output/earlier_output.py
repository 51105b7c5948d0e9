"""A finished output of an earlier run, from which another run may take pixels over."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..raster.gdal_errors import gdal_failures, no_gdal_failure
from ..raster.tiling import Window
from ..translation import tr
from .tile_encoding import GDAL_TYPES


class EarlierOutput:
    """What is at an output's path already; the file is open as long as there is this object.

    Args:
        path: of the output.
        band_names: that it must have: a confidence may be like a map in all else.
        size: height and width that it must have.
        dtype: the type that its values must have.
        nodata: its value for no data.

    Attributes:
        items: its metadata; empty where there is no file, or another one than this.
    """

    def __init__(
        self,
        path: Path,
        band_names: Sequence[str],
        size: tuple[int, int],
        dtype: np.dtype[Any],
        nodata: float,
    ) -> None:
        self.path, self._dtype, self._nodata = path, dtype, nodata
        self._dataset: gdal.Dataset | None = None
        self.items: dict[str, str] = {}
        if path.is_file():
            with gdal_failures():
                try:
                    self._dataset = gdal.OpenEx(str(path), gdal.OF_RASTER)
                except RuntimeError:  # GDAL's own exceptions are on
                    self._dataset = None
        if self._dataset is not None:
            found = (self._dataset.RasterYSize, self._dataset.RasterXSize)
            bands = [self._dataset.GetRasterBand(n + 1) for n in range(self._dataset.RasterCount)]
            has_names = [band.GetDescription() for band in bands] == list(band_names)
            # GDAL takes this mark from a file whose blocks somebody has rewritten
            is_as_written = self._dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
            if is_as_written and found == size and has_names and self._is_like_it(bands[0]):
                self.items = dict(self._dataset.GetMetadata())
            else:
                self._dataset = None

    def _is_like_it(self, band: gdal.Band) -> bool:
        nodata = band.GetNoDataValue()
        is_nodata = nodata == self._nodata or (
            nodata is not None and math.isnan(nodata) and math.isnan(self._nodata)
        )
        return is_nodata and band.DataType == GDAL_TYPES[self._dtype.name]

    def read(self, window: Window) -> NDArray[Any]:
        """The values of a window (bands, height, width).

        Raises:
            RasterError: they cannot be read.
        """
        fault = tr("{path} cannot be read back", path=self.path)
        remedy = tr("Delete it and run again, or choose another output.")
        with no_gdal_failure(fault, remedy):
            assert self._dataset is not None
            data = self._dataset.ReadRaster(window.col, window.row, window.width, window.height)
        return np.frombuffer(data, self._dtype).reshape(-1, window.height, window.width).copy()

    def is_nothing(self, values: NDArray[Any]) -> bool:
        """Whether there is no data at all."""
        return bool((np.isnan(values) if math.isnan(self._nodata) else values == self._nodata).all())
