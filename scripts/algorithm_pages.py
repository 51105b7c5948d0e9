"""`make pages`: the page of each algorithm in `docs/algorithms`, to which its Help button leads.

What is in them comes from the algorithms and their help alone, in English.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterNumber,
)

from ..algorithms.text.about import ROOT
from ..algorithms.text.help import help_texts
from .qgis_application import with_provider

FOLDER = ROOT / "docs" / "algorithms"
KINDS = {
    "band": "numbers of bands",
    "boolean": "yes or no",
    "extent": "extent",
    "field": "field",
    "file": "file",
    "fileDestination": "file to write",
    "folderDestination": "folder to write",
    "matrix": "table",
    "multilayer": "layers or files",
    "raster": "raster",
    "rasterDestination": "raster to write",
    "sink": "vector layer to write",
    "source": "vector layer",
    "string": "text",
    "vector": "vector layer",
    "vectorDestination": "vector layer to write",
}


def page(algorithm: QgsProcessingAlgorithm) -> str:
    """All that is known about an algorithm, as Markdown."""
    texts = help_texts(algorithm.name())
    parts = [
        f"# {algorithm.displayName()}",
        f"`{algorithm.id()}`: {algorithm.shortDescription()}",
        texts["description"],
        "## Parameters",
    ]
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    definitions = algorithm.parameterDefinitions()
    for title, chosen in (
        ("", [p for p in definitions if not p.flags() & advanced]),
        ("## Advanced parameters", [p for p in definitions if p.flags() & advanced]),
    ):
        parts += [title] if title and chosen else []
        for parameter in chosen:
            head = f"**{parameter.description()}**  \n`{parameter.name()}`: {_takes(parameter)}"
            parts += [head, texts[parameter.name()]]
    numbers = [o for o in algorithm.outputDefinitions() if algorithm.parameterDefinition(o.name()) is None]
    if numbers:
        parts += ["## Results", "\n".join(f"- `{o.name()}`: {o.description()}" for o in numbers)]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """The text of every page by its file, with a list of them all; the provider must be there."""
    from qgis.core import QgsApplication

    found = QgsApplication.processingRegistry().providerById("recurve").algorithms()
    algorithms = sorted(found, key=lambda algorithm: algorithm.displayName())
    made = {FOLDER / f"{algorithm.name()}.md": page(algorithm) for algorithm in algorithms}
    lines = [f"- [{a.displayName()}]({a.name()}.md): {a.shortDescription()}" for a in algorithms]
    return {**made, FOLDER / "README.md": "# The algorithms\n\n" + "\n".join(lines) + "\n"}


def _takes(parameter: QgsProcessingParameterDefinition) -> str:
    """What may be given for a parameter, and what is taken where nothing is."""
    kind, default = KINDS.get(parameter.type(), parameter.type()), parameter.defaultValue()
    if isinstance(parameter, QgsProcessingParameterEnum):
        kind = "one of " + ", ".join(f"`{option.partition(':')[0]}`" for option in parameter.options())
    if isinstance(parameter, QgsProcessingParameterMatrix):
        kind = f"table of {', '.join(parameter.headers())}"
    if isinstance(parameter, QgsProcessingParameterNumber):
        kind = _number(parameter)
    if parameter.type() in ("fileDestination", "folderDestination") and default:
        default = Path(default).name
    words = [kind]
    words += ["optional"] if parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional else []
    words += [f"default `{_text(default)}`"] if default not in (None, "") else []
    return ", ".join(words)


def _number(parameter: QgsProcessingParameterNumber) -> str:
    is_whole = parameter.dataType() == QgsProcessingParameterNumber.Type.Integer
    words = ["whole number" if is_whole else "number"]
    if abs(parameter.minimum()) < 1e300:
        is_tiny = 0 < parameter.minimum() < 1e-6
        words.append("above 0" if is_tiny else f"from {parameter.minimum():.12g}")
    if parameter.maximum() < 1e300:
        words.append(f"to {parameter.maximum():.12g}")
    return " ".join(words)


def _text(default: Any) -> str:
    return {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    with with_provider():
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
