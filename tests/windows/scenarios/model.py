"""A model is opened in the model designer and run from there."""

from inside import dialogs, layer_tree, widgets
from processing.modeler.ModelerDialog import ModelerDialog


def scenario(desktop, given):
    """Tells whether the model is valid, what its dialog says after each run, and the layers.

    Only the inputs that are named in the runs are filled in; all else is as the model has it.
    """
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    designer = ModelerDialog.create()
    designer.show()
    desktop.do(designer.actionOpen().trigger)
    yield from widgets.choose_files(desktop, given["model"])
    yield lambda: bool(designer.model().childAlgorithms())
    yield desktop.wait(0.5)
    desktop.screenshot("designer", designer)
    is_valid, faults = designer.model().validate()
    desktop.tell(is_valid=is_valid, faults=faults, runs={})
    for name, values in given["runs"].items():
        desktop.do(designer.actionRun().trigger)
        yield lambda: desktop.dialog() is not None
        dialog = desktop.dialog()
        dialogs.fill(dialog, **values)
        outcome = yield from dialogs.ran(desktop, dialog, name)
        yield from dialogs.closed(desktop, dialog)
        outcome["layers"] = layer_tree.layers()
        desktop.screenshot(f"{name}_after")
        desktop.tell(runs={**desktop.told["runs"], name: outcome})
        layer_tree.keep_only(given["layers"])
