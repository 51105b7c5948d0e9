"""Colours of classes: as their names say, in two languages, and apart from each other."""

from __future__ import annotations

import colorsys
import itertools

import pytest
from recurve.core.raster.class_colours import BACKGROUND, colour_of


def hue(colour):
    """In degrees, and the saturation."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    angle, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return 360 * angle, saturation


def distance(one, other):
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (1, 3, 5)) ** 0.5


def colours_of(names):
    found = []
    for name in names:
        found.append(colour_of(name, found))
    return found


@pytest.mark.parametrize(
    ("names", "low", "high"),
    [
        (("water", "Lake", "RIVERS", "open water", "Wasser", "Gewässer", "stehendes_gewässer"), 190, 250),
        (
            ("forest", "Trees", "wood", "low vegetation", "Wald", "Bäume", "grass", "Wiese", "Grünland"),
            80,
            150,
        ),
        (
            (
                "building",
                "Buildings",
                "house-roof",
                "Gebäude",
                "Haus",
                "DÄCHER",
                "Gebaeude",
                "Geba\u0308ude",
                "Haeuser",
            ),
            0,
            20,
        ),
        (("field", "Crops", "Acker"), 35, 55),
    ],
)
def test_hue_is_what_the_name_says(names, low, high):
    for name in names:
        angle, saturation = hue(colour_of(name, []))
        assert low <= angle <= high, name
        assert saturation > 0.3, name


@pytest.mark.parametrize("name", ["road", "Street (asphalt)", "Straße", "STRASSEN", "Parkplätze"])
def test_roads_are_grey(name):
    assert hue(colour_of(name, []))[1] == 0


@pytest.mark.parametrize("name", ["background", "Other", "Sonstiges"])
def test_background_is_pale(name):
    assert colour_of(name, []) == BACKGROUND


@pytest.mark.parametrize(
    "name", ["waterfall", "roadside", "housekeeping", "no building", "nicht Wald", "7", "class 3"]
)
def test_only_whole_words_that_are_not_negated_tell_a_colour(name):
    assert colour_of(name, []) == colour_of("quux", [])


def test_the_last_of_several_words_tells():
    assert colour_of("water meadow", []) == colour_of("meadow", [])
    assert colour_of("forest road", []) == colour_of("road", [])


@pytest.mark.parametrize(
    "names",
    [
        ("forest", "wood", "trees", "Wald", "Laubwald"),
        ("water", "lake", "river", "see"),
        ("road", "street", "Weg", "Parkplatz"),
        ("snow", "ice", "glacier"),
        ("building", "a", "b", "c", "d", "e", "road", "water", "forest", "grass", "field", "soil", "rest"),
    ],
)
def test_colours_are_well_apart(names):
    found = colours_of(names)
    assert min(distance(a, b) for a, b in itertools.combinations(found, 2)) >= 30


def test_as_many_colours_as_a_map_has_classes():
    names = ["water", "forest", *map(str, range(252))]
    assert len(set(colours_of(names))) == 254
