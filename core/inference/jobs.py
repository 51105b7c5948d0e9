"""What of a run's tiles has to be inferred, and what is taken over from finished outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..progress import Progress
from ..raster.tiling import Tile, Window
from ..translation import tr
from .earlier_run import EarlierRun
from .hint_tiles import HintTiles


@dataclass(frozen=True)
class Jobs:
    """Windows are counted from the image's first pixel.

    Attributes:
        taken: windows of tiles that are taken over as they are.
        inferred: what is read and inferred, with the window of the tile that its inner window is a part of, or all.
    """

    taken: list[Window]
    inferred: dict[Tile, Window]

    @classmethod
    def of(
        cls,
        tiles: Sequence[Tile],
        halo_px: int,
        stride: int,
        hints: HintTiles | None,
        earlier: EarlierRun | None,
    ) -> Jobs:
        """Plan.

        Args:
            tiles: those that are not finished.
            halo_px: of tiles with no hint near.
            stride: see `Networks`.
            hints: None without.
            earlier: the finished outputs; None where there are none that can be used.
        """
        taken: list[Window] = []
        inferred: dict[Tile, Window] = {}
        for tile in tiles:
            window, needed = tile.inner, tile
            part = earlier.stale(window) if earlier is not None else window
            if part is None:
                taken.append(window)
                continue
            if part != window:
                needed = Tile(part, part.grown(halo_px).aligned_to(stride))
            inferred[needed if hints is None else hints.widened(needed, halo_px, stride)] = window
        return cls(taken, inferred)

    def say(self, progress: Progress) -> None:
        """Tell what is taken over, if anything is."""
        parts = sum(tile.inner != window for tile, window in self.inferred.items())
        if self.taken or parts:
            progress.say(
                tr(
                    "Only the hints differ from those of the finished outputs: {taken} tiles are taken over as they "
                    "are, and of {parts} tiles only a part is computed.",
                    taken=len(self.taken),
                    parts=parts,
                )
            )
