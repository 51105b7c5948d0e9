"""An output that is used at once and needs no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..raster.grid import Grid
from ..raster.tiling import Window


class MemoryOutput:
    """Keeps the tiles of a run in an array; see `TileOutput`.

    Args:
        path: what a run has to keep meanwhile lies beside it; nothing is written there.
        grid: the pixels.
        bands: how many.
        nothing: the value of no data, in the type of all values.

    Attributes:
        values: (bands, height, width).
    """

    def __init__(self, path: Path, grid: Grid, bands: int, nothing: np.generic) -> None:
        self.path = path
        self.values: NDArray[Any] = np.full((bands, grid.height, grid.width), nothing, nothing.dtype)
        self.has_data = False
        self._finished: set[Window] = set()

    def begin(self, _run: Mapping[str, Any], _windows: Sequence[Window]) -> list[Path]:
        """See `TileOutput.begin`; there is no earlier run."""
        return []

    def has(self, window: Window) -> bool:
        """See `TileOutput.has`."""
        return window in self._finished

    def note(self, _items: Mapping[str, str]) -> None:
        """See `TileOutput.note`; it has no metadata."""

    def earlier_items(self) -> Mapping[str, str]:
        """See `TileOutput.earlier_items`; there is no earlier run."""
        return {}

    def take_over(self, window: Window) -> None:
        """See `TileOutput.take_over`; there is no earlier run."""
        raise ValueError(f"Nothing of an earlier run is there at {window}.")

    def write(self, values: NDArray[Any], window: Window, part: Window | None = None) -> None:
        """See `TileOutput.write`."""
        assert part is None
        self.values[(slice(None), *window.slices())] = values
        self.has_data = True
        self._finished.add(window)

    def write_nothing(self, window: Window) -> None:
        """See `TileOutput.write_nothing`."""
        self._finished.add(window)

    def finish(self) -> None:
        """See `TileOutput.finish`; it is finished already."""

    def discard(self) -> None:
        """See `TileOutput.discard`; it ends with this object."""
