"""What is here: the card, the libraries and their versions; or, in one sentence, what is missing."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from typing import Any

from ...core.errors import DeviceError
from ...models.runtime.environment import cuda_version, versions
from ...models.runtime.libraries import DRIVER, nvidia_libraries
from ...models.runtime.session import GRAPHS, onnx_runtime, open_session
from .cuda import card_name
from .meter import CUDA_DEVICES, CudaMeter, HostMeter
from .report import Report

_SMI_S = 20


def missing(device: str) -> str:
    """Why nothing can be measured on a device, as one sentence; empty where something can.

    Args:
        device: one of `runtime.DEVICES` but 'auto'.
    """
    reason = _refusal(device)
    if not reason:
        return ""
    lacking = [library for library in _needed(device) if library.path is None]
    drivers = [library.name for library in lacking if library.needed_for == DRIVER]
    others = [library.name for library in lacking if library.needed_for != DRIVER]
    absent = [f"{DRIVER} ({', '.join(drivers)})"] if drivers else []
    absent += [f"NVIDIA's {', '.join(others)}"] if others else []
    found = f"; not found: {' and '.join(absent)}" if absent else ""
    return (
        f"{device} cannot be measured here: {reason}{found}; docs/gpu.md tells what to install, and --device CPU "
        "measures the CPU."
    )


def describe(device: str, meter: CudaMeter | HostMeter, report: Report) -> None:
    """The machine's part of the table."""
    report.begin("machine")
    about: dict[str, str] = {"device": device}
    if isinstance(meter, CudaMeter):
        about.update({"card": card_name(), "driver": _driver(), **meter.cuda.versions()})
    about.update(versions())
    if device == "CUDA":
        about["TensorRT"] = _refusal("TensorRT") or "loads (measure it with --device TensorRT)"
    about["devices that copy on a stream of their own"] = _plugin_devices()
    report.about.update(about)
    for what, value in about.items():
        report.add(what, value)


def _refusal(device: str) -> str:
    """Why a device cannot be used; empty where it can."""
    try:
        session, reason = open_session((GRAPHS / "crop.onnx").read_bytes(), device)
    except DeviceError as error:
        return str(error).rstrip(".")
    return "" if session is not None else reason


def _needed(device: str) -> list[Any]:
    if device not in CUDA_DEVICES:
        return []
    return [
        library
        for library in nvidia_libraries(cuda_version())
        if device == "TensorRT" or library.needed_for != "TensorRT"
    ]


def _driver() -> str:
    """The version of NVIDIA's driver, which its own tool tells."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return "not known (nvidia-smi is missing)"
    command = [tool, "--query-gpu=driver_version", "--format=csv,noheader"]
    with suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_SMI_S, check=True)
        return answer.stdout.splitlines()[0].strip() if answer.stdout.strip() else "not known"
    return "not known (nvidia-smi failed)"


def _plugin_devices() -> str:
    """Devices whose copies the Python API can put on a stream: it lists only those whose provider is a plugin."""
    listed = getattr(onnx_runtime(), "get_ep_devices", list)()
    names = sorted({device.ep_name for device in listed} - {"CPUExecutionProvider"})
    return ", ".join(names) or "none"
