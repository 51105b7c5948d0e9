"""Lists as people type them into one line."""

from __future__ import annotations


def parts_of(text: str) -> list[str]:
    """What is between semicolons, or else commas, or else blanks; brackets and quotes as in JSON may be around.

    A part is empty where two separators follow each other.
    """
    text = text.strip()
    if text[:1] + text[-1:] in ("[]", "()"):
        text = text[1:-1]
    separator = next((mark for mark in ";," if mark in text), None)
    return [part.strip().strip("\"'") for part in text.split(separator)]
