"""Networks of one place on another: those of the Massachusetts roads on the roads of Dubai, which they never saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...core.samples.sample_set import SampleSet, read_chip
from ...core.samples.write_samples import LabelledChip, write_samples
from ...core.training.chip_scores import by_classifier, score_chips
from ...recipes import train_urban
from ...recipes.data import ROAD_CLASSES, URBAN_CLASSES, opened, urban_samples
from ...recipes.steps import say
from .datasets import BASES, FOLDER, MEASURED, Base, Protocol, roads
from .experiments import are_there, judge, on_chosen, row_path, trained
from .refiners import OFFERED_FORMS


def fill_transfer(seed: int) -> None:
    """Judge the correctors of the roads on the other place; rows that are there are kept.

    Args:
        seed: of the trainings, which are made where they are missing.
    """
    rows = MEASURED / TRANSFER.name / str(seed)
    if are_there(rows, BASES[0], [refiner.name for refiner in OFFERED_FORMS]):
        return
    (away,) = TRANSFER.bases(FOLDER / TRANSFER.name / str(seed), seed)
    work = FOLDER / "roads" / str(seed)
    (home,) = roads(work, seed)
    for refiner in OFFERED_FORMS:
        path = row_path(rows, away.name, refiner.name)
        if not path.exists():
            say(f"{TRANSFER.title}: {refiner.name}, seed {seed}")
            network = trained(home, refiner, seed, work)
            chosen = on_chosen(home, refiner, network)  # nobody has labels of the other place
            replace(judge(away, refiner, network), on_chosen=chosen).write(path)


def roads_of_dubai(folder: Path, _seed: int) -> list[Base]:
    """The classifier of the Massachusetts roads on the test part of Dubai; nothing is learned there."""
    samples = opened(folder.parent / "samples", _samples)
    test = samples.of_split("train")  # a sample set needs such chips
    source = by_classifier(samples, FOLDER / "roads" / "classifiers" / "classifier.onnx")
    return [Base(BASES[0], score_chips(samples, test, source), [], [], test)]


TRANSFER = Protocol(
    "transfer",
    "Transfer: networks of the Massachusetts roads on the roads of Dubai",
    roads_of_dubai,
    tuple(entry.name for entry in ROAD_CLASSES),
    "road",
)


def _samples(folder: Path) -> SampleSet:
    """The test part of Dubai with two classes: road, and all others as background."""
    whole = opened(train_urban.SAMPLES, urban_samples)
    road = [entry.name for entry in URBAN_CLASSES].index("road") + 1

    def chips() -> Iterator[LabelledChip]:
        for chip in whole.of_split("test"):
            labels = read_chip(whole.label_path(chip))[0]
            codes = np.where(labels == 0, 0, np.where(labels == road, 2, 1)).astype(np.uint8)
            image = read_chip(whole.image_path(chip))
            yield LabelledChip(replace(chip, split="train"), image, codes)

    bands = tuple(band.name for band in whole.bands)
    return write_samples(
        folder, chips(), bands, ROAD_CLASSES, whole.pixel_size_m, whole.source, whole.licence
    )
