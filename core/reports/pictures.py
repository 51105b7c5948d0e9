"""Pictures that more than one report shows; the confusion matrix is drawn with matplotlib, which has to be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STRETCH = (2, 98)  # percentiles of a band's values that become black and white
_MOST_CLASSES_WITH_NUMBERS = 14


def stretched(image: NDArray[Any], valid: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """An image to look at: its first three bands, or the first one as grey, each between its percentiles 2 and 98.

    Args:
        image: (bands, height, width).
        valid: which pixels hold something (height, width), the others become white; None for all.

    Returns:
        (height, width, 3) red, green and blue.
    """
    shown = image[:3] if len(image) >= 3 else image[[0, 0, 0]]
    known = np.ones(image.shape[1:], dtype=bool) if valid is None else valid
    return np.stack([_stretched(band.astype(np.float32), known) for band in shown], axis=-1)


def _stretched(band: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.uint8]:
    values = band[valid]
    low, high = np.percentile(values, _STRETCH) if values.size else (0.0, 1.0)
    scaled = np.clip((band - low) / max(high - low, 1e-6), 0, 1)
    return np.where(valid, np.rint(255 * scaled), 255).astype(np.uint8)


def confusion_figure(counts: NDArray[Any], names: Sequence[str]) -> Figure:
    """A confusion matrix, each row in percent of the reference's pixels of the class.

    Args:
        counts: pixels (classes of the reference, classes of the map).
        names: of the classes.
    """
    from matplotlib.figure import Figure

    totals = counts.sum(axis=1, keepdims=True)
    percent = np.where(totals > 0, 100 * counts / np.maximum(totals, 1), np.nan)
    side = min(2.0 + 0.55 * len(names), 9.0)
    figure = Figure(figsize=(side + 1, side))
    axes = figure.add_subplot()
    shown = axes.imshow(percent, cmap="Blues", vmin=0, vmax=100)
    axes.set_xticks(np.arange(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(np.arange(len(names)), names)
    axes.set_xlabel("map")
    axes.set_ylabel("reference")
    if len(names) <= _MOST_CLASSES_WITH_NUMBERS:
        for (row, col), value in np.ndenumerate(percent):
            if np.isfinite(value):
                colour = "white" if value > 55 else "black"
                axes.text(col, row, f"{value:.0f}", ha="center", va="center", color=colour, fontsize=9)
    figure.colorbar(shown, ax=axes, label="% of the reference's class", fraction=0.046)
    return figure
