"""Map -> an empty layer of hints whose form offers the map's classes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..core.class_maps.own_classes import OwnMap, read_own_map
from ..core.errors import RasterError
from ..models.contract import MAP_KINDS
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis
from .layers.new_hints import SHAPES, styled_on_load, write_hint_layer
from .layers.raster_layer import image_path, placing, raster_layer
from .parameters.choice import choice
from .parameters.class_list import class_table_of, class_table_parameter
from .text.map_classes import map_classes
from .text.translation import tr
from .values import Values


@dataclass(frozen=True)
class _Prepared:
    """Whose classes are offered, for which shapes, and where the layer lies."""

    class_map: OwnMap
    shapes: str
    crs: QgsCoordinateReferenceSystem


class NewHintLayer(RecurveAlgorithm):
    """Makes an empty layer to draw hints into."""

    prepared: _Prepared

    group_id = "classification"

    MAP = "MAP"
    MAP_KIND = "MAP_KIND"
    CLASS_TABLE = "CLASS_TABLE"
    SHAPES = "SHAPES"
    OUTPUT = "OUTPUT"

    AUTO = "auto"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "newhintlayer"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("New hint layer")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr("Makes an empty layer for hints, whose form offers the classes of a map.")

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr("hint,hints,click,seed,scribble,correction,label,class,form,interactive").split(",")

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        self.add_parameters(
            QgsProcessingParameterRasterLayer(self.MAP, tr("Map")),
            choice(self.MAP_KIND, tr("Kind of map"), (self.AUTO, *MAP_KINDS)),
            class_table_parameter(
                self.CLASS_TABLE, tr("Class table of the map (empty: as the map says)"), raster=self.MAP
            ),
            choice(self.SHAPES, tr("Shapes"), tuple(SHAPES)),
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, tr("Hints"), QgsProcessing.SourceType.TypeVectorAnyGeometry
            ),
        )

    def prepared_from(self, values: Values) -> _Prepared:
        """A map, and a place for the layer where no other file is."""
        path = values.new_file(self.OUTPUT) if not values.is_temporary(self.OUTPUT) else ""
        if path and Path(path).suffix.lower() != ".gpkg":
            raise RasterError(
                tr(
                    "{path} is no name for {parameter}: the layer is written as a GeoPackage, because that keeps its "
                    "form; choose a name that ends in .gpkg.",
                    path=path,
                    parameter=values.called(self.OUTPUT),
                )
            )
        if path and Path(path).exists():
            raise RasterError(
                tr(
                    "{path} exists already, and the hints in it would be lost; choose a new name, or draw into that "
                    "layer.",
                    path=path,
                )
            )
        layer, kind = raster_layer(values, self.MAP), values.choice(self.MAP_KIND)
        class_map = read_own_map(
            image_path(layer),
            "" if kind == self.AUTO else kind,
            class_table_of(values, self.CLASS_TABLE),
            placing(layer, values.context.transformContext()),
        )
        return _Prepared(class_map, values.choice(self.SHAPES), layer.crs())

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Look for the map's classes, and write the layer."""
        prepared = self.prepared
        path = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        styled_on_load(path, context)
        with faults_for_qgis():
            found = prepared.class_map.class_map(FeedbackProgress(feedback))
            classes = map_classes(found.classes, found.class_values)
            write_hint_layer(path, prepared.shapes, prepared.crs, classes, context.transformContext())
        listed = ", ".join(one.told for one in classes)
        feedback.pushInfo(tr("The form of the hints offers these classes: {classes}.", classes=listed))
        return {self.OUTPUT: path}
