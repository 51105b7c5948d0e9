"""The outputs of a run: map, confidence, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..models.contract import ClassEntry
from .grid import Grid
from .raster_writer import BLOCK_PX, RasterWriter


class MapWriter(RasterWriter):
    """A map: class codes in uint8, 0 for no data, with colours, names and an attribute table."""

    def __init__(
        self, path: str | Path, grid: Grid, classes: Sequence[ClassEntry], provenance: Mapping[str, str]
    ) -> None:
        """Describe the map.

        Args:
            path: the GeoTIFF to write.
            grid: its pixels.
            classes: code 1 is the first.
            provenance: metadata items.
        """
        super().__init__(
            path,
            grid,
            dtype="uint8",
            nodata=0,
            band_names=["Class"],
            provenance=provenance,
            resampling="MODE",
        )
        self._classes = tuple(classes)
        self.class_pixels: tuple[int, ...] = ()
        """Once finished: how many pixels each class has."""

    def _colour(self, band: gdal.Band) -> None:
        band.SetColorTable(colour_table(self._classes))

    def _describe(self, written: gdal.Dataset) -> None:
        band = written.GetRasterBand(1)
        band.SetCategoryNames(["No data", *(entry.name for entry in self._classes)])
        self.class_pixels = _counts(band, len(self._classes))
        table = gdal.RasterAttributeTable()
        for name, kind, usage in (
            ("Value", gdal.GFT_Integer, gdal.GFU_MinMax),
            ("Class", gdal.GFT_String, gdal.GFU_Name),
            ("Red", gdal.GFT_Integer, gdal.GFU_Red),
            ("Green", gdal.GFT_Integer, gdal.GFU_Green),
            ("Blue", gdal.GFT_Integer, gdal.GFU_Blue),
            ("Count", gdal.GFT_Real, gdal.GFU_PixelCount),  # GDAL's integers end at 2 billion
        ):
            table.CreateColumn(name, kind, usage)
        table.SetRowCount(len(self._classes))
        for row, entry in enumerate(self._classes):
            table.SetValueAsInt(row, 0, row + 1)
            table.SetValueAsString(row, 1, entry.name)
            for column, value in enumerate(_rgb(entry.colour), start=2):
                table.SetValueAsInt(row, column, value)
            table.SetValueAsDouble(row, 5, float(self.class_pixels[row]))
        band.SetDefaultRAT(table)


class ConfidenceWriter(RasterWriter):
    """Confidence in whole percent, uint8, 255 for no data."""

    def __init__(self, path: str | Path, grid: Grid, provenance: Mapping[str, str]) -> None:
        """Describe the output: where, its pixels, metadata items."""
        super().__init__(
            path,
            grid,
            dtype="uint8",
            nodata=255,
            band_names=["Confidence (%)"],
            provenance=provenance,
            resampling="AVERAGE",
        )


class ScoresWriter(RasterWriter):
    """Scores in float32, a band for each class, NaN for no data."""

    def __init__(
        self, path: str | Path, grid: Grid, classes: Sequence[ClassEntry], provenance: Mapping[str, str]
    ) -> None:
        """Describe the output: where, its pixels, the classes, metadata items."""
        names = [entry.name for entry in classes]
        super().__init__(
            path,
            grid,
            dtype="float32",
            nodata=float("nan"),
            band_names=names,
            provenance=provenance,
            resampling="AVERAGE",
        )


def _counts(band: gdal.Band, classes: int) -> tuple[int, ...]:
    """How many pixels have the codes 1 to `classes`, read a row of blocks at a time."""
    counts = np.zeros(256, dtype=np.int64)
    for row in range(0, band.YSize, BLOCK_PX):
        rows = min(BLOCK_PX, band.YSize - row)
        counts += np.bincount(
            np.frombuffer(band.ReadRaster(0, row, band.XSize, rows), np.uint8), minlength=256
        )
    return tuple(int(count) for count in counts[1 : classes + 1])


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def colour_table(classes: Sequence[ClassEntry]) -> gdal.ColorTable:
    """Colours of class codes from 1; 0 is transparent."""
    colours = gdal.ColorTable()
    colours.SetColorEntry(0, (0, 0, 0, 0))
    for code, entry in enumerate(classes, start=1):
        colours.SetColorEntry(code, (*_rgb(entry.colour), 255))
    return colours
