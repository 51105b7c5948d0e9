"""The report on a training: curves, figures, examples, settings, and what to do when it looks bad."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np

from ..reports.html import HtmlReport
from ..reports.pictures import confusion_figure
from .charts import add_curves, add_example, has_matplotlib
from .result import TrainedNetwork

_NO_PICTURES = (
    "The Python package matplotlib is not installed, so the report has tables and no pictures; install it and train "
    "again to see curves and examples."
)
_ADVICE = (
    (
        "The training loss falls, and the validation mean IoU stays or falls",
        "The network overfits its training areas. Label more and more varied areas; a few labels in many "
        "places teach more than many in one.",
    ),
    (
        "Neither gets better",
        "Look at the examples: are the labels where the image shows them? If they are, train more epochs or with "
        "a smaller learning rate.",
    ),
    (
        "The curves jump up and down",
        "Take a smaller learning rate or a larger batch. If only the validation curve jumps, there are few "
        "validation chips: prepare more.",
    ),
    ("The validation curve still rises at the end", "Train more epochs."),
    (
        "One class is found badly",
        "See in the confusion matrix what it is taken for. A rare class gains from more labels, or for a classifier "
        "from balanced class weights; two classes that look alike at this pixel size are better one class.",
    ),
    (
        "The maps are right inside and wrong along the boundaries",
        "That is what a corrector is for: label a small area accurately and train one.",
    ),
    (
        "A corrector makes the map worse from some iteration on",
        "By default it is applied only as often as was best here. Train it on more accurate labels.",
    ),
)


def write_report(path: str | Path, trained: TrainedNetwork) -> str:
    """Write the report on a training as one HTML file that needs no network.

    Args:
        path: the file.
        trained: what the training ended in.

    Returns:
        A sentence about what is not in it; empty where all is.

    Raises:
        RasterError: the file cannot be written.
    """
    report = HtmlReport(f"Training of {trained.facts.name}")
    _summary(report, trained)
    missing = "" if has_matplotlib() else _NO_PICTURES
    if missing:
        report.paragraph(missing)
    report.section("Course of the training")
    if not missing:
        add_curves(report, trained)
    _epochs(report, trained)
    report.section("Accuracy on the validation chips")
    _accuracy(report, trained, with_pictures=not missing)
    if not missing:
        report.section("Examples from the validation chips")
        for example in trained.examples:
            add_example(report, example, trained.facts.classes)
    report.section("What to do when it looks bad")
    report.table(["What is seen", "What helps"], _ADVICE)
    report.section("Settings")
    _settings(report, trained)
    report.write(path)
    return missing


def _summary(report: HtmlReport, trained: TrainedNetwork) -> None:
    best, accuracy, times = trained.best, trained.accuracy, trained.facts.iterations
    corrected = (
        f", {times} iteration{'' if times == 1 else 's'}, and {_percent(trained.before.mean_iou)} before the correction"
        if trained.before is not None
        else ""
    )
    role = trained.facts.role
    what = f"{role} in {trained.path.name}" if trained.is_exported else f"{role} that this page is about"
    report.paragraph(
        f"The {what} is the state after epoch {best.epoch} of {len(trained.results)}, the best on the validation "
        f"chips: mean IoU {_percent(accuracy.mean_iou)}, overall accuracy {_percent(accuracy.overall)}{corrected}. "
        "These chips have chosen the epoch: for figures to quote, assess a map of another area."
    )
    if len(trained.results) < trained.run.recipe.epochs:
        report.paragraph(
            f"Training ended before the {trained.run.recipe.epochs} epochs that were asked for; the log says why."
        )
    for remark in trained.remarks:
        report.paragraph(remark)


def _epochs(report: HtmlReport, trained: TrainedNetwork) -> None:
    count = len(trained.best.validation)
    names = (
        ["mean IoU"] if count == 1 else [f"mean IoU, iteration {number}" for number in range(1, count + 1)]
    )
    rows = [
        [
            f"{result.epoch}{' (best so far)' if result.is_best else ''}",
            f"{result.loss:.4f}",
            *(_percent(accuracy.mean_iou) for accuracy in result.validation),
            f"{result.pixels_per_second / 1e6:.2f}",
        ]
        for result in trained.results
    ]
    report.table(["epoch", "loss", *names, "Mpx/s"], rows)


def _accuracy(report: HtmlReport, trained: TrainedNetwork, with_pictures: bool) -> None:
    names = [entry.name for entry in trained.facts.classes]
    columns = [("", trained.accuracy)]
    if trained.before is not None:
        found = trained.best.validation
        columns = [("iteration 0", trained.before)]
        columns += [(f"iteration {number}", accuracy) for number, accuracy in enumerate(found, start=1)]
    heads = [f"IoU {name}".strip() for name, _ in columns]
    rows = [[name, *(_percent(accuracy.iou[k]) for _, accuracy in columns)] for k, name in enumerate(names)]
    rows.append(["mean", *(_percent(accuracy.mean_iou) for _, accuracy in columns)])
    rows.append(["mean along the boundaries", *(_percent(a.mean_boundary_iou) for _, a in columns)])
    report.table(["class", *heads], rows)
    confusion = trained.accuracy.confusion
    if with_pictures:
        report.figure(
            confusion_figure(confusion, names),
            "What becomes of each class of the reference, in percent of its pixels.",
        )
    report.table(
        ["reference", *names],
        [[name, *(f"{int(count)}" for count in row)] for name, row in zip(names, confusion)],
        "Confusion matrix in pixels: rows are the reference, columns the map.",
    )


def _settings(report: HtmlReport, trained: TrainedNetwork) -> None:
    rows = [[name.replace("_", " "), _told(value)] for name, value in asdict(trained.run.recipe).items()]
    rows += [
        ["device", trained.run.device],
        ["steps in all", str(trained.run.recipe.steps * len(trained.results))],
    ]
    for name, value in trained.facts.training.items():
        if name not in ("validation", "seed"):  # told above
            rows.append([name.replace("_", " "), _told(value)])
    bands = ", ".join(
        f"{band.name} (mean {band.mean:g}, deviation {band.deviation:g})" for band in trained.facts.bands
    )
    rows += [
        ["form", trained.form],
        ["bands", bands],
        ["pixel size", f"{trained.facts.pixel_size_m:g} m"],
    ]
    if trained.facts.role == "corrector":
        rows.append(["iterations by default", str(trained.facts.iterations)])
    report.table(["setting", "value"], rows)


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(
            f"{name}: {f'({_told(part)})' if isinstance(part, dict) else _told(part)}"
            for name, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, tuple):
        return ", ".join(f"{part:.3g}" for part in value) or "-"
    return str(value)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if np.isfinite(share) else "-"
