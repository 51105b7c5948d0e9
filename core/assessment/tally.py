"""The counts of one map of an assessment."""

from __future__ import annotations

import numpy as np

from ..metrics.area_estimation import StratumSample
from ..metrics.boundary import Codes, count_boundaries, count_label_edge, margin_px, no_boundaries
from ..metrics.confusion import count_confusion
from ..raster.ground_area import Areas


class Tally:
    """The counts of one map, raised block by block.

    Every labelled pixel counts; where the map has no class, it is missed.

    Attributes:
        confusion: (classes, classes + 1) pixels; rows are the reference, columns the map, the last one where it has no
            class.
        sizes: the same as areas, m² or pixels.
        boundary: what the figures along boundaries are made of.
        label_edge_px: labelled pixels at the edge of what is labelled.
        contradictory_px: pixels in polygons of two classes.
        without_stratum_px: labelled pixels where the strata have no value.
    """

    def __init__(self, classes: int, tolerances_px: tuple[int, ...], strata: int) -> None:
        """Begin with nothing.

        Args:
            classes: their number.
            tolerances_px: of the figures along boundaries.
            strata: number of strata, 0 where the classes of the map are the strata.
        """
        self._classes, self._tolerances_px = classes, tolerances_px
        self.confusion = np.zeros((classes, classes + 1), np.int64)
        self.sizes = np.zeros((classes, classes + 1), np.float64)
        self.boundary = no_boundaries(classes, len(tolerances_px))
        self.label_edge_px = self.contradictory_px = self.without_stratum_px = 0
        self._stratum_px = np.zeros(strata, np.int64)
        self._stratum_sizes = np.zeros((3, strata, classes), np.float64)

    def add(self, reference: Codes, codes: Codes, strata: Codes | None, sizes: Areas) -> None:
        """Take a block.

        Args:
            reference: (height, width) class values, 0 = unlabelled; with a margin, which is 0 beyond the raster.
            codes: the same of the map, 0 = no data.
            strata: stratum of each pixel inside of the margin, 0 = none.
            sizes: of each pixel inside of the margin.
        """
        margin = margin_px(self._tolerances_px)
        inner = (slice(margin, reference.shape[0] - margin), slice(margin, reference.shape[1] - margin))
        true, mapped = reference[inner], np.where(reference > 0, codes, np.uint8(0))
        if not true.any():
            return
        self.confusion += count_confusion(true, mapped[inner], self._classes)
        self.sizes += count_confusion(true, mapped[inner], self._classes, sizes)
        self.boundary += count_boundaries(reference, mapped, self._classes, self._tolerances_px)
        self.label_edge_px += count_label_edge(reference, margin)
        if strata is not None:
            self._add_strata(true, mapped[inner], strata, sizes)

    def stratum_sample(self) -> StratumSample:
        """The sample in each stratum; what is not mapped is in none of the map's classes."""
        if not len(self._stratum_px):
            return StratumSample.of_map_classes(self.confusion[:, :-1], self.sizes[:, :-1])
        return StratumSample(self._stratum_px, *self._stratum_sizes)

    def _add_strata(self, true: Codes, mapped: Codes, strata: Codes, sizes: Areas) -> None:
        shape = self._stratum_sizes.shape[1:]
        sampled = (true > 0) & (strata > 0)
        self.without_stratum_px += int(np.count_nonzero((true > 0) & (strata == 0)))
        self._stratum_px += np.bincount(strata[sampled], minlength=shape[0] + 1)[1:]
        for plane, part in zip(
            (true, mapped, np.where(true == mapped, true, np.uint8(0))), self._stratum_sizes
        ):
            seen = sampled & (plane > 0)
            pairs = (strata[seen].astype(np.int64) - 1) * self._classes + plane[seen] - 1
            part += np.bincount(pairs, sizes[seen], minlength=shape[0] * shape[1]).reshape(shape)
