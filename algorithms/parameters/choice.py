"""Parameters for one of some names, which are the same in every language."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingParameterEnum


def choice(name: str, label: str, options: Sequence[str]) -> QgsProcessingParameterEnum:
    """A parameter for one of some names, the first if nothing is said."""
    return QgsProcessingParameterEnum(
        name, label, list(options), defaultValue=options[0], usesStaticStrings=True
    )
