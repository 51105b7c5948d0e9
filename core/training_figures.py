"""The pictures in the report on a training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..models.contract import ClassEntry
from .html_report import HtmlReport
from .trained_network import Example, TrainedNetwork
from .validation import Codes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_UNLABELLED = (255, 255, 255)


def has_matplotlib() -> bool:
    """Whether pictures can be drawn."""
    try:
        import matplotlib.figure  # noqa: F401 (whether it is there)
    except ImportError:
        return False
    return True


def add_curves(report: HtmlReport, trained: TrainedNetwork) -> None:
    """Add the curves of loss and validation."""
    from matplotlib.figure import Figure

    epochs = [result.epoch for result in trained.results]
    figure = Figure(figsize=(9, 3.2))
    left, right = figure.subplots(1, 2)
    left.plot(epochs, [result.loss for result in trained.results], marker=".", color="#555555")
    left.set(xlabel="epoch", ylabel="training loss")
    count = len(trained.best.validation)
    for index in range(count):
        values = [100 * result.validation[index].mean_iou for result in trained.results]
        shade = str(0.75 * (1 - (index + 1) / count))  # later iterations are darker
        right.plot(epochs, values, marker=".", color=shade, label=f"iteration {index + 1}")
    if trained.before is not None:
        right.axhline(
            100 * trained.before.mean_iou, linestyle="--", color="#c0392b", label="before the correction"
        )
        right.legend(fontsize=7)
    right.axvline(trained.best.epoch, linestyle=":", color="#555555")
    right.set(xlabel="epoch", ylabel="validation mean IoU (%)")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.xaxis.get_major_locator().set_params(integer=True)
    figure.tight_layout()
    report.figure(figure, "Loss and validation mean IoU; the dotted line is the best epoch.")


def add_matrix(report: HtmlReport, shares: NDArray[np.float64], names: Sequence[str]) -> None:
    """Add a confusion matrix whose rows are shares."""
    from matplotlib.figure import Figure

    side = min(3 + 0.5 * len(names), 12)
    figure = Figure(figsize=(side, side))
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel="map", ylabel="reference")
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), names)
    if len(names) <= 12:
        for (row, column), share in np.ndenumerate(shares):
            colour = "white" if share > 0.5 else "black"
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", color=colour)
    report.figure(figure, "What becomes of each class of the reference, in percent of its pixels.")


def add_example(report: HtmlReport, example: Example, classes: Sequence[ClassEntry]) -> None:
    """Add a piece of validation ground: image, reference and maps side by side."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    colours = np.array([_UNLABELLED, *(_rgb(entry.colour) for entry in classes)], np.uint8)
    titles = ["map"] if len(example.maps) == 1 else [f"iteration {i}" for i in range(len(example.maps))]
    pictures = [
        ("image", _stretched(example.image)),
        ("reference", colours[example.reference]),
        *((title, colours[codes]) for title, codes in zip(titles, example.maps)),
    ]
    columns = min(len(pictures), 4)
    rows = -(-len(pictures) // columns)
    figure = Figure(figsize=(2.4 * columns, 2.6 * rows))
    grid: NDArray[np.object_] = np.array(figure.subplots(rows, columns, squeeze=False))
    places: list[Axes] = list(grid.flat)
    for axes in places:
        axes.set_axis_off()
    for axes, (title, picture) in zip(places, pictures):
        axes.imshow(picture, interpolation="nearest")
        axes.set_title(title, fontsize=8)
    if len(classes) <= 20:
        names = [Patch(color=entry.colour, label=entry.name) for entry in classes]
        figure.legend(
            handles=names, loc="upper center", bbox_to_anchor=(0.5, 0), ncol=5, fontsize=7, frameon=False
        )
    figure.tight_layout()
    report.figure(figure, f"Chip {example.name}; what is not labelled is white in the reference.")


def _stretched(image: NDArray[np.float32]) -> Codes:
    """The first three bands, or the first one as grey, between their 2nd and 98th percentiles."""
    shown = image[:3] if len(image) >= 3 else image[[0, 0, 0]]
    low = np.percentile(shown, 2, axis=(1, 2), keepdims=True)
    high = np.percentile(shown, 98, axis=(1, 2), keepdims=True)
    levels = 255 * (shown - low) / np.maximum(high - low, 1e-6)
    picture: Codes = levels.clip(0, 255).astype(np.uint8).transpose(1, 2, 0)
    return picture


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
