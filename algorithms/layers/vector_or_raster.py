"""Labels and references: polygons or lines in one parameter, or a class raster in another.

They are two parameters because QGIS ends at once (signal 11, in `setParentLayerWrapperValue`) when a field is to be
chosen of a parameter that holds a raster.
"""

from __future__ import annotations

from qgis.core import QgsRasterLayer, QgsVectorLayer

from ...core.errors import LabelError
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
        raise LabelError(
            f"{'Two kinds of labels are' if given else 'Nothing is'} given, and one is needed: {what[vector]} "
            f"({vector}), or {what[raster]} ({raster})."
        )
    if given == [raster]:
        return raster_layer(values, raster)
    layer = values.vector_layer(vector)
    if layer is None or not layer.isValid():
        if algorithm.parameterAsRasterLayer(dict(values.given), vector, context) is not None:
            raise LabelError(f"A raster is given as {vector}; give it as {what[raster]} ({raster}).")
        raise LabelError(
            f"What is given as {what[vector]} ({vector}) cannot be opened as a vector layer; choose a layer, or a file "
            "that QGIS can show as one."
        )
    return layer
