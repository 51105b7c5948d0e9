"""CUDA's own library for what ONNX Runtime's Python API does not tell: events on a stream, pinned copies, versions."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ...core.errors import DeviceError
from ...models.runtime.session import CUDA_RUNTIMES

_DRIVERS = ("libcuda.so.1", "nvcuda.dll")
_CUDNN = ("libcudnn.so.9", "cudnn64_9.dll")
_TO_DEVICE, _TO_HOST = 1, 2


class Cuda:
    """The CUDA runtime that ONNX Runtime has loaded, and a stream of its own.

    Raises:
        DeviceError: it is not there, or one of its calls fails.
    """

    def __init__(self) -> None:
        library = _loaded(CUDA_RUNTIMES)
        if library is None:
            raise DeviceError(f"None of {', '.join(CUDA_RUNTIMES)} can be loaded; see docs/gpu.md.")
        self._library = library
        stream = ctypes.c_void_p()
        self._call("cudaStreamCreateWithFlags", ctypes.byref(stream), 0)
        self.stream = stream

    def seconds(self, work: Callable[[], Any]) -> float:
        """What the stream's work takes on the device, between two events; the work is not waited for in between."""
        start, stop, milliseconds = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_float()
        for event in (start, stop):
            self._call("cudaEventCreate", ctypes.byref(event))
        self._call("cudaEventRecord", start, self.stream)
        work()
        self._call("cudaEventRecord", stop, self.stream)
        self._call("cudaEventSynchronize", stop)
        self._call("cudaEventElapsedTime", ctypes.byref(milliseconds), start, stop)
        for event in (start, stop):
            self._call("cudaEventDestroy", event)
        return milliseconds.value / 1000

    def copy_seconds(self, size: int, to_device: bool, is_pinned: bool, repeats: int = 5) -> float:
        """The shortest of several copies of so many bytes between the device and ordinary or pinned memory."""
        with self._memory(size) as device, self._pinned(size) as pinned:
            here = pinned if is_pinned else ctypes.create_string_buffer(size)
            there = (device, here, _TO_DEVICE) if to_device else (here, device, _TO_HOST)
            target, source, kind = there
            length = ctypes.c_size_t(size)
            return min(
                self.seconds(lambda: self._call("cudaMemcpyAsync", target, source, length, kind, self.stream))
                for _ in range(repeats + 1)  # the first touches the pages
            )

    def used_bytes(self) -> int:
        """How much of the device's memory is taken, by whomever."""
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        self._call("cudaMemGetInfo", ctypes.byref(free), ctypes.byref(total))
        return total.value - free.value

    def versions(self) -> dict[str, str]:
        """Of CUDA and cuDNN as they were loaded, and the newest CUDA that the driver knows."""
        found = {}
        for what, call in (("CUDA", "cudaRuntimeGetVersion"), ("the driver's CUDA", "cudaDriverGetVersion")):
            number = ctypes.c_int()
            self._call(call, ctypes.byref(number))
            found[what] = f"{number.value // 1000}.{number.value % 1000 // 10}"
        cudnn = _loaded(_CUDNN)
        number = int(cudnn.cudnnGetVersion()) if cudnn is not None else 0
        found["cuDNN"] = (
            f"{number // 10000}.{number % 10000 // 100}.{number % 100}" if number else "not found"
        )
        return found

    def _call(self, name: str, *arguments: Any) -> None:
        if (code := getattr(self._library, name)(*arguments)) != 0:
            raise DeviceError(f"CUDA's {name} failed with the error {code}.")

    @contextmanager
    def _memory(self, size: int) -> Iterator[ctypes.c_void_p]:
        place = ctypes.c_void_p()
        self._call("cudaMalloc", ctypes.byref(place), ctypes.c_size_t(size))
        try:
            yield place
        finally:
            self._call("cudaFree", place)

    @contextmanager
    def _pinned(self, size: int) -> Iterator[ctypes.c_void_p]:
        place = ctypes.c_void_p()
        self._call("cudaHostAlloc", ctypes.byref(place), ctypes.c_size_t(size), 0)
        try:
            yield place
        finally:
            self._call("cudaFreeHost", place)


def card_name() -> str:
    """What the driver calls the first device."""
    driver, name = _loaded(_DRIVERS), ctypes.create_string_buffer(256)
    device = ctypes.c_int()
    if (
        driver is None
        or driver.cuInit(0) != 0
        or driver.cuDeviceGet(ctypes.byref(device), 0) != 0
        or driver.cuDeviceGetName(name, len(name), device) != 0
    ):
        return "not known"
    return name.value.decode(errors="replace")


def _loaded(names: tuple[str, ...]) -> Any:
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    return None
