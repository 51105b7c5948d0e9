"""Labels and references: polygons or lines in one parameter, or a class raster in another.

They are two parameters because QGIS ends at once (signal 11, in `setParentLayerWrapperValue`) when a field is to be
chosen of a parameter that holds a raster.
"""

from __future__ import annotations

from qgis.core import QgsRasterLayer, QgsVectorLayer

from ...core.errors import LabelError
from ..text.translation import tr
from ..values import Values
from .raster_layer import raster_layer


def chosen_layer(values: Values, vector: str, raster: str) -> QgsVectorLayer | QgsRasterLayer:
    """The layer of whichever of two parameters is given.

    Args:
        values: of the parameters.
        vector: the parameter for a vector layer.
        raster: the parameter for a class raster.

    Raises:
        LabelError: none is given, both are, or QGIS cannot open what is given as that.
        RasterError: the raster cannot be opened.
    """
    given = [name for name in (vector, raster) if values.has(name)]
    algorithm, context = values.algorithm, values.context
    what = {name: algorithm.parameterDefinition(name).description() for name in (vector, raster)}
    if len(given) != 1:
        fault = tr("Two kinds of labels are given") if given else tr("No labels are given")
        raise LabelError(
            tr(
                "{fault}, and one of these is needed: {vector} ({vector_id}) or {raster} ({raster_id}).",
                fault=fault,
                vector=what[vector],
                vector_id=vector,
                raster=what[raster],
                raster_id=raster,
            )
        )
    if given == [raster]:
        return raster_layer(values, raster)
    layer = values.vector_layer(vector)
    if layer is None or not layer.isValid():
        if algorithm.parameterAsRasterLayer(dict(values.given), vector, context) is not None:
            raise LabelError(
                tr(
                    "A raster is given as {vector_id}; give it as {raster} ({raster_id}).",
                    vector_id=vector,
                    raster=what[raster],
                    raster_id=raster,
                )
            )
        raise LabelError(
            tr(
                "What is given as {vector} ({vector_id}) cannot be opened as a vector layer; choose a layer, or a "
                "file that QGIS can show as one.",
                vector=what[vector],
                vector_id=vector,
            )
        )
    return layer
