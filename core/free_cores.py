"""How many processor cores nobody else uses."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_LOOK_S = 0.4  # long enough for what others do to be counted, short enough not to be noticed


def free_cores(root: Path = Path("/"), seconds: float = _LOOK_S) -> float:
    """The cores this process may use, less those that are busy now; to be asked while it does nothing itself.

    What the process may use is told by its affinity and by the quota of its control group (containers). How busy cores
    are is looked up for a moment where the system tells (Linux), or else taken from the load of the last minute; where
    there is neither (Windows), all are taken to be free.

    Args:
        root: where the system's files are.
        seconds: how long to look.

    Returns:
        At least 0; 1.5 where one of two cores is half busy.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    busy = _busy(root / "proc" / "stat", allowed, seconds)
    return max(0.0, min([len(allowed) - busy, *_quotas(root)]))


def _busy(stat: Path, cores: set[int], seconds: float) -> float:
    """How many of some cores are at work."""
    try:
        before = _times(stat, cores)
        time.sleep(seconds)
        after = _times(stat, cores)
    except (OSError, ValueError, IndexError):  # no Linux
        return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    total, idle = (late - early for early, late in zip(before, after))
    return len(cores) * (1 - idle / total) if total > 0 else 0.0


def _times(stat: Path, cores: set[int]) -> tuple[int, int]:
    """Ticks of some cores since the start: all, and those in which they had nothing to do."""
    total = idle = 0
    for line in stat.read_text(encoding="ascii").splitlines():
        name, *ticks = line.split()
        if name[:3] == "cpu" and name[3:].isdigit() and int(name[3:]) in cores:
            spent = [int(tick) for tick in ticks[:8]]  # what follows is part of these
            total += sum(spent)
            idle += spent[3] + spent[4]  # idle, and waiting for a disk
    return total, idle


def _quotas(root: Path) -> Iterator[float]:
    """Cores that the control groups of this process grant it (versions 2 and 1 of them)."""
    try:
        lines = (root / "proc" / "self" / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        top = root / "sys" / "fs" / "cgroup" / controllers
        group = top / path.strip("/")
        for folder in (group, *group.parents):
            yield from _quota(folder)
            if folder == top:
                break


def _quota(group: Path) -> Iterator[float]:
    try:
        if (group / "cpu.max").exists():
            granted, period = (group / "cpu.max").read_text(encoding="ascii").split()
        else:
            granted, period = (
                (group / f"cpu.cfs_{name}_us").read_text(encoding="ascii") for name in ("quota", "period")
            )
        if granted != "max" and int(granted) > 0:
            yield int(granted) / int(period)
    except (OSError, ValueError, ZeroDivisionError):  # this group grants no less than the one above
        return
