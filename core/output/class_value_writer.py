"""Outputs of class values: what each value is called and which colour it has is in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ...models.contract import ClassEntry
from ..errors import RasterError
from ..raster.grid import Grid
from ..raster.legend import rgb
from ..raster.tiling import Window
from ..translation import tr
from .cog_writer import RasterWriter
from .no_data import NO_CLASS


@dataclass(frozen=True)
class ClassValues:
    """Which values stand for the classes of a map.

    Attributes:
        values: of each class; empty for 1, 2, 3 ...
        nodata: the value that stands for no data; none of the classes'.
    """

    values: tuple[int, ...] = ()
    nodata: int = int(NO_CLASS)


def code_type(codes: Sequence[int]) -> str:
    """The smallest type that holds class values: 'uint8', 'uint16' or 'int32'.

    Raises:
        RasterError: there is none.
    """
    for dtype in ("uint8", "uint16", "int32"):
        limits = np.iinfo(dtype)
        if limits.min <= min(codes) and max(codes) <= limits.max:
            return dtype
    raise RasterError(
        tr(
            "The class value {value} cannot be written: a map has values from {smallest} to {largest}. Give the map's "
            "classes such values first (Processing Toolbox > Reclassify by table).",
            value=next(code for code in codes if not limits.min <= code <= limits.max),
            smallest=limits.min,
            largest=limits.max,
        )
    )


class ClassValueWriter(RasterWriter):
    """Bands of class values; uint8, or uint16 or int32 where a value needs it.

    It is given the places of classes, 1 for the first and 0 for no data, and writes their values.
    """

    _nodata: int

    def __init__(
        self,
        path: str | Path,
        grid: Grid,
        classes: Sequence[ClassEntry],
        provenance: Mapping[str, str],
        *,
        band_names: Sequence[str],
        class_values: ClassValues | None = None,
    ) -> None:
        """Describe the output.

        Args:
            path: the GeoTIFF to write.
            grid: its pixels.
            classes: names and colours.
            provenance: metadata items.
            band_names: one for each band.
            class_values: which values stand for the classes; None for 1, 2, 3 ... and 0 for no data.

        Raises:
            RasterError: the path is no name of a GeoTIFF, or a value cannot be written.
        """
        self._classes = tuple(classes)
        class_values = class_values or ClassValues()
        self._codes, nodata = (
            class_values.values or tuple(range(1, len(self._classes) + 1)),
            class_values.nodata,
        )
        super().__init__(
            path,
            grid,
            dtype=code_type((*self._codes, nodata)),
            nodata=nodata,
            band_names=band_names,
            provenance=provenance,
            resampling="MODE",
        )
        self._code_of = np.array([nodata, *self._codes], self._dtype)

    def write(self, values: NDArray[Any], window: Window, part: Window | None = None) -> None:
        """See `RasterWriter.write`; the values are places of classes, uint8."""
        if values.dtype != np.uint8:
            raise ValueError(f"{values.dtype} does not fit {self.path}.")
        super().write(self._code_of[values], window, part)

    @property
    def _legend(self) -> list[tuple[int, ClassEntry]]:
        return list(zip(self._codes, self._classes))

    def _name(self, band: gdal.Band, pixels: Sequence[int] | None) -> None:
        """Write names and colours of the classes to a band, and how many pixels each class has, where that is known."""
        names = {self._nodata: "No data", **{code: entry.name for code, entry in self._legend}}
        if min(names) >= 0 and max(names) <= 255:
            band.SetCategoryNames([names.get(code, "") for code in range(max(names) + 1)])
        table = gdal.RasterAttributeTable()
        for name, kind, usage in (
            ("Value", gdal.GFT_Integer, gdal.GFU_MinMax),
            ("Class", gdal.GFT_String, gdal.GFU_Name),
            ("Red", gdal.GFT_Integer, gdal.GFU_Red),
            ("Green", gdal.GFT_Integer, gdal.GFU_Green),
            ("Blue", gdal.GFT_Integer, gdal.GFU_Blue),
        ):
            table.CreateColumn(name, kind, usage)
        if pixels is not None:
            table.CreateColumn(
                "Count", gdal.GFT_Real, gdal.GFU_PixelCount
            )  # GDAL's integers end at 2 billion
        table.SetRowCount(len(self._classes))
        for row, (code, entry) in enumerate(self._legend):
            table.SetValueAsInt(row, 0, code)
            table.SetValueAsString(row, 1, entry.name)
            for column, value in enumerate(rgb(entry.colour), start=2):
                table.SetValueAsInt(row, column, value)
            if pixels is not None:
                table.SetValueAsDouble(row, 5, float(pixels[row]))
        band.SetDefaultRAT(table)
