"""The pictures of an assessment's report, drawn with matplotlib, which has to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .difference import DIFFERENCE_CLASSES
from .result import Assessment, MapFigures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH_INCHES = 7.0


def iou_bars(assessment: Assessment, maps: tuple[MapFigures, ...]) -> Figure:
    """IoU of each class, a bar for each map."""
    from matplotlib.figure import Figure

    count = len(assessment.classes)
    figure = Figure(figsize=(_WIDTH_INCHES, 1.0 + count * (0.25 + 0.14 * len(maps))))
    axes = figure.add_subplot()
    height = 0.8 / len(maps)
    for number, one in enumerate(maps):
        places = np.arange(count) + (number - (len(maps) - 1) / 2) * height
        axes.barh(places, np.nan_to_num(one.confusion.iou), height, label=_short(one.name))
    axes.set_yticks(np.arange(count), assessment.classes)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("IoU")
    axes.grid(axis="x", alpha=0.4)
    axes.set_axisbelow(True)
    if len(maps) > 1:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    return figure


def iteration_curves(assessment: Assessment) -> Figure:
    """The figures after each iteration; and what the iterations repaired and damaged."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH_INCHES, 3.6), tight_layout=True)
    left, right = figure.subplots(1, 2)
    steps = range(len(assessment.maps))
    at = assessment.headline
    px = assessment.tolerances_px[at]
    left.plot(steps, [one.confusion.overall for one in assessment.maps], "o-", label="overall accuracy")
    left.plot(steps, [one.confusion.mean_iou for one in assessment.maps], "s-", label="mean IoU")
    boundary = [one.mean_boundary_iou(at) for one in assessment.maps]
    left.plot(steps, boundary, "^-", label=f"boundary IoU, {px} px")
    right.plot(
        steps[1:], [change.repair for change in assessment.changes], "o-", label="repair (of the wrong)"
    )
    right.plot(
        steps[1:], [change.damage for change in assessment.changes], "s-", label="damage (of the right)"
    )
    right.set_ylim(bottom=0)
    for axes in (left, right):
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("iteration")
        axes.grid(alpha=0.4)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), frameon=False)
    return figure


def difference_picture(assessment: Assessment) -> Figure:
    """Where the last map is right or wrong, and where it differs in that from the first."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    height, width = assessment.overview.shape[:2]
    figure = Figure(figsize=(_WIDTH_INCHES, min(_WIDTH_INCHES * height / width, 9.0) + 0.5))
    axes = figure.add_subplot()
    axes.imshow(assessment.overview, interpolation="nearest")
    axes.set_xticks([])
    axes.set_yticks([])
    if assessment.changes:
        keys = [Patch(color=entry.colour, label=entry.name) for entry in DIFFERENCE_CLASSES]
    else:
        right, wrong = DIFFERENCE_CLASSES[0], DIFFERENCE_CLASSES[-1]
        keys = [Patch(color=right.colour, label="Right"), Patch(color=wrong.colour, label="Wrong")]
    axes.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncol=len(keys), frameon=False)
    return figure


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
