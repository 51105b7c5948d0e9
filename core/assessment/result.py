"""The result of an assessment: every figure of every map, and what makes it up."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..metrics.area_estimation import AreaEstimates, StratumCounts
from ..metrics.boundary import (
    BoundaryCounts,
    Codes,
    count_boundaries,
    count_label_edge,
    margin_px,
    no_boundaries,
)
from ..metrics.confusion import Confusion, count_confusion, mean
from .difference import Change

_HEADLINE_PX = 3  # the strip of the figures in training and in the README


@dataclass(frozen=True)
class MapFigures:
    """One map against the reference.

    Attributes:
        name: of the map.
        path: what GDAL opens.
        band: its number, from 1.
        confusion: classes of the reference by classes of the map.
        boundary: what the figures along boundaries are made of.
        mapped_px: (classes,) pixels of the map, in the area where there is one, whether they have a reference or not.
        pixel_area_m2: area of a pixel on the ground; None for a raster without a place on the Earth.
        areas: what the reference says about all the strata's pixels.
    """

    name: str
    path: str
    band: int
    confusion: Confusion
    boundary: BoundaryCounts
    mapped_px: NDArray[np.int64]
    pixel_area_m2: float | None
    areas: AreaEstimates

    def mean_boundary_iou(self, tolerance: int) -> float:
        """Mean boundary IoU over the classes that occur, at one of the tolerances (its place among them)."""
        return mean(self.boundary.iou[tolerance])

    def mean_boundary_f1(self, tolerance: int) -> float:
        """Mean boundary F1 over the classes that occur, likewise."""
        return mean(self.boundary.f1[tolerance])


@dataclass(frozen=True)
class Assessment:
    """Maps against a reference.

    Attributes:
        classes: names, in the order of all figures.
        reference: its name.
        area: name of the polygons in which the maps are assessed; '' for everywhere.
        strata: name of the raster of strata; '' where the classes of each map are the strata.
        tolerances_px: of the figures along boundaries.
        maps: in the order they were given.
        changes: of each map but the first, against the first.
        are_iterations: whether the maps are the bands of one raster.
        warnings: sentences about what does not fit, or was taken for granted; in English, as they are part of the JSON.
        overview: (height, width, 3) a small picture of the difference between the first and the last map.
    """

    classes: tuple[str, ...]
    reference: str
    area: str
    strata: str
    tolerances_px: tuple[int, ...]
    maps: tuple[MapFigures, ...]
    changes: tuple[Change, ...]
    are_iterations: bool
    warnings: tuple[str, ...]
    overview: NDArray[np.uint8] = field(repr=False)

    @property
    def headline(self) -> int:
        """Which of the tolerances stands for all where there is room for one: the nearest to 3 px."""
        nearest = min(self.tolerances_px, key=lambda px: (abs(px - _HEADLINE_PX), px))
        return self.tolerances_px.index(nearest)


class Tally:
    """The counts of one map, raised block by block."""

    def __init__(self, classes: int, tolerances_px: tuple[int, ...], strata: int) -> None:
        """Begin with nothing.

        Args:
            classes: their number.
            tolerances_px: of the figures along boundaries.
            strata: number of strata, 0 where the classes of the map are the strata.
        """
        self._classes, self._tolerances_px = classes, tolerances_px
        self.confusion = np.zeros((classes, classes), np.int64)
        self.boundary = no_boundaries(classes, len(tolerances_px))
        self.label_edge_px = 0
        self._strata = np.zeros((3, strata, classes), np.int64)

    def add(self, reference: Codes, codes: Codes, strata: Codes | None) -> None:
        """Take a block.

        Args:
            reference: (height, width) class values, 0 = unlabelled; with a margin, which is 0 beyond the raster.
            codes: the same of the map, 0 = no data.
            strata: stratum of each pixel inside of the margin, 0 = none.
        """
        counted = (reference > 0) & (codes > 0)
        margin = margin_px(self._tolerances_px)
        inner = (slice(margin, counted.shape[0] - margin), slice(margin, counted.shape[1] - margin))
        if not counted[inner].any():
            return
        true, mapped = (np.where(counted, plane, np.uint8(0)) for plane in (reference, codes))
        self.confusion += count_confusion(true[inner], mapped[inner], self._classes)
        self.boundary += count_boundaries(true, mapped, self._classes, self._tolerances_px)
        self.label_edge_px += count_label_edge(true, margin)
        if strata is not None:
            self._add_strata(true[inner], mapped[inner], strata)

    def stratum_counts(self) -> StratumCounts:
        """The sample in each stratum."""
        if not self._strata.shape[1]:
            return StratumCounts.of_map_classes(self.confusion)
        return StratumCounts(*self._strata)

    def _add_strata(self, true: Codes, mapped: Codes, strata: Codes) -> None:
        shape = self._strata.shape[1:]
        for plane, part in zip((true, mapped, np.where(true == mapped, true, np.uint8(0))), self._strata):
            seen = (plane > 0) & (strata > 0)
            pairs = (strata[seen].astype(np.int64) - 1) * self._classes + plane[seen] - 1
            part += np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)
