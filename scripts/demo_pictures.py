"""The pictures of `make demo`: an image, maps of it and its reference side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..models.contract import ClassEntry
from .demo_hints import PlacedHint

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Panel:
    """A part of a picture.

    Attributes:
        title: above it.
        pixels: an image (height, width, 3) or class values (height, width), 0 = no data.
        hints: drawn on it, in the colours of their classes.
    """

    title: str
    pixels: Pixels
    hints: Sequence[PlacedHint] = ()


def draw(path: Path, panels: Sequence[Panel], classes: Sequence[ClassEntry]) -> None:
    """Draw panels of one size side by side, and below them what the colours mean.

    Args:
        path: of the PNG to write.
        panels: from left to right.
        classes: of the class values, from 1.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import patches, pyplot

    colours = np.array(
        [[255, 255, 255], *(tuple(bytes.fromhex(entry.colour[1:])) for entry in classes)], np.uint8
    )
    height, width = panels[0].pixels.shape[:2]
    size = (3.5 * len(panels), 3.5 * height / width + 0.7)
    figure, axes = pyplot.subplots(1, len(panels), figsize=size)
    for axis, panel in zip(axes, panels):
        is_map = panel.pixels.ndim == 2
        axis.imshow(colours[panel.pixels] if is_map else panel.pixels, interpolation="nearest")
        for hint in panel.hints:
            colour = tuple(colours[hint.class_value] / 255)
            axis.plot(
                hint.col,
                hint.row,
                "o",
                color=colour,
                markersize=11,
                markeredgecolor="white",
                markeredgewidth=4,
            )
            axis.plot(hint.col, hint.row, "o", color="none", markersize=14, markeredgecolor="black")
        axis.set_title(panel.title, fontsize=10)
        axis.axis("off")
    keys = [
        patches.Patch(color=tuple(colour / 255), label=entry.name)
        for entry, colour in zip(classes, colours[1:])
    ]
    figure.legend(handles=keys, loc="lower center", ncol=len(keys), frameon=False, fontsize=9)
    figure.tight_layout(rect=(0, 0.35 / figure.get_figheight(), 1, 1))
    figure.savefig(path, dpi=90)
    pyplot.close(figure)
