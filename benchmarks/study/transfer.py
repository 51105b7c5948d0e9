"""Networks of one place on another: those of the Massachusetts roads on the roads of Dubai, which they never saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...core.chip_scores import by_classifier, score_chips
from ...core.sample_writer import write_samples
from ...core.samples import Chip, SampleSet, read_chip
from ...recipes import train_urban
from ...recipes.data import ROAD_CLASSES, URBAN_CLASSES, urban_samples
from ...recipes.steps import say
from .grounds import FOLDER, Base, opened, roads
from .refiners import SHIPPED
from .rows import judge, trained

NAME, TITLE = "transfer", "Transfer: networks of the Massachusetts roads on roads of Dubai"


def fill_transfer(seed: int) -> None:
    """Judge the correctors of the roads on the other place; rows that are there are kept.

    Args:
        seed: of the trainings, which are made where they are missing.
    """
    folder = FOLDER / NAME / str(seed) / "classifier"
    missing = [refiner for refiner in SHIPPED if not (folder / f"{refiner.name}.json").exists()]
    if not missing:
        return
    (home,) = roads(FOLDER / "roads" / str(seed), seed)
    samples = opened(FOLDER / NAME, _roads_of_dubai)
    judged = samples.of_split("train")  # a sample set needs such chips; nothing is learned from these
    maker = by_classifier(samples, FOLDER / "roads" / "classifiers" / "classifier.onnx")
    away = Base("classifier", score_chips(samples, judged, maker), [], [], judged)
    for refiner in missing:
        say(f"{TITLE}: {refiner.name}, seed {seed}")
        checkpoint = FOLDER / "roads" / str(seed) / "classifier" / f"{refiner.name}.npz"
        judge(away, refiner, trained(home, refiner, seed, checkpoint), 0.0).write(
            folder / f"{refiner.name}.json"
        )


def _roads_of_dubai(folder: Path) -> SampleSet:
    """The test part of Dubai with two classes: road, and all others as background."""
    whole = opened(train_urban.FOLDER, urban_samples)
    road = [entry.name for entry in URBAN_CLASSES].index("road") + 1

    def chips() -> Iterator[tuple[Chip, NDArray[np.uint8], NDArray[np.uint8]]]:
        for chip in whole.of_split("test"):
            labels = read_chip(whole.label_path(chip))[0]
            codes = np.where(labels == 0, 0, np.where(labels == road, 2, 1)).astype(np.uint8)
            yield replace(chip, split="train"), read_chip(whole.image_path(chip)), codes

    bands = tuple(band.name for band in whole.bands)
    return write_samples(
        folder, chips(), bands, ROAD_CLASSES, whole.pixel_size_m, whole.source, whole.licence
    )
