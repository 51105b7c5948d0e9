"""Texts in the language that QGIS speaks: the engine's `tr`, which asks Qt from here on."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QCoreApplication

from ...core.translation import speak, tr, word

__all__ = ["tr", "word"]

speak(partial(QCoreApplication.translate, "Recurve"))
