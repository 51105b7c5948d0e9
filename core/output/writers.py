"""The outputs of a run: map, iterates, confidence, scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ...models.contract import ClassEntry
from ..raster.band_names import iteration_name
from ..raster.grid import Grid
from ..raster.legend import colour_table
from ..raster.tiling import Window
from .class_value_writer import ClassValues, ClassValueWriter
from .cog_writer import RasterWriter
from .no_data import NO_CONFIDENCE, NO_SCORE
from .qml import confidence_style, map_style


class MapWriter(ClassValueWriter):
    """A map: class values, with colours, names and an attribute table that counts the pixels of each class."""

    def __init__(
        self,
        path: str | Path,
        grid: Grid,
        classes: Sequence[ClassEntry],
        provenance: Mapping[str, str],
        class_values: ClassValues | None = None,
    ) -> None:
        """Describe the map; see `ClassValueWriter`."""
        super().__init__(path, grid, classes, provenance, band_names=["Class"], class_values=class_values)
        self._counted: dict[Window, list[int]] = {}

    def write(self, values: NDArray[np.uint8], window: Window, part: Window | None = None) -> None:
        """See `ClassValueWriter.write`; the classes are counted while other tiles are classified."""
        super().write(values, window, part)
        if part is None:
            self._counted[window] = _counts(values, range(1, len(self._classes) + 1))

    def write_nothing(self, window: Window) -> None:
        """See `RasterWriter.write_nothing`."""
        super().write_nothing(window)
        self._counted[window] = [0] * len(self._classes)

    def _style(self) -> str:
        return map_style(self.path.name, self._legend)

    def _colour(self, band: gdal.Band) -> None:
        if self._dtype != np.int32:  # which has no palette
            band.SetColorTable(colour_table(self._classes, self._codes, self._nodata))

    def _describe(self, written: gdal.Dataset) -> None:
        band = written.GetRasterBand(1)
        for window in self.windows:
            if window not in self._counted:  # finished in an earlier run, or in part
                data = band.ReadRaster(window.col, window.row, window.width, window.height)
                self._counted[window] = _counts(np.frombuffer(data, self._dtype), self._codes)
        self._name(band, [sum(counts) for counts in zip(*self._counted.values())])


class IteratesWriter(ClassValueWriter):
    """The map after each iteration, a band for each, the classifier's or the given map being the first.

    A GeoTIFF with several bands has no palette; the colours are in the attribute tables and in the style beside it.
    """

    def __init__(
        self,
        path: str | Path,
        grid: Grid,
        classes: Sequence[ClassEntry],
        provenance: Mapping[str, str],
        iterations: int,
        class_values: ClassValues | None = None,
    ) -> None:
        """Describe the output.

        Args:
            path: see `ClassValueWriter`.
            grid: see `ClassValueWriter`.
            classes: see `ClassValueWriter`.
            provenance: see `ClassValueWriter`.
            iterations: how often the corrector is applied; there is a band more.
            class_values: see `ClassValueWriter`.
        """
        names = [iteration_name(number) for number in range(iterations + 1)]
        super().__init__(path, grid, classes, provenance, band_names=names, class_values=class_values)
        self._iterations = iterations

    def _style(self) -> str:
        return map_style(self.path.name, self._legend, band=self._iterations + 1)

    def _describe(self, written: gdal.Dataset) -> None:
        for number in range(1, written.RasterCount + 1):
            self._name(written.GetRasterBand(number), None)


class ConfidenceWriter(RasterWriter):
    """Confidence in whole percent, uint8, `NO_CONFIDENCE` for no data."""

    def __init__(self, path: str | Path, grid: Grid, provenance: Mapping[str, str]) -> None:
        """Describe the output: where, its pixels, metadata items."""
        super().__init__(
            path,
            grid,
            dtype="uint8",
            nodata=int(NO_CONFIDENCE),
            band_names=["Confidence (%)"],
            provenance=provenance,
            resampling="AVERAGE",
        )

    def _style(self) -> str:
        return confidence_style(self.path.name)


class ScoresWriter(RasterWriter):
    """Scores in float32, a band for each class, `NO_SCORE` for no data."""

    def __init__(
        self, path: str | Path, grid: Grid, classes: Sequence[ClassEntry], provenance: Mapping[str, str]
    ) -> None:
        """Describe the output: where, its pixels, the classes, metadata items."""
        names = [entry.name for entry in classes]
        super().__init__(
            path,
            grid,
            dtype="float32",
            nodata=float(NO_SCORE),
            band_names=names,
            provenance=provenance,
            resampling="AVERAGE",
        )


def _counts(values: NDArray[Any], wanted: Iterable[int]) -> list[int]:
    """How many pixels have each of some values."""
    return [int(np.count_nonzero(values == value)) for value in wanted]
