"""Which class values occur in class rasters, and which of them say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..errors import LabelError
from ..raster.grid import Grid
from ..raster.polygon_mask import PolygonMask
from ..raster.tiling import Window
from ..translation import tr
from .class_matching import Label
from .class_raster import ClassRaster, ClassValueReader, add_class_value_counts

ClassValueCounts = Mapping[int, int]


def count_class_values(
    raster: ClassRaster,
    grid: Grid,
    area: PolygonMask | None,
    windows: Sequence[Window],
    step: Callable[[], None],
) -> ClassValueCounts:
    """How many pixels of a grid have each value.

    Args:
        raster: what to count in.
        grid: its own, or that of another raster.
        area: where to look, in the grid's coordinates; None for everywhere.
        windows: cover the grid once.
        step: called after each window.

    Raises:
        RasterError: the raster cannot be read, or its values are no classes.
    """
    counts: dict[int, int] = {}
    with ClassValueReader(raster, grid, area) as reader:
        for window in windows:
            if reader.may_have_values(window):
                add_class_value_counts(counts, raster.name, *reader.read(window))
            step()
    return counts


def reference_labels(
    raster: ClassRaster, counts: ClassValueCounts, unlabelled: int | None, zero_is_a_class: bool = False
) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """The classes of a reference raster.

    Args:
        raster: the reference.
        counts: its pixels of each value in the area of the maps.
        unlabelled: the value of unlabelled pixels beside the raster's own nodata value; None for 0 where it has none.
        zero_is_a_class: whether 0 is a class all the same.

    Returns:
        The classes, and sentences about what was taken for granted.

    Raises:
        LabelError: it cannot be told whether 0 is a class, or it is said to be one and to be unlabelled.
    """
    codes = sorted(counts)
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
        f"The pixels of 0 in the reference {raster.name} ({counts[0]}) are taken for unlabelled, because it has no "
        "nodata value; say so if 0 is a class."
    )
    return labels, (warning,)


def map_labels(
    raster: ClassRaster, counts: ClassValueCounts, reference: Sequence[Label], table: Mapping[int, str]
) -> tuple[Label, ...]:
    """The classes of a map: its values, without 0 where neither it nor anything else says that 0 is a class.

    Args:
        raster: the map.
        counts: its pixels of each value.
        reference: the classes of the reference.
        table: the class table.
    """
    name = raster.names.get(0, "").casefold()
    is_class = (
        raster.knows_nodata
        or 0 in table
        or any(label.code == 0 or (name and label.name.casefold() == name) for label in reference)
    )
    return tuple(raster.label(code) for code in sorted(counts) if code != 0 or is_class)
