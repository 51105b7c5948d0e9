"""Public labelled images as sample sets: where they come from, how they are split, what they are licensed under."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..core.errors import LabelError
from ..core.samples.sample_set import Chip, SampleSet
from ..core.samples.write_samples import LabelledChip, write_samples
from ..models.contract import ClassEntry

ROOT = Path(__file__).resolve().parents[1]

URBAN_CLASSES = (
    ClassEntry("built-up", "#3c1098"),  # "building" in the source: mostly whole blocks with their yards
    ClassEntry("land", "#c8b08a"),
    ClassEntry("road", "#6ec1e4"),
    ClassEntry("vegetation", "#3f9b4b"),
    ClassEntry("water", "#1f5fbf"),
)
_MASK_COLOURS = ((60, 16, 152), (132, 41, 246), (110, 193, 228), (254, 221, 58), (226, 169, 41))

ROAD_CLASSES = (ClassEntry("background", "#d9d4c7"), ClassEntry("road", "#6ec1e4"))

# The regions of one fold are held out together. Tile 4 and parts 4 and 7 of tile 8 show the same area.
_URBAN_REGIONS = (
    # name, tile, parts (rows of the 3 x 3 grid), split, fold
    ("t4", 4, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "train", 0),
    ("t8_lower_left", 8, ((4,), (7,)), "train", 0),
    ("t8_top", 8, ((1, 2),), "train", 1),
    ("t8_lower_middle", 8, ((5,), (8,)), "train", 1),
    ("t5", 5, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "train", 2),
    ("t6", 6, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "train", 2),
    ("t1", 1, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "validation", 0),
    ("t3", 3, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "validation", 0),
    ("t2", 2, ((1, 2, 3), (4, 5, 6), (7, 8, 9)), "test", 0),
    ("t8_right", 8, ((3,), (6,), (9,)), "test", 0),
)


def data_folder(name: str) -> Path:
    """The folder of one data set: `$RECURVE_DATA/<name>`, or `../shared/data/<name>` beside the checkout.

    Raises:
        LabelError: it is not there.
    """
    folder = Path(os.environ.get("RECURVE_DATA", ROOT.parent / "shared" / "data")) / name
    if not folder.is_dir():
        raise LabelError(
            f"The training data {folder} is not there; models/weights/README.md says where to get it, and RECURVE_DATA "
            "names the folder that holds it."
        )
    return folder


def opened(folder: Path, make: Callable[[Path], SampleSet]) -> SampleSet:
    """The sample set in a folder; made, if it is not there yet."""
    return SampleSet.open(folder) if (folder / "samples.json").exists() else make(folder)


def urban_samples(folder: Path) -> SampleSet:
    """The Dubai/MBRSC images (CC0 1.0) as a sample set, following the `split.csv` of the data set.

    Args:
        folder: where to write it.
    """
    source = data_folder("dubai-mbrsc")
    splits = _splits(source)

    def chips() -> Iterator[LabelledChip]:
        for name, tile, rows, split, fold in _URBAN_REGIONS:
            stems = [[f"t{tile}_p{part}" for part in row] for row in rows]
            if any(splits[stem] != split for row in stems for stem in row):
                raise LabelError(
                    f"Region {name} is not wholly in the {split} part of {source / 'split.csv'}."
                )
            image = np.concatenate(
                [np.concatenate([read_rgb(source / "images", s) for s in row], 2) for row in stems], 1
            )
            masks = np.concatenate(
                [np.concatenate([read_rgb(source / "masks", s) for s in row], 2) for row in stems], 1
            )
            chip = Chip(name, split, image.shape[1], image.shape[2], fold)
            yield LabelledChip(chip, image, urban_codes(masks))

    return write_samples(
        folder, chips(), ("red", "green", "blue"), URBAN_CLASSES, 1.0,
        "Humans in the Loop / MBRSC, Semantic segmentation of aerial imagery", "CC0 1.0",
    )  # fmt: skip


def road_samples(folder: Path) -> SampleSet:
    """The Massachusetts roads as a sample set, following their `split.csv`; the training images in 2 folds.

    Their licence is unclear: for figures only, not for the pretrained networks.

    Args:
        folder: where to write it.
    """
    source = data_folder("massroads")
    splits = _splits(source)

    def chips() -> Iterator[LabelledChip]:
        for number, (stem, split) in enumerate(splits.items()):
            image, mask = (read_rgb(source / name, stem) for name in ("images", "masks"))
            labels = np.where(mask[0] >= 128, 2, 1).astype(np.uint8)
            yield LabelledChip(Chip(stem, split, *labels.shape, number % 2), image, labels)

    return write_samples(
        folder, chips(), ("red", "green", "blue"), ROAD_CLASSES, 1.0,
        "Massachusetts Roads (Mnih 2013): imagery MassGIS, roads (c) OpenStreetMap contributors",
        "unclear as a compilation: for figures only",
    )  # fmt: skip


def _splits(source: Path) -> dict[str, str]:
    """The split of each image of a data set, by its `split.csv`."""
    with (source / "split.csv").open(encoding="utf-8") as file:
        return {
            row["stem"]: {"val": "validation"}.get(row["split"], row["split"]) for row in csv.DictReader(file)
        }


def read_rgb(folder: Path, stem: str) -> NDArray[np.uint8]:
    """An image or mask part as (bands, height, width), at most 3 bands; palettes are expanded."""
    path = next(path for path in folder.glob(f"{stem}.*") if path.suffix in (".jpg", ".png"))
    dataset = gdal.Open(str(path))
    if dataset.GetRasterBand(1).GetColorTable() is not None:
        dataset = gdal.Translate("", dataset, format="MEM", rgbExpand="rgb")
    pixels = np.frombuffer(dataset.ReadRaster(), np.uint8)
    return pixels.reshape(dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)[:3]


def urban_codes(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colours to class values; what has no class colour is unlabelled (0)."""
    codes = np.zeros(mask.shape[1:], np.uint8)
    for code, colour in enumerate(_MASK_COLOURS, start=1):
        codes[(mask == np.array(colour, np.uint8)[:, None, None]).all(0)] = code
    return codes
