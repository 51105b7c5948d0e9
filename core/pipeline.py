"""A map, tile by tile: while the networks work on one tile, others are read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..models.contract import halo_px
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
from .inference import Decision, Networks, TileInference, TileInput, Wanted
from .map_scores import MapScores
from .map_writer import MapWriter
from .mean_confidence import MeanConfidence
from .outputs import Outputs
from .progress import Progress, stop_if_cancelled
from .raster_writer import RasterWriter
from .resampling import Resampling
from .run_identity import run_identity
from .threads import DEPTH, Here, one_thread, read_ahead
from .tile_reader import TileReader
from .tile_tally import TileTally
from .tiles import Tile, Window, automatic_side_px, tile_grid

if TYPE_CHECKING:
    from ..models.session import Network


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
    iterates_writer: RasterWriter | None = None,
) -> MeanConfidence:
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
        iterates_writer: takes class codes after each iteration from 0 on, a band each.

    Returns:
        How sure the networks were of what this run has classified.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it or holds nothing valid, reading or writing
            fails, or iterates are wanted of a classifier whose reach is unknown.
        DeviceError: the device failed, or the network's scores are no numbers.
        Cancelled: the user stopped the run.
    """
    networks = Networks(classifier, corrector if iterations > 0 else None, iterations)
    outputs = Outputs(map_writer, confidence_writer, scores_writer, iterates_writer)
    confidence = MeanConfidence()
    _make_map(reader, networks, None, extent, tile_side_px, outputs, progress, resampling, confidence)
    return confidence


def correct_raster(
    reader: ImageReader,
    start: MapScores,
    corrector: Network,
    iterations: int,
    extent: Window,
    tile_side_px: int,
    outputs: Outputs,
    progress: Progress,
) -> None:
    """Correct a map of any origin on the pixels of an image; see `classify_raster` for all that is the same.

    Args:
        reader: the image.
        start: the map, on the image's grid; read in the reader's thread.
        corrector: the network that corrects it.
        iterations: how often it is applied; 0 for the map as it is, on the image's pixels.
        extent: the pixels to correct, inside of the image.
        tile_side_px: largest side of a tile's inner window; 0 for `automatic_side_px`.
        outputs: on the extent's grid; without data where the image is invalid or the map has none.
        progress: told what is done, asked whether to stop.

    Raises:
        RasterError: the image lacks bands, the extent lies outside of it or holds nothing valid, the map is elsewhere
            or holds values that do not fit its description, or reading or writing fails.
        DeviceError: the device failed, or the network's scores are no numbers.
        Cancelled: the user stopped the run.
    """
    _make_map(
        reader, Networks(None, corrector, iterations), start, extent, tile_side_px, outputs, progress, None
    )


@small_block_cache()
def _make_map(
    reader: ImageReader,
    networks: Networks,
    start: MapScores | None,
    extent: Window,
    tile_side_px: int,
    outputs: Outputs,
    progress: Progress,
    resampling: Resampling | None,
    confidence: MeanConfidence | None = None,
) -> None:
    contract = networks.first.contract
    _check(reader, networks, start, extent, outputs)
    if start is not None:
        start.check_overlap(extent)
        start.check_codes(extent, progress)
    is_blended = contract.reach_px is None
    tiles, halo = _tiles(networks, extent, tile_side_px, resampling, progress)
    windows = [tile.inner.relative_to(extent) for tile in tiles]
    run = run_identity(reader, networks, extent, tiles, resampling, start)
    run = blending_identity(run) if is_blended else run
    score_files = overlapping_score_files(outputs.map.path, run)
    unfinished = [folder for writer in outputs.writers for folder in writer.begin(run, windows)]
    if any(folder != score_files.folder for folder in unfinished):
        progress.say(
            "An unfinished run of another kind (image, map, networks, extent, mask, iterations, resampling, tiles or "
            "device) lies beside the output; its tiles are not used."
        )
    open_tiles = [tile for tile, window in zip(tiles, windows) if not outputs.have(window)]
    if len(open_tiles) < len(tiles):
        progress.say(
            f"{len(tiles) - len(open_tiles)} of {len(tiles)} tiles were finished before and are kept."
        )
    read = TileReader(reader, contract.bands, start)
    written = TileTally(len(tiles), len(tiles) - len(open_tiles), progress)
    wanted = replace(outputs.wanted, confidence=outputs.wanted.confidence or confidence is not None)

    def write(decision: Decision | None, valid: NDArray[np.bool_], window: Window) -> bool:
        if confidence is not None and decision is not None and decision.confidence is not None:
            confidence.add(decision.confidence, valid)
        return outputs.write(decision, valid, window)

    with (
        one_thread("recurve-read") if reader.may_change_thread else nullcontext(Here()) as reading,
        one_thread("recurve-write") as writing,
        ExitStack() as kept,
    ):
        kept.callback(networks.first.release_memory)
        infer: Callable[[TileInput, Tile], Decision]
        if is_blended:
            infer = BlendedInference(
                TileInference(networks, None, Wanted(confidence=False, scores=True), progress, resampling),
                networks.first,
                tiles,
                open_tiles,
                kept.enter_context(opened(score_files)),
                lambda window: reading.submit(read.pixels, window).result()[0],
                wanted,
                progress,
            )
        else:
            infer = TileInference(networks, halo, wanted, progress, resampling, written.within)
        pending: deque[Future[bool]] = deque()
        for tile, (given, valid) in read_ahead(reading, read, open_tiles):
            stop_if_cancelled(progress)
            decision = infer(given, tile) if given is not None else None
            window = tile.inner.relative_to(extent)
            pending.append(writing.submit(write, decision, valid, window))
            while len(pending) > DEPTH or (pending and pending[0].done()):
                written.count(pending.popleft().result())
        while pending:
            written.count(pending.popleft().result())
    written.check()
    for writer in outputs.writers:
        writer.finish()
    if not any(outputs.map.class_pixels):
        for writer in outputs.writers:
            writer.discard()
        raise RasterError(_nothing_left(reader, start))


def _tiles(
    networks: Networks,
    extent: Window,
    tile_side_px: int,
    resampling: Resampling | None,
    progress: Progress,
) -> tuple[list[Tile], int]:
    """The tiles of a run and their halo, px."""
    classifier, corrector = networks.contracts
    is_blended = classifier is not None and classifier.reach_px is None
    if classifier is not None and is_blended:
        classifier = taken_to_look(classifier)
    halo, fade = halo_px(classifier, corrector, networks.iterations), FADE_PX if is_blended else 0
    side, stride = automatic_side_px(networks.first.free_memory_bytes(), halo + fade), networks.stride
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
    return tiles, halo


def _check(
    reader: ImageReader, networks: Networks, start: MapScores | None, extent: Window, outputs: Outputs
) -> None:
    contract = networks.first.contract
    needed = [band.name for band in contract.bands]
    if reader.band_count != len(needed):
        raise RasterError(
            f"{reader.path} gives {reader.band_count} bands, and the {contract.role} needs {len(needed)} "
            f"({', '.join(needed)}); choose as many bands in this order."
        )
    if not reader.grid.extent.contains(extent):
        raise RasterError(
            f"The extent (rows {extent.row} to {extent.row_stop - 1}, columns {extent.col} to {extent.col_stop - 1}) "
            f"passes the edge of {reader.path} ({reader.grid.height} x {reader.grid.width} px); choose one inside."
        )
    if contract.reach_px is None and outputs.iterates is not None:
        raise RasterError(
            f"The reach of the classifier {contract.name} is unknown or too large for a halo, so the scores of its "
            "tiles are blended, and there are no iterates of that; leave the iterates empty."
        )
    sources = [reader.path] if start is None else [reader.path, start.class_map.path]
    taken = [
        Path(name).resolve() for name in sources if Path(name).exists()
    ]  # GDAL's names need not be files
    for writer in outputs.writers:
        if (path := writer.path.resolve()) in taken:
            inputs = "the image" if start is None else "the image, the map"
            raise RasterError(
                f"{writer.path} is {inputs} or another output; choose a name of its own for each."
            )
        taken.append(path)


def _nothing_left(reader: ImageReader, start: MapScores | None) -> str:
    if start is None:
        return (
            f"No pixel of {reader.path} is left to classify: all are nodata or outside of the mask. Choose another "
            "extent or mask, or check the image's nodata value."
        )
    return (
        f"No pixel of {reader.path} is left to correct: all are nodata, outside of the mask or without data in the map "
        f"{start.class_map.path}. Choose another extent, mask or map, or check the nodata values of image and map."
    )
