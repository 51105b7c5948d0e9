"""Labels on an image's grid: polygons or a class raster become class values, window by window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled, LabelError
from ..raster.grid import Grid
from ..raster.operation import AS_THE_FILE_SAYS, Placing
from ..raster.polygon_mask import PolygonMask
from ..raster.rasterize import CONTRADICTORY, BurnedPolygons
from ..raster.retry import never
from ..raster.tiling import Window
from ..raster.warped_reader import BLOCK_PX, WarpedRaster
from ..translation import tr
from .block_split import BlockGrid, overlap

_NOTHING = -(2.0**60)  # where a class raster says nothing; no class has this value


class Labels(Protocol):
    """Class values for some of an image's pixels."""

    @property
    def boxes(self) -> NDArray[np.int64]:
        """Where labels may be, (n, 4): first row, first column, row and column after the last, px of the image."""

    def burn(
        self, window: Window, onto: NDArray[np.uint8], shift_px: tuple[float, float] = (0.0, 0.0)
    ) -> NDArray[np.uint8]:
        """The class values of a window, `CONTRADICTORY` where labels of several classes lie.

        Args:
            window: pixels of the image.
            onto: what pixels without a label keep (height, width).
            shift_px: how far down and to the right the labels are moved before.
        """

    def classes_at(self, window: Window, where: NDArray[np.bool_]) -> set[int]:
        """The codes of the labels that contradict each other at some pixels of a window (height, width)."""


class PolygonLabels:
    """Polygons with a class each. Where polygons of several classes overlap, `CONTRADICTORY` is burned.

    0 says that a polygon's class is not known: what no other polygon covers there stays unlabelled, and does not
    become background.
    """

    def __init__(self, polygons: Sequence[bytes], codes: Sequence[int], grid: Grid) -> None:
        """Take polygons.

        Args:
            polygons: WKB geometries in the image's coordinates.
            codes: class value of each.
            grid: the image's pixels.

        Raises:
            RasterError: a geometry cannot be read or is not a polygon.
        """
        order = np.argsort(np.array(codes, dtype=np.int64), kind="stable").tolist()
        known = [index for index in order if codes[index]]
        self._grid = grid
        self._known = BurnedPolygons([polygons[i] for i in known], [codes[i] for i in known], "labels")
        self._unknown = [polygons[i] for i in order if not codes[i]]
        self._burned_unknown = BurnedPolygons(self._unknown, [0] * len(self._unknown), "labels")
        self._are_several = len(set(codes) - {0}) > 1
        self.boxes = np.concatenate([self._known.boxes(grid), self._burned_unknown.boxes(grid)])

    def thinned(self, share: float, seed: int) -> PolygonLabels:
        """The same labels without some of the polygons, as if they had been overlooked.

        Args:
            share: of the polygons with a class that are left out, 0 to 1.
            seed: random seed.
        """
        codes, polygons = self._known.codes, self._known.polygons
        omitted = np.random.default_rng(seed).choice(codes.size, round(share * codes.size), replace=False)
        kept = np.setdiff1d(np.arange(codes.size), omitted).tolist()
        return PolygonLabels(
            [*(polygons[i] for i in kept), *self._unknown],
            [*(int(codes[i]) for i in kept), *[0] * len(self._unknown)],
            self._grid,
        )

    def burn(
        self, window: Window, onto: NDArray[np.uint8], shift_px: tuple[float, float] = (0.0, 0.0)
    ) -> NDArray[np.uint8]:
        """The class values of a window, see `Labels.burn`.

        Raises:
            RasterError: GDAL cannot burn the polygons.
        """
        lowest, highest = self._extremes(window, shift_px)
        around = self._burned_unknown.burn(window, self._grid, onto, shift_px)
        burned = np.where(highest > 0, highest, around)
        return np.where(lowest == highest, burned, np.uint8(CONTRADICTORY))

    def classes_at(self, window: Window, where: NDArray[np.bool_]) -> set[int]:
        """See `Labels.classes_at`; of three classes at one pixel, the first and the last in the list of classes."""
        return {code for codes in self._extremes(window) for code in np.unique(codes[where]).tolist()} - {0}

    def _extremes(
        self, window: Window, shift_px: tuple[float, float] = (0.0, 0.0)
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The lowest and the highest code at each pixel, 0 where there is none."""
        highest = self._known.burn(window, self._grid, None, shift_px)  # in the order of their codes
        if not self._are_several:
            return highest, highest
        return self._known.burn(window, self._grid, None, shift_px, is_reversed=True), highest


class RasterLabels:
    """A class raster, brought to the image's grid (nearest pixel).

    Attributes:
        codes: number of the class of each value; other values are unlabelled. May be set after a look at `values`.
        boxes: see `Labels.boxes`.
    """

    def __init__(
        self,
        path: str,
        codes: Mapping[int, int],
        grid: Grid,
        placing: Placing = AS_THE_FILE_SAYS,
        is_cancelled: Callable[[], bool] = never,
        takes_nodata: bool = False,
    ) -> None:
        """Open a class raster.

        Args:
            path: anything GDAL opens.
            codes: number of the class of each value.
            grid: the image's pixels.
            placing: what is known of the raster's place.
            is_cancelled: asked between two looks at the raster.
            takes_nodata: whether its nodata value is a class.

        Raises:
            RasterError: it cannot be opened, or it is not known where it lies.
            LabelError: it has several bands.
        """
        self.codes, self._grid, self._is_cancelled = dict(codes), grid, is_cancelled
        self._raster = WarpedRaster(
            path,
            grid,
            bilinear=False,
            takes_alpha=False,
            takes_nodata=takes_nodata,
            placing=placing,
            is_cancelled=is_cancelled,
        )
        if self._raster.band_count != 1:
            raise LabelError(
                tr(
                    "{path} has {count} bands, and a class raster has one; choose the raster that holds the classes, "
                    "not a picture of it.",
                    path=path,
                    count=self._raster.band_count,
                )
            )
        self.boxes = np.array([[0, 0, grid.height, grid.width]], dtype=np.int64)

    def values(self, boxes: NDArray[np.int64]) -> dict[int, int]:
        """How many pixels have which value in and around rectangles of the image (see `Labels.boxes`).

        Raises:
            LabelError: the raster holds numbers that are not whole.
            RasterError: it cannot be read.
            Cancelled: the user stopped the run.
        """
        found: Counter[int] = Counter()
        looks = BlockGrid.of_size(self._grid.extent, BLOCK_PX, BLOCK_PX)
        for block in looks.touched(boxes):
            if self._is_cancelled():
                raise Cancelled(tr("The run was stopped; nothing was written."))
            values = self._read(looks.window(block))
            values = values[values != _NOTHING]
            broken = values[values != np.rint(values)]
            if broken.size:
                raise LabelError(
                    tr(
                        "{path} holds the value {value:g}, and a class raster has whole numbers; choose a raster of "
                        "classes, or reclassify this one first.",
                        path=self._raster.path,
                        value=broken[0],
                    )
                )
            numbers, counts = np.unique(values.astype(np.int64), return_counts=True)
            found.update(dict(zip(numbers.tolist(), counts.tolist())))
        return dict(found)

    def burn(
        self, window: Window, onto: NDArray[np.uint8], shift_px: tuple[float, float] = (0.0, 0.0)
    ) -> NDArray[np.uint8]:
        """The class values of a window, see `Labels.burn`; shifted by whole pixels.

        Raises:
            RasterError: the raster cannot be read.
        """
        down, right = (round(shift) for shift in shift_px)
        values = self._read(Window(window.row - down, window.col - right, window.height, window.width))
        burned = np.where(values == _NOTHING, onto, np.uint8(0))
        for value, code in self.codes.items():
            burned[values == value] = code
        return burned

    def classes_at(self, _window: Window, _where: NDArray[np.bool_]) -> set[int]:
        """See `Labels.classes_at`: a raster has one value at each pixel."""
        return set()

    def thinned(self, _share: float, _seed: int) -> RasterLabels:
        """The same labels: they have no features to leave out."""
        return self

    def _read(self, window: Window) -> NDArray[np.float64]:
        """Values (height, width); `_NOTHING` where the raster has no data or is not, and beyond the image."""
        values = np.full((window.height, window.width), _NOTHING, dtype=np.float64)
        if not overlap(window, self._grid.extent):
            return values
        for block in self._raster.blocks(window.clipped_to(self._grid.extent)):
            found = self._raster.read(block)
            if found is not None:
                part = block.clipped_to(window)
                inside = part.relative_to(block).slices()
                read = np.where(found.valid, found.values[0], _NOTHING)
                values[part.relative_to(window).slices()] = read[inside]
        return values


@dataclass(frozen=True)
class Look:
    """What is labelled in a window.

    Attributes:
        codes: class values, 0 where it is not labelled (height, width).
        contradictory_px: how many pixels are not labelled because labels of several classes lie there.
        contradicting: the class values of these labels.
    """

    codes: NDArray[np.uint8]
    contradictory_px: int
    contradicting: set[int]


@dataclass(frozen=True)
class LabelledArea:
    """What is known about the classes of an image's pixels.

    Attributes:
        labels: the labels.
        grid: the image's pixels.
        area: outside of it nothing is labelled; None for everywhere.
        background: number of the background class, of all inside the area that no label covers; 0 for none.
    """

    labels: Labels
    grid: Grid
    area: PolygonMask | None
    background: int

    @property
    def boxes(self) -> NDArray[np.int64]:
        """Where labelled pixels may be, see `Labels.boxes`."""
        if self.background and self.area is not None:
            return self.area.boxes(self.grid)
        return self.labels.boxes

    def codes(self, window: Window, shift_px: tuple[float, float] = (0.0, 0.0)) -> NDArray[np.uint8]:
        """Class values of a window, 0 where it is not labelled (height, width).

        Args:
            window: pixels of the image.
            shift_px: how far down and to the right the labels are moved before; the area stays.

        Raises:
            RasterError: the area or the labels cannot be burned.
            LabelError: the labels cannot be read.
        """
        return self.look(window, shift_px).codes

    def look(self, window: Window, shift_px: tuple[float, float] = (0.0, 0.0)) -> Look:
        """The same, with what contradicts itself; see `codes`."""
        onto = np.full((window.height, window.width), self.background, dtype=np.uint8)
        codes = self.labels.burn(window, onto, shift_px)
        if self.area is not None:
            codes = np.where(self.area.burn(window, self.grid), codes, np.uint8(0))
        contradicts = codes == CONTRADICTORY
        number = int(np.count_nonzero(contradicts))
        if not number:
            return Look(codes, 0, set())
        codes = np.where(contradicts, np.uint8(0), codes)
        return Look(codes, number, self.labels.classes_at(window, contradicts))
