"""`benchmarks/hints.md`: what hints do, from the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .hint_methods import BETA, CRF, DISC_PX
from .hint_places import JITTER_PX, WRONG_SHARE
from .hint_protocol import (
    BUDGETS,
    FIRST_LEAST_PX,
    FIRST_PIECES,
    ITERATIONS_BUDGET,
    OTHER_BUDGETS,
    SIDE_PX,
)
from .left_out import MOST_IMAGES
from .markdown import percent, points, table

SIZES = {"small": (0, 400), "middle": (400, 4000), "large": (4000, np.inf), "all": (0, np.inf)}
"""Of wrong pieces, px: from, and below."""
SHOWN_BUDGETS = (0, 10, 50)
Row = Mapping[str, Any]
Kind = Mapping[str, Any]
Cells = dict[tuple[str, str, int], Mapping[str, Any]]


def report(rows: Sequence[Row]) -> str:
    """All tables.

    Args:
        rows: of networks on places, see `hints.py`.
    """
    if not rows:
        return "No place has been measured yet."
    kinds = [kind for row in rows for kind in row["kinds"].values()]
    families = sorted({row["family"] for row in rows if not row["is_twin"]})
    methods = _shown(kinds)
    parts = [
        "# Hints on maps of places that the corrector has not learned from: `make bench-hints`",
        _protocol(rows),
        "## Budgets: hints at the centres of the largest wrong pieces",
        budget_table(kinds, methods),
        "## Other placements",
        f"Jittered: up to {JITTER_PX} px beside the centre along both axes, still of the class that was meant. Partly "
        f"wrong: each with a chance of {percent(WRONG_SHARE)} % of another class. Confirming: on right pixels, of "
        "their class; nothing may change.",
        placement_table(kinds, families),
        "## The first hint",
        f"One hint at the centre of each of the {FIRST_PIECES} largest wrong pieces of an image (of at least "
        f"{FIRST_LEAST_PX} px), each by itself. Small: below 400 px, large: from 4000 px on.",
        first_table(kinds, methods),
        "## Iterations",
        f"With {ITERATIONS_BUDGET} hints per Mpx.",
        *(iterations_table(family, [row for row in rows if row["family"] == family]) for family in families),
        "## Places",
        *(place_table(family, [row for row in rows if row["family"] == family]) for family in families),
    ]
    return "\n\n".join(parts)


def _protocol(rows: Sequence[Row]) -> str:
    networks = sorted({f"{row['family']} ({row['identity']['iterations']} iterations)" for row in rows})
    return (
        f"Networks: {', '.join(networks)}. Of a place at most {MOST_IMAGES} images, spread evenly, and of each at most "
        f"the middle {SIDE_PX} px a side. A budget of b hints per Mpx is ⌈b · area⌉ hints an image; a hint is one "
        "certain pixel. Hints are placed by the errors of the map without hints. The disc "
        f"({DISC_PX} px) and the random walker (on colours, β = {BETA}; the one of three reaches that repairs most, "
        "chosen on these very cases) begin with the network's map without hints and have the same hints; the dense CRF "
        f"({', '.join(f'{name} {value}' for name, value in CRF.items())}) begins with its probabilities, and its hints "
        "lie where its own map is wrong, as do a twin's. Net: pixels repaired less those damaged, against the same "
        "method without hints. Figures are means over places and kinds of map, each with the same weight."
    )


def cells_of(kind: Kind) -> Cells:
    """The measured budgets of a place and kind of map, by method, placement and budget."""
    return {(cell["method"], cell["placement"], cell["budget"]): cell for cell in kind["budgets"]}


def net_per_hint(cell: Mapping[str, Any]) -> float:
    """Pixels that are right thanks to a hint; nan without one."""
    return (cell["repaired"] - cell["damaged"]) / cell["hints"] if cell["hints"] else float("nan")


def _shown(kinds: Sequence[Kind]) -> list[str]:
    """The methods, networks first; of the random walkers the best one."""
    names = list(dict.fromkeys(cell["method"] for kind in kinds for cell in kind["budgets"]))
    walkers = [name for name in names if name.startswith("random walker")]

    def repaired(name: str) -> float:
        return float(
            np.nanmean([net_per_hint(cells_of(kind)[name, "largest", 10]) for kind in _with(kinds, name)])
        )

    dropped = set(walkers) - {max(walkers, key=repaired)} if walkers else set()
    by_hand = ("disc", "random walker", "dense CRF")
    return sorted(
        (name for name in names if name not in dropped), key=lambda name: (name.startswith(by_hand), name)
    )


def _with(kinds: Iterable[Kind], method: str) -> list[Kind]:
    return [kind for kind in kinds if (method, "largest", 0) in cells_of(kind)]


def budget_table(kinds: Sequence[Kind], methods: Sequence[str]) -> str:
    """A line a method and budget."""
    lines = []
    for method in methods:
        cells = [cells_of(kind) for kind in _with(kinds, method)]
        lines += [
            [method, str(budget), *_compared(cells, method, "largest", budget)] for budget in (0, *BUDGETS)
        ]
    return table(["method", "hints per Mpx", *_COMPARED], lines)


def placement_table(kinds: Sequence[Kind], families: Sequence[str]) -> str:
    """A line a placement and budget, of the networks."""
    lines = []
    for family in families:
        cells = [cells_of(kind) for kind in _with(kinds, family)]
        for placement in dict.fromkeys(placement for known in cells for _, placement, __ in known):
            lines += [
                [family, placement, str(budget), *_compared(cells, family, placement, budget)]
                for budget in OTHER_BUDGETS
            ]
    return table(["method", "placement", "hints per Mpx", *_COMPARED], lines)


_COMPARED = (
    "mean IoU",
    "boundary IoU",
    "worst case, points",
    "net px a hint",
    "damaged px a hint",
    "cases below the run without hints",
)


def _compared(cells: Sequence[Cells], method: str, placement: str, budget: int) -> list[str]:
    found = [known[method, placement, budget] for known in cells]
    gains = [cell["mean_iou"] - known[method, "largest", 0]["mean_iou"] for cell, known in zip(found, cells)]
    hinted = [cell for cell in found if cell["hints"]]
    damaged = [cell["damaged"] / cell["hints"] for cell in hinted]
    return [
        percent(_mean(cell["mean_iou"] for cell in found)),
        percent(_mean(cell["mean_boundary_iou"] for cell in found)),
        points(min(gains)),
        f"{_mean(map(net_per_hint, hinted)):.0f}" if hinted else "",
        f"{_mean(damaged):.0f}" if hinted else "",
        f"{sum(gain < 0 for gain in gains)} of {len(gains)}",
    ]


def first_table(kinds: Sequence[Kind], methods: Sequence[str]) -> str:
    """A line a method and size of the piece, all pieces of all places together."""
    lines = []
    for method in methods:
        pieces = np.array([piece for kind in kinds for piece in kind["first"].get(method, [])], float)
        for name, (least, below) in SIZES.items() if len(pieces) else ():
            chosen = pieces[(pieces[:, 0] >= least) & (pieces[:, 0] < below)]
            if len(chosen):
                lines.append([method, name, *first_figures(chosen)])
    head = ["method", "pieces", "number", "mean px", "of the piece repaired, %: mean", "pooled"]
    return table([*head, "damaged / repaired", "net px"], lines)


def first_figures(pieces: np.ndarray) -> list[str]:
    """Of pieces (number, 4): their pixels, those of them repaired, all that were repaired, all that were damaged."""
    size, of_piece, repaired, damaged = pieces.T
    return [
        str(len(pieces)),
        f"{size.mean():.0f}",
        percent(float((of_piece / size).mean())),
        percent(float(of_piece.sum() / size.sum())),
        f"{damaged.sum() / repaired.sum():.2f}" if repaired.sum() else "",
        f"{(repaired - damaged).mean():.0f}",
    ]


def iterations_table(family: str, rows: Sequence[Row]) -> str:
    """A line a number of iterations."""
    cells: dict[int, dict[bool, list[Mapping[str, Any]]]] = {}
    for row in rows:
        for kind in row["kinds"].values():
            for cell in kind["iterations"]:
                parts = cells.setdefault(cell["iterations"], {False: [], True: []})
                parts[cell["budget"] > 0].append(cell)
    lines = [
        [
            str(iterations),
            *(
                percent(_mean(cell[figure] for cell in parts[hinted]))
                for figure in ("mean_iou", "mean_boundary_iou")
                for hinted in (False, True)
            ),
            f"{_mean(map(net_per_hint, parts[True])):.0f}",
        ]
        for iterations, parts in sorted(cells.items())
    ]
    head = ["iterations", "mean IoU", "with hints", "boundary IoU", "with hints", "net px a hint"]
    return table([f"{family}: {head[0]}", *head[1:]], lines)


def place_table(family: str, rows: Sequence[Row]) -> str:
    """A line a place and kind of map."""
    lines = []
    for row in rows:
        for name, kind in row["kinds"].items():
            cells = cells_of(kind)
            found = [cells[family, "largest", budget] for budget in SHOWN_BUDGETS]
            first = np.array(kind["first"].get(family, []), float)
            share = percent(float(first[:, 1].sum() / first[:, 0].sum())) if len(first) else ""
            damage = f"{first[:, 3].sum() / max(first[:, 2].sum(), 1):.2f}" if len(first) else ""
            mean_ious = (percent(cell["mean_iou"]) for cell in found)
            nets = (f"{net_per_hint(cell):.0f}" for cell in found[1:])
            lines.append([f"{row['place']} ({row['pixel_m']:.2g} m)", name, *mean_ious, *nets, share, damage])
    head = [f"mean IoU, {budget} hints per Mpx" for budget in SHOWN_BUDGETS]
    head += [f"net px a hint, {budget}" for budget in SHOWN_BUDGETS[1:]]
    first_head = ["first hint: of the pieces repaired, %", "damaged / repaired"]
    return table([f"{family}: place", "map", *head, *first_head], lines)


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")
