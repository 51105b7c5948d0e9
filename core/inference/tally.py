"""How many tiles of a run are done."""

from __future__ import annotations

from ..errors import RecurveError
from ..progress import Progress
from ..translation import tr


class TileTally:
    """Counts tiles that are really written, and tells how far the run is.

    Args:
        tiles: how many there are.
        found: how many were finished in an earlier run.
        progress: told.
    """

    def __init__(self, tiles: int, found: int, progress: Progress) -> None:
        self._tiles, self._progress = tiles, progress
        self._written, self._skipped = found, 0
        self._reported = 0.0

    def within(self, fraction: float) -> None:
        """Tell how much of a tile is inferred; the rest of its share is for writing it."""
        self._report((self._written + 0.9 * fraction) / self._tiles)

    def count(self, is_valid: bool) -> None:
        """Take note of a written tile, and whether it holds a valid pixel."""
        self._written += 1
        self._skipped += not is_valid
        self._report(self._written / self._tiles)

    def _report(self, fraction: float) -> None:
        if fraction > self._reported:
            self._reported = fraction
            self._progress.report(fraction)

    def check(self) -> None:
        """See that no tile is missing.

        Raises:
            RecurveError: one is.
        """
        if self._written != self._tiles:
            raise RecurveError(
                tr(
                    "Only {written} of {tiles} tiles were written; run again.",
                    written=self._written,
                    tiles=self._tiles,
                )
            )
        if self._skipped:
            self._progress.say(
                tr(
                    "Tiles that were skipped because they hold no valid pixel: {skipped}.",
                    skipped=self._skipped,
                )
            )
