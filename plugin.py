"""The plugin as QGIS sees it: it adds the provider and takes it away."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgisInterface

from .algorithms.provider import RecurveProvider


class RecurvePlugin:
    """Adds the Recurve provider to Processing."""

    def __init__(self, iface: QgisInterface | None) -> None:
        """Keep nothing but a place for the provider; `iface` is None in qgis_process."""
        self.iface = iface
        self.provider: RecurveProvider | None = None

    def initProcessing(self) -> None:
        """Add the provider; qgis_process calls this and not `initGui`."""
        self.provider = RecurveProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the provider to a QGIS with windows."""
        self.initProcessing()

    def unload(self) -> None:
        """Take the provider away."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
