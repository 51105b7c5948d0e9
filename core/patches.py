"""Random patches of a sample set: what one training step sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import LabelError
from .samples import Chip, SampleSet, read_chip
from .tiles import Window


@dataclass(frozen=True)
class Batch:
    """Patches: image (n, bands, h, w) float32, labels (n, h, w) uint8, scores (n, classes, h, w) float32 or None."""

    image: NDArray[np.float32]
    labels: NDArray[np.uint8]
    scores: NDArray[np.float32] | None


@dataclass(frozen=True)
class Augmentation:
    """How much patches are varied: the 8 symmetries always, colours by these amounts.

    Attributes:
        brightness: largest shift of a band, in its standard deviations; half of it is common to all bands.
        contrast: largest relative stretch around the patch's own mean.
        gamma: largest change of the exponent of the patch's own range.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 0.0


class PatchSource:
    """Draws batches of patches at random places of some chips, larger chips more often.

    Args:
        samples: the sample set.
        chips: which of its chips.
        side_px: height and width of a patch.
        augmentation: how patches are varied.
        with_scores: whether the classifier's scores are read as well.

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
    ) -> None:
        self.samples = samples
        self.chips = [chip for chip in chips if min(chip.height, chip.width) >= side_px]
        if not self.chips:
            raise LabelError(
                f"No training chip of {samples.folder} is {side_px} px high and wide; choose smaller patches or make "
                "larger chips."
            )
        self.side_px = side_px
        self.augmentation = augmentation
        self.with_scores = with_scores
        areas = np.array([chip.height * chip.width for chip in self.chips], dtype=np.float64)
        self._shares = areas / areas.sum()
        self._deviations = np.array([band.deviation for band in samples.bands], dtype=np.float32)[
            :, None, None
        ]

    def draw(self, count: int, rng: np.random.Generator) -> Batch:
        """Draw a batch.

        Args:
            count: how many patches.
            rng: where chance comes from.
        """
        patches = [self._patch(rng) for _ in range(count)]
        return Batch(
            np.stack([image for image, _, _ in patches]),
            np.stack([labels for _, labels, _ in patches]),
            np.stack([scores for _, _, scores in patches]) if self.with_scores else None,
        )

    def _patch(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]:
        side = self.side_px
        for _ in range(20):  # a patch without any label teaches nothing: look elsewhere, but not for ever
            chip = self.chips[rng.choice(len(self.chips), p=self._shares)]
            row = int(rng.integers(chip.height - side + 1))
            col = int(rng.integers(chip.width - side + 1))
            window = Window(row, col, side, side)
            labels = read_chip(self.samples.label_path(chip), window)[0]
            if labels.any():
                break
        image = read_chip(self.samples.image_path(chip), window).astype(np.float32)
        scores = (
            read_chip(self.samples.score_path(chip), window)
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
