"""GDAL's complaints as Recurve's errors, whichever way GDAL is set to report them.

QGIS and all its plugins share one GDAL. So its global settings (`UseExceptions`, configuration) are read here and never
changed; the error handler is pushed for this thread only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

from ..errors import RasterError

# GDAL goes on with grey pixels after this warning, where every other format fails.
_FATAL_WARNING = "premature end of jpeg"


@contextmanager
def gdal_failures() -> Iterator[list[str]]:
    """Collect the failures GDAL reports in this thread instead of printing them.

    Yields:
        The texts of the failures so far.
    """
    failures: list[str] = []

    def note(level: int, _number: int, text: str) -> None:
        if level >= gdal.CE_Failure or _FATAL_WARNING in text.lower():
            failures.append(text.strip())

    gdal.PushErrorHandler(note)
    try:
        yield failures
    finally:
        gdal.PopErrorHandler()


@contextmanager
def no_gdal_failure(fault: str, remedy: str) -> Iterator[None]:
    """Turn the first failure inside the block into a sentence.

    Args:
        fault: what could not be done, without a full stop, in the user's language.
        remedy: what to do about it, a sentence, likewise.

    Raises:
        RasterError: GDAL reported a failure, even a late one that no return value shows.
    """
    with gdal_failures() as failures:
        try:
            yield
        except (RuntimeError, AttributeError, TypeError) as error:
            # RuntimeError: GDAL's own exceptions are on. The others: they are off and a None was passed on.
            if not isinstance(error, RuntimeError) and not failures:
                raise
            raise RasterError(sentence(fault, failures or [str(error)], remedy)) from error
    if failures:
        raise RasterError(sentence(fault, failures, remedy))


def sentence(fault: str, failures: list[str], remedy: str) -> str:
    """A fault with GDAL's words for it, if it has some, and with what to do; see `no_gdal_failure`."""
    reason = f" (GDAL: {failures[0].rstrip('.')})" if failures else ""
    return f"{fault}{reason}. {remedy}"
