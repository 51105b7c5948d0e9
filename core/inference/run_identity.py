"""What the pixels of a run depend on: two runs with the same identity make the same tiles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osgeo import gdal

from ..class_maps.start_scores import MapScores
from ..raster.gdal_errors import gdal_failures
from ..raster.image_reader import ImageReader
from ..raster.tiling import Tile, Window
from .resampling import Resampling

if TYPE_CHECKING:
    from .tile_inference import Networks

_ENGINE = 3
"""Raised whenever the engine would give other pixels for the same input."""


def run_identity(
    reader: ImageReader,
    networks: Networks,
    extent: Window,
    tiles: list[Tile],
    resampling: Resampling | None,
    start: MapScores | None = None,
) -> dict[str, Any]:
    """Everything that the tiles of a run depend on, as JSON values.

    Args:
        reader: the image; its files count by path, size and time of change.
        networks: they count by their digests, and by device and precision, whose arithmetic may differ.
        extent: the pixels to classify.
        tiles: how they are cut.
        resampling: how the networks' pixels lie to the image's, where they are others.
        start: the map that is corrected, if there is one; its files count like the image's, and so does where the
            image lies on it, which the coordinate reference systems of both say.
    """
    classifier, corrector = networks.classifier, networks.corrector
    identity: dict[str, Any] = {
        "engine": _ENGINE,
        "image": reader.path,
        "grid": [reader.grid.height, reader.grid.width, reader.grid.geotransform],
        "files": [_stamp(name) for name in reader.files],
        "bands": list(reader.bands),
        "scale": reader.scale,
        "nodata": [None if value is None else repr(value) for value in reader.nodata],
        "mask": reader.mask_sha256,
        "classifier": classifier.sha256 if classifier is not None else "",
        "corrector": corrector.sha256 if corrector is not None else "",
        "iterations": networks.iterations,
        "device": networks.first.device,
        "precision": networks.first.precision,
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
    if start is not None:
        described = start.class_map
        identity["map"] = {
            "path": described.path,
            "files": [_stamp(name) for name in start.files],
            "kind": described.kind,
            "table": asdict(described.table),
            "nodata": described.nodata,
            "corners": [list(map(repr, corner)) for corner in start.corners],
        }
    return identity


def _stamp(name: str) -> list[Any]:
    try:
        status = Path(name).stat()
        return [name, status.st_size, status.st_mtime_ns]
    except OSError:  # one of GDAL's names: of a file on a server, for instance
        with gdal_failures():
            remote = gdal.VSIStatL(name)
    return [name] if remote is None else [name, remote.size, remote.mtime]
