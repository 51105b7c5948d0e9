"""GeoTIFF outputs that appear whole or not at all, and whose finished tiles are not lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..atomic_file import behind_link
from ..errors import RasterError
from ..raster.grid import Grid
from ..raster.tiling import Window
from ..run_lock import RunLock
from ..translation import tr
from .cog_file import describe_cog, write_cog
from .earlier_output import EarlierOutput
from .finished_tiles import TileFiles
from .geotiff_name import check_geotiff_name
from .side_files import force_to_disk, move_into_place, style_of
from .tile_encoding import GDAL_TYPES, encoded
from .vrt import tile_mosaic
from .write_faults import no_disk_fault

_NOTHING = b""  # the file of a tile without data
_Writer = TypeVar("_Writer", bound="RasterWriter")


class RasterWriter:
    """A cloud-optimised GeoTIFF that is written tile by tile and put together at the end.

    A context manager: on a clean exit the file is moved into place and the tiles are deleted. On any other what was at
    the output's path before is still there, and so are the finished tiles: the same run goes on from them. May be
    handed to another thread, used by one at a time.
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
        resampling: str,
    ) -> None:
        """Describe the output; nothing is touched before the writer is entered.

        Args:
            path: the GeoTIFF to write.
            grid: its pixels.
            dtype: one of `GDAL_TYPES`.
            nodata: the value that says "nothing here".
            band_names: one name for each band.
            provenance: metadata items.
            resampling: GDAL's method for the overviews.

        Raises:
            RasterError: the path does not end in .tif or .tiff.
        """
        self.path = Path(path)
        self.grid = grid
        self._dtype = np.dtype(dtype)
        self._nodata = nodata
        self._band_names = tuple(band_names)
        self._provenance = dict(provenance)
        self._resampling = resampling
        self._tiles: TileFiles | None = None
        self._windows: dict[Window, None] = {}  # an ordered set: every tile written is looked up in it
        self._finished: Path | None = None
        self._earlier: EarlierOutput | None = None
        self._lock = RunLock(behind_link(self.path))
        check_geotiff_name(self.path)

    def __enter__(self: _Writer) -> _Writer:
        """See that the output can be written at all.

        Raises:
            RasterError: the output is a folder, or its own folder is missing or cannot be written to.
        """
        with no_disk_fault(self.path):
            if self.path.is_dir():
                raise RasterError(tr("{path} is a folder; choose the name of a file.", path=self.path))
            with tempfile.TemporaryFile(dir=behind_link(self.path).parent):
                pass
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Move the finished file into place; keep the tiles where the block failed.

        Raises:
            RasterError: the file is incomplete, or cannot be moved.
            BusyError: another run writes it now.
        """
        try:
            if kind is None:
                self.finish()
                assert self._finished is not None
                assert self._tiles is not None
                self._lock.check()
                move_into_place(self._finished, self.path)
                self._tiles.discard()
                self._tiles.discard_others()
            elif self._tiles is not None and not any(map(self.has, self._windows)):
                self._tiles.discard()  # nothing that is worth a hidden folder
        finally:
            self._earlier = None
            self._lock.release()

    @property
    def windows(self) -> list[Window]:
        """The tiles, once begun."""
        return list(self._windows)

    def begin(self, run: Mapping[str, Any], windows: Sequence[Window]) -> list[Path]:
        """Start a run, or go on with one that was stopped.

        Args:
            run: everything the pixels depend on, as JSON values; the tiles of another run are not used.
            windows: the tiles, which cover each pixel of the grid once.

        Returns:
            Folders of other unfinished runs for this output.

        Raises:
            RasterError: the output's folder cannot be written to, or the windows leave pixels out.
            BusyError: another run writes the output.
        """
        covered = sum(window.height * window.width for window in windows)
        if covered != self.grid.height * self.grid.width:
            raise RasterError(
                tr(
                    "{path} has {pixels} pixels, not {covered}; run again.",
                    path=self.path,
                    pixels=self.grid.height * self.grid.width,
                    covered=covered,
                )
            )
        with no_disk_fault(self.path):
            self._lock.acquire()
        self._windows = dict.fromkeys(windows)
        self._tiles = TileFiles(self.path, run)
        self._tiles.open()
        return self._tiles.others

    def has(self, window: Window) -> bool:
        """Whether the tile of a window is finished."""
        return self._tiles is not None and self._tiles.has(window)

    @property
    def has_data(self) -> bool:
        """Whether any finished tile holds data."""
        tiles = self._tiles
        return tiles is not None and any(
            tiles.path(window).stat().st_size > 0 for window in self._windows if tiles.has(window)
        )

    def note(self, items: Mapping[str, str]) -> None:
        """See `TileOutput.note`."""
        self._provenance.update(items)

    def earlier_items(self) -> Mapping[str, str]:
        """See `TileOutput.earlier_items`."""
        size = (self.grid.height, self.grid.width)
        self._earlier = EarlierOutput(self.path, self._band_names, size, self._dtype, self._nodata)
        return self._earlier.items

    def take_over(self, window: Window) -> None:
        """See `TileOutput.take_over`; after `earlier_items`.

        Raises:
            RasterError: it cannot be read, or the disk is full or gone.
        """
        assert self._earlier is not None
        values = self._earlier.read(window)
        self._put(window, _NOTHING if self._earlier.is_nothing(values) else encoded(values))

    def write(self, values: NDArray[Any], window: Window, part: Window | None = None) -> None:
        """Write a tile.

        Args:
            values: (bands, height, width), or (height, width) for a single band; in the writer's dtype.
            window: where, one of the windows of `begin`.
            part: of the window, where the values are of no more than it; the rest is taken over, see `take_over`.

        Raises:
            RasterError: the disk is full or gone.
            ValueError: values and window do not fit each other or the grid.
        """
        values = values.reshape(-1, *values.shape[-2:])
        if part is not None:
            assert self._earlier is not None
            whole = self._earlier.read(window)
            whole[(slice(None), *part.relative_to(window).slices())] = values
            values = whole
        needed = (len(self._band_names), window.height, window.width)
        if values.shape != needed or values.dtype != self._dtype:
            raise ValueError(f"{values.shape} {values.dtype} does not fit {window} of {self.path}.")
        self._put(window, encoded(values))

    def write_nothing(self, window: Window) -> None:
        """Note that a tile holds no data; it costs next to nothing.

        Args:
            window: where, one of the windows of `begin`.

        Raises:
            RasterError: the disk is full or gone.
            ValueError: the window is none of the tiles.
        """
        self._put(window, _NOTHING)

    def _put(self, window: Window, tile: bytes) -> None:
        if self._tiles is None or window not in self._windows:
            raise ValueError(f"{window} is none of the tiles of {self.path}.")
        self._lock.check()
        self._tiles.put(window, tile)

    def discard(self) -> None:
        """Delete the tiles of a run that has nothing worth keeping."""
        if self._tiles is not None:
            self._tiles.discard()

    def finish(self) -> None:
        """Put the tiles together, in the tiles' own folder.

        With several outputs, finish all inside of their `with` blocks: a full disk may show only here, and then none of
        them is moved into place. Finishing twice is no fault.

        Raises:
            RasterError: tiles are missing, or the disk is full or gone.
        """
        if self._finished is not None:
            return
        missing = sum(not self.has(window) for window in self._windows)
        if self._tiles is None or missing:
            raise RasterError(
                tr(
                    "{path} is incomplete (tiles that are missing: {missing}); run again.",
                    missing=missing,
                    path=self.path,
                )
            )
        self._finished = self._assembled(self._tiles)
        self._earlier = None  # closes the file that is replaced now

    def _assembled(self, tiles: TileFiles) -> Path:
        """The whole file and what describes it, read back and forced to the disk."""
        folder = tiles.folder / "assembled"
        made, mosaic = folder / self.path.name, folder / "mosaic.vrt"
        with no_disk_fault(self.path):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            mosaic.write_text(self._mosaic(tiles), encoding="utf-8")
        write_cog(mosaic, made, self.path, self._resampling, self._complete)
        shape = describe_cog(made, self.path, self._describe)
        if shape != (len(self._band_names), self.grid.height, self.grid.width):
            raise RasterError(
                tr("{path} reads back as {shape} after writing; run again.", path=self.path, shape=shape)
            )
        with no_disk_fault(self.path):
            if style := self._style():
                style_of(made).write_text(style, encoding="utf-8")
            force_to_disk(made)
        return made

    def _mosaic(self, tiles: TileFiles) -> str:
        paths = {window: tiles.path(window).absolute() for window in self._windows}
        with_data = {window: path for window, path in paths.items() if path.stat().st_size > 0}
        data_type = gdal.GetDataTypeName(GDAL_TYPES[self._dtype.name])
        return tile_mosaic(with_data, self.grid, self._band_names, data_type, self._nodata)

    def _complete(self, source: gdal.Dataset) -> None:
        """What goes into the file beside its pixels and what the mosaic has."""
        source.SetMetadata(self._provenance)
        if self.grid.control is not None:
            self.grid.control.write_to(source)
        self._colour(source.GetRasterBand(1))

    def _colour(self, band: gdal.Band) -> None:
        """What must be known before the file is put together."""

    def _describe(self, written: gdal.Dataset) -> None:
        """What is known once it is."""

    def _style(self) -> str:
        """How QGIS shows the output (QML); empty for QGIS's own choice."""
        return ""
