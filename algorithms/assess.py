"""Maps + a reference -> how accurate they are, as a report, as JSON and as a raster of what changed."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..core.assessment.assess_maps import assess_maps
from ..core.assessment.difference import DIFFERENCE_CLASSES
from ..core.assessment.metrics_json import assessment_json
from ..core.assessment.reference import PolygonReference
from ..core.assessment.report import assessment_report, summary, text_table
from ..core.assessment.result import Assessment
from ..core.assessment.task import AssessmentTask
from ..core.atomic_file import write_text
from ..core.class_maps.class_matching import parse_class_table
from ..core.class_maps.class_raster import ClassRaster
from ..core.errors import LabelError
from ..core.output.writers import MapWriter
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis
from .layers import reference as layers
from .layers.outputs import style_on_load
from .layers.raster_layer import raster_layer, say_systems
from .layers.vector_or_raster import chosen_layer
from .layers.vector_source import vector_source
from .parameters.class_list import class_table_of, class_table_parameter
from .parameters.numbers import ANY, whole_number
from .text.about import plugin_version
from .text.lists import parts_of
from .text.translation import tr
from .values import Values

_LARGEST_TOLERANCE_PX = 100


class AssessMaps(RecurveAlgorithm):
    """Compares maps with a reference."""

    prepared: AssessmentTask

    group_id = "assessment"

    MAPS = "MAPS"
    REFERENCE = "REFERENCE"
    CLASS_FIELD = "CLASS_FIELD"
    CLASS_NAME = "CLASS_NAME"
    REFERENCE_RASTER = "REFERENCE_RASTER"
    BACKGROUND = "BACKGROUND"
    CLASS_TABLE = "CLASS_TABLE"
    UNLABELLED = "UNLABELLED"
    ZERO_IS_A_CLASS = "ZERO_IS_A_CLASS"
    MASK = "MASK"
    TOLERANCES = "TOLERANCES"
    STRATA = "STRATA"
    OUTPUT_HTML = "OUTPUT_HTML"
    OUTPUT_JSON = "OUTPUT_JSON"
    DIFFERENCE = "DIFFERENCE"
    OVERALL_ACCURACY = "OVERALL_ACCURACY"
    MEAN_IOU = "MEAN_IOU"
    BOUNDARY_IOU = "BOUNDARY_IOU"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "assess"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Assess maps")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Tells how accurate maps are, by a reference, and what one made better or worse than another."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "accuracy,assessment,validation,confusion matrix,iou,f1,kappa,boundary,area estimation,comparison"
        ).split(",")

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        source, text = QgsProcessing.SourceType, QgsProcessingParameterString
        file = QgsProcessingParameterFileDestination
        self.add_parameters(
            QgsProcessingParameterMultipleLayers(self.MAPS, tr("Maps"), source.TypeRaster),
            QgsProcessingParameterFeatureSource(
                self.REFERENCE, tr("Reference (polygons)"), [source.TypeVectorPolygon], optional=True
            ),
            QgsProcessingParameterField(
                self.CLASS_FIELD,
                tr("Class field of reference polygons"),
                parentLayerParameterName=self.REFERENCE,
                optional=True,
            ),
            text(self.CLASS_NAME, tr("Class of all reference polygons, without a field"), optional=True),
            QgsProcessingParameterRasterLayer(
                self.REFERENCE_RASTER, tr("Reference as a raster of classes"), optional=True
            ),
            text(self.BACKGROUND, tr("Background class (empty: not known)"), optional=True),
            QgsProcessingParameterFeatureSource(
                self.MASK, tr("Mask"), [source.TypeVectorPolygon], optional=True
            ),
            class_table_parameter(self.CLASS_TABLE, tr("Class table of the maps (empty: by name or value)")),
            whole_number(
                self.UNLABELLED,
                tr("Unlabelled value of a reference raster (empty: its nodata value, or else 0)"),
                None,
                ANY,
            ),
            QgsProcessingParameterBoolean(
                self.ZERO_IS_A_CLASS, tr("0 is a class of a reference raster"), defaultValue=False
            ),
            text(self.TOLERANCES, tr("Boundary tolerances in pixels"), "1,2,3,5"),
            QgsProcessingParameterRasterLayer(
                self.STRATA,
                tr("Strata of the area estimates (empty: each map's classes)"),
                optional=True,
            ),
            file(self.OUTPUT_HTML, tr("Report"), tr("HTML files (*.html)"), optional=True),
            file(
                self.OUTPUT_JSON,
                tr("Metrics (JSON)"),
                tr("JSON files (*.json)"),
                optional=True,
                createByDefault=False,
            ),
            QgsProcessingParameterRasterDestination(
                self.DIFFERENCE, tr("Difference"), optional=True, createByDefault=False
            ),
            advanced=(
                self.CLASS_TABLE,
                self.UNLABELLED,
                self.ZERO_IS_A_CLASS,
                self.TOLERANCES,
                self.STRATA,
            ),
        )
        for name, told in (
            (self.OVERALL_ACCURACY, tr("Overall accuracy of the last map")),
            (self.MEAN_IOU, tr("Mean IoU of the last map")),
            (self.BOUNDARY_IOU, tr("Mean boundary IoU of the last map")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, told))

    def prepared_from(self, values: Values) -> AssessmentTask:
        """Maps and a reference that can be compared."""
        table, tolerances = (
            parse_class_table(class_table_of(values, self.CLASS_TABLE)),
            values.text(self.TOLERANCES),
        )
        tolerances_px, transforms = parse_tolerances(tolerances), values.context.transformContext()
        layer = chosen_layer(values, self.REFERENCE, self.REFERENCE_RASTER)
        has_polygons = isinstance(layer, QgsVectorLayer) or values.has(self.MASK)
        maps = layers.class_rasters(values, self.MAPS, are_looked_up=has_polygons)
        reference: ClassRaster | PolygonReference
        polygons = vector_source(values, self.REFERENCE)
        if isinstance(layer, QgsVectorLayer) and polygons is not None:
            reference = layers.class_polygons(
                polygons,
                transforms,
                values.text(self.CLASS_FIELD),
                values.text(self.CLASS_NAME),
                values.text(self.BACKGROUND),
            )
        else:
            reference = layers.single_class_raster(layer, transforms)
        area = vector_source(values, self.MASK)
        return AssessmentTask(
            maps=maps,
            reference=reference,
            tolerances_px=tolerances_px,
            area=None if area is None else layers.area_polygons(area, transforms),
            strata=layers.single_class_raster(raster_layer(values, self.STRATA), transforms)
            if values.has(self.STRATA)
            else None,
            table=table,
            unlabelled=values.whole(self.UNLABELLED) if values.has(self.UNLABELLED) else None,
            zero_is_a_class=values.is_set(self.ZERO_IS_A_CLASS),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Compare, and write what was asked for."""
        values, task = Values(self, parameters, context), self.prepared
        made_by = f"Recurve {plugin_version()}"
        difference = values.new_raster(self.DIFFERENCE)
        self.paths = {self.DIFFERENCE: difference} if difference else {}
        style_on_load(self.paths, context)
        rasters = (*task.maps, task.reference, task.strata)
        say_systems(feedback, *(one.placing for one in rasters if isinstance(one, ClassRaster)))
        writer = None
        with faults_for_qgis():
            if difference:
                provenance = {"RECURVE": made_by, "RECURVE_REFERENCE": task.reference.name}
                writer = MapWriter(difference, task.maps[0].grid, DIFFERENCE_CLASSES, provenance)
            assessment = assess_maps(task, writer, FeedbackProgress(feedback))
            results: dict[str, Any] = dict(self.paths)
            page = values.new_file(self.OUTPUT_HTML)
            if page:
                assessment_report(assessment, made_by).write(page)
                results[self.OUTPUT_HTML] = page
            record = values.new_file(self.OUTPUT_JSON)
            if record:
                write_text(record, assessment_json(assessment, made_by))
                results[self.OUTPUT_JSON] = record
        for told in assessment.matching:
            feedback.pushInfo(told)
        for warning in assessment.warnings:
            feedback.pushWarning(warning)
        feedback.pushInfo("\n".join(text_table(*summary(assessment))))
        return {**results, **self._figures(assessment)}

    def _figures(self, assessment: Assessment) -> dict[str, float]:
        last = assessment.maps[-1]
        figures = {
            self.OVERALL_ACCURACY: last.confusion.overall,
            self.MEAN_IOU: last.confusion.mean_iou,
            self.BOUNDARY_IOU: last.mean_boundary_iou(assessment.headline),
        }
        return {name: figure for name, figure in figures.items() if not math.isnan(figure)}


def parse_tolerances(text: str) -> tuple[int, ...]:
    """Tolerances as a user writes them, '1,2,3,5', in rising order.

    Raises:
        LabelError: one is no whole number of pixels, or there is none.
    """
    try:
        found = sorted({float(part) for part in parts_of(text)})
    except ValueError:
        found = []
    are_whole = bool(found) and all(map(float.is_integer, found))
    if not are_whole or found[0] < 1 or found[-1] > _LARGEST_TOLERANCE_PX:
        raise LabelError(
            tr(
                "The tolerances are '{tolerances}', and needed are whole numbers from 1 to {largest} with commas "
                "between them, as in 1,2,3,5.",
                tolerances=text,
                largest=_LARGEST_TOLERANCE_PX,
            )
        )
    return tuple(map(int, found))
