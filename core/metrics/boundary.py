"""How well the boundaries of a map lie on those of a reference.

Boundary IoU (Cheng, Girshick, Dollár, Berg and Kirillov, CVPR 2021): the IoU of the strips inside each class's regions
along their border. The edge of the raster and of what is labelled counts as border, as in the authors' program.

Boundary F1 (Csurka, Larlus and Perronnin, BMVC 2013): the contour of a class are its pixels next to another class;
precision is the share of the map's contour with a contour pixel of the same class in the reference within the
tolerance, recall the share of the reference's contour likewise. The edge of what is labelled is no contour.

Distances are chessboard distances: a tolerance of 3 px is a square of 7 x 7 px. That makes every figure exact on blocks
with a margin, and all classes are found at once: a pixel is farther than d from its region's border if the smallest and
the largest class value in its square are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .confusion import Figures, ratio

Codes = NDArray[np.uint8]
Counts = NDArray[np.int64]

_CLASSES_AT_ONCE = 8  # one bit each in a byte
_HIGHEST = np.uint8(255)


@dataclass(frozen=True)
class BoundaryCounts:
    """What the figures along boundaries are made of; the counts of several places are added with `+`.

    Attributes:
        strips: (tolerances, 2, classes) pixels: intersection and union of the strips.
        matched: (tolerances, 2, classes) pixels: of the map's contour near the reference's, and the other way round.
        contours: (2, classes) pixels: the map's contour and the reference's.
    """

    strips: Counts
    matched: Counts
    contours: Counts

    def __add__(self, other: BoundaryCounts) -> BoundaryCounts:
        """The two places taken together."""
        return BoundaryCounts(
            self.strips + other.strips, self.matched + other.matched, self.contours + other.contours
        )

    @property
    def iou(self) -> Figures:
        """Boundary IoU (tolerances, classes); nan where there is no boundary."""
        return ratio(self.strips[:, 0], self.strips[:, 1])

    @property
    def f1(self) -> Figures:
        """Boundary F1 (tolerances, classes): 0 where only one of the two has a contour, nan where none has."""
        precision, recall = (ratio(self.matched[:, side], self.contours[side]) for side in (0, 1))
        both = ratio(2 * precision * recall, precision + recall)
        without_match = (self.matched.sum(axis=1) == 0) & (self.contours.sum(axis=0) > 0)
        return np.where(without_match, 0.0, both)

    def of_classes(self, indices: Sequence[int]) -> BoundaryCounts:
        """The same for some of the classes."""
        return BoundaryCounts(
            self.strips[..., indices], self.matched[..., indices], self.contours[..., indices]
        )


def no_boundaries(classes: int, tolerances: int) -> BoundaryCounts:
    """The counts of nothing."""
    return BoundaryCounts(
        np.zeros((tolerances, 2, classes), np.int64),
        np.zeros((tolerances, 2, classes), np.int64),
        np.zeros((2, classes), np.int64),
    )


def margin_px(tolerances_px: Sequence[int]) -> int:
    """How far beyond a block `count_boundaries` has to see, px."""
    return max(tolerances_px) + 1


def count_boundaries(
    reference: Codes, codes: Codes, classes: int, tolerances_px: Sequence[int]
) -> BoundaryCounts:
    """Compare the boundaries of a block.

    Args:
        reference: (height, width) class values 1 ... `classes`; 0 = not counted, in both arrays alike. The outermost
            `margin_px(tolerances_px)` pixels are only looked at; beyond the raster they are 0.
        codes: the same of the map.
        classes: number of classes, at most 254.
        tolerances_px: each at least 1.
    """
    margin = margin_px(tolerances_px)
    strips = [
        count_strips(_inside(reference, margin - d), _inside(codes, margin - d), classes, d)
        for d in tolerances_px
    ]
    contours = [_contour(codes), _contour(reference)]
    inner = [_inside(contour, margin - 1) for contour in contours]
    matched = np.zeros((len(tolerances_px), 2, classes), dtype=np.int64)
    for first in range(1, classes + 1, _CLASSES_AT_ONCE):
        bits = [_class_bits(contour, first) for contour in contours]
        for number, d in enumerate(tolerances_px):
            near = [_box(np.bitwise_or, _inside(plane, margin - 1 - d), d) for plane in bits]
            for side in (0, 1):
                hit = (near[1 - side] & _inside(bits[side], margin - 1)) != 0
                matched[number, side] += _class_counts(inner[side][hit], classes)
    return BoundaryCounts(
        np.stack(strips), matched, np.stack([_class_counts(contour, classes) for contour in inner])
    )


def count_strips(reference: Codes, codes: Codes, classes: int, distance_px: int) -> Counts:
    """Intersection and union of the strips inside each class within a distance of its border.

    Args:
        reference: (height, width) as for `count_boundaries`, with `distance_px` pixels that are only looked at.
        codes: the same of the map.
        classes: number of classes.
        distance_px: width of the strips.

    Returns:
        (2, classes) pixels.
    """
    true, mapped = (_strip(plane, distance_px) for plane in (reference, codes))
    both = _class_counts(true[true == mapped], classes)
    return np.stack([both, _class_counts(true, classes) + _class_counts(mapped, classes) - both])


def count_label_edge(reference: Codes, border: int) -> int:
    """How many labelled pixels touch what is not labelled, or the raster's edge.

    Args:
        reference: (height, width), 0 = not counted.
        border: pixels at each side that are only looked at; at least 1.
    """
    touches = _box(np.minimum, _inside(reference, border - 1), 1) == 0
    return int(np.count_nonzero(touches & (_inside(reference, border) > 0)))


def _strip(codes: Codes, distance_px: int) -> Codes:
    """The classes of the pixels within a distance of their region's border, 0 elsewhere; smaller by the distance."""
    is_near = _box(np.maximum, codes, distance_px) != _box(np.minimum, codes, distance_px)
    return np.where(is_near, _inside(codes, distance_px), np.uint8(0))


def _contour(codes: Codes) -> Codes:
    """The classes of the pixels next to another class, corners included, 0 elsewhere; smaller by 1 px on each side."""
    largest = _box(np.maximum, codes, 1)
    smallest = _box(np.minimum, np.where(codes == 0, _HIGHEST, codes), 1)
    centre = _inside(codes, 1)
    return np.where((centre > 0) & (largest != smallest), centre, np.uint8(0))


def _class_bits(codes: Codes, first: int) -> Codes:
    """One bit for each of the classes from `first` on."""
    bits = np.zeros(256, dtype=np.uint8)
    stop = min(first + _CLASSES_AT_ONCE, 256)
    bits[first:stop] = 1 << np.arange(stop - first)
    return bits[codes]


def _box(combine: Callable[[Codes, Codes], Codes], values: Codes, radius: int) -> Codes:
    """Combine each pixel with its neighbours within a radius; smaller by the radius on each side."""
    side = 2 * radius + 1
    for axis in (0, 1):
        width = 1  # each value stands for so many pixels
        while width < side:
            step = min(width, side - width)
            if axis == 0:
                values = combine(values[:-step], values[step:])
            else:
                values = combine(values[:, :-step], values[:, step:])
            width += step
    return values


def _inside(values: Codes, border: int) -> Codes:
    """Without so many pixels on each side."""
    height, width = values.shape
    return values[border : height - border, border : width - border]


def _class_counts(codes: Codes, classes: int) -> Counts:
    return np.bincount(codes[codes > 0], minlength=classes + 1)[1:].astype(np.int64)
