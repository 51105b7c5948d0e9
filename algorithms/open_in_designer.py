"""An entry of the toolbox's context menu: an example model in the model designer, to look at and to change."""

from __future__ import annotations

from processing.gui.ContextAction import ContextAction
from qgis.core import QgsProcessingModelAlgorithm

from .example_models import FOLDER, ExampleModel
from .text.translation import tr


class OpenInDesigner(ContextAction):
    """What QGIS offers for models of the user's own folder, for those of `resources/models`."""

    def __init__(self) -> None:
        super().__init__()
        self.name = tr("Open in model designer…")

    def isEnabled(self) -> bool:
        """Whether the entry is there: for example models."""
        return isinstance(self.itemData, ExampleModel)

    def execute(self) -> None:
        """Open a copy without a file of its own, so that saving asks where to and the plugin's files stay."""
        from processing.modeler.ModelerDialog import ModelerDialog

        model = QgsProcessingModelAlgorithm()
        model.fromFile(str(FOLDER / f"{self.itemData.file}.model3"))
        designer = ModelerDialog.create(model)
        designer.show()
        designer.activate()
