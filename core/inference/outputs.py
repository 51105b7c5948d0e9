"""The files of a run, written together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..output.no_data import NO_CLASS, NO_CONFIDENCE, NO_SCORE
from ..output.tile_output import TileOutput
from ..raster.tiling import Window
from .decision import Decision, Wanted


@dataclass(frozen=True)
class Outputs:
    """Where the decisions for tiles go; what is None is not wanted. Where there is no data, they get `no_data.py`'s.

    Attributes:
        map: takes places of classes from 1.
        confidence: takes the winning class's probability in percent.
        scores: takes the scores.
        iterates: takes the same as the map after each iteration.
    """

    map: TileOutput
    confidence: TileOutput | None = None
    scores: TileOutput | None = None
    iterates: TileOutput | None = None

    @property
    def writers(self) -> list[TileOutput]:
        """All there are."""
        every = (self.map, self.confidence, self.scores, self.iterates)
        return [writer for writer in every if writer is not None]

    @property
    def wanted(self) -> Wanted:
        """What has to be decided besides the class values."""
        return Wanted(self.confidence is not None, self.scores is not None, self.iterates is not None)

    def have(self, window: Window) -> bool:
        """Whether a tile is finished in all of them."""
        return all(writer.has(window) for writer in self.writers)

    def note(self, items: Mapping[str, str]) -> None:
        """Give all of them metadata items that are known only once a run begins."""
        for writer in self.writers:
            writer.note(items)

    def take_over(self, window: Window) -> None:
        """Take a tile from the finished outputs that are there already.

        Raises:
            RasterError: they cannot be read, or the disk is full or gone.
        """
        for writer in self.writers:
            writer.take_over(window)

    def write(
        self,
        decision: Decision | None,
        valid: NDArray[np.bool_],
        window: Window,
        part: Window | None = None,
    ) -> bool:
        """Write a tile.

        Args:
            decision: what was decided; None where nothing is valid.
            valid: which pixels are (height, width).
            window: where, one of those the writers have begun with.
            part: of the window, where the decision is for no more than it; the rest is taken over.

        Returns:
            Whether any pixel is valid.

        Raises:
            RasterError: the disk is full or gone.
        """
        layers: tuple[tuple[TileOutput | None, str, Any], ...] = (
            (self.map, "codes", NO_CLASS),
            (self.confidence, "confidence", NO_CONFIDENCE),
            (self.scores, "scores", NO_SCORE),
            (self.iterates, "iterates", NO_CLASS),
        )
        for writer, name, nothing in layers:
            if writer is None:
                continue
            if decision is not None:
                writer.write(np.where(valid, getattr(decision, name), nothing), window, part)
            elif part is None:
                writer.write_nothing(window)
            else:  # nothing was valid there before
                writer.take_over(window)
        return decision is not None
