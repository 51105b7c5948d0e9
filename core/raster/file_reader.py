"""Reading an image window by window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import RasterError
from ..translation import tr
from .band_masks import has_own_mask
from .band_names import BandLabel
from .band_scale import declared_scale
from .control import control_of
from .file_stamps import file_stamps
from .gdal_errors import gdal_failures, no_gdal_failure, sentence
from .grid import Grid, is_same_crs, wkt_of
from .image_reader import ImageReader
from .pixels import Pixels
from .retry import REMEDY, forget, is_remote, never, retried, time_limits
from .tiling import Window
from .transparency import is_transparency

if TYPE_CHECKING:
    from .polygon_mask import PolygonMask


# Pixel types that are handed on as they are: a quarter or half of the memory, and of the way to the device.
_OWN_TYPES = {gdal.GDT_Byte: np.uint8, gdal.GDT_UInt16: np.uint16, gdal.GDT_Int16: np.int16}
_FLOATS = {gdal.GDT_Float32: np.float32, gdal.GDT_Float64: np.float64}


class RasterReader(ImageReader):
    """Reads what GDAL opens.

    Invalid are: nodata, or 0 in a mask of its own, in every chosen band that has either; alpha 0; a mask of the whole
    image that is 0, be it internal or external. A band that is only called alpha, by its values (`transparency.py`), is
    one of data.
    """

    def __init__(
        self,
        path: str,
        bands: Sequence[int] | None = None,
        mask: PolygonMask | None = None,
        is_cancelled: Callable[[], bool] = never,
        crs_wkt: str = "",
        is_exact: bool = False,
    ) -> None:
        """Open an image.

        Args:
            path: anything GDAL opens.
            bands: numbers of the bands to read, from 1, in order; None for all that are not alpha.
            mask: where to look; pixels outside are invalid.
            is_cancelled: asked in the reading thread while a server that has failed is given time; never, by default.
            crs_wkt: the coordinate reference system that counts; '' for what the file says.
            is_exact: whether float64 takes the place of float32, for whole numbers that would be rounded.

        Raises:
            RasterError: the image cannot be opened, is rotated, or lacks a band.
        """
        self.path = str(path)
        super().__init__(mask)
        self._is_cancelled = is_cancelled
        self._dataset = open_raster(self.path)
        self._crs_wkt = crs_wkt
        self.grid = _grid(self.path, self._dataset, crs_wkt)
        self._names = (self.path, *(self._dataset.GetFileList() or ()))
        self._is_remote = any(map(is_remote, self._names))
        self._called = self.labels = _labels(self._dataset)
        called_alpha = [label.number for label in self.labels if label.colour == "Alpha"]
        alpha = [number for number in called_alpha if self._is_transparency(number)]
        self.called_alpha = tuple(number for number in called_alpha if number not in alpha)
        self.labels = tuple(
            replace(label, colour="Undefined") if label.number in self.called_alpha else label
            for label in self.labels
        )
        self.bands = _choose(self.path, self._dataset.RasterCount, alpha, bands)
        chosen = [self._dataset.GetRasterBand(number) for number in self.bands]
        if any(gdal.DataTypeIsComplex(band.DataType) for band in chosen):
            raise RasterError(
                tr(
                    "{path} holds complex numbers; export its magnitude or its real part first.",
                    path=self.path,
                )
            )
        self.nodata = tuple(band.GetNoDataValue() for band in chosen)
        self.declared_scale = tuple(map(declared_scale, chosen))
        name = gdal.GetDataTypeName(chosen[0].DataType).lower()
        self.dtype = {"byte": "uint8"}.get(name, name)
        types = {band.DataType for band in chosen}
        other = gdal.GDT_Float64 if is_exact else gdal.GDT_Float32
        self._buffer_type = types.pop() if len(types) == 1 and types <= _OWN_TYPES.keys() else other
        # Someone who asks for an alpha band as data knows better.
        self._alpha = [number for number in alpha if number not in self.bands]

    def stamps(self) -> list[list[Any]]:
        """See `ImageReader.stamps`."""
        return file_stamps(self.path)

    def close(self) -> None:
        """Close the image; closing twice is no fault."""
        self._dataset = None

    def _pixels(self, source: Window) -> Pixels:
        if self._is_remote:
            return retried(lambda: self._read(source, tr(REMEDY)), self._reopen, self._is_cancelled)
        return self._read(source, tr("The file may be damaged or cut short: copy or export it again."))

    def _is_transparency(self, number: int) -> bool:
        def look() -> bool:
            with no_gdal_failure(
                tr("Band {band} of {path} cannot be read", band=number, path=self.path), tr(REMEDY)
            ):
                return is_transparency(self._dataset, number)

        return retried(look, self._reopen, self._is_cancelled) if self._is_remote else look()

    def _read(self, source: Window, remedy: str) -> Pixels:
        fault = tr(
            "{path} cannot be read in rows {first} to {last}",
            path=self.path,
            first=source.row,
            last=source.row_stop - 1,
        )
        with no_gdal_failure(fault, remedy):
            return Pixels(self._values(source), self._validity(source))

    def _reopen(self) -> None:
        """Begin anew, without what GDAL remembers of a server's failure."""
        self._dataset = None
        forget(self._names)
        self._dataset = _open(self.path, tr(REMEDY))
        grid = _grid(self.path, self._dataset, self._crs_wkt)
        # PROJ may write one coordinate reference system in other words in another thread
        is_same = is_same_crs(grid.crs_wkt, self.grid.crs_wkt) and bool(grid.crs_wkt) == bool(
            self.grid.crs_wkt
        )
        if not is_same or (replace(grid, crs_wkt=self.grid.crs_wkt), _labels(self._dataset)) != (
            self.grid,
            self._called,
        ):
            raise RasterError(tr("{path} became another image while it was read; run again.", path=self.path))

    def _values(self, source: Window) -> NDArray[Any]:
        # ReadRaster and frombuffer, because QGIS's gdal_array may be built for another numpy.
        data = self._dataset.ReadRaster(
            source.col,
            source.row,
            source.width,
            source.height,
            buf_type=self._buffer_type,
            band_list=list(self.bands),
        )
        dtype = {**_OWN_TYPES, **_FLOATS}[self._buffer_type]
        return np.frombuffer(data, dtype=dtype).reshape(self.band_count, source.height, source.width)

    def _validity(self, source: Window) -> NDArray[np.bool_]:
        chosen = [self._dataset.GetRasterBand(number) for number in self.bands]
        flags = [band.GetMaskFlags() for band in chosen]
        valid = np.ones((source.height, source.width), dtype=bool)
        # GDAL knows nodata per band, masks per band or dataset; alpha only in images of two and four bands.
        per_band = [
            band for band, flag in zip(chosen, flags) if flag == gdal.GMF_NODATA or has_own_mask(band)
        ]
        if per_band:
            valid = np.logical_or.reduce([_is_set(band.GetMaskBand(), source) for band in per_band])
        shared = [
            band
            for band, flag in zip(chosen, flags)
            if flag & gdal.GMF_PER_DATASET and not flag & (gdal.GMF_ALPHA | gdal.GMF_ALL_VALID)
        ]
        if shared:
            valid &= _is_set(shared[0].GetMaskBand(), source)
        for number in self._alpha:
            valid &= _is_set(self._dataset.GetRasterBand(number), source)
        return valid


def open_raster(path: str) -> gdal.Dataset:
    """Open what GDAL knows.

    Raises:
        RasterError: it cannot be opened, or has no bands.
    """
    if path.startswith("file://"):
        return _open(path, tr("Give the path alone, without file://."))
    if not is_remote(path):
        return _open(path, tr("Choose an image file that QGIS can show."))
    try:
        return _open(path, "")
    except RasterError:
        forget([path])  # GDAL may only remember that the server once failed
    return _open(path, tr("Check its address and the connection."))


def _open(path: str, remedy: str) -> gdal.Dataset:
    with gdal_failures() as failures, time_limits():
        try:
            dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
        except RuntimeError as error:
            failures.append(str(error))
            dataset = None
    if dataset is None:
        fault = tr("{path} cannot be opened as a raster", path=path)
        raise RasterError(sentence(fault, failures, remedy))
    if dataset.RasterCount == 0:
        raise RasterError(
            tr(
                "{path} holds no bands itself; choose one of the layers inside it, or export it as GeoTIFF.",
                path=path,
            )
        )
    return dataset


def _grid(path: str, dataset: gdal.Dataset, crs_wkt: str) -> Grid:
    height, width = dataset.RasterYSize, dataset.RasterXSize
    geotransform = dataset.GetGeoTransform(can_return_null=True)
    if geotransform is not None:
        _, x_per_col, x_per_row, _, y_per_col, y_per_row = geotransform
        # A lean of a hundredth of a pixel over the whole image is the rounding of whoever wrote the file.
        if abs(x_per_row) * height > 0.01 * abs(x_per_col) or abs(y_per_col) * width > 0.01 * abs(y_per_row):
            raise RasterError(
                tr(
                    "{path} is rotated against its coordinate system, and Recurve needs rows that run along an axis; "
                    "warp it first (Raster > Projections > Warp).",
                    path=path,
                )
            )
    elif (control := control_of(dataset, crs_wkt)) is not None:
        return Grid(height, width, None, "", control)
    return Grid(height, width, geotransform, crs_wkt or wkt_of(dataset.GetSpatialRef()))


def _labels(dataset: gdal.Dataset) -> tuple[BandLabel, ...]:
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    return tuple(
        BandLabel(
            number, band.GetDescription(), gdal.GetColorInterpretationName(band.GetColorInterpretation())
        )
        for number, band in enumerate(bands, start=1)
    )


def _choose(path: str, band_count: int, alpha: list[int], bands: Sequence[int] | None) -> tuple[int, ...]:
    if bands is None:
        data = tuple(number for number in range(1, band_count + 1) if number not in alpha)
        if not data:
            raise RasterError(
                tr("{path} has no band but alpha; choose an image with at least one band of data.", path=path)
            )
        return data
    if not bands:
        raise RasterError(tr("No band of {path} is chosen; choose at least one.", path=path))
    for number in bands:
        if not 1 <= number <= band_count:
            raise RasterError(
                tr(
                    "Band {band} was asked for, and {path} has bands 1 to {last}; choose one of these.",
                    band=number,
                    path=path,
                    last=band_count,
                )
            )
    return tuple(bands)


def _is_set(band: gdal.Band, source: Window) -> NDArray[np.bool_]:
    # In the band's own type: a small alpha or mask value must not be rounded to 0.
    kind, dtype = (
        (gdal.GDT_Byte, np.uint8) if band.DataType == gdal.GDT_Byte else (gdal.GDT_Float32, np.float32)
    )
    data = band.ReadRaster(source.col, source.row, source.width, source.height, buf_type=kind)
    return np.frombuffer(data, dtype=dtype).reshape(source.height, source.width).astype(bool)
