"""The sample sets of one training: opened, joined to one, and looked at for what would spoil the training."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...models.contract import Band, differing_names
from ..errors import LabelError
from ..samples.sample_set import Chip, SampleSet, read_chip
from ..translation import tr, word

MIN_CLASS_PIXELS = 100
"""Labelled training pixels that each class needs: fewer are overfitted."""

MAX_PIXEL_RATIO = 1.25
"""How much larger the pixels of one set may be than those of another."""


@dataclass(frozen=True)
class TrainingData:
    """What a network learns from.

    Attributes:
        samples: the sample set; for a corrector with the scores of all chips below.
        train: the chips to learn from.
        validation: the chips whose mean IoU chooses the best epoch.
    """

    samples: SampleSet
    train: Sequence[Chip]
    validation: Sequence[Chip]

    @classmethod
    def of(cls, samples: SampleSet) -> TrainingData:
        """A sample set as it is split."""
        return cls(samples, samples.of_split("train"), samples.of_split("validation"))

    @property
    def chips(self) -> list[Chip]:
        """All chips, those to learn from first."""
        return [*self.train, *self.validation]


def open_samples(folders: Sequence[str | Path]) -> SampleSet:
    """Open the sample sets of a training as one, see `joined`."""
    if not folders:
        raise LabelError(tr("No sample set was given; choose at least one folder made as a sample set."))
    once = {Path(folder).resolve(): folder for folder in folders}
    return joined([SampleSet.open(folder) for folder in once.values()])


def joined(sets: Sequence[SampleSet]) -> SampleSet:
    """Several sample sets as one, with its labels counted.

    The bands' statistics are those of all training pixels together, the pixel size is their mean.

    Args:
        sets: at least one; each may hold training chips, validation chips or both.

    Raises:
        LabelError: the sets differ in bands, classes or pixel size.
    """
    first = sets[0]
    for other in sets[1:]:
        _check_alike(first, other)
    counts = [part.class_pixels or _class_pixels(part) for part in sets]
    if len(sets) == 1:
        return replace(first, class_pixels=counts[0])
    pixels = np.array([_training_pixels(part) for part in sets], np.float64)
    shares = pixels / pixels.sum() if pixels.any() else np.full(len(sets), 1 / len(sets))
    splits = {split: None for part in counts for split in part}
    return replace(
        first,
        bands=tuple(_band(versions, shares) for versions in zip(*(part.bands for part in sets))),
        classes=first.classes,
        pixel_size_m=float(np.dot(shares, [part.pixel_size_m for part in sets])),
        source="; ".join(dict.fromkeys(part.source for part in sets if part.source)),
        licence="; ".join(dict.fromkeys(part.licence for part in sets if part.licence)),
        chips=tuple(replace(chip, folder=part.folder) for part in sets for chip in part.chips),
        class_pixels={
            split: np.sum([part[split] for part in counts if split in part], axis=0).tolist()
            for split in splits
        },
        band_sums=[],
        runs=[run for part in sets for run in part.runs],
    )


def check_samples(samples: SampleSet, needs_every_class: bool = True) -> list[str]:
    """Refuse labels that nothing can be learned from.

    Args:
        samples: the sample set.
        needs_every_class: whether the network learns each class on its own, so that each needs labels.

    Returns:
        Sentences about what does not stop the training and spoils its figures.

    Raises:
        LabelError: there is no training or no validation chip, a class has too few pixels, or there is but one.
    """
    train, validation = (
        samples.class_pixels.get(split) or [0] * len(samples.classes) for split in ("train", "validation")
    )
    for split, found, advice in (
        ("train", train, tr("add a set with training blocks")),
        (
            "validation",
            validation,
            tr("add a set with validation blocks, or prepare one with a validation fraction"),
        ),
    ):
        if not samples.of_split(split) or not any(found):
            raise LabelError(
                tr(
                    "The samples have no {split} pixel with a label, and training needs some for learning and some "
                    "for choosing the best epoch; {advice}.",
                    split=word(split),
                    advice=advice,
                )
            )
    names = [entry.name for entry in samples.classes]
    labelled = [name for name, pixels in zip(names, train) if pixels]
    if len(labelled) < 2:
        raise LabelError(
            tr(
                "The samples have training labels of the class {name} only, and a network learns to tell classes "
                "apart; label at least one other class, or name a background class when the samples are prepared.",
                name=labelled[0],
            )
        )
    few = [f"{name} ({pixels} px)" for name, pixels in zip(names, train) if pixels < MIN_CLASS_PIXELS]
    if few and needs_every_class:
        raise LabelError(
            tr(
                "Too few training pixels are labelled for {classes}; each class needs {least} or more: label more of "
                "it, or prepare the samples without it.",
                classes=", ".join(few),
                least=MIN_CLASS_PIXELS,
            )
        )
    unjudged = [name for name, learned, judged in zip(names, train, validation) if learned and not judged]
    if not unjudged:
        return []
    return [
        tr(
            "No validation pixel is labelled as {classes}: the accuracy figures do not tell how well that is found.",
            classes=", ".join(unjudged),
        )
    ]


def fingerprint(samples: SampleSet, chips: Sequence[Chip]) -> str:
    """A digest that changes when samples do: of what is known about them and of their files' sizes and times."""
    digest = hashlib.sha256(repr((samples.bands, samples.classes, samples.pixel_size_m)).encode())
    for chip in chips:
        for path in (samples.image_path(chip), samples.label_path(chip)):
            try:
                status = path.stat()
            except OSError as error:
                raise LabelError(
                    tr("The chip {path} is missing; make the sample set again.", path=path)
                ) from error
            digest.update(
                f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape")
            )
    return digest.hexdigest()


def _check_alike(first: SampleSet, other: SampleSet) -> None:
    for what, names, others in differing_names(first, other):
        raise LabelError(
            tr(
                "The sample set {first} has the {what} {names}, and {other} has {others}; sets that are used together "
                "need the same {what} in the same order.",
                first=first.folder,
                what=word(what),
                names=names,
                other=other.folder,
                others=others,
            )
        )
    sizes = sorted((first.pixel_size_m, other.pixel_size_m))
    if sizes[1] > MAX_PIXEL_RATIO * sizes[0]:
        raise LabelError(
            tr(
                "The pixels of {first} are {first_size:.3g} m wide and those of {other} {other_size:.3g} m, and one "
                "network learns one pixel size; resample one of the images, or train a network for each.",
                first=first.folder,
                first_size=first.pixel_size_m,
                other=other.folder,
                other_size=other.pixel_size_m,
            )
        )


def _training_pixels(samples: SampleSet) -> float:
    """How many pixels the statistics of a set's bands come from."""
    if samples.band_sums:
        return samples.band_sums[0][0]
    return sum(chip.height * chip.width for chip in samples.of_split("train"))


def _band(versions: Sequence[Band], shares: NDArray[np.float64]) -> Band:
    """One band over several sets, by their shares of the training pixels."""
    learned = [(band, share) for band, share in zip(versions, shares) if share > 0]
    mean = sum(share * band.mean for band, share in learned)
    square = sum(share * (band.deviation**2 + band.mean**2) for band, share in learned)
    return Band(
        versions[0].name,
        min(band.minimum for band, _ in learned),
        max(band.maximum for band, _ in learned),
        round(float(mean), 4),
        round(float(max(square - mean**2, 1e-8)) ** 0.5, 4),
    )


def _class_pixels(samples: SampleSet) -> dict[str, list[int]]:
    """Labelled pixels of each class per split, counted."""
    counts: dict[str, NDArray[np.int64]] = {}
    for chip in samples.chips:
        labels = read_chip(samples.label_path(chip))
        found = np.bincount(labels.ravel(), minlength=len(samples.classes) + 1)[1:]
        counts[chip.split] = counts.get(chip.split, np.zeros(len(samples.classes), np.int64)) + found
    return {split: found.tolist() for split, found in counts.items()}
