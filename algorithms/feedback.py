"""A run as QGIS follows it: its progress, its log, its end by a fault or by the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from ..core.errors import RecurveError
from ..core.progress import Progress
from .text.translation import tr


class FeedbackProgress:
    """The engine's `Progress` on QGIS's feedback."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.feedback = feedback

    def report(self, fraction: float) -> None:
        """Move QGIS's progress bar."""
        self.feedback.setProgress(100 * fraction)

    def say(self, text: str) -> None:
        """Write a line into QGIS's log."""
        self.feedback.pushInfo(text)

    def is_cancelled(self) -> bool:
        """Whether the user pressed Cancel."""
        return bool(self.feedback.isCanceled())


@contextmanager
def faults_for_qgis() -> Iterator[None]:
    """Hand a `RecurveError` to QGIS as the sentence the user reads; everything else keeps its traceback.

    A run that the user has stopped is one too: whoever waits for its outputs must not go on with older ones.
    """
    try:
        yield
    except RecurveError as error:
        raise QgsProcessingException(str(error)) from error


def say_speed(pixels: int, seconds: float, progress: Progress) -> None:
    """Tell how many pixels got a class in which time."""
    megapixels = pixels / 1e6
    progress.say(
        tr(
            "{megapixels:.2f} Mpx mapped in {seconds:.1f} s: {rate:.2f} Mpx/s.",
            megapixels=megapixels,
            seconds=seconds,
            rate=megapixels / max(seconds, 1e-9),
        )
    )
