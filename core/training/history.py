"""What the epochs of a training brought, as values, as records and as lines for the log."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ..metrics.accuracy import Accuracy
from ..progress import Progress
from ..translation import tr


@dataclass(frozen=True)
class EpochResult:
    """What one epoch brought.

    Attributes:
        epoch: counted from 1.
        loss: mean training loss.
        validation: accuracy of each output on the validation chips; for a corrector of each iteration from 1.
        is_best: whether the network is the best so far on the validation chips, see `judged`.
        seconds: duration of the training part.
        pixels_per_second: labelled and unlabelled patch pixels learned from per second.
        validation_seconds: duration of the validation.
        threads: in how many PyTorch computed; 0 where that was not noted.
    """

    epoch: int
    loss: float
    validation: list[Accuracy]
    is_best: bool
    seconds: float
    pixels_per_second: float
    validation_seconds: float = 0.0
    threads: int = 0

    @property
    def mean_iou(self) -> float:
        """What the best epoch is chosen by."""
        return judged(self.validation)

    def to_record(self) -> dict[str, Any]:
        """The result as JSON values."""
        validation = [
            {"confusion": accuracy.confusion.tolist(), "boundary": accuracy.boundary.tolist()}
            for accuracy in self.validation
        ]
        return {**asdict(self), "validation": validation}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> EpochResult:
        """The result that `to_record` wrote."""
        validation = [
            Accuracy(np.array(part["confusion"], np.int64), np.array(part["boundary"], np.int64))
            for part in record["validation"]
        ]
        return cls(**{**record, "validation": validation})


def judged(validation: Sequence[Accuracy]) -> float:
    """The mean IoU an epoch is judged by: of its best output, as a corrector is applied as often as was best.

    Args:
        validation: accuracy of each output on the validation chips.
    """
    figures = [accuracy.mean_iou for accuracy in validation]
    return max((figure for figure in figures if math.isfinite(figure)), default=figures[-1])


def best_of(results: Sequence[EpochResult]) -> EpochResult:
    """The epoch whose state a training ends in."""
    return [result for result in results if result.is_best][-1]


def log_epochs(results: Iterable[EpochResult], epochs: int, progress: Progress) -> list[EpochResult]:
    """Go through a training, with a line for each epoch.

    Args:
        results: as `fit` yields them.
        epochs: how many there will be at most.
        progress: told the lines.
    """
    found: list[EpochResult] = []
    for result in results:
        found.append(result)
        progress.say(_line(result, epochs, found))
    return found


def _line(result: EpochResult, epochs: int, so_far: Sequence[EpochResult]) -> str:
    figures = " ".join(f"{100 * accuracy.mean_iou:.1f}" for accuracy in result.validation)
    seconds = np.mean([done.seconds + done.validation_seconds for done in so_far[-5:]])
    left = _duration(float(seconds) * (epochs - result.epoch))
    accuracy = tr("validation mean IoU {percent} %", percent=figures)
    if len(result.validation) > 1:
        accuracy = tr("validation mean IoU after each iteration {percent} %", percent=figures)
    if result.is_best:
        accuracy = tr("{accuracy} (best so far)", accuracy=accuracy)
    return tr(
        "Epoch {epoch} of {epochs}: loss {loss:.4f}, {accuracy}, {rate:.2f} Mpx/s, {seconds:.0f} s; about {left} left.",
        epoch=result.epoch,
        epochs=epochs,
        loss=result.loss,
        accuracy=accuracy,
        rate=result.pixels_per_second / 1e6,
        seconds=result.seconds,
        left=left,
    )


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{math.ceil(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes / 60:.1f} h"
