"""What a run takes over from finished outputs that only other hints were given for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..raster.tiling import Window
from .hints import Hints
from .outputs import Outputs

_RUN, _HINTS = "RECURVE_RUN", "RECURVE_HINTS"

_Record = list[list[Any]]
"""Of each hint its digest, and its window: row, column, height and width."""


def run_record(identity: Mapping[str, Any], hints: Hints | None) -> dict[str, str]:
    """Metadata items by which a later run knows what outputs were made from.

    Args:
        identity: of the run without its hints.
        hints: None without.
    """
    said = json.dumps(identity, sort_keys=True).encode("utf-8", "surrogateescape")
    return {
        _RUN: hashlib.sha256(said).hexdigest(),
        _HINTS: json.dumps(hint_record(hints), separators=(",", ":")),
    }


def hint_record(hints: Hints | None) -> _Record:
    """The hints that lie on the image, in order, as JSON values."""
    if hints is None:
        return []
    return [
        [hint.digest, box.row, box.col, box.height, box.width]
        for hint, box in zip(hints.hints, hints.boxes())
        if box is not None
    ]


class EarlierRun:
    """Outputs that are finished, and which of their pixels other hints may change.

    Args:
        outputs: begun.
        record: of the run that begins, see `run_record`.
        reach_px: how far a hint counts.

    Attributes:
        is_usable: whether all the outputs are there, made by a run that differs in its hints at the most.
    """

    def __init__(self, outputs: Outputs, record: Mapping[str, str], reach_px: int) -> None:
        found = [writer.earlier_items() for writer in outputs.writers]
        before = found[0].get(_HINTS, "")
        self.is_usable = all(
            items.get(_RUN) == record[_RUN] and items.get(_HINTS) == before for items in found
        )
        self._changed: list[Window] = []
        if self.is_usable:
            try:
                differing = _differing(json.loads(before), json.loads(record[_HINTS]))
                self._changed = [Window(*box).grown(reach_px) for _, *box in differing]
            except (ValueError, TypeError):  # somebody has written into the file
                self.is_usable = False

    def stale(self, window: Window) -> Window | None:
        """The part of a window of the image that has to be computed; None where nothing has changed."""
        if not self.is_usable:
            return window
        parts = []
        for changed in self._changed:
            try:
                parts.append(changed.clipped_to(window))
            except ValueError:  # they do not meet
                continue
        if not parts:
            return None
        row, col = min(part.row for part in parts), min(part.col for part in parts)
        row_stop, col_stop = max(part.row_stop for part in parts), max(part.col_stop for part in parts)
        return Window(row, col, row_stop - row, col_stop - col)


def _differing(before: _Record, now: _Record) -> _Record:
    """The hints of two runs that are not in both, or in another order, in which the last one on a pixel counts."""
    counts = [Counter(digest for digest, *_ in hints) for hints in (before, now)]
    common = counts[0] & counts[1]
    kept: list[_Record] = []
    differing: _Record = []
    for hints in (before, now):
        left = common.copy()
        in_both: _Record = []
        for hint in hints:
            (in_both if left[hint[0]] > 0 else differing).append(hint)
            left[hint[0]] -= 1
        kept.append(in_both)
    for one, other in zip(*kept, strict=True):
        if one != other:
            differing += [one, other]
    return differing


def with_hints(identity: Mapping[str, Any], hints: Hints | None) -> dict[str, Any]:
    """The identity of a run with its hints: what its unfinished tiles depend on."""
    record = hint_record(hints)
    return {**identity, "hints": record} if record else dict(identity)
