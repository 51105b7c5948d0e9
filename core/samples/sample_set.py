"""Sample sets: folders of image and label chips that networks learn from.

A sample set is `samples.json` with `images/<chip>.tif`, `labels/<chip>.tif` (uint8, 0 = unlabelled, 1 ... K = the
classes in order) and, for correctors, `scores/<source>/<chip>.tif` (float32, one band per class), where the source is
the classifier or map that the scores come from. Everything is an ordinary GeoTIFF that opens in QGIS.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ...models.contract import Band, ClassEntry
from ..errors import LabelError
from ..raster.file_reader import RasterReader
from ..raster.grid import Grid
from ..raster.legend import colour_table
from ..raster.tiling import Window
from ..translation import tr

SPLITS = ("train", "validation", "test")
UNLABELLED = 0
_GDAL_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "float32": gdal.GDT_Float32,
}
_NUMPY_TYPES = {code: name for name, code in _GDAL_TYPES.items()}
_KERNEL_PX = 8  # how far around a window pixels count when it is resampled, and more


@dataclass(frozen=True)
class Chip:
    """An image with labels: its name, the split it belongs to, its size in px, its fold, and its image's name.

    `image_sha256` tells which image it is, where its place does not: see `ExistingChips`.
    Chips of one fold are held out together when scores are made by networks that have not seen them. `folder` is that
    of the chip's own sample set, where several were joined to one.
    """

    name: str
    split: str
    height: int
    width: int
    fold: int = 0
    image: str = ""
    image_sha256: str = ""
    folder: Path | None = None


@dataclass(frozen=True)
class SampleSet:
    """A folder of image and label chips, and what is known about them."""

    folder: Path
    bands: tuple[Band, ...]
    classes: tuple[ClassEntry, ...]
    pixel_size_m: float
    source: str
    licence: str
    chips: tuple[Chip, ...]
    class_pixels: dict[str, list[int]] = field(default_factory=dict)
    """Labelled pixels of each class, per split."""
    band_sums: list[list[float]] = field(default_factory=list)
    """Over the training chips, for each band: number of pixels, sum, sum of squares."""
    runs: list[dict[str, Any]] = field(default_factory=list)
    """How each part of the set was made."""
    scores_source: str = ""
    """Whose scores `score_path` means; they lie in a folder of this name."""

    @classmethod
    def open(cls, folder: str | Path) -> SampleSet:
        """Open a sample set.

        Raises:
            LabelError: there is no `samples.json`, or it is damaged.
        """
        path = Path(folder) / "samples.json"
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            record["bands"] = tuple(Band(**band) for band in record["bands"])
            record["classes"] = tuple(ClassEntry(**entry) for entry in record["classes"])
            record["chips"] = tuple(Chip(**chip) for chip in record["chips"])
            for chip in record["chips"]:
                if Path(chip.name).name != chip.name or not Path(chip.name).name.strip("."):
                    raise ValueError(f"the chip name {chip.name!r} leads out of the folder")
            return cls(folder=Path(folder), **record)
        except OSError as error:
            if path.parent.is_dir():
                fault = tr("The folder {folder} has no readable samples.json", folder=folder)
            else:
                fault = tr("The folder {folder} does not exist", folder=folder)
            raise LabelError(tr("{fault}; choose a folder made as a sample set.", fault=fault)) from error
        except (ValueError, TypeError, KeyError) as error:
            raise LabelError(
                tr("{path} is damaged ({error}); make the sample set again.", path=path, error=error)
            ) from error

    def of_split(self, split: str) -> list[Chip]:
        """The chips of one split."""
        return [chip for chip in self.chips if chip.split == split]

    def image_path(self, chip: Chip) -> Path:
        """Where the pixels of a chip are."""
        return self._folder(chip) / "images" / f"{chip.name}.tif"

    def label_path(self, chip: Chip) -> Path:
        """Where the labels of a chip are."""
        return self._folder(chip) / "labels" / f"{chip.name}.tif"

    def score_path(self, chip: Chip) -> Path:
        """Where the scores of a chip are, once they have been made."""
        return self._folder(chip) / "scores" / self.scores_source / f"{chip.name}.tif"

    def image_reader(self, chip: Chip) -> RasterReader:
        """A reader of a chip's pixels: each of its bands is one of the image, whatever GDAL takes it for."""
        return RasterReader(str(self.image_path(chip)), range(1, len(self.bands) + 1))

    def score_reader(self, chip: Chip) -> RasterReader:
        """A reader of the scores of a chip, a band for each class."""
        return RasterReader(str(self.score_path(chip)), range(1, len(self.classes) + 1))

    def finite(self, image: NDArray[Any]) -> NDArray[np.float32]:
        """An image (bands, height, width) in float32, with the band's mean where a pixel is no number."""
        pixels = image.astype(np.float32)
        known = np.isfinite(pixels)
        if not known.all():
            means = np.array([band.mean for band in self.bands], np.float32)[:, None, None]
            pixels = np.where(known, pixels, means)
        return pixels

    def _folder(self, chip: Chip) -> Path:
        return chip.folder or self.folder


def read_chip(
    path: Path, window: Window | None = None, side_px: int | None = None, is_smooth: bool = False
) -> NDArray[Any]:
    """Read a chip, or a window inside it.

    Args:
        path: one of the files of a sample set.
        window: the part to read; it must lie inside the chip.
        side_px: resample to this height and width; None for the pixels as they are.
        is_smooth: resample bilinearly; else the nearest pixel is taken, as labels need it.

    Returns:
        (bands, height, width) in the file's own dtype.

    Raises:
        LabelError: the file is missing, damaged, or of a pixel type that sample sets do not have.
    """
    dataset = gdal.Open(str(path))
    if dataset is None:
        raise _unreadable(path)
    part = window or Window(0, 0, dataset.RasterYSize, dataset.RasterXSize)
    name = _NUMPY_TYPES.get(dataset.GetRasterBand(1).DataType)
    if name is None:
        raise LabelError(
            tr("The chip {path} has an unknown pixel type; make the sample set again.", path=path)
        )
    height, width = (part.height, part.width) if side_px is None else (side_px, side_px)
    method = gdal.GRIORA_Bilinear if is_smooth else gdal.GRIORA_NearestNeighbour
    if is_smooth and dataset.GetRasterBand(1).GetMaskFlags() != gdal.GMF_ALL_VALID:
        dataset, part = _without_mask(path, dataset, part)
    data = dataset.ReadRaster(part.col, part.row, part.width, part.height, width, height, resample_alg=method)
    if data is None:
        raise _unreadable(path)
    return np.frombuffer(data, dtype=name).reshape(dataset.RasterCount, height, width)


def write_chip(
    path: Path,
    pixels: NDArray[Any],
    like: Path | None = None,
    grid: Grid | None = None,
    classes: Sequence[ClassEntry] = (),
) -> None:
    """Write a chip as an uncompressed tiled GeoTIFF, from which small windows are read fast.

    Args:
        path: the file to write; its folder is made.
        pixels: (bands, height, width), uint8, uint16, int16 or float32.
        like: a raster on the same grid, whose georeference is taken over.
        grid: where the pixels lie, if that is not told by another raster.
        classes: for labels: names and colours to show them in, label 1 being the first.

    Raises:
        LabelError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    bands, height, width = pixels.shape
    # the fourth of four bands of bytes would be alpha, which hides the others where it is 0
    options = ["TILED=YES", "BIGTIFF=IF_SAFER", "ALPHA=NO"]
    kind = _GDAL_TYPES[pixels.dtype.name]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, kind, options)
    if dataset is None:
        raise LabelError(
            tr(
                "The chip {path} cannot be written ({error}); choose another folder.",
                path=path,
                error=gdal.GetLastErrorMsg(),
            )
        )
    if like is not None:
        source = gdal.Open(str(like))
        dataset.SetProjection(source.GetProjection())
        geotransform = source.GetGeoTransform(can_return_null=True)
        if geotransform is not None:
            dataset.SetGeoTransform(geotransform)
    if grid is not None:
        dataset.SetProjection(grid.crs_wkt)
        dataset.SetGeoTransform(grid.affine)
    if classes:
        band = dataset.GetRasterBand(1)
        band.SetNoDataValue(UNLABELLED)
        band.SetColorTable(colour_table(classes))
        band.SetCategoryNames(["Unlabelled", *(entry.name for entry in classes)])
    failed = dataset.WriteRaster(0, 0, width, height, np.ascontiguousarray(pixels).tobytes())
    dataset.FlushCache()
    if failed:
        raise LabelError(
            tr(
                "The chip {path} cannot be written ({error}); is the disk full?",
                path=path,
                error=gdal.GetLastErrorMsg(),
            )
        )


def _without_mask(path: Path, dataset: gdal.Dataset, part: Window) -> tuple[gdal.Dataset, Window]:
    """A part of a chip, and what is around it, in memory, and where the part is in there.

    Resampling leaves out what GDAL takes for masked, and the fourth of four bands of bytes it takes for alpha, unless
    it is told otherwise when the chip is written; older sample sets have such chips.
    """
    read = part.grown(_KERNEL_PX).clipped_to(Window(0, 0, dataset.RasterYSize, dataset.RasterXSize))
    data = dataset.ReadRaster(read.col, read.row, read.width, read.height)
    if data is None:
        raise _unreadable(path)
    kind, bands = dataset.GetRasterBand(1).DataType, dataset.RasterCount
    copy = gdal.GetDriverByName("MEM").Create("", read.width, read.height, bands, kind)
    copy.WriteRaster(0, 0, read.width, read.height, data)
    return copy, part.relative_to(read)


def _unreadable(path: Path) -> LabelError:
    return LabelError(
        tr(
            "The chip {path} cannot be read ({error}); make the sample set again.",
            path=path,
            error=gdal.GetLastErrorMsg(),
        )
    )
