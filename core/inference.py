"""One tile through the networks; in parts, once the device's memory proves too small for whole tiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..models.errors import DeviceMemoryError
from .progress import Progress
from .tiles import Tile, Window, tile_grid

if TYPE_CHECKING:
    from ..models.session import Network
    from ..models.tensors import Scores
    from .resampling import Resampling

SMALLEST_PART_PX = 64
"""A device that has no room for a part of this side has no room for the network."""


@dataclass(frozen=True)
class Decision:
    """What the networks decided for the inner pixels of a tile.

    Attributes:
        codes: class codes from 1 (height, width), uint8.
        confidence: the winning class's probability in percent (height, width), uint8; None where it was not asked for.
        scores: (classes, height, width), float32; None where they were not asked for.
    """

    codes: NDArray[np.uint8]
    confidence: NDArray[np.uint8] | None
    scores: NDArray[np.float32] | None


class TileInference:
    """Classifier and corrector on tiles, with everything between pixels and class codes on their device.

    A tile that is too large for the device's memory is cut into parts with halos of their own, which by the rule of
    `tiles.py` changes nothing but the time; later tiles are cut alike.

    Args:
        classifier: makes the scores.
        corrector: corrects them; None for the classifier's own.
        iterations: how often the corrector is applied.
        halo_px: halo of the tiles.
        with_confidence: whether the confidence is wanted.
        with_scores: whether the scores are wanted.
        progress: told when tiles have to be cut.
        resampling: how the networks' pixels lie to the image's; None where they are the same.
    """

    def __init__(
        self,
        classifier: Network,
        corrector: Network | None,
        iterations: int,
        halo_px: int,
        with_confidence: bool,
        with_scores: bool,
        progress: Progress,
        resampling: Resampling | None = None,
    ) -> None:
        self._classifier, self._corrector, self._iterations = classifier, corrector, iterations
        self._halo_px = halo_px
        self._with_confidence, self._with_scores = with_confidence, with_scores
        self._progress = progress
        self._resampling = resampling
        self._part_px: int | None = None

    def __call__(self, pixels: NDArray[Any], tile: Tile, valid: NDArray[np.bool_]) -> Decision:
        """Decide for a tile.

        Args:
            pixels: the tile's outer window (bands, height, width).
            tile: where it lies.
            valid: which pixels of its inner window count, at least one; what is decided for the others means nothing.

        Raises:
            DeviceMemoryError: not even the smallest part fits into the device's memory.
            DeviceError: the device failed otherwise.
        """
        # An accelerator prefers one shape to fewer pixels.
        needed = _box(valid, tile.inner) if self._classifier.device == "CPU" else tile.inner
        while True:
            try:
                parts = [(part, self._infer(pixels, part, tile)) for part in self._parts(needed, tile)]
                return _joined(tile.inner, parts)
            except DeviceMemoryError:
                side_px = self._part_px or max(needed.height, needed.width)
                if side_px <= SMALLEST_PART_PX:
                    raise
                self._part_px = max(SMALLEST_PART_PX, -(-side_px // 2))
                self._progress.say(
                    f"The memory of {self._classifier.device} is too small for {side_px} px at a time: going on with "
                    f"{self._part_px} px. The map stays the same; a smaller tile side saves the tries."
                )

    def _parts(self, needed: Window, tile: Tile) -> list[Tile]:
        """The tile itself, or tiles inside of it that cover what is needed."""
        if self._part_px is None and needed == tile.inner:
            return [tile]
        side_px = self._part_px or max(needed.height, needed.width)
        stride = self._classifier.contract.stride if self._resampling is None else self._resampling.period_px
        parts = tile_grid(needed, side_px, self._halo_px, stride)
        # the last part of a row may ask for more than its halo, and more than was read
        return [Tile(part.inner, part.outer.clipped_to(tile.outer)) for part in parts]

    def _infer(self, pixels: NDArray[Any], part: Tile, tile: Tile) -> Decision:
        rows, cols = part.outer.relative_to(tile.outer).slices()
        pixels = pixels[:, rows, cols]
        if self._resampling is None:
            inner = self._scores(pixels, part)
            scores = inner.numpy() if self._with_scores else None
        else:
            scores = self._resampled_scores(pixels, part, self._resampling)
            inner = self._classifier.upload_scores(scores)
        return Decision(
            inner.codes(),
            inner.confidence() if self._with_confidence else None,
            scores if self._with_scores else None,
        )

    def _scores(self, pixels: NDArray[Any], part: Tile) -> Scores:
        """The scores of a part's inner window, from the pixels of its outer one."""
        image = self._classifier.upload(pixels)
        scores = self._classifier.classify(image)
        seen = part.outer
        if self._corrector is not None:
            # the corrector looks less far than the two together: it need not see the whole halo
            contract = self._corrector.contract
            reach_px = contract.reach_px + self._iterations * contract.reach_per_iteration_px
            seen = part.inner.grown(reach_px).clipped_to(part.outer)
            rows, cols = seen.relative_to(part.outer).slices()
            scores = self._corrector.correct(
                scores.crop(rows, cols), image.crop(rows, cols), self._iterations
            )
        return scores.crop(*part.inner.relative_to(seen).slices())

    def _resampled_scores(
        self, pixels: NDArray[Any], part: Tile, resampling: Resampling
    ) -> NDArray[np.float32]:
        """The same, where the networks see pixels of another size."""
        image = self._classifier.upload(resampling.to_network(pixels))
        scores = self._classifier.classify(image)
        if self._corrector is not None:
            scores = self._corrector.correct(scores, image, self._iterations)
        return resampling.to_image(scores.numpy(), part.inner.relative_to(part.outer))


def _box(valid: NDArray[np.bool_], window: Window) -> Window:
    """The smallest window that holds every valid pixel of a window, at least one."""
    rows, cols = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    return Window(
        window.row + int(rows[0]),
        window.col + int(cols[0]),
        int(rows[-1] - rows[0]) + 1,
        int(cols[-1] - cols[0]) + 1,
    )


def _joined(inner: Window, parts: list[tuple[Tile, Decision]]) -> Decision:
    """The decisions for parts of a window as one; 0 where there is no part."""
    if parts[0][0].inner == inner:
        return parts[0][1]

    def join(arrays: list[NDArray[Any] | None]) -> NDArray[Any] | None:
        first = arrays[0]
        if first is None:
            return None
        whole = np.zeros((*first.shape[:-2], inner.height, inner.width), first.dtype)
        for (part, _), array in zip(parts, arrays):
            whole[(..., *part.inner.relative_to(inner).slices())] = array
        return whole

    codes = join([decision.codes for _, decision in parts])
    assert codes is not None
    confidence = join([decision.confidence for _, decision in parts])
    return Decision(codes, confidence, join([decision.scores for _, decision in parts]))
