"""Vector layers as sources of shapes, and the system that their coordinates are in, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessingFeatureSource,
)

from ..values import Values

_ALWAYS_IN_DEGREES = "GeoJSON"  # QGIS's name for a format whose files say nothing of a system


@dataclass(frozen=True)
class VectorSource:
    """The features of a layer (the selected ones, if the user wants those).

    Attributes:
        features: QGIS's source of them.
        crs: their coordinate reference system; invalid where it is not known.
        is_default: whether the system is only what the format says of all its files.
    """

    features: QgsProcessingFeatureSource
    crs: QgsCoordinateReferenceSystem
    is_default: bool = False

    @property
    def name(self) -> str:
        """Of the layer."""
        return str(self.features.sourceName())

    def read(self, request: QgsFeatureRequest | None = None) -> Iterator[QgsFeature]:
        """The features, shapes that are not valid too."""
        flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        yield from self.features.getFeatures(request or QgsFeatureRequest(), flag)


def vector_source(values: Values, name: str) -> VectorSource | None:
    """The features a user gave for a parameter; None for no layer."""
    features = values.source(name)
    if features is None:
        return None
    layer = values.vector_layer(name)
    crs = known_system(features.sourceCrs())
    is_json = layer is not None and layer.storageType() == _ALWAYS_IN_DEGREES
    return VectorSource(features, crs, is_json and crs.authid() == "EPSG:4326")


def known_system(crs: QgsCoordinateReferenceSystem) -> QgsCoordinateReferenceSystem:
    """A system, invalid where it is a GeoPackage's way to say that there is none ("Undefined geographic SRS")."""
    is_known = crs.isValid() and not crs.description().startswith("Undefined")
    return crs if is_known else QgsCoordinateReferenceSystem()
