"""The table of classes is filled from the layer, changed, and taken by the run."""

from inside import dialogs, layer_tree
from qgis.core import QgsCategorizedSymbolRenderer, QgsRendererCategory, QgsSymbol
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QPushButton


def scenario(desktop, given):
    """Tells the cells of the table after the button, and what the run says."""
    layer_tree.add_layer(given["layers"]["image"], "image")
    labels = layer_tree.add_layer(given["layers"]["labels"], "labels")
    categories = []
    for value, colour, name in ((1, "#112233", "Ground"), (2, "#445566", "House")):
        symbol = QgsSymbol.defaultSymbol(labels.geometryType())
        symbol.setColor(QColor(colour))
        categories.append(QgsRendererCategory(value, symbol, name))
    dialog = yield from dialogs.opened(desktop, "recurve:preparesamples")
    wrappers = dialog.mainWidget().wrappers
    button = wrappers["CLASSES"].wrappedWidget().findChild(QPushButton, "from_layer")
    dialogs.fill(dialog, INPUT=given["layers"]["image"], LABELS=labels.id())
    button.click()
    desktop.tell(refused=dialog.messageBar().currentItem().text())
    dialog.messageBar().clearWidgets()
    dialogs.fill(dialog, CLASS_FIELD="class")
    button.click()
    desktop.tell(values=wrappers["CLASSES"].parameterValue())
    labels.setRenderer(QgsCategorizedSymbolRenderer("class", categories))
    button.click()
    cells = wrappers["CLASSES"].parameterValue()
    desktop.tell(shown=[*cells])
    desktop.screenshot("filled", dialog)
    cells[1] = "Soil"
    dialogs.fill(dialog, CLASSES=cells, **dict.fromkeys(dialogs.outputs(dialog), "TEMPORARY_OUTPUT"))
    outcome = yield from dialogs.ran(desktop, dialog, "ran")
    desktop.tell(outcome=outcome)
    yield from dialogs.closed(desktop, dialog)
