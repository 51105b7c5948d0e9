"""What the pixels of a run depend on: two runs with the same identity make the same tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..class_maps.start_scores import MapScores
from ..raster.file_stamps import file_stamps
from ..raster.image_reader import ImageReader
from ..raster.three_bands import ThreeBands
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
    three_bands: ThreeBands | None = None,
) -> dict[str, Any]:
    """Everything that the tiles of a run depend on but its hints, as JSON values.

    Args:
        reader: the image; its files count at every level, see `file_stamps`.
        networks: they count by their digests, and by device and precision, whose arithmetic may differ.
        extent: the pixels to classify.
        tiles: how they are cut.
        resampling: how the networks' pixels lie to the image's, where they are others.
        start: the map that is corrected, if there is one; its files count like the image's, and so does where the
            image lies on it, which the coordinate reference systems of both say.
        three_bands: what is made of the image's bands, if the corrector needs it.
    """
    classifier, corrector = networks.classifier, networks.corrector
    identity: dict[str, Any] = {
        "engine": _ENGINE,
        "image": reader.path,
        "grid": [reader.grid.height, reader.grid.width, reader.grid.geotransform],
        "files": reader.stamps(),
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
            "files": file_stamps(described.path),
            "kind": described.kind,
            "table": asdict(described.table),
            "nodata": described.nodata,
            "corners": [list(map(repr, corner)) for corner in start.corners],
        }
    if three_bands is not None:
        identity["three_bands"] = three_bands.identity
    return identity


def have_sources_changed(
    identity: Mapping[str, Any], reader: ImageReader, start: MapScores | None = None
) -> bool:
    """Whether the files of a run are others now than when its identity was taken; for the arguments see there."""
    if _have_changed(identity["files"], reader.stamps()):
        return True
    return start is not None and _have_changed(identity["map"]["files"], file_stamps(start.class_map.path))


def _have_changed(before: list[list[Any]], now: list[list[Any]]) -> bool:
    """Compare stamps; a file whose state is not told, as by a server that fails just now, is no other one."""
    states = {name: state for name, *state in before}
    return any(state and states.get(name, True) not in ([], state) for name, *state in now)
