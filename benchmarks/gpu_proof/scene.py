"""An image without end, and without an image library: the demonstration image, mirrored at its edges."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.raster.tiling import Window

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "buildings.tif"
_TYPES = {2: "s", 3: "H", 4: "I"}  # TIFF's ASCII, SHORT and LONG
_DEFLATE, _DIFFERENCES = 8, 2


class Scene:
    """Pixels (bands, height, width) uint8, which go on in all directions."""

    def __init__(self, path: Path = DEMO) -> None:
        self._pixels = read_tiff(path)

    def read(self, window: Window) -> NDArray[np.uint8]:
        """The pixels of a window (bands, height, width)."""
        rows, cols = (
            _mirrored(np.arange(start, stop), length)
            for start, stop, length in (
                (window.row, window.row_stop, self._pixels.shape[1]),
                (window.col, window.col_stop, self._pixels.shape[2]),
            )
        )
        return self._pixels[:, rows[:, None], cols]


def read_tiff(path: Path) -> NDArray[np.uint8]:
    """The pixels (bands, height, width) of a TIFF as `make demo-images` writes it: bytes, strips, deflated differences.

    Raises:
        ValueError: the file is another kind of TIFF.
    """
    data = path.read_bytes()
    tags = _tags(data)
    width, height, bands = (tags[number][0] for number in (256, 257, 277))
    if (tags[259], tags[317], set(tags[258])) != ((_DEFLATE,), (_DIFFERENCES,), {8}):
        raise ValueError(f"{path} is not a TIFF of bytes with deflated differences.")
    strips = b"".join(
        zlib.decompress(data[start : start + size]) for start, size in zip(tags[273], tags[279])
    )
    differences = np.frombuffer(strips, np.uint8).reshape(height, width, bands)
    return np.ascontiguousarray(np.cumsum(differences, axis=1, dtype=np.uint8).transpose(2, 0, 1))


def _tags(data: bytes) -> dict[int, tuple[Any, ...]]:
    """The tags of the first image of a little-endian TIFF that have whole numbers or text, by their numbers."""
    (start,) = struct.unpack_from("<4xI", data)
    (count,) = struct.unpack_from("<H", data, start)
    tags = {}
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        number, kind, length = struct.unpack_from("<HHI", data, entry)
        if kind in _TYPES:
            form = f"<{length}{_TYPES[kind]}"
            is_here = struct.calcsize(form) <= 4
            (place,) = (entry + 8,) if is_here else struct.unpack_from("<I", data, entry + 8)
            tags[number] = struct.unpack_from(form, data, place)
    return tags


def _mirrored(places: NDArray[np.intp], length: int) -> NDArray[np.intp]:
    places = places % (2 * length)
    return np.minimum(places, 2 * length - 1 - places)
