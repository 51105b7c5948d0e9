"""Algorithms are run from their dialogs, one after the other, and what is then in the project is told."""

from inside import dialogs, layer_tree, widgets


def scenario(desktop, given):
    """Tells, by the name of each run, what the dialog said and what the layer tree and the canvas then show.

    A run is its name, its algorithm, what is written into the widgets of parameters, and, where wanted, a file of a
    sample set for SAMPLES and all outputs, also those that are off by default. "{folder}" is where files are written.
    """
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    desktop.tell(runs={})
    for run in given["runs"]:
        dialog = yield from dialogs.opened(desktop, run["algorithm"])
        assert dialog is not None, f"no dialog for {run['algorithm']}"
        if run.get("all_outputs"):
            dialogs.fill(dialog, **dict.fromkeys(dialogs.outputs(dialog), "TEMPORARY_OUTPUT"))
        run = _placed(run, str(desktop.folder))
        dialogs.fill(dialog, **run["values"])
        if "samples" in run:
            yield from widgets.add_files(desktop, dialogs.widget(dialog, "SAMPLES"), run["samples"])
        outcome = yield from dialogs.ran(desktop, dialog, run["name"])
        yield from dialogs.closed(desktop, dialog)
        outcome["layers"] = layer_tree.layers()
        outcome["shown"] = layer_tree.shown()
        outcome["colours"] = layer_tree.canvas_colours(desktop, f"{run['name']}_canvas")
        desktop.tell(runs={**desktop.told["runs"], run["name"]: outcome})


def _placed(value, folder):
    if isinstance(value, dict):
        return {name: _placed(part, folder) for name, part in value.items()}
    if isinstance(value, list):
        return [_placed(part, folder) for part in value]
    return value.replace("{folder}", folder) if isinstance(value, str) else value
