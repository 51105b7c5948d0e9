"""What a user sees of the layers: the tree from the top with its legends, and the map canvas."""

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.utils import iface


def add_layer(path, name):
    """Add a file to the project as a layer, on top, and make it the active one."""
    layer = QgsVectorLayer(path, name, "ogr") if path.endswith(".gpkg") else QgsRasterLayer(path, name)
    assert layer.isValid(), f"{path} is no layer"
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    return layer


def keep_only(names):
    """Remove all layers but those of some names."""
    project = QgsProject.instance()
    project.removeMapLayers([key for key, layer in project.mapLayers().items() if layer.name() not in names])


def layers():
    """The layers from the top of the tree, as facts for the test."""
    model = iface.layerTreeView().layerTreeModel()
    return [_layer(model, node) for node in QgsProject.instance().layerTreeRoot().findLayers()]


def shown():
    """The names of the layers that the canvas draws, from the top."""
    return [layer.name() for layer in iface.mapCanvas().layers()]


def canvas_colours(desktop, name):
    """Draw the map anew and give the colours of the canvas as names, the most frequent first."""
    canvas = iface.mapCanvas()
    canvas.zoomToFullExtent()
    canvas.waitWhileRendering()
    desktop.screenshot(name, canvas)
    picture, counts = canvas.grab().toImage(), {}
    for y in range(0, picture.height(), 2):
        for x in range(0, picture.width(), 2):
            colour = picture.pixelColor(x, y).name()
            counts[colour] = counts.get(colour, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:20]


def _layer(model, node):
    layer = node.layer()
    entries = [] if layer is None else [_entry(part) for part in model.layerLegendNodes(node)]
    return {
        "name": node.name(),
        "file": "" if layer is None else layer.source().partition("|")[0],
        "is_valid": layer is not None and layer.isValid(),
        "is_checked": node.isVisible(),
        "renderer": "" if layer is None else layer.renderer().type(),
        "legend": [entry for entry in entries if entry is not None],
        "features": _features(layer),
    }


def _entry(part):
    """The text and the colour of an entry in the legend; None for one without a text (the name of the band, say)."""
    picture = part.data(Qt.ItemDataRole.DecorationRole)
    if isinstance(picture, QIcon):
        picture = picture.pixmap(QSize(16, 16))
    if isinstance(picture, QPixmap):
        picture = picture.toImage()
    colour = None
    if isinstance(picture, QColor):
        colour = picture.name()
    elif picture is not None and not picture.isNull():
        colour = picture.pixelColor(picture.width() // 2, picture.height() // 2).name()
    return {"text": str(part.data(Qt.ItemDataRole.DisplayRole) or ""), "colour": colour}


def _features(layer):
    """The attributes of a vector layer's features; None for a raster."""
    if not isinstance(layer, QgsVectorLayer):
        return None
    return [
        {
            name: value if isinstance(value, (int, float, str)) else None
            for name, value in found.attributeMap().items()
        }
        for found in layer.getFeatures()
    ]
