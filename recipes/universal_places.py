"""Labelled places of all kinds, from which a corrector learns that knows no class by name.

Each place comes with its own pixel size, classes and way of drawing outlines. What lies in one `group` shows the same
ground or the same survey: leave it out as a whole to judge what was learned from the others.

Left out of the data sets: the roads (no clear licence), the Californian small houses (2 to 5 px wide), and the Belgian
fields, whose labels are complete only in eleven squares of 64 px in false colours.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from .banepa import BANEPA_PIXEL_M
from .data import URBAN_CLASSES, data_folder, read_rgb, urban_codes
from .universal_images import Cell, PlaceImage, averaged, cropped, halves, rectangles

SMALLEST_PX = 96  # what is narrower has too little around its pixels
INRIA_TILES_A_COLUMN = 19  # whole ones of 256 px in the originals of 5000 px; numbered down each column
BUILDING = ("background", "building")
FIELD = ("other", "field")
PLOT = ("other", "ripe plot")
DUNES = (
    "water",
    "marsh",
    "agriculture",
    "beach",
    "foredune",
    "dense dune vegetation",
    "sparse dune vegetation",
    "bare dune",
    "ice plant",
    "pavement or path",
    "other",
)


@dataclass(frozen=True)
class Place:
    """Images of one survey at one scale.

    Attributes:
        name: unique.
        group: what is left out together.
        classes: names; class value 1 is the first.
        pixel_m: metres on the ground.
        images: of both folds.
    """

    name: str
    group: str
    classes: tuple[str, ...]
    pixel_m: float
    images: tuple[PlaceImage, ...]


def places() -> Iterator[Place]:
    """All places, the smallest first; each is read when its turn comes.

    Raises:
        LabelError: a data set is not there.
    """
    return (make() for make in PLACES.values())


def _place(
    name: str, group: str, classes: Sequence[str], pixel_m: float, shrink: int, images: Iterable[PlaceImage]
) -> Place:
    """Images of native pixels as a place of pixels `shrink` times as wide, `pixel_m` metres each."""
    made = (cropped(averaged(image, shrink) if shrink > 1 else image) for image in images)
    kept = tuple(image for image in made if min(image.truth.shape) >= SMALLEST_PX)
    return Place(name, group, tuple(classes), pixel_m, kept)


def _banepa(shrink: int, is_test: bool) -> Place:
    """The town in blocks of half its height: columns 0-1 and 2-4, or column 5."""
    folder = data_folder("banepa-buildings")
    pixels, truth = _read(folder / "banepa_rgb.vrt"), _read(folder / "banepa_mask.vrt") + np.uint8(1)
    images = []
    for number, (first, last) in enumerate([(5, 5)] if is_test else [(0, 1), (2, 4)]):
        across, name = slice(512 * first, 512 * (last + 1)), f"columns_{first}_{last}"
        for half in (0, 1):
            down = slice(2048 * half, 2048 * (half + 1))
            fold = (number + half) % 2  # as a chessboard, so that each fold has both sides of the town
            images.append(
                PlaceImage(
                    f"{name}_rows_{4 * half}_{4 * half + 3}",
                    fold,
                    pixels[:, down, across],
                    truth[down, across],
                )
            )
    group = "banepa-test" if is_test else "banepa"
    return _place(f"{group}-{shrink}", group, BUILDING, BANEPA_PIXEL_M * shrink / 2, shrink, images)


def _naip(shrink: int) -> Place:
    """A scene an image."""
    folder, images = data_folder("naip-fields"), []
    for number, path in enumerate(sorted((folder / "images").glob("*.png"))):
        truth = _read(folder / "masks" / path.name) + np.uint8(1)
        objects = _read(folder / "instances" / path.name).astype(np.uint16)
        images.append(PlaceImage(path.stem, number % 2, _read(path), truth, objects))
    return _place(f"naip-fields-{shrink}", "naip-fields", FIELD, 2.5 * shrink, shrink, images)


def _plots(shrink: int) -> Place:
    """Successive frames overlap, so the frames are one fold and the crops of the flight the other."""
    images = (
        PlaceImage(stem, int(stem.startswith("late_f")), pixels, truth)
        for stem, pixels, truth in _pairs("breeding-plots", "*.jpg")
    )
    return _place(f"breeding-plots-{shrink}", "breeding-plots", PLOT, 0.03 * shrink, shrink, images)


def _inria(group: str, *originals: str) -> Place:
    """The tiles of some originals, joined where they touch."""
    images, fold = [], count()
    for original in originals:
        tiles = {
            divmod(int(stem.rpartition("_")[2]), INRIA_TILES_A_COLUMN)[::-1]: (pixels, truth)
            for stem, pixels, truth in _pairs("inria-cities", f"{original}_*.png")
        }
        images += [
            PlaceImage(f"{original}_{block[0][0]}_{block[0][1]}", next(fold) % 2, *_joined(block, tiles))
            for block in rectangles(tiles)
        ]
    return _place(group, group, BUILDING, 0.3, 1, images)


def _spacenet(name: str, pattern: str, pixel_m: float) -> Place:
    """Few images, so each is cut in two."""
    images = [
        half
        for stem, pixels, truth in _pairs("spacenet-samples", pattern)
        for half in halves(PlaceImage(stem, 0, pixels, truth))
    ]
    return _place(name, "spacenet", BUILDING, pixel_m, 1, images)


def _dunes() -> Place:
    """The tiles of one mosaic, joined where they touch; 255 is unlabelled."""
    folder = data_folder("monterey-dunes")
    with (folder / "parts.csv").open(encoding="utf-8") as file:
        # offsets are pixels of the origin, which is twice as fine: a tile of 304 px covers 608
        places = {
            row["name"]: (int(row["y_px"]) // 608, int(row["x_px"]) // 608) for row in csv.DictReader(file)
        }
    tiles = {
        places[stem]: (pixels, np.where(truth == 255, 0, truth).astype(np.uint8))
        for stem, pixels, truth in _pairs("monterey-dunes", "*.jpg", first=0)
    }
    images = [
        PlaceImage(f"row_{block[0][0]}_column_{block[0][1]}", number % 2, *_joined(block, tiles))
        for number, block in enumerate(rectangles(tiles))
    ]
    return _place("monterey-dunes", "monterey-dunes", DUNES, 0.8, 1, images)


def _dubai() -> Place:
    """Tiles 1 and 2, each of nine parts, each cut in two; for judging only."""
    folder, images = data_folder("dubai-mbrsc"), list[PlaceImage]()
    for tile in (1, 2):
        rows = [[f"t{tile}_p{3 * row + column}" for column in (1, 2, 3)] for row in range(3)]
        pixels, masks = (
            np.concatenate([np.concatenate([read_rgb(folder / name, s) for s in row], 2) for row in rows], 1)
            for name in ("images", "masks")
        )
        images += halves(PlaceImage(f"tile_{tile}", 0, pixels, urban_codes(masks)))
    return _place("dubai", "dubai", [entry.name for entry in URBAN_CLASSES], 1.0, 1, images)


def _pairs(
    name: str, pattern: str, first: int = 1
) -> Iterator[tuple[str, NDArray[np.uint8], NDArray[np.uint8]]]:
    """Stem, colours and class values of the images of a data set; `first` is added to the values of its masks."""
    folder = data_folder(name)
    for path in sorted((folder / "images").glob(pattern)):
        mask = next((folder / "masks").glob(f"{path.stem}.*"))
        yield path.stem, _read(path), _read(mask) + np.uint8(first)


def _read(path: Path) -> NDArray[np.uint8]:
    """A raster's pixels: (bands, height, width), or (height, width) where it has one band."""
    pixels: NDArray[np.uint8] = gdal.Open(str(path)).ReadAsArray()
    return pixels


def _joined(
    block: Sequence[Cell], tiles: Mapping[Cell, tuple[NDArray[np.uint8], NDArray[np.uint8]]]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Colours and class values of a rectangle of tiles."""
    rows = [[cell for cell in block if cell[0] == row] for row in sorted({cell[0] for cell in block})]
    colours, truth = (
        np.concatenate([np.concatenate([tiles[cell][part] for cell in row], -1) for row in rows], -2)
        for part in (0, 1)
    )
    return colours, truth


PLACES: dict[str, Callable[[], Place]] = {
    "spacenet-atlanta": partial(_spacenet, "spacenet-atlanta", "sn4_*.tif", 0.5),
    "inria-europe": partial(_inria, "inria-europe", "tyrol-w2", "vienna2"),
    "banepa-test-4": partial(_banepa, 4, True),
    "banepa-test-2": partial(_banepa, 2, True),
    "banepa-4": partial(_banepa, 4, False),
    "spacenet-cities": partial(_spacenet, "spacenet-cities", "sn2_*.png", 0.3),
    "inria-chicago": partial(_inria, "inria-chicago", "chicago1"),
    "inria-austin": partial(_inria, "inria-austin", "austin1", "austin3"),
    "banepa-2": partial(_banepa, 2, False),
    "breeding-plots-2": partial(_plots, 2),
    "dubai": _dubai,
    "monterey-dunes": _dunes,
    "naip-fields-2": partial(_naip, 2),
    "breeding-plots-1": partial(_plots, 1),
    "naip-fields-1": partial(_naip, 1),
}
"""How each place is made, by its name."""
