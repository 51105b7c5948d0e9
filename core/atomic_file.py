"""Texts (reports, metrics) that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from .errors import RasterError
from .translation import tr


def write_text(path: str | Path, text: str) -> None:
    """Write a text beside its place and move it there, so that a full disk leaves no half of it.

    Raises:
        RasterError: the file cannot be written.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.part")
    try:
        # a path that is no text (on Linux it may be any bytes) is written with its bytes spelt out
        temporary.write_text(text, encoding="utf-8", errors="backslashreplace")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise RasterError(
            tr(
                "The report {path} cannot be written ({error}); choose a place in a folder that exists, on a disk "
                "with room.",
                path=path,
                error=error.strerror or error,
            )
        ) from error
