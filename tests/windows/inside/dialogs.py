"""The dialogs of algorithms: opened from the toolbox, filled in, run, closed. The functions are parts of scenarios."""

from qgis.core import QgsProcessingContext
from qgis.PyQt.QtWidgets import QTextEdit

from . import toolbox


def opened(desktop, algorithm_id, as_batch=False):
    """Open an algorithm's dialog; gives None where QGIS shows a message instead."""
    boxes = len(desktop.boxes)
    toolbox.start(desktop, algorithm_id, as_batch)
    yield lambda: desktop.dialog() is not None or len(desktop.boxes) > boxes
    yield desktop.wait(0.3)
    return desktop.dialog()


def closed(desktop, dialog):
    """Close a dialog."""
    dialog.close()
    yield lambda: desktop.dialog() is None


def fill(dialog, **values):
    """Write values into the widgets of parameters, whose names are the keys; a name that is unknown is a fault."""
    context = QgsProcessingContext()
    for name, value in values.items():
        dialog.mainWidget().wrappers[name].setParameterValue(value, context)


def outputs(dialog):
    """The names of the parameters for outputs."""
    definitions = dialog.algorithm().parameterDefinitions()
    return [definition.name() for definition in definitions if definition.isDestination()]


def ran(desktop, dialog, name):
    """Press Run and wait for the end; gives what the dialog says: log, message bar, whether it came to results."""
    begin(desktop, dialog)
    outcome = yield from ended(desktop, dialog, name)
    return outcome


def begin(desktop, dialog):
    """Press Run."""
    dialog.ends, dialog.boxes_before = [], len(desktop.boxes)
    if not getattr(dialog, "is_heard", False):
        dialog.is_heard = True
        dialog.algorithmFinished.connect(lambda *end: dialog.ends.append(end))
    desktop.do(dialog.runButton().click)


def ended(desktop, dialog, name):
    """Wait for the end of what was begun."""
    yield lambda: is_over(desktop, dialog)
    yield desktop.wait(0.5)
    desktop.screenshot(name)
    bar = dialog.messageBar().currentItem()
    return {
        "succeeded": bool(dialog.ends and dialog.ends[0][0]),
        "results": {name: str(value) for name, value in (dialog.ends[0][1] if dialog.ends else {}).items()},
        "log": log(dialog),
        "bar": "" if bar is None else bar.text(),
        "boxes": [box["text"] for box in desktop.boxes[dialog.boxes_before :]],
    }


def is_over(desktop, dialog):
    """Whether a run has ended, or was refused by a message."""
    is_refused = dialog.messageBar().currentItem() is not None or len(desktop.boxes) > dialog.boxes_before
    return bool(dialog.ends) or is_refused


def widget(dialog, name):
    """The widget of a parameter."""
    return dialog.mainWidget().wrappers[name].wrappedWidget()


def log(dialog):
    """What the log of a dialog shows."""
    return dialog.findChild(QTextEdit, "txtLog").toPlainText()
