"""Maps against a reference, block by block: rasters of any size, and the same figures for any size of block."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from ..class_maps.class_matching import ClassMatch, MapLabels, match_classes
from ..class_maps.class_raster import ClassRaster
from ..class_maps.class_value_counts import ClassValueCounts, count_class_values, map_labels, reference_labels
from ..errors import Cancelled, LabelError
from ..metrics.area_estimation import estimate_areas
from ..metrics.confusion import Confusion
from ..output.writers import MapWriter
from ..progress import Progress
from ..raster.grid import Grid
from ..translation import tr
from .blocks import BlockCounts
from .difference import Change
from .reference import PolygonReference, RasterReference, Reference
from .result import Assessment, MapFigures, Tally
from .task import AssessmentTask


def assess_maps(task: AssessmentTask, writer: MapWriter | None, progress: Progress) -> Assessment:
    """Compare maps with a reference.

    Args:
        task: what to compare.
        writer: for the difference between the first and the last map (between the reference and a single one), on the
            first map's grid, with `DIFFERENCE_CLASSES`; not entered yet. None for no such raster.
        progress: told what is done.

    Raises:
        RasterError: a raster or polygon cannot be read, or holds no classes.
        LabelError: the classes do not match, or a map and the reference do not overlap.
        Cancelled: the user stopped the run; nothing was written.
    """
    step = _Steps(task, progress)
    counts = [_count(task, one, one.grid, step) for one in task.maps]
    for one, count in zip(task.maps, counts):
        if not count:
            raise LabelError(_no_class(task, one))
    reference, warnings = _reference(task, step)
    labels = [map_labels(one, count, reference.labels, task.table) for one, count in zip(task.maps, counts)]
    match = match_classes(
        reference.labels, [MapLabels(one.name, own) for one, own in zip(task.maps, labels)], task.table
    )
    strata: ClassValueCounts = {}
    if task.strata is not None:
        grid = task.strata.grid
        in_strata = count_class_values(task.strata, grid, None, task.blocks(grid), step)
        own = map_labels(task.strata, in_strata, reference.labels, task.table)
        strata = {label.code: in_strata[label.code] for label in own if label.code is not None}
        if not strata:
            raise LabelError(
                tr(
                    "The strata {strata} have no pixel with a value; choose a raster of classes.",
                    strata=task.strata.name,
                )
            )
    blocks = BlockCounts(task, reference, match, tuple(strata))
    with ExitStack() as files:
        if writer is not None:
            files.enter_context(writer)
            # every run begins anew, because its figures need all blocks
            files.push(lambda kind, *_: writer.discard() if kind is not None else None)
            writer.begin({"assessment": uuid.uuid4().hex}, task.blocks(task.maps[0].grid))
        for members in task.groups():
            blocks.add_group(members, writer, step)
        _check_overlap(task, reference, blocks)
    mapped_px = [_mapped_px(match, index, count) for index, count in enumerate(counts)]
    return _result(task, match, blocks, mapped_px, strata, (*warnings, *match.warnings))


class _Steps:
    """Counts the blocks that are done, and stops when told to."""

    def __init__(self, task: AssessmentTask, progress: Progress) -> None:
        grids = [task.maps[members[0]].grid for members in task.groups()]
        read = [*(one.grid for one in task.maps), *grids]
        read += grids if isinstance(task.reference, ClassRaster) else []
        read += [task.strata.grid] if task.strata is not None else []
        self._total = sum(len(task.blocks(grid)) for grid in read)
        self._done, self._progress = 0, progress

    def __call__(self) -> None:
        self._done += 1
        self._progress.report(self._done / self._total)
        if self._progress.is_cancelled():
            raise Cancelled(tr("The assessment was stopped; nothing was written."))


def _reference(task: AssessmentTask, step: Callable[[], None]) -> tuple[Reference, tuple[str, ...]]:
    """The reference with the classes it has in the area of the maps, and what was taken for granted."""
    if isinstance(task.reference, PolygonReference):
        return task.reference, task.reference.remarks
    counts: Counter[int] = Counter()
    for members in task.groups():
        counts.update(_count(task, task.reference, task.maps[members[0]].grid, step))
    labels, warnings = reference_labels(task.reference, counts, task.unlabelled, task.zero_is_a_class)
    if not labels:
        raise LabelError(_no_labels(task, task.maps[0]))
    return RasterReference(task.reference, labels), warnings


def _count(
    task: AssessmentTask, raster: ClassRaster, grid: Grid, step: Callable[[], None]
) -> ClassValueCounts:
    """Pixels of each value in the area, on a grid."""
    area = task.area.mask(grid) if task.area else None
    return count_class_values(raster, grid, area, task.blocks(grid), step)


def _no_labels(task: AssessmentTask, one: ClassRaster) -> str:
    reference = task.reference.name
    if task.area is None:
        return tr(
            "The reference {reference} has no labelled pixel where the map {map} lies; choose a reference there, or "
            "check the coordinate systems of both.",
            reference=reference,
            map=one.name,
        )
    return tr(
        "The reference {reference} has no labelled pixel where the map {map} lies in the area {area}; choose a "
        "reference there, or check the coordinate systems of both.",
        reference=reference,
        map=one.name,
        area=task.area.name,
    )


def _no_class(task: AssessmentTask, one: ClassRaster) -> str:
    if task.area is None:
        return tr("The map {map} has no pixel with a class; choose another map.", map=one.name)
    return tr(
        "The map {map} has no pixel with a class in the area {area}; choose an area that it covers.",
        map=one.name,
        area=task.area.name,
    )


def _no_common_pixel(task: AssessmentTask, one: ClassRaster, reference: Reference) -> str:
    if task.area is None:
        return tr(
            "The map {map} has no data wherever the reference {reference} has labels; choose a reference in the area "
            "of the map.",
            map=one.name,
            reference=reference.name,
        )
    return tr(
        "The map {map} has no data wherever the reference {reference} has labels in the area {area}; choose an area "
        "that all of them cover.",
        map=one.name,
        reference=reference.name,
        area=task.area.name,
    )


def _check_overlap(task: AssessmentTask, reference: Reference, blocks: BlockCounts) -> None:
    """Refuse maps of which nothing can be said."""
    for one, tally, labelled_px in zip(task.maps, blocks.tallies, blocks.labelled_px):
        if not labelled_px:
            raise LabelError(_no_labels(task, one))
        if not tally.confusion.any():
            raise LabelError(_no_common_pixel(task, one, reference))


def _mapped_px(match: ClassMatch, index: int, counts: ClassValueCounts) -> NDArray[np.int64]:
    """Pixels of each class (classes,) in a map."""
    pixels = np.zeros(len(match.names) + 1, np.int64)
    for code, count in counts.items():
        pixels[match.maps[index].get(code, 0)] += count
    return pixels[1:]


def _result(
    task: AssessmentTask,
    match: ClassMatch,
    blocks: BlockCounts,
    mapped_px: Sequence[NDArray[np.int64]],
    strata: ClassValueCounts,
    warnings: tuple[str, ...],
) -> Assessment:
    """All figures, of the classes that occur."""
    occurs = sum(mapped_px) + sum(t.confusion.sum(axis=0) + t.confusion.sum(axis=1) for t in blocks.tallies)
    kept = np.flatnonzero(occurs).tolist()
    return Assessment(
        classes=tuple(match.names[k] for k in kept),
        reference=task.reference.name,
        area=task.area.name if task.area else "",
        strata=task.strata.name if task.strata else "",
        tolerances_px=task.tolerances_px,
        maps=tuple(
            _figures(task, one, tally, pixels, strata, kept)
            for one, tally, pixels in zip(task.maps, blocks.tallies, mapped_px)
        ),
        changes=tuple(Change(*(int(n) for n in row[1:])) for row in blocks.changes[1:]),
        are_iterations=len(task.maps) > 1 and len({one.path for one in task.maps}) == 1,
        warnings=(*warnings, *_remarks(task, blocks)),
        overview=blocks.overview.picture(),
    )


def _figures(
    task: AssessmentTask,
    one: ClassRaster,
    tally: Tally,
    mapped_px: NDArray[np.int64],
    strata: ClassValueCounts,
    kept: list[int],
) -> MapFigures:
    side_m = one.grid.pixel_size_m
    stratum_px = mapped_px.astype(np.float64)
    if task.strata is not None:
        own_side_m = task.strata.grid.pixel_size_m
        scale = (own_side_m / side_m) ** 2 if own_side_m and side_m else 1.0
        stratum_px = scale * np.array(list(strata.values()), np.float64)
    return MapFigures(
        name=one.name,
        path=one.path,
        band=one.band,
        confusion=Confusion(tally.confusion[np.ix_(kept, kept)]),
        boundary=tally.boundary.of_classes(kept),
        mapped_px=mapped_px[kept],
        pixel_area_m2=None if side_m is None else side_m**2,
        areas=estimate_areas(tally.stratum_counts(), stratum_px).of_classes(kept),
    )


def _remarks(task: AssessmentTask, blocks: BlockCounts) -> list[str]:
    remarks = []
    if blocks.contradictory_px:
        remarks.append(
            f"{blocks.contradictory_px} pixels lie in polygons of two classes of the reference {task.reference.name} "
            "and do not count."
        )
    if blocks.tallies[0].label_edge_px > blocks.tallies[0].boundary.contours[1].sum():
        remarks.append(
            "Most of the border of the reference's regions is the edge of what is labelled, which boundary IoU takes "
            "for a boundary in reference and map alike: it is too good here. Boundary F1 leaves it out."
        )
    return remarks
