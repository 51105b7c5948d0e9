"""How well a map agrees with a reference: confusion matrix, IoU, and IoU along the boundaries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Accuracy:
    """Agreement of maps with their references; the records of several places are added with `+`.

    Pixels without reference (code 0) or without map (code 0) do not count.

    Attributes:
        confusion: (classes, classes) pixel counts, int64; rows are the reference, columns the map.
        boundary: (2, classes) pixel counts, int64: intersection and union of the boundary strips.
    """

    confusion: NDArray[np.int64]
    boundary: NDArray[np.int64]

    def __add__(self, other: Accuracy) -> Accuracy:
        """The two places taken together."""
        return Accuracy(self.confusion + other.confusion, self.boundary + other.boundary)

    @property
    def overall(self) -> float:
        """Share of right pixels; nan without any."""
        return _ratio(np.trace(self.confusion), self.confusion.sum())

    @property
    def iou(self) -> list[float]:
        """Intersection over union per class; nan for a class that neither map nor reference has."""
        right = np.diag(self.confusion)
        union = self.confusion.sum(0) + self.confusion.sum(1) - right
        return [_ratio(r, u) for r, u in zip(right, union)]

    @property
    def mean_iou(self) -> float:
        """Mean of `iou` over the classes that occur."""
        return float(np.nanmean(self.iou)) if self.confusion.any() else float("nan")

    @property
    def boundary_iou(self) -> list[float]:
        """Boundary IoU per class (Cheng et al., CVPR 2021); nan where there is no boundary."""
        return [_ratio(i, u) for i, u in zip(self.boundary[0], self.boundary[1])]

    @property
    def mean_boundary_iou(self) -> float:
        """Mean of `boundary_iou` over the classes that occur."""
        return float(np.nanmean(self.boundary_iou)) if self.boundary[1].any() else float("nan")


def assess(reference: Codes, codes: Codes, classes: int, distance_px: int = 3) -> Accuracy:
    """Compare a map with a reference.

    Args:
        reference: (height, width) class codes, 0 = unlabelled.
        codes: (height, width) class codes of the map, 0 = no data.
        classes: number of classes; codes above it must not occur.
        distance_px: width of the boundary strip inside each class, px.

    Raises:
        ValueError: the shapes differ or a code is above `classes`.
    """
    if reference.shape != codes.shape:
        raise ValueError(f"reference {reference.shape} and map {codes.shape} differ in shape")
    if max(reference.max(initial=0), codes.max(initial=0)) > classes:
        raise ValueError(f"a code is above the number of classes, {classes}")
    counted = (reference > 0) & (codes > 0)
    pairs = (reference[counted].astype(np.int64) - 1) * classes + codes[counted] - 1
    confusion = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    boundary = np.zeros((2, classes), dtype=np.int64)
    for k in range(classes):
        true = _inner_strip((reference == k + 1) & counted, distance_px)
        mapped = _inner_strip((codes == k + 1) & counted, distance_px)
        boundary[:, k] = np.count_nonzero(true & mapped), np.count_nonzero(true | mapped)
    return Accuracy(confusion, boundary)


def _inner_strip(region: NDArray[np.bool_], distance_px: int) -> NDArray[np.bool_]:
    """The pixels of a region within `distance_px` (chessboard distance) of its border; the array's edge is border."""
    eroded = region
    for axis in (0, 1):
        side = 2 * distance_px + 1
        padding = [(0, 0), (0, 0)]
        padding[axis] = (distance_px + 1, distance_px)
        sums = np.cumsum(np.pad(eroded, padding), axis=axis, dtype=np.int32)
        ahead = np.take(sums, range(side, sums.shape[axis]), axis=axis)
        behind = np.take(sums, range(0, sums.shape[axis] - side), axis=axis)
        eroded = ahead - behind == side
    return region & ~eroded


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")
