"""`make models`: the example models of `resources/models`, for the graphical modeler and `qgis_process`.

They are built from steps instead of being drawn, so that they can be built again when a parameter changes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QPointF

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "models"
LABELS, BACKGROUND = "building", "background"
CLASSIFIER_EPOCHS, CORRECTOR_EPOCHS = 20, 20
BUILDING, SMALLEST_PX, TOLERANCE = 2, 60, 0.5
_COLUMN, _ROW = 240, 90  # of the drawing in the modeler
# in an equal-area system: $area depends on the project's settings, and there is none without a window
_AREA_M2 = "area(transform($geometry, @layer_crs, 'EPSG:6933'))"


@dataclass(frozen=True)
class Input:
    """A value that a step takes from the model's parameter of this name.

    `qgis_process` leaves out what the user leaves out: the default is worked out in the model.
    """

    name: str
    default: float | str | None = None


@dataclass(frozen=True)
class Made:
    """A value that a step takes from what an earlier step made."""

    step: str
    output: str = "OUTPUT"


@dataclass(frozen=True)
class Step:
    """An algorithm with its parameters (constants, `Input`s, `Made`s, lists of these) and what the model keeps."""

    name: str
    algorithm: str
    does: str
    parameters: dict[str, Any]
    kept: dict[str, str] = field(default_factory=dict)


def model(
    name: str, about: str, parameters: list[QgsProcessingParameterDefinition], steps: list[Step]
) -> QgsProcessingModelAlgorithm:
    """A model from its parameters and steps, laid out from top to bottom."""
    made = QgsProcessingModelAlgorithm(name, "Recurve")
    made.setHelpContent({"ALG_DESC": about})
    for number, definition in enumerate(parameters):
        place = QgsProcessingModelParameter(definition.name())
        place.setPosition(QPointF(_COLUMN * number, 0))
        made.addModelParameter(definition, place)
    for number, step in enumerate(steps, start=1):
        child = QgsProcessingModelChildAlgorithm(step.algorithm)
        if child.algorithm() is None:
            raise SystemExit(f"QGIS has no algorithm {step.algorithm}.")
        child.setChildId(step.name)
        child.setDescription(step.does)
        child.setPosition(QPointF(_COLUMN * (number % 3), _ROW * (number + 1)))
        for parameter, value in {**_defaults(child.algorithm()), **step.parameters}.items():
            child.addParameterSources(parameter, _sources(value))
        outputs = {}
        for title, output in step.kept.items():
            place = QgsProcessingModelOutput(title, title)
            place.setChildId(step.name)
            place.setChildOutputName(output)
            place.setPosition(QPointF(_COLUMN * 3, _ROW * (number + 1)))
            outputs[title] = place
        child.setModelOutputs(outputs)
        made.addChildAlgorithm(child)
    made.updateDestinationParameters()
    return made


def _defaults(algorithm: QgsProcessingAlgorithm) -> dict[str, Any]:
    """What the modeler wants to be said although it is the default."""
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    return {
        definition.name(): definition.defaultValue()
        for definition in algorithm.parameterDefinitions()
        if not definition.isDestination() and not definition.flags() & optional
    }


def _sources(value: Any) -> list[QgsProcessingModelChildParameterSource]:
    source = QgsProcessingModelChildParameterSource
    if isinstance(value, list) and any(isinstance(item, (Input, Made)) for item in value):
        return [part for item in value for part in _sources(item)]
    if isinstance(value, Input):
        if value.default is None:
            return [source.fromModelParameter(value.name)]
        return [source.fromExpression(f"coalesce(@{value.name}, {value.default!r})")]
    if isinstance(value, Made):
        return [source.fromChildOutput(value.step, value.output)]
    return [source.fromStaticValue(value)]


def buildings_to_polygons() -> QgsProcessingModelAlgorithm:
    """Image to outlines of one class, simplified without gaps between neighbours."""
    number, file = QgsProcessingParameterNumber, QgsProcessingParameterFile
    return model(
        "Buildings to polygons",
        "Classifies an image, corrects the map, drops small parts and turns what is left of one class into polygons. "
        "Borders that polygons share are simplified once, so that neither gaps nor overlaps appear. Each polygon has "
        "its class code, its area on the ground in square metres and its mean confidence in percent.",
        [
            QgsProcessingParameterRasterLayer("image", "Image"),
            file("classifier", "Classifier", extension="onnx"),
            file("corrector", "Corrector (empty: the classifier's)", extension="onnx", optional=True),
            number("code", "Class code to keep", number.Type.Integer, BUILDING, minValue=1, maxValue=255),
            number("smallest", "Smallest part in pixels", number.Type.Integer, SMALLEST_PX, minValue=1),
            number("tolerance", "Simplify by up to (map units)", number.Type.Double, TOLERANCE, minValue=0),
        ],
        [
            Step(
                "classify",
                "recurve:classify",
                "Classify and correct",
                {
                    "INPUT": Input("image"),
                    "CLASSIFIER": Input("classifier"),
                    "CORRECTOR": Input("corrector"),
                },
                {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
            ),
            Step(
                "sieve",
                "gdal:sieve",
                "Drop small parts",
                {
                    "INPUT": Made("classify"),
                    "THRESHOLD": Input("smallest", SMALLEST_PX),
                    "EIGHT_CONNECTEDNESS": False,
                },
            ),
            Step(
                "polygonise",
                "gdal:polygonize",
                "Polygonise",
                {"INPUT": Made("sieve"), "BAND": 1, "FIELD": "class", "EIGHT_CONNECTEDNESS": False},
            ),
            Step("outlines", "native:polygonstolines", "Outlines", {"INPUT": Made("polygonise")}),
            Step("shared", "native:dissolve", "Shared borders once", {"INPUT": Made("outlines")}),
            Step("merge", "native:mergelines", "Lines from node to node", {"INPUT": Made("shared")}),
            Step("lines", "native:multiparttosingleparts", "One by one", {"INPUT": Made("merge")}),
            Step(
                "simplify",
                "native:simplifygeometries",
                "Simplify; the nodes stay",
                {"INPUT": Made("lines"), "METHOD": 0, "TOLERANCE": Input("tolerance", TOLERANCE)},
            ),
            Step(
                "polygons",
                "native:polygonize",
                "Polygons again",
                {"INPUT": Made("simplify"), "KEEP_FIELDS": False},
            ),
            Step(
                "class",
                "native:zonalstatisticsfb",
                "Class of each",
                {
                    "INPUT": Made("polygons"),
                    "INPUT_RASTER": Made("sieve"),
                    "RASTER_BAND": 1,
                    "COLUMN_PREFIX": "class_",
                    "STATISTICS": [9],
                },
            ),
            Step(
                "confidence",
                "native:zonalstatisticsfb",
                "Mean confidence of each",
                {
                    "INPUT": Made("class"),
                    "INPUT_RASTER": Made("classify", "CONFIDENCE"),
                    "RASTER_BAND": 1,
                    "COLUMN_PREFIX": "confidence_",
                    "STATISTICS": [2],
                },
            ),
            Step(
                "kept",
                "native:extractbyattribute",
                "Keep the class",
                {
                    "INPUT": Made("confidence"),
                    "FIELD": "class_majority",
                    "OPERATOR": 0,
                    "VALUE": Input("code", BUILDING),
                },
            ),
            Step(
                "attributes",
                "native:refactorfields",
                "Class, area, confidence",
                {
                    "INPUT": Made("kept"),
                    "FIELDS_MAPPING": [
                        _field("class", '"class_majority"', 2, 3, 0),
                        _field("area_m2", _AREA_M2, 6, 20, 2),
                        _field("confidence", '"confidence_mean"', 6, 6, 1),
                    ],
                },
                {"Polygons": "OUTPUT"},
            ),
        ],
    )


def train_and_classify() -> QgsProcessingModelAlgorithm:
    """An image with rough labels of much ground and precise ones of a little, to networks and a corrected map."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    number, source, text = (
        QgsProcessingParameterNumber,
        QgsProcessingParameterFeatureSource,
        QgsProcessingParameterString,
    )
    whole = number.Type.Integer

    def samples(what: str, share: float) -> dict[str, Any]:
        return {
            "INPUT": Input("image"),
            "LABELS": Input(f"{what}_labels"),
            "CLASSES": Input("classes", LABELS),
            "AREA": Input(f"{what}_area"),
            "BACKGROUND": Input("background", BACKGROUND),
            "VALIDATION_SHARE": share,
        }

    return model(
        "Train and classify",
        "Makes a classifier from many labels, which may be rough, and a corrector from a few precise ones of other "
        "ground; then classifies the whole image and corrects the map. Labels are polygons of one class; what they "
        "leave free inside the areas is the background.",
        [
            QgsProcessingParameterRasterLayer("image", "Image"),
            QgsProcessingParameterVectorLayer("rough_labels", "Rough labels", polygons),
            source("rough_area", "Area of the rough labels", polygons),
            QgsProcessingParameterVectorLayer("precise_labels", "Precise labels", polygons),
            source("precise_area", "Area of the precise labels", polygons),
            text("classes", "Class of the labels", LABELS),
            text("background", "Class of what they leave free", BACKGROUND),
            number("classifier_epochs", "Epochs of the classifier", whole, CLASSIFIER_EPOCHS, minValue=1),
            number("corrector_epochs", "Epochs of the corrector", whole, CORRECTOR_EPOCHS, minValue=1),
        ],
        [
            Step("rough", "recurve:preparesamples", "Rough samples", samples("rough", 0.1)),
            Step("precise", "recurve:preparesamples", "Precise samples", samples("precise", 0.25)),
            Step(
                "classifier",
                "recurve:trainclassifier",
                "Train the classifier",
                {"SAMPLES": [Made("rough")], "EPOCHS": Input("classifier_epochs", CLASSIFIER_EPOCHS)},
                {"Classifier": "OUTPUT"},
            ),
            Step(
                "corrector",
                "recurve:traincorrector",
                "Train the corrector",
                {
                    "SAMPLES": [Made("precise")],
                    "CLASSIFIER": Made("classifier"),
                    "EPOCHS": Input("corrector_epochs", CORRECTOR_EPOCHS),
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


def _field(name: str, expression: str, kind: int, length: int, precision: int) -> dict[str, Any]:
    """A field for `native:refactorfields`; the kinds are Qt's (2 = whole number, 6 = number)."""
    return {
        "name": name,
        "expression": expression,
        "type": kind,
        "length": length,
        "precision": precision,
    }


MODELS = {"buildings_to_polygons": buildings_to_polygons, "train_and_classify": train_and_classify}


def main() -> None:
    """Write all models."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    sys.path += ["/usr/share/qgis/python/plugins", str(ROOT / "build/qgis/profiles/default/python/plugins")]
    from processing.core.Processing import Processing
    from recurve.algorithms.provider import RecurveProvider

    Processing.initialize()
    registry = QgsApplication.processingRegistry()
    if registry.providerById("recurve") is None:
        registry.addProvider(RecurveProvider())
    for name, build in MODELS.items():
        path = FOLDER / f"{name}.model3"
        if not build().toFile(str(path)):
            raise SystemExit(f"{path} cannot be written.")
        print(path.relative_to(ROOT))
    application.exitQgis()


if __name__ == "__main__":
    main()
