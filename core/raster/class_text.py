"""Classes as a user writes them: 'road:#ff0000, building' or '10=building; 20=road; 30='."""

from __future__ import annotations

import re
from typing import NamedTuple

_ENTRY = re.compile(r"(?:([^=]*)=)?(.*?)(?::\s*(#[0-9a-fA-F]{6}))?", re.DOTALL)
_BETWEEN = re.compile(r"[,;\n]")
_BETWEEN_NUMBERED = re.compile(r"[,;\n]\s*(?=-?\d+\s*=)")  # so that a class may have a comma in its name


class ClassText(NamedTuple):
    """One class as it is written.

    Attributes:
        written: all of it.
        value: what stands for the class in labels or maps; '' where that is not said.
        name: of the class; '' where there is none.
        colour: '#rrggbb' in lower case, or ''.
    """

    written: str
    value: str
    name: str
    colour: str

    @property
    def number(self) -> int | None:
        """The value as a whole number; None where it is none."""
        return int(self.value) if re.fullmatch(r"-?\d+", self.value) else None


def read_classes(text: str, is_numbered: bool = False) -> list[ClassText]:
    """Read classes: [value=]name[:#rrggbb], with a comma, a semicolon or a line's end between them.

    Args:
        text: the classes.
        is_numbered: whether each one has a whole number as its value. Then names may hold commas and semicolons.
    """
    between = _BETWEEN_NUMBERED if is_numbered else _BETWEEN
    entries = between.split(text.strip().rstrip(",;") if is_numbered else text)
    return [_read(entry.strip()) for entry in entries]


def _read(entry: str) -> ClassText:
    match = _ENTRY.fullmatch(entry)
    assert match is not None  # every part may be missing
    value, name, colour = (group.strip() if group else "" for group in match.groups())
    return ClassText(entry, value, name, colour.lower())
