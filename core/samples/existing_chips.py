"""The area that a sample set already covers, seen from an image that is added to it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..raster.gdal_errors import gdal_failures, no_gdal_failure
from ..raster.grid import Grid
from ..raster.image_reader import ImageReader
from ..raster.operation import Operations, Placing, gdals_own
from ..raster.tiling import Window
from ..translation import tr
from .block_split import GAP_PX, TRAIN, VALIDATION, near, overlap
from .labels import RasterLabels
from .sample_set import SampleSet

_SPLITS = {"train": TRAIN, "validation": VALIDATION}
_LOOKS, _LOOK_PX = 5, 64  # an image is known again by so many windows along each side, of so many pixels


@dataclass(frozen=True)
class _KnownChip:
    """The labels of a chip: its split, its file, and where it lies on the image."""

    split: str
    path: Path
    window: Window


class ExistingChips:
    """The labelled chips of a sample set, on the grid of an image that is added to it.

    Chips are compared by where they lie on the Earth, so two images of one place do not end up in both splits. Chips
    without a coordinate reference system are compared with those of the same image only: of the same pixels, wherever
    its file lies and whatever it is called. Chips of older sets know no more of their image than its name.

    Attributes:
        image_sha256: digest of pixels of the image that is added, where only that tells which image it is.
    """

    def __init__(
        self, samples: SampleSet | None, reader: ImageReader, operations: Operations = gdals_own
    ) -> None:
        """Look where the chips lie.

        Args:
            samples: the sample set; None for a new one.
            reader: the image that is added.
            operations: how coordinates get from one system to another.

        Raises:
            RasterError: the image or a chip cannot be read.
        """
        self._grid, name = placed(reader.grid), Path(reader.path).name
        self._placing = Placing(operations=operations)
        self.image_sha256 = "" if self._grid.crs_wkt else _digest(reader)
        self._chips: list[_KnownChip] = []
        self._codes: dict[int, int] = {}
        if samples is not None:
            self._codes = {code: code for code in range(1, len(samples.classes) + 1)}
            for chip in samples.chips:
                path = samples.label_path(chip)
                known = chip.image_sha256
                is_same_image = known == self.image_sha256 if known else chip.image == name
                window = _place(path, self._grid, is_same_image, self._placing)
                if window is not None and overlap(window.grown(GAP_PX), self._grid.extent):
                    self._chips.append(_KnownChip(chip.split, path, window))

    def split_of(self, window: Window) -> int:
        """The split that has most of a window already: TRAIN or VALIDATION, -1 where neither has a tenth of it."""
        shared_px = [0, 0]
        for chip in self._chips:
            if chip.split in _SPLITS:
                shared_px[_SPLITS[chip.split]] += overlap(chip.window, window)
        return int(np.argmax(shared_px)) if max(shared_px) >= window.height * window.width / 10 else -1

    def near_other_split(self, window: Window, split: str, distance_px: int) -> NDArray[np.bool_]:
        """Which pixels of a window are at most so far from a labelled pixel of another split (height, width).

        Args:
            window: pixels of the image.
            split: what the window is for.
            distance_px: how far.

        Raises:
            RasterError: a chip cannot be read.
        """
        around = window.grown(distance_px)
        others = [chip for chip in self._chips if chip.split != split]
        labelled = self._burned(others, around) > 0
        inner = window.relative_to(around).slices()
        return near(labelled, distance_px)[inner] if labelled.any() else labelled[inner]

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """What the set has labelled in a window already: class codes, 0 for nothing (height, width).

        Raises:
            RasterError: a chip cannot be read.
        """
        return self._burned(self._chips, window)

    def _burned(self, chips: Sequence[_KnownChip], window: Window) -> NDArray[np.uint8]:
        """The labels of chips; where several have one, that of the last."""
        burned = np.zeros((window.height, window.width), dtype=np.uint8)
        for chip in chips:
            if overlap(chip.window, window):
                labels = RasterLabels(str(chip.path), self._codes, self._grid, self._placing)
                found = labels.burn(window, np.zeros_like(burned))
                burned = np.where(found > 0, found, burned)
        return burned


def placed(grid: Grid) -> Grid:
    """Where an image's chips lie: in pixel space, which is nowhere on the Earth, without georeferencing."""
    if grid.geotransform is not None:
        return grid
    return replace(grid, geotransform=grid.affine, crs_wkt="", control=None)


def _digest(reader: ImageReader) -> str:
    """What tells an image from others: its size, and windows all over it."""
    grid, digest = reader.grid, hashlib.sha256()
    digest.update(repr((grid.height, grid.width, reader.dtype)).encode())
    rows, cols = (np.linspace(0, max(size - _LOOK_PX, 0), _LOOKS) for size in (grid.height, grid.width))
    for row in map(int, rows):
        for col in map(int, cols):
            window = Window(row, col, _LOOK_PX, _LOOK_PX).clipped_to(grid.extent)
            digest.update(np.ascontiguousarray(reader.read(window).values).tobytes())
    return digest.hexdigest()


def _place(path: Path, grid: Grid, is_same_image: bool, placing: Placing) -> Window | None:
    """Where a chip lies on a grid; None where it is elsewhere, or where nothing tells."""
    with no_gdal_failure(
        tr("The chip {path} cannot be opened", path=path), tr("Make the sample set again in another folder.")
    ):
        chip = gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
        system = chip.GetProjection()
        image = gdal.GetDriverByName("VRT").Create("", grid.width, grid.height, 0)
        image.SetGeoTransform(grid.affine)
        image.SetProjection(grid.crs_wkt)
    if bool(system) != bool(grid.crs_wkt) or not (system or is_same_image):
        return None
    operation = placing.operation(system, grid.crs_wkt)
    options = [f"COORDINATE_OPERATION={operation}"] if operation else []
    height, width = chip.RasterYSize, chip.RasterXSize
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    with gdal_failures():
        try:
            places, worked = gdal.Transformer(chip, image, options).TransformPoints(0, corners)
        except RuntimeError:  # GDAL's own exceptions are on
            return None
    if not all(worked):  # too far away for the image's coordinates
        return None
    cols, rows = np.array(places, dtype=np.float64)[:, :2].round(3).T
    top, left = int(np.floor(rows.min())), int(np.floor(cols.min()))
    return Window(top, left, int(np.ceil(rows.max())) - top, int(np.ceil(cols.max())) - left)
