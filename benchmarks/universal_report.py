"""`benchmarks/universal.md`: the tables of all places left out, from the rows that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .fixed_filters import Rows
from .left_out import MOST_IMAGES, MOST_PX
from .markdown import percent, points, table
from .raggedness import SPECK_PX

HARM = 0.002
"""A mean IoU lower by more is harm."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Summary:
    """A method over all places and kinds of map.

    Attributes:
        name: of the method.
        setting: the one for all.
        gains: of mean IoU.
        boundary: mean boundary IoU, as a multiple of that of the map.
    """

    name: str
    setting: str
    gains: tuple[float, ...]
    boundary: tuple[float, ...]

    @property
    def gain(self) -> float:
        """The mean one."""
        return float(np.mean(self.gains))

    @property
    def harmed(self) -> int:
        """How many cases lose more than `HARM`."""
        return sum(gain < -HARM for gain in self.gains)


def report(rows: Sequence[Row], filters: Mapping[str, Rows]) -> str:
    """All tables.

    Args:
        rows: of networks on places, see `universal.py`.
        filters: for each place what hand-crafted methods make of its maps.
    """
    if not rows:
        return "No place has been measured yet."
    families = sorted({row["family"] for row in rows})
    parts = ["# Maps of places that the corrector has not learned from: `make bench-universal`"]
    for family in families:
        own = [row for row in rows if row["family"] == family]
        methods = [network_summary(family, own), *best_filters(own, filters)]
        iterations = sorted({row["identity"]["iterations"] for row in own})
        cases = len(methods[0].gains)
        parts += [
            f"## {family}, {', '.join(map(str, iterations))} iterations",
            f"{cases} cases: {len(own)} places times kinds of map. Of a place at most {MOST_IMAGES} images, spread "
            f"evenly, and of each at most the middle {MOST_PX} px a side. Harmed: more than {100 * HARM:.1f} points of "
            "mean IoU lost. Each hand-crafted method has one setting for all cases, the one with the best mean gain on "
            "these very cases, which favours it; the network saw none of them.",
            summary_table(methods),
            case_table(own, methods[1:], filters),
            f"Raggedness: length of the outlines per area as a multiple of the reference's, and the share of pieces of "
            f"fewer than {SPECK_PX} px.",
            raggedness_table(own),
        ]
    return "\n\n".join(parts)


def network_summary(family: str, rows: Sequence[Row]) -> Summary:
    """A network over its cases."""
    pairs = [(kind["before"], kind["after"]) for row in rows for kind in row["kinds"].values()]
    return Summary(
        family,
        "",
        tuple(after["mean_iou"] - before["mean_iou"] for before, after in pairs),
        tuple(_times(after, before) for before, after in pairs),
    )


def best_filters(rows: Sequence[Row], filters: Mapping[str, Rows]) -> list[Summary]:
    """Each hand-crafted method with its one setting, over the same cases; none before all are measured."""
    if any(row["place"] not in filters for row in rows):
        return []
    cases = [
        (kind["before"], filters[row["place"]][name]) for row in rows for name, kind in row["kinds"].items()
    ]
    found = []
    for method, settings in cases[0][1].items():
        tried = [
            Summary(
                method,
                setting,
                tuple(made[method][setting]["mean_iou"] - before["mean_iou"] for before, made in cases),
                tuple(_times(made[method][setting], before) for before, made in cases),
            )
            for setting in settings
        ]
        found.append(max(tried, key=lambda summary: summary.gain))
    return found


def summary_table(methods: Sequence[Summary]) -> str:
    """A line a method."""
    return table(
        ["method", "setting", "mean gain of mean IoU, points", "worst", "harmed", "boundary IoU, times"],
        [
            [
                method.name,
                method.setting,
                points(method.gain),
                points(min(method.gains)),
                f"{method.harmed} of {len(method.gains)}",
                f"{np.nanmean(method.boundary):.2f}",
            ]
            for method in methods
        ],
    )


def case_table(rows: Sequence[Row], methods: Sequence[Summary], filters: Mapping[str, Rows]) -> str:
    """A line a place and kind of map."""
    lines = []
    for row in rows:
        for name, kind in row["kinds"].items():
            before, after = kind["before"], kind["after"]
            gains = [
                points(
                    filters[row["place"]][name][method.name][method.setting]["mean_iou"] - before["mean_iou"]
                )
                for method in methods
            ]
            lines.append(
                [
                    f"{row['place']} ({row['pixel_m']:.2g} m)",
                    name,
                    f"{percent(before['mean_iou'])} → {percent(after['mean_iou'])}",
                    points(after["mean_iou"] - before["mean_iou"]),
                    f"{percent(before['mean_boundary_iou'])} → {percent(after['mean_boundary_iou'])}",
                    *gains,
                ]
            )
    head = ["place", "map", "mean IoU", "gain", "boundary IoU", *(method.name for method in methods)]
    return table(head, lines)


def raggedness_table(rows: Sequence[Row]) -> str:
    """A line a place and kind of map."""
    lines = []
    for row in rows:
        for name, kind in row["kinds"].items():
            truth, before, after = kind["truth"], kind["before"], kind["after"]
            folds = [f"{made['perimeter'] / truth['perimeter']:.2f}" for made in (before, after)]
            shares = [percent(made["speck_share"]) for made in (truth, before, after)]
            lines.append([row["place"], name, " → ".join(folds), f"{shares[1]} → {shares[2]}", shares[0]])
    return table(["place", "map", "outlines, times", "specks, %", "specks of the reference, %"], lines)


def _times(after: Mapping[str, float], before: Mapping[str, float]) -> float:
    return after["mean_boundary_iou"] / before["mean_boundary_iou"] if before["mean_boundary_iou"] else np.nan
