"""What the engine reads an image through, whoever fetches the pixels."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .band_names import BandLabel
from .grid import Grid
from .pixels import Pixels
from .tiling import Window

if TYPE_CHECKING:
    from .polygon_mask import PolygonMask


class ImageReader(ABC):
    """Windows of an image as raw values, each with the pixels that hold something.

    A context manager; used by one thread at a time.

    Attributes:
        path: the image's name, in sentences and as part of a run's identity.
        grid: its pixels.
        labels: what it says about each of its bands.
        called_alpha: numbers of the bands that are marked as alpha and are bands of data all the same.
        bands: numbers of the bands that are read, from 1, in order.
        dtype: the type of the values in the image.
        nodata: the nodata value of each band that is read.
        may_change_thread: whether another thread than the one that opened the image may read.
        scale: what the image's values are multiplied by; set before anything is read.
        declared_scale: scale and offset that the image declares for each band that is read, see `band_scale.py`.
    """

    path: str
    grid: Grid
    labels: tuple[BandLabel, ...]
    bands: tuple[int, ...]
    dtype: str
    nodata: tuple[float | None, ...]
    may_change_thread = True
    scale = 1.0
    declared_scale: tuple[tuple[float, float], ...] = ()
    called_alpha: tuple[int, ...] = ()

    def __init__(self, mask: PolygonMask | None) -> None:
        self._mask = mask

    @property
    def band_count(self) -> int:
        """How many bands are read."""
        return len(self.bands)

    @property
    def mask_sha256(self) -> str:
        """Digest of the polygon mask; '' without one."""
        return self._mask.sha256 if self._mask is not None else ""

    def __enter__(self) -> ImageReader:
        """The open reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the image."""
        self.close()

    @abstractmethod
    def stamps(self) -> list[list[Any]]:
        """What the image's pixels come from, and in which state that is, as JSON values; see `file_stamps`."""

    @abstractmethod
    def close(self) -> None:
        """Close the image; closing twice is no fault."""

    def inside_mask(self, window: Window) -> NDArray[np.bool_]:
        """Which pixels of a window inside the image are to be looked at (height, width): all without a mask.

        What lies beside the mask is still read and seen by the networks, which look around each pixel.

        Raises:
            RasterError: the mask cannot be burned.
        """
        if self._mask is None:
            return np.ones((window.height, window.width), dtype=bool)
        return self._mask.burn(window, self.grid)

    def read(self, window: Window) -> Pixels:
        """Read a window; beyond the image's edge it is mirrored, edge pixels included, as often as needed.

        Args:
            window: the pixels to read, which may lie partly or wholly outside of the image.

        Returns:
            Pixel values (bands, height, width), uint8, uint16 or int16 where all bands are of that type and not
            scaled, and float32 otherwise; and which pixels are valid (height, width). Invalid are: what the image says
            is invalid, a value that is no finite number in any band. Mirrored pixels are as valid as their originals.

        Raises:
            RasterError: the image cannot be read there; on a server, not even after a while.
            Cancelled: the user stopped the run while a server was given time.
        """
        rows = mirrored(window.row, window.height, self.grid.height)
        cols = mirrored(window.col, window.width, self.grid.width)
        top, left = int(rows.min()), int(cols.min())
        source = Window(top, left, int(rows.max()) - top + 1, int(cols.max()) - left + 1)
        image, valid = self._pixels(source)
        if self.scale != 1:
            image = image.astype(np.float32) * np.float32(self.scale)
        if image.dtype.kind == "f":
            valid &= np.isfinite(image).all(axis=0)
        if source == window:
            return Pixels(image, valid)
        at = np.ix_(rows - top, cols - left)
        return Pixels(image[:, at[0], at[1]], valid[at])

    @abstractmethod
    def _pixels(self, source: Window) -> Pixels:
        """Values (bands, height, width) and validity (height, width) of a window inside of the image."""


def mirrored(start: int, length: int, size: int) -> NDArray[np.intp]:
    """Where each of the pixels from `start` on lies when an axis of `size` pixels is mirrored at both ends."""
    place = np.arange(start, start + length, dtype=np.intp) % (2 * size)
    return np.where(place < size, place, 2 * size - 1 - place)
