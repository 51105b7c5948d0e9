"""An assessment for people: tables, pictures, and what the figures mean."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterable

from ..metrics.area_estimation import Estimate
from ..reports.html import HtmlReport
from ..reports.pictures import confusion_figure
from .charts import difference_picture, iou_bars, iteration_curves
from .result import Assessment, MapFigures

_MOST_MAPS_IN_DETAIL = 3
_M2_PER_HA = 10_000.0


def assessment_report(assessment: Assessment, made_by: str) -> HtmlReport:
    """The report of an assessment; with pictures where matplotlib is.

    Args:
        assessment: the figures.
        made_by: the program and its version.
    """
    report = HtmlReport("Accuracy of maps" if len(assessment.maps) > 1 else "Accuracy of a map")
    draws = importlib.util.find_spec("matplotlib") is not None
    area = f" in the area {assessment.area}" if assessment.area else ""
    report.paragraph(f"Reference: {assessment.reference}{area}. Made by {made_by}.")
    if not draws:
        report.paragraph("There are no pictures, because this QGIS has no matplotlib; the tables say it all.")
    for told in assessment.matching:
        report.paragraph(told)
    for warning in assessment.warnings:
        report.paragraph(f"Note: {warning}")
    report.section("At a glance")
    report.table(*summary(assessment))
    report.table(*_compared(assessment))
    if draws:
        report.figure(iou_bars(assessment, _in_detail(assessment)), "Intersection over union of each class.")
    _add_changes(report, assessment, draws)
    for one in _in_detail(assessment):
        _add_map(report, assessment, one, draws)
    _add_explanation(report)
    return report


def summary(assessment: Assessment) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a table with the main figures of each map."""
    at = assessment.headline
    px = assessment.tolerances_px[at]
    head = ["Map", "Overall accuracy", "Mean IoU", "Mean F1", "Kappa"]
    head += [f"Boundary IoU, {px} px", f"Boundary F1, {px} px"]
    rows = [
        [
            one.name,
            *map(
                _figure,
                (
                    one.confusion.overall,
                    one.confusion.mean_iou,
                    one.confusion.mean_f1,
                    one.confusion.kappa,
                    one.mean_boundary_iou(at),
                    one.mean_boundary_f1(at),
                ),
            ),
        ]
        for one in assessment.maps
    ]
    return head, rows


def _compared(assessment: Assessment) -> tuple[list[str], list[list[str]], str]:
    """Which pixels the figures of each map are about: the head, the rows and the caption of a table."""
    head = ["Map", "Labelled pixels", "No data in the map", "Overall accuracy without them"]
    head += ["In polygons of two classes", "Polygons beside the map"]
    rows = [
        [
            one.name,
            f"{one.confusion.pixels:,}",
            _with_share(int(one.confusion.no_data.sum()), one.confusion.no_data_share),
            _figure(one.confusion.where_mapped.overall),
            _with_share(one.contradictory_px, one.contradictory_share),
            "-" if one.polygons_beside is None else f"{one.polygons_beside:,}",
        ]
        for one in assessment.maps
    ]
    inside = f" and in the mask {assessment.area}" if assessment.area else ""
    caption = (
        f"Every labelled pixel of the reference on the map's pixels{inside} counts. Where the map has no class, it "
        "counts as missed. Pixels in polygons of two classes are not labelled."
    )
    return head, rows, caption


def _in_detail(assessment: Assessment) -> tuple[MapFigures, ...]:
    """All maps, or the first and the last of many iterations."""
    if assessment.are_iterations and len(assessment.maps) > _MOST_MAPS_IN_DETAIL:
        return assessment.maps[0], assessment.maps[-1]
    return assessment.maps


def _add_changes(report: HtmlReport, assessment: Assessment, draws: bool) -> None:
    if assessment.changes:
        first, last = assessment.maps[0].name, assessment.maps[-1].name
        report.section(f"Repair and damage since {first}")
        head = ["Map", "Repair", "Damage", "Repaired", "Damaged", "Both right", "Both wrong"]
        head += ["No data in one of the maps"]
        rows = [
            [
                one.name,
                _percent(change.repair),
                _percent(change.damage),
                *(f"{n:,}" for n in (change.repaired, change.damaged, change.both_right, change.both_wrong)),
                f"{change.no_data:,}",
            ]
            for one, change in zip(assessment.maps[1:], assessment.changes)
        ]
        caption = (
            "Repair: share of the wrong pixels made right. Damage: share of the right pixels made wrong. Where a map "
            "has no data, it is wrong."
        )
        report.table(head, rows, caption)
        if draws and assessment.are_iterations:
            report.figure(iteration_curves(assessment), "The figures after each iteration.")
        told = f"What changed between {first} and {last}. A point stands for the mean of its pixels."
    else:
        report.section("Where the map is right")
        told = "Where the map is right and where it is wrong. A point stands for the mean of its pixels."
    if draws:
        report.figure(difference_picture(assessment), f"{told} White: no reference.")


def _add_map(report: HtmlReport, assessment: Assessment, one: MapFigures, draws: bool) -> None:
    confusion, classes = one.confusion, assessment.classes
    columns = (*classes, "No data in the map")
    report.section(one.name)
    rows = [
        [name, *map(_figure, figures)]
        for name, *figures in zip(classes, confusion.iou, confusion.f1, confusion.precision, confusion.recall)
    ]
    head = ["Class", "IoU", "F1", "Precision (user's accuracy)", "Recall (producer's accuracy)"]
    report.table(head, rows, "Each class.")
    report.table(
        ["Reference \\ map", *columns, "Total"],
        [
            [name, *(f"{n:,}" for n in row), f"{row.sum():,}"]
            for name, row in zip((*classes, "Total"), [*confusion.counts, confusion.counts.sum(axis=0)])
        ],
        "Confusion matrix in pixels: rows are the reference, columns the map.",
    )
    if draws:
        report.figure(confusion_figure(confusion.counts, columns), "The same in percent of each row.")
    else:
        shares = [[_percent(n / max(row.sum(), 1)) for n in row] for row in confusion.counts]
        report.table(
            ["Reference \\ map", *columns],
            [[name, *row] for name, row in zip(classes, shares)],
            "The same in percent of each row.",
        )
    tolerances = [f"{px} px" for px in assessment.tolerances_px]
    for title, figures in (("Boundary IoU", one.boundary.iou), ("Boundary F1", one.boundary.f1)):
        rows = [[name, *map(_figure, column)] for name, column in zip(classes, figures.T)]
        report.table(["Class", *tolerances], rows, f"{title} at each tolerance.")
    _add_areas(report, assessment, one)


def _add_areas(report: HtmlReport, assessment: Assessment, one: MapFigures) -> None:
    areas = one.areas
    unit, scale = ("px", 1.0) if one.pixel_area_m2 is None else ("ha", 1 / _M2_PER_HA)
    rows = [
        [
            name,
            _amount(scale * mapped),
            _amount(scale * areas.population * share.value),
            "-" if math.isnan(share.value) else "± " + _amount(scale * areas.population * share.half_width),
            _interval(precision),
            _interval(recall),
        ]
        for name, mapped, share, precision, recall in zip(
            assessment.classes, one.mapped_size.tolist(), areas.share, areas.precision, areas.recall
        )
    ]
    head = [
        "Class",
        f"Mapped ({unit})",
        f"Estimated ({unit})",
        "95 %",
        "User's accuracy",
        "Producer's accuracy",
    ]
    strata = f"the values of {assessment.strata}" if assessment.strata else "the classes of the map"
    report.table(
        head,
        rows,
        f"Areas, and their estimates from the reference with {strata} as strata (95 % intervals). Estimated overall "
        f"accuracy: {_interval(areas.overall)}.",
    )
    if one.confusion.no_data.any() and not assessment.strata:
        report.paragraph(
            "What the map has no class for is in none of these strata: mapped and estimated areas, and the accuracies "
            "of this table, are of the mapped part only."
        )
    if areas.left_out:
        report.paragraph(
            f"{_amount(scale * areas.left_out)} {unit} are in strata without any reference pixel: nothing is known "
            "of them, and the estimates leave them out."
        )


def _add_explanation(report: HtmlReport) -> None:
    report.section("What the figures mean")
    for text in (
        "IoU: the pixels where map and reference agree on a class, out of all where either has it. F1: the harmonic "
        "mean of precision and recall. Means are over the classes that occur. Kappa: agreement beyond what the "
        "frequencies of the classes alone would give. A labelled pixel without data in the map is wrong in the overall "
        "accuracy and in kappa, lowers recall, IoU and F1 of its class, and does not touch any precision.",
        "Boundary IoU (Cheng et al., CVPR 2021): the IoU of the strips inside each class along its border, as wide as "
        "the tolerance; the edge of the raster, of what is labelled and of the map's data counts as border. Boundary "
        "F1 (Csurka et al., BMVC 2013): how much of the map's contours, where two of its classes meet, has the "
        "reference's within the tolerance, and the other way round. Distances are chessboard distances in pixels of "
        "the map.",
        "Estimated areas (Olofsson et al. 2014, Stehman 2014) correct the mapped areas by the errors that the "
        "reference shows. All areas are those of the pixels on the ellipsoid, row by row. The intervals hold where the "
        "reference pixels are a random sample of each stratum. Pixels of drawn polygons are neighbours and were chosen "
        "by a person: the true uncertainty is larger then.",
        "A reference used to train or tune a map says little about it: assess in an area that it has not seen.",
    ):
        report.paragraph(text)


def _figure(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{100 * value:.1f} %"


def _with_share(pixels: int, share: float) -> str:
    return f"{pixels:,} ({_percent(share)})" if pixels else "0"


def _amount(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def _interval(estimate: Estimate) -> str:
    if math.isnan(estimate.value):
        return "-"
    return f"{_figure(estimate.value)} ± {_figure(estimate.half_width)}"


def text_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table as lines of text, for a log."""
    cells = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return [
        "  ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths))
        )
        for row in cells
    ]
