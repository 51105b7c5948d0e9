"""Writing sample sets: chip by chip, new ones and such that grow."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import ClassEntry
from ..atomic_file import whole_file
from ..errors import LabelError
from ..raster.grid import Grid
from ..run_lock import RunLock
from ..translation import tr
from .band_statistics import BandStatistics
from .chip_files import chip_files, chip_paths
from .same_kind import check_same_kind, check_same_type
from .sample_set import LIST, SPLITS, Chip, SampleSet, read_chip, write_chip


class SampleWriter:
    """Writes a sample set, or adds to one; its band statistics come from the training chips only.

    A context manager: `samples.json` is written by `finish`, and where that does not happen, the chips that were added
    are deleted again. So a new set that is not finished does not open, and an old one stays as it was. Files that the
    set does not list are someone's, and stay too.

    Attributes:
        known: the sample set that is added to; None for a new one.
        classes: the classes, in order; label 1 is the first.
        chips: those that were added.
        class_pixels: labelled pixels of each class, per split, in the whole set; the first number counts unlabelled
            ones.
    """

    def __init__(
        self,
        folder: str | Path,
        band_names: Sequence[str],
        classes: Sequence[ClassEntry],
        pixel_size_m: float,
        known: SampleSet | None = None,
    ) -> None:
        """Describe the set; nothing is touched before the writer is entered.

        Args:
            folder: where it is written.
            band_names: the image's bands, in order.
            classes: the classes, in order.
            pixel_size_m: size of a pixel on the ground, m.
            known: the set in the folder, if it is to be added to; it keeps its colours and pixel size.

        Raises:
            LabelError: the set has other bands, classes or pixels.
        """
        self.folder = Path(folder)
        self.known = known
        self.classes = tuple(classes)
        self.chips: list[Chip] = []
        self._band_names = tuple(band_names)
        self._pixel_size_m = pixel_size_m
        self._by_name = {chip.name: chip for chip in known.chips} if known else {}
        self._is_finished = False
        self._lock = RunLock(self.folder, self.folder / ".recurve.lock")
        self._made: list[Path] = []
        self.class_pixels = {split: np.zeros(len(classes) + 1, dtype=np.int64) for split in SPLITS}
        self._statistics = BandStatistics(self._band_names)
        if known is not None:
            check_same_kind(known, self._band_names, self.classes, pixel_size_m)
            self.classes, self._pixel_size_m = known.classes, known.pixel_size_m
            for split, counts in known.class_pixels.items():
                self.class_pixels[split][1:] = counts
            self._statistics.take(known.bands, known.band_sums)

    def __enter__(self) -> SampleWriter:
        """The writer itself, the only one of this set; the folder is made.

        Raises:
            BusyError: another run writes the set.
            LabelError: the folder cannot be written to, or another run has written the set since it was looked at.
        """
        try:
            self._made = [folder for folder in (self.folder, *self.folder.parents) if not folder.exists()]
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as error:
            raise self._unwritable(error) from error
        has_set = (self.folder / "samples.json").exists()
        if self.known != (SampleSet.open(self.folder) if has_set else None):
            self._lock.release()
            raise LabelError(
                tr(
                    "Another run has written the sample set {folder} since this one looked at it; run again.",
                    folder=self.folder,
                )
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Delete what was added, where the set was not finished."""
        if not self._is_finished:
            self._take_back()
        self._lock.release()
        for folder in self._made if not self._is_finished else ():
            with suppress(OSError):  # a folder that others have begun to use
                folder.rmdir()

    def _take_back(self) -> None:
        for made in [made for chip in self.chips for made in chip_files(self.folder, chip.name)]:
            with suppress(OSError):  # what cannot be deleted is in no list
                made.unlink()
        for path in chip_paths(self.folder, ""):
            with suppress(OSError):  # a folder that other chips are in
                path.parent.rmdir()

    def add(
        self,
        chip: Chip,
        image: NDArray[Any],
        labels: NDArray[np.uint8],
        valid: NDArray[np.bool_] | None = None,
        grid: Grid | None = None,
    ) -> bool:
        """Write a chip.

        Args:
            chip: what it is; where its name is taken, a number is put behind it.
            image: (bands, height, width).
            labels: (height, width), 0 = unlabelled.
            valid: which pixels of the image count in the statistics (height, width); None for all.
            grid: where the pixels lie, if that is known.

        Returns:
            False where the set has this very chip already; then nothing is written.

        Raises:
            LabelError: image and labels differ in size, a label is unknown, the set's pixels are of another type, or
                the disk is full.
        """
        if image.shape[1:] != labels.shape or image.shape[0] != len(self._band_names):
            raise LabelError(
                tr(
                    "Chip {chip} has an image of shape {image_shape} and labels of shape {labels_shape}; needed are "
                    "{bands} bands and labels of the same height and width.",
                    chip=chip.name,
                    image_shape=image.shape,
                    labels_shape=labels.shape,
                    bands=len(self._band_names),
                )
            )
        if labels.max(initial=0) > len(self.classes):
            raise LabelError(
                tr(
                    "Chip {chip} has label {label}, and there are {count} classes.",
                    chip=chip.name,
                    label=labels.max(),
                    count=len(self.classes),
                )
            )
        if self.known is not None and not self.chips:
            check_same_type(self.known, image.dtype.name)
        name = self._free_name(chip, image, labels)
        if name is None:
            return False
        self._by_name[name] = replace(chip, name=name)
        self.chips.append(self._by_name[name])
        image_path, label_path = chip_paths(self.folder, name)
        try:
            write_chip(image_path, image, grid=grid)
            write_chip(label_path, labels[None], grid=grid, classes=self.classes)
        except OSError as error:
            raise self._unwritable(error) from error
        self.class_pixels[chip.split] += np.bincount(labels.ravel(), minlength=len(self.classes) + 1)
        if chip.split == "train":
            self._statistics.add(image.reshape(len(image), -1) if valid is None else image[:, valid])
        return True

    def finish(self, source: str, licence: str, run: dict[str, Any] | None = None) -> SampleSet:
        """Write `samples.json`, under another name first.

        Args:
            source: where image and labels come from.
            licence: under what terms.
            run: how these chips were made, for people to read.

        Raises:
            LabelError: the set has no labelled pixel, or the disk is full.
        """
        if not any(counts[1:].any() for counts in self.class_pixels.values()):
            raise LabelError(
                tr(
                    "The sample set {folder} has no labelled pixel; add labels on the image.",
                    folder=self.folder,
                )
            )
        known = self.known
        record = {
            "bands": [asdict(band) for band in self._statistics.bands()],
            "classes": [asdict(entry) for entry in self.classes],
            "pixel_size_m": self._pixel_size_m,
            "source": "; ".join(dict.fromkeys([*(known.source.split("; ") if known else ()), source])),
            "licence": known.licence if known else licence,
            "chips": [asdict(chip) for chip in (*(known.chips if known else ()), *self.chips)],
            "class_pixels": {split: counts[1:].tolist() for split, counts in self.class_pixels.items()},
            "band_sums": self._statistics.sums.tolist(),
            "runs": [*(known.runs if known else ()), *([run] if run else ())],
        }
        path = self.folder / LIST
        try:
            with whole_file(path) as file:
                file.write_text(json.dumps(record, indent=1), encoding="utf-8")
        except OSError as error:
            raise LabelError(
                tr(
                    "{path} cannot be written ({error}); choose a folder you may write to, on a disk with room.",
                    path=path,
                    error=error.strerror,
                )
            ) from error
        self._is_finished = True
        return SampleSet.open(self.folder)

    def _unwritable(self, error: OSError) -> LabelError:
        return LabelError(
            tr(
                "The sample set {folder} cannot be written ({error}); choose a folder you may write to.",
                folder=self.folder,
                error=error.strerror,
            )
        )

    def _free_name(self, chip: Chip, image: NDArray[Any], labels: NDArray[np.uint8]) -> str | None:
        """A name no chip and no other file has; None if a chip of the same name shows the same."""
        name, number = chip.name, 1
        while name in self._by_name or any(map(os.path.lexists, chip_files(self.folder, name))):
            image_path, label_path = chip_paths(self.folder, name)
            if (
                name in self._by_name
                and self._by_name[name].split == chip.split
                and np.array_equal(read_chip(label_path)[0], labels)
                and np.array_equal(read_chip(image_path), image)
            ):
                return None
            number += 1
            name = f"{chip.name}_{number}"
        return name
