"""Which class values occur in class rasters, and which of them say nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LabelError, RasterError
from ..raster.class_value import class_key
from ..raster.grid import Grid
from ..raster.ground_area import Areas, PixelAreas
from ..raster.polygon_mask import PolygonMask
from ..raster.tiling import Window
from ..translation import tr
from .class_matching import MOST_CLASSES, Label
from .class_raster import ClassRaster, ClassValueReader


class ClassValueCounts:
    """How often each class value occurs.

    Attributes:
        pixels: of each value.
        sizes: their area together, m²; their number where it is not known how large they are.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pixels: dict[int, int] = {}
        self.sizes: dict[int, float] = {}

    def add(self, name: str, codes: NDArray[Any], valid: NDArray[np.bool_], sizes: Areas) -> None:
        """Count the pixels of a window.

        Args:
            name: of the raster, for the sentence.
            codes: (height, width).
            valid: where there are any.
            sizes: of each pixel (height, width).

        Raises:
            RasterError: there are more different values than a raster of classes has.
        """
        present = codes[valid]
        if codes.dtype == np.uint8:
            found, place = np.arange(256), present
        else:
            found, place = np.unique(present, return_inverse=True)
        pixels = np.bincount(place, minlength=len(found))
        together = np.bincount(place, sizes[valid], len(found))
        for index in np.flatnonzero(pixels).tolist():
            code = int(found[index])
            self.pixels[code] = self.pixels.get(code, 0) + int(pixels[index])
            self.sizes[code] = self.sizes.get(code, 0.0) + float(together[index])
        if len(self.pixels) > MOST_CLASSES + 1:  # beside the classes, one that is unlabelled
            raise RasterError(
                tr(
                    "{name} has {count} different values or more, and at most {most} classes are allowed; choose a "
                    "raster of classes, not of measurements.",
                    name=name,
                    count=len(self.pixels),
                    most=MOST_CLASSES,
                )
            )


def sizes_in(window: Window, areas: PixelAreas | None) -> Areas:
    """Area of each pixel of a window (height, width), m²; 1 where it is not known how large they are."""
    shape = window.height, window.width
    return np.broadcast_to(1.0, shape) if areas is None else areas.of(window)


def count_class_values(
    raster: ClassRaster,
    grid: Grid,
    area: PolygonMask | None,
    windows: Sequence[Window],
    pixel_areas: PixelAreas | None,
    step: Callable[[], None],
) -> ClassValueCounts:
    """How many pixels of a grid have each value.

    Args:
        raster: what to count in.
        grid: its own, or that of another raster.
        area: where to look, in the grid's coordinates; None for everywhere.
        windows: cover the grid once.
        pixel_areas: of the grid; None where it is not known how large they are.
        step: called after each window.

    Raises:
        RasterError: the raster cannot be read, or its values are no classes.
    """
    counts = ClassValueCounts()
    with ClassValueReader(raster, grid, area) as reader:
        for window in windows:
            if reader.may_have_values(window):
                counts.add(raster.name, *reader.read(window), sizes_in(window, pixel_areas))
            step()
    return counts


def reference_labels(
    raster: ClassRaster, pixels: Mapping[int, int], unlabelled: int | None, zero_is_a_class: bool = False
) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """The classes of a reference raster.

    Args:
        raster: the reference.
        pixels: its pixels of each value in the area of the maps.
        unlabelled: the value of unlabelled pixels beside the raster's own nodata value; None for 0 where it has none.
        zero_is_a_class: whether 0 is a class all the same.

    Returns:
        The classes, and sentences about what was taken for granted.

    Raises:
        LabelError: it cannot be told whether 0 is a class, or it is said to be one and to be unlabelled.
    """
    codes = sorted(pixels)
    if zero_is_a_class and unlabelled == 0:
        raise LabelError(
            tr(
                "The unlabelled value of the reference is given as 0, and 0 is said to be a class; choose one of "
                "both."
            )
        )
    if unlabelled is not None:
        return tuple(raster.label(code) for code in codes if code != unlabelled), ()
    if raster.knows_nodata or zero_is_a_class or 0 not in codes:
        return tuple(map(raster.label, codes)), ()
    labels = tuple(raster.label(code) for code in codes if code != 0)
    if len(labels) == 1:
        raise LabelError(
            tr(
                "The reference {reference} has the class values 0 and {code} and no nodata value, so that 0 may be "
                "unlabelled or a class of its own. Set the unlabelled value to 0 if it is unlabelled, or say that 0 "
                "is a class.",
                reference=raster.name,
                code=labels[0].code,
            )
        )
    warning = (
        f"The pixels of 0 in the reference {raster.name} ({pixels[0]}) are taken for unlabelled, because it has no "
        "nodata value; say so if 0 is a class."
    )
    return labels, (warning,)


def map_labels(
    raster: ClassRaster, codes: Collection[int], reference: Sequence[Label], table: Mapping[int, str]
) -> tuple[Label, ...]:
    """The classes of a map: its values, without 0 where neither it nor anything else says that 0 is a class.

    Args:
        raster: the map.
        codes: those that occur.
        reference: the classes of the reference.
        table: the class table.
    """
    name = class_key(raster.names.get(0, ""))
    is_class = (
        raster.knows_nodata
        or 0 in table
        or any(label.code == 0 or (name and class_key(label.name) == name) for label in reference)
    )
    return tuple(raster.label(code) for code in sorted(codes) if code != 0 or is_class)
