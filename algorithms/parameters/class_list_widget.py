"""The table of a list of classes in a dialog, with a button that fills it with the classes a layer is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.gui import (
    QgsAbstractProcessingParameterWidgetWrapper,
    QgsGui,
    QgsProcessingGui,
)
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ...core.errors import RecurveError
from ..layers.legend import shown_classes
from ..text.translation import tr
from ..values import Values


class ClassListWidget:
    """What QGIS calls for the parameter's widget: in a single run's dialog the one below, elsewhere QGIS's own."""

    def __new__(
        cls,
        parameter: QgsProcessingParameterDefinition,
        dialog: Any,
        _row: int = 0,
        _column: int = 0,
        **sources: str,
    ) -> Any:
        """Make the widget's wrapper, as `WidgetWrapperFactory` does.

        Args:
            parameter: the table.
            dialog: the one that is opened.
            _row: of a batch.
            _column: of a batch.
            sources: the ids of the parameters for the layer: `vector` with `field`, and `raster`.
        """
        registry, kind = QgsGui.processingGuiRegistry(), type(dialog).__name__
        if kind == "ModelerParametersDialog":
            wrapper = registry.createModelerParameterWidget(
                dialog.model, dialog.childId, parameter, dialog.context
            )
        elif kind == "BatchAlgorithmDialog":
            wrapper = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Batch)
        else:
            wrapper = _FilledFromLayer(parameter, sources)
        wrapper.setDialog(dialog)
        return wrapper


class _FilledFromLayer(QgsAbstractProcessingParameterWidgetWrapper):
    """QGIS's own table, and the button beside it."""

    def __init__(self, parameter: QgsProcessingParameterDefinition, sources: Mapping[str, str]) -> None:
        standard = QgsProcessingGui.WidgetType.Standard
        super().__init__(parameter, standard)
        self.sources = sources
        self.table = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(parameter, standard)
        self.others: dict[str, QgsAbstractProcessingParameterWidgetWrapper] = {}

    def createWidget(self) -> QWidget:
        """Table and button."""
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table.createWrappedWidget(QgsProcessingContext()))
        button = QPushButton(tr("From the layer"))
        button.setObjectName("from_layer")
        button.clicked.connect(self.fill)
        layout.addWidget(button)
        return widget

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value."""
        self.table.setParameterValue(value, context)

    def widgetValue(self) -> Any:
        """The cells, row by row."""
        return self.table.parameterValue()

    def postInitialize(self, wrappers: list[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        """Remember the parameters that the layer is chosen in."""
        found = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
        self.others = {name: found[name] for name in self.sources.values() if name in found}

    def fill(self) -> None:
        """Put the layer's classes into the table, or say why that cannot be done."""
        given = {name: wrapper.parameterValue() for name, wrapper in self.others.items()}
        context = QgsProcessingContext()
        context.setProject(self.widgetContext().project())
        values = Values(self.parameterDefinition().algorithm(), given, context)
        try:
            legend = shown_classes(values, self.sources)
        except RecurveError as error:
            self.widgetContext().messageBar().pushWarning("Recurve", str(error))
            return
        columns = len(self.parameterDefinition().headers())
        rows = [(entry.value, entry.name, entry.colour)[:columns] for entry in legend]
        self.table.setParameterValue([cell for row in rows for cell in row], context)
