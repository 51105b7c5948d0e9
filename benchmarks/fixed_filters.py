"""Hand-crafted methods on places left out, each with one setting for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.metrics.accuracy import Accuracy, assess
from . import baselines
from .baselines import Codes, Shares
from .left_out import JudgedImage

Filter = Callable[[Shares, NDArray[np.float32]], Codes]
Rows = dict[str, dict[str, dict[str, Any]]]
"""For each kind of map, method and setting what comes out."""


def filters() -> Iterator[tuple[str, str, Filter]]:
    """Each method, its setting in words, and what it does with shares and an image of 8 bits."""
    grids: dict[str, tuple[Callable[..., Codes], list[dict[str, Any]]]] = {
        "majority filter": (baselines.majority, [{"side": side} for side in (3, 5, 9)]),
        "sieve": (
            lambda shares, _, smallest: baselines.sieve((shares.argmax(0) + 1).astype(np.uint8), smallest),
            [{"smallest": smallest} for smallest in (8, 32, 128)],
        ),
        "guided filter": (
            baselines.guided_filter,
            [
                {"radius": radius, "epsilon": epsilon}
                for radius, epsilon in itertools.product((2, 8), (1e-3, 1e-2))
            ],
        ),
        "dense CRF": (
            baselines.dense_crf,
            [
                {"near": near, "far": far, "colours": colours, "weight": weight}
                for near, far, colours, weight in (
                    (1, 10, 13, 3),
                    (3, 30, 13, 3),
                )
            ],
        ),
    }
    for name, (method, settings) in grids.items():
        for setting in settings:
            told = ", ".join(f"{key} {value:g}" for key, value in setting.items())
            yield name, told, lambda shares, image, m=method, s=setting: m(shares, image, **s)


def filtered(images: Iterable[JudgedImage]) -> Rows:
    """What each method makes of the maps of a place, with each setting."""
    sums: dict[tuple[str, str, str], Accuracy] = {}
    for image in images:
        colours = image.colours.astype(np.float32)
        for kind, scores in image.starts.items():
            shares = baselines.shares_of(scores)
            for name, setting, apply in filters():
                found = assess(image.truth, apply(shares, colours), image.classes)
                key = (kind, name, setting)
                sums[key] = sums[key] + found if key in sums else found
    rows: Rows = {}
    for (kind, name, setting), found in sums.items():
        figures = {"mean_iou": found.mean_iou, "mean_boundary_iou": found.mean_boundary_iou}
        rows.setdefault(kind, {}).setdefault(name, {})[setting] = figures
    return rows
