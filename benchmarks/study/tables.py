"""The rows of all seeds as Markdown tables: mean and spread (standard deviation) over the seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from .. import baselines
from .experiments import Row
from .metrics import TOLERANCES_PX, Measured
from .refiners import EVERY

Figure = Callable[[Measured], float]


def rows_of(folder: Path, base: str, seeds: Iterable[int]) -> dict[str, list[Row]]:
    """The rows of one base by the method's name, one for each seed that has it: hand-crafted baselines, then networks.

    Args:
        folder: of the protocol.
        base: its name.
        seeds: which.
    """
    found: dict[str, list[Row]] = {}
    for seed in seeds:
        for path in (folder / str(seed) / base).glob("*.json"):
            row = Row.read(path)
            found.setdefault(row.name, []).append(row)
    order = [name for name, *_ in baselines.methods()] + [refiner.name for refiner in EVERY]
    return {name: found[name] for name in order if name in found}


def spread(values: Sequence[float], digits: int = 1, factor: float = 100.0, is_signed: bool = False) -> str:
    """Mean ± standard deviation, in percent."""
    scaled = factor * np.asarray(values, dtype=float)
    sign = "+" if is_signed else ""
    text = f"{np.mean(scaled):{sign}.{digits}f}"
    return f"{text} ± {np.std(scaled, ddof=1):.{digits}f}" if len(scaled) > 1 else text


def comparison(rows: dict[str, list[Row]], classes: Sequence[str], base: str, thin_class: str = "") -> str:
    """Every method of a base in one table, in percent.

    Args:
        rows: as from `rows_of`.
        classes: their names.
        base: what the first line is called.
        thin_class: one whose relaxed precision and recall are shown, too.
    """
    thin = classes.index(thin_class) if thin_class else 0
    relaxed: list[tuple[str, Figure]] = [
        (f"{thin_class}: relaxed precision", lambda m: m.relaxed_precision_and_recall(thin)[0]),
        ("relaxed recall", lambda m: m.relaxed_precision_and_recall(thin)[1]),
    ]
    columns: list[tuple[str, Figure]] = [
        ("mean IoU", lambda m: m.mean_iou),
        *((f"{name} IoU", lambda m, i=index: float(m.iou[i])) for index, name in enumerate(classes)),
        ("overall accuracy", lambda m: m.overall),
        ("mean IoU without borders", lambda m: m.inner_mean_iou),
        ("boundary IoU", lambda m: m.boundary_iou),
        *(
            (f"boundary F1, {tolerance} px", lambda m, i=number: m.boundary_f1[i])
            for number, tolerance in enumerate(TOLERANCES_PX)
        ),
        *(relaxed if thin_class else []),
        ("damage", lambda m: m.changed.damage),
        ("repair", lambda m: m.changed.repair),
    ]
    first = next(iter(rows.values()))
    lines = [[base, *(spread([figure(row.measured[0]) for row in first]) for _, figure in columns)]]
    lines[0][-2:] = ["", ""]
    learned = next((found for found in rows.values() if found[0].on_chosen), [])
    lines[0] += ["", "", spread([row.on_chosen[0] for row in learned]) if learned else ""]
    for name, found in rows.items():
        line = [f"+ {name}", *(spread([figure(row.final) for row in found]) for _, figure in columns)]
        is_iterated = len(found[0].measured) > 2
        line.append(", ".join(str(row.kept) for row in found) if is_iterated else "")
        line.append(spread([row.gated.mean_iou for row in found]) if is_iterated else "")
        known = [row.on_chosen[row.iterations] for row in found if row.on_chosen]
        line.append(spread(known) if known else "")
        lines.append(line)
    head = [
        "method",
        *(name for name, _ in columns),
        "best t on the validation area",
        "mean IoU at that t",
        "mean IoU on the validation area",
    ]
    return table(head, lines)


def per_iteration(rows: dict[str, list[Row]], names: Sequence[str]) -> str:
    """Mean IoU and boundary IoU after each iteration."""
    kept = [name for name in names if name in rows]
    counts = range(max(len(rows[name][0].measured) for name in kept))
    lines = []
    for count in counts:
        line = [str(count)]
        for name in kept:
            for figure in (_mean_iou, _boundary_iou):
                has = count < len(rows[name][0].measured)
                line.append(spread([figure(row.measured[count]) for row in rows[name]]) if has else "")
        lines.append(line)
    head = [f"{name}: {what}" for name in kept for what in ("mean IoU", "boundary IoU")]
    return table(["iterations", *head], lines)


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _mean_iou(measured: Measured) -> float:
    return measured.mean_iou


def _boundary_iou(measured: Measured) -> float:
    return measured.boundary_iou
