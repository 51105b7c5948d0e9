"""Rasters that QGIS loads when a run is done: shown in the style that lies beside them, in a sensible order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    QgsDataProvider,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread, QTimer

from ...core.output.side_files import sharers_of_style, style_of
from .raster_layer import without_options

_waiting: set[OutputLayer] = set()
"""QGIS does not own what it calls when a layer is loaded: Python has to keep it until then."""


def style_on_load(
    paths: Mapping[str, str], context: QgsProcessingContext, hidden: frozenset[str] = frozenset()
) -> None:
    """Let the outputs of a run be styled when QGIS loads them, the first above the others.

    Args:
        paths: of the outputs by parameter, from the top of the layer tree to the bottom.
        context: QGIS's, which knows which of them will be loaded.
        hidden: parameters whose layers are not shown at once.
    """
    loaded = {name: path for name, path in paths.items() if context.willLoadLayerOnCompletion(path)}
    run: list[OutputLayer] = []
    for place, (name, path) in enumerate(loaded.items()):
        run.append(OutputLayer(path, name in hidden, run))
        _waiting.add(run[-1])
        details = context.layerToLoadOnCompletionDetails(path)
        details.setPostProcessor(run[-1])
        if hasattr(details, "layerSortKey"):  # QGIS 3.32
            details.layerSortKey = len(loaded) - place


def refresh_layers(paths: Mapping[str, str], context: QgsProcessingContext) -> None:
    """Let layers that were loaded before a run show what the run has written to their files.

    What QGIS loads when the run is done refreshes them itself; this is for outputs that it does not load. In a thread
    of a model, where no layer may be touched, nothing is done.
    """
    in_main_thread = QThread.currentThread() == QCoreApplication.instance().thread()
    for path in paths.values() if in_main_thread else ():
        if not context.willLoadLayerOnCompletion(path):
            _refresh(context.project(), path)


class OutputLayer(QgsProcessingLayerPostProcessorInterface):
    """What is done to a layer when it is loaded; in the main thread.

    Args:
        path: its file.
        is_hidden: whether it is not shown at once.
        run: the layers of the same run, from the top of the layer tree to the bottom.
    """

    def __init__(self, path: str, is_hidden: bool, run: list[OutputLayer]) -> None:
        super().__init__()
        self._path, self._is_hidden, self._run = path, is_hidden, run
        self._id, self._is_placed = "", False

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> None:
        """Style the layer and all others of the same file; where QGIS has one already, it is the layer itself."""
        _waiting.discard(self)
        self._id = layer.id()
        project = context.project()
        _refresh(project, self._path)
        # some versions of QGIS put the layers into the tree only after this
        QTimer.singleShot(0, lambda: _arrange(project, self._run))


def _refresh(project: QgsProject | None, path: str) -> None:
    """Open a file anew in all its layers, in the style beside it: pixels, size and classes may have changed."""
    style = style_of(Path(path))
    for layer in project.mapLayers().values() if project is not None else ():
        if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
            continue
        if Path(without_options(layer.source())).resolve() == Path(path).resolve():
            crs, opacity = layer.crs(), layer.opacity()
            nodata = layer.dataProvider().userNoDataValues(1)
            layer.setDataSource(layer.source(), layer.name(), "gdal", QgsDataProvider.ProviderOptions())
            if style.exists() and not sharers_of_style(Path(path)):
                layer.loadNamedStyle(str(style))
            # what the user has said about the layer, and no file can say instead
            if not layer.crs().isValid():
                layer.setCrs(crs)
            layer.setOpacity(opacity)
            layer.dataProvider().setUserNoDataValue(1, nodata)
            layer.triggerRepaint()


def _arrange(project: QgsProject, run: list[OutputLayer]) -> None:
    """Put the layers of a run into their order, where the topmost of them is, and hide some."""
    root = project.layerTreeRoot()
    found = [(output, root.findLayer(output._id)) for output in run if output._id]
    found = [(output, node) for output, node in found if node is not None]
    if not found:
        return
    parent = found[0][1].parent()
    nodes = [node for _, node in found if node.parent() == parent]
    index = min(parent.children().index(node) for node in nodes)
    if parent.children()[index : index + len(nodes)] != nodes:
        parent.insertChildNodes(index, [node.clone() for node in nodes])
        for node in nodes:
            parent.removeChildNode(node)
    for output, _ in found:
        if not output._is_placed:  # once: from now on it is the user's choice
            node = root.findLayer(output._id)
            node.setExpanded(not output._is_hidden)
            node.setItemVisibilityChecked(not output._is_hidden)
            output._is_placed = True
