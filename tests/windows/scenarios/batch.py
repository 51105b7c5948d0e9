"""An algorithm is run as a batch process on files that are chosen in a file dialog."""

from inside import dialogs, layer_tree
from qgis.PyQt.QtWidgets import QFileDialog, QLineEdit


def scenario(desktop, given):
    """Tells what the batch's log says and which layers there are."""
    dialog = yield from dialogs.opened(desktop, given["algorithm"], as_batch=True)
    panel = dialog.mainWidget()
    autofill = panel.tblParameters.cellWidget(0, panel.parameter_to_column["INPUT"])
    desktop.do(autofill.showFileSelectionDialog)
    yield lambda: desktop.window(QFileDialog) is not None
    chooser = desktop.window(QFileDialog)
    chooser.findChild(QLineEdit).setText(" ".join(f'"{path}"' for path in given["images"]))
    desktop.do(chooser.accept)
    yield lambda: desktop.window(QFileDialog) is None
    yield lambda: panel.batchRowCount() == len(given["images"])
    for name, value in given["values"].items():
        panel.tblParameters.cellWidget(0, panel.parameter_to_column[name]).setRowValue(
            0, value, panel.processing_context
        )
        panel.tblParameters.cellWidget(0, panel.parameter_to_column[name]).fillDown()
    for row in range(panel.batchRowCount()):
        output = panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"])
        output.setValue(str(desktop.folder / f"map_{row}.tif"))
    panel.checkLoadLayersOnCompletion.setChecked(True)
    desktop.screenshot("filled", dialog)
    desktop.do(dialog.runButton().click)
    yield lambda: dialog.runButton().isEnabled() and "Batch execution completed" in dialogs.log(dialog)
    yield desktop.wait(0.5)
    desktop.screenshot("run")
    files = sorted(path.name for path in desktop.folder.glob("map_*.tif"))
    desktop.tell(batch_log=dialogs.log(dialog), layers=layer_tree.layers(), files=files)
    yield from dialogs.closed(desktop, dialog)
