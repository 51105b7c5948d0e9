"""A map of any origin as the scores a corrector starts from, on the pixels of an image or of a chip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import RasterError
from ..progress import Progress, stop_if_cancelled
from ..raster.file_reader import open_raster
from ..raster.grid import Grid
from ..raster.image_reader import mirrored
from ..raster.pixels import Pixels
from ..raster.retry import never
from ..raster.tiling import Window
from ..raster.warped_reader import WarpedRaster
from ..translation import tr
from .class_occurrence import check_occurrence
from .input_map import ClassMap
from .map_file import CLASSES, SCORES

CODE_PROBABILITY = 0.9
"""How sure a class value is taken to be; the other classes share the rest. Correctors of maps are trained with it."""

LEAST_PROBABILITY = 1e-3
"""What a class has at least, so that its logarithm is a number."""

_MOST_SHOWN = 20

_Scores = NDArray[np.float32]
_Valid = NDArray[np.bool_]


class MapScores:
    """The start scores of any window of a grid, from a map warped onto it block by block.

    Classes and probabilities become the logarithms of probabilities, less their mean over the classes; scores stay as
    they are. Where the map has no data, all scores are 0: nothing is known there.

    A context manager; used by one thread at a time.

    Attributes:
        class_map: the map.
        grid: the pixels the scores are for.
        corners: where the grid lies on the map, see `WarpedRaster.corners`.
    """

    def __init__(self, class_map: ClassMap, grid: Grid, is_cancelled: Callable[[], bool] = never) -> None:
        """Open the map.

        Args:
            class_map: from `read_class_map`.
            grid: the pixels wanted.
            is_cancelled: asked in the reading thread while a server that has failed is given time.

        Raises:
            RasterError: the map cannot be opened, or it is not known where it lies.
        """
        self.class_map, self.grid = class_map, grid
        has_class_values, table = class_map.kind == CLASSES, class_map.table
        dataset = open_raster(class_map.path)
        nodata = dataset.GetRasterBand(1).GetNoDataValue()
        self._warped = WarpedRaster(
            class_map.path,
            grid,
            bilinear=not has_class_values,
            takes_alpha=not has_class_values and dataset.RasterCount in table.numbers,
            takes_nodata=has_class_values and nodata in table.numbers,
            placing=class_map.placing,
            is_cancelled=is_cancelled,
        )
        self.corners = self._warped.corners()
        self._bands = [number - 1 for number in table.numbers]

    def __enter__(self) -> MapScores:
        """The open map."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the map."""
        self.close()

    def close(self) -> None:
        """Close the map; closing twice is no fault."""
        self._warped.close()

    def check_overlap(self, window: Window) -> None:
        """See that the map is where the window is.

        Raises:
            RasterError: it is elsewhere.
        """
        if not self._warped.overlaps(window):
            raise RasterError(
                tr(
                    "The map {map} and the part of the image to correct do not overlap; choose a map of the same "
                    "area, and check the coordinate reference systems of both.",
                    map=self.class_map.path,
                )
            )

    def check_values(self, window: Window, progress: Progress) -> None:
        """Look for values that belong to no class, so that a run does not end halfway over one.

        Args:
            window: where, inside of the grid.
            progress: told so, and of what `check_occurrence` warns; asked whether to stop.

        Raises:
            RasterError: there are some, which the sentence lists; or see `check_occurrence`.
            Cancelled: the user stopped the run.
        """
        if self.class_map.kind != CLASSES:
            return
        progress.say(tr("Looking for values in the map that belong to no class."))
        check_occurrence(self.class_map, self.occurring(window, progress), progress)

    def occurring(self, window: Window, progress: Progress) -> set[int]:
        """The class values of a map of such that occur in a window.

        Args:
            window: where, inside of the grid.
            progress: asked whether to stop.

        Raises:
            RasterError: there are values that belong to no class; the sentence lists them.
            Cancelled: the user stopped the run.
        """
        unknown: set[float] = set()
        occurs = np.zeros(len(self._bands) + 1, dtype=bool)
        for block in self._warped.blocks(window):
            stop_if_cancelled(progress)
            found = self._warped.read(block)
            if found is not None:
                part = block.clipped_to(window).relative_to(block).slices()
                places, others = _placed(found.values[0][part], found.valid[part], self.class_map)
                occurs |= np.bincount(places.ravel(), minlength=occurs.size) > 0
                unknown |= others
        self._refuse(unknown)
        return {number for number, is_there in zip(self.class_map.table.numbers, occurs[1:]) if is_there}

    def read(self, window: Window) -> Pixels:
        """Start scores of a window; beyond the grid's edge they are mirrored like the image.

        Args:
            window: pixels of the grid; they may lie partly or wholly outside of it.

        Returns:
            Scores (classes, height, width); and where the map has data (height, width).

        Raises:
            RasterError: the map cannot be read there, or holds values that do not fit its kind or its class table.
            Cancelled: the user stopped the run while a server was given time.
        """
        rows = mirrored(window.row, window.height, self.grid.height)
        cols = mirrored(window.col, window.width, self.grid.width)
        top, left = int(rows.min()), int(cols.min())
        source = Window(top, left, int(rows.max()) - top + 1, int(cols.max()) - left + 1)
        scores = np.zeros((len(self._bands), source.height, source.width), np.float32)
        valid = np.zeros((source.height, source.width), dtype=bool)
        for block in self._warped.blocks(source):
            found = self._warped.read(block)
            if found is not None:
                part = block.clipped_to(source)
                inside, to = part.relative_to(block).slices(), part.relative_to(source).slices()
                # of whole blocks, because a vectorised logarithm may round the last ones of a row otherwise
                block_scores, block_valid = self._start_scores(*found)
                scores[(slice(None), *to)] = block_scores[(slice(None), *inside)]
                valid[to] = block_valid[inside]
        if source == window:
            return Pixels(scores, valid)
        at = np.ix_(rows - top, cols - left)
        return Pixels(scores[:, at[0], at[1]], valid[at])

    def _start_scores(self, values: NDArray[Any], valid: _Valid) -> Pixels:
        if self.class_map.kind == CLASSES:
            places, unknown = _placed(values[0], valid, self.class_map)
            self._refuse(unknown)
            return Pixels(scores_of_class_values(places, len(self._bands)), places > 0)
        values = values[self._bands]
        valid = valid & np.isfinite(values).all(axis=0)
        values = np.where(valid, values, np.float32(0))
        if self.class_map.kind == SCORES:
            return Pixels(values, valid)
        if values.min() < 0:
            raise RasterError(
                tr(
                    "The map {map} holds {value:.4g}, and probabilities are never negative; if these are scores "
                    "before softmax, say that the map's kind is '{scores}'.",
                    map=self.class_map.path,
                    value=values.min(),
                    scores=SCORES,
                )
            )
        valid = valid & (values.sum(axis=0) > 0)
        return Pixels(np.where(valid, scores_of_probabilities(values), np.float32(0)), valid)

    def _refuse(self, unknown: set[float]) -> None:
        if unknown:
            codes = sorted(unknown)
            listed = ", ".join(f"{code:g}" for code in codes[:_MOST_SHOWN])
            if len(codes) > _MOST_SHOWN:
                listed = tr("{listed} and {more} more", listed=listed, more=len(codes) - _MOST_SHOWN)
            known = ", ".join(
                f"{c}={e.name}" for c, e in zip(self.class_map.class_values, self.class_map.classes)
            )
            raise RasterError(
                tr(
                    "The map {map} holds values of no class: {listed}. Say in a class table which class they are, or "
                    "that they are none, for example '{known}, {first:g}='.",
                    map=self.class_map.path,
                    listed=listed,
                    known=known,
                    first=codes[0],
                )
            )


def scores_of_class_values(places: NDArray[np.uint8], classes: int) -> _Scores:
    """Start scores of a map of class values.

    Args:
        places: class of each pixel, from 1, and 0 for no data (height, width).
        classes: how many there are.

    Returns:
        (classes, height, width): the centred logarithms of `CODE_PROBABILITY` for the class and of equal shares of the
        rest for the others; 0 where there is no data.
    """
    shares = np.full((classes, classes), (1 - CODE_PROBABILITY) / (classes - 1))
    np.fill_diagonal(shares, CODE_PROBABILITY)
    of_place = np.zeros((classes, classes + 1), np.float32)
    of_place[:, 1:] = _centred_logarithms(shares)
    return np.ascontiguousarray(of_place[:, places])


def scores_of_probabilities(values: NDArray[Any]) -> _Scores:
    """Start scores of probabilities on any scale.

    Args:
        values: (classes, height, width), none negative.

    Returns:
        (classes, height, width): centred logarithms of each pixel's shares, which are taken to be at least
        `LEAST_PROBABILITY`. Their softmax gives the shares back.
    """
    total = values.sum(axis=0, keepdims=True)
    total[total == 0] = 1
    return _centred_logarithms(values / total)


def _centred_logarithms(shares: NDArray[Any]) -> _Scores:
    logarithms = np.log(np.maximum(shares, LEAST_PROBABILITY))
    centred: _Scores = (logarithms - logarithms.mean(axis=0)).astype(np.float32)
    return centred


def _placed(
    codes: NDArray[np.float64], valid: _Valid, class_map: ClassMap
) -> tuple[NDArray[np.uint8], set[float]]:
    """The class of each pixel, from 1, and 0 for none; and the class values that nothing is known of."""
    known = np.array([*class_map.table.numbers, *class_map.table.nothing], np.float64)
    classes, valid = len(class_map.table.numbers), valid & np.isfinite(codes)
    place_of = np.array([*range(1, classes + 1), *[0] * len(class_map.table.nothing)], np.uint8)
    order: Sequence[int] = known.argsort().tolist()
    nearest = np.searchsorted(known[order], codes).clip(max=len(known) - 1)
    is_known = known[order][nearest] == codes
    places = np.where(valid & is_known, place_of[order][nearest], np.uint8(0))
    return places, set(np.unique(codes[valid & ~is_known]).tolist())
