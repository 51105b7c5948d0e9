"""Runs that are cancelled in the middle."""

from inside import dialogs, layer_tree, widgets
from qgis.PyQt.QtWidgets import QProgressBar


def scenario(desktop, given):
    """Tells of each run what was said, which layers there are and which files it has left."""
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    desktop.tell(runs={})
    for run in given["runs"]:
        dialog = yield from dialogs.opened(desktop, run["algorithm"])
        place = desktop.folder / run["name"]
        place.mkdir()
        dialogs.fill(dialog, **{**run["values"], "OUTPUT": str(place / run["output"])})
        if "samples" in run:
            yield from widgets.add_files(desktop, dialogs.widget(dialog, "SAMPLES"), run["samples"])
        dialogs.begin(desktop, dialog)
        bar = dialog.findChild(QProgressBar)
        yield (
            lambda bar=bar, dialog=dialog: (
                (bar.maximum() > 0 and bar.value() > 0) or dialogs.is_over(desktop, dialog)
            )
        )
        desktop.screenshot(f"{run['name']}_before", dialog)
        progress = bar.value()
        desktop.do(dialog.cancelButton().click)
        outcome = yield from dialogs.ended(desktop, dialog, run["name"])
        outcome["can_run_again"] = dialog.runButton().isEnabled()
        yield from dialogs.closed(desktop, dialog)
        outcome["progress"] = progress
        outcome["layers"] = [layer["name"] for layer in layer_tree.layers()]
        outcome["files"] = sorted(path.name for path in place.iterdir() if not path.name.startswith("."))
        desktop.tell(runs={**desktop.told["runs"], run["name"]: outcome})
