"""Where ONNX Runtime and what training needs are, and what to say when they are not there.

QGIS does not install Python packages. Recurve keeps its own folder of them in the QGIS profile, where an upgrade
of the plugin leaves it alone. The folder goes to the end of the search path, so that nothing in it (a numpy, say)
can take the place of what QGIS brings.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from threading import Lock

from qgis.core import QgsApplication

from ..text.translation import tr

_inside: list[str] = []
_lock = Lock()
"""Trainings that look into the folder first, which may run beside each other."""


def packages_folder() -> Path:
    """The folder of Recurve's own packages in this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "packages"


def engine_cache_folder() -> Path:
    """Where TensorRT keeps what it has built for this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "engines"


def reach_cache_folder() -> Path:
    """Where the measured reach of networks is kept for this QGIS profile; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "recurve" / "reach"


def installed_packages() -> str:
    """The folder of Recurve's own packages, and what pip has installed there."""
    folder = packages_folder()
    if not folder.is_dir():
        return f"{folder} (there is no such folder)"
    names = sorted(path.stem for path in folder.glob("*.dist-info"))
    return f"{folder} ({', '.join(names) or 'no package installed by pip'})"


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

    Triton, the compiler that comes with PyTorch on Linux, is not found inside. Nothing here is compiled, but every
    optimiser of PyTorch imports it where it is, and its LLVM beside that of the graphics driver, which a QGIS with
    windows has loaded, ends QGIS (signal 11).
    """
    folder = str(packages_folder())
    sys.path.insert(0, folder)
    with _lock:
        _inside.append(folder)
        sys.modules.setdefault("triton", None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        sys.path.remove(folder)
        with _lock:
            _inside.remove(folder)  # another training may still be inside
            if not _inside and sys.modules.get("triton", _inside) is None:
                del sys.modules["triton"]


def missing_runtime() -> str:
    """One sentence and, in a line of its own, the command that brings ONNX Runtime; nothing when it is there."""
    if not _missing("onnxruntime"):
        return ""
    text = tr(
        "Recurve needs the Python package onnxruntime, which this QGIS has not got (with an NVIDIA GPU, take "
        "onnxruntime-gpu in its place). Run this command in {shell}, then try again:",
        shell=_shell(),
    )
    return "\n".join([text, install_command()])


def install_command() -> str:
    """What a user types to install ONNX Runtime into Recurve's folder.

    `--no-deps`, because ONNX Runtime needs nothing but numpy to run, and QGIS has that.
    """
    return _pip_install("--no-deps", "--target", str(packages_folder()), "onnxruntime")


def missing_training() -> str:
    """One sentence and the commands, each in a line of its own, that bring what training lacks; nothing without."""
    missing = _missing("torch", "onnx", "onnxruntime")
    if not missing:
        return ""
    text = tr(
        "Training needs the Python packages {packages}, which this QGIS has not got. Run this in {shell}, line by "
        "line, then try again:",
        packages=", ".join(missing),
        shell=_shell(),
    )
    return "\n".join([text, *training_commands(missing)])


def training_commands(missing: Sequence[str] = ("torch", "onnx")) -> list[str]:
    """What a user types to install what training lacks into Recurve's folder.

    PyTorch comes with what it depends on, among it NVIDIA's libraries where there are some for the system, and numpy is
    not part of that. ONNX comes without, because it would bring a numpy; 1.18 runs with that of any QGIS. It is not
    asked for as `<1.19`, because `qgis_process help` prints HTML as it is.

    Args:
        missing: of torch, onnx and onnxruntime those that are not there.
    """
    options = ["--upgrade", "--target", str(packages_folder())]
    commands = [_pip_install(*options, "torch")] if "torch" in missing else []
    wanted = [{"onnx": ["onnx==1.18.*", "protobuf"]}.get(name, [name]) for name in missing if name != "torch"]
    if wanted:
        commands.append(
            _pip_install(*options, "--no-deps", *(package for some in wanted for package in some))
        )
    return commands


def as_html(missing: str) -> str:
    """What `missing_runtime` or `missing_training` says, for where QGIS shows HTML: the commands can be copied."""
    sentence, *commands = (escape(line, quote=False) for line in missing.splitlines())
    return f"<p>{sentence}</p>" + "".join(
        f'<pre style="white-space: pre-wrap">{command}</pre>' for command in commands
    )


def _missing(*packages: str) -> list[str]:
    """Those that Python does not find now; it remembers folders as they were when it first looked."""
    add_packages_folder()
    if all(importlib.util.find_spec(package) is not None for package in packages):
        return []
    importlib.invalidate_caches()  # of the whole process: not where nothing is missing, since QGIS asks often
    return [package for package in packages if importlib.util.find_spec(package) is None]


def _pip_install(*arguments: str) -> str:
    """A command in the syntax of the user's shell: on Windows that of cmd, else that of sh."""
    words = [_python(), "-m", "pip", "install", *arguments]
    if sys.platform != "win32":
        return shlex.join(words)
    return " ".join(f'"{word}"' if re.search(r"[\s<>&|^()]", word) else word for word in words)


def _shell() -> str:
    if sys.platform == "win32":
        return tr("the OSGeo4W Shell of the Start menu (in PowerShell, with & and a space before it)")
    return tr("a terminal")


def _python() -> str:
    """The Python of this QGIS: `sys.executable` may be QGIS itself."""
    prefix = Path(sys.prefix)
    if sys.platform == "win32":
        places = [prefix / "python.exe"]
    else:  # of QGIS.app, the prefix is Contents/MacOS or, later, Contents/Frameworks
        places = [prefix / "bin" / "python3", prefix.parent / "MacOS" / "python"]
    return next((str(place) for place in places if place.exists()), "python3")
