"""Where ONNX Runtime and what training needs are, and what to say when they are not there.

QGIS does not install Python packages. Recurve keeps its own folder of them in the QGIS profile, where an upgrade
of the plugin leaves it alone. The folder goes to the end of the search path, so that nothing in it (a numpy, say)
can take the place of what QGIS brings.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsApplication

from .bridge import tr


def packages_folder() -> Path:
    """The folder of Recurve's own packages in this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "packages"


def engine_cache_folder() -> Path:
    """Where TensorRT keeps what it has built for this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "engines"


def reach_cache_folder() -> Path:
    """Where the measured reach of networks is kept for this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "reach"


def add_packages_folder() -> None:
    """Let Python look for packages in Recurve's folder, after everywhere else."""
    folder = str(packages_folder())
    if folder not in sys.path:
        sys.path.append(folder)


@contextmanager
def packages_first() -> Iterator[None]:
    """Inside, Python looks into Recurve's folder before everywhere else.

    PyTorch needs newer versions of some packages (sympy, typing_extensions) than a system may have for others. What
    QGIS has loaded, its numpy before all, stays as it is.
    """
    folder = str(packages_folder())
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)


def missing_runtime() -> str:
    """One sentence with the way to get ONNX Runtime, or nothing when it is there."""
    add_packages_folder()
    if importlib.util.find_spec("onnxruntime") is not None:
        return ""
    text = tr(
        "Recurve needs the Python package onnxruntime, which this QGIS has not got: run the following command in "
        "a terminal (on Windows in the OSGeo4W shell), then try again: {command} (with an NVIDIA GPU: "
        "onnxruntime-gpu instead of onnxruntime)."
    )
    return text.format(command=install_command())


def install_command() -> str:
    """What a user types to install ONNX Runtime into Recurve's folder.

    `--no-deps`, because ONNX Runtime needs nothing but numpy to run, and QGIS has that.
    """
    return f'"{_python()}" -m pip install --no-deps --target "{packages_folder()}" onnxruntime'


def missing_training() -> str:
    """One sentence with the way to get what training needs, or nothing when it is there."""
    add_packages_folder()
    missing = [name for name in ("torch", "onnx", "onnxruntime") if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    text = tr(
        "Training needs the Python packages {packages}, which this QGIS has not got: run the following in a terminal "
        "(on Windows in the OSGeo4W shell), then try again: {commands}"
    )
    return text.format(packages=", ".join(missing), commands=" ; ".join(training_commands(missing)))


def training_commands(missing: Sequence[str] = ("torch", "onnx")) -> list[str]:
    """What a user types to install what training lacks into Recurve's folder.

    PyTorch comes with what it depends on, among it NVIDIA's libraries where there are some for the system, and numpy is
    not part of that. ONNX comes without, because it would bring a numpy; before 1.19 it runs with that of any QGIS.

    Args:
        missing: of torch, onnx and onnxruntime those that are not there.
    """
    pip = f'"{_python()}" -m pip install --upgrade --target "{packages_folder()}"'
    commands = [f"{pip} torch"] if "torch" in missing else []
    wanted = [{"onnx": '"onnx<1.19" protobuf'}.get(name, name) for name in missing if name != "torch"]
    if wanted:
        commands.append(f"{pip} --no-deps {' '.join(wanted)}")
    return commands


def _python() -> str:
    """The Python of this QGIS: `sys.executable` may be QGIS itself."""
    prefix = Path(sys.prefix)
    places = [prefix / "python.exe"] if sys.platform == "win32" else [prefix / "bin" / "python3"]
    return next((str(place) for place in places if place.exists()), "python3")
