"""Files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from .errors import RasterError
from .translation import tr


def part_of(path: Path) -> Path:
    """Where a file is written before it is moved to its place: hidden beside it, under a name that no other run has."""
    return path.with_name(f".part-{uuid4().hex[:12]}-{path.name}")


def behind_link(path: Path) -> Path:
    """The file that is written where a path is named: what a symbolic link leads to, for the link is the user's."""
    try:
        return path.resolve() if path.is_symlink() else path
    except OSError:  # in a folder that may not be entered: writing says so
        return path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file to write, which takes the path's place when the block ends, and is deleted where it fails.

    Raises:
        OSError: it cannot be moved.
    """
    place = behind_link(path)
    temporary = part_of(place)
    try:
        yield temporary
        temporary.replace(place)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def write_text(path: str | Path, text: str) -> None:
    """Write a text whole or not at all, so that a full disk leaves no half of it.

    Raises:
        RasterError: the file cannot be written.
    """
    try:
        # a path that is no text (on Linux it may be any bytes) is written with its bytes spelt out
        with whole_file(Path(path)) as file:
            file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise RasterError(
            tr(
                "The report {path} cannot be written ({error}); choose a place in a folder that exists, on a disk "
                "with room.",
                path=path,
                error=error.strerror or error,
            )
        ) from error
