"""Each algorithm's dialog is opened and closed, with some layers in the project and the last of them active."""

from inside import dialogs, layer_tree


def scenario(desktop, given):
    """Tells which dialogs opened, each with its screenshot."""
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    titles = {}
    desktop.tell(opened=[], titles=titles)
    for algorithm in given["algorithms"]:
        dialog = yield from dialogs.opened(desktop, algorithm)
        assert dialog is not None, f"no dialog for {algorithm}"
        desktop.screenshot(algorithm.partition(":")[2], dialog)
        titles[algorithm] = dialog.windowTitle()
        yield from dialogs.closed(desktop, dialog)
        desktop.tell(opened=[*desktop.told["opened"], algorithm])
