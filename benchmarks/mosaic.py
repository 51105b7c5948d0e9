"""A raster of any size from a real image: GDAL's virtual format, which repeats it side by side."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from ..core.samples.sample_set import write_chip
from ..recipes.banepa import banepa_shrunk
from ..recipes.data import ROOT

FOLDER = ROOT / "build" / "benchmarks"


def banepa_mosaic(height: int, width: int) -> Path:
    """The Banepa block at 0.27 m (2048 x 1536 px), repeated to a size.

    Args:
        height: rows, px.
        width: columns, px.

    Returns:
        The path of a .vrt; the pixels lie uncompressed in one GeoTIFF beside it.
    """
    source = FOLDER / "banepa.tif"
    if not source.exists():
        half = banepa_shrunk()
        pixels = np.frombuffer(half.ReadRaster(), np.uint8)
        write_chip(source, pixels.reshape(3, half.RasterYSize, half.RasterXSize))
    path = FOLDER / f"mosaic_{height}x{width}.vrt"
    path.write_text(_repeated(source, (2048, 1536), (height, width)), encoding="utf-8")
    return path


def _repeated(source: Path, size: tuple[int, int], wanted: tuple[int, int]) -> str:
    height, width = wanted
    root = ElementTree.Element("VRTDataset", rasterXSize=str(width), rasterYSize=str(height))
    for number in (1, 2, 3):
        band = ElementTree.SubElement(root, "VRTRasterBand", dataType="Byte", band=str(number))
        for row in range(0, height, size[0]):
            for col in range(0, width, size[1]):
                part = ElementTree.SubElement(band, "SimpleSource")
                ElementTree.SubElement(part, "SourceFilename", relativeToVRT="1").text = source.name
                ElementTree.SubElement(part, "SourceBand").text = str(number)
                rows, cols = str(min(size[0], height - row)), str(min(size[1], width - col))
                ElementTree.SubElement(part, "SrcRect", xOff="0", yOff="0", xSize=cols, ySize=rows)
                ElementTree.SubElement(part, "DstRect", xOff=str(col), yOff=str(row), xSize=cols, ySize=rows)
    return ElementTree.tostring(root, encoding="unicode")
