"""What a network does on each device here, and why it does not run on the others."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import RecurveError
from ..onnx_file.reading import NetworkFile
from .network import Network

# Devices whose part of ONNX Runtime is a library of its own, which the system may not be able to load.
_PROVIDER_LIBRARIES = {"CUDA": "onnxruntime_providers_cuda", "TensorRT": "onnxruntime_providers_tensorrt"}


@dataclass(frozen=True)
class DeviceReport:
    """A network on a device.

    Attributes:
        device: the device asked for, one of `DEVICES`.
        runs_on: the device it was loaded on; empty where it was not.
        difference: largest difference to the self-test's scores; None where the self-test failed or did not run.
        remarks: sentences that say why not.
    """

    device: str
    runs_on: str
    difference: float | None
    remarks: tuple[str, ...]


def try_device(file: str | Path | NetworkFile, device: str) -> DeviceReport:
    """Load a network on a device and run its self-test there.

    Args:
        file: the network file, or what was read of it.
        device: one of `DEVICES`.
    """
    try:
        network = Network.open(file, device)
    except RecurveError as error:
        return DeviceReport(device, "", None, (str(error), *_load_error(device)))
    remarks = network.remarks
    try:
        difference = network.self_test()
    except RecurveError as error:
        return DeviceReport(device, network.device, None, (*remarks, str(error)))
    return DeviceReport(device, network.device, difference, remarks)


def _load_error(device: str) -> tuple[str, ...]:
    """What the system says about a device's library; ONNX Runtime keeps it to itself."""
    path = _provider_library(device)
    if path is None:
        return ()
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        # a symbol of ONNX Runtime's own is missing only because the library was loaded without it
        return () if "undefined symbol" in str(error) else (f"The system cannot load {path.name}: {error}.",)
    return ()


def _provider_library(device: str) -> Path | None:
    """The library of a device in the installed ONNX Runtime, if it has one."""
    try:
        import onnxruntime
    except ImportError:
        return None
    name = _PROVIDER_LIBRARIES.get(device)
    if name is None:
        return None
    file_name = f"{name}.dll" if sys.platform == "win32" else f"lib{name}.so"
    path = Path(onnxruntime.__file__).parent / "capi" / file_name
    return path if path.is_file() else None
