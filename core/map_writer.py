"""The outputs of a run: map, confidence, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..models.contract import ClassEntry
from .grid import Grid
from .raster_writer import RasterWriter
from .styles import confidence_style, map_style
from .tiles import Window


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
        self._counted: dict[Window, list[int]] = {}
        self.class_pixels: tuple[int, ...] = ()
        """Once finished: how many pixels each class has."""

    def write(self, values: NDArray[np.uint8], window: Window) -> None:
        """See `RasterWriter.write`; the classes are counted while other tiles are classified."""
        super().write(values, window)
        self._counted[window] = _counts(values, len(self._classes))

    def write_nothing(self, window: Window) -> None:
        """See `RasterWriter.write_nothing`."""
        super().write_nothing(window)
        self._counted[window] = _counts(np.empty(0, np.uint8), len(self._classes))

    def _style(self) -> str:
        return map_style(list(enumerate(self._classes, start=1)))

    def _colour(self, band: gdal.Band) -> None:
        band.SetColorTable(colour_table(self._classes))

    def _describe(self, written: gdal.Dataset) -> None:
        band = written.GetRasterBand(1)
        band.SetCategoryNames(["No data", *(entry.name for entry in self._classes)])
        for window in self.windows:
            if window not in self._counted:  # finished in an earlier run
                data = band.ReadRaster(window.col, window.row, window.width, window.height)
                self._counted[window] = _counts(np.frombuffer(data, np.uint8), len(self._classes))
        self.class_pixels = tuple(map(sum, zip(*self._counted.values())))
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

    def _style(self) -> str:
        return confidence_style()


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


def _counts(codes: NDArray[np.uint8], classes: int) -> list[int]:
    """How many pixels have the codes 1 to `classes`."""
    return [int(np.count_nonzero(codes == code)) for code in range(1, classes + 1)]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def colour_table(classes: Sequence[ClassEntry]) -> gdal.ColorTable:
    """Colours of class codes from 1; 0 is transparent."""
    colours = gdal.ColorTable()
    colours.SetColorEntry(0, (0, 0, 0, 0))
    for code, entry in enumerate(classes, start=1):
        colours.SetColorEntry(code, (*_rgb(entry.colour), 255))
    return colours
