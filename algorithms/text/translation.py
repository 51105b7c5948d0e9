"""Texts in the language that QGIS speaks."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """The text in the user's language, if `i18n` has it; `make translations` finds it where it is a literal."""
    return QCoreApplication.translate("Recurve", text)
