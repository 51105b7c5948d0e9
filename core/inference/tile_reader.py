"""What a tile needs: its pixels and, where a map is corrected, the scores to start from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...models.contract import Band
from ..class_maps.start_scores import MapScores
from ..raster.image_reader import ImageReader
from ..raster.pixels import Pixels
from ..raster.tiling import Tile, Window
from .tile_inference import TileInput

_Valid = NDArray[np.bool_]


class TileReader:
    """Reads tiles; used by one thread at a time.

    Args:
        image: the image.
        bands: the networks', whose means stand for invalid pixels.
        start: the map to correct; None where a classifier makes the scores.
    """

    def __init__(self, image: ImageReader, bands: Sequence[Band], start: MapScores | None) -> None:
        self._image, self._start = image, start
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
        pixels, valid = self.pixels(tile.outer)
        valid, start = valid[inner] & inside, None
        if self._start is not None and valid.any():
            start, has_start = self._start.read(tile.outer)
            valid = valid & has_start[inner]
        return TileInput(pixels, valid, start) if valid.any() else None, valid

    def pixels(self, window: Window) -> Pixels:
        """The pixels of a window, invalid ones filled; and which are valid.

        Raises:
            RasterError: the image cannot be read there.
            Cancelled: the user stopped the run while a server was given time.
        """
        pixels, valid = self._image.read(window)
        if not valid.all():
            whole_numbers = np.issubdtype(pixels.dtype, np.integer)
            fill = np.rint(self._means) if whole_numbers else self._means
            pixels = np.where(valid, pixels, fill.astype(pixels.dtype))
        return Pixels(pixels, valid)
