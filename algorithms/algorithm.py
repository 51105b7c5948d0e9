"""What every algorithm of Recurve looks like in QGIS: help, icon, where more is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ..core.errors import RecurveError
from .feedback import faults_for_qgis
from .layers.gdal_names import open_gdal_names
from .layers.outputs import refresh_layers
from .parameters.given import check_acceptable, for_qgis, understood
from .setup.packages import as_html
from .text.about import ICON, help_page
from .text.help import help_html, help_texts
from .text.translation import tr
from .values import Values


class RecurveAlgorithm(QgsProcessingAlgorithm):
    """The part of an algorithm that is the same for all; texts come from `resources/help/<name>.json`."""

    group_id: str
    """Which of the groups in the toolbox; never changes."""

    paths: Mapping[str, str] = MappingProxyType({})
    """The rasters that a run writes, by parameter; for `layers/outputs.py`."""

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
        """Where more is written: the algorithm's page."""
        return help_page(self.name())

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        """The plugin's icon."""
        return ICON

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse, before anything is computed, what a run would refuse.

        The algorithm is prepared on trial: what is refused here QGIS tells once, and what is refused later three times.
        """
        try:
            values = understood(self, parameters, context)
            open_gdal_names(values)
            fault = self._missing_folder(values) or self.missing_packages()
            if fault:
                return False, fault
            self.prepared_from(values)
            check_acceptable(values)
        except RecurveError as error:
            return False, str(error)
        return super().checkParameterValues(for_qgis(values), context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> bool:
        """Prepare, in the thread that the layers live in; batches and models come here without any check before."""
        missing = self.missing_packages()
        if missing:
            raise QgsProcessingException(missing)
        with faults_for_qgis():
            values = understood(self, parameters, context)
            open_gdal_names(values)
            self.prepared = self.prepared_from(values)
        return True

    @abstractmethod
    def prepared_from(self, values: Values) -> Any:
        """What a run needs of parameters and layers, as one frozen value; files are looked at, and nothing is written.

        Raises:
            RecurveError: something is missing, or does not fit.
        """

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Refresh layers that show the files of the written rasters already."""
        refresh_layers(self.paths, context)
        return {}

    def _missing_folder(self, values: Values) -> str:
        """Which output is to go into a folder that does not exist; '' for none."""
        for definition in self.destinationParameterDefinitions():
            value = values.given.get(definition.name())
            path = getattr(value, "sink", None)  # the dialog wraps what it was given
            text = path.staticValue() if path is not None else value
            if isinstance(text, str) and text not in ("", QgsProcessing.TEMPORARY_OUTPUT):
                folder = Path(text).expanduser().absolute().parent
                offered = definition.defaultValue()  # in a folder that is made when it is needed
                if not folder.is_dir() and not (offered and folder == Path(offered).parent):
                    return tr(
                        "The folder {folder} of {parameter} does not exist; create it, or choose another one.",
                        folder=folder,
                        parameter=values.called(definition.name()),
                    )
        return ""

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
