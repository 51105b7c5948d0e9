"""A GeoTIFF and the files beside it that describe it, put into place together."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import RasterError
from ..translation import tr


def force_to_disk(raster: Path) -> None:
    """See that a power cut after the tiles are deleted does not find an output of the right name and no content.

    Raises:
        OSError: the disk is full or gone.
    """
    for made in (raster, *_beside(raster)):
        if made.exists():
            with made.open("rb+") as file:
                os.fsync(file.fileno())


def move_into_place(made: Path, path: Path) -> None:
    """Move a raster with what describes it; what described an older one at its place goes.

    Raises:
        RasterError: what is there cannot be replaced.
    """
    try:
        made.replace(path)
        for new, old in zip(_beside(made), _beside(path)):
            if new.exists():
                new.replace(old)
            else:
                old.unlink(missing_ok=True)
    except OSError as error:
        raise RasterError(
            tr(
                "{path} cannot be replaced ({error}). Close it where it is open, or choose another name.",
                path=path,
                error=error.strerror,
            )
        ) from error


def unwritable(path: Path, error: Exception, remedy: str) -> RasterError:
    """What to raise where a file cannot be written.

    Args:
        path: the file that the user asked for.
        error: what happened.
        remedy: what to do about it, a sentence in the user's language.
    """
    reason = getattr(error, "strerror", None) or error
    return RasterError(
        tr("{path} cannot be written ({error}). {remedy}", path=path, error=reason, remedy=remedy)
    )


def _beside(path: Path) -> list[Path]:
    """Files that describe a GeoTIFF. One left over from an older output would lie about the new one."""
    return [
        *(path.with_name(path.name + suffix) for suffix in (".aux.xml", ".ovr", ".msk")),
        path.with_suffix(".qml"),
    ]
