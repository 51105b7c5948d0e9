"""What a user gave for the parameters of an algorithm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import NULL

from ..core.errors import ParameterError
from .text.help import called
from .text.translation import tr
from .typed_paths import with_plain_paths


@dataclass(frozen=True)
class Values:
    """The values of an algorithm's parameters by their ids, as Python has them.

    Attributes:
        algorithm: the one that runs.
        given: what QGIS was given, its paths without `~` and blanks around them.
        context: QGIS's.
    """

    algorithm: QgsProcessingAlgorithm
    given: Mapping[str, Any]
    context: QgsProcessingContext

    def __post_init__(self) -> None:
        """Make paths of what people type, once for all that reads and writes them."""
        object.__setattr__(self, "given", with_plain_paths(self.algorithm, self.given))

    def has(self, name: str) -> bool:
        """Whether the user gave something."""
        return self.given.get(name) not in (None, NULL, "")

    def called(self, name: str) -> str:
        """A parameter in a sentence."""
        return called(self.algorithm, name)

    def text(self, name: str) -> str:
        """A text without blanks around it; '' for none."""
        return str(self.algorithm.parameterAsString(dict(self.given), name, self.context)).strip()

    def choice(self, name: str) -> str:
        """The name that was chosen of a list of names."""
        return str(self.algorithm.parameterAsEnumString(dict(self.given), name, self.context))

    def is_set(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.algorithm.parameterAsBoolean(dict(self.given), name, self.context))

    def whole(self, name: str) -> int:
        """A whole number; 0 where an optional one is empty."""
        return int(self.number(name))

    def number(self, name: str) -> float:
        """A number; 0 where an optional one is empty."""
        default = self.algorithm.parameterDefinition(name).defaultValue()
        return self.given.get(name, default) or 0

    def field(self, name: str) -> str:
        """The name of a field; '' for none."""
        return str(self.given[name]) if self.has(name) else ""

    def file(self, name: str) -> str:
        """The path of a file to read; '' for none."""
        return str(self.algorithm.parameterAsFile(dict(self.given), name, self.context))

    def files(self, name: str) -> list[str]:
        """The paths of files or folders to read."""
        return list(self.algorithm.parameterAsFileList(dict(self.given), name, self.context))

    def new_file(self, name: str) -> str:
        """The path of a file or a folder to write; '' for none."""
        return str(self.algorithm.parameterAsFileOutput(dict(self.given), name, self.context))

    def is_temporary(self, name: str) -> bool:
        """Whether QGIS chooses the place of an output, and deletes it when it closes."""
        value = self.given.get(name)
        sink = getattr(value, "sink", None)  # dialogs wrap what they were given
        return (value if sink is None else sink.staticValue()) == QgsProcessing.TEMPORARY_OUTPUT

    def new_raster(self, name: str) -> str:
        """The path of a raster to write, which QGIS will load if the user wants that; '' for none.

        The batch dialog gives an output that is not wanted as an empty path to be loaded, and QGIS would complain that
        it cannot load that.
        """
        sink = getattr(self.given.get(name), "sink", None)
        if sink is not None and not sink.valueAsString(self.context.expressionContext())[0]:
            return ""
        return str(self.algorithm.parameterAsOutputLayer(dict(self.given), name, self.context) or "")

    def source(self, name: str) -> QgsProcessingFeatureSource | None:
        """The features of a layer (the selected ones, if the user wants those); None for no layer.

        Raises:
            ParameterError: what was given is no vector layer, which QGIS would take for no layer.
        """
        if not self.has(name):
            return None
        source = self.algorithm.parameterAsSource(dict(self.given), name, self.context)
        if source is None:
            given = self.given[name]
            if isinstance(given, QgsProcessingFeatureSourceDefinition):
                given = given.source.staticValue()
            raise ParameterError(
                tr(
                    "{parameter} is '{value}', which cannot be opened as a vector layer; choose a layer, or a file "
                    "that QGIS can show as one.",
                    parameter=self.called(name),
                    value=given,
                )
            )
        return source

    def vector_layer(self, name: str) -> QgsVectorLayer | None:
        """The layer that features are taken from; None for no layer."""
        value = self.given.get(name)
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = value.source
        return self.algorithm.parameterAsVectorLayer({**self.given, name: value}, name, self.context)
