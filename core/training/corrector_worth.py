"""Whether a corrector is worth using, and how often it is best applied, as far as the validation chips tell."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import RecurveError
from ..translation import tr
from .result import TrainedNetwork

WORTH_USING = 0.005
"""Less mean IoU gained on the validation chips is no evidence of a gain elsewhere (`benchmarks/study.md`)."""


class NotBetter(RecurveError):  # noqa: N818 (what a training came to, not a fault of it)
    """A corrector that helps with no number of iterations, and was not exported.

    Attributes:
        trained: what there is to report about it.
    """

    def __init__(self, sentence: str, trained: TrainedNetwork) -> None:
        super().__init__(sentence)
        self.trained = trained


def best_iterations(after: Sequence[float]) -> int:
    """How many iterations give the best map, the fewest of several that do.

    Args:
        after: mean IoU after each iteration, from the first on.
    """
    return 1 + max(range(len(after)), key=after.__getitem__)


def chosen(before: float, after: Sequence[float]) -> str:
    """What the log says about the number of iterations; for the arguments see `advice`."""
    number = best_iterations(after)
    return tr(
        "The best number of iterations on the validation map is {number} (of 1 to {most}): mean IoU {after}, against "
        "{before} before the correction.",
        number=number,
        most=len(after),
        after=_percent(after[number - 1]),
        before=_percent(before),
    )


def advice(before: float, after: Sequence[float]) -> list[str]:
    """What the validation chips say against using a corrector.

    Args:
        before: mean IoU of the start scores.
        after: mean IoU after each iteration, from the first on.
    """
    best = max(after)
    if best - before >= WORTH_USING:
        return []
    values = {"before": _percent(before), "best": _percent(best)}
    if best > before:
        fault = tr(
            "The corrector hardly improves the validation map (mean IoU {before} before, {best} at best)",
            **values,
        )
    else:
        fault = tr(
            "The corrector does not improve the validation map (mean IoU {before} before, {best} at best)",
            **values,
        )
    return [
        tr(
            "{fault}, and may do harm elsewhere: train for more epochs, label a larger area, accurately along the "
            "boundaries, or use no corrector.",
            fault=fault,
        )
    ]


def refusal(before: float, after: Sequence[float]) -> str:
    """Why a corrector is not exported; empty where it helps. For the arguments see `advice`."""
    number = best_iterations(after)
    if after[number - 1] > before:
        return ""
    return tr(
        "No corrector was written, because it does not help: the validation map has a mean IoU of {before} as it is, "
        "and of {after} at best when it is corrected (after iteration {number} of {most}). Use the map as it is, or "
        "label a larger area, accurately along the boundaries, and train again. To export it anyway, run "
        "again with 'Write the corrector even if it does not help': what was learned is kept, so that takes no new "
        "training.",
        before=_percent(before),
        after=_percent(after[number - 1]),
        number=number,
        most=len(after),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
