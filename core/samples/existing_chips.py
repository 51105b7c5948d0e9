"""The area that a sample set already covers, seen from an image that is added to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..raster.gdal_errors import gdal_failures, no_gdal_failure
from ..raster.grid import Grid
from ..raster.tiling import Window
from ..translation import tr
from .block_split import GAP_PX, TRAIN, VALIDATION, near, overlap
from .labels import RasterLabels
from .sample_set import SampleSet

_SPLITS = {"train": TRAIN, "validation": VALIDATION}


@dataclass(frozen=True)
class _KnownChip:
    """The labels of a chip: its split, its file, and where it lies on the image."""

    split: str
    path: Path
    window: Window


class ExistingChips:
    """The labelled chips of a sample set, on the grid of an image that is added to it.

    Chips are compared by where they lie on the Earth, so two images of one place do not end up in both splits. Chips
    without a coordinate reference system are compared with those of the same image only.
    """

    def __init__(self, samples: SampleSet | None, image: str, grid: Grid) -> None:
        """Look where the chips lie.

        Args:
            samples: the sample set; None for a new one.
            image: name of the image that is added.
            grid: its pixels.

        Raises:
            RasterError: a chip cannot be read.
        """
        # chips are placed so, those of an image without georeferencing too
        self._grid = replace(grid, geotransform=grid.affine)
        self._chips: list[_KnownChip] = []
        self._codes: dict[int, int] = {}
        if samples is not None:
            self._codes = {code: code for code in range(1, len(samples.classes) + 1)}
            for chip in samples.chips:
                path = samples.label_path(chip)
                window = _place(path, self._grid, chip.image == image)
                if window is not None and overlap(window.grown(GAP_PX), grid.extent):
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
        labelled = np.zeros((around.height, around.width), dtype=bool)
        for chip in self._chips:
            if chip.split != split and overlap(chip.window, around):
                labels = RasterLabels(str(chip.path), self._codes, self._grid)
                labelled |= labels.burn(around, np.zeros(labelled.shape, dtype=np.uint8)) > 0
        inner = window.relative_to(around).slices()
        return near(labelled, distance_px)[inner] if labelled.any() else labelled[inner]


def _place(path: Path, grid: Grid, is_same_image: bool) -> Window | None:
    """Where a chip lies on a grid; None where it is elsewhere, or where nothing tells."""
    with no_gdal_failure(
        tr("The chip {path} cannot be opened", path=path), tr("Make the sample set again in another folder.")
    ):
        chip = gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
        has_crs = bool(chip.GetProjection())
        image = gdal.GetDriverByName("VRT").Create("", grid.width, grid.height, 0)
        image.SetGeoTransform(grid.affine)
        image.SetProjection(grid.crs_wkt)
    if has_crs != bool(grid.crs_wkt) or not (has_crs or is_same_image):
        return None
    height, width = chip.RasterYSize, chip.RasterXSize
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    with gdal_failures():
        try:
            places, worked = gdal.Transformer(chip, image, []).TransformPoints(0, corners)
        except RuntimeError:  # GDAL's own exceptions are on
            return None
    if not all(worked):  # too far away for the image's coordinates
        return None
    cols, rows = np.array(places, dtype=np.float64)[:, :2].round(3).T
    top, left = int(np.floor(rows.min())), int(np.floor(cols.min()))
    return Window(top, left, int(np.ceil(rows.max())) - top, int(np.ceil(cols.max())) - left)
