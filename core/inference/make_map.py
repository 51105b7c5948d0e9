"""A map, tile by tile: while the networks work on one tile, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..class_maps.start_scores import MapScores
from ..errors import Cancelled, RasterError, RecurveError
from ..output.finished_tiles import TileFiles
from ..progress import Progress, stop_if_cancelled
from ..raster.block_cache import small_block_cache
from ..raster.image_reader import ImageReader
from ..raster.tiling import Tile, Window, automatic_side_px, tile_grid
from ..translation import tr, word
from .blending import (
    FADE_PX,
    BlendedInference,
    blending_identity,
    opened,
    overlapping_score_files,
    with_assumed_reach,
)
from .halo import halo_px
from .mean_confidence import MeanConfidence
from .outputs import Outputs
from .prefetch import DEPTH, ImmediateExecutor, one_thread, read_ahead
from .resampling import Resampling
from .run_identity import run_identity
from .tally import TileTally
from .tile_inference import Decision, Networks, TileInference, TileInput, Wanted
from .tile_reader import TileReader


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
    """

    image: ImageReader
    networks: Networks
    extent: Window
    outputs: Outputs
    start: MapScores | None = None
    resampling: Resampling | None = None
    tile_side_px: int = 0
    keeps_tiles: bool = True


@dataclass(frozen=True)
class _Work:
    """What is left to do.

    Attributes:
        tiles: of the run.
        open_tiles: those that no earlier run has finished.
        halo_px: of the tiles.
        score_files: where scores that overlap lie meanwhile, if the run is blended.
    """

    tiles: list[Tile]
    open_tiles: list[Tile]
    halo_px: int
    score_files: TileFiles


@small_block_cache()
def make_map(run: MapRun, progress: Progress, confidence: MeanConfidence | None = None) -> int:
    """Classify an image, or take a map of any origin, and correct it.

    Both threads have ended when this returns or raises. The outputs are finished, and moved into place by their own
    exit.

    Args:
        run: what the map is made from.
        progress: told what is done, asked whether to stop.
        confidence: takes in how sure the networks are of what this run classifies; None where nobody asks.

    Returns:
        How many pixels this run has given a class; those of an earlier run's tiles are not in it.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it or holds nothing valid, the map to correct is
            elsewhere or holds values that do not fit its description, reading or writing fails, or iterates are wanted
            of a classifier whose reach is unknown.
        DeviceError: the device failed, or the network's scores are no numbers.
        Cancelled: the user stopped the run.
    """
    networks, extent, outputs, start = run.networks, run.extent, run.outputs, run.start
    _check(run)
    if start is not None:
        start.check_overlap(extent)
    tiles, halo = _tiles(run, progress)
    windows = [tile.inner.relative_to(extent) for tile in tiles]
    identity = run_identity(run.image, networks, extent, tiles, run.resampling, start)
    identity = blending_identity(identity) if networks.is_blended else identity
    score_files = overlapping_score_files(outputs.map.path, identity)
    unfinished = [folder for writer in outputs.writers for folder in writer.begin(identity, windows)]
    if start is not None:
        start.check_values(extent, progress)
    if any(folder != score_files.folder for folder in unfinished):
        progress.say(
            tr(
                "An unfinished run of another kind (image, map, networks, extent, mask, iterations, resampling, "
                "tiles or device) lies beside the output; its tiles are not used."
            )
        )
    open_tiles = [tile for tile, window in zip(tiles, windows) if not outputs.have(window)]
    if len(open_tiles) < len(tiles):
        progress.say(
            tr(
                "{finished} of {tiles} tiles were finished before and are kept.",
                finished=len(tiles) - len(open_tiles),
                tiles=len(tiles),
            )
        )
    pixels = _map_tiles(run, _Work(tiles, open_tiles, halo, score_files), progress, confidence)
    for writer in outputs.writers:
        writer.finish()
    if not outputs.map.has_data:
        for writer in outputs.writers:
            writer.discard()
        raise RasterError(_nothing_left(run))
    return pixels


def _map_tiles(run: MapRun, work: _Work, progress: Progress, confidence: MeanConfidence | None) -> int:
    """Read, decide and write the open tiles, and count their pixels with a class.

    Both threads have ended when this returns or raises.
    """
    networks, extent, outputs, start = run.networks, run.extent, run.outputs, run.start
    read = TileReader(run.image, networks.first.contract.bands, start)
    count = len(work.tiles)
    written = TileTally(count, count - len(work.open_tiles), progress)
    wanted = outputs.wanted if confidence is None else replace(outputs.wanted, confidence=True)

    pixels = 0

    def write(decision: Decision | None, valid: NDArray[np.bool_], window: Window) -> bool:
        nonlocal pixels
        pixels += 0 if decision is None else int(np.count_nonzero(valid))
        if confidence is not None and decision is not None and decision.confidence is not None:
            confidence.add(decision.confidence, valid)
        return outputs.write(decision, valid, window)

    with (
        _saying_what_is_kept(run, work),
        one_thread("recurve-read")
        if run.image.may_change_thread
        else nullcontext(ImmediateExecutor()) as reading,
        one_thread("recurve-write") as writing,
        ExitStack() as kept,
    ):
        for network in (networks.classifier, networks.corrector):
            if network is not None:
                kept.callback(network.release_memory)
        infer: Callable[[TileInput, Tile], Decision]
        if networks.is_blended:
            infer = BlendedInference(
                TileInference(
                    networks, None, Wanted(confidence=False, scores=True), progress, run.resampling
                ),
                work.tiles,
                work.open_tiles,
                kept.enter_context(opened(work.score_files)),
                lambda window: reading.submit(read.pixels, window).result().values,
                wanted,
                progress,
            )
        else:
            infer = TileInference(networks, work.halo_px, wanted, progress, run.resampling, written.within)
        pending: deque[Future[bool]] = deque()
        for tile, (given, valid) in read_ahead(reading, read, work.open_tiles):
            stop_if_cancelled(progress)
            decision = infer(given, tile) if given is not None else None
            window = tile.inner.relative_to(extent)
            pending.append(writing.submit(write, decision, valid, window))
            while len(pending) > DEPTH or (pending and pending[0].done()):
                written.count(pending.popleft().result())
        while pending:
            written.count(pending.popleft().result())
    written.check()
    return pixels


@contextmanager
def _saying_what_is_kept(run: MapRun, work: _Work) -> Iterator[None]:
    """Where the block fails, tell whether the same run would go on from what it has finished."""
    try:
        yield
    except RecurveError as error:
        if not run.keeps_tiles:
            work.score_files.discard()
            for writer in run.outputs.writers:
                writer.discard()
        finished = sum(run.outputs.have(tile.inner.relative_to(run.extent)) for tile in work.tiles)
        if isinstance(error, Cancelled) and finished:
            raise Cancelled(
                tr("The run was stopped; the same run goes on from its finished tiles.")
            ) from error
        if not finished:
            raise
        kept = tr("The same run would go on from {finished} finished tiles.", finished=finished)
        raise type(error)(f"{error} {kept}") from error


def _tiles(run: MapRun, progress: Progress) -> tuple[list[Tile], int]:
    """The tiles of a run and their halo, px."""
    networks, resampling = run.networks, run.resampling
    classifier, corrector = networks.contracts
    if classifier is not None and networks.is_blended:
        classifier = with_assumed_reach(classifier)
    halo, fade = halo_px(classifier, corrector, networks.iterations), FADE_PX if networks.is_blended else 0
    side, stride = automatic_side_px(networks.first.free_memory_bytes(), halo + fade), networks.stride
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


def _check(run: MapRun) -> None:
    contract, image = run.networks.first.contract, run.image
    needed = [band.name for band in contract.bands]
    if image.band_count != len(needed):
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


def _nothing_left(run: MapRun) -> str:
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
