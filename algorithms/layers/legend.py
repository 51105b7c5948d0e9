"""The classes in which layers are shown."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...core.errors import LabelError
from ...core.raster.file_reader import open_raster
from ...core.raster.legend import read_legend
from ...core.samples.label_classes import LegendEntry, legend_of_values
from ..text.translation import tr
from ..values import Values
from .label_polygons import text_of
from .raster_layer import image_path, raster_layer
from .vector_or_raster import chosen_layer

_MOST_VALUES = 254


def shown_classes(values: Values, sources: Mapping[str, str]) -> list[LegendEntry]:
    """The classes in which a layer is shown, or else those that occur in its field.

    Args:
        values: of the parameters.
        sources: the ids of the parameters that the layer is chosen in: 'raster', or 'vector', 'field' and 'raster'.

    Raises:
        LabelError: no layer is chosen, or it says nothing of classes.
        RasterError: it cannot be opened.
    """
    if "vector" not in sources:
        layer = raster_layer(values, sources["raster"])
    else:
        layer = chosen_layer(values, sources["vector"], sources["raster"])
    if isinstance(layer, QgsRasterLayer):
        legend = raster_legend(layer)
    else:
        field = values.field(sources["field"])
        if not field:
            raise LabelError(
                tr(
                    "Choose {field} first: without it all labels are of one class.",
                    field=values.called(sources["field"]),
                )
            )
        found = layer.uniqueValues(layer.fields().lookupField(field), _MOST_VALUES)
        legend = vector_legend(layer, field) or legend_of_values(filter(None, map(text_of, found)))
    if not legend:
        raise LabelError(
            tr("The layer {layer} is not shown in classes, and its file names none.", layer=layer.name())
        )
    return legend


def vector_legend(layer: QgsVectorLayer, class_field: str) -> list[LegendEntry]:
    """The classes a layer is shown in, where it is categorised by the class field; else none."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer) or not class_field:
        return []
    if renderer.classAttribute().strip('"') != class_field:
        return []
    legend = []
    for category in renderer.categories():
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        legend += [
            LegendEntry(value, category.label() or value, category.symbol().color().name())
            for value in filter(None, map(text_of, values))  # the category of all other values has none
        ]
    return legend


def raster_legend(layer: QgsRasterLayer) -> list[LegendEntry]:
    """The classes a raster is shown in, or else what its file says; what is transparent is no class."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsPalettedRasterRenderer):
        return [
            LegendEntry(text_of(entry.value), entry.label or text_of(entry.value), entry.color.name())
            for entry in renderer.classes()
            if entry.color.alpha() > 0
        ]
    dataset = open_raster(image_path(layer))  # which must outlive its band
    own = read_legend(dataset.GetRasterBand(1))
    return [
        LegendEntry(str(code), name, own.colours.get(code, "")) for code, name in sorted(own.names.items())
    ]
