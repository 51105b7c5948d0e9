"""What every algorithm of Recurve looks like in QGIS: help, icon, where more is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtGui import QIcon

from ..core.errors import RecurveError
from .feedback import faults_for_qgis
from .layers.gdal_names import open_gdal_names
from .layers.outputs import refresh_layers
from .parameters.files import check_clashes, check_endings, check_places, new_files, style_remarks
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
            self._prepare(values)
            check_acceptable(values)
        except RecurveError as error:
            return False, str(error)
        return super().checkParameterValues(for_qgis(values), context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Prepare, in the thread that the layers live in; batches and models come here without any check before."""
        with faults_for_qgis():
            values = understood(self, parameters, context)
            self.prepared = self._prepare(values)
            for remark in style_remarks(values, self.new_files(values)):
                feedback.pushWarning(remark)
        return True

    def new_files(self, values: Values) -> dict[str, str]:
        """Where each output goes that is wanted, by parameter."""
        return new_files(values)

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

    def _prepare(self, values: Values) -> Any:
        """What `prepared_from` gives, once it is known that the run can be done and that nobody's file is lost by it.

        Raises:
            RecurveError: it is not so.
        """
        open_gdal_names(values)
        if missing := self.missing_packages():
            raise RecurveError(missing)
        outputs = self.new_files(values)
        check_places(values, outputs)
        prepared = self.prepared_from(values)
        check_clashes(values, outputs)
        check_endings(values, outputs)
        return prepared

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
