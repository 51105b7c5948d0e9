"""Classes as a user writes them: 'road:#ff0000, "Fields, wet"' or '10=building; 20=road; 30='."""

from __future__ import annotations

import re
from typing import NamedTuple

# In quotes a name or a value may hold anything; a quote inside of them is written twice.
_QUOTED = r'"(?:[^"]|"")*"'
# The sign of '>=' and '!=' is part of a name.
_VALUE = rf'({_QUOTED}|(?!\s*")[^=]*?)\s*(?<![<>!=])=(?!=)'
_NAME = rf"({_QUOTED}|.*?)\s*(?::\s*(#[0-9a-fA-F]{{6}}))?"
_ENTRY = re.compile(rf"(?:{_VALUE})?\s*{_NAME}", re.DOTALL)
_BETWEEN = re.compile(r"[,;\n]")
_BETWEEN_NUMBERED = re.compile(
    r'[,;\n]\s*(?="?-?[0-9]+"?\s*=)'
)  # so that a class may have a comma in its name
_BETWEEN_CELLS = re.compile(r"[;\n]")
_NEEDS_QUOTES = re.compile(r'[,;:=\n"]|^\s|\s$')


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
        return int(self.value) if re.fullmatch(r"-?[0-9]+", self.value) else None


def read_classes(text: str, is_numbered: bool = False) -> list[ClassText]:
    """Read classes: [value=]name[:#rrggbb], with a comma, a semicolon or a line's end between them.

    A value or a name with such a sign in it stands in double quotes.

    Args:
        text: the classes.
        is_numbered: whether each one has a whole number as its value. Then names may hold commas and semicolons.
    """
    if is_numbered:
        return _read(text.strip().rstrip(",;"), _BETWEEN_NUMBERED)
    return _read(text, _BETWEEN)


def read_cell(text: str) -> list[ClassText]:
    """Read the classes of one cell of a list, in which a comma is none that stands between classes."""
    return _read(text, _BETWEEN_CELLS)


def quoted(name: str) -> str:
    """A name as it is written among others: in quotes where it has to be."""
    return '"' + name.replace('"', '""') + '"' if _NEEDS_QUOTES.search(name) else name


def cells_of(text: str) -> list[str]:
    """The cells of a table that is written as a text with commas between them; in quotes where they hold one."""
    return [_unquoted(part) for part in _split(text, re.compile(","))]


def has_open_quotes(text: str) -> bool:
    """Whether a text is only a part of what stands between quotes."""
    return any(part.count('"') % 2 for part in _split(text, _BETWEEN))


def _read(text: str, between: re.Pattern[str]) -> list[ClassText]:
    return [_entry(part.strip()) for part in _split(text, between)]


def _split(text: str, between: re.Pattern[str]) -> list[str]:
    """The parts of a text between signs that do not stand in quotes."""
    opened = re.finditer(rf"(?:^|(?<=[=,;\n]))\s*{_QUOTED}", text)
    quotes = [(found.start(), found.end()) for found in opened]
    parts, start = [], 0
    for found in between.finditer(text):
        if not any(first <= found.start() < last for first, last in quotes):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _entry(entry: str) -> ClassText:
    match = _ENTRY.fullmatch(entry)
    assert match is not None  # every part may be missing
    value, name, colour = (group or "" for group in match.groups())
    return ClassText(entry, _unquoted(value), _unquoted(name), colour.lower())


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1].replace('""', '"') if re.fullmatch(_QUOTED, text) else text
