"""Where outputs go that nobody has given a place: not where QGIS deletes them when it closes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QStandardPaths

_offered: set[str] = set()
"""What dialogs have offered since QGIS was started."""


def documents_folder() -> Path:
    """Recurve's folder in the user's documents; it need not exist."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Recurve"


def default_folder() -> Path:
    """The folder of the project that is open, if it is saved and can be written to; else that in the documents."""
    folder = QgsProject.instance().absolutePath()
    return Path(folder) if folder and os.access(folder, os.W_OK) else documents_folder()


def offered_path(stem: str, suffix: str = "") -> str:
    """A path in the default folder where there is nothing yet: classifier.onnx, classifier_2.onnx ..."""
    return _offer(free_path(default_folder() / f"{stem}{suffix}"))


def offered_beside(path: str, suffix: str) -> str:
    """The path with another suffix, for what belongs to it, whatever is there."""
    return _offer(str(Path(path).with_suffix(suffix)))


def was_offered(path: str) -> bool:
    """Whether a path is as a dialog has offered it, and not the user's own."""
    return path in _offered


def unused_path(path: str) -> str:
    """Where to write what a dialog was asked to write to a path.

    A dialog that stays open after a run still shows the place it has offered, which was free then: left as it is, it
    does not mean that the result of that run is to be lost. A path of the user's own is taken as it is.
    """
    return free_path(Path(path)) if was_offered(path) else path


def _offer(path: str) -> str:
    _offered.add(path)
    return path


def free_path(path: Path) -> str:
    """The path, or the same with a number where there is something."""
    numbered = (path.with_name(f"{path.stem}_{number}{path.suffix}") for number in itertools.count(2))
    return str(next(free for free in itertools.chain([path], numbered) if not _is_there(free)))


def _is_there(path: Path) -> bool:
    """Whether there is something; nothing where a folder may not be entered."""
    try:
        return path.exists()
    except OSError:
        return False
