"""Rasters whose values are classes: which values occur in them, what they are called, and their numbers on any grid."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..errors import RasterError
from ..raster.band_masks import with_shared_mask
from ..raster.band_scale import check_as_stored
from ..raster.file_reader import RasterReader, open_raster
from ..raster.gdal_errors import gdal_failures, no_gdal_failure
from ..raster.grid import Grid, is_same_crs
from ..raster.legend import read_legend
from ..raster.operation import AS_THE_FILE_SAYS, Placing
from ..raster.pixels import Pixels
from ..raster.polygon_mask import PolygonMask
from ..raster.tiling import Window
from ..translation import tr
from .class_matching import Label

_EXACT_BELOW = 1 << 53  # smaller whole numbers are what they are in what a reader gives
_SAME_PLACE_PX = 1e-3


@dataclass(frozen=True)
class ClassRaster:
    """One band of class values.

    Attributes:
        path: what GDAL opens.
        band: its number, from 1.
        name: what a report calls it.
        grid: its pixels.
        names: of the classes, by value, from its attribute table or its category names.
        knows_nodata: whether the raster itself says which pixels hold nothing.
        nodata: its nodata value; None without one, or if that is a class here.
        placing: what is known of its place beside the grid.
        takes_nodata: whether its nodata value is a class.
    """

    path: str
    band: int
    name: str
    grid: Grid
    names: Mapping[int, str] = field(default_factory=dict)
    knows_nodata: bool = False
    nodata: float | None = None
    placing: Placing = AS_THE_FILE_SAYS
    takes_nodata: bool = False

    def label(self, code: int) -> Label:
        """A class value with its name."""
        return Label(code, self.names.get(code, ""))

    def with_class(self, codes: Collection[int]) -> ClassRaster:
        """The same, where its nodata value is a class if it is one of these class values."""
        if self.nodata not in codes:
            return self
        return replace(self, nodata=None, takes_nodata=True)


def open_class_rasters(path: str, name: str, placing: Placing = AS_THE_FILE_SAYS) -> list[ClassRaster]:
    """A raster's bands of class values: one, or one for each iteration of a correction.

    Args:
        path: what GDAL opens.
        name: what a report calls the raster.
        placing: what is known of its place.

    Raises:
        RasterError: it cannot be opened, is rotated, holds a picture or scores instead of classes, or declares a
            scale or an offset.
    """
    with RasterReader(path, crs_wkt=placing.crs_wkt) as reader, gdal_failures():
        dataset = gdal.Open(path)
        dataset.GetGeoTransform()  # before it, GDAL 3.6 does not see names that lie beside a GeoTIFF
        bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
        titles = [band.GetDescription() for band in bands]
        numbers = range(1, len(bands) + 1) if all(titles) else reader.bands
        if len(numbers) > 1:
            _refuse_images(name, bands, titles)
        for number in numbers:
            check_as_stored(name, bands[number - 1])
        return [
            ClassRaster(
                path,
                number,
                name if len(numbers) == 1 else titles[number - 1] or f"{name}, band {number}",
                reader.grid,
                read_legend(bands[number - 1]).names,
                bands[number - 1].GetMaskFlags() != gdal.GMF_ALL_VALID,
                bands[number - 1].GetNoDataValue(),
                placing,
            )
            for number in numbers
        ]


class ClassValueReader:
    """The values of a class raster, window by window of its own grid or of another; a context manager."""

    def __init__(
        self, raster: ClassRaster, grid: Grid | None = None, area: PolygonMask | None = None
    ) -> None:
        """Open a raster.

        Args:
            raster: its values are read.
            grid: whose pixels to read; each gets the value at its centre. The raster's own by default.
            area: where to look, in the coordinates of the grid; everywhere by default.

        Raises:
            RasterError: the raster cannot be opened, or brought onto the grid.
        """
        self.raster = raster
        if grid is None or is_same_grid(raster.grid, grid):
            path = _without_nodata(raster) if raster.takes_nodata else raster.path
        else:
            path = _warped(raster, grid)
        self._reader = RasterReader(path, [raster.band], is_exact=True)
        self._grid, self._area = grid or raster.grid, area

    def __enter__(self) -> ClassValueReader:
        """The open raster."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self._reader.close()

    def may_have_values(self, window: Window) -> bool:
        """Whether any pixel of a window inside the grid is in the area."""
        return self._area is None or bool(self._area.burn(window, self._grid).any())

    def read(self, window: Window) -> Pixels:
        """The class values of a window inside the grid, and where there are any (height, width).

        Raises:
            RasterError: a value is no whole number, or too large.
        """
        values, valid = self._reader.read(window)
        codes = values[0]
        if self._area is not None:
            # on the grid that was asked for: the raster itself may not know where it lies
            valid = valid & self._area.burn(window, self._grid)
        if codes.dtype.kind != "f":
            return Pixels(codes, valid)
        whole = np.where(valid, codes, 0.0)
        is_odd = (whole != np.rint(whole)) | (np.abs(whole) >= _EXACT_BELOW)
        if is_odd.any():
            raise RasterError(
                tr(
                    "{raster} holds the value {value:g}, and class values are whole numbers; choose a raster of "
                    "classes, not of measurements or probabilities.",
                    raster=self.raster.name,
                    value=whole[is_odd][0],
                )
            )
        return Pixels(whole.astype(np.int64), valid)


class Numbering:
    """Turns class values into the numbers of classes."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        """Take the number of each class value; every other value becomes 0."""
        self._codes = np.array(sorted(numbers), dtype=np.int64)
        self._numbers = np.array([numbers[code] for code in sorted(numbers)], dtype=np.uint8)
        self._of_bytes = np.zeros(256, dtype=np.uint8)
        for code, number in numbers.items():
            if 0 <= code < 256:
                self._of_bytes[code] = number

    def __call__(self, codes: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """The numbers of class values (height, width), 0 where they are not valid."""
        if codes.dtype == np.uint8:
            found = self._of_bytes[codes]
        elif self._codes.size:
            place = np.minimum(np.searchsorted(self._codes, codes), self._codes.size - 1)
            found = np.where(self._codes[place] == codes, self._numbers[place], np.uint8(0))
        else:
            found = np.zeros(codes.shape, np.uint8)
        return np.where(valid, found, np.uint8(0))


def is_same_grid(one: Grid, other: Grid) -> bool:
    """Whether two rasters have the same pixels; those of one size do, where it is not known of both where they lie."""
    if (one.height, one.width) != (other.height, other.width):
        return False
    if one.geotransform is None or other.geotransform is None:
        return True
    across, down = abs(one.geotransform[1]), abs(one.geotransform[5])
    corners = [
        (g.affine[0], g.affine[3], g.affine[0] + g.width * g.affine[1], g.affine[3] + g.height * g.affine[5])
        for g in (one, other)
    ]
    near = (abs(a - b) <= _SAME_PLACE_PX * step for a, b, step in zip(*corners, (across, down) * 2))
    return all(near) and is_same_crs(one.crs_wkt, other.crs_wkt)


def _warped(raster: ClassRaster, grid: Grid) -> str:
    """The raster on another grid, as text that GDAL opens: read window by window, nothing is made in advance.

    The place of each pixel is computed exactly, and in blocks that do not depend on who reads: GDAL's usual
    approximation, and a warp of each window, could give other pixels in other windows.
    """
    if raster.grid.geotransform is None or grid.geotransform is None:
        raise RasterError(
            tr(
                "{raster} has {height} x {width} pixels, the raster it is compared with {needed_height} x "
                "{needed_width}, and not both are georeferenced; georeference them, or use rasters of one size.",
                raster=raster.name,
                height=raster.grid.height,
                width=raster.grid.width,
                needed_height=grid.height,
                needed_width=grid.width,
            )
        )
    left, width, _, top, _, height = grid.affine
    right, bottom = left + grid.width * width, top + grid.height * height
    system = grid.crs_wkt or raster.grid.crs_wkt
    settings = {"srcSRS": raster.grid.crs_wkt or system, "dstSRS": system} if system else {}
    if operation := raster.placing.operation(raster.grid.crs_wkt, grid.crs_wkt):
        settings["coordinateOperation"] = operation
    if raster.takes_nodata:
        settings["srcNodata"] = "None"
    fault = tr("{raster} cannot be brought onto the pixels it is compared with", raster=raster.name)
    remedy = tr("Warp it onto them first (Raster > Projections > Warp).")
    with no_gdal_failure(fault, remedy):
        warped = gdal.Warp(
            "",
            with_shared_mask(open_raster(raster.path)),
            format="VRT",
            # not in order of size where rows run north, or columns west
            outputBounds=(left, bottom, right, top),
            width=grid.width,
            height=grid.height,
            resampleAlg="near",
            errorThreshold=0,
            dstAlpha=True,
            # an overview's pixel is no pixel of the map, and a class is no height
            options=["-ovr", "NONE", "-novshift"],
            **settings,
        )
        text = str(warped.GetMetadata("xml:VRT")[0])
        made = Grid(warped.RasterYSize, warped.RasterXSize, warped.GetGeoTransform(), grid.crs_wkt)
    if not is_same_grid(made, grid):
        raise RasterError(tr("{fault}: GDAL gives others. {remedy}", fault=fault, remedy=remedy))
    return text


def _without_nodata(raster: ClassRaster) -> str:
    """The raster without its nodata value, as text that GDAL opens."""
    with no_gdal_failure(
        tr("{raster} cannot be read without its nodata value", raster=raster.name),
        tr("Export it without one (Raster > Conversion > Translate)."),
    ):
        plain = gdal.Translate("", raster.path, format="VRT", noData="none")
        return str(plain.GetMetadata("xml:VRT")[0])


def _refuse_images(name: str, bands: list[gdal.Band], titles: list[str]) -> None:
    colours = [gdal.GetColorInterpretationName(band.GetColorInterpretation()) for band in bands]
    if colours[:3] == ["Red", "Green", "Blue"] and not all(titles):
        raise RasterError(
            tr(
                "{name} is an image of colours, not a map; choose a raster whose values are classes.",
                name=name,
            )
        )
    if any(band.DataType != gdal.GDT_Byte for band in bands) and not read_legend(bands[0]).names:
        kind = gdal.GetDataTypeName(bands[0].DataType)
        raise RasterError(
            tr(
                "{name} has {count} bands of {kind} and names no classes: an image, scores or probabilities. Choose a "
                "map: one band of class values, or one for each iteration, of bytes or with class names.",
                name=name,
                count=len(bands),
                kind=kind,
            )
        )
