"""Names that GDAL opens and QGIS takes as a layer, but not as text: parts of files, archives, servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..values import Values

_RASTERS = (QgsProcessingParameterRasterLayer, QgsProcessingParameterMultipleLayers)


def open_gdal_names(values: Values) -> None:
    """Open what QGIS does not open itself, such as `GPKG:towns.gpkg:roofs` or `/vsizip/scene.zip/b4.tif`.

    QGIS takes a text for a layer only where it is the name of a file; a list it shortens by what it
    cannot open, without a word. Once such a layer is among the run's own, QGIS finds it by the text.
    """
    for definition in values.algorithm.parameterDefinitions():
        for text in _texts(definition, values.given.get(definition.name())):
            if QgsProcessingUtils.mapLayerFromString(text, values.context) is None:
                layer = _opened(text, isinstance(definition, _RASTERS))
                if layer.isValid():
                    values.context.temporaryLayerStore().addMapLayer(layer)


def _texts(definition: QgsProcessingParameterDefinition, value: object) -> Iterator[str]:
    if isinstance(definition, QgsProcessingParameterFeatureSource):
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = value.source.staticValue()
    elif not isinstance(definition, _RASTERS):
        return
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, str) and one:
            yield one


def _opened(text: str, is_raster: bool) -> QgsMapLayer:
    name = Path(text).stem or text
    if is_raster:  # without a style, for which QGIS would look at the pixels
        return QgsRasterLayer(text, name, "gdal", QgsRasterLayer.LayerOptions(False))
    return QgsVectorLayer(text, name, "ogr")
