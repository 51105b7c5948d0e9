"""GDAL's cache of blocks, kept small while a run lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

LARGEST_BYTES = 64 << 20
"""Enough that the halo of a row of tiles is not read from the disk twice, up to some 10,000 px of width."""


@contextmanager
def small_block_cache() -> Iterator[None]:
    """Inside, GDAL keeps at most `LARGEST_BYTES` of blocks.

    By default it is 5 % of the machine's memory: on a large raster that alone would be more than the networks need. The
    limit is one for the whole process, so it is put back as it was.
    """
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(min(before, LARGEST_BYTES))
    try:
        yield
    finally:
        gdal.SetCacheMax(before)
