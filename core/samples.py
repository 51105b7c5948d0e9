"""Sample sets: folders of image and label chips that networks learn from.

A sample set is `samples.json` with `images/<chip>.tif`, `labels/<chip>.tif` (uint8, 0 = unlabelled, 1 ... K = the
classes in order) and, for correctors, `scores/<maker>/<chip>.tif` (float32, one band per class), where the maker is the
classifier or map that the scores come from. Everything is an ordinary GeoTIFF that opens in QGIS.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..models.contract import Band, ClassEntry
from .errors import LabelError
from .tiles import Window

SPLITS = ("train", "validation", "test")
UNLABELLED = 0
_GDAL_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "float32": gdal.GDT_Float32,
}
_NUMPY_TYPES = {code: name for name, code in _GDAL_TYPES.items()}


@dataclass(frozen=True)
class Chip:
    """One piece of labelled ground: its name, the split it belongs to, its size in px, and its fold.

    Chips of one fold are held out together when scores are made by networks that have not seen them. `folder` is that
    of the chip's own sample set, where several were joined to one.
    """

    name: str
    split: str
    height: int
    width: int
    fold: int = 0
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
    scores_maker: str = ""
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
            return cls(folder=Path(folder), **record)
        except OSError as error:
            raise LabelError(
                f"{folder} has no readable samples.json; choose a folder made as a sample set."
            ) from error
        except (ValueError, TypeError, KeyError) as error:
            raise LabelError(f"{path} is damaged ({error}); make the sample set again.") from error

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
        return self._folder(chip) / "scores" / self.scores_maker / f"{chip.name}.tif"

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
        raise LabelError(
            f"The chip {path} cannot be read ({gdal.GetLastErrorMsg()}); make the sample set again."
        )
    part = window or Window(0, 0, dataset.RasterYSize, dataset.RasterXSize)
    name = _NUMPY_TYPES.get(dataset.GetRasterBand(1).DataType)
    if name is None:
        raise LabelError(f"The chip {path} has an unknown pixel type; make the sample set again.")
    height, width = (part.height, part.width) if side_px is None else (side_px, side_px)
    method = gdal.GRIORA_Bilinear if is_smooth else gdal.GRIORA_NearestNeighbour
    data = dataset.ReadRaster(part.col, part.row, part.width, part.height, width, height, resample_alg=method)
    if data is None:
        raise LabelError(
            f"The chip {path} cannot be read ({gdal.GetLastErrorMsg()}); make the sample set again."
        )
    return np.frombuffer(data, dtype=name).reshape(dataset.RasterCount, height, width)


def write_chip(path: Path, pixels: NDArray[Any], like: Path | None = None) -> None:
    """Write a chip as an uncompressed tiled GeoTIFF, from which small windows are read fast.

    Args:
        path: the file to write; its folder is made.
        pixels: (bands, height, width), uint8, uint16, int16 or float32.
        like: a raster on the same grid, whose georeference is taken over.

    Raises:
        LabelError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    bands, height, width = pixels.shape
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, bands, _GDAL_TYPES[pixels.dtype.name], ["TILED=YES", "BIGTIFF=IF_SAFER"]
    )
    if dataset is None:
        raise LabelError(
            f"The chip {path} cannot be written ({gdal.GetLastErrorMsg()}); choose another folder."
        )
    if like is not None:
        source = gdal.Open(str(like))
        dataset.SetProjection(source.GetProjection())
        geotransform = source.GetGeoTransform(can_return_null=True)
        if geotransform is not None:
            dataset.SetGeoTransform(geotransform)
    failed = dataset.WriteRaster(0, 0, width, height, np.ascontiguousarray(pixels).tobytes())
    dataset.FlushCache()
    if failed:
        raise LabelError(f"The chip {path} cannot be written ({gdal.GetLastErrorMsg()}); is the disk full?")


def write_samples(
    folder: str | Path,
    chips: Iterable[tuple[Chip, NDArray[Any], NDArray[np.uint8]]],
    band_names: Sequence[str],
    classes: Sequence[ClassEntry],
    pixel_size_m: float,
    source: str,
    licence: str,
) -> SampleSet:
    """Write a sample set; its band statistics come from the training chips only.

    Args:
        folder: the folder to write; `samples.json` is written last, so that an interrupted set does not open.
        chips: each chip with its image (bands, height, width) and its labels (height, width).
        band_names: the image's bands, in order.
        classes: the classes, in order; label 1 is the first.
        pixel_size_m: ground size of a pixel, m.
        source: where image and labels come from.
        licence: under what terms.

    Raises:
        LabelError: image and labels differ in size, a label is unknown, or no training chip has a labelled pixel.
    """
    folder = Path(folder)
    written: list[Chip] = []
    counts = {split: np.zeros(len(classes) + 1, dtype=np.int64) for split in SPLITS}
    sums = np.zeros((3, len(band_names)))  # number, sum and sum of squares per band
    extremes = np.array([[np.inf] * len(band_names), [-np.inf] * len(band_names)])
    for chip, image, labels in chips:
        if image.shape[1:] != labels.shape or image.shape[0] != len(band_names):
            raise LabelError(
                f"Chip {chip.name} has an image of shape {image.shape} and labels of shape {labels.shape}; needed are "
                f"{len(band_names)} bands and labels of the same height and width."
            )
        if labels.max(initial=0) > len(classes):
            raise LabelError(
                f"Chip {chip.name} has label {labels.max()}, and there are {len(classes)} classes."
            )
        write_chip(folder / "images" / f"{chip.name}.tif", image)
        write_chip(folder / "labels" / f"{chip.name}.tif", labels[None])
        counts[chip.split] += np.bincount(labels.ravel(), minlength=len(classes) + 1)
        written.append(chip)
        if chip.split == "train":
            flat = image.reshape(len(band_names), -1).astype(np.float64)
            sums += [np.full(len(band_names), flat.shape[1]), flat.sum(1), (flat**2).sum(1)]
            extremes = np.array([np.minimum(extremes[0], flat.min(1)), np.maximum(extremes[1], flat.max(1))])
    if counts["train"][1:].sum() == 0:
        raise LabelError(
            f"The sample set {folder} has no labelled training pixel; add labelled chips to train."
        )
    means = sums[1] / sums[0]
    deviations = np.sqrt(np.maximum(sums[2] / sums[0] - means**2, 1e-12))
    bands = tuple(
        Band(name, float(low), float(high), round(float(mean), 4), round(float(deviation), 4))
        for name, low, high, mean, deviation in zip(band_names, extremes[0], extremes[1], means, deviations)
    )
    class_pixels = {split: [int(n) for n in number[1:]] for split, number in counts.items()}
    record = {
        "bands": [asdict(band) for band in bands],
        "classes": [asdict(entry) for entry in classes],
        "pixel_size_m": pixel_size_m,
        "source": source,
        "licence": licence,
        "chips": [asdict(chip) for chip in written],
        "class_pixels": class_pixels,
    }
    (folder / "samples.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    return SampleSet.open(folder)
