"""Sentences in the user's language; it imports nothing of the project, so that every room may use it.

The engine knows English only. Who knows the user's language says so with `speak`; `make translations` finds the
sentences where they are given to `tr`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

_translate: Callable[[str], str] = str


def speak(translate: Callable[[str], str]) -> None:
    """Say from now on how sentences are translated.

    Args:
        translate: gives the translation of an English sentence, or the sentence itself where there is none. It is asked
            each time, from any thread. `str` for English.
    """
    global _translate
    _translate = translate


def tr(sentence: str, /, **values: object) -> str:
    """A sentence in the user's language, with what it tells of.

    Args:
        sentence: English, a literal or a module's constant. Where there are values, it is a template for `str.format`.
        values: what to put into it. Without any, the sentence stays as it is, with its braces.
    """
    translated = _translate(sentence)
    if not values:
        return translated
    with suppress(Exception):  # a fault in a translation must not hide what the sentence tells
        return translated.format(**values)
    return sentence.format(**values)


def word(name: str) -> str:
    """A name that the engine or a file format has for something, in the user's language; others stay as they are."""
    words = {
        "classifier": tr("classifier"),
        "corrector": tr("corrector"),
        "bands": tr("bands"),
        "classes": tr("classes"),
        "band": tr("band"),
        "value": tr("value"),
        "train": tr("training"),
        "validation": tr("validation"),
        "image": tr("image"),
        "raster": tr("raster"),
        "mask": tr("mask"),
        "labels": tr("labels"),
        "labelled area": tr("labelled area"),
        "inputs": tr("inputs"),
        "outputs": tr("outputs"),
        "hints": tr("hints"),
    }
    return words.get(name, name)
