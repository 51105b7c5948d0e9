"""How well a map agrees with a reference: confusion matrix, IoU, and IoU along the boundaries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .boundary import Codes, count_strips
from .confusion import Confusion, count_confusion, mean, ratio


@dataclass(frozen=True)
class Accuracy:
    """Agreement of maps with their references; the records of several places are added with `+`.

    Pixels without reference (value 0) or without map (value 0) do not count.

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
        return Confusion(self.confusion).overall

    @property
    def iou(self) -> list[float]:
        """Intersection over union per class; nan for a class that neither map nor reference has."""
        return list(map(float, Confusion(self.confusion).iou))

    @property
    def mean_iou(self) -> float:
        """Mean of `iou` over the classes that occur."""
        return Confusion(self.confusion).mean_iou

    @property
    def boundary_iou(self) -> list[float]:
        """Boundary IoU per class (Cheng et al., CVPR 2021); nan where there is no boundary."""
        return list(map(float, ratio(self.boundary[0], self.boundary[1])))

    @property
    def mean_boundary_iou(self) -> float:
        """Mean of `boundary_iou` over the classes that occur."""
        return mean(ratio(self.boundary[0], self.boundary[1]))


def assess(reference: Codes, codes: Codes, classes: int, distance_px: int = 3) -> Accuracy:
    """Compare a map with a reference.

    Args:
        reference: (height, width) class values, 0 = unlabelled.
        codes: (height, width) class values of the map, 0 = no data.
        classes: number of classes; values above it must not occur.
        distance_px: width of the boundary strip inside each class, px.

    Raises:
        ValueError: the shapes differ or a class value is above `classes`.
    """
    if reference.shape != codes.shape:
        raise ValueError(f"reference {reference.shape} and map {codes.shape} differ in shape")
    if max(reference.max(initial=0), codes.max(initial=0)) > classes:
        raise ValueError(f"a code is above the number of classes, {classes}")
    counted = (reference > 0) & (codes > 0)
    reference, codes = (np.where(counted, plane, np.uint8(0)) for plane in (reference, codes))
    # the array's edge is border
    boundary = count_strips(np.pad(reference, distance_px), np.pad(codes, distance_px), classes, distance_px)
    return Accuracy(count_confusion(reference, codes, classes)[:, :classes], boundary)
