"""What a user has to know about the figures of an assessment, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..class_maps.class_raster import ClassRaster
from .reference import PolygonReference, Reference
from .result import Assessment, MapFigures
from .task import AssessmentTask

_LEAST_SHARE_BESIDE = 1e-3  # less is the edge of coarse pixels, or of a turned system
_M2_PER_HA = 10_000.0


def remarks(
    task: AssessmentTask, reference: Reference, assessment: Assessment, label_edge_px: int
) -> list[str]:
    """Which pixels do not count, or count as missed.

    Args:
        task: the maps.
        reference: with the classes it has there.
        assessment: the figures.
        label_edge_px: labelled pixels at the edge of what is labelled, on the first map.
    """
    first = assessment.maps[0]
    made = [
        *_one_class(task, reference, assessment),
        *_without_data(task, reference, assessment),
        *_beside(reference, assessment),
        *_left_out(assessment),
        *_without_stratum(assessment),
    ]
    if first.contradictory_px and isinstance(reference, PolygonReference):
        classes = ", ".join(sorted(map(str, reference.contradicting)))
        made.append(
            f"{first.contradictory_px:,} pixels ({_percent(first.contradictory_share)} of those in the reference) lie "
            f"in polygons of different classes of the reference {assessment.reference} ({classes}) and do not count."
        )
    if label_edge_px > first.boundary.contours[1].sum():
        made.append(
            "Most of the border of the reference's regions is the edge of what is labelled, which boundary IoU takes "
            "for a boundary in reference and map alike: it is too good here. Boundary F1 leaves it out."
        )
    return made


def _one_class(task: AssessmentTask, reference: Reference, assessment: Assessment) -> Iterator[str]:
    """That false alarms cannot be seen where all of the reference is of one class."""
    advice = "Give a reference that has the other classes too"
    if isinstance(reference, PolygonReference):
        if reference.background is None:
            advice += ", or a background class for what no polygon covers"
    elif not task.zero_is_a_class:
        advice += ", or say that 0 is a class if it is one in this reference"
    groups: dict[str, list[str]] = {}
    for one in assessment.maps:
        present = one.confusion.counts.sum(axis=1).nonzero()[0]
        if len(present) == 1:
            groups.setdefault(assessment.classes[present[0]], []).append(one.name)
    for name, maps in groups.items():
        where = f"map {maps[0]}" if len(maps) == 1 else f"maps {', '.join(maps)}"
        yield (
            f"The reference {reference.name} has only the class {name} on the {where}: overall accuracy is the recall "
            f"of {name}, and where a map has {name} in error cannot be seen, so its precision and the estimated areas "
            f"say nothing. {advice}."
        )


def _without_data(task: AssessmentTask, reference: Reference, assessment: Assessment) -> Iterator[str]:
    """What the maps do not answer for; one sentence for maps that lack as many pixels of each class."""
    groups: dict[tuple[str, ...], list[MapFigures]] = {}
    for raster, one in zip(task.maps, assessment.maps):
        if one.confusion.no_data.any():
            missed = ",".join(map(str, one.confusion.no_data.tolist()))
            groups.setdefault((missed, _of_nodata(task, reference, raster)), []).append(one)
    for (_, hint), (one, *others) in groups.items():
        likewise = f"; likewise {', '.join(other.name for other in others)}" if others else ""
        of = f" of {one.name}" if others else ""
        yield (
            f"The map {one.name} has no class on {one.confusion.no_data.sum():,} of the {one.confusion.pixels:,} "
            f"labelled pixels of the reference ({_percent(one.confusion.no_data_share)}{likewise}): they count as "
            f"missed. Overall accuracy{of} is {one.confusion.overall:.3f}, and "
            f"{one.confusion.where_mapped.overall:.3f} without them. To assess only where the map has data, give a "
            f"mask of that area.{hint}"
        )


def _of_nodata(task: AssessmentTask, reference: Reference, raster: ClassRaster) -> str:
    """What to do where a map's nodata value is a class of the reference, as in masks of 0 and 1."""
    if raster.nodata in task.table or raster.nodata not in [
        label.code for label in reference.labels if label.code is not None
    ]:
        return ""
    return (
        f" {raster.nodata:g} is a class of the reference and the map's nodata value; if it is the class there too, say "
        f"so in the class table ({raster.nodata:g}={raster.nodata:g}, and the other values)."
    )


def _beside(reference: Reference, assessment: Assessment) -> Iterator[str]:
    told: set[tuple[float | None, ...]] = set()
    for one in assessment.maps:
        beside = (one.polygons_beside, one.polygons_partly_beside, one.reference_beside_share)
        if beside in told:
            continue
        told.add(beside)
        if isinstance(reference, PolygonReference) and (one.polygons_beside or one.polygons_partly_beside):
            yield (
                f"Polygons of the reference {reference.name} wholly beside the map {one.name}: {one.polygons_beside:,} "
                f"of {reference.count:,}; partly: {one.polygons_partly_beside or 0:,}. What lies there does not count."
            )
        elif (one.reference_beside_share or 0) >= _LEAST_SHARE_BESIDE:
            yield (
                f"The reference {reference.name} reaches beyond the map {one.name}; what lies there (about "
                f"{_percent(one.reference_beside_share or 0)} of its extent) does not count."
            )


def _left_out(assessment: Assessment) -> Iterator[str]:
    """Mapped areas that the estimates leave out."""
    told: set[tuple[float, str]] = set()
    for one in assessment.maps:
        left_out, whole = one.areas.left_out, one.areas.left_out + one.areas.population
        unseen = (one.mapped_px > 0) & (one.confusion.counts[:, :-1].sum(axis=0) == 0)
        classes = ", ".join(name for name, is_unseen in zip(assessment.classes, unseen) if is_unseen)
        which = (left_out, assessment.strata or classes)
        if not left_out or which in told:
            continue
        told.add(which)
        size = f"{left_out:,.0f} px" if one.pixel_area_m2 is None else f"{left_out / _M2_PER_HA:,.4g} ha"
        of = f"that the map {one.name} has as {classes}"
        if assessment.strata:
            of = f"of the strata {assessment.strata}"
        yield (
            f"The area estimates leave out {size} ({_percent(left_out / whole)}) {of}, because no reference pixel lies "
            "there: nothing is known of it. Give a reference with pixels there."
        )


def _without_stratum(assessment: Assessment) -> Iterator[str]:
    told: set[int] = set()
    for one in assessment.maps:
        if one.without_stratum_px and one.without_stratum_px not in told:
            told.add(one.without_stratum_px)
            yield (
                f"{one.without_stratum_px:,} of the {one.confusion.pixels:,} labelled pixels lie where the strata "
                f"{assessment.strata} have no value; the area estimates leave them out."
            )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
