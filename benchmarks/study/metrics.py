"""What a map is measured by: counts that add up over chips, kept as JSON, and the figures they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.assessment.difference import BOTH_RIGHT, BOTH_WRONG, DAMAGED, REPAIRED, Change, difference
from ...core.metrics.boundary import BoundaryCounts, count_boundaries, margin_px
from ...core.metrics.confusion import Confusion, count_confusion, mean

TOLERANCES_PX = (1, 2, 3, 5)
STRIP_PX = 3
"""Width of the strip of the boundary IoU, of the relaxed precision and recall, and of the band that is left out."""

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Measured:
    """Counts of one map on a part; those of several chips are added with `+`.

    Attributes:
        confusion: (classes, classes) pixels; rows are the reference.
        inner: the same without the pixels within `STRIP_PX` of a border of the reference.
        boundaries: for `TOLERANCES_PX`.
        change: (4,) pixels: both right, repaired, damaged, both wrong, against the classifier's map.
        relaxed: (4, classes) pixels: of the map within `STRIP_PX` of the class in the reference, of the map, of the
            reference within `STRIP_PX` of the class in the map, of the reference.
    """

    confusion: NDArray[np.int64]
    inner: NDArray[np.int64]
    boundaries: BoundaryCounts
    change: NDArray[np.int64]
    relaxed: NDArray[np.int64]

    def __add__(self, other: Measured) -> Measured:
        """The two places taken together."""
        return Measured(
            self.confusion + other.confusion,
            self.inner + other.inner,
            self.boundaries + other.boundaries,
            self.change + other.change,
            self.relaxed + other.relaxed,
        )

    @property
    def overall(self) -> float:
        """Share of right pixels."""
        return Confusion(self.confusion).overall

    @property
    def iou(self) -> NDArray[np.float64]:
        """Intersection over union of each class."""
        return np.asarray(Confusion(self.confusion).iou)

    @property
    def mean_iou(self) -> float:
        """Mean over the classes that occur."""
        return Confusion(self.confusion).mean_iou

    @property
    def inner_mean_iou(self) -> float:
        """Mean IoU away from the borders of the reference."""
        return Confusion(self.inner).mean_iou

    @property
    def boundary_iou(self) -> float:
        """Mean boundary IoU with strips of `STRIP_PX`."""
        return mean(self.boundaries.iou[TOLERANCES_PX.index(STRIP_PX)])

    @property
    def boundary_f1(self) -> list[float]:
        """Mean boundary F1 for each of `TOLERANCES_PX`."""
        return [mean(row) for row in self.boundaries.f1]

    @property
    def changed(self) -> Change:
        """What became of the classifier's right and wrong pixels."""
        return Change(*map(int, self.change))

    def relaxed_precision_and_recall(self, index: int) -> tuple[float, float]:
        """Of a class, within `STRIP_PX`."""
        near_map, in_map, near_reference, in_reference = (int(count) for count in self.relaxed[:, index])
        return near_map / max(in_map, 1), near_reference / max(in_reference, 1)

    def to_record(self) -> dict[str, Any]:
        """The counts as JSON values."""
        return {
            "confusion": self.confusion.tolist(),
            "inner": self.inner.tolist(),
            "strips": self.boundaries.strips.tolist(),
            "matched": self.boundaries.matched.tolist(),
            "contours": self.boundaries.contours.tolist(),
            "change": self.change.tolist(),
            "relaxed": self.relaxed.tolist(),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Measured:
        """The counts that `to_record` wrote."""
        counts = {name: np.array(values, np.int64) for name, values in record.items()}
        boundaries = BoundaryCounts(counts["strips"], counts["matched"], counts["contours"])
        return cls(counts["confusion"], counts["inner"], boundaries, counts["change"], counts["relaxed"])


def measure(reference: Codes, before: Codes, codes: Codes, classes: int) -> Measured:
    """Compare a map of a chip with its reference.

    Args:
        reference: (height, width) class values, 0 = unlabelled.
        before: the classifier's map.
        codes: the map.
        classes: number of classes.
    """
    known = reference > 0
    codes = np.where(known, codes, np.uint8(0))
    halo = margin_px(TOLERANCES_PX)
    padded = np.pad(reference, halo), np.pad(codes, halo)
    kinds = difference(reference, before, codes)
    change = [np.count_nonzero(kinds == kind) for kind in (BOTH_RIGHT, REPAIRED, DAMAGED, BOTH_WRONG)]
    inner = np.where(_near_border(reference), np.uint8(0), reference)
    return Measured(
        count_confusion(reference, codes, classes)[:, :classes],
        count_confusion(inner, codes, classes)[:, :classes],
        count_boundaries(*padded, classes, TOLERANCES_PX),
        np.array(change, np.int64),
        _relaxed(reference, codes, classes),
    )


def _near_border(codes: Codes) -> NDArray[np.bool_]:
    from scipy.ndimage import maximum_filter, minimum_filter

    side = 2 * STRIP_PX + 1
    near: NDArray[np.bool_] = maximum_filter(codes, side) != minimum_filter(codes, side)
    return near


def _relaxed(reference: Codes, codes: Codes, classes: int) -> NDArray[np.int64]:
    """Mnih and Hinton, ECCV 2010: a pixel counts as right if its class is near enough in the other map."""
    from scipy.ndimage import distance_transform_edt

    counts = np.zeros((4, classes), np.int64)
    for index in range(classes):
        true, found = reference == index + 1, codes == index + 1
        counts[1, index], counts[3, index] = np.count_nonzero(found), np.count_nonzero(true)
        if true.any() and found.any():
            counts[0, index] = np.count_nonzero(distance_transform_edt(~true)[found] <= STRIP_PX)
            counts[2, index] = np.count_nonzero(distance_transform_edt(~found)[true] <= STRIP_PX)
    return counts
