"""Every widget of an algorithm's dialog is used once, in a project with images, a map and labels."""

from inside import dialogs, layer_tree, widgets
from qgis.core import QgsProcessingParameterFolderDestination


def scenario(desktop, given):
    """Tells what each parameter was before and after its widget was used."""
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    done = {}
    desktop.tell(done=done)
    for algorithm in given["algorithms"]:
        dialog = yield from dialogs.opened(desktop, algorithm)
        widgets.show_advanced(dialog)
        used = {}
        for name, wrapper in dialog.mainWidget().wrappers.items():
            used[name] = {"kind": wrapper.wrappedWidget().metaObject().className(), "before": _value(wrapper)}
            desktop.tell(under_way=[algorithm, name])
            path = _path(desktop.folder, algorithm, wrapper.parameterDefinition())
            yield from widgets.use(desktop, wrapper.wrappedWidget(), str(path))
            used[name]["after"] = _value(wrapper)
        desktop.screenshot(algorithm.partition(":")[2], dialog)
        yield from dialogs.closed(desktop, dialog)
        done[algorithm] = used
        desktop.tell()


def _path(folder, algorithm, definition):
    """A file that may be written for an output, or one that is there."""
    name = folder / f"{algorithm.partition(':')[2]}_{definition.name()}"
    if isinstance(definition, QgsProcessingParameterFolderDestination):
        name.mkdir()
        return name
    if definition.isDestination():
        return name.with_suffix(f".{definition.defaultFileExtension()}")
    path = name.with_suffix(".onnx")
    path.touch()
    return path


def _value(wrapper):
    return repr(wrapper.parameterValue())
