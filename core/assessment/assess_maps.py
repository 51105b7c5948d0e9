"""Maps against a reference, block by block: rasters of any size, and the same figures for any size of block."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

from ..class_maps.class_matching import MapLabels, match_classes
from ..class_maps.class_raster import ClassRaster
from ..class_maps.class_value_counts import (
    ClassValueCounts,
    count_class_values,
    map_labels,
    reference_labels,
)
from ..errors import Cancelled, LabelError
from ..output.writers import MapWriter
from ..progress import Progress
from ..raster.grid import Grid
from ..raster.ground_area import pixel_areas_m2
from ..translation import tr
from .beside import beside_maps
from .blocks import BlockCounts
from .difference import Change
from .figures import figures_of_maps
from .reference import PolygonReference, RasterReference, Reference
from .remarks import remarks
from .result import Assessment
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
    task = _with_nodata_that_is_a_class(task)
    beside = beside_maps(task)
    counts = _counts_of_maps(task, step)
    reference, warnings = _reference(task, step)
    labels = [
        map_labels(one, count.pixels, reference.labels, task.table) for one, count in zip(task.maps, counts)
    ]
    match = match_classes(
        reference.labels, [MapLabels(one.name, own) for one, own in zip(task.maps, labels)], task.table
    )
    strata = _strata(task, reference, step)
    blocks = BlockCounts(task, reference, match, tuple(strata.pixels))
    with ExitStack() as files:
        if writer is not None:
            files.enter_context(writer)
            # every run begins anew, because its figures need all blocks
            files.push(lambda kind, *_: writer.discard() if kind is not None else None)
            writer.begin({"assessment": uuid.uuid4().hex}, task.blocks(task.maps[0].grid))
        for members in task.groups():
            blocks.add_group(members, writer, step)
        _check_overlap(task, reference, blocks)
    maps, kept = figures_of_maps(task, match, blocks, counts, strata, beside)
    changes = zip(blocks.changes[1:], blocks.unmapped[1:])
    assessment = Assessment(
        classes=tuple(match.names[k] for k in kept),
        reference=task.reference.name,
        area=task.area.name if task.area else "",
        strata=task.strata.name if task.strata else "",
        tolerances_px=task.tolerances_px,
        maps=maps,
        changes=tuple(Change(*(int(n) for n in (*row[1:], unmapped))) for row, unmapped in changes),
        are_iterations=len(task.maps) > 1 and len({one.path for one in task.maps}) == 1,
        matching=match.matching,
        warnings=(*warnings, *match.warnings),
        overview=blocks.overview.picture(),
    )
    own = remarks(task, reference, assessment, blocks.tallies[0].label_edge_px)
    return replace(assessment, warnings=(*assessment.warnings, *own))


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


def _with_nodata_that_is_a_class(task: AssessmentTask) -> AssessmentTask:
    """The task, where a raster's nodata value is a class if the user says so."""
    named = [code for code, name in task.table.items() if name]
    reference = task.reference
    if task.zero_is_a_class and isinstance(reference, ClassRaster):
        reference = reference.with_class([0])
    return replace(task, maps=tuple(one.with_class(named) for one in task.maps), reference=reference)


def _counts_of_maps(task: AssessmentTask, step: Callable[[], None]) -> list[ClassValueCounts]:
    """The class values of each map in the area."""
    counts = [_count(task, one, one.grid, step) for one in task.maps]
    for one, count in zip(task.maps, counts):
        if not count.pixels:
            raise LabelError(_no_class(task, one))
    return counts


def _strata(task: AssessmentTask, reference: Reference, step: Callable[[], None]) -> ClassValueCounts:
    """The strata in the area, by their value; none where the classes of the maps are the strata."""
    strata = ClassValueCounts()
    if task.strata is None:
        return strata
    grid = task.strata.grid
    like = next((m.grid for m in task.maps if m.grid.geotransform and m.grid.crs_wkt), grid)
    placed = replace(
        grid, geotransform=grid.geotransform or like.geotransform, crs_wkt=grid.crs_wkt or like.crs_wkt
    )
    if all(m.grid.geotransform is None for m in task.maps):
        placed = task.maps[0].grid  # the area is drawn on its pixels
    found = _count(task, task.strata, placed, step)
    for label in map_labels(task.strata, found.pixels, reference.labels, task.table):
        if label.code is not None:
            strata.pixels[label.code] = found.pixels[label.code]
            strata.sizes[label.code] = found.sizes[label.code]
    if not strata.pixels and task.area is not None:
        raise LabelError(
            tr(
                "The strata {strata} have no pixel with a value in the area {area}; choose strata that cover it.",
                strata=task.strata.name,
                area=task.area.name,
            )
        )
    if not strata.pixels:
        raise LabelError(
            tr(
                "The strata {strata} have no pixel with a value; choose a raster of classes.",
                strata=task.strata.name,
            )
        )
    return strata


def _reference(task: AssessmentTask, step: Callable[[], None]) -> tuple[Reference, tuple[str, ...]]:
    """The reference with the classes it has in the area of the maps, and what was taken for granted."""
    if isinstance(task.reference, PolygonReference):
        return task.reference, task.reference.remarks
    counts: Counter[int] = Counter()
    for members in task.groups():
        counts.update(_count(task, task.reference, task.maps[members[0]].grid, step).pixels)
    labels, warnings = reference_labels(task.reference, counts, task.unlabelled, task.zero_is_a_class)
    if not labels:
        raise LabelError(_no_labels(task, task.maps[0]))
    return RasterReference(task.reference, labels), warnings


def _count(
    task: AssessmentTask, raster: ClassRaster, grid: Grid, step: Callable[[], None]
) -> ClassValueCounts:
    """Pixels of each value in the area, on a grid."""
    area = task.area.mask(grid) if task.area else None
    return count_class_values(raster, grid, area, task.blocks(grid), pixel_areas_m2(grid), step)


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
    for one, tally in zip(task.maps, blocks.tallies):
        if not tally.confusion.any():
            raise LabelError(_no_labels(task, one))
        if not tally.confusion[:, :-1].any():
            raise LabelError(_no_common_pixel(task, one, reference))
        if task.strata is not None and tally.without_stratum_px == tally.confusion.sum():
            raise LabelError(
                tr(
                    "The strata {strata} have no value wherever the reference {reference} has labels on the map {map}; "
                    "choose strata of that area, or none.",
                    strata=task.strata.name,
                    reference=reference.name,
                    map=one.name,
                )
            )
