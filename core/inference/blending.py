"""Tiles of a classifier whose reach is unknown or has no bound: their scores overlap and fade into each other.

No halo makes such tiles exact. So the classifier is taken to look `CONTEXT_PX` far, and each tile answers for
`FADE_PX` more pixels on each side than its own. What it takes from farther away differs from tile to tile, and the
difference is spread over twice `FADE_PX` pixels instead of one. A classifier that does look no farther than
`CONTEXT_PX` gets its untiled scores, up to a rounding.

A tile's scores are corrected before they are blended: the corrector then sees what one look at the image made, and a
tile is a tile for everything that comes before. They wait in a file each for the tiles around, and are deleted once
those are written. Memory holds one tile at a time, the disk three rows of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import NetworkContract
from ..errors import RasterError
from ..output.finished_tiles import TileFiles
from ..progress import Progress, stop_if_cancelled
from ..raster.tiling import Tile, Window
from ..translation import tr
from .decision import Decision, Wanted
from .tile_inference import TileInference
from .tile_input import TileInput

CONTEXT_PX = 64
"""How far the classifier is taken to look; beyond it, what the edge of a tile does to the scores is rarely seen."""

FADE_PX = 64
"""Half the width over which a tile fades into the next."""


def with_assumed_reach(contract: NetworkContract) -> NetworkContract:
    """The contract of a classifier of unknown reach with the reach that its tiles are made for."""
    return replace(contract, reach_px=CONTEXT_PX)


def blending_identity(run: Mapping[str, Any]) -> dict[str, Any]:
    """The identity of a run, with what a blended map depends on besides."""
    return {**run, "context_px": CONTEXT_PX, "fade_px": FADE_PX}


def overlapping_score_files(output: Path, run: Mapping[str, Any]) -> TileFiles:
    """The files that the scores of overlapping tiles wait in, not opened yet.

    Args:
        output: the map. The folder's name is that of an unfinished run of the map, so it goes when those go.
        run: the identity of the run.
    """
    return TileFiles(output, {**run, "tiles of": "overlapping scores"})


@contextmanager
def opened(files: TileFiles) -> Iterator[TileFiles]:
    """Files that stay where the block fails, if there are any.

    Raises:
        RasterError: the folder cannot be made or written to.
    """
    files.open()
    try:
        yield files
    except BaseException:
        if files.is_empty:
            files.discard()
        raise
    files.discard()


class BlendedInference:
    """Decides for tiles from their own scores and those of the tiles around, as `TileInference` does from its own.

    Args:
        scores_of: makes the scores of one tile.
        tiles: the whole grid; their outer windows hold `FADE_PX` more than the networks need.
        open_tiles: those it will be called for, in this order; of each it is called for or not.
        files: where scores wait, opened.
        read: what the networks see of a window.
        wanted: what is wanted besides the class values; the iterates cannot be.
        progress: asked whether to stop.
    """

    def __init__(
        self,
        scores_of: TileInference,
        tiles: Sequence[Tile],
        open_tiles: Sequence[Tile],
        files: TileFiles,
        read: Callable[[Window], TileInput],
        wanted: Wanted,
        progress: Progress,
    ) -> None:
        self._scores_of, self._files, self._read = scores_of, files, read
        self._classifier = scores_of.first  # its device decides
        self._wanted, self._progress = wanted, progress
        self._extent = Window(
            tiles[0].inner.row,
            tiles[0].inner.col,
            tiles[-1].inner.row_stop - tiles[0].inner.row,
            tiles[-1].inner.col_stop - tiles[0].inner.col,
        )
        self._rows = FadedAxis([tile.inner.row for tile in tiles], self._extent.row_stop)
        self._cols = FadedAxis([tile.inner.col for tile in tiles], self._extent.col_stop)
        self._tiles = {(tile.inner.row, tile.inner.col): tile for tile in tiles}
        self._order = {tile: number for number, tile in enumerate(open_tiles)}
        self._last_use = {
            source: number for number, tile in enumerate(open_tiles) for source in self._sources(tile.inner)
        }
        self._waiting = {tile for tile in tiles if files.has(tile.inner)}

    def __call__(self, given: TileInput, tile: Tile) -> Decision:
        """Decide for a tile.

        Args:
            given: its pixels; those that do not count are decided as well.
            tile: where it lies.

        Raises:
            Cancelled: the user stopped the run.
            DeviceError: the device failed.
            RasterError: the scores cannot be kept or read back.
        """
        self._drop_before(self._order[tile])
        sources = self._sources(tile.inner)
        for source in sources:
            if source not in self._waiting:
                stop_if_cancelled(self._progress)
                self._keep_scores(source, given if source == tile else self._read(source.outer))
        blended = self._blend(tile.inner, sources)
        scores = self._classifier.upload_scores(blended)
        return Decision(
            scores.codes(),
            scores.confidence() if self._wanted.confidence else None,
            blended if self._wanted.scores else None,
            None,
        )

    def _sources(self, window: Window) -> list[Tile]:
        """The tiles whose scores count somewhere in a window."""
        rows = self._rows.touching(window.row, window.row_stop)
        cols = self._cols.touching(window.col, window.col_stop)
        return [self._tiles[row, col] for row in rows for col in cols]

    def _drop_before(self, number: int) -> None:
        """Delete the scores that were needed last for an earlier tile."""
        for source in [source for source in self._waiting if self._last_use.get(source, -1) < number]:
            self._files.drop(source.inner)
            self._waiting.remove(source)

    def _keep_scores(self, source: Tile, given: TileInput) -> None:
        answered = self._answered(source)
        all_of_them = np.ones((answered.height, answered.width), bool)  # others look at them
        scores = self._scores_of(replace(given, valid=all_of_them), Tile(answered, source.outer)).scores
        assert scores is not None
        self._files.put(source.inner, scores.tobytes())
        self._waiting.add(source)

    def _answered(self, source: Tile) -> Window:
        """What a tile has scores for."""
        return source.inner.grown(FADE_PX).clipped_to(self._extent)

    def _blend(self, window: Window, sources: Sequence[Tile]) -> NDArray[np.float32]:
        classes = len(self._classifier.contract.classes)
        blended = np.zeros((classes, window.height, window.width), np.float32)
        for source in sources:
            answered = self._answered(source)
            part = answered.clipped_to(window)
            down = self._rows.weights(source.inner.row, part.row, part.row_stop)
            across = self._cols.weights(source.inner.col, part.col, part.col_stop)
            weights = (down[:, np.newaxis] * across).astype(np.float32)
            scores = self._kept_scores(source, (classes, answered.height, answered.width))
            blended[(slice(None), *part.relative_to(window).slices())] += (
                scores[(slice(None), *part.relative_to(answered).slices())] * weights
            )
        return blended

    def _kept_scores(self, source: Tile, shape: tuple[int, int, int]) -> NDArray[np.float32]:
        path = self._files.path(source.inner)
        try:
            return np.memmap(path, np.float32, "r", shape=shape)  # of most, only a border is needed
        except (OSError, ValueError) as error:
            raise RasterError(
                tr("The scores in {path} cannot be read back ({error}); run again.", path=path, error=error)
            ) from error


class FadedAxis:
    """How much each tile counts along rows or columns: all of it inside, less and less around its ends.

    A tile's weight is a smooth step up at its start less the same step up at its stop, which is the next tile's
    start: the weights of all tiles add up to 1 everywhere, however narrow the tiles are.

    Args:
        starts: where tiles begin, px, in any order and as often as they like.
        stop: where the last one ends.
    """

    def __init__(self, starts: Sequence[int], stop: int) -> None:
        self._starts = sorted(set(starts))
        self._stops = dict(zip(self._starts, [*self._starts[1:], stop]))

    def touching(self, start: int, stop: int) -> list[int]:
        """Starts of the tiles that count for any pixel from `start` to before `stop`."""
        return [
            first for first in self._starts if first - FADE_PX < stop and start < self._stops[first] + FADE_PX
        ]

    def weights(self, tile_start: int, start: int, stop: int) -> NDArray[np.float64]:
        """How much a tile counts for the pixels from `start` to before `stop`, 0 to 1."""
        centres = np.arange(start, stop) + 0.5
        weights = np.ones(len(centres))
        if tile_start != self._starts[0]:
            weights = _step(centres - tile_start)
        if tile_start != self._starts[-1]:
            weights = weights - _step(centres - self._stops[tile_start])
        return weights


def _step(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """A raised cosine from 0 at -`FADE_PX` to 1 at `FADE_PX`."""
    faded: NDArray[np.float64] = (1 + np.sin(math.pi / 2 * np.clip(distance / FADE_PX, -1, 1))) / 2
    return faded
