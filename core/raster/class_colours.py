"""The colours of classes that nobody has given one: by their names where those tell, and never twice the same."""

from __future__ import annotations

import colorsys
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence

from .legend import rgb

BACKGROUND = "#d9d4c7"

_WORDS = {
    BACKGROUND: "background other others rest hintergrund sonstige sonstiges andere anderes übriges",
    "#3b78c4": "water waters lake lakes river rivers sea ocean pond ponds stream canal reservoir wasser gewässer "
    "see seen fluss flüsse meer teich teiche weiher bach bäche kanal stausee wasserfläche wasserflächen",
    "#c0392b": "building buildings house houses roof roofs rooftop rooftops gebäude haus häuser dach dächer bauwerk "
    "bauwerke wohnhaus wohngebäude",
    "#8a8a8a": "road roads street streets highway highways motorway asphalt pavement parking strasse strassen weg wege "
    "autobahn parkplatz parkplätze",
    "#2e7d32": "forest forests wood woods woodland tree trees wald wälder baum bäume gehölz gehölze forst laubwald "
    "nadelwald mischwald",
    "#7cb342": "grass grassland meadow meadows lawn lawns pasture pastures vegetation gras wiese wiesen rasen grünland "
    "grünfläche grünflächen weide weiden",
    "#4f9d69": "shrub shrubs bush bushes scrub hedge hedges heath strauch sträucher busch büsche gebüsch hecke hecken "
    "heide",
    "#e0b84c": "field fields crop crops cropland farmland agriculture arable acker äcker feld felder ackerland "
    "landwirtschaft",
    "#b08d57": "soil bare sand earth boden erde rohboden kies offenboden",
    "#9b8f80": "rock rocks stone stones gravel fels felsen gestein schotter",
    "#5f9ea0": "wetland wetlands swamp marsh bog moor moore sumpf sümpfe feuchtgebiet feuchtgebiete",
    "#e8f1f5": "snow ice glacier glaciers schnee eis gletscher",
    "#d98880": "urban city settlement settlements built impervious siedlung siedlungen stadt bebauung versiegelt "
    "versiegelung",
    "#5d4a66": "rail rails railway railways railroad gleis gleise bahn eisenbahn schiene schienen",
    "#e67e22": "car cars vehicle vehicles auto autos fahrzeug fahrzeuge",
}
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_COLOURS = {
    form: colour
    for colour, words in _WORDS.items()
    for word in words.casefold().split()
    for form in (word, word.translate(_SPELT_OUT))
}
_NEGATIONS = {"no", "non", "not", "without", "kein", "keine", "nicht", "ohne"}
_APART = 40.0
"""Distance in red, green and blue (0 to 255 each) from which colours are told apart at a glance."""
_SHADES = (1.25, 0.78, 1.45, 0.62)  # of a colour's value, for a second class of the same kind
_TRIES = 24


def colour_of(name: str, taken: Sequence[str], usual: str = "") -> str:
    """A colour for a class.

    Args:
        name: its name; English and German words tell a colour, of several the last one.
        taken: colours of other classes, '#rrggbb'.
        usual: what it has where the name tells nothing; '' for nothing.

    Returns:
        The name's colour or a shade of it, or else one of many hues: the first that is well apart from all others, or
        the one that is farthest from them.
    """
    best, distance = "", -1.0
    for colour in _candidates(_named(name) or usual, len(taken)):
        nearest = min((_distance(colour, other) for other in taken), default=_APART)
        if nearest >= _APART:
            return colour
        if nearest > distance:
            best, distance = colour, nearest
    return best


def _named(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name).casefold())
    known = [_COLOURS[word] for word in words if word in _COLOURS]
    return known[-1] if known and not _NEGATIONS.intersection(words) else ""


def _candidates(first: str, number: int) -> Iterator[str]:
    if first:
        yield first
        yield from (_shaded(first, factor) for factor in _SHADES)
    for index in range(
        number, number + _TRIES
    ):  # the golden ratio walks around the hues and never meets one again
        yield _hex(colorsys.hsv_to_rgb((0.02 + index * 0.618034) % 1, 0.65, 0.8))


def _shaded(colour: str, factor: float) -> str:
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in rgb(colour)))
    # what cannot become brighter becomes paler
    paler = max(1.0, value * factor)
    return _hex(colorsys.hsv_to_rgb(hue, saturation / paler**2, min(value * factor, 1.0)))


def _distance(one: str, other: str) -> float:
    return math.dist(rgb(one), rgb(other))


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
