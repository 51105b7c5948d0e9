"""The iterations of a corrector on the scores of one tile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .around_hints import only_where_hints_count

if TYPE_CHECKING:
    from ...models.runtime.network import Network
    from ...models.runtime.tensors import Image, Scores


@dataclass(frozen=True)
class Correction:
    """What is corrected, and with what.

    Attributes:
        corrector: the network.
        start: the scores of a tile.
        image: its pixels.
        hints: its hints (2, height, width), see `Hints.read`; None where none is near.
        keeps_map: whether the start stays as it is but where hints give another class.
    """

    corrector: Network
    start: Scores
    image: Image
    hints: NDArray[np.float32] | None
    keeps_map: bool

    def __call__(self, iterations: int, each: bool) -> Iterator[tuple[int, Scores]]:
        """The scores after all iterations; before those, if each is wanted, after 0, 1, 2 ..., with these numbers."""
        scores, done = self.start, 0
        for number in range(iterations + 1) if each else [iterations]:
            if number > 0:
                scores = self._after(number, scores, done)
                done = number
            yield number, scores

    def _after(self, number: int, before: Scores, done: int) -> Scores:
        """The scores after some iterations, where those after fewer are there."""
        corrector, start = self.corrector, self.start
        if not corrector.contract.keeps_start:
            # one at a time, an iteration computes the guidance anew, to the same numbers
            return corrector.correct(before, self.image, number - done)
        if self.hints is None:
            return start if self.keeps_map else corrector.correct(start, self.image, number)
        with_hints = corrector.correct(start, self.image, number, self.hints)
        if not self.keeps_map:
            return with_hints
        without = corrector.correct(start, self.image, number)
        return corrector.upload_scores(
            only_where_hints_count(start.numpy(), without.numpy(), with_hints.numpy(), self.hints)
        )
