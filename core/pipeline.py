"""An image to a map, tile by tile: while one tile is classified, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..models.contract import halo_px
from ..models.errors import RecurveError
from .blending import (
    FADE_PX,
    BlendedInference,
    blending_identity,
    opened,
    overlapping_score_files,
    taken_to_look,
)
from .errors import RasterError
from .gdal_cache import small_block_cache
from .image_reader import ImageReader
from .inference import Decision, TileInference
from .map_writer import MapWriter
from .progress import Progress, stop_if_cancelled
from .raster_writer import RasterWriter
from .resampling import Resampling
from .run_identity import run_identity
from .tiles import Tile, Window, automatic_side_px, tile_grid

if TYPE_CHECKING:
    from ..models.session import Network

# Tiles read ahead, and tiles waiting to be written: reading and writing are much faster than the networks.
_DEPTH = 1

_Pixels = NDArray[Any]
_Valid = NDArray[np.bool_]
_Read = TypeVar("_Read")


@small_block_cache()
def classify_raster(
    reader: ImageReader,
    classifier: Network,
    corrector: Network | None,
    iterations: int,
    extent: Window,
    tile_side_px: int,
    map_writer: MapWriter,
    confidence_writer: RasterWriter | None,
    scores_writer: RasterWriter | None,
    progress: Progress,
    resampling: Resampling | None = None,
) -> None:
    """Classify an extent of an image and correct the map.

    The map does not depend on the tile side, unless the classifier's reach is unknown (then see `blending.py`). The
    reader is used in a thread of its own if it may be, and so are the writers; both threads have ended when this
    returns or raises. The writers are finished, and moved into place by their own exit.

    Args:
        reader: the image.
        classifier: the network that makes the scores.
        corrector: the network that corrects them; None for the classifier's map.
        iterations: how often the corrector is applied; 0 for the classifier's map.
        extent: the pixels to classify, inside of the image.
        tile_side_px: largest side of a tile's inner window; 0 for `automatic_side_px`.
        map_writer: takes class codes on the extent's grid, 0 where the image is invalid.
        confidence_writer: takes the winning class's probability in percent, 255 where the image is invalid.
        scores_writer: takes the corrected scores, NaN where the image is invalid.
        progress: told what is done, asked whether to stop.
        resampling: how the networks' pixels lie to the image's; None where they are the same.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it or holds nothing valid, or reading or writing
            fails.
        DeviceError: the device failed, or the network's scores are no numbers.
        Cancelled: the user stopped the run.
    """
    outputs = [map_writer, *(writer for writer in (confidence_writer, scores_writer) if writer is not None)]
    _check(reader, classifier, extent, outputs)
    if iterations == 0:
        corrector = None
    is_blended = classifier.contract.reach_px is None
    contract = taken_to_look(classifier.contract) if is_blended else classifier.contract
    halo = halo_px(contract, corrector.contract if corrector is not None else None, iterations)
    fade = FADE_PX if is_blended else 0
    side, stride = automatic_side_px(classifier.free_memory_bytes(), halo + fade), contract.stride
    if resampling is not None:
        side, halo, stride = resampling.side_px(side), resampling.halo_px(halo), resampling.period_px
    halo += fade
    tiles = tile_grid(extent, tile_side_px or side, halo, stride)
    outer = tiles[0].outer
    progress.say(
        f"Tiles: {len(tiles)}, read {outer.height} x {outer.width} px at a time with a halo of {halo} px."
    )
    if is_blended:
        progress.say(
            "The classifier's reach is unknown or too large for a halo: the scores of neighbouring tiles are blended "
            f"over {2 * FADE_PX} px, and the map depends slightly on the tile side."
        )
    windows = [tile.inner.relative_to(extent) for tile in tiles]
    run = run_identity(reader, classifier, corrector, iterations, extent, tiles, resampling)
    run = blending_identity(run) if is_blended else run
    score_files = overlapping_score_files(map_writer.path, run)
    unfinished = [folder for writer in outputs for folder in writer.begin(run, windows)]
    if any(folder != score_files.folder for folder in unfinished):
        progress.say(
            "An unfinished run of another kind (image, networks, extent, mask, iterations, resampling, tiles or "
            "device) lies beside the output; its tiles are not used."
        )
    open_tiles = [t for t, window in zip(tiles, windows) if not all(writer.has(window) for writer in outputs)]
    if len(open_tiles) < len(tiles):
        progress.say(
            f"{len(tiles) - len(open_tiles)} of {len(tiles)} tiles were finished before and are kept."
        )
    means = np.array([band.mean for band in contract.bands])[:, np.newaxis, np.newaxis]

    def read_filled(window: Window) -> tuple[_Pixels, _Valid]:
        pixels, valid = reader.read(window)
        if not valid.all():
            whole_numbers = np.issubdtype(pixels.dtype, np.integer)
            pixels = np.where(
                valid, pixels, (np.rint(means) if whole_numbers else means).astype(pixels.dtype)
            )
        return pixels, valid

    def read(tile: Tile) -> tuple[_Pixels | None, _Valid]:
        """The pixels of a tile, unless none of its inner ones is valid, and which of the inner ones are."""
        if not reader.may_be_valid(tile.inner):
            return None, np.zeros((tile.inner.height, tile.inner.width), dtype=bool)
        pixels, valid = read_filled(tile.outer)
        inner_valid = valid[tile.inner.relative_to(tile.outer).slices()]
        return pixels if inner_valid.any() else None, inner_valid

    layers = [
        (writer, attrgetter(name), nothing)
        for writer, name, nothing in (
            (map_writer, "codes", np.uint8(0)),
            (confidence_writer, "confidence", np.uint8(255)),
            (scores_writer, "scores", np.float32(np.nan)),
        )
        if writer is not None
    ]

    def write(tile: Tile, decision: Decision | None, valid: _Valid) -> bool:
        window = tile.inner.relative_to(extent)
        for writer, values_of, nothing in layers:
            if decision is None:
                writer.write_nothing(window)
            else:
                writer.write(np.where(valid, values_of(decision), nothing), window)
        return decision is not None

    wanted = (confidence_writer is not None, scores_writer is not None, progress)
    written = _Tally(len(tiles), len(tiles) - len(open_tiles), progress)
    with (
        _one_thread("recurve-read") if reader.may_change_thread else nullcontext(_Here()) as reading,
        _one_thread("recurve-write") as writing,
        ExitStack() as kept,
    ):
        kept.callback(classifier.release_memory)
        infer: Callable[[_Pixels, Tile, _Valid], Decision]
        if is_blended:
            infer = BlendedInference(
                TileInference(classifier, corrector, iterations, None, False, True, progress, resampling),
                classifier,
                tiles,
                open_tiles,
                kept.enter_context(opened(score_files)),
                lambda window: reading.submit(read_filled, window).result()[0],
                *wanted,
            )
        else:
            infer = TileInference(classifier, corrector, iterations, halo, *wanted, resampling)
        pending: deque[Future[bool]] = deque()
        for tile, (pixels, valid) in _read_ahead(reading, read, open_tiles):
            stop_if_cancelled(progress)
            decision = infer(pixels, tile, valid) if pixels is not None else None
            pending.append(writing.submit(write, tile, decision, valid))
            while len(pending) > _DEPTH or (pending and pending[0].done()):
                written.count(pending.popleft().result())
        while pending:
            written.count(pending.popleft().result())
    written.check()
    for writer in outputs:
        writer.finish()
    if not any(map_writer.class_pixels):
        for writer in outputs:
            writer.discard()
        raise RasterError(
            f"No pixel of {reader.path} is left to classify: all are nodata or outside of the mask. Choose another "
            "extent or mask, or check the image's nodata value."
        )


class _Tally:
    """Counts tiles that are really written."""

    def __init__(self, tiles: int, found: int, progress: Progress) -> None:
        self._tiles, self._progress = tiles, progress
        self._written, self._skipped = found, 0

    def count(self, is_valid: bool) -> None:
        self._written += 1
        self._skipped += not is_valid
        self._progress.report(self._written / self._tiles)

    def check(self) -> None:
        if self._written != self._tiles:
            raise RecurveError(f"{self._written} of {self._tiles} tiles were written; run again.")
        if self._skipped:
            self._progress.say(f"{self._skipped} tiles held no valid pixel and were skipped.")


def _check(reader: ImageReader, classifier: Network, extent: Window, outputs: Sequence[RasterWriter]) -> None:
    needed = [band.name for band in classifier.contract.bands]
    if reader.band_count != len(needed):
        raise RasterError(
            f"{reader.path} gives {reader.band_count} bands, and the classifier needs {len(needed)} "
            f"({', '.join(needed)}); choose as many bands in this order."
        )
    if not reader.grid.extent.contains(extent):
        raise RasterError(
            f"The extent (rows {extent.row} to {extent.row_stop - 1}, columns {extent.col} to {extent.col_stop - 1}) "
            f"passes the edge of {reader.path} ({reader.grid.height} x {reader.grid.width} px); choose one inside."
        )
    source = Path(reader.path)
    taken = [source.resolve()] if source.exists() else []  # GDAL's names need not be files
    for writer in outputs:
        if (path := writer.path.resolve()) in taken:
            raise RasterError(
                f"{writer.path} is the image or another output; choose a name of its own for each."
            )
        taken.append(path)


@contextmanager
def _one_thread(name: str) -> Iterator[ThreadPoolExecutor]:
    """A thread that does its work in order, and has ended when the block is left, however it is left."""
    executor = ThreadPoolExecutor(1, thread_name_prefix=name)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class _Here(Executor):
    """Does its work at once, in the caller's thread."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **settings: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*arguments, **settings))
        return done


def _read_ahead(
    executor: Executor, read: Callable[[Tile], _Read], tiles: Sequence[Tile]
) -> Iterator[tuple[Tile, _Read]]:
    """Each tile and what was read for it; while the caller works on one, the next is being read."""
    ahead: deque[tuple[Tile, Future[_Read]]] = deque()
    for tile in tiles:
        ahead.append((tile, executor.submit(read, tile)))
        if len(ahead) > _DEPTH:
            first, pixels = ahead.popleft()
            yield first, pixels.result()
    while ahead:
        first, pixels = ahead.popleft()
        yield first, pixels.result()
