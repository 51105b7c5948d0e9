"""What is read for a tile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..raster.tiling import Window


@dataclass(frozen=True)
class TileInput:
    """What is read for a tile.

    Attributes:
        pixels: the tile's outer window (bands, height, width), invalid pixels filled.
        valid: which pixels of its inner window count (height, width).
        start: the scores to start from in the outer window (classes, height, width); None where a classifier makes
            them.
        made: the three bands that a corrector of any map sees (3, height, width), beside a classifier that sees
            others; None for another corrector, and where the pixels are these.
        hints: in the outer window (2, height, width), see `Hints.read`; None where none is near.
    """

    pixels: NDArray[Any]
    valid: NDArray[np.bool_]
    start: NDArray[np.float32] | None = None
    made: NDArray[np.float32] | None = None
    hints: NDArray[np.float32] | None = None

    def part(self, window: Window) -> TileInput:
        """What there is for some pixels, counted from the first one."""
        at = (slice(None), *window.slices())
        planes = {
            name: plane[at]
            for name in ("pixels", "start", "made", "hints")
            if (plane := getattr(self, name)) is not None
        }
        return replace(self, **planes)
