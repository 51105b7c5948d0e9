"""What the study was to reach, and what it reached, from the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .experiments import Row
from .tables import spread

Rows = dict[str, list[Row]]
Target = tuple[str, str, bool]
CORRECTORS = ("deep", "paper", "guided")
BASELINES = ("majority filter", "guided filter", "dense CRF")


def gains(found: Sequence[Row]) -> list[float]:
    """Mean IoU after the iterations trained for less that of the start, for each seed."""
    return [row.final.mean_iou - row.measured[0].mean_iou for row in found]


def targets(
    coarse: Rows, tuned: Rows, elsewhere: dict[str, Rows], transferred: dict[str, Rows]
) -> Iterator[Target]:
    """Each target: what is asked, what was found, whether that is enough.

    Args:
        coarse: the rows on the classifier of coarse labels.
        tuned: the rows on the fine-tuned classifier.
        elsewhere: the rows of other protocols by their title.
        transferred: the same, of places that the networks were not trained on.
    """
    deep, paper = coarse["deep"], coarse["paper"]
    yield from _alone(coarse)
    if tuned:
        yield from _on_tuned(deep, tuned)
    if len(twin := coarse.get("paper's feed-forward twin", [])) == len(paper):
        yield from _compared("paper", paper, "its feed-forward twin", twin)
    for name, found in coarse.items():
        if name != "deep" and len(found) == len(deep):
            yield from _compared("deep", deep, name, found)
    for title, rows in elsewhere.items():
        yield from _in_a_place(title, rows, 0.0, "never below the classifier")
    for title, rows in transferred.items():
        yield from _in_a_place(title, rows, -0.005, "never more than 0.5 below")
    yield from _damage(deep)


def _alone(coarse: Rows) -> Iterator[Target]:
    """Correctors on the classifier of coarse labels: what they gain, and whether further iterations spoil it."""
    deep, paper = coarse["deep"], coarse["paper"]
    learned = {
        name: found for name, found in coarse.items() if name not in BASELINES and len(found) == len(deep)
    }
    best = max(learned, key=lambda name: float(np.mean(gains(learned[name]))))
    for name in dict.fromkeys(("deep", best)):
        yield _at_least(f"{name} alone: mean IoU at least +18", gains(learned[name]), 0.18)
        ratios = [row.final.boundary_iou / row.measured[0].boundary_iou for row in learned[name]]
        yield (
            f"{name} alone: boundary IoU at least 3 x",
            f"{spread(ratios, 2, 1)} x",
            float(np.mean(ratios)) >= 3,
        )
    yield _at_least("paper's form: mean IoU at least +7", gains(paper), 0.07)
    for name, found in (("deep", deep), ("paper", paper)):
        falls = [_largest_fall(row) for row in found]
        yield f"{name}: no fall over 0.2 up to T", f"largest {100 * max(falls):.2f}", max(falls) <= 0.002
        decays = [row.final.mean_iou - row.measured[2 * row.iterations].mean_iou for row in found]
        yield f"{name}: no decay over 1 point at 2 T", f"largest {100 * max(decays):.2f}", max(decays) <= 0.01


def _on_tuned(deep: Sequence[Row], tuned: Rows) -> Iterator[Target]:
    """The deep form on the fine-tuned classifier, and alone against that."""
    on_top = tuned["deep"]
    yield _at_least("deep on the fine-tuned classifier: mean IoU at least +5", gains(on_top), 0.05)
    ratios = [row.final.boundary_iou / row.measured[0].boundary_iou - 1 for row in on_top]
    yield (
        "the same: boundary IoU at least +50 %",
        f"{spread(ratios, 0, 100, True)} %",
        float(np.mean(ratios)) >= 0.5,
    )
    over = [one.final.mean_iou - other.measured[0].mean_iou for one, other in zip(deep, on_top)]
    yield _at_least("deep alone over the fine-tuned classifier", over, _spread(over))
    for name, found in tuned.items():
        if name != "deep" and len(found) == len(on_top):
            yield from _compared("on the fine-tuned classifier, deep", on_top, name, found)


def _in_a_place(title: str, rows: Rows, lowest: float, asked: str) -> Iterator[Target]:
    for name in (name for name in CORRECTORS if name in rows):
        least = min(gains(rows[name]))
        yield f"{title}: {name} {asked}", f"least {100 * least:+.2f}", least >= lowest
        least = min(row.gated.mean_iou - row.measured[0].mean_iou for row in rows[name])
        counts = ", ".join(str(row.kept) for row in rows[name])
        yield (
            f"{title}: {name}, used as its validation area advises, {asked}",
            f"least {100 * least:+.2f} (t = {counts})",
            least >= lowest,
        )


def _damage(deep: Sequence[Row]) -> Iterator[Target]:
    shares = [row.final.changed.repair / max(row.final.changed.damage, 1e-9) for row in deep]
    pixels = [row.final.change[1] / max(row.final.change[2], 1) for row in deep]
    for what, ratios in (("as shares of right and of wrong pixels", shares), ("in pixels", pixels)):
        yield (
            f"deep: damage to repair at most 1 : 3, {what}",
            f"1 : {min(ratios):.1f} at worst",
            min(ratios) >= 3,
        )


def _compared(name: str, better: Sequence[Row], other_name: str, other: Sequence[Row]) -> Iterator[Target]:
    for what, figure in (("mean IoU", "mean_iou"), ("boundary IoU", "boundary_iou")):
        over = [getattr(a.final, figure) - getattr(b.final, figure) for a, b in zip(better, other)]
        yield _at_least(f"{name} over {other_name}: {what}", over, _spread(over))


def _spread(values: Sequence[float]) -> float:
    return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


def _at_least(name: str, values: Sequence[float], needed: float) -> Target:
    return name, spread(values, 1, 100, True), float(np.mean(values)) >= needed


def _largest_fall(row: Row) -> float:
    values = [measured.mean_iou for measured in row.measured[: row.iterations + 1]]
    return max(0.0, *(before - after for before, after in zip(values, values[1:])))
