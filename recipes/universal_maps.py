"""`python -m recurve.recipes.universal_maps [FOLDER [PLACE ...]]`: real maps of labelled places, good and bad ones.

Classifiers of four kinds learn from one fold of a place and map the other, so that the maps err as maps of unseen
ground do. One file a place; a finished file is skipped. Name places to share the work between processes.
It needs scikit-learn (requirements-dev.txt) and runs on one thread: half an hour to an hour for all places.
"""

from __future__ import annotations

import json
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.atomic_file import whole_file
from .data import ROOT
from .steps import say
from .universal_images import PlaceImage
from .universal_places import PLACES, Place

FOLDER = ROOT / "build" / "universal" / "maps"
LEARNED_PX = 30_000  # of a classifier of single pixels
TREES = 30
CNN_STEPS = {"cnn early": 80, "cnn late": 320}
CNN_SIDE_PX, CNN_BATCH = 128, 4
Shares = NDArray[np.float32]
Apply = Callable[[NDArray[np.uint8]], Shares]
"""Colours (3, height, width) to the share of each class (K, height, width)."""
Learn = Callable[[Sequence[PlaceImage], int, int], Mapping[str, Apply]]
"""Images, number of classes K and a seed to trained classifiers by their names."""


@dataclass(frozen=True)
class MappedPlace:
    """A place and its maps.

    Attributes:
        place: the images and what they show.
        maps: for each classifier the map of each image, (K, height, width) uint8: shares of the classes times 255.
    """

    place: Place
    maps: dict[str, tuple[NDArray[np.uint8], ...]]


def main(arguments: Sequence[str]) -> None:
    """Map all places, or those that are named: first by single pixels, then by networks."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    names = list(arguments[1:]) or list(PLACES)
    for name in names:
        path = folder / f"{name}.npz"
        if not path.exists():
            save(path, mapped(MappedPlace(PLACES[name](), {}), learn_pixels))
    for name in names:
        path = folder / f"{name}.npz"
        known = load(path)
        if not set(CNN_STEPS) <= set(known.maps):
            save(path, mapped(known, learn_cnn))


def mapped(known: MappedPlace, learn: Learn) -> MappedPlace:
    """A place with more maps, each of a classifier that has not learned from the fold of its image.

    Args:
        known: the maps that are kept.
        learn: trains the classifiers.
    """
    place, start = known.place, time.monotonic()
    classes = len(place.classes)
    maps: dict[str, list[NDArray[np.uint8]]] = {}
    for fold in (0, 1):
        seed = zlib.crc32(f"{place.name} {fold}".encode())
        trained = learn([image for image in place.images if image.fold != fold], classes, seed)
        for name, apply in trained.items():
            made = maps.setdefault(name, [np.empty(0, np.uint8)] * len(place.images))
            for number, image in enumerate(place.images):
                if image.fold == fold:
                    made[number] = np.round(255 * apply(image.pixels)).astype(np.uint8)
    for name, made in maps.items():
        say(f"{place.name}, {name}: mean IoU {100 * _mean_iou(place, made):.1f}")
    say(f"{place.name} took {time.monotonic() - start:.0f} s")
    return MappedPlace(place, {**known.maps, **{name: tuple(made) for name, made in maps.items()}})


def learn_pixels(images: Sequence[PlaceImage], classes: int, seed: int) -> dict[str, Apply]:
    """A weak classifier (colours and blurred colours) and a fair one (a random forest that sees means and spreads)."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    kinds: dict[str, tuple[Any, Callable[[NDArray[np.uint8]], Shares]]] = {
        "logistic": (make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)), _blurred),
        "forest": (
            RandomForestClassifier(TREES, min_samples_leaf=5, n_jobs=1, random_state=seed % (1 << 31)),
            _means_and_spreads,
        ),
    }
    return {
        name: _learned(model, features, images, classes, seed) for name, (model, features) in kinds.items()
    }


def _learned(
    model: Any,  # of scikit-learn, which has no types
    features: Callable[[NDArray[np.uint8]], Shares],
    images: Sequence[PlaceImage],
    classes: int,
    seed: int,
) -> Apply:
    """A classifier that has learned from some labelled pixels of the images, from each in proportion to its labels."""
    rng = np.random.default_rng(seed)
    labelled = [np.flatnonzero(image.truth) for image in images]
    share = min(1.0, LEARNED_PX / sum(map(len, labelled)))
    seen, labels = [], []
    for image, places in zip(images, labelled):
        some = rng.choice(places, round(share * len(places)), replace=False)
        seen.append(features(image.pixels)[some])
        labels.append(image.truth.ravel()[some])
    model.fit(np.concatenate(seen), np.concatenate(labels))

    def apply(pixels: NDArray[np.uint8]) -> Shares:
        shares = np.zeros((classes, *pixels.shape[1:]), np.float32)
        found = model.predict_proba(features(pixels))
        shares[model.classes_.astype(int) - 1] = found.T.reshape(-1, *pixels.shape[1:])
        return shares

    return apply


def _blurred(pixels: NDArray[np.uint8]) -> Shares:
    """Colours and their means over 5 px, (pixels, features)."""
    from scipy.ndimage import uniform_filter

    image = pixels.astype(np.float32)
    return np.stack([*image, *(uniform_filter(band, 5) for band in image)], -1).reshape(-1, 6)


def _means_and_spreads(pixels: NDArray[np.uint8]) -> Shares:
    """Colours, their means and their standard deviations over 5 and 11 px, (pixels, features)."""
    from scipy.ndimage import uniform_filter

    image = pixels.astype(np.float32)
    layers = [*image]
    for side in (5, 11):
        means = [uniform_filter(band, side) for band in image]
        squares = [uniform_filter(band**2, side) for band in image]
        layers += [*means, *(np.sqrt(np.maximum(s - m**2, 0)) for s, m in zip(squares, means))]
    return np.stack(layers, -1).reshape(-1, len(layers))


def learn_cnn(images: Sequence[PlaceImage], classes: int, seed: int) -> dict[str, Apply]:
    """The paper's classifier after few steps (blurry) and after more."""
    import torch
    from torch.nn import functional

    from ..models.pytorch.classifier import PaperClassifier

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    colours = np.concatenate([image.pixels[:, ::4, ::4].reshape(3, -1) for image in images], 1).astype(
        np.float32
    )
    network = PaperClassifier(colours.mean(1).tolist(), (colours.std(1) + 1).tolist(), classes)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    areas = np.array([image.truth.size for image in images], float)
    trained: dict[str, Apply] = {}
    for step in range(1, max(CNN_STEPS.values()) + 1):
        chosen = rng.choice(len(images), CNN_BATCH, p=areas / areas.sum())
        crops = [_crop(images[number], rng) for number in chosen]
        pixels, truth = (torch.from_numpy(np.stack(part)) for part in zip(*crops))
        labels = truth.long() - 1  # unlabelled becomes -1
        losses = functional.cross_entropy(network(pixels.float()), labels, ignore_index=-1, reduction="sum")
        optimiser.zero_grad()
        (losses / (labels >= 0).sum().clamp(min=1)).backward()
        optimiser.step()
        for name, steps in CNN_STEPS.items():
            if step == steps:
                trained[name] = _applied(network)
    return trained


def _crop(image: PlaceImage, rng: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A random square of an image, flipped at random; small images are mirrored beyond their edges, unlabelled."""
    lacking = [max(CNN_SIDE_PX - side, 0) for side in image.truth.shape]
    beyond = [(0, lack) for lack in lacking]
    pixels, truth = image.pixels, image.truth
    if any(lacking):
        pixels, truth = np.pad(pixels, [(0, 0), *beyond], mode="symmetric"), np.pad(truth, beyond)
    row, column = (int(rng.integers(side - CNN_SIDE_PX + 1)) for side in truth.shape)
    window = slice(row, row + CNN_SIDE_PX), slice(column, column + CNN_SIDE_PX)
    down, across = (int(step) for step in rng.choice((-1, 1), 2))
    return pixels[(..., *window)][..., ::down, ::across], truth[window][::down, ::across]


def _applied(network: Any) -> Apply:
    """What a network is now, apart from what it goes on to learn."""
    from copy import deepcopy

    import torch

    network = deepcopy(network).eval()

    def apply(pixels: NDArray[np.uint8]) -> Shares:
        with torch.inference_mode():
            shares: Shares = network(torch.from_numpy(pixels.astype(np.float32))[None]).softmax(1)[0].numpy()
        return shares

    return apply


def _mean_iou(place: Place, maps: Sequence[NDArray[np.uint8]]) -> float:
    """Over all images, as one; classes that are neither there nor mapped do not count."""
    truth = np.concatenate([image.truth.ravel() for image in place.images])
    codes = np.concatenate([made.argmax(0).ravel() for made in maps]) + 1
    counts = np.bincount(
        truth.astype(np.int64) * (len(place.classes) + 1) + codes, minlength=(len(place.classes) + 1) ** 2
    )
    table = counts.reshape(len(place.classes) + 1, -1)[1:, 1:]
    hits = np.diag(table)
    united = table.sum(0) + table.sum(1) - hits
    return float((hits[united > 0] / united[united > 0]).mean())


def save(path: Path, known: MappedPlace) -> None:
    """Write a place and its maps, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    place = known.place
    about = {
        "name": place.name,
        "group": place.group,
        "classes": place.classes,
        "pixel_m": place.pixel_m,
        "images": [{"name": image.name, "fold": image.fold} for image in place.images],
        "classifiers": list(known.maps),
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about))}
    for number, image in enumerate(place.images):
        arrays |= {f"image_{number}": image.pixels, f"truth_{number}": image.truth}
        if image.instances is not None:
            arrays[f"instances_{number}"] = image.instances
        arrays |= {f"{name}_{number}": made[number] for name, made in known.maps.items()}
    with whole_file(path) as part, part.open("wb") as file:
        np.savez(file, **arrays)


def load(path: Path) -> MappedPlace:
    """What `save` has written, as far as the maps are made.

    Raises:
        OSError: it cannot be read.
    """
    with np.load(path) as arrays:
        about = json.loads(str(arrays["about"]))
        images = tuple(
            PlaceImage(
                image["name"],
                image["fold"],
                arrays[f"image_{number}"],
                arrays[f"truth_{number}"],
                arrays.get(f"instances_{number}"),
            )
            for number, image in enumerate(about["images"])
        )
        maps = {
            name: tuple(arrays[f"{name}_{number}"] for number in range(len(images)))
            for name in about["classifiers"]
        }
    place = Place(about["name"], about["group"], tuple(about["classes"]), about["pixel_m"], images)
    return MappedPlace(place, maps)


if __name__ == "__main__":
    main(sys.argv[1:])
