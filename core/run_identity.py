"""What the pixels of a run depend on: two runs with the same identity make the same tiles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osgeo import gdal

from .gdal_errors import gdal_failures
from .image_reader import ImageReader
from .resampling import Resampling
from .tiles import Tile, Window

if TYPE_CHECKING:
    from ..models.session import Network

_ENGINE = 2
"""Raised whenever the engine would give other pixels for the same input."""


def run_identity(
    reader: ImageReader,
    classifier: Network,
    corrector: Network | None,
    iterations: int,
    extent: Window,
    tiles: list[Tile],
    resampling: Resampling | None,
) -> dict[str, Any]:
    """Everything that the tiles of a run depend on, as JSON values.

    Args:
        reader: the image; its files count by path, size and time of change.
        classifier: the classifier; it counts by its digest, and by device and precision, whose arithmetic may differ.
        corrector: the corrector, if it is applied.
        iterations: how often.
        extent: the pixels to classify.
        tiles: how they are cut.
        resampling: how the networks' pixels lie to the image's, where they are others.
    """
    return {
        "engine": _ENGINE,
        "image": reader.path,
        "grid": [reader.grid.height, reader.grid.width, reader.grid.geotransform],
        "files": [_stamp(name) for name in reader.files],
        "bands": list(reader.bands),
        "nodata": [None if value is None else repr(value) for value in reader.nodata],
        "mask": reader.mask_sha256,
        "classifier": classifier.sha256,
        "corrector": corrector.sha256 if corrector is not None else "",
        "iterations": iterations,
        "device": classifier.device,
        "precision": classifier.precision,
        "extent": [extent.row, extent.col, extent.height, extent.width],
        "resampling": None if resampling is None else asdict(resampling),
        "tiles": [
            len(tiles),
            tiles[0].outer.height,
            tiles[0].outer.width,
            tiles[0].inner.height,
            tiles[0].inner.width,
        ],
    }


def _stamp(name: str) -> list[Any]:
    try:
        status = Path(name).stat()
        return [name, status.st_size, status.st_mtime_ns]
    except OSError:  # one of GDAL's names: of a file on a server, for instance
        with gdal_failures():
            remote = gdal.VSIStatL(name)
    return [name] if remote is None else [name, remote.size, remote.mtime]
