"""Places that a network has not learned from, as they are judged: images with real maps of them, and the truth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.atomic_file import whole_file
from ..recipes.data import ROOT
from ..recipes.steps import say
from ..recipes.universal_maps import FOLDER, load
from ..recipes.universal_starts import MappedImage, mapped_images, scores_of, shares_of_codes

NETWORKS = ROOT / "build" / "universal" / "networks"
KINDS = {
    "forest, classes": ("forest", True),
    "forest, probabilities": ("forest", False),
    "CNN, probabilities": ("cnn late", False),
    "logistic, classes": ("logistic", True),
}
"""The kinds of map: of which classifier, and whether only its class values are known."""
MOST_IMAGES = 3
"""Of a place, spread evenly over its images: many more cost hours, and say little new."""
MOST_PX = 744
"""Of a side, in the middle of an image; a multiple of 8."""
Codes = NDArray[np.uint8]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class JudgedImage:
    """An image, its maps and what it shows; all of one size, sides are multiples of 8.

    Attributes:
        colours: (3, height, width) uint8.
        image: the same, each band with mean 0 and standard deviation 1 over the whole image; float32.
        truth: (height, width) class values from 1; 0 = unlabelled.
        starts: for each kind of map its scores (classes, height, width).
        classes: how many there are.
    """

    colours: NDArray[np.uint8]
    image: Scores
    truth: Codes
    starts: dict[str, Scores]
    classes: int


@dataclass(frozen=True)
class JudgedPlace:
    """A place and those of its images that are judged.

    Attributes:
        name: unique.
        group: what was left out of training together with it.
        pixel_m: metres on the ground.
        images: read one by one.
    """

    name: str
    group: str
    pixel_m: float
    images: Iterator[JudgedImage]


def places(
    groups: Sequence[str], kinds: Sequence[str], folder: Path = FOLDER, most_px: int = MOST_PX
) -> Iterator[JudgedPlace]:
    """The places of some groups, as far as all their maps are made.

    Args:
        groups: names.
        kinds: of map, see `KINDS`.
        folder: of the maps.
        most_px: of a side, in the middle of an image; a multiple of 8.
    """
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as arrays:
            about = json.loads(str(arrays["about"]))
        missing = {KINDS[kind][0] for kind in kinds} - set(about["classifiers"])
        if about["group"] in groups and missing:
            say(f"{about['name']} is left out: it has no maps yet of {', '.join(sorted(missing))}")
        elif about["group"] in groups:
            yield JudgedPlace(about["name"], about["group"], about["pixel_m"], _images(path, kinds, most_px))


def _images(path: Path, kinds: Sequence[str], most_px: int) -> Iterator[JudgedImage]:
    known = load(path)
    images = mapped_images(known)
    for number in spread(len(images)):
        mapped = images[number]
        window = middle(mapped.truth.shape, most_px)
        yield JudgedImage(
            known.place.images[number].pixels[(..., *window)],
            mapped.image[(..., *window)],
            mapped.truth[window],
            {kind: start_of(mapped, kind)[(..., *window)] for kind in kinds},
            mapped.classes,
        )


def spread(count: int, most: int = MOST_IMAGES) -> list[int]:
    """Numbers below `count`, at most so many, spread evenly."""
    return sorted({round(number) for number in np.linspace(0, count - 1, min(count, most))})


def middle(shape: tuple[int, ...], most: int = MOST_PX) -> tuple[slice, slice]:
    """The middle of an image (height, width): at most so many pixels a side."""
    first = [max(side - most, 0) // 2 for side in shape]
    rows, columns = (slice(start, start + min(side, most)) for start, side in zip(first, shape))
    return rows, columns


def start_of(image: MappedImage, kind: str) -> Scores:
    """A map of an image as scores (classes, height, width)."""
    name, is_hard = KINDS[kind]
    shares = image.maps[name].astype(np.float32) / 255
    return scores_of(shares_of_codes(shares.argmax(axis=0), len(shares)) if is_hard else shares)


def codes_of(scores: Scores) -> Codes:
    """Class values from 1, (height, width)."""
    return (scores.argmax(axis=0) + 1).astype(np.uint8)


def named_networks(given: Sequence[str], default: str) -> list[tuple[Path, list[str]]]:
    """Networks and the groups that each has not learned from.

    Args:
        given: `FILE` or `FILE=GROUP+GROUP`; the groups are those of the file's name (`fold_GROUP+GROUP.pt`) otherwise.
        default: a pattern of files in `NETWORKS`, where nothing is given.

    Raises:
        ValueError: a file's name names no groups, and none are given.
    """
    found = []
    for text in given or [str(path) for path in sorted(NETWORKS.glob(default))]:
        name, _, groups = text.partition("=")
        groups = groups or Path(name).stem.partition("_")[2]
        if not groups:
            raise ValueError(
                f"{text} does not say which groups were left out; name them: {text}=GROUP+GROUP."
            )
        found.append((Path(name), groups.split("+")))
    return found


def digest_of(path: Path) -> str:
    """By which a row knows the network it was measured with."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def read_row(path: Path) -> dict[str, Any]:
    """A row as it was written; empty if there is none."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def write_row(path: Path, row: dict[str, Any]) -> None:
    """Write a row, whole or not at all; real numbers with six digits.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = json.loads(json.dumps(row), parse_float=lambda text: float(f"{float(text):.6g}"))
    with whole_file(path) as part:
        part.write_text(json.dumps(rounded, indent=1, sort_keys=True) + "\n", encoding="utf-8")
