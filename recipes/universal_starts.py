"""Patches that a universal corrector learns from: an image, a map with faults, hints, and the truth.

Half of the maps or more are real out-of-fold predictions (`universal_maps.py`); the others are the truth with faults as
maps have them. A seventh has none: what is right has to stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from ..core.class_maps.start_scores import CODE_PROBABILITY, LEAST_PROBABILITY
from .universal_maps import MappedPlace

MOST_HINTS = 8
MOST_CLASSES = 4

Shares = NDArray[np.float32]
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class MappedImage:
    """An image and its maps.

    Attributes:
        image: (3, height, width), each band with mean 0 and standard deviation 1.
        truth: (height, width) class values from 1; 0 = unlabelled.
        instances: (height, width) single objects from 1; None where they are not known.
        maps: out-of-fold maps (classes, height, width) uint8, shares times 255.
        classes: how many there are.
        pixel_m: size of a pixel, m.
    """

    image: NDArray[np.float32]
    truth: NDArray[np.uint8]
    instances: NDArray[np.uint16] | None
    maps: dict[str, NDArray[np.uint8]]
    classes: int
    pixel_m: float


@dataclass(frozen=True)
class Patch:
    """What is learned from at once; everything of one side.

    Attributes:
        image: (3, side, side), each band with mean 0 and standard deviation 1 over the whole image.
        scores: the map as scores (classes, side, side).
        hints: (2, side, side), see `DiffusionCorrector.forward`.
        truth: (side, side) from 0; -1 where it is not known.
        hinted: (side, side) where the wrong pieces are in which hints lie.
    """

    image: NDArray[np.float32]
    scores: NDArray[np.float32]
    hints: NDArray[np.float32]
    truth: NDArray[np.int64]
    hinted: NDArray[np.bool_]


def mapped_images(known: MappedPlace) -> list[MappedImage]:
    """The images of a place, each with its own maps."""
    place = known.place
    return [
        MappedImage(
            standardised(image.pixels),
            image.truth,
            image.instances,
            {name: made[number] for name, made in known.maps.items()},
            len(place.classes),
            place.pixel_m,
        )
        for number, image in enumerate(place.images)
    ]


def scores_of(shares: Shares) -> NDArray[np.float32]:
    """Probabilities (classes, height, width) as scores, as the engine reads a map of such."""
    logarithms = np.log(np.maximum(shares, LEAST_PROBABILITY))
    scores: NDArray[np.float32] = (logarithms - logarithms.mean(axis=0)).astype(np.float32)
    return scores


def shares_of_codes(codes: NDArray[np.integer], classes: int) -> Shares:
    """Class values from 0 (height, width) as probabilities."""
    is_class = codes[None] == np.arange(classes)[:, None, None]
    return np.where(is_class, CODE_PROBABILITY, (1 - CODE_PROBABILITY) / (classes - 1)).astype(np.float32)


def standardised(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """An image (3, height, width), each band with mean 0 and standard deviation 1."""
    values = pixels.astype(np.float32)
    mean, deviation = values.mean(axis=(1, 2), keepdims=True), values.std(axis=(1, 2), keepdims=True)
    return (values - mean) / np.maximum(deviation, 1e-3)


def draw_patch(rng: np.random.Generator, source: MappedImage, side: int) -> Patch:
    """A random patch of an image, with a random map, turned and coloured at random.

    Args:
        rng: decides everything.
        source: the image with its maps.
        side: of the patch, px.
    """
    height, width = source.truth.shape
    for _ in range(10):
        row, col = rng.integers(0, height - side + 1), rng.integers(0, width - side + 1)
        window = (slice(row, row + side), slice(col, col + side))
        truth = source.truth[window].astype(np.int64) - 1
        if len(np.unique(truth[truth >= 0])) > 1 and (truth >= 0).mean() > 0.4:
            break
    classes, kind = source.classes, rng.random()
    if source.maps and kind < 0.62:
        shares = _real(rng, source, window)
    elif kind < 0.86:
        if source.instances is not None and rng.random() < 0.4:
            truth, classes = _coloured(rng, truth, source.instances[window])
        shares = _faulty(rng, truth, classes, source.pixel_m)
    else:
        shares = _nearly_right(rng, truth, classes)
    shares, truth = _merged(rng, shares, truth)
    hints, hinted = draw_hints(rng, shares.argmax(axis=0), truth)
    image = source.image[(slice(None), *window)]
    patch = Patch(_recoloured(rng, image), scores_of(shares), hints, truth, hinted)
    return _turned(rng, patch)


def draw_hints(
    rng: np.random.Generator, codes: NDArray[np.integer], truth: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Hints as people give them: mostly inside of the largest wrong pieces, some anywhere, some where all is right."""
    hints = np.zeros((2, *truth.shape), np.float32)
    wrong = (codes != truth) & (truth >= 0)
    pieces = wrong_pieces(codes, truth)
    sizes = np.bincount(pieces.ravel())[1:]
    for _ in range(int(rng.integers(1, MOST_HINTS + 1))):
        kind = rng.random()
        if kind < 0.7 and len(sizes):
            chosen = rng.choice(len(sizes), p=sizes / sizes.sum()) + 1
            inside = pieces == chosen
            if rng.random() < 0.5:
                depth = ndimage.distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
                inside = depth >= max(depth.max() * 0.7, 1)
            places = np.flatnonzero(inside)
        elif kind < 0.85 and wrong.any():
            places = np.flatnonzero(wrong)
        else:
            places = np.flatnonzero((truth >= 0) & ~wrong)
        if not len(places):
            continue
        row, col = np.unravel_index(rng.choice(places), truth.shape)
        radius = int(rng.integers(0, 3))
        at = (slice(max(row - radius, 0), row + radius + 1), slice(max(col - radius, 0), col + radius + 1))
        same = truth[at] == truth[row, col]
        hints[0][at][same] = truth[row, col] + 1
        hints[1][at][same] = 1.0 if rng.random() < 0.8 else 0.5
    return hints, (pieces > 0) & np.isin(pieces, pieces[hints[0] > 0])


def wrong_pieces(codes: NDArray[np.integer], truth: NDArray[np.int64]) -> NDArray[np.int32]:
    """Connected wrong pixels of one true class, numbered from 1 (height, width)."""
    numbered = np.zeros(truth.shape, np.int32)
    for value in np.unique(truth[truth >= 0]):
        found, _ = ndimage.label((truth == value) & (codes != value))
        numbered = np.where(found > 0, found + numbered.max(), numbered)
    return numbered


def _real(rng: np.random.Generator, source: MappedImage, window: tuple[slice, slice]) -> Shares:
    name = rng.choice(sorted(source.maps))
    shares = source.maps[name][(slice(None), *window)].astype(np.float32) / 255
    classes = len(shares)
    kind = rng.random()
    if kind < 0.4:
        return shares_of_codes(shares.argmax(axis=0), classes)
    if kind < 0.55:
        sharper = np.maximum(shares, LEAST_PROBABILITY) ** rng.uniform(0.5, 2.5)
        return sharper / sharper.sum(axis=0)
    if kind < 0.65 and len(source.maps) > 1:
        other = source.maps[rng.choice(sorted(source.maps))][(slice(None), *window)].astype(np.float32) / 255
        return (shares + other) / 2
    return shares


def _faulty(rng: np.random.Generator, truth: NDArray[np.int64], classes: int, pixel_m: float) -> Shares:
    """The truth with mild faults: shifted, in cells, pieces added and lost, salt and pepper, blurred."""
    codes = np.maximum(truth, 0)
    side = len(codes)
    most = int(np.clip(3 / pixel_m, 1, 8))
    if rng.random() < 0.3:
        codes = np.roll(codes, rng.integers(-most, most + 1, 2), (0, 1))
    if rng.random() < 0.4:
        cell = int(rng.choice([2, 4, 8]))
        start = rng.integers(0, cell, 2)
        rows, cols = ((np.arange(side) + first) // cell * cell + cell // 2 - first for first in start)
        codes = codes[np.ix_(np.clip(rows, 0, side - 1), np.clip(cols, 0, side - 1))]
    if (
        rng.random() < 0.6
    ):  # whole pieces of another class: where noise that is smooth over a distance is high
        noise = ndimage.gaussian_filter(rng.normal(size=codes.shape), rng.uniform(3, 20), mode="wrap")
        pieces = noise > np.quantile(noise, rng.uniform(0.88, 0.99))
        numbered, count = ndimage.label(pieces)
        given = rng.integers(0, classes, count + 1)
        codes = np.where(pieces, given[numbered], codes)
    if rng.random() < 0.5:  # objects lost
        numbered, count = ndimage.label(codes == rng.integers(0, classes))
        lost = rng.random(count + 1) < rng.uniform(0.05, 0.3)
        lost[0] = False
        codes = np.where(lost[numbered], rng.integers(0, classes), codes)
    if rng.random() < 0.4:
        flipped = rng.random(codes.shape) < rng.uniform(0.01, 0.12)
        codes = np.where(flipped, rng.integers(0, classes, codes.shape), codes)
    if rng.random() < 0.4:
        rough = [
            ndimage.gaussian_filter(rng.normal(size=codes.shape), 2) * rng.uniform(2, 10) for _ in range(2)
        ]
        rows, cols = np.indices(codes.shape)
        codes = codes[
            np.clip(np.rint(rows + rough[0]).astype(int), 0, side - 1),
            np.clip(np.rint(cols + rough[1]).astype(int), 0, side - 1),
        ]
    shares = shares_of_codes(codes, classes)
    if rng.random() < 0.5:
        blur = rng.uniform(0.7, 4)
        shares = np.stack([ndimage.gaussian_filter(plane, blur) for plane in shares])
    return shares


def _nearly_right(rng: np.random.Generator, truth: NDArray[np.int64], classes: int) -> Shares:
    shares = shares_of_codes(np.maximum(truth, 0), classes)
    if rng.random() < 0.4:
        blur = rng.uniform(0.5, 1.2)
        shares = np.stack([ndimage.gaussian_filter(plane, blur) for plane in shares])
    return shares


def _coloured(
    rng: np.random.Generator, truth: NDArray[np.int64], instances: NDArray[np.uint16]
) -> tuple[NDArray[np.int64], int]:
    """Objects of one class as ones of two or three: the border between two that touch is an edge as well."""
    kinds = int(rng.integers(2, 4))
    given = rng.integers(1, kinds + 1, int(instances.max()) + 1)
    given[0] = 0
    return np.where(truth < 0, -1, given[instances]), kinds + 1


def _merged(
    rng: np.random.Generator, shares: Shares, truth: NDArray[np.int64]
) -> tuple[Shares, NDArray[np.int64]]:
    """Many classes as four at the most: those that occur most, and the others by chance to any of them."""
    classes = len(shares)
    if classes <= MOST_CLASSES or rng.random() < 0.1:
        return shares, truth
    occurring = np.argsort(-np.bincount(truth[truth >= 0], minlength=classes))
    becomes = rng.integers(0, MOST_CLASSES, classes)
    becomes[occurring[:MOST_CLASSES]] = np.arange(MOST_CLASSES)
    merged = np.stack([shares[becomes == number].sum(axis=0) for number in range(MOST_CLASSES)])
    return merged, np.where(truth < 0, -1, becomes[truth])


def _recoloured(rng: np.random.Generator, image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bands in another order, mixed, brighter, with more contrast: as other sensors and other rules would have it."""
    mixed = image[rng.permutation(3)]
    kind = rng.random()
    if kind < 0.25:
        weights = rng.normal(size=(3, 3))
        weights /= np.linalg.norm(weights, axis=1, keepdims=True)
        mixed = np.einsum("ij,jhw->ihw", weights, mixed)
    elif kind < 0.35:
        mixed = np.repeat(mixed[:1], 3, axis=0)
    mixed = mixed * rng.uniform(0.7, 1.4, (3, 1, 1)) + rng.normal(0, 0.25, (3, 1, 1))
    if rng.random() < 0.3:
        mixed = mixed + rng.normal(0, rng.uniform(0.02, 0.15), mixed.shape)
    return mixed.astype(np.float32)


def _turned(rng: np.random.Generator, patch: Patch) -> Patch:
    turns, flips = int(rng.integers(0, 4)), rng.random() < 0.5

    def turned(values: NDArray[np.generic]) -> NDArray[np.generic]:
        values = np.rot90(values, turns, (-2, -1))
        return np.ascontiguousarray(values[..., ::-1] if flips else values)

    return Patch(*(turned(values) for values in vars(patch).values()))  # type: ignore[arg-type]
