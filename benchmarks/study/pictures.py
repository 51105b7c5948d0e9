"""The study's pictures, from the networks of one seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...core.assessment.difference import DIFFERENCE_CLASSES, difference
from ...core.samples.sample_set import Chip, read_chip
from ...models.contract import ClassEntry
from ...models.pytorch.corrector import PaperCorrector
from .datasets import Base
from .experiments import Row, maps_after, trained
from .metrics import Codes
from .refiners import DEEP, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN_ITERATIONS = (0, 1, 2, 3, 5)
PIECE_PX = 256


def draw_maps(base: Base, seed: int, work: Path, path: Path) -> None:
    """A piece of the test part: the image, then the map after 0, 1, 2, 3 and 5 iterations of both forms, and labels.

    Args:
        base: whose maps are shown.
        seed: of the trainings.
        work: their folder; what is missing is trained.
        path: the picture to write.
    """
    figure, axes = _figure(2, len(SHOWN_ITERATIONS) + 1, 2.1)
    chip = base.test[0]
    piece = _piece(base, chip)
    colours = _palette(base.samples.classes)
    image, labels = (
        read_chip(file(chip))[:, piece[0], piece[1]]
        for file in (base.samples.image_path, base.samples.label_path)
    )
    _show(axes[0, 0], image[:3].transpose(1, 2, 0), "image")
    _show(axes[1, 0], colours[labels[0]], "reference")
    for line, refiner in enumerate((PAPER, DEEP)):
        network = trained(base, refiner, seed, work)
        maps = maps_after(base, chip, network, max(SHOWN_ITERATIONS))
        for column, count in enumerate(SHOWN_ITERATIONS, start=1):
            _show(axes[line, column], colours[maps[count][piece]], f"{refiner.name}, t = {count}")
    _save(figure, path)


def draw_change(base: Base, seed: int, work: Path, path: Path) -> None:
    """Where the deep form repairs and where it does damage: the whole first chip of the test part, turned."""
    chip = base.test[0]
    network = trained(base, DEEP, seed, work)
    maps = maps_after(base, chip, network, DEEP.iterations)
    kinds = difference(read_chip(base.samples.label_path(chip))[0], maps[0], maps[-1])
    picture, image = (
        _palette(DIFFERENCE_CLASSES)[kinds],
        read_chip(base.samples.image_path(chip))[:3].transpose(1, 2, 0),
    )
    if chip.height > chip.width:
        picture, image = (np.rot90(plane) for plane in (picture, image))
    figure, axes = _figure(2, 1, 8.0, picture.shape[0] / picture.shape[1])
    _show(axes[0, 0], image, "image")
    _show(axes[1, 0], picture, "after 5 iterations")
    handles = [_patch(entry) for entry in DIFFERENCE_CLASSES]
    axes[1, 0].legend(
        handles=handles, ncols=len(handles), loc="upper center", bbox_to_anchor=(0.5, 0), frameon=False
    )
    _save(figure, path)


def draw_curve(coarse: dict[str, list[Row]], tuned: dict[str, list[Row]], path: Path) -> None:
    """Mean IoU over the iterations, as in the paper: mean and spread over the seeds."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.2), layout="constrained")
    axes = figure.subplots()
    for name, found in coarse.items():
        if len(found[0].measured) > 2:
            values = 100 * np.array([[measured.mean_iou for measured in row.measured] for row in found])
            mean, counts = values.mean(axis=0), np.arange(values.shape[1])
            (line,) = axes.plot(counts, mean, marker="o", markersize=3, label=name)
            deviation = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros_like(mean)
            axes.fill_between(
                counts, mean - deviation, mean + deviation, color=line.get_color(), alpha=0.15, lw=0
            )
    levels = {
        name: [row.final.mean_iou for row in found] for name, found in coarse.items() if name == "dense CRF"
    }
    if tuned:
        levels["fine-tuned classifier"] = [row.measured[0].mean_iou for row in next(iter(tuned.values()))]
    for (name, found), style in zip(levels.items(), ("--", ":")):
        axes.axhline(100 * float(np.mean(found)), color="0.4", linestyle=style, label=name)
    axes.axvline(DEEP.iterations, color="0.8", lw=1)
    axes.set(xlabel="iterations", ylabel="mean IoU, %")
    axes.legend(frameon=False, fontsize=8)
    _save(figure, path)


def draw_filters(base: Base, seed: int, work: Path, path: Path) -> None:
    """The paper's learned filters: M on the scores, N on the image (its bands as red, green and blue)."""
    network = trained(base, PAPER, seed, work)
    assert isinstance(network, PaperCorrector)
    of_scores = network.score_filters.detach().numpy().reshape(-1, 5, 5)
    of_image = (
        network.image_filters.detach().numpy().reshape(len(of_scores), -1, 5, 5)[:, :3].transpose(0, 2, 3, 1)
    )
    figure, axes = _figure(8, 8, 0.8)
    for index, cell in enumerate(axes.ravel()):
        bank, number = divmod(index, len(of_scores))
        weights = (of_scores, of_image)[bank][number]
        largest = float(np.abs(weights).max())
        scaled = 0.5 + 0.5 * weights / largest
        _show(cell, scaled, f"{'MN'[bank]} {number + 1}", cmap="gray", vmin=0, vmax=1)
    _save(figure, path)


def _figure(rows: int, columns: int, side: float, ratio: float = 1.0) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(columns * side, rows * (side * ratio + 0.25)), layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False)


def _show(axes: Axes, picture: NDArray[np.generic], title: str, **settings: object) -> None:
    axes.imshow(picture, interpolation="nearest", **settings)  # type: ignore[arg-type]
    axes.set_title(title, fontsize=7, pad=2)
    axes.set_axis_off()


def _save(figure: object, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)  # type: ignore[attr-defined]


def _piece(base: Base, chip: Chip) -> tuple[slice, slice]:
    """The square of the chip with most borders in its reference."""
    labels = read_chip(base.samples.label_path(chip))[0]
    side = min(PIECE_PX, *labels.shape)

    def borders(row: int, col: int) -> int:
        part: Codes = labels[row : row + side, col : col + side]
        return int(np.count_nonzero(part[1:] != part[:-1]) + np.count_nonzero(part[:, 1:] != part[:, :-1]))

    places = [
        (row, col)
        for row in range(0, labels.shape[0] - side + 1, side // 2)
        for col in range(0, labels.shape[1] - side + 1, side // 2)
    ]
    row, col = max(places, key=lambda place: borders(*place))
    return slice(row, row + side), slice(col, col + side)


def _palette(classes: tuple[ClassEntry, ...]) -> NDArray[np.uint8]:
    colours = ["#ffffff", *(entry.colour for entry in classes)]
    return np.array([[int(text[i : i + 2], 16) for i in (1, 3, 5)] for text in colours], np.uint8)


def _patch(entry: ClassEntry) -> Any:
    from matplotlib.patches import Patch

    return Patch(color=entry.colour, label=entry.name)
