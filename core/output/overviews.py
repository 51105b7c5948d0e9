"""The smaller copies of a raster that a viewer draws from when it shows much of it."""

from __future__ import annotations

from osgeo import gdal


def build_overviews(raster: gdal.Dataset, resampling: str, smallest_px: int) -> None:
    """Halve a raster until the smallest overview is one block; compressed, or they may not fit on the disk.

    Args:
        raster: gets the overviews, in a file beside it.
        resampling: GDAL's method.
        smallest_px: side of a block.
    """
    longest = max(raster.RasterYSize, raster.RasterXSize)
    factors = [2**level for level in range(1, 32) if longest > smallest_px * 2 ** (level - 1)]
    gdal.SetThreadLocalConfigOption("COMPRESS_OVERVIEW", "LZW")
    try:
        raster.BuildOverviews(resampling, factors)
    finally:
        gdal.SetThreadLocalConfigOption("COMPRESS_OVERVIEW", None)
