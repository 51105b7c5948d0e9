"""Maps against a reference, block by block: rasters of any size, and the same figures for any size of block."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..class_maps.class_matching import ClassMatch, MapLabels, match_classes
from ..class_maps.class_raster import ClassRaster
from ..class_maps.code_counts import CodeCounts, count_codes, map_labels, pixel_sizes, reference_labels
from ..errors import Cancelled, LabelError
from ..metrics.area_estimation import estimate_areas
from ..metrics.confusion import Confusion
from ..output.writers import MapWriter
from ..progress import Progress
from ..raster.grid import Grid
from ..raster.ground_area import row_areas_m2
from .blocks import BlockCounts
from .difference import Change
from .reference import PolygonReference, RasterReference, Reference
from .remarks import remarks
from .result import Assessment, MapFigures
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
    beside = _polygons_beside(task)
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
        _check_common_ground(task, reference, blocks)
    maps, kept = _figures_of_maps(task, match, blocks, counts, strata, beside)
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
            raise Cancelled("The assessment was stopped; nothing was written.")


def _with_nodata_that_is_a_class(task: AssessmentTask) -> AssessmentTask:
    """The task, where a raster's nodata value is a class if the user says so."""
    named = [code for code, name in task.table.items() if name]
    reference = task.reference
    if task.zero_is_a_class and isinstance(reference, ClassRaster):
        reference = reference.with_class([0])
    return replace(task, maps=tuple(one.with_class(named) for one in task.maps), reference=reference)


def _polygons_beside(task: AssessmentTask) -> list[int | None]:
    """How many polygons of the reference lie wholly beside each map; None for a reference raster.

    Raises:
        LabelError: all of them do. With a class for what they leave out, all of the map would be of that.
    """
    found: list[int | None] = [None] * len(task.maps)
    if not isinstance(task.reference, PolygonReference):
        return found
    for members in task.groups():
        one = task.maps[members[0]]
        beside = task.reference.beside(one.grid)
        if beside == task.reference.count:
            raise LabelError(
                f"No polygon of the reference {task.reference.name} overlaps the map {one.name}; choose polygons "
                "there, or check the coordinate reference systems of both."
            )
        for index in members:
            found[index] = beside
    return found


def _counts_of_maps(task: AssessmentTask, step: Callable[[], None]) -> list[CodeCounts]:
    """The codes of each map in the area."""
    counts = [_count(task, one, one.grid, step) for one in task.maps]
    for one, count in zip(task.maps, counts):
        if not count.pixels:
            where = f" in the area {task.area.name}" if task.area else ""
            raise LabelError(
                f"The map {one.name} has no pixel with a class{where}; choose ground that it covers."
            )
    return counts


def _strata(task: AssessmentTask, reference: Reference, step: Callable[[], None]) -> CodeCounts:
    """The strata, all of them, by their code; none where the classes of the maps are the strata."""
    strata = CodeCounts()
    if task.strata is None:
        return strata
    grid = task.strata.grid
    like = next((m.grid for m in task.maps if m.grid.geotransform and m.grid.crs_wkt), grid)
    placed = replace(
        grid, geotransform=grid.geotransform or like.geotransform, crs_wkt=grid.crs_wkt or like.crs_wkt
    )
    found = count_codes(task.strata, grid, None, task.blocks(grid), pixel_sizes(placed), step)
    for label in map_labels(task.strata, found.pixels, reference.labels, task.table):
        if label.code is not None:
            strata.pixels[label.code] = found.pixels[label.code]
            strata.sizes[label.code] = found.sizes[label.code]
    if not strata.pixels:
        raise LabelError(
            f"The strata {task.strata.name} have no pixel with a value; choose a raster of classes."
        )
    return strata


def _reference(task: AssessmentTask, step: Callable[[], None]) -> tuple[Reference, tuple[str, ...]]:
    """The reference with the classes it has on the ground of the maps, and what was taken for granted."""
    if isinstance(task.reference, PolygonReference):
        return task.reference, ()
    counts: Counter[int] = Counter()
    for members in task.groups():
        counts.update(_count(task, task.reference, task.maps[members[0]].grid, step).pixels)
    labels, warnings = reference_labels(task.reference, counts, task.unlabelled, task.zero_is_a_class)
    if not labels:
        raise LabelError(_no_labels(task, task.maps[0]))
    return RasterReference(task.reference, labels), warnings


def _count(task: AssessmentTask, raster: ClassRaster, grid: Grid, step: Callable[[], None]) -> CodeCounts:
    """Pixels of each code in the area, on a grid."""
    area = task.area.mask(grid) if task.area else None
    return count_codes(raster, grid, area, task.blocks(grid), pixel_sizes(grid), step)


def _no_labels(task: AssessmentTask, one: ClassRaster) -> str:
    area = f" in the area {task.area.name}" if task.area else ""
    return (
        f"The reference {task.reference.name} has no labelled pixel on the ground of the map {one.name}{area}; choose "
        "a reference there, or check the coordinate systems of both."
    )


def _check_common_ground(task: AssessmentTask, reference: Reference, blocks: BlockCounts) -> None:
    """Refuse maps of which nothing can be said."""
    others = f"the reference {reference.name}"
    others += f" and the area {task.area.name} have" if task.area else " has"
    for one, tally in zip(task.maps, blocks.tallies):
        if not tally.confusion.any():
            raise LabelError(_no_labels(task, one))
        if not tally.confusion[:, :-1].any():
            raise LabelError(
                f"The map {one.name} has no data wherever {others} labels; choose ground that all of them cover."
            )
        if task.strata is not None and tally.without_stratum_px == tally.confusion.sum():
            raise LabelError(
                f"The strata {task.strata.name} have no value wherever {others} labels on the map {one.name}; choose "
                "strata of that ground, or none."
            )


def _figures_of_maps(
    task: AssessmentTask,
    match: ClassMatch,
    blocks: BlockCounts,
    counts: Sequence[CodeCounts],
    strata: CodeCounts,
    beside: Sequence[int | None],
) -> tuple[tuple[MapFigures, ...], list[int]]:
    """All figures, of the classes that occur; and which these are."""
    occurs = np.zeros(len(match.names), np.int64)
    for tally in blocks.tallies:
        occurs += tally.confusion[:, :-1].sum(axis=0) + tally.confusion.sum(axis=1)
    for index, count in enumerate(counts):
        occurs += _of_classes(match, index, count.pixels) > 0
    kept = np.flatnonzero(occurs).tolist()
    figures = []
    for index, count in enumerate(counts):
        one, tally, row_areas = task.maps[index], blocks.tallies[index], row_areas_m2(task.maps[index].grid)
        mapped_size = _of_classes(match, index, count.sizes)
        of_strata = strata.pixels if row_areas is None else strata.sizes
        stratum_size = mapped_size if task.strata is None else np.array(list(of_strata.values()), np.float64)
        figures.append(
            MapFigures(
                name=one.name,
                path=one.path,
                band=one.band,
                confusion=Confusion(tally.confusion[np.ix_(kept, [*kept, -1])]),
                boundary=tally.boundary.of_classes(kept),
                mapped_px=_of_classes(match, index, count.pixels)[kept].astype(np.int64),
                mapped_size=mapped_size[kept],
                pixel_area_m2=None if row_areas is None else float(row_areas[len(row_areas) // 2]),
                areas=estimate_areas(tally.stratum_sample(), stratum_size).of_classes(kept),
                contradictory_px=tally.contradictory_px,
                without_stratum_px=tally.without_stratum_px,
                polygons_beside=beside[index],
            )
        )
    return tuple(figures), kept


def _of_classes(match: ClassMatch, index: int, of_codes: Mapping[int, float]) -> NDArray[np.float64]:
    """Pixels or sizes of each class (classes,) in a map, from those of its codes."""
    of_classes = np.zeros(len(match.names) + 1)
    for code, amount in of_codes.items():
        of_classes[match.maps[index].get(code, 0)] += amount
    return of_classes[1:]
