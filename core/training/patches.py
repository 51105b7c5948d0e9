"""Random patches of a sample set: what one training step sees."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LabelError
from ..raster.tiling import Window
from ..samples.sample_set import Chip, SampleSet, read_chip
from ..translation import tr


@dataclass(frozen=True)
class Batch:
    """Patches: image (n, bands, h, w) float32, labels (n, h, w) uint8, scores (n, classes, h, w) float32 or None."""

    image: NDArray[np.float32]
    labels: NDArray[np.uint8]
    scores: NDArray[np.float32] | None


@dataclass(frozen=True)
class Augmentation:
    """How much patches are varied: the 8 symmetries always, colours and scale by these amounts.

    Attributes:
        brightness: largest shift of a band, in its standard deviations; half of it is common to all bands.
        contrast: largest relative stretch around the patch's own mean.
        gamma: largest change of the exponent of the patch's own range.
        scale: largest factor by which pixels are made smaller or larger; 1 for none.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 0.0
    scale: float = 1.0


class PatchSource:
    """Draws batches of patches at random places of some chips, larger chips more often.

    Args:
        samples: the sample set.
        chips: which of its chips.
        side_px: height and width of a patch.
        augmentation: how patches are varied.
        with_scores: whether the scores are read as well.
        border_px: width of the patch border whose labels do not count.

    Raises:
        LabelError: no chip is as large as a patch.
    """

    def __init__(
        self,
        samples: SampleSet,
        chips: Sequence[Chip],
        side_px: int,
        augmentation: Augmentation,
        with_scores: bool = False,
        border_px: int = 0,
    ) -> None:
        self.samples = samples
        self.chips = [chip for chip in chips if min(chip.height, chip.width) >= side_px]
        if not self.chips:
            raise LabelError(
                tr(
                    "No training chip of {samples} is {side} px high and wide; choose smaller patches or make larger "
                    "chips.",
                    samples=samples.folder,
                    side=side_px,
                )
            )
        self.side_px = side_px
        self.augmentation = augmentation
        self.with_scores = with_scores
        self._counted = np.s_[border_px : side_px - border_px, border_px : side_px - border_px]
        areas = np.array([chip.height * chip.width for chip in self.chips], dtype=np.float64)
        self._shares = areas / areas.sum()
        self._deviations = np.array([band.deviation for band in samples.bands], dtype=np.float32)[
            :, None, None
        ]

    def draw(self, count: int, rng: np.random.Generator) -> Batch:
        """Draw a batch.

        Args:
            count: how many patches.
            rng: random number generator.
        """
        patches = [self._patch(rng) for _ in range(count)]
        return Batch(
            np.stack([image for image, _, _ in patches]),
            np.stack([labels for _, labels, _ in patches]),
            np.stack([scores for _, _, scores in patches]) if self.with_scores else None,
        )

    def batches(self, count: int, steps: int, rng: np.random.Generator) -> Generator[Batch, None, None]:
        """Draw batches in a thread of their own, one ahead of the one in use.

        Args:
            count: how many patches in each.
            steps: how many batches.
            rng: random number generator; it must not be used elsewhere meanwhile.
        """
        with ThreadPoolExecutor(1, "patches") as thread:
            ahead = thread.submit(self.draw, count, rng)
            for step in range(steps):
                batch = ahead.result()
                if step + 1 < steps:
                    ahead = thread.submit(self.draw, count, rng)
                yield batch

    def _patch(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]:
        side = self.side_px
        chip, window, labels = self._place(rng)
        image = self.samples.finite(read_chip(self.samples.image_path(chip), window, side, is_smooth=True))
        scores = (
            read_chip(self.samples.score_path(chip), window, side, is_smooth=True)
            if self.with_scores
            else np.empty((0, side, side))
        )
        turns, mirrored = int(rng.integers(4)), bool(rng.integers(2))
        image = self._recolour(image, rng)
        return (
            _symmetry(image, turns, mirrored),
            _symmetry(labels, turns, mirrored),
            _symmetry(scores, turns, mirrored),
        )

    def _place(self, rng: np.random.Generator) -> tuple[Chip, Window, NDArray[np.uint8]]:
        """A chip, a window of it, and the labels there: some, if they are found within reason."""
        for _ in range(20):  # a patch without any label teaches nothing: look elsewhere, but not for ever
            chip = self.chips[rng.choice(len(self.chips), p=self._shares)]
            side = self._side(chip, rng)
            row = int(rng.integers(chip.height - side + 1))
            col = int(rng.integers(chip.width - side + 1))
            window, labels = self._labels(chip, row, col, side)
            if labels[self._counted].any():
                return chip, window, labels
        # few and small labels are not met by chance: take a place around one of this chip's
        rows, cols = np.nonzero(read_chip(self.samples.label_path(chip))[0])
        if len(rows):
            pixel = int(rng.integers(len(rows)))
            row = min(max(int(rows[pixel]) - side // 2, 0), chip.height - side)
            col = min(max(int(cols[pixel]) - side // 2, 0), chip.width - side)
            window, labels = self._labels(chip, row, col, side)
        return chip, window, labels

    def _side(self, chip: Chip, rng: np.random.Generator) -> int:
        """How many pixels of a chip become the side of a patch."""
        largest = self.augmentation.scale
        if largest == 1:
            return self.side_px
        factor = math.exp(rng.uniform(-1, 1) * math.log(largest))
        return min(round(self.side_px * factor), chip.height, chip.width)

    def _labels(self, chip: Chip, row: int, col: int, side: int) -> tuple[Window, NDArray[np.uint8]]:
        window = Window(row, col, side, side)
        return window, read_chip(self.samples.label_path(chip), window, self.side_px)[0]

    def _recolour(self, image: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
        amount, bands = self.augmentation, image.shape[0]
        brightness, contrast, gamma = rng.uniform(-1, 1, bands + 1), rng.uniform(-1, 1), rng.uniform(-1, 1)
        mean = image.mean(axis=(1, 2), keepdims=True)
        if amount.gamma:
            low, high = image.min(), image.max()
            span = max(float(high - low), 1e-6)
            image = low + span * ((image - low) / span) ** np.float32(np.exp(gamma * amount.gamma))
        shift = (0.5 * brightness[:1] + 0.5 * brightness[1:]).astype(np.float32)[:, None, None]
        stretched = mean + (image - mean) * np.float32(1 + contrast * amount.contrast)
        recoloured: NDArray[np.float32] = stretched + shift * np.float32(amount.brightness) * self._deviations
        return recoloured


def _symmetry(pixels: NDArray[Any], turns: int, mirrored: bool) -> NDArray[Any]:
    turned = np.rot90(pixels, turns, axes=(-2, -1))
    return np.ascontiguousarray(turned[..., ::-1] if mirrored else turned)
