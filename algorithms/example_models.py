"""The example models of `resources/models`, in the toolbox like the algorithms and in the user's language."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from ..core.errors import RecurveError
from .feedback import faults_for_qgis
from .parameters.files import check_clashes, new_files
from .parameters.given import understood
from .text.about import ICON, ROOT, help_page
from .text.help import help_texts
from .text.translation import tr

FOLDER = ROOT / "resources" / "models"


def titles() -> dict[str, str]:
    """The name in the toolbox of each model, by its file."""
    return {
        "buildings_to_polygons": tr("Buildings to polygons"),
        "train_and_classify": tr("Train and classify"),
    }


def labels() -> dict[str, str]:
    """What the models' parameters are called, by their names."""
    return {
        "image": tr("Image"),
        "classifier": tr("Classifier (empty: pretrained for buildings)"),
        "corrector": tr("Corrector (empty: the classifier's)"),
        "class_value": tr("Value of the class to keep"),
        "smallest": tr("Smallest part in pixels"),
        "tolerance": tr("Simplify by up to (metres)"),
        "classify:Map": tr("Map"),
        "attributes:Polygons": tr("Polygons"),
        "coarse_labels": tr("Coarse labels"),
        "coarse_area": tr("Area of the coarse labels"),
        "accurate_labels": tr("Accurate labels"),
        "accurate_area": tr("Area of the accurate labels"),
        "classes": tr("Class of the labels"),
        "background": tr("Background class"),
        "classifier_epochs": tr("Epochs of the classifier"),
        "corrector_epochs": tr("Epochs of the corrector"),
        "classifier:Classifier": tr("Classifier"),
        "corrector:Corrector": tr("Corrector"),
    }


class ExampleModel(QgsProcessingModelAlgorithm):
    """A model as its file has it, under an id and with words of its own.

    The algorithms in it have to be registered before, or it has neither outputs nor a run.
    """

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.fromFile(str(FOLDER / f"{file}.model3"))
        texts, words = help_texts(self.name()), labels()
        self.setHelpContent({"ALG_DESC": texts["description"], **texts})
        for definition in self.parameterDefinitions():
            if definition.name() in texts:  # newer versions of QGIS add some of their own
                definition.setDescription(words[definition.name()])
                definition.setHelp(texts[definition.name()])

    def createInstance(self) -> ExampleModel:
        """A new one for each run."""
        return ExampleModel(self.file)

    def name(self) -> str:
        """The second half of the id; never changes."""
        return self.file.replace("_", "")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return titles()[self.file]

    def group(self) -> str:
        """The group in the toolbox."""
        return tr("Example models")

    def groupId(self) -> str:
        """The group's id."""
        return "models"

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "building,footprint,roof,digitize,vectorize,orthophoto,machine learning,deep learning"
        ).split(",")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "An example of what a model makes of Recurve's algorithms; it can be opened in the model designer."
        )

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
        """Refuse what the algorithms refuse of their own: unknown ids, values of another kind, files that get lost."""
        try:
            values = understood(self, parameters, context)
            fits, sentence = super().checkParameterValues(dict(values.given), context)
            if fits:
                check_clashes(values, new_files(values))
        except RecurveError as error:
            return False, str(error)
        return fits, sentence

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Refuse to lose a file: batches and models come here without any check before.

        An algorithm in the model knows its own files alone, and its last step would replace what its first one read.
        """
        with faults_for_qgis():
            values = understood(self, parameters, context)
            check_clashes(values, new_files(values))
        return super().prepareAlgorithm(dict(values.given), context, feedback)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run with the values as they were checked."""
        with faults_for_qgis():
            given = dict(understood(self, parameters, context).given)
        return super().processAlgorithm(given, context, feedback)

    def canExecute(self) -> tuple[bool, str]:
        """Whether each of its algorithms can, which QGIS does not ask."""
        can, sentence = super().canExecute()
        for step in self.childAlgorithms().values() if can else ():
            can, sentence = step.algorithm().canExecute()
            if not can:
                return False, sentence
        return can, sentence
