"""The plugin as QGIS sees it: it adds the provider, in the user's language, and takes it away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QTranslator

from .algorithms.provider import RecurveProvider

TRANSLATIONS = Path(__file__).resolve().parent / "i18n"


class RecurvePlugin:
    """Adds the Recurve provider to Processing."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep nothing but a place for the provider; `iface` is None in qgis_process."""
        self.iface = iface
        self.provider: RecurveProvider | None = None
        self.translator: QTranslator | None = None
        self.menu_entries: list[Any] = []
        self.menu: Any = None

    def initProcessing(self) -> None:
        """Add the provider; qgis_process calls this and not `initGui`."""
        self._speak(QgsApplication.instance().translation() or QgsApplication.locale())
        self.provider = RecurveProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the provider to a QGIS with windows, and to the toolbox's menu what opens its models."""
        from processing.gui.ProviderActions import ProviderContextMenuActions

        from .algorithms.open_in_designer import OpenInDesigner

        self.initProcessing()
        self.menu_entries = [OpenInDesigner()]
        self.menu = ProviderContextMenuActions
        self.menu.registerProviderContextMenuActions(self.menu_entries)

    def unload(self) -> None:
        """Take the provider, the menu's entry and the translation away."""
        # not imported anew: at QGIS's end Processing may be gone already, and a new menu does not know the entries
        for entry in self.menu_entries:
            if entry in self.menu.actions:
                self.menu.deregisterProviderContextMenuActions([entry])
        self.menu_entries = []
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QgsApplication.removeTranslator(self.translator)
            self.translator = None

    def _speak(self, locale: str) -> None:
        """Translate into a locale's language (de for de_AT), where there is a translation."""
        translator = QTranslator()
        if translator.load(f"recurve_{locale}", str(TRANSLATIONS)):
            QgsApplication.installTranslator(translator)
            self.translator = translator
