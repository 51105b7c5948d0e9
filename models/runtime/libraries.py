"""NVIDIA's libraries that ONNX Runtime needs for CUDA and TensorRT, and where they are."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DRIVER = "NVIDIA's driver"
_NEWEST_CUDA = 13
_CUDNN = 9
_TENSORRT = 10
_CURAND = 10
_CUFFT = {12: 11, 13: 12}  # by CUDA's version


@dataclass(frozen=True)
class Library:
    """A shared library: its file's name, what needs it, and where it is, if it was found."""

    name: str
    needed_for: str
    path: Path | None


def nvidia_libraries(cuda_version: str) -> list[Library]:
    """The libraries, found or not, without loading them; none where NVIDIA has no CUDA (macOS).

    Args:
        cuda_version: that ONNX Runtime was built with, such as '13.0'; empty for a build without CUDA, of which the
            libraries for the newest are told.
    """
    major = cuda_version.partition(".")[0]
    folders = list(dict.fromkeys(_folders()))
    return [
        Library(name, needed_for, next((f / name for f in folders if (f / name).is_file()), None))
        for name, needed_for in _names(int(major) if major.isdigit() else _NEWEST_CUDA)
    ]


def load_packaged(cuda_version: str, with_tensorrt: bool) -> None:
    """Load the libraries that lie in folders of Python's packages: the system does not look there.

    Args:
        cuda_version: as of `nvidia_libraries`.
        with_tensorrt: whether TensorRT's are loaded as well.
    """
    packages = {Path(entry) for entry in sys.path}
    for library in nvidia_libraries(cuda_version):
        is_packaged = library.path is not None and not packages.isdisjoint(library.path.parents)
        if is_packaged and (with_tensorrt or library.needed_for != "TensorRT"):
            with suppress(OSError):  # what it lacks is told where the provider does not load
                ctypes.CDLL(str(library.path))


def _names(cuda: int) -> list[tuple[str, str]]:
    cufft = _CUFFT.get(cuda, _CUFFT[_NEWEST_CUDA])
    if sys.platform == "win32":
        libraries = [
            ("nvcuda.dll", DRIVER),
            (f"cudart64_{cuda}.dll", "CUDA"),
            (f"cublas64_{cuda}.dll", "CUDA"),
            (f"cublasLt64_{cuda}.dll", "CUDA"),
            (f"cufft64_{cufft}.dll", "CUDA"),
            (f"curand64_{_CURAND}.dll", "CUDA"),
            (f"nvrtc64_{cuda}0_0.dll", "CUDA"),
            (f"cudnn64_{_CUDNN}.dll", "cuDNN"),
            (f"nvinfer_{_TENSORRT}.dll", "TensorRT"),
            (f"nvonnxparser_{_TENSORRT}.dll", "TensorRT"),
        ]
    elif sys.platform == "darwin":
        libraries = []
    else:
        libraries = [
            ("libcuda.so.1", DRIVER),
            (f"libcudart.so.{cuda}", "CUDA"),
            (f"libcublas.so.{cuda}", "CUDA"),
            (f"libcublasLt.so.{cuda}", "CUDA"),
            (f"libcufft.so.{cufft}", "CUDA"),
            (f"libcurand.so.{_CURAND}", "CUDA"),
            (f"libnvrtc.so.{cuda}", "CUDA"),
            (f"libcudnn.so.{_CUDNN}", "cuDNN"),
            (f"libnvinfer.so.{_TENSORRT}", "TensorRT"),
            (f"libnvonnxparser.so.{_TENSORRT}", "TensorRT"),
        ]
    return libraries


def _folders() -> Iterator[Path]:
    """Where the system, and ONNX Runtime before it, look for libraries."""
    for entry in sys.path:
        packages = Path(entry)
        for pattern in ("nvidia/*/lib", "nvidia/*/bin", "nvidia/*/bin/*", "tensorrt_libs"):
            yield from sorted(packages.glob(pattern))
    if sys.platform == "win32":
        searched = os.environ.get("PATH", "").split(os.pathsep)
        places = [str(Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32")]
    else:
        searched = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
        places = [*_configured(), "/usr/local/cuda/lib64", "/usr/lib64", "/lib64", "/usr/lib", "/lib"]
    yield from (Path(folder) for folder in (*searched, *places) if folder)


def _configured() -> Iterator[str]:
    """The folders of Linux's linker."""
    for path in sorted(Path("/etc/ld.so.conf.d").glob("*.conf")):
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:  # not for us to read: not for us to find
            continue
        yield from (line.strip() for line in lines if line.startswith("/"))
