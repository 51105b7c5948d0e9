"""ONNX Runtime on a device: sessions that really run there, and runs that leave their results there."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...core.errors import DeviceError, DeviceMemoryError
from ...core.translation import tr
from .libraries import load_packaged

if TYPE_CHECKING:
    import onnxruntime

DEVICES = ("auto", "CUDA", "TensorRT", "DirectML", "CoreML", "CPU")
# TensorRT is not among them: it builds an engine for minutes, which must be asked for.
_AUTO_ORDER = ("CUDA", "DirectML", "CoreML", "CPU")
# These exist on one system only: elsewhere 'auto' need not say why they were not taken.
_SYSTEMS = {"DirectML": "win32", "CoreML": "darwin"}
GRAPHS = Path(__file__).resolve().parent / "graphs"
_PROVIDERS = {
    "CUDA": "CUDAExecutionProvider",
    "TensorRT": "TensorrtExecutionProvider",
    "DirectML": "DmlExecutionProvider",
    "CoreML": "CoreMLExecutionProvider",
    "CPU": "CPUExecutionProvider",
}
# Where tensors live for ONNX Runtime's binding; CoreML takes them from ordinary memory.
_MEMORY = {"CUDA": "cuda", "TensorRT": "cuda", "DirectML": "dml", "CoreML": "cpu", "CPU": "cpu"}
CUDA_RUNTIMES = ("libcudart.so.13", "libcudart.so.12", "cudart64_13.dll", "cudart64_12.dll")
_ERRORS_ONLY = 3
# How ONNX Runtime and the libraries below it say that memory ran out.
_OUT_OF_MEMORY = re.compile(
    r"out.?of.?memory|failed to allocate|bad.?alloc|alloc(ation)?.failed|not.enough.memory|insufficient memory|"
    r"smaller than requested bytes",
    re.I,
)
_NVIDIAS_WORDS = re.compile(r"\b(?:CUDA|CUDNN|CUBLAS|CUFFT|CURAND) failure \d+: [^;]+")


def onnx_runtime() -> Any:
    """The module `onnxruntime`.

    Raises:
        DeviceError: it is not installed.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise DeviceError(
            tr(
                "ONNX Runtime is not installed ({error}); install the Python package onnxruntime, or onnxruntime-gpu "
                "for NVIDIA graphics.",
                error=error,
            )
        ) from error
    return onnxruntime


def devices_for(device: str) -> tuple[str, ...]:
    """The devices to try, best first.

    Args:
        device: one of `DEVICES`; for 'auto' these are all that this system may have.
    """
    if device != "auto":
        return (device,)
    return tuple(name for name in _AUTO_ORDER if _SYSTEMS.get(name, sys.platform) == sys.platform)


def open_session(
    data: bytes,
    device: str,
    cache_folder: Path | None = None,
    provider_options: Mapping[str, str] | None = None,
) -> tuple[onnxruntime.InferenceSession | None, str]:
    """A session that really runs on a device, or None and the reason why there is none.

    Args:
        data: an ONNX file.
        device: one of `DEVICES` but 'auto'.
        cache_folder: where TensorRT keeps the engines it has built.
        provider_options: settings of ONNX Runtime's provider.

    Raises:
        DeviceError: there is no device of this name, or ONNX Runtime is not installed.
    """
    runtime = onnx_runtime()
    provider = _PROVIDERS.get(device)
    if provider is None:
        raise DeviceError(
            tr(
                "There is no device '{device}'; choose one of {devices}.",
                device=device,
                devices=", ".join(DEVICES),
            )
        )
    if provider not in runtime.get_available_providers():
        if _MEMORY[device] == "cuda":
            return None, tr(
                "the installed ONNX Runtime was built without it (it comes with the Python package onnxruntime-gpu)"
            )
        return None, tr("the installed ONNX Runtime was built without it")
    if _MEMORY[device] == "cuda":
        _load_nvidia_libraries(runtime, device)
    options = runtime.SessionOptions()
    options.log_severity_level = _ERRORS_ONLY
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_ALL
    if device == "CPU":
        _share_lean_memory(runtime)
        options.add_session_config_entry("session.use_env_allocators", "1")
        # threads that wait at work take the cores from whoever else has work, and gain nothing on tiles
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_mem_pattern = (
            False  # plans one block for a whole run, which is larger than what is used at once
        )
    settings = dict(provider_options or {})
    if device == "TensorRT" and cache_folder is not None:
        cache_folder.mkdir(parents=True, exist_ok=True)
        settings.update(trt_engine_cache_enable="True", trt_engine_cache_path=str(cache_folder))
    try:
        # named providers only: ONNX Runtime adds the CPU for what a device cannot do, and says which it loaded; by
        # itself it would go on with the CPU where the provider fails, and print why
        session = runtime.InferenceSession(
            data, sess_options=options, providers=[(provider, settings)], enable_fallback=0
        )
    except Exception as error:  # noqa: BLE001 (ONNX Runtime's exceptions have no root of their own)
        return None, first_line(error)
    if session.get_providers()[0] != provider:
        return None, tr("its libraries did not load")
    return session, ""


@cache
def open_graph(name: str, device: str) -> onnxruntime.InferenceSession:
    """One of the small graphs of `recipes/graphs.py` on a device that has run a network.

    Raises:
        DeviceError: the device cannot run it.
    """
    session, reason = open_session((GRAPHS / f"{name}.onnx").read_bytes(), device)
    if session is None:
        raise DeviceError(
            tr(
                "{device} cannot run {name}.onnx ({reason}); choose another device.",
                device=device,
                name=name,
                reason=reason,
            )
        )
    return session


def upload(array: NDArray[Any], device: str) -> onnxruntime.OrtValue:
    """An array in a device's memory, in its own type.

    Raises:
        DeviceMemoryError: the device has no room for it.
        DeviceError: the device does not take it.
    """
    with _faults(
        tr("Sending {megabytes:.0f} MB to {device} failed", megabytes=array.nbytes / 1e6, device=device)
    ):
        return onnx_runtime().OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array), _MEMORY[device], 0)


def run(
    session: onnxruntime.InferenceSession,
    device: str,
    name: str,
    inputs: Mapping[str, onnxruntime.OrtValue],
    *outputs: str,
    to_cpu: bool = False,
    options: onnxruntime.RunOptions | None = None,
) -> list[onnxruntime.OrtValue]:
    """Run a session on values that are on its device already.

    Args:
        session: from `open_session`.
        device: where it runs.
        name: what to call it in a sentence.
        inputs: values by input name.
        outputs: names of all outputs.
        to_cpu: whether the outputs come to ordinary memory instead of staying on the device.
        options: of this run, where it is not to be one like any other.

    Raises:
        DeviceMemoryError: the device has no room for the run.
        DeviceError: the device failed otherwise.
    """
    binding = session.io_binding()
    for key, value in inputs.items():
        binding.bind_ortvalue_input(key, value)
    for key in outputs:
        binding.bind_output(key, "cpu" if to_cpu else _MEMORY[device])
    with _faults(tr("{name} failed on {device}", name=name, device=device)):
        session.run_with_iobinding(binding, options)
    found: list[onnxruntime.OrtValue] = binding.get_outputs()
    return found


def release_memory(
    session: onnxruntime.InferenceSession, device: str, inputs: Mapping[str, NDArray[Any]]
) -> None:
    """Give back what ONNX Runtime keeps of a device's memory for a session's next run, where it can be told to.

    On the CPU all sessions share one pool. On a graphics card each has its own: those of the small graphs go with their
    sessions.

    Args:
        session: from `open_session`.
        device: where it runs.
        inputs: small arrays by input name; memory is given back at the end of a run.
    """
    arena = {"cpu": "cpu:0", "cuda": "gpu:0"}.get(_MEMORY[device])
    if arena is None:
        return
    options = onnx_runtime().RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", arena)
    with suppress(Exception):  # a device that fails here has failed before, and that is what must be told
        session.run(None, dict(inputs), options)
    if device != "CPU":
        open_graph.cache_clear()


def free_memory_bytes(device: str) -> int | None:
    """How much of a device's own memory is free; None where that cannot be asked, as on the CPU."""
    if _MEMORY[device] != "cuda":
        return None
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    for name in CUDA_RUNTIMES:  # ONNX Runtime has loaded the one it was built for
        with suppress(OSError, AttributeError):
            if ctypes.CDLL(name).cudaMemGetInfo(ctypes.byref(free), ctypes.byref(total)) == 0:
                return free.value
    return None


def first_line(error: Exception) -> str:
    """What an exception says in its first line; NVIDIA's own words where they are in it, behind names of functions."""
    line = str(error).strip().split("\n")[0]
    theirs = _NVIDIAS_WORDS.search(line)
    return (theirs.group() if theirs else line).strip().rstrip(".")[:300]


@cache
def _load_nvidia_libraries(runtime: Any, device: str) -> None:
    """What the provider of a device needs, from wherever Python's packages are.

    ONNX Runtime alone looks beside itself and where the system does, and prints what it has not found there.
    """
    load_packaged(str(getattr(runtime, "cuda_version", "")), with_tensorrt=device == "TensorRT")
    if hasattr(runtime, "preload_dlls"):
        with redirect_stdout(StringIO()):
            runtime.preload_dlls()


@cache
def _share_lean_memory(runtime: Any) -> None:
    """One pool of memory for all sessions on the CPU, which grows by what is asked for.

    By default each session has its own, which doubles whenever it grows: two to three times the memory, and slower.
    """
    kind = runtime.OrtMemoryInfo(
        "Cpu", runtime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, runtime.OrtMemType.DEFAULT
    )
    as_requested = {"arena_extend_strategy": 1}
    with suppress(Exception):  # another plugin was first: its pool does as well
        runtime.create_and_register_allocator(kind, runtime.OrtArenaCfg(as_requested))


@contextmanager
def _faults(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(error, MemoryError) or _OUT_OF_MEMORY.search(str(error)):
            raise DeviceMemoryError(
                tr(
                    "{what}: its memory is too small ({error}); choose a smaller tile side, or the device CPU.",
                    what=what,
                    error=first_line(error),
                )
            ) from error
        raise DeviceError(
            tr(
                "{what} ({error}); choose a smaller tile side or the device CPU.",
                what=what,
                error=first_line(error),
            )
        ) from error
