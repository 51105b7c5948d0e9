"""What every algorithm of Recurve looks like in QGIS: help, icon, where more is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtGui import QIcon

from .parameters.default_places import documents_folder
from .setup.packages import as_html
from .text.about import HOMEPAGE, ICON
from .text.help import called, help_html, help_texts
from .text.translation import tr


class RecurveAlgorithm(QgsProcessingAlgorithm):
    """The part of an algorithm that is the same for all; texts come from `resources/help/<name>.json`."""

    group_id: str
    """Which of the groups in the toolbox; never changes."""

    def group(self) -> str:
        """The group in the toolbox."""
        return {
            "classification": tr("Classification"),
            "training": tr("Training"),
            "assessment": tr("Assessment"),
            "networks": tr("Networks"),
        }[self.group_id]

    def groupId(self) -> str:
        """The group's id."""
        return self.group_id

    def createInstance(self) -> RecurveAlgorithm:
        """A new one for each run."""
        return type(self)()

    def missing_packages(self) -> str:
        """What `packages` says of Python packages that this QGIS lacks; nothing where the algorithm can run."""
        return ""

    def canExecute(self) -> tuple[bool, str]:
        """Whether the algorithm can run, and if not, why; only windows ask, and show it as HTML."""
        missing = self.missing_packages()
        return not missing, as_html(missing) if missing else ""

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        """Without batches where the algorithm cannot run: their dialog is the one that QGIS opens without asking."""
        flags = super().flags()
        return flags & ~QgsProcessingAlgorithm.Flag.FlagSupportsBatch if self.missing_packages() else flags

    def shortHelpString(self) -> str:
        """What the algorithm and each parameter is for; what is missing comes first."""
        return self.canExecute()[1] + help_html(self)

    def helpUrl(self) -> str:
        """Where more is written."""
        return HOMEPAGE

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        """The plugin's icon."""
        return ICON

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse, before anything is computed, outputs in folders that do not exist and texts where numbers belong."""
        for definition in self.parameterDefinitions():
            value = parameters.get(definition.name())
            is_number = isinstance(definition, QgsProcessingParameterNumber)
            if is_number and isinstance(value, str) and value and not _is_number(value):
                # QGIS would take the text for 0 where the parameter is optional
                return False, f"{called(self, definition.name())} is '{value}', and a number is needed here."
        for definition in self.destinationParameterDefinitions():
            value = parameters.get(definition.name())
            path = getattr(value, "sink", None)  # the dialog wraps what it was given
            text = path.staticValue() if path is not None else value
            if isinstance(text, str) and text not in ("", QgsProcessing.TEMPORARY_OUTPUT):
                folder = Path(text).expanduser().absolute().parent
                if not folder.is_dir() and folder != documents_folder():  # which is made when it is needed
                    return False, (
                        f"The folder {folder} of {called(self, definition.name())} does not exist; create it, or "
                        "choose another one."
                    )
        accepted, said = super().checkParameterValues(parameters, context)
        return self._prepares(parameters, context) if accepted else (accepted, said)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Refuse where packages are missing: batches and models run without `checkParameterValues`."""
        missing = self.missing_packages()
        if missing:
            raise QgsProcessingException(missing)
        return True

    def _prepares(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Prepare on trial: what is refused before the run QGIS tells once, and what is refused later three times."""
        try:
            self.prepareAlgorithm(parameters, context, QgsProcessingFeedback(False))
        except QgsProcessingException as error:
            return False, str(error)
        return True, ""

    def add_parameters(
        self, *parameters: QgsProcessingParameterDefinition, advanced: tuple[str, ...] = ()
    ) -> None:
        """Declare parameters with their help.

        Args:
            parameters: in the order of the dialog.
            advanced: names of those that few people need.
        """
        texts = help_texts(self.name())
        for parameter in parameters:
            parameter.setHelp(texts[parameter.name()])
            if parameter.name() in advanced:
                parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            self.addParameter(parameter)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
