"""A window of an image and its labels becomes a chip of a sample set."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..raster.image_reader import ImageReader
from ..raster.tiling import Window
from .block_split import GAP_PX, overlap
from .existing_chips import ExistingChips, placed
from .labels import LabelledArea
from .outcome import Outcome
from .pixel_size import metres_per_pixel
from .preparation import Preparation
from .sample_set import Chip
from .writer import SampleWriter


@dataclass(frozen=True)
class ChipCutter:
    """Cuts chips, writes them, and counts what is left out of them.

    Attributes:
        reader: the image.
        truth: the labels as they are, for validation.
        training: the labels of the training chips.
        settings: how to cut.
        existing_chips: those of the set that is added to.
        near_validation: the blocks for validation and the gap around them, where training chips have no labels.
        writer: takes the chips.
        outcome: what was written and left out so far.
    """

    reader: ImageReader
    truth: LabelledArea
    training: LabelledArea
    settings: Preparation
    existing_chips: ExistingChips
    near_validation: list[Window]
    writer: SampleWriter
    outcome: Outcome

    def cut(self, window: Window, split: str) -> None:
        """Write a chip, unless no label is left in it or the set has it already.

        Args:
            window: its pixels.
            split: "train" or "validation".

        Raises:
            RasterError: the image cannot be read.
            LabelError: the chip cannot be written.
        """
        labels = self._labels(window, split)
        was = self.existing_chips.codes(window)
        self.outcome.known_pixels += int(np.count_nonzero((labels > 0) & (was > 0)))
        self.outcome.changed_pixels += int(np.count_nonzero((labels > 0) & (was > 0) & (labels != was)))
        far = self._far_from_other_split(window, split)
        self.outcome.gap_pixels += int(np.count_nonzero(labels[~far]))
        labels *= far
        if labels.any():
            self._write(window, split, labels)

    def _labels(self, window: Window, split: str) -> NDArray[np.uint8]:
        if split == "train":
            return self.training.codes(window, self._shift_px(window)).copy()
        return self.truth.codes(window, (0.0, 0.0)).copy()

    def _shift_px(self, window: Window) -> tuple[float, float]:
        """A shift of a chip's labels, uniform in a disc; the same for the same chip, whatever comes before it."""
        rng = np.random.default_rng([self.settings.seed, window.row, window.col])
        angle = rng.uniform(0, 2 * math.pi)
        distance_m = self.settings.misregistration_m * math.sqrt(rng.uniform())
        height_m, width_m = metres_per_pixel(self.reader.grid)
        return distance_m * math.sin(angle) / height_m, distance_m * math.cos(angle) / width_m

    def _far_from_other_split(self, window: Window, split: str) -> NDArray[np.bool_]:
        """Which pixels of a window may be labelled; the gap between new chips is taken from training alone."""
        far: NDArray[np.bool_] = ~self.existing_chips.near_other_split(window, split, GAP_PX)
        for near in self.near_validation if split == "train" else ():
            if overlap(window, near):
                far[near.clipped_to(window).relative_to(window).slices()] = False
        return far

    def _write(self, window: Window, split: str, labels: NDArray[np.uint8]) -> None:
        image, valid = self.reader.read(window)
        self.outcome.invalid_pixels += int(np.count_nonzero(labels[~valid]))
        labels *= valid
        if not labels.any():
            return
        chip, place = self._chip(window, split), placed(self.reader.grid).window(window)
        if self.writer.add(chip, _filled(image, valid), labels, valid, place):
            self.outcome.added += 1
        else:
            self.outcome.known += 1

    def _chip(self, window: Window, split: str) -> Chip:
        path = Path(self.reader.path)
        stem = re.sub(r"[^\w-]+", "_", path.stem)[:80]
        name, digest = f"{stem}_{window.row}_{window.col}", self.existing_chips.image_sha256
        return Chip(name, split, window.height, window.width, image=path.name, image_sha256=digest)


def _filled(image: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[Any]:
    """The image with invalid pixels as a network will meet them: at the mean, here of the chip."""
    if valid.all():
        return image
    means = image[:, valid].mean(axis=1, dtype=np.float64)
    if image.dtype != np.float32:
        means = np.rint(means)
    return np.where(valid, image, means.astype(image.dtype)[:, None, None])
