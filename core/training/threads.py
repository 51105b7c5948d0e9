"""How many threads PyTorch learns in, and that those which wait leave their core to others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from ..progress import Progress
from ..translation import tr
from .free_cores import free_cores

_POLICIES = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME")
"""Any of these says what the threads of PyTorch's OpenMP do while they wait."""


def use_threads(wanted: int, progress: Progress) -> None:
    """Let PyTorch learn in a number of threads; to be called before anything else in a training loads it.

    By default its threads wait for each other at work, for a while. On cores that others use as well, a thread so keeps
    from its core the very one that it waits for, and a training takes ten times as long.

    Args:
        wanted: how many; 0 for as many as there are free cores.
        progress: told the number.
    """
    free = free_cores() if not wanted else 0.0
    most = _most_threads()
    import torch

    number = wanted or max(1, min(most, int(free + 0.5)))
    torch.set_num_threads(number)
    if wanted:
        progress.say(tr("Threads of PyTorch: {number}, as chosen.", number=number))
    else:
        progress.say(
            tr(
                "Threads of PyTorch: {number}, because about {free:.1f} of the processor's cores are free now. Another "
                "number can be chosen; the result depends on it slightly.",
                number=number,
                free=free,
            )
        )


@cache
def _most_threads() -> int:
    """As many as PyTorch takes by itself, one for each core that is no twin of another."""
    with _waiting_asleep():
        import torch

        return torch.get_num_threads()  # some libraries read the environment only when they are first asked


@contextmanager
def _waiting_asleep() -> Iterator[None]:
    """Inside, OpenMP is told that waiting threads sleep, unless the user has said what they do.

    GNU's, LLVM's and Intel's OpenMP look at it once, when PyTorch loads them.
    """
    if any(name in os.environ for name in _POLICIES):
        yield
        return
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    try:
        yield
    finally:
        os.environ.pop("OMP_WAIT_POLICY", None)
