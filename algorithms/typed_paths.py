"""Paths as people type them: with `~` for their home, and with blanks from where they were copied."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProperty,
)

_READ = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
)


def with_plain_paths(algorithm: QgsProcessingAlgorithm, given: Mapping[str, Any]) -> dict[str, Any]:
    """What QGIS was given, with paths that need no shell to be read.

    Args:
        algorithm: whose parameters they are.
        given: values by parameter; what is no path, and what is one already, stays as it is.
    """
    plain = dict(given)
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        if name in plain and (definition.isDestination() or isinstance(definition, _READ)):
            plain[name] = _plain(plain[name], definition.isDestination())
    return plain


def _plain(value: Any, is_new: bool) -> Any:
    """A value of a parameter for files; `is_new` for those to be written."""
    if isinstance(value, str):
        return _plain_text(value, is_new)
    if isinstance(value, list):
        return [_plain(one, is_new) for one in value]
    for kind, attribute in (
        (QgsProcessingOutputLayerDefinition, "sink"),
        (QgsProcessingFeatureSourceDefinition, "source"),
    ):
        if isinstance(value, kind):
            text = getattr(value, attribute).staticValue()
            if isinstance(text, str) and (plain := _plain_text(text, is_new)) != text:
                value = kind(value)
                setattr(value, attribute, QgsProperty.fromValue(plain))
    return value


def _plain_text(text: str, is_new: bool) -> str:
    stripped = text.strip()
    # a name may end in a blank, where somebody wanted that
    plain = (
        stripped if not os.path.lexists(text) and (is_new or os.path.lexists(_at_home(stripped))) else text
    )
    return _at_home(plain)


def _at_home(path: str) -> str:
    """The path with the user's home for `~`, as a shell would write it."""
    return f"{Path.home()}{path[1:]}" if path.startswith(("~/", f"~{os.sep}")) else path
