"""Markdown tables of the measurements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, its first line the head."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def percent(value: float) -> str:
    """A share in percent, one digit."""
    return f"{100 * value:.1f}"


def points(value: float) -> str:
    """A difference of shares in points of percent, signed."""
    return f"{100 * value:+.1f}"
