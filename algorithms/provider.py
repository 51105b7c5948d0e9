"""The list of Recurve's algorithms."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .animate import AnimateCorrection
from .assess import AssessMaps
from .classify import ClassifyAndCorrect
from .correct import CorrectMap
from .describe_network import DescribeNetwork
from .example_models import ExampleModel, titles
from .new_hint_layer import NewHintLayer
from .prepare_samples import PrepareSamples
from .text.about import ICON, plugin_version
from .train_classifier import TrainClassifier
from .train_corrector import TrainCorrector

ALGORITHMS = (
    ClassifyAndCorrect,
    CorrectMap,
    NewHintLayer,
    PrepareSamples,
    TrainClassifier,
    TrainCorrector,
    AssessMaps,
    AnimateCorrection,
    DescribeNetwork,
)


class RecurveProvider(QgsProcessingProvider):
    """Recurve in the Processing toolbox."""

    def id(self) -> str:
        """The first half of each algorithm's id; never changes."""
        return "recurve"

    def name(self) -> str:
        """The name in the toolbox."""
        return "Recurve"

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        """Where the plugin's icon is."""
        return ICON

    def versionInfo(self) -> str:
        """The plugin's version."""
        return plugin_version()

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Recurve writes GeoTIFF."""
        return ["tif", "tiff"]

    def load(self) -> bool:
        """Begin, and list the algorithms again whenever there are more for the models to use, as QGIS's models do."""
        QgsApplication.processingRegistry().providerAdded.connect(self._list_again)
        return super().load()

    def unload(self) -> None:
        """Listen no longer."""
        QgsApplication.processingRegistry().providerAdded.disconnect(self._list_again)
        super().unload()

    def loadAlgorithms(self) -> None:
        """List the algorithms, and the models made of them."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        for file in titles():
            self.addAlgorithm(ExampleModel(file))

    def _list_again(self, _provider: str) -> None:
        self.refreshAlgorithms()
