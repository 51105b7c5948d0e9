"""The example model that makes outlines of buildings, or of another class, from an image."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..algorithms.example_models import labels, titles
from ..algorithms.parameters.pretrained import BUILDINGS
from ..algorithms.text.help import help_texts
from .model_steps import Formula, Input, Made, Step, model

BUILDING, SMALLEST_PX, TOLERANCE_M = 2, 60, 0.5

# Metres on the ground, whatever the image's system: an equal-area one around the image's middle. In formulas QGIS calls
# what a step made after the step's title, which is why those of `frame` and `in_degrees` are written as they are.
_MIDDLE = "(@in_degrees_OUTPUT_min{0} + @in_degrees_OUTPUT_max{0}) / 2"
_EQUAL_AREA = (
    "format('PROJ:+proj=laea +lat_0=%1 +lon_0=%2 +datum=WGS84 +units=m +no_defs', "
    f"{_MIDDLE.format('y')}, {_MIDDLE.format('x')})"
)
# QGIS leaves the coordinates of an image without a system as they are and takes them for degrees: more than make sense.
_IS_NOWHERE = (
    "@in_degrees_OUTPUT_minx = @frame_OUTPUT_minx AND @in_degrees_OUTPUT_miny = @frame_OUTPUT_miny AND "
    "max(@frame_OUTPUT_maxx - @frame_OUTPUT_minx, @frame_OUTPUT_maxy - @frame_OUTPUT_miny) > 10"
)
_NOWHERE = (
    "The image has no coordinate reference system, and the polygons' areas and the tolerance are in metres on the "
    "ground: georeference the image, or assign it its system (Raster > Projections > Assign Projection)."
)
# a layer of no feature has no extent, in whatever numbers QGIS says so
_IS_EMPTY = "NOT coalesce(@Keep_the_class_OUTPUT_maxx > @Keep_the_class_OUTPUT_minx, false)"
_EMPTY = (
    "The map has nothing of the class value that was asked for, so there is no polygon: either the image shows nothing "
    "of that class, or the classifier has no class of this value. Its classes have the values 1, 2, 3 and so on; "
    "Describe network lists them in this order."
)


def buildings_to_polygons() -> QgsProcessingModelAlgorithm:
    """Image to outlines of one class, simplified without gaps between neighbours."""
    number, file, words = QgsProcessingParameterNumber, QgsProcessingParameterFile, labels()
    return model(
        titles()["buildings_to_polygons"],
        help_texts("buildingstopolygons"),
        [
            QgsProcessingParameterRasterLayer("image", words["image"]),
            file("classifier", words["classifier"], extension="onnx", optional=True),
            file("corrector", words["corrector"], extension="onnx", optional=True),
            number(
                "class_value", words["class_value"], number.Type.Integer, BUILDING, minValue=1, maxValue=255
            ),
            number("smallest", words["smallest"], number.Type.Integer, SMALLEST_PX, minValue=1),
            number("tolerance", words["tolerance"], number.Type.Double, TOLERANCE_M, minValue=0),
        ],
        [
            Step("frame", "native:extenttolayer", "frame", {"INPUT": Input("image")}),
            Step(
                "in_degrees",
                "native:reprojectlayer",
                "in_degrees",
                {"INPUT": Made("frame"), "TARGET_CRS": "EPSG:4326"},
            ),
            Step(
                "somewhere",
                "native:raiseexception",
                "Is the image somewhere on earth?",
                {"CONDITION": _IS_NOWHERE, "MESSAGE": _NOWHERE},
                after=("in_degrees",),
            ),
            Step(
                "classify",
                "recurve:classify",
                "Classify and correct",
                {
                    "INPUT": Input("image"),
                    "PRETRAINED": Formula(f"if(coalesce(@classifier, '') = '', '{BUILDINGS.name}', '')"),
                    "CLASSIFIER": Input("classifier"),
                    "CORRECTOR": Input("corrector"),
                },
                {"Map": "OUTPUT"},
                after=("somewhere",),
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
                "in_metres",
                "native:reprojectlayer",
                "In metres",
                {"INPUT": Made("lines"), "TARGET_CRS": Formula(_EQUAL_AREA)},
                after=("in_degrees",),
            ),
            Step(
                "simplify",
                "native:simplifygeometries",
                "Simplify; the nodes stay",
                {"INPUT": Made("in_metres"), "METHOD": 0, "TOLERANCE": Input("tolerance", TOLERANCE_M)},
            ),
            Step(
                "polygons",
                "native:polygonize",
                "Polygons again",
                {"INPUT": Made("simplify"), "KEEP_FIELDS": False},
            ),
            Step(
                "area",
                "native:fieldcalculator",
                "Area of each",
                {
                    "INPUT": Made("polygons"),
                    "FIELD_NAME": "area_m2",
                    "FIELD_TYPE": 0,
                    "FIELD_LENGTH": 20,
                    "FIELD_PRECISION": 2,
                    "FORMULA": "area($geometry)",
                },
            ),
            Step(
                "back",
                "native:reprojectlayer",
                "In the image's system",
                {"INPUT": Made("area"), "TARGET_CRS": Made("lines")},
            ),
            Step(
                "class",
                "native:zonalstatisticsfb",
                "Class of each",
                {
                    "INPUT": Made("back"),
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
                    "VALUE": Input("class_value", BUILDING),
                },
            ),
            Step(
                "something",
                "native:raisewarning",
                "Is there something of the class?",
                {"CONDITION": _IS_EMPTY, "MESSAGE": _EMPTY},
                after=("kept",),
            ),
            Step(
                "attributes",
                "native:refactorfields",
                "Class, area, confidence",
                {
                    "INPUT": Made("kept"),
                    "FIELDS_MAPPING": [
                        _field("class", '"class_majority"', 2, 3, 0),
                        _field("area_m2", '"area_m2"', 6, 20, 2),
                        _field("confidence", '"confidence_mean"', 6, 6, 1),
                    ],
                },
                {"Polygons": "OUTPUT"},
            ),
        ],
    )


def _field(name: str, expression: str, kind: int, length: int, precision: int) -> dict[str, Any]:
    """A field for `native:refactorfields`; the kinds are Qt's (2 = whole number, 6 = number)."""
    return dict(name=name, expression=expression, type=kind, length=length, precision=precision)
