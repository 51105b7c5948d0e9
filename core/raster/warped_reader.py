"""A raster on the pixels of another one, which may differ in grid, resolution and coordinate reference system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import RasterError
from ..translation import tr
from .band_masks import with_shared_mask
from .band_scale import check_as_stored
from .file_reader import open_raster
from .gdal_errors import gdal_failures, no_gdal_failure
from .grid import Grid, wkt_of
from .operation import AS_THE_FILE_SAYS, Placing
from .pixels import Pixels
from .retry import REMEDY, forget, is_remote, never, retried
from .tiling import Window

BLOCK_PX = 512
_ERROR_PX = "0.05"  # of GDAL's faster transformation, in the raster's pixels
_LATTICE = 9  # places along a side of a window that are looked up to find where it lies
# GDAL takes a raster that begins at 0, 0 with pixels of 1 for one without georeferencing.
_PIXELS = (1.0, 1.0, 0.0, 1.0, 0.0, 1.0)


class WarpedRaster:
    """Blocks of a raster's values on another grid, warped by GDAL one at a time.

    What GDAL computes for a pixel may depend a little on what it computes together with it (approximations, ties). So
    blocks have fixed places on the grid, and each pixel has the same value however the grid is cut into tiles.

    Used by one thread at a time; never reads the raster whole.
    """

    _original: Any
    _source: Any
    _transformer: Any

    def __init__(
        self,
        path: str,
        grid: Grid,
        *,
        bilinear: bool,
        takes_alpha: bool,
        takes_nodata: bool,
        placing: Placing = AS_THE_FILE_SAYS,
        is_cancelled: Callable[[], bool] = never,
    ) -> None:
        """Open the raster.

        Args:
            path: anything GDAL opens.
            grid: the pixels wanted. Where this grid or the raster is without a coordinate reference system, the two
                are taken to share one; where one is without georeferencing, both need the same size.
            bilinear: whether values between pixels are interpolated; else the nearest pixel counts. Where the pixels of
                both lie one upon the other, it is always the nearest.
            takes_alpha: whether a band that GDAL calls alpha is one of data.
            takes_nodata: whether the raster's nodata value is a value like others.
            placing: what is known of the raster's place.
            is_cancelled: asked while a server that has failed is given time.

        Raises:
            RasterError: the raster cannot be opened, declares a scale or an offset, or it is not known where it lies.
        """
        self.path = path
        self._is_cancelled, self._placing = is_cancelled, placing
        self._grid, self._options = grid, [] if not takes_alpha else ["-nosrcalpha"]
        if takes_nodata:
            self._options += ["-srcnodata", "None"]
        self._open()
        source = self._source
        last = source.GetRasterBand(source.RasterCount)
        has_alpha = last.GetColorInterpretation() == gdal.GCI_AlphaBand and not takes_alpha
        self.band_count = source.RasterCount - has_alpha
        for number in range(1, self.band_count + 1):
            check_as_stored(path, self._original.GetRasterBand(number))
        self._names = (path, *(source.GetFileList() or ()))
        self._resampling = "bilinear" if bilinear and not self._is_aligned() else "near"
        # class values may be any whole numbers; what is interpolated need not be more exact than scores are
        self._dtype: type = np.float32 if bilinear else np.float64
        self._type = gdal.GDT_Float32 if bilinear else gdal.GDT_Float64

    def close(self) -> None:
        """Close the raster; closing twice is no fault."""
        self._source = self._original = self._transformer = None

    def overlaps(self, window: Window) -> bool:
        """Whether a window of the grid may lie on the raster; False is certain."""
        places = self._places(window)
        if not len(places):
            return False
        low, high = places.min(axis=0), places.max(axis=0)
        margin = 2 + (high - low) / _LATTICE  # the edge of a window may be a curve on the raster
        size = np.array([self._source.RasterXSize, self._source.RasterYSize])
        return bool(((high + margin > 0) & (low - margin < size)).all())

    def blocks(self, window: Window) -> Iterator[Window]:
        """The blocks that a window inside of the grid touches."""
        rows = range(window.row - window.row % BLOCK_PX, window.row_stop, BLOCK_PX)
        cols = range(window.col - window.col % BLOCK_PX, window.col_stop, BLOCK_PX)
        for row in rows:
            for col in cols:
                yield Window(row, col, BLOCK_PX, BLOCK_PX).clipped_to(self._grid.extent)

    def read(self, block: Window) -> Pixels | None:
        """The values of a block (bands, height, width), and which pixels have some (height, width).

        Args:
            block: one of `blocks`.

        Returns:
            Values in float64 or, where they may be interpolated, float32; None where the raster is elsewhere.

        Raises:
            RasterError: the raster cannot be read there; on a server, not even after a while.
            Cancelled: the user stopped the run while a server was given time.
        """
        if not self.overlaps(block):
            return None
        if any(map(is_remote, self._names)):
            return retried(lambda: self._warped(block, tr(REMEDY)), self._reopen, self._is_cancelled)
        return self._warped(block, tr("The file may be damaged or cut short: copy or export it again."))

    def _open(self) -> None:
        self._original = open_raster(self.path)
        with no_gdal_failure(tr("The masks of {path} cannot be read", path=self.path), tr(REMEDY)):
            self._source = with_shared_mask(self._original)
        has_place = self._source.GetGeoTransform(can_return_null=True) or self._source.GetGCPCount()
        if not has_place or self._grid.geotransform is None or self._grid.geotransform is _PIXELS:
            size = (self._source.RasterYSize, self._source.RasterXSize)
            if size != (self._grid.height, self._grid.width):
                raise RasterError(
                    tr(
                        "{path} ({height} x {width} px) and the image ({image_height} x {image_width} px) are not "
                        "both georeferenced, so they need the same size; georeference them, or use a map with the "
                        "image's pixels.",
                        path=self.path,
                        height=size[0],
                        width=size[1],
                        image_height=self._grid.height,
                        image_width=self._grid.width,
                    )
                )
            self._grid = replace(self._grid, geotransform=_PIXELS, crs_wkt="")
            self._source = gdal.GetDriverByName("VRT").CreateCopy("", self._source)
            self._source.SetGeoTransform(_PIXELS)
            self._source.SetProjection("")
        own_crs = self._placing.crs_wkt or wkt_of(self._source.GetSpatialRef())
        own_crs = own_crs or wkt_of(self._source.GetGCPSpatialRef())
        if self._grid.geotransform is _PIXELS:
            own_crs = ""
        self._crs = self._grid.crs_wkt or own_crs
        source_crs = own_crs or self._crs
        operation = self._placing.operation(source_crs, self._crs)
        with no_gdal_failure(
            tr("The coordinates of {path} cannot be brought to the image's", path=self.path),
            tr("Warp it to the image's coordinate reference system first (Raster > Projections > Warp)."),
        ):
            options = [f"SRC_SRS={source_crs}"] if source_crs else []
            options += [f"COORDINATE_OPERATION={operation}"] if operation else []
            target = self._target(Window(0, 0, 1, 1), 1, gdal.GDT_Byte)
            self._transformer = gdal.Transformer(self._source, target, options)
        self._system = ["-s_srs", source_crs] if source_crs else []
        self._system += ["-ct", operation] if operation else []

    def _reopen(self) -> None:
        self.close()
        forget(self._names)
        self._open()

    def _target(self, window: Window, bands: int, kind: int) -> gdal.Dataset:
        target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, bands, kind)
        target.SetGeoTransform(self._grid.window(window).geotransform)
        if self._crs:
            target.SetProjection(self._crs)
        return target

    def _warped(self, block: Window, remedy: str) -> Pixels:
        fault = tr(
            "{path} cannot be read under rows {first} to {last} of the image",
            path=self.path,
            first=block.row,
            last=block.row_stop - 1,
        )
        with no_gdal_failure(fault, remedy):
            target = self._target(block, self.band_count + 1, self._type)
            target.GetRasterBand(self.band_count + 1).SetColorInterpretation(gdal.GCI_AlphaBand)
            options = [*self._options, *self._system, "-dstalpha", "-novshift", "-ovr", "NONE"]
            options += ["-et", _ERROR_PX]
            gdal.Warp(target, self._source, options=[*options, "-r", self._resampling])
            data = target.ReadRaster(buf_type=self._type)
        values: NDArray[Any] = np.frombuffer(data, self._dtype).reshape(-1, block.height, block.width)
        return Pixels(values[:-1], values[-1] > 0)

    def corners(self) -> list[list[float]]:
        """Where the corners and the middle of the grid lie on the raster (column and row, to a thousandth of a pixel).

        What the values of any pixel of the grid depend on beside the raster itself; NaN where there is no place.
        """
        size = np.array([self._grid.width, self._grid.height], np.float64)
        places = np.array([(0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5)], np.float64) * size
        return [list(map(float, place)) for place in self._looked_up(places).round(3)]

    def _places(self, window: Window) -> NDArray[np.float64]:
        """Where places all over a window lie on the raster (places, column and row), as far as they have a place."""
        lattice = np.linspace(0, 1, _LATTICE)
        cols, rows = np.meshgrid(window.col + window.width * lattice, window.row + window.height * lattice)
        places = self._looked_up(np.stack([cols.ravel(), rows.ravel()], axis=1))
        found: NDArray[np.float64] = places[np.isfinite(places).all(axis=1)]
        return found

    def _looked_up(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns and rows of the grid (n, 2) as columns and rows of the raster; NaN where there are none."""
        with gdal_failures():
            try:
                found, worked = self._transformer.TransformPoints(1, places.tolist())
            except RuntimeError:  # GDAL's own exceptions are on
                return np.full_like(places, np.nan)
        on_raster: NDArray[np.float64] = np.array(found, np.float64)[:, :2]
        on_raster[~np.array(worked, dtype=bool)] = np.nan
        return on_raster

    def _is_aligned(self) -> bool:
        """Whether each pixel of the grid lies upon one of the raster."""
        height, width = self._grid.height, self._grid.width
        corners = np.array([(0, 0), (width, 0), (0, height), (width, height)], np.float64)
        places = self._looked_up(corners)
        if not np.isfinite(places).all():
            return False
        ways = np.where(places[3] < places[0], -1, 1)  # rows or columns may run the other way
        shifts = places - ways * corners
        return bool(np.abs(shifts - np.rint(shifts[0])).max() < 0.01)
