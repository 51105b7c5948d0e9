"""Where outputs go that nobody has given a place: not where QGIS deletes them when it closes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QStandardPaths


def documents_folder() -> Path:
    """Recurve's folder in the user's documents; it need not exist."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Recurve"


def default_folder() -> Path:
    """The folder of the project that is open, if it is saved and can be written to; else that in the documents."""
    folder = QgsProject.instance().absolutePath()
    return Path(folder) if folder and os.access(folder, os.W_OK) else documents_folder()


def free_path(stem: str, suffix: str = "") -> str:
    """A path in the default folder where there is nothing yet: classifier.onnx, classifier_2.onnx ..."""
    folder = default_folder()
    names = itertools.chain([stem], (f"{stem}_{number}" for number in itertools.count(2)))
    return str(next(path for name in names if not (path := folder / f"{name}{suffix}").exists()))
