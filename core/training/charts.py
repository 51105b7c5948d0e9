"""The pictures in the report on a training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...models.contract import ClassEntry
from ..raster.legend import rgb
from ..reports.html import HtmlReport
from ..reports.pictures import stretched
from .result import Example, TrainedNetwork

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


def add_example(report: HtmlReport, example: Example, classes: Sequence[ClassEntry]) -> None:
    """Add a piece of a validation chip: image, reference and maps side by side."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    colours = np.array([_UNLABELLED, *(rgb(entry.colour) for entry in classes)], np.uint8)
    titles = ["map"] if len(example.maps) == 1 else [f"iteration {i}" for i in range(len(example.maps))]
    pictures = [
        ("image", stretched(example.image)),
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
