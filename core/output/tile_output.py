"""What a run gives its tiles to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

from ..raster.tiling import Window


class TileOutput(Protocol):
    """Takes the tiles of a run in any order, by one thread at a time.

    Attributes:
        path: where the output will be. What a run has to keep meanwhile lies beside it.
        has_data: whether any tile holds data.
    """

    path: Path

    @property
    def has_data(self) -> bool:
        """See above."""

    def begin(self, run: Mapping[str, Any], windows: Sequence[Window]) -> list[Path]:
        """Start a run, or go on with one that was stopped.

        Args:
            run: everything the pixels depend on, as JSON values.
            windows: the tiles, which cover each pixel once.

        Returns:
            Folders of other unfinished runs for this output.
        """

    def has(self, window: Window) -> bool:
        """Whether the tile of a window is finished."""

    def note(self, items: Mapping[str, str]) -> None:
        """Take metadata items that are known only once a run begins."""

    def earlier_items(self) -> Mapping[str, str]:
        """Metadata of the finished output that is there already and has the same bands; empty without."""

    def take_over(self, window: Window) -> None:
        """Take a tile from the finished output that is there already."""

    def write(self, values: NDArray[Any], window: Window, part: Window | None = None) -> None:
        """Take a tile: (bands, height, width), or (height, width) for a single band.

        Where only a part is given, the rest comes from the finished output that is there already.
        """

    def write_nothing(self, window: Window) -> None:
        """Note that a tile holds no data."""

    def finish(self) -> None:
        """Put the tiles together."""

    def discard(self) -> None:
        """Forget a run that has nothing worth keeping."""
