"""Time and memory of a device: of a GPU by CUDA's events and counters, of anything else by the host's."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from .cuda import Cuda

CUDA_DEVICES = ("CUDA", "TensorRT")
_LONG_S = 0.4
_MOST_REPEATS = 5
_QUEUED = 4
_FORGET_THE_PEAK = "5"
_HOST_FACTOR = 3  # arrays beside the networks, and fp16, which a CPU converts to and fro


class Meter(Protocol):
    """What the parts of the table ask of a device."""

    options: dict[str, str]
    """Provider options of sessions whose time on the device is to be told."""

    def wall_seconds(self, work: Callable[[], Any]) -> float:
        """Of the caller's clock: the median of some turns, warmed up where that matters."""

    def device_seconds(self, run: Callable[[Any], Any], wall_s: float) -> float:
        """Of one run of a session that was opened with `options`.

        Args:
            run: takes run options, or None for the usual ones.
            wall_s: what it took by the caller's clock.
        """

    def begin(self) -> None:
        """Count memory from here."""

    def peak_bytes(self) -> int | None:
        """The most memory that was taken since `begin`; None where that cannot be told."""

    def has_room(self, size: int) -> bool:
        """Whether a run that is reckoned to take so many bytes may be tried."""


class CudaMeter:
    """An NVIDIA GPU. The sessions put their work on one stream; a queue of runs hides what lies between them."""

    def __init__(self) -> None:
        self.cuda = Cuda()
        self.options = {"user_compute_stream": str(self.cuda.stream.value or 0)}
        self._before = 0

    def wall_seconds(self, work: Callable[[], Any]) -> float:
        """See `Meter`; the first turn chooses algorithms and fills pools, and does not count."""
        work()
        return _median_seconds(work)

    def device_seconds(self, run: Callable[[Any], Any], _wall_s: float) -> float:
        """See `Meter`."""
        import onnxruntime

        go_on = onnxruntime.RunOptions()
        go_on.add_run_config_entry("disable_synchronize_execution_providers", "1")
        run(go_on)
        return self.cuda.seconds(lambda: [run(go_on) for _ in range(_QUEUED)]) / _QUEUED

    def begin(self) -> None:
        """See `Meter`."""
        gc.collect()
        self._before = self.cuda.used_bytes()

    def peak_bytes(self) -> int | None:
        """See `Meter`; the pools of the sessions keep what they needed most, until they are told to give it back."""
        return self.cuda.used_bytes() - self._before

    def has_room(self, _size: int) -> bool:
        """See `Meter`; a GPU refuses what does not fit."""
        return True


class HostMeter:
    """The CPU, which has computed when a call returns."""

    def __init__(self) -> None:
        self.options: dict[str, str] = {}
        self._before: int | None = None

    def wall_seconds(self, work: Callable[[], Any]) -> float:
        """See `Meter`."""
        return _median_seconds(work)

    def device_seconds(self, _run: Callable[[Any], Any], wall_s: float) -> float:
        """See `Meter`."""
        return wall_s

    def begin(self) -> None:
        """See `Meter`; Linux lets a process forget its peak."""
        gc.collect()
        self._before = None
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text(_FORGET_THE_PEAK, encoding="ascii")
            self._before = _own_bytes("VmRSS")

    def peak_bytes(self) -> int | None:
        """See `Meter`."""
        return max(0, _own_bytes("VmHWM") - self._before) if self._before is not None else None

    def has_room(self, size: int) -> bool:
        """See `Meter`; a CPU that runs out of memory takes the whole machine with it."""
        with suppress(OSError, StopIteration):
            return _HOST_FACTOR * size < _field_bytes(Path("/proc/meminfo"), "MemAvailable")
        return True


def meter_of(device: str) -> CudaMeter | HostMeter:
    """The meter of one of `runtime.DEVICES`.

    Raises:
        DeviceError: CUDA's library cannot be asked.
    """
    return CudaMeter() if device in CUDA_DEVICES else HostMeter()


def _own_bytes(field: str) -> int:
    return _field_bytes(Path("/proc/self/status"), field)


def _field_bytes(path: Path, field: str) -> int:
    """A field of what Linux tells about memory."""
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) << 10


def _median_seconds(work: Callable[[], Any]) -> float:
    times: list[float] = []
    while len(times) < _MOST_REPEATS and sum(times) < _LONG_S:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)
