"""GeoTIFF outputs that appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..models.contract import ClassEntry
from .errors import RasterError
from .gdal_errors import gdal_failures, no_gdal_failure
from .raster import Grid
from .tiles import Window

# Files beside a GeoTIFF that describe its pixels. One left over from an older output would lie about the new one.
_SIDECARS = (".aux.xml", ".ovr", ".msk")
_REMEDY = "Choose a folder you may write to, on a disk with room."


class RasterWriter:
    """A GeoTIFF written window by window in a temporary folder beside the output.

    A context manager: on a clean exit the file is moved into place; on any other everything temporary is deleted, and
    what was at the output's path before is still there. May be handed to another thread, used by one at a time.
    """

    def __init__(
        self,
        path: str | Path,
        grid: Grid,
        *,
        dtype: str,
        nodata: float,
        band_names: Sequence[str],
        provenance: Mapping[str, str],
    ) -> None:
        """Describe the output; nothing is touched before the writer is entered.

        Args:
            path: the GeoTIFF to write.
            grid: its pixels.
            dtype: 'uint8' or 'float32'.
            nodata: the value that says "nothing here".
            band_names: one name for each band.
            provenance: metadata items.

        Raises:
            RasterError: the path does not end in .tif or .tiff.
        """
        self.path = Path(path)
        self.grid = grid
        self._dtype = np.dtype(dtype)
        self._nodata = nodata
        self._band_names = tuple(band_names)
        self._provenance = dict(provenance)
        self._folder: Path | None = None
        self._dataset: Any = None
        self._missing_pixels = grid.height * grid.width
        if self.path.suffix.lower() not in (".tif", ".tiff"):
            raise RasterError(f"{self.path} is no name for a GeoTIFF; choose a name that ends in .tif.")

    def __enter__(self) -> RasterWriter:
        """Make the temporary folder and the empty file.

        Raises:
            RasterError: the output's folder cannot be written to.
        """
        try:
            if self.path.is_dir():
                raise RasterError(f"{self.path} is a folder; choose the name of a file.")
            self._folder = Path(tempfile.mkdtemp(prefix=".recurve-", dir=self.path.parent))
        except OSError as error:
            raise RasterError(f"{self.path} cannot be written ({error.strerror}). {_REMEDY}") from error
        try:
            with self._no_failure():
                self._dataset = self._create(self._folder / self.path.name)
        except BaseException:
            self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Move the file into place, or delete it where the block or the writing failed.

        Raises:
            RasterError: the file is incomplete, or cannot be finished or moved.
        """
        try:
            if kind is None:
                self.finish()
                self._move()
        finally:
            self._discard()

    def write(self, values: NDArray[Any], window: Window) -> None:
        """Write some pixels.

        Args:
            values: (bands, height, width), or (height, width) for a single band; in the writer's dtype.
            window: where, in pixels of the writer's grid.

        Raises:
            RasterError: the disk is full or gone.
            ValueError: values and window do not fit each other or the grid.
        """
        values = values.reshape(-1, *values.shape[-2:])
        needed = (len(self._band_names), window.height, window.width)
        if values.shape != needed or values.dtype != self._dtype:
            raise ValueError(f"{values.shape} {values.dtype} does not fit {window} of {self.path}.")
        if not self.grid.extent.contains(window):
            raise ValueError(f"{window} is not inside of {self.grid.extent}.")
        with self._no_failure():
            self._dataset.WriteRaster(window.col, window.row, window.width, window.height, values.tobytes())
        self._missing_pixels -= window.height * window.width

    def finish(self) -> None:
        """Write what GDAL still holds back and close the file, which stays in the temporary folder.

        With several outputs, finish all inside of their `with` blocks: a full disk may show only here, and then none of
        them is moved into place. Finishing twice is no fault.

        Raises:
            RasterError: pixels are missing, or the disk is full or gone.
        """
        if self._dataset is None or self._folder is None:
            return
        if self._missing_pixels != 0:
            raise RasterError(f"{self._missing_pixels} pixels of {self.path} were not written; run again.")
        with self._no_failure():
            self._describe(self._dataset)
            self._dataset.FlushCache()
            self._dataset = None  # closes the file: GDAL writes its last blocks and its directory now
        with self._no_failure():
            written = gdal.OpenEx(str(self._folder / self.path.name), gdal.OF_RASTER)
            shape = (written.RasterCount, written.RasterYSize, written.RasterXSize)
        # GDAL says nothing when the disk fills while it writes the names and the table beside the pixels.
        described = self._folder / f"{self.path.name}.aux.xml"
        try:
            if described.exists():
                ElementTree.parse(described)
        except (ElementTree.ParseError, OSError) as error:
            raise RasterError(f"{self.path}.aux.xml cannot be written ({error}). {_REMEDY}") from error
        if shape != (len(self._band_names), self.grid.height, self.grid.width):
            raise RasterError(f"{self.path} reads back as {shape} after writing; run again.")

    def _create(self, path: Path) -> gdal.Dataset:
        floats = self._dtype == np.float32
        options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE", "BIGTIFF=IF_SAFER"]
        # One band's block after the other compresses better than values of all bands in turn.
        options += ["INTERLEAVE=BAND", "PREDICTOR=3"] if floats else []
        dataset = gdal.GetDriverByName("GTiff").Create(
            str(path),
            self.grid.width,
            self.grid.height,
            len(self._band_names),
            gdal.GDT_Float32 if floats else gdal.GDT_Byte,
            options,
        )
        if self.grid.geotransform is not None:
            dataset.SetGeoTransform(self.grid.geotransform)
        if self.grid.crs_wkt:
            dataset.SetProjection(self.grid.crs_wkt)
        dataset.SetMetadata(self._provenance)
        for number, name in enumerate(self._band_names, start=1):
            band = dataset.GetRasterBand(number)
            band.SetDescription(name)
            band.SetNoDataValue(self._nodata)
        self._colour(dataset.GetRasterBand(1))
        return dataset

    def _colour(self, band: gdal.Band) -> None:
        """What must be known before the first pixel is written."""

    def _describe(self, dataset: gdal.Dataset) -> None:
        """What is known after the last pixel is written."""

    def _no_failure(self) -> Any:
        return no_gdal_failure(f"{self.path} cannot be written", _REMEDY)

    def _move(self) -> None:
        assert self._folder is not None
        try:
            (self._folder / self.path.name).replace(self.path)
            for suffix in _SIDECARS:
                name = self.path.name + suffix
                made, old = self._folder / name, self.path.with_name(name)
                if made.exists():
                    made.replace(old)
                else:
                    old.unlink(missing_ok=True)
        except OSError as error:
            raise RasterError(
                f"{self.path} cannot be replaced ({error.strerror}). Close it where it is open, or choose another name."
            ) from error

    def _discard(self) -> None:
        with gdal_failures():  # of no interest any more: the file goes
            self._dataset = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


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
        super().__init__(path, grid, dtype="uint8", nodata=0, band_names=["Class"], provenance=provenance)
        self._classes = tuple(classes)
        self._pixels = np.zeros(256, dtype=np.int64)

    def write(self, values: NDArray[Any], window: Window) -> None:
        """Write class codes (height, width), uint8; see `RasterWriter.write`."""
        super().write(values, window)
        self._pixels += np.bincount(values.ravel(), minlength=256)

    def _colour(self, band: gdal.Band) -> None:
        colours = gdal.ColorTable()
        colours.SetColorEntry(0, (0, 0, 0, 0))
        for code, entry in enumerate(self._classes, start=1):
            colours.SetColorEntry(code, (*_rgb(entry.colour), 255))
        band.SetColorTable(colours)
        band.SetCategoryNames(["No data", *(entry.name for entry in self._classes)])

    def _describe(self, dataset: gdal.Dataset) -> None:
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
            table.SetValueAsDouble(row, 5, float(self._pixels[row + 1]))
        dataset.GetRasterBand(1).SetDefaultRAT(table)


class ConfidenceWriter(RasterWriter):
    """Confidence in whole percent, uint8, 255 for no data."""

    def __init__(self, path: str | Path, grid: Grid, provenance: Mapping[str, str]) -> None:
        """Describe the output: where, its pixels, metadata items."""
        super().__init__(
            path, grid, dtype="uint8", nodata=255, band_names=["Confidence (%)"], provenance=provenance
        )


class ScoresWriter(RasterWriter):
    """Scores in float32, a band for each class, NaN for no data."""

    def __init__(
        self, path: str | Path, grid: Grid, classes: Sequence[ClassEntry], provenance: Mapping[str, str]
    ) -> None:
        """Describe the output: where, its pixels, the classes, metadata items."""
        names = [entry.name for entry in classes]
        super().__init__(
            path, grid, dtype="float32", nodata=float("nan"), band_names=names, provenance=provenance
        )


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
