"""What was measured: printed as a table while it goes on, kept as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Report:
    """The rows of the table.

    Attributes:
        path: the JSON, written again after each part, so that a run that is cut off keeps what it has.
        about: what the machine, its libraries and the run's settings are.
        rows: what was measured, a record each.
        failures: how many rows say that something does not work.
    """

    path: Path
    about: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0

    def begin(self, part: str) -> None:
        """A part of the table."""
        self._part = part
        _say(f"\n| {part} | measured |\n| --- | --- |")

    def add(self, what: str, measured: str, **values: Any) -> None:
        """A row: words for people, values for programs."""
        self.rows.append({"part": self._part, "what": what, "measured": measured, **values})
        _say(f"| {what} | {measured} |")

    def fail(self, what: str, sentence: str) -> None:
        """A row that says why something does not work here."""
        self.failures += 1
        self.add(what, f"failed: {sentence}", failed=True)

    def write(self) -> None:
        """Keep what there is so far."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"about": self.about, "failures": self.failures, "rows": self.rows}
        self.path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
