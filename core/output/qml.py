"""How outputs look when QGIS opens them: styles in QGIS's own format (QML), written without QGIS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from ...models.contract import ClassEntry

_RASTER = "recurve-raster"
"""The attribute that says for which raster Recurve made a style; QGIS passes over it, and leaves it out of its own."""

# From dark to light, as viridis: readable in print and without seeing red and green.
_RAMP = ((0, "#440154"), (25, "#3b528b"), (50, "#21918c"), (75, "#5ec962"), (100, "#fde725"))


def map_style(raster: str, classes: Sequence[tuple[int, ClassEntry]], band: int = 1) -> str:
    """The style of a map: a colour and a name for each class value.

    Args:
        raster: name of the map's file.
        classes: class values and what they mean.
        band: the band that is shown.
    """
    renderer = _renderer("paletted", band)
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for code, entry in classes:
        ElementTree.SubElement(
            palette, "paletteEntry", value=str(code), color=entry.colour, label=entry.name, alpha="255"
        )
    return _qml(raster, renderer)


def confidence_style(raster: str) -> str:
    """The style of a confidence in percent: a ramp from 0 to 100; `raster` is the name of its file."""
    renderer = _renderer("singlebandpseudocolor", 1)
    renderer.set("classificationMin", "0")
    renderer.set("classificationMax", "100")
    shader = ElementTree.SubElement(
        ElementTree.SubElement(renderer, "rastershader"),
        "colorrampshader",
        colorRampType="INTERPOLATED",
        classificationMode="1",
        clip="0",
        minimumValue="0",
        maximumValue="100",
    )
    for percent, colour in _RAMP:
        ElementTree.SubElement(
            shader, "item", value=str(percent), color=colour, label=f"{percent} %", alpha="255"
        )
    return _qml(raster, renderer)


def styled_raster(style: Path) -> str:
    """The name of the raster for which Recurve has made a style; '' for a style of the user's or another program's."""
    try:
        _, root = next(ElementTree.iterparse(style, events=("start",)))
    except (OSError, ElementTree.ParseError, StopIteration):
        return ""
    return Path(root.get(_RASTER, "")).name


def _renderer(kind: str, band: int) -> ElementTree.Element:
    return ElementTree.Element("rasterrenderer", type=kind, band=str(band), opacity="1", alphaBand="-1")


def _qml(raster: str, renderer: ElementTree.Element) -> str:
    root = ElementTree.Element("qgis", {"version": "3.22", "styleCategories": "Symbology", _RASTER: raster})
    ElementTree.SubElement(root, "pipe").append(renderer)
    return ElementTree.tostring(root, encoding="unicode")
