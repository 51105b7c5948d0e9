"""A new layer of hints, whose form offers the classes of a map."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsField,
    QgsFields,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QColor

from ...core.errors import RasterError
from ..text.map_classes import MapClass
from ..text.translation import tr

CLASS_FIELD, TRUST_FIELD = "class", "trust"
TRUST = ("certain", "likely")
SHAPES = {
    "points": QgsWkbTypes.Type.Point,
    "lines": QgsWkbTypes.Type.LineString,
    "polygons": QgsWkbTypes.Type.Polygon,
}

_waiting: set[LoadedHintLayer] = set()
"""QGIS does not own what it calls when a layer is loaded: Python has to keep it until then."""


class LoadedHintLayer(QgsProcessingLayerPostProcessorInterface):
    """Opens a layer in the style of its file when a run has loaded it, which QGIS does by itself elsewhere."""

    def postProcessLayer(
        self, layer: QgsMapLayer, _context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> None:
        """Take the style."""
        _waiting.discard(self)
        layer.loadDefaultStyle()


def styled_on_load(path: str, context: QgsProcessingContext) -> None:
    """Let a layer be opened in the style of its file, if QGIS will load it when the run is done."""
    if context.willLoadLayerOnCompletion(path):
        loaded = LoadedHintLayer()
        _waiting.add(loaded)
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(loaded)


def write_hint_layer(
    path: str,
    shapes: str,
    crs: QgsCoordinateReferenceSystem,
    classes: Sequence[MapClass],
    transform_context: QgsCoordinateTransformContext,
) -> None:
    """Write an empty layer; form and colours are kept in the file, as the style that QGIS opens it in.

    Args:
        path: the GeoPackage to write.
        shapes: one of `SHAPES`.
        crs: of the layer.
        classes: of the map.
        transform_context: the project's.

    Raises:
        RasterError: the file cannot be written.
    """
    fields = QgsFields()
    fields.append(QgsField(CLASS_FIELD, QVariant.Int))
    fields.append(QgsField(TRUST_FIELD, QVariant.String))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", "hints"
    writer = QgsVectorFileWriter.create(path, fields, SHAPES[shapes], crs, transform_context, options)
    fault = writer.errorMessage() if writer.hasError() else ""
    del writer  # which writes the file
    layer = QgsVectorLayer(f"{path}|layername=hints", "hints", "ogr")
    if not fault and layer.isValid():
        offer_classes(layer, classes)
        fault = layer.saveStyleToDatabase("hints", "", True, "")
    if fault or not layer.isValid():
        raise RasterError(
            tr(
                "The hint layer {path} cannot be written ({fault}); choose another folder or name.",
                path=path,
                fault=fault or layer.error().summary(),
            )
        )


def offer_classes(layer: QgsVectorLayer, classes: Sequence[MapClass]) -> None:
    """Let a layer's form offer the classes of a map and the trust, and show its features in the classes' colours.

    Args:
        layer: with the fields `CLASS_FIELD` of class values and `TRUST_FIELD`.
        classes: of the map.
    """
    fields, form = layer.fields(), layer.editFormConfig()
    column, trust = fields.indexOf(CLASS_FIELD), fields.indexOf(TRUST_FIELD)
    layer.setEditorWidgetSetup(column, _choice({one.name: one.value for one in classes}))
    layer.setEditorWidgetSetup(trust, _choice({tr("certain"): TRUST[0], tr("likely"): TRUST[1]}))
    layer.setDefaultValueDefinition(trust, QgsDefaultValue(f"'{TRUST[0]}'"))
    for key in layer.primaryKeyAttributes():
        layer.setEditorWidgetSetup(key, QgsEditorWidgetSetup("Hidden", {}))
    form.setReuseLastValue(column, True)
    form.setReuseLastValue(trust, True)
    layer.setEditFormConfig(form)
    categories = []
    for one in classes:
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        symbol.setColor(QColor(one.colour))
        categories.append(QgsRendererCategory(one.value, symbol, one.name))
    layer.setRenderer(QgsCategorizedSymbolRenderer(CLASS_FIELD, categories))


def _choice(offered: dict[str, object]) -> QgsEditorWidgetSetup:
    """A list to choose from: what is shown, and what is written."""
    return QgsEditorWidgetSetup("ValueMap", {"map": [{shown: value} for shown, value in offered.items()]})
