"""A map, tile by tile: while the networks work on one tile, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled, RasterError, RecurveError
from ..output.finished_tiles import TileFiles
from ..progress import Progress, stop_if_cancelled
from ..raster.block_cache import small_block_cache
from ..raster.three_bands import ThreeBands
from ..raster.tiling import Tile
from ..translation import tr
from .blending import BlendedInference, blending_identity, opened, overlapping_score_files
from .decision import Decision, Wanted
from .earlier_run import EarlierRun, run_record, with_hints
from .hint_tiles import HintTiles, check_hints, hint_tiles
from .jobs import Jobs
from .map_run import MapRun, check_run, nothing_left, tiles_of
from .mean_confidence import MeanConfidence
from .prefetch import DEPTH, ImmediateExecutor, one_thread, read_ahead
from .run_identity import have_sources_changed, run_identity
from .tally import TileTally
from .tile_inference import TileInference
from .tile_input import TileInput
from .tile_reader import TileReader


@dataclass(frozen=True)
class _Work:
    """What is left to do.

    Attributes:
        tiles: of the run.
        open_tiles: those that no earlier run has finished.
        halo_px: of the tiles, where no hint is near.
        score_files: where scores that overlap lie meanwhile, if the run is blended.
        jobs: what is inferred of the open tiles, and what is taken over.
        three_bands: what is made of the image's bands, if the corrector needs it.
        hints: None for a corrector that takes none.
    """

    tiles: list[Tile]
    open_tiles: list[Tile]
    halo_px: int
    score_files: TileFiles
    jobs: Jobs
    three_bands: ThreeBands | None
    hints: HintTiles | None


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
    outputs = run.outputs
    check_run(run)
    check_hints(run)
    if run.start is not None:
        run.start.check_overlap(run.extent)
    work, identity = _begun(run, progress)
    pixels = _map_tiles(run, work, progress, confidence)
    if have_sources_changed(identity, run.image, run.start):
        work.score_files.discard()
        for writer in outputs.writers:
            writer.discard()
        maps = [] if run.start is None else [run.start.class_map.path]
        raise RasterError(
            tr(
                "Files of {rasters} have changed while they were read, so the map would be of both states; run again.",
                rasters=", ".join([run.image.path, *maps]),
            )
        )
    for writer in outputs.writers:
        writer.finish()
    if not outputs.map.has_data:
        for writer in outputs.writers:
            writer.discard()
        raise RasterError(nothing_left(run))
    return pixels


def _begun(run: MapRun, progress: Progress) -> tuple[_Work, dict[str, Any]]:
    """Begin with the outputs; what is left to do, and the identity of the run."""
    networks, extent, outputs = run.networks, run.extent, run.outputs
    tiles, halo = tiles_of(run, progress)
    windows = [tile.inner.relative_to(extent) for tile in tiles]
    three_bands = ThreeBands.of(run.image) if networks.makes_bands else None
    identity = run_identity(run.image, networks, extent, tiles, run.resampling, run.start, three_bands)
    identity = blending_identity(identity) if networks.is_blended else identity
    hints, record = None, {}
    if networks.takes_hints:
        hints = hint_tiles(run)
        identity["only_around_hints"] = run.only_around_hints
        record = run_record(identity, run.hints)
        identity = with_hints(identity, run.hints)
    score_files = overlapping_score_files(outputs.map.path, identity)
    unfinished = [folder for writer in outputs.writers for folder in writer.begin(identity, windows)]
    if run.start is not None:
        run.start.check_values(extent, progress)
    if any(folder != score_files.folder for folder in unfinished):
        progress.say(
            tr(
                "An unfinished run of another kind (image, map, networks, hints, extent, mask, iterations, "
                "resampling, tiles or device) lies beside the output; its tiles are not used."
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
    earlier = None
    if hints is not None:
        outputs.note(record)
        earlier = EarlierRun(outputs, record, hints.reach_px)
    jobs = Jobs.of(open_tiles, halo, networks.stride, hints, earlier)
    jobs.say(progress)
    return _Work(tiles, open_tiles, halo, score_files, jobs, three_bands, hints), identity


def _map_tiles(run: MapRun, work: _Work, progress: Progress, confidence: MeanConfidence | None) -> int:
    """Read, decide and write the open tiles, and count their pixels with a class.

    Both threads have ended when this returns or raises.
    """
    networks, extent, outputs, start = run.networks, run.extent, run.outputs, run.start
    read = TileReader(run.image, networks.first.contract.bands, start, work.three_bands, work.hints)
    count = len(work.tiles)
    written = TileTally(count, count - len(work.open_tiles), progress)
    wanted = outputs.wanted if confidence is None else replace(outputs.wanted, confidence=True)

    pixels = 0

    def write(decision: Decision | None, valid: NDArray[np.bool_], tile: Tile) -> bool:
        nonlocal pixels
        pixels += 0 if decision is None else int(np.count_nonzero(valid))
        if confidence is not None and decision is not None and decision.confidence is not None:
            confidence.add(decision.confidence, valid)
        window, part = work.jobs.inferred[tile].relative_to(extent), tile.inner.relative_to(extent)
        return outputs.write(decision, valid, window, None if part == window else part)

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
                lambda window: reading.submit(read.seen, window).result(),
                wanted,
                progress,
            )
        else:
            infer = TileInference(
                networks, work.halo_px, wanted, progress, run.resampling, written.within, work.hints
            )
        for window in work.jobs.taken:
            stop_if_cancelled(progress)
            outputs.take_over(window.relative_to(extent))
            written.count(True)
        pending: deque[Future[bool]] = deque()
        for tile, (given, valid) in read_ahead(reading, read, list(work.jobs.inferred)):
            stop_if_cancelled(progress)
            decision = infer(given, tile) if given is not None else None
            pending.append(writing.submit(write, decision, valid, tile))
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
