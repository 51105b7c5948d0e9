"""The files that a layer is read from: its own, and those of the layers that it is joined to or made of."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path

from qgis.core import (
    QgsFileUtils,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsVirtualLayerDefinition,
)
from qgis.PyQt.QtCore import QUrl

from ...core.raster.retry import is_remote
from ...core.raster.source_files import source_files
from .raster_layer import offline_tiles, without_options


def layer_files(layer: QgsMapLayer | None) -> list[str]:
    """The files a layer is read from; none for a layer from a server, a database or memory."""
    files: dict[str, None] = {}
    waiting: deque[QgsMapLayer | tuple[str, str] | None] = deque([layer])
    seen = set()
    while waiting:
        one = waiting.popleft()
        key = one.id() if isinstance(one, QgsMapLayer) else one
        if one is None or key in seen:
            continue
        seen.add(key)
        if isinstance(one, QgsRasterLayer):
            files.update(dict.fromkeys(_raster_files(one)))
            continue
        if isinstance(one, QgsVectorLayer):
            waiting += [join.joinLayer() or _in_project(join.joinLayerId()) for join in one.vectorJoins()]
        provider, source = (one.providerType(), one.source()) if isinstance(one, QgsMapLayer) else one
        if provider == "virtual":
            definition = QgsVirtualLayerDefinition.fromUrl(QUrl.fromEncoded(source.encode()))
            files.update(dict.fromkeys([definition.filePath()] if definition.filePath() else []))
            waiting += _made_of(definition)
        else:
            files.update(dict.fromkeys(_vector_files(provider, source)))
    return list(files)


def _raster_files(layer: QgsRasterLayer) -> list[str]:
    path = without_options(layer.source()) if layer.providerType() == "gdal" else offline_tiles(layer)
    is_here = Path(path).is_file() or not is_remote(path)  # a folder's name may look like a server's
    return list(source_files(path)) if path and is_here else []


def _vector_files(provider: str, source: str) -> list[str]:
    path = QgsProviderRegistry.instance().decodeUri(provider, source).get("path") or ""
    return [*source_files(path), *QgsFileUtils.sidecarFilesForPath(path)] if path else []


def _made_of(definition: QgsVirtualLayerDefinition) -> list[QgsMapLayer | tuple[str, str] | None]:
    """The layers, or their providers and sources, that a virtual layer asks for features.

    A query finds layers of the project by their names and ids without a list of them. Each that stands in it as a
    word counts, though it may be the name of a field: rather a file too many than one that is lost.
    """
    parts: list[QgsMapLayer | tuple[str, str] | None] = [
        _in_project(part.reference()) if part.isReferenced() else (part.provider(), part.source())
        for part in definition.sourceLayers()
    ]
    query = definition.query().replace('""', '"')
    for layer in QgsProject.instance().mapLayers().values():
        names = (rf"(?<!\w){re.escape(name)}(?!\w)" for name in (layer.name(), layer.id()) if name)
        if any(re.search(name, query, re.IGNORECASE) for name in names):
            parts.append(layer)
    return parts


def _in_project(layer_id: str) -> QgsMapLayer | None:
    return QgsProject.instance().mapLayer(layer_id)
