"""The example model that trains networks with a user's own labels and maps an image with them."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ..algorithms.example_models import labels, titles
from ..algorithms.text.help import help_texts
from .model_steps import Input, Made, Step, model

LABELS, BACKGROUND = "building", "background"
CLASSIFIER_EPOCHS, CORRECTOR_EPOCHS = 20, 20


def train_and_classify() -> QgsProcessingModelAlgorithm:
    """An image with coarse labels of a large area and accurate ones of a small one, to networks and a corrected map."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    number, source, text = (
        QgsProcessingParameterNumber,
        QgsProcessingParameterFeatureSource,
        QgsProcessingParameterString,
    )
    whole, words = number.Type.Integer, labels()

    def samples(what: str, share: float) -> dict[str, Any]:
        return {
            "INPUT": Input("image"),
            "LABELS": Input(f"{what}_labels"),
            "CLASSES": Input("classes", LABELS),
            "MASK": Input(f"{what}_area"),
            "BACKGROUND": Input("background", BACKGROUND),
            "VALIDATION_FRACTION": share,
        }

    return model(
        titles()["train_and_classify"],
        help_texts("trainandclassify"),
        [
            QgsProcessingParameterRasterLayer("image", words["image"]),
            QgsProcessingParameterVectorLayer("coarse_labels", words["coarse_labels"], polygons),
            source("coarse_area", words["coarse_area"], polygons),
            QgsProcessingParameterVectorLayer("accurate_labels", words["accurate_labels"], polygons),
            source("accurate_area", words["accurate_area"], polygons),
            text("classes", words["classes"], LABELS),
            text("background", words["background"], BACKGROUND),
            number("classifier_epochs", words["classifier_epochs"], whole, CLASSIFIER_EPOCHS, minValue=1),
            number("corrector_epochs", words["corrector_epochs"], whole, CORRECTOR_EPOCHS, minValue=1),
        ],
        [
            Step("coarse", "recurve:preparesamples", "Coarse samples", samples("coarse", 0.1)),
            Step("accurate", "recurve:preparesamples", "Accurate samples", samples("accurate", 0.25)),
            Step(
                "classifier",
                "recurve:trainclassifier",
                "Train the classifier",
                {"SAMPLES": [Made("coarse")], "EPOCHS": Input("classifier_epochs", CLASSIFIER_EPOCHS)},
                {"Classifier": "OUTPUT"},
            ),
            Step(
                "corrector",
                "recurve:traincorrector",
                "Train the corrector",
                {
                    "SAMPLES": [Made("accurate")],
                    "CLASSIFIER": Made("classifier"),
                    "EPOCHS": Input("corrector_epochs", CORRECTOR_EPOCHS),
                    "EXPORT_ALWAYS": True,  # or there would be no map, after an hour, and no classifier
                },
                {"Corrector": "OUTPUT"},
            ),
            Step(
                "classify",
                "recurve:classify",
                "Classify and correct",
                {
                    "INPUT": Input("image"),
                    "CLASSIFIER": Made("classifier"),
                    "CORRECTOR": Made("corrector"),
                },
                {"Map": "OUTPUT"},
            ),
        ],
    )
