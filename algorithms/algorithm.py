"""What every algorithm of Recurve looks like in QGIS: help, icon, where more is written."""

from __future__ import annotations

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition
from qgis.PyQt.QtGui import QIcon

from . import bridge


class RecurveAlgorithm(QgsProcessingAlgorithm):
    """The part of an algorithm that is the same for all; texts come from `resources/help/<name>.json`."""

    def createInstance(self) -> RecurveAlgorithm:
        """A new one for each run."""
        return type(self)()

    def shortHelpString(self) -> str:
        """What the algorithm and each parameter is for."""
        return bridge.help_html(self)

    def helpUrl(self) -> str:
        """Where more is written."""
        return bridge.HOMEPAGE

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(bridge.ICON)

    def svgIconPath(self) -> str:
        """The plugin's icon."""
        return bridge.ICON

    def add_parameters(
        self, *parameters: QgsProcessingParameterDefinition, advanced: tuple[str, ...] = ()
    ) -> None:
        """Declare parameters with their help.

        Args:
            parameters: in the order of the dialog.
            advanced: names of those that few people need.
        """
        texts = bridge.help_texts(self.name())
        for parameter in parameters:
            parameter.setHelp(texts[parameter.name()])
            if parameter.name() in advanced:
                parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            self.addParameter(parameter)
