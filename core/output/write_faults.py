"""What goes wrong when an output is written, as a sentence about the file that the user asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ..errors import RasterError
from ..raster.gdal_errors import no_gdal_failure
from ..translation import tr

NO_ROOM = "Choose a folder you may write to, on a disk with room."


def unwritable(output: Path, error: Exception) -> RasterError:
    """What to raise where a file cannot be written.

    Args:
        output: the file that the user asked for.
        error: what happened.
    """
    reason = getattr(error, "strerror", None) or error
    return RasterError(
        tr("{path} cannot be written ({error}). {remedy}", path=output, error=reason, remedy=tr(NO_ROOM))
    )


@contextmanager
def no_disk_fault(output: Path) -> Iterator[None]:
    """Turn a fault of the disk inside the block into a sentence.

    Raises:
        RasterError: the disk is full or gone, or may not be written to.
    """
    try:
        yield
    except OSError as error:
        raise unwritable(output, error) from error


def no_fault_of_gdal(output: Path) -> AbstractContextManager[None]:
    """The same for what GDAL reports; see `no_gdal_failure`."""
    return no_gdal_failure(tr("{path} cannot be written", path=output), tr(NO_ROOM))
