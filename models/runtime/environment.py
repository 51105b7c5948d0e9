"""Versions of what the networks run on, as a report of a fault needs them."""

from __future__ import annotations

import importlib.metadata
import os
import platform

import numpy as np

_OPTIONAL_PACKAGES = ("onnx", "torch")  # half precision and training need them, and nothing else does


def versions() -> dict[str, str]:
    """Name and version of the system, Python, numpy, ONNX Runtime and the packages that are optional."""
    return {
        "Operating system": platform.platform(),
        "Processor": platform.processor() or platform.machine(),
        "Cores": f"{os.cpu_count()}, of which {_usable_cores()} may be used",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "numpy": f"{np.__version__} ({np.__file__})",
        **_runtime(),
        **{name: _installed(name) for name in _OPTIONAL_PACKAGES},
    }


def cuda_version() -> str:
    """The version of CUDA that the installed ONNX Runtime was built with; empty for none."""
    try:
        import onnxruntime
    except ImportError:
        return ""
    return str(getattr(onnxruntime, "cuda_version", ""))


def _runtime() -> dict[str, str]:
    try:
        import onnxruntime
    except ImportError as error:
        return {"ONNX Runtime": f"not usable ({error})"}
    name = getattr(onnxruntime, "package_name", "onnxruntime")
    return {
        "ONNX Runtime": f"{onnxruntime.__version__} ({name}, {onnxruntime.__file__})",
        "ONNX Runtime's build": str(onnxruntime.get_build_info()),
        "ONNX Runtime's providers": ", ".join(onnxruntime.get_available_providers()),
        "CUDA it was built with": cuda_version() or "none",
    }


def _installed(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _usable_cores() -> int:
    """Cores this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
