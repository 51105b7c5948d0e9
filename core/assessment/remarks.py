"""What a user has to know about the figures of an assessment, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..class_maps.class_raster import ClassRaster
from .reference import PolygonReference, Reference
from .result import Assessment
from .task import AssessmentTask


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
        *_without_data(task, reference, assessment),
        *_beside(reference, assessment),
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


def _without_data(task: AssessmentTask, reference: Reference, assessment: Assessment) -> Iterator[str]:
    """What the maps do not answer for; of iterations that lack the same pixels, the first one's sentence."""
    told: set[tuple[int, ...]] = set()
    for raster, one in zip(task.maps, assessment.maps):
        missed = tuple(one.confusion.no_data.tolist())
        if not any(missed) or (assessment.are_iterations and missed in told):
            continue
        told.add(missed)
        yield (
            f"The map {one.name} has no class on {sum(missed):,} of the {one.confusion.pixels:,} labelled pixels of "
            f"the reference ({_percent(one.confusion.no_data_share)}): they count as missed. Overall accuracy is "
            f"{one.confusion.overall:.3f}, and {one.confusion.where_mapped.overall:.3f} without them. To assess only "
            f"where the map has data, give a mask of that area.{_of_nodata(task, reference, raster)}"
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
    if not isinstance(reference, PolygonReference):
        return
    told: set[int] = set()
    for one in assessment.maps:
        if one.polygons_beside and one.polygons_beside not in told:
            told.add(one.polygons_beside)
            yield (
                f"{one.polygons_beside:,} of the {reference.count:,} polygons of the reference {reference.name} lie "
                f"beside the map {one.name}; the figures say nothing about them."
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
