"""The result of an assessment: every figure of every map, and what makes it up."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..metrics.area_estimation import AreaEstimates
from ..metrics.boundary import BoundaryCounts
from ..metrics.confusion import Confusion, mean, ratio
from .difference import Change

_HEADLINE_PX = 3  # the strip of the figures in training and in the README


@dataclass(frozen=True)
class MapFigures:
    """One map against the reference.

    Attributes:
        name: of the map.
        path: what GDAL opens.
        band: its number, from 1.
        confusion: classes of the reference by classes of the map, and its pixels without one.
        boundary: what the figures along boundaries are made of.
        mapped_px: (classes,) pixels of the map, in the area where there is one, whether they have a reference or not.
        mapped_size: (classes,) the same as areas, m²; as pixels where the raster has no place on the Earth.
        pixel_area_m2: area of the pixel in the middle on the ground; None for a raster without a place on the Earth.
        areas: what the reference says about all of the strata, likewise in m² or pixels.
        contradictory_px: pixels in polygons of two classes, which are not labelled.
        without_stratum_px: labelled pixels where the strata have no value.
        polygons_beside: how many polygons of the reference lie wholly beside the map; None for a reference raster.
        polygons_partly_beside: how many of them reach beyond the map; None for a reference raster.
        reference_beside_share: share of a reference raster's extent beside the map; None where it is not known.
    """

    name: str
    path: str
    band: int
    confusion: Confusion
    boundary: BoundaryCounts
    mapped_px: NDArray[np.int64]
    mapped_size: NDArray[np.float64]
    pixel_area_m2: float | None
    areas: AreaEstimates
    contradictory_px: int = 0
    without_stratum_px: int = 0
    polygons_beside: int | None = None
    polygons_partly_beside: int | None = None
    reference_beside_share: float | None = None

    @property
    def contradictory_share(self) -> float:
        """Share of the reference's pixels that lie in polygons of two classes."""
        return float(ratio(self.contradictory_px, self.contradictory_px + self.confusion.pixels))

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
        matching: sentences about how classes of the maps were matched with the reference's, likewise.
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
    matching: tuple[str, ...] = ()

    @property
    def headline(self) -> int:
        """Which of the tolerances stands for all where there is room for one: the nearest to 3 px."""
        nearest = min(self.tolerances_px, key=lambda px: (abs(px - _HEADLINE_PX), px))
        return self.tolerances_px.index(nearest)
