"""What a class value is: the one place that decides it, for fields, pixels, attribute tables and typed texts."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from numbers import Integral, Real
from typing import NamedTuple

from ..errors import LabelError
from ..translation import tr

# The digits 0 to 9 alone: int() also takes '1_1' and those of other scripts. Behind a point are only zeros.
_WHOLE = re.compile(r"([+-]?[0-9]+)(?:\.0*)?")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")  # the last two are seen by no one either
_SINGLE_PRECISION_BELOW = 1e6
"""Smaller numbers are told apart by the seven digits that 32 bits hold; whole numbers always by all of them."""


class ClassValue(NamedTuple):
    """A class as labels, a reference or a map say it.

    Attributes:
        key: what it is compared by.
        name: what people read.
        written: as it was found.
    """

    key: str
    name: str
    written: str

    @property
    def code(self) -> int | None:
        """The class value of a raster that it may stand for; None for a name."""
        return int(self.key) if _WHOLE.fullmatch(self.key) else None


def class_value(value: object) -> ClassValue | None:
    """The class that a value says; None where it says none.

    - No class: None, not-a-number and infinity, a text of blanks, a list of nothing.
    - Whole numbers, in whatever type or as text (' 1', '+1', '01', '1.0'), are codes: all of these are 1. A yes-no
      value is 1 or 0, as in a raster that is made of it.
    - Other numbers are names of up to seven digits, which is what 32 bits hold: 2.0000000298 is the code 2, and
      0.30000000000000004 the name '0.3'. From a million on all their digits count.
    - Dates and times are names as in ISO 8601: '2024-05-31'.
    - A list of one value is that value; one of several is the name 'a, b'.
    - Every other text is a name: '1_1', '1e0', '0x1', 'nan', digits of other scripts too. Names are the same where they
      differ in nothing but capitals, blanks around or between words, and how Unicode composes their letters.

    Raises:
        LabelError: the value is of a type that says nothing to people.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return ClassValue(str(int(value)), str(int(value)), str(value).lower())
    if isinstance(value, Integral):
        return _of_code(int(value))
    if isinstance(value, Real):
        return _of_number(float(value))
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return _of_text(value.isoformat())
    if isinstance(value, (list, tuple)):
        parts = [part for part in map(class_value, value) if part is not None]
        return parts[0] if len(parts) == 1 else _of_text(", ".join(part.written for part in parts))
    raise LabelError(
        tr(
            "A value of the type {type} says no class; choose a field of texts, numbers or dates.",
            type=type(value).__name__,
        )
    )


def class_key(name: str) -> str:
    """What a class's name or value, given as text, is compared by; '' for none."""
    found = class_value(name)
    return found.key if found else ""


def place_of(name: str, names: Sequence[str]) -> int | None:
    """Which of some names, from 0, is that of a class: the same text, or else the first of the same key."""
    if name in names:
        return names.index(name)
    key = class_key(name)
    return next((place for place, other in enumerate(names) if class_key(other) == key), None)


class ClassForms:
    """The forms in which classes are written in one place, and how often."""

    def __init__(self) -> None:
        """Begin with none."""
        self._names: dict[str, Counter[str]] = {}
        self._written: dict[str, Counter[str]] = {}

    def add(self, value: ClassValue) -> None:
        """Take a class as it is written once."""
        self._names.setdefault(value.key, Counter())[value.name] += 1
        self._written.setdefault(value.key, Counter())[value.written] += 1

    @property
    def values(self) -> list[ClassValue]:
        """Each class once, in the form that occurs most, or else first."""
        return [ClassValue(key, self.name(key), self.name(key)) for key in self._names]

    def name(self, key: str) -> str:
        """The name of a class: of its forms the one that occurs most, or else first."""
        return self._names[key].most_common(1)[0][0]

    def remarks(self, where: str) -> list[str]:
        """A sentence about the classes that are written in several forms; none where there are none.

        Args:
            where: what writes them, as a layer's name.
        """
        merged = [
            f"{self.name(key)}: {', '.join(f'{_shown(form)} ({times})' for form, times in forms.most_common())}"
            for key, forms in self._written.items()
            if len(forms) > 1
        ]
        if not merged:
            return []
        return [
            tr(
                "Some classes in {where} are written in several forms, which are taken for one class each: {forms}. "
                "Capitals, blanks, the composition of letters and the form of a number make no difference.",
                where=where,
                forms="; ".join(merged),
            )
        ]


def _of_code(code: int) -> ClassValue:
    return ClassValue(str(code), str(code), str(code))


def _of_number(value: float) -> ClassValue | None:
    if not math.isfinite(value):
        return None
    if value.is_integer():
        return _of_code(int(value))
    text = f"{value:.7g}" if abs(value) < _SINGLE_PRECISION_BELOW else f"{value:.15g}"
    whole = _WHOLE.fullmatch(text)
    text = str(int(whole[1])) if whole else text
    return ClassValue(text, text, f"{value:.15g}")


def _of_text(text: str) -> ClassValue | None:
    name = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not name:
        return None
    whole = _WHOLE.fullmatch(name)
    # casefold may take letters apart again
    key = str(int(whole[1])) if whole else unicodedata.normalize("NFC", name.casefold())
    return ClassValue(key, name, text)


def _shown(form: str) -> str:
    """A form in a sentence; two that look alike are told apart."""
    is_composed = unicodedata.is_normalized("NFC", form)
    return f"'{form}'" if is_composed else tr("'{form}' in letters and marks", form=form)
