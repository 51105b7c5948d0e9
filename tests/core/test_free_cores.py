"""How many cores are free: by affinity, by quota, by what others do."""

from __future__ import annotations

import os
import threading

import pytest
from recurve.core.free_cores import free_cores


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A function that makes the files of a system with four cores for us and a fifth for others; gives its root.

    Settings: busy (share of its time that each core is at work), files (place -> text).
    """
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)

    def ticks(busy, seconds):
        return "cpu 1 2 3 4 5 6 7 8 9 10\n" + "".join(
            f"cpu{core} {round(100 * share * seconds)} 0 0 {round(100 * (1 - share) * seconds)} 0 0 0 0 0 0\n"
            for core, share in enumerate(busy)
        )

    def make(busy=(0, 0, 0, 0, 1), files=()):
        for place, text in {**dict(files), "proc/stat": ticks(busy, 10)}.items():
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place).write_text(text)
        threading.Timer(0.02, (tmp_path / "proc/stat").write_text, [ticks(busy, 20)]).start()
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("busy", "free"),
    [((0, 0, 0, 0, 1), 4), ((1, 0.5, 0, 0, 1), 2.5), ((1, 1, 1, 1, 0), 0), ((0.2, 0.2, 0.2, 0.2, 0), 3.2)],
)
def test_cores_that_are_busy_are_not_free(system, busy, free):
    assert free_cores(system(busy), 0.2) == pytest.approx(free)


@pytest.mark.parametrize(
    ("files", "free"),
    [
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"}, 1.5),
        ({"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/cpu.max": "200000 100000\n"}, 2),
        (
            {
                "proc/self/cgroup": "0::/a/b\n",
                "sys/fs/cgroup/a/cpu.max": "200000 100000\n",
                "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
            },
            2,
        ),
        ({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "max 100000\n"}, 4),
        (
            {
                "proc/self/cgroup": "4:cpu,cpuacct:/a\n3:memory:/\n",
                "sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us": "100000\n",
                "sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us": "50000\n",
            },
            2,
        ),
        (
            {
                "proc/self/cgroup": "1:cpu:/\n",
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            4,
        ),
        ({"proc/self/cgroup": "0::/gone\n"}, 4),
    ],
)
def test_no_more_than_the_control_group_grants(system, files, free):
    assert free_cores(system(files=files), 0.2) == pytest.approx(free)


def test_without_linux_the_load_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (1.5, 9, 9))
    assert free_cores(tmp_path) == 2.5
    monkeypatch.delattr(os, "getloadavg")
    assert free_cores(tmp_path) == 4
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert free_cores(tmp_path) == 7


def test_this_machine_has_no_more_free_cores_than_it_has():
    assert 0 <= free_cores() <= os.cpu_count()
