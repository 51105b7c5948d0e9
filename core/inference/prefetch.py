"""Threads that do their work in order, and reading ahead in one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from ..raster.tiling import Tile

DEPTH = 1
"""Tiles read ahead, and tiles waiting to be written: reading and writing are much faster than the networks."""

_Read = TypeVar("_Read")


@contextmanager
def one_thread(name: str) -> Iterator[ThreadPoolExecutor]:
    """A thread that does its work in order, and has ended when the block is left, however it is left."""
    executor = ThreadPoolExecutor(1, thread_name_prefix=name)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class ImmediateExecutor(Executor):
    """Does its work at once, in the caller's thread."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **settings: Any) -> Future[Any]:
        """Do the work; it is done when this returns."""
        done: Future[Any] = Future()
        done.set_result(work(*arguments, **settings))
        return done


def read_ahead(
    executor: Executor, read: Callable[[Tile], _Read], tiles: Sequence[Tile]
) -> Iterator[tuple[Tile, _Read]]:
    """Each tile and what was read for it; while the caller works on one, the next is being read."""
    ahead: deque[tuple[Tile, Future[_Read]]] = deque()
    for tile in tiles:
        ahead.append((tile, executor.submit(read, tile)))
        if len(ahead) > DEPTH:
            first, pixels = ahead.popleft()
            yield first, pixels.result()
    while ahead:
        first, pixels = ahead.popleft()
        yield first, pixels.result()
