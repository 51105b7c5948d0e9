"""Which tiles hints are near, and what those read more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...models.contract import NetworkContract
from ..errors import RasterError
from ..raster.tiling import Tile, Window
from ..translation import tr
from .halo import hint_reach_px
from .hints import Hints
from .map_run import MapRun


class HintTiles:
    """Hints among tiles: those with none within its reach are made as if there were none at all.

    Args:
        hints: on the image's grid.
        corrector: contract of the corrector, which takes hints.
        iterations: how often it is applied.
        only_around: whether the map stays as it was but where hints give another class.

    Attributes:
        reach_px: how far a hint counts.
        only_around: see above.
    """

    def __init__(self, hints: Hints, corrector: NetworkContract, iterations: int, only_around: bool) -> None:
        self._hints, self.only_around = hints, only_around
        self.reach_px = hint_reach_px(corrector, iterations)

    def is_near(self, window: Window) -> bool:
        """Whether a hint may change pixels of a window."""
        return bool(self._hints.near(window, self.reach_px))

    def around(self, window: Window, halo_px: int) -> Window:
        """What has to be seen for a window.

        Of what lies between a hint and a pixel that it changes, nothing is farther from either than a hint counts.

        Args:
            window: the pixels that are wanted.
            halo_px: what they depend on where no hint is near.
        """
        row, col, row_stop, col_stop = window.row, window.col, window.row_stop, window.col_stop
        farthest = window.grown(self.reach_px)
        for number in self._hints.near(window, self.reach_px):
            box = self._hints.boxes()[number]
            assert box is not None
            between = box.grown(self.reach_px).clipped_to(farthest)
            row, col = min(row, between.row), min(col, between.col)
            row_stop, col_stop = max(row_stop, between.row_stop), max(col_stop, between.col_stop)
        return Window(row, col, row_stop - row, col_stop - col).grown(halo_px)

    def widened(self, tile: Tile, halo_px: int, stride: int) -> Tile:
        """A tile that sees what it has to see, where a hint is near.

        Args:
            tile: with its halo for where none is.
            halo_px: this halo.
            stride: what the origin and the size of a tile's outer window are multiples of.
        """
        if not self.is_near(tile.inner):
            return tile
        return Tile(tile.inner, self.around(tile.inner, halo_px).aligned_to(stride))

    def read(self, tile: Tile) -> NDArray[np.float32] | None:
        """The hints in the outer window of a tile, see `Hints.read`; None where none is near."""
        return self._hints.read(tile.outer) if self.is_near(tile.inner) else None


def hint_tiles(run: MapRun) -> HintTiles:
    """The hints of a run whose corrector takes some, or none where there are none."""
    networks, grid = run.networks, run.image.grid
    assert networks.corrector is not None
    return HintTiles(
        run.hints or Hints((), grid.height, grid.width),
        networks.corrector.contract,
        networks.iterations,
        run.only_around_hints,
    )


def check_hints(run: MapRun) -> None:
    """See that hints can be taken, if there are any.

    Raises:
        RasterError: they cannot, and why.
    """
    if run.hints is None and not run.only_around_hints:
        return
    networks = run.networks
    if not networks.takes_hints:
        name = networks.corrector.contract.name if networks.corrector is not None else tr("none")
        raise RasterError(
            tr(
                "Hints were given, and the corrector ({name}, iterations: {iterations}) takes none; choose a corrector "
                "that takes hints and at least 1 iteration, or leave the hints out.",
                name=name,
                iterations=networks.iterations,
            )
        )
    if networks.is_blended or run.resampling is not None:
        raise RasterError(
            tr(
                "Hints were given, and they work only on the image's own pixels and with a classifier whose receptive "
                "field is known; switch the resampling off, choose another classifier, or make the map without hints "
                "and give the map and the hints to 'Correct a map'."
            )
        )
    known = run.start.class_map.classes if run.start is not None else networks.first.contract.classes
    numbers = [hint.class_number for hint in run.hints.hints] if run.hints is not None else []
    beyond = [number for number in numbers if not 1 <= number <= len(known)]
    if beyond:
        raise RasterError(
            tr(
                "A hint says class number {number}, and the map has the classes 1 to {count}; choose one of these.",
                number=beyond[0],
                count=len(known),
            )
        )
