"""Each algorithm's dialog is opened and closed, with some layers in the project and the last of them active."""

from inside import dialogs, layer_tree


def scenario(desktop, given):
    """Tells the title of each dialog that opened."""
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    done = {}
    desktop.tell(done=done)
    for algorithm in given["algorithms"]:
        dialog = yield from dialogs.opened(desktop, algorithm)
        assert dialog is not None, f"no dialog for {algorithm}"
        desktop.screenshot(algorithm.partition(":")[2], dialog)
        title = dialog.windowTitle()
        yield from dialogs.closed(desktop, dialog)
        done[algorithm] = title
        desktop.tell()
