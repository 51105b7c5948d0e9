"""A cloud-optimised GeoTIFF, put together from the virtual raster of its tiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from osgeo import gdal

from .overviews import build_overviews
from .write_faults import no_fault_of_gdal, unwritable

BLOCK_PX = 512
"""Raster block size of an output, px."""


def write_cog(
    mosaic: Path, made: Path, output: Path, resampling: str, complete: Callable[[gdal.Dataset], None]
) -> None:
    """Copy a virtual raster into a cloud-optimised GeoTIFF.

    Args:
        mosaic: the virtual raster; it gets overviews.
        made: the file to write.
        output: the file that the user asked for.
        resampling: GDAL's method for the overviews.
        complete: adds to the raster what must be known before the file is put together.

    Raises:
        RasterError: the disk is full or gone.
    """
    with no_fault_of_gdal(output):
        source = gdal.Open(str(mosaic))
        # the COG driver takes overviews that are there; made by itself they take three times as long
        build_overviews(source, resampling, BLOCK_PX)
        source = gdal.Open(str(mosaic))
        complete(source)
        options = ["COMPRESS=DEFLATE", f"BLOCKSIZE={BLOCK_PX}", "BIGTIFF=IF_SAFER", "NUM_THREADS=ALL_CPUS"]
        if source.GetRasterBand(1).DataType == gdal.GDT_Float32:
            options.append("PREDICTOR=FLOATING_POINT")
        written = gdal.GetDriverByName("COG").CreateCopy(str(made), source, options=options)
        written.FlushCache()
        written = None  # closes the file: GDAL writes its last blocks and its directory now
        source = None


def describe_cog(made: Path, output: Path, describe: Callable[[gdal.Dataset], None]) -> tuple[int, int, int]:
    """Open what was written, and write names and tables beside it.

    Args:
        made: the file that was written.
        output: the file that the user asked for.
        describe: adds to the raster what is known once it is written.

    Returns:
        Bands, height and width, as they read back.

    Raises:
        RasterError: the file cannot be read back, or the disk is full or gone.
    """
    with no_fault_of_gdal(output):
        written = gdal.OpenEx(str(made), gdal.OF_RASTER)
        shape = (written.RasterCount, written.RasterYSize, written.RasterXSize)
        describe(written)
        written = None  # writes what does not fit into a GeoTIFF beside it
    # GDAL says nothing when the disk fills while it writes the names and the table beside the pixels.
    described = made.with_name(f"{made.name}.aux.xml")
    try:
        if described.exists():
            ElementTree.parse(described)
    except (ElementTree.ParseError, OSError) as error:
        raise unwritable(output.with_name(described.name), error) from error
    return shape
