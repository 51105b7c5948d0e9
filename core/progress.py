"""What the engine tells its caller while it works, and the one thing it asks."""

from __future__ import annotations

from typing import Protocol

from .errors import Cancelled
from .translation import tr


class Progress(Protocol):
    """The caller's side of a long run; called in the caller's thread only."""

    def report(self, fraction: float) -> None:
        """Take note of the part that is done.

        Args:
            fraction: 0 to 1, never falling.
        """

    def say(self, text: str) -> None:
        """Show one line to the user."""

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop; asked between two steps."""


_TILES_ARE_KEPT = "The run was stopped; the same run goes on from its finished tiles."


def stop_if_cancelled(progress: Progress, sentence: str = "") -> None:
    """To be called between two steps of a run.

    Args:
        progress: is asked.
        sentence: what a run that is stopped here leaves; '' where it leaves its finished tiles.

    Raises:
        Cancelled: the user asked to stop.
    """
    if progress.is_cancelled():
        raise Cancelled(sentence or tr(_TILES_ARE_KEPT))


class Quiet:
    """A `Progress` for callers that want none."""

    def report(self, fraction: float) -> None:
        """Drop the fraction."""

    def say(self, text: str) -> None:
        """Drop the line."""

    def is_cancelled(self) -> bool:
        """Never stop."""
        return False


class Part:
    """A `Progress` for a part of a run: its fractions are those of the whole run, between two of them.

    Args:
        whole: the progress of the whole run.
        start: the whole run's fraction where the part begins.
        stop: and where it ends.
    """

    def __init__(self, whole: Progress, start: float, stop: float) -> None:
        self._whole, self._start, self._stop = whole, start, stop

    def report(self, fraction: float) -> None:
        """Report the whole run's fraction."""
        self._whole.report(self._start + (self._stop - self._start) * fraction)

    def say(self, text: str) -> None:
        """Hand the line on."""
        self._whole.say(text)

    def is_cancelled(self) -> bool:
        """Whether the whole run is."""
        return self._whole.is_cancelled()
