"""Widgets of parameters, used as a user uses them: the mouse and the keyboard, not a value from a program."""

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

PANELS = ("QgsProcessingMultipleSelectionPanelWidget", "QgsProcessingMatrixParameterPanelWidget")
LISTS = ("QgsProcessingMultipleLayerPanelWidget", "QgsProcessingRasterBandPanelWidget")


def use(desktop, widget, path):
    """Set a widget once, whatever it is; part of a scenario.

    Args:
        desktop: the desktop.
        widget: of a parameter, or of an output.
        path: for what asks for a file: one that is there, or may be written.
    """
    kind = widget.metaObject().className()
    if kind in LISTS:
        yield from choose_from_list(desktop, widget, path)
    elif _table_of(widget) is not None:
        yield from write_into_table(_table_of(widget), "1", "water")
    elif kind == "QgsExtentWidget":
        widget.findChild(QPushButton, "mCurrentExtentButton").click()
    elif widget.findChild(QToolButton, "mSelectButton") is not None:  # of an output
        yield from save_as(desktop, widget, path)
    elif combo_box(widget) is not None:
        yield from choose_each(desktop, combo_box(widget))
    elif isinstance(widget, QAbstractSpinBox):
        widget.stepUp()
    elif isinstance(widget, QCheckBox):
        widget.click()
    elif kind == "QgsFileWidget":
        write(widget.findChild(QLineEdit), path)
    elif isinstance(widget, QLineEdit):
        write(widget, "water, wood")
    else:
        raise AssertionError(f"no way is known to use a {kind}")


def show_advanced(dialog):
    """Unfold what only few people need."""
    for box in dialog.findChildren(QGroupBox):
        if hasattr(box, "setCollapsed"):
            box.setCollapsed(False)


def combo_box(widget):
    """The drop-down list of a widget, which may be the widget itself; None where there is none."""
    return widget if isinstance(widget, QComboBox) else widget.findChild(QComboBox)


def choose_each(desktop, combo):
    """Go through a drop-down list to its last entry; part of a scenario."""
    key = Qt.Key
    for pressed in (key.Key_End, key.Key_Home, *[key.Key_Down] * (combo.count() - 1)):
        QTest.keyClick(combo, pressed)
        yield desktop.wait(0.02)


def write(line, text):
    """Write a text into a line, in place of what it holds."""
    line.selectAll()
    QTest.keyClicks(line, text)


def choose_from_list(desktop, widget, path):
    """Take all that the list behind a button offers, or add a file where it offers nothing; part of a scenario."""
    yield from _opened_list(widget)
    if _list().findChild(QAbstractItemView).model().rowCount() == 0:
        desktop.do(_list_button("Add File").click)
        yield from choose_files(desktop, path)
    _list_button("Select All").click()
    yield from _closed_list()


def add_files(desktop, widget, *paths):
    """Add files to the list behind a button; part of a scenario."""
    yield from _opened_list(widget)
    desktop.do(_list_button("Add File").click)
    yield from choose_files(desktop, *paths)
    yield from _closed_list()


def write_into_table(table, *cells):
    """Write the first cells of the table behind a button; part of a scenario."""
    yield from _opened_list(table)
    model = _list().findChild(QAbstractItemView).model()
    for column, cell in enumerate(cells):
        model.setData(model.index(0, column), cell)
    yield from _closed_list()


def _table_of(widget):
    """QGIS's widget for a table, which may be the widget itself or a part of it; None where there is none."""
    found = [widget, *widget.findChildren(QWidget)]
    return next((one for one in found if one.inherits("QgsProcessingMatrixParameterPanel")), None)


def _opened_list(widget):
    widget.findChild(QToolButton).click()
    yield lambda: _list() is not None


def _closed_list():
    _list().findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    yield lambda: _list() is None


def _list_button(text):
    return next(button for button in _list().findChildren(QPushButton) if button.text().startswith(text))


def save_as(desktop, widget, path):
    """Let an output be saved into a file, by the menu behind its button; part of a scenario."""
    button = widget.findChild(QToolButton, "mSelectButton")
    button.menu().aboutToShow.emit()
    action = next(
        action
        for action in button.menu().actions()
        if action.text().startswith(("Save to File", "Save to Dir"))
    )
    desktop.do(action.trigger)
    yield from choose_files(desktop, path)


def choose_files(desktop, *paths):
    """Write the names of files into the file dialog that opens; part of a scenario."""
    yield lambda: desktop.window(QFileDialog) is not None
    chooser = desktop.window(QFileDialog)
    chooser.findChild(QLineEdit).setText(
        " ".join(f'"{path}"' for path in paths) if len(paths) > 1 else paths[0]
    )
    desktop.do(chooser.accept)
    yield lambda: desktop.window(QFileDialog) is None
    yield desktop.wait(0.1)  # what opened the dialog goes on after the dialog's event loop


def _list():
    """The open list to choose from, or the open table."""
    return next(
        (
            window
            for window in QApplication.allWidgets()
            if any(map(window.inherits, PANELS)) and window.isVisible()
        ),
        None,
    )
