"""What a map is made from: what has to fit, and the tiles it is made in."""

from __future__ import annotations

from dataclasses import dataclass

from ..class_maps.start_scores import MapScores
from ..errors import RasterError
from ..progress import Progress
from ..raster.image_reader import ImageReader
from ..raster.tiling import BYTES_PER_PX, Tile, Window, automatic_side_px, tile_grid
from ..translation import tr, word
from .blending import FADE_PX, with_assumed_reach
from .halo import halo_px
from .hints import Hints
from .outputs import Outputs
from .resampling import Resampling
from .tile_inference import Networks


@dataclass(frozen=True)
class MapRun:
    """All that a map is made from, fixed before its first tile.

    Attributes:
        image: open; used in a thread of its own if it may be.
        networks: what makes and corrects the scores.
        extent: the pixels to classify or correct, inside of the image.
        outputs: entered, on the extent's grid; without data where the image is invalid or the map to correct has none.
            Used in a thread of their own.
        start: the map to correct, on the image's grid; None where a classifier makes the scores. Read in the image's
            thread.
        resampling: how the networks' pixels lie to the image's; None where they are the same.
        tile_side_px: largest side of a tile's inner window; 0 for `automatic_side_px`. The map does not depend on it,
            unless the classifier's reach is unknown (then see `blending.py`).
        keeps_tiles: whether the tiles that are finished are kept where the run ends early: not for outputs under names
            that no other run will have.
        hints: what people know of single pixels, on the image's grid; None for nothing. Read in the image's thread.
        only_around_hints: whether the map that is corrected, or the classifier's, stays as it is but where hints give
            another class than the correction without hints.
    """

    image: ImageReader
    networks: Networks
    extent: Window
    outputs: Outputs
    start: MapScores | None = None
    resampling: Resampling | None = None
    tile_side_px: int = 0
    keeps_tiles: bool = True
    hints: Hints | None = None
    only_around_hints: bool = False


def check_run(run: MapRun) -> None:
    """See that image, networks, extent and outputs fit each other.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it, or iterates are wanted of a classifier whose
            reach is unknown.
    """
    contract, image = run.networks.first.contract, run.image
    needed = [band.name for band in contract.bands]
    if not contract.any_map and image.band_count != len(needed):
        raise RasterError(
            tr(
                "The number of bands chosen of {image} is {found}, and the {role} needs {count} ({bands}); choose as "
                "many, in this order.",
                image=image.path,
                found=image.band_count,
                role=word(contract.role),
                count=len(needed),
                bands=", ".join(needed),
            )
        )
    if not image.grid.extent.contains(run.extent):
        raise RasterError(
            tr(
                "The extent (rows {first_row} to {last_row}, columns {first_column} to {last_column}) goes beyond the "
                "edge of {image} ({height} x {width} px); choose one inside.",
                first_row=run.extent.row,
                last_row=run.extent.row_stop - 1,
                first_column=run.extent.col,
                last_column=run.extent.col_stop - 1,
                image=image.path,
                height=image.grid.height,
                width=image.grid.width,
            )
        )
    if contract.reach_px is None and run.outputs.iterates is not None:
        raise RasterError(
            tr(
                "The receptive field of the classifier {name} is unknown or too large for a halo, so the scores of "
                "its tiles are blended, and there are no maps after each iteration; leave that output empty.",
                name=contract.name,
            )
        )


def tiles_of(run: MapRun, progress: Progress) -> tuple[list[Tile], int]:
    """The tiles of a run and their halo, px, where no hint is near."""
    networks, resampling = run.networks, run.resampling
    classifier, corrector = networks.contracts
    if classifier is not None and networks.is_blended:
        classifier = with_assumed_reach(classifier)
    halo, fade = halo_px(classifier, corrector, networks.iterations), FADE_PX if networks.is_blended else 0
    free, stride = networks.first.free_memory_bytes(), networks.stride
    side = automatic_side_px(free, halo + fade, _bytes_per_px(run))
    if resampling is not None:
        side, halo, stride = resampling.side_px(side), resampling.halo_px(halo), resampling.period_px
    halo += fade
    tiles = tile_grid(run.extent, run.tile_side_px or side, halo, stride)
    outer = tiles[0].outer
    progress.say(
        tr(
            "Tiles: {tiles}, read {height} x {width} px at a time with a halo of {halo} px.",
            tiles=len(tiles),
            height=outer.height,
            width=outer.width,
            halo=halo,
        )
    )
    if networks.is_blended:
        progress.say(
            tr(
                "The classifier's receptive field is unknown or too large for a halo: the scores of neighbouring "
                "tiles are blended over {width} px, and the map depends slightly on the tile side.",
                width=2 * FADE_PX,
            )
        )
    return tiles, halo


def _bytes_per_px(run: MapRun) -> int:
    """What the networks take for each pixel that a tile reads: of a corrector of any map it grows with the classes.

    Measured on a CPU with 2, 6 and 20 classes, without ONNX Runtime's arena.
    """
    classifier, corrector = run.networks.contracts
    if corrector is None or not corrector.any_map:
        return BYTES_PER_PX
    classes = (
        run.start.class_map.classes if run.start is not None else classifier.classes if classifier else ()
    )
    return 800 + 290 * len(classes)


def nothing_left(run: MapRun) -> str:
    """A sentence about a run in which no pixel got a class."""
    if run.start is None:
        return tr(
            "No pixel of {image} is left to classify: all are nodata or outside of the mask. Choose another "
            "extent or mask, or check the image's nodata value.",
            image=run.image.path,
        )
    return tr(
        "No pixel of {image} is left to correct: all are nodata, outside of the mask or without data in the map "
        "{map}. Choose another extent, mask or map, or check the nodata values of image and map.",
        image=run.image.path,
        map=run.start.class_map.path,
    )
