"""Tiles as one virtual raster (GDAL's VRT format), from which an output is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

from ..raster.grid import Grid
from ..raster.tiling import Window


def tile_mosaic(
    tiles: Mapping[Window, Path], grid: Grid, band_names: Sequence[str], data_type: str, nodata: float
) -> str:
    """The text of a virtual raster; where no tile lies, it has its nodata value.

    Args:
        tiles: the file of each window of the grid.
        grid: the pixels of the whole.
        band_names: one for each band.
        data_type: GDAL's name for the type of the pixels.
        nodata: the value that says "nothing here".
    """
    root = ElementTree.Element("VRTDataset", rasterXSize=str(grid.width), rasterYSize=str(grid.height))
    if grid.crs_wkt:
        # GDAL takes a VRT's system in the order of the data, x before y, only if it says so
        ElementTree.SubElement(root, "SRS", dataAxisToSRSAxisMapping="1,2").text = grid.crs_wkt
    if grid.geotransform is not None:
        ElementTree.SubElement(root, "GeoTransform").text = ", ".join(map(repr, grid.geotransform))
    for number, name in enumerate(band_names, start=1):
        band = ElementTree.SubElement(root, "VRTRasterBand", dataType=data_type, band=str(number))
        ElementTree.SubElement(band, "Description").text = name
        ElementTree.SubElement(band, "NoDataValue").text = repr(nodata)
        for window, path in tiles.items():
            _add_source(band, number, window, path, data_type)
    return ElementTree.tostring(root, encoding="unicode")


def _add_source(band: ElementTree.Element, number: int, window: Window, path: Path, data_type: str) -> None:
    source = ElementTree.SubElement(band, "SimpleSource")
    ElementTree.SubElement(source, "SourceFilename").text = str(path)
    ElementTree.SubElement(source, "SourceBand").text = str(number)
    width, height = str(window.width), str(window.height)
    ElementTree.SubElement(
        source,
        "SourceProperties",  # told here, GDAL need not open every tile to begin with
        RasterXSize=width,
        RasterYSize=height,
        DataType=data_type,
        BlockXSize=width,
        BlockYSize=height,
    )
    for name, row, col in (("SrcRect", 0, 0), ("DstRect", window.row, window.col)):
        ElementTree.SubElement(source, name, xOff=str(col), yOff=str(row), xSize=width, ySize=height)
