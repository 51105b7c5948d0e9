"""The help of algorithms and their parameters, and how sentences call a parameter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape

from qgis.core import QgsProcessingAlgorithm

from .about import ROOT
from .translation import tr


def called(algorithm: QgsProcessingAlgorithm, name: str) -> str:
    """A parameter in a sentence: what the dialog calls it, without what is in brackets, and its id for scripts."""
    label = re.sub(r" \([^()]*\)$", "", algorithm.parameterDefinition(name).description())
    return f'"{label}" ({name})'


def help_texts(algorithm: str) -> Mapping[str, str]:
    """What an algorithm and its parameters are for: 'description' and one text for each parameter."""
    return {name: tr(text) for name, text in _english_help_texts(algorithm).items()}


def help_html(algorithm: QgsProcessingAlgorithm) -> str:
    """An algorithm's help as QGIS shows it beside the parameters."""
    texts = help_texts(algorithm.name())
    parameters = [
        f"<p><b>{escape(p.description(), quote=False)}</b><br/>{escape(texts[p.name()], quote=False)}</p>"
        for p in algorithm.parameterDefinitions()
    ]
    return "".join([f"<p>{escape(texts['description'], quote=False)}</p>", *parameters])


@cache
def _english_help_texts(algorithm: str) -> Mapping[str, str]:
    path = ROOT / "resources" / "help" / f"{algorithm}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts
