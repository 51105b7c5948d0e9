"""A map, tile by tile: while the networks work on one tile, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled, RasterError, RecurveError
from ..output.finished_tiles import TileFiles
from ..progress import Progress, stop_if_cancelled
from ..raster.block_cache import small_block_cache
from ..raster.tiling import Tile, Window
from ..translation import tr
from .blending import BlendedInference, blending_identity, opened, overlapping_score_files
from .map_run import MapRun, check_run, nothing_left, tiles_of
from .mean_confidence import MeanConfidence
from .prefetch import DEPTH, ImmediateExecutor, one_thread, read_ahead
from .run_identity import have_sources_changed, run_identity
from .tally import TileTally
from .tile_inference import Decision, TileInference, TileInput, Wanted
from .tile_reader import TileReader


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
    check_run(run)
    if start is not None:
        start.check_overlap(extent)
    tiles, halo = tiles_of(run, progress)
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
    if have_sources_changed(identity, run.image, start):
        score_files.discard()
        for writer in outputs.writers:
            writer.discard()
        raise RasterError(
            tr(
                "Files of {rasters} have changed while they were read, so the map would be of both states; run again.",
                rasters=", ".join([run.image.path, *([] if start is None else [start.class_map.path])]),
            )
        )
    for writer in outputs.writers:
        writer.finish()
    if not outputs.map.has_data:
        for writer in outputs.writers:
            writer.discard()
        raise RasterError(nothing_left(run))
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
