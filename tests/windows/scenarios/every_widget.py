"""Every widget of an algorithm's dialog is used once, in a project with images, a map and labels."""

from inside import dialogs, layer_tree, widgets
from qgis.core import QgsProcessingParameterFolderDestination
from qgis.PyQt.QtWidgets import QGroupBox


def scenario(desktop, given):
    """Tells what each parameter was before and after its widget was used."""
    for name, path in given["layers"].items():
        layer_tree.add_layer(path, name)
    for algorithm in given["algorithms"]:
        dialog = yield from dialogs.opened(desktop, algorithm)
        wrappers, used = dialog.mainWidget().wrappers, {}
        for box in dialog.findChildren(QGroupBox):  # advanced parameters
            if hasattr(box, "setCollapsed"):
                box.setCollapsed(False)
        desktop.tell(**{algorithm: used})
        for name, wrapper in wrappers.items():
            used[name] = {"kind": wrapper.wrappedWidget().metaObject().className(), "before": _value(wrapper)}
            desktop.tell()
            path = _path(desktop.folder / name, wrapper.parameterDefinition())
            yield from widgets.use(desktop, wrapper.wrappedWidget(), str(path))
            used[name]["after"] = _value(wrapper)
            desktop.tell()
        desktop.screenshot(algorithm.partition(":")[2], dialog)
        yield from dialogs.closed(desktop, dialog)


def _path(name, definition):
    """A file that may be written for an output, or one that is there."""
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
