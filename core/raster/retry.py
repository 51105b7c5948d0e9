"""Images on a server: what fails there may work a moment later, and what hangs must end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from osgeo import gdal

from ..errors import Cancelled, RasterError
from ..translation import tr

REMEDY = "Check the connection and run again. If the server stays unreliable, download the image first."
"""What to do when a server has failed for good."""

WAITS_S = (1.0, 3.0, 9.0)
"""How long to wait before each new try."""

_FILE_SYSTEMS = (
    "/vsicurl", "/vsis3/", "/vsigs/", "/vsiaz/", "/vsiadls/", "/vsioss/", "/vsiswift/", "/vsiwebhdfs/", "/vsihdfs/"
)  # fmt: skip
# GDAL's own defaults wait for ever. A server that sends less than a byte a second for so long is not going to.
_TIME_LIMITS = {
    "GDAL_HTTP_CONNECTTIMEOUT": "10",
    "GDAL_HTTP_LOW_SPEED_TIME": "20",
    "GDAL_HTTP_LOW_SPEED_LIMIT": "1",
}
_STEP_S = 0.1

_Result = TypeVar("_Result")


def never() -> bool:
    """Whether to stop, for those who do not."""
    return False


def is_remote(name: str) -> bool:
    """Whether GDAL fetches a file from a server."""
    is_address = "://" in name and not name.startswith(("file://", "vrt://"))
    return is_address or any(system in name for system in _FILE_SYSTEMS)


@contextmanager
def time_limits() -> Iterator[None]:
    """Let hanging connections end, in this thread only and where the user has set no limits."""
    added = [name for name in _TIME_LIMITS if gdal.GetConfigOption(name) is None]
    for name in added:
        gdal.SetThreadLocalConfigOption(name, _TIME_LIMITS[name])
    try:
        yield
    finally:
        for name in added:
            gdal.SetThreadLocalConfigOption(name, None)


def retried(
    action: Callable[[], _Result], prepare_again: Callable[[], None], is_cancelled: Callable[[], bool]
) -> _Result:
    """Do what needs a server, and do it again after a while if it fails.

    Args:
        action: what to do.
        prepare_again: what to do before each further try; counts as a part of it.
        is_cancelled: asked while waiting.

    Raises:
        RasterError: the last try has failed.
        Cancelled: the user stopped the run.
    """
    try:
        with time_limits():
            return action()
    except RasterError as error:
        failure = error
    for wait_s in WAITS_S:
        _wait(wait_s, is_cancelled)
        try:
            with time_limits():
                prepare_again()
                return action()
        except RasterError as error:
            failure = error
    raise failure


def forget(names: Iterable[str]) -> None:
    """Make GDAL ask the servers again: it remembers what it got, and that a file was not there."""
    for name in filter(is_remote, names):
        if name.startswith(_FILE_SYSTEMS):
            gdal.VSICurlPartialClearCache(name)
        else:  # a file inside of another, whose name cannot be told from its path
            gdal.VSICurlClearCache()


def _wait(duration_s: float, is_cancelled: Callable[[], bool]) -> None:
    end = time.monotonic() + duration_s
    while (left_s := end - time.monotonic()) > 0:
        if is_cancelled():
            raise Cancelled(tr("The run was stopped; nothing was written."))
        time.sleep(min(left_s, _STEP_S))
