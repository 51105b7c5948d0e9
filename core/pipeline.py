"""An image to a map, tile by tile: while one tile is classified, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..models.contract import halo_px
from ..models.errors import RecurveError
from .errors import Cancelled, RasterError
from .image_reader import ImageReader
from .map_writer import MapWriter
from .progress import Progress
from .raster_writer import RasterWriter
from .resampling import Resampling
from .run_identity import run_identity
from .tiles import AUTOMATIC_SIDE_PX, Tile, Window, automatic_side_px, tile_grid

if TYPE_CHECKING:
    from ..models.session import Network

# Tiles read ahead, and tiles waiting to be written. One hides the disk behind the network; the second takes up jitter.
_DEPTH = 2

_Image = NDArray[np.float32]
_Valid = NDArray[np.bool_]


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

    The map does not depend on the tile side. The reader is used in a thread of its own if it may be, and so are the
    writers; both threads have ended when this returns or raises. The writers are finished, and moved into place by
    their own exit.

    Args:
        reader: the image.
        classifier: the network that makes the scores.
        corrector: the network that corrects them; None for the classifier's map.
        iterations: how often the corrector is applied; 0 for the classifier's map.
        extent: the pixels to classify, inside of the image.
        tile_side_px: side of a tile's inner window; 0 for `automatic_side_px`.
        map_writer: takes class codes on the extent's grid, 0 where the image is invalid.
        confidence_writer: takes the winning class's probability in percent, 255 where the image is invalid.
        scores_writer: takes the corrected scores, NaN where the image is invalid.
        progress: told what is done, asked whether to stop.
        resampling: how the networks' pixels lie to the image's; None where they are the same.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it or holds nothing valid, or reading or writing
            fails.
        RecurveError: the network's scores are no numbers.
        Cancelled: the user stopped the run.
    """
    outputs = [map_writer, *(writer for writer in (confidence_writer, scores_writer) if writer is not None)]
    _check(reader, classifier, extent, outputs)
    if iterations == 0:
        corrector = None
    contract = classifier.contract
    halo = halo_px(contract, corrector.contract if corrector is not None else None, iterations)
    stride, full_px = contract.stride, AUTOMATIC_SIDE_PX
    if resampling is not None:
        halo, stride = resampling.halo_px(halo), resampling.period_px
        full_px = resampling.automatic_side_px
    tiles = tile_grid(extent, tile_side_px or automatic_side_px(extent, full_px), halo, stride)
    outer = tiles[0].outer
    progress.say(
        f"Tiles: {len(tiles)}, read {outer.height} x {outer.width} px at a time with a halo of {halo} px."
    )
    windows = [tile.inner.relative_to(extent) for tile in tiles]
    run = run_identity(reader, classifier, corrector, iterations, extent, tiles, resampling)
    if any([writer.begin(run, windows) for writer in outputs]):
        progress.say(
            "An unfinished run of another kind (image, networks, extent, mask, iterations, resampling, tiles or "
            "device) lies beside the output; its tiles are not used."
        )
    open_tiles = [t for t, window in zip(tiles, windows) if not all(writer.has(window) for writer in outputs)]
    if len(open_tiles) < len(tiles):
        progress.say(
            f"{len(tiles) - len(open_tiles)} of {len(tiles)} tiles were finished before and are kept."
        )
    fill = np.array([band.mean for band in contract.bands], dtype=np.float32)[:, np.newaxis, np.newaxis]

    def read(tile: Tile) -> tuple[_Image, _Valid]:
        image, valid = reader.read(tile.outer)
        if not valid.all():
            image = np.where(valid, image, fill)
        return image if resampling is None else resampling.to_network(image), valid

    def write(tile: Tile, scores: _Image | None, valid: _Valid) -> bool:
        window, inner = tile.inner.relative_to(extent), tile.inner.relative_to(tile.outer)
        if scores is None:
            scores = np.zeros((len(contract.classes), *valid.shape), dtype=np.float32)
        elif resampling is not None:
            scores = resampling.to_image(scores, inner)
        else:
            scores = scores[(slice(None), *inner.slices())]
        codes, percent = decide(scores)
        map_writer.write(np.where(valid, codes, np.uint8(0)), window)
        if confidence_writer is not None:
            confidence_writer.write(np.where(valid, percent, np.uint8(255)), window)
        if scores_writer is not None:
            scores_writer.write(np.where(valid, scores, np.float32(np.nan)), window)
        return bool(valid.any())

    def infer(image: _Image) -> _Image:
        scores = classifier.classify(image)
        if corrector is not None:
            scores = corrector.correct(scores, image, iterations)
        return scores.numpy()

    written = _Tally(len(tiles), len(tiles) - len(open_tiles), progress)
    with (
        _one_thread("recurve-read") if reader.may_change_thread else nullcontext(_Here()) as reading,
        _one_thread("recurve-write") as writing,
    ):
        pending: deque[Future[bool]] = deque()
        for tile, (image, valid) in _read_ahead(reading, read, open_tiles):
            if progress.is_cancelled():
                raise Cancelled("The run was stopped; the same run goes on from its finished tiles.")
            inner = tile.inner.relative_to(tile.outer).slices()
            scores = infer(image) if valid[inner].any() else None
            pending.append(writing.submit(write, tile, scores, valid[inner]))
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


def decide(scores: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The winning class of each pixel, and how sure the network is.

    Args:
        scores: before softmax (classes, height, width); at a tie the first class wins.

    Returns:
        Class codes from 1 (height, width), and the winner's softmax probability in whole percent (height, width).

    Raises:
        RecurveError: a score is not a number.
    """
    best = scores.max(axis=0)
    if not np.isfinite(best).all():
        raise RecurveError(
            "The network gave scores that are no finite numbers. Check that the image's values are those it was "
            "trained for, or choose the device CPU."
        )
    total = np.zeros_like(best)
    for plane in scores:  # class by class: one plane of memory instead of one for each class
        total += np.exp(plane - best)
    return (scores.argmax(axis=0) + 1).astype(np.uint8), np.rint(100 / total).astype(np.uint8)


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
    executor: Executor, read: Callable[[Tile], tuple[_Image, _Valid]], tiles: Sequence[Tile]
) -> Iterator[tuple[Tile, tuple[_Image, _Valid]]]:
    """Each tile and what was read for it; while the caller works on one, the next are being read."""
    ahead: deque[tuple[Tile, Future[tuple[_Image, _Valid]]]] = deque()
    for tile in tiles:
        ahead.append((tile, executor.submit(read, tile)))
        if len(ahead) > _DEPTH:
            first, image = ahead.popleft()
            yield first, image.result()
    while ahead:
        first, image = ahead.popleft()
        yield first, image.result()
