"""What a tile needs: its pixels and, where a map is corrected, the scores to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...models.contract import Band
from ..class_maps.start_scores import MapScores
from ..raster.image_reader import ImageReader
from ..raster.three_bands import ThreeBands
from ..raster.tiling import Tile, Window
from .hint_tiles import HintTiles
from .tile_input import TileInput

_Valid = NDArray[np.bool_]


class TileReader:
    """Reads tiles; used by one thread at a time.

    Args:
        image: the image.
        bands: the networks', whose means stand for invalid pixels.
        start: the map to correct; None where a classifier makes the scores.
        three_bands: what a corrector of any map sees of the image; None for another or none.
        hints: None without.
    """

    def __init__(
        self,
        image: ImageReader,
        bands: Sequence[Band],
        start: MapScores | None,
        three_bands: ThreeBands | None = None,
        hints: HintTiles | None = None,
    ) -> None:
        self._image, self._start, self._three_bands, self._hints = image, start, three_bands, hints
        self._means = np.array([band.mean for band in bands])[:, np.newaxis, np.newaxis]

    def __call__(self, tile: Tile) -> tuple[TileInput | None, _Valid]:
        """What the networks need, unless none of the inner pixels is valid; and which of the inner ones are.

        Raises:
            RasterError: the image or the map cannot be read, or the map's values do not fit its description.
            Cancelled: the user stopped the run while a server was given time.
        """
        inner = tile.inner.relative_to(tile.outer).slices()
        inside = self._image.inside_mask(tile.inner)
        if not inside.any():
            return None, inside
        given = self.seen(tile.outer)
        valid, start = given.valid[inner] & inside, None
        if self._start is not None and valid.any():
            start, has_start = self._start.read(tile.outer)
            valid = valid & has_start[inner]
        if not valid.any():
            return None, valid
        hints = self._hints.read(tile) if self._hints is not None else None
        return replace(given, valid=valid, start=start, hints=hints), valid

    def seen(self, window: Window) -> TileInput:
        """What the networks see of the image in a window, and which of its pixels are valid (height, width).

        Raises:
            RasterError: the image cannot be read there.
            Cancelled: the user stopped the run while a server was given time.
        """
        pixels, valid = self._image.read(window)
        made = self._three_bands.mixed(pixels, valid) if self._three_bands is not None else None
        if made is not None and self._start is not None:
            return TileInput(made, valid)
        if not valid.all():
            whole_numbers = np.issubdtype(pixels.dtype, np.integer)
            fill = np.rint(self._means) if whole_numbers else self._means
            pixels = np.where(valid, pixels, fill.astype(pixels.dtype))
        return TileInput(pixels, valid, made=made)
