"""Bands as people write them: numbers and names, with any separator; everything else is refused by words."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingContext, QgsProperty
from recurve.algorithms.layers.bands import chosen_bands
from recurve.algorithms.values import Values
from recurve.core.errors import RasterError
from recurve.core.raster.band_names import BandLabel

LABELS = (
    BandLabel(1, "Blue, 0.48 um", "Undefined"),
    BandLabel(2, "near infrared", "Green"),
    BandLabel(3, "", "Red"),
)


class ImageOf:
    """An image of which only the labels of its bands are known."""

    def __init__(self, labels):
        self.labels = labels

    def open(self):
        return nullcontext(self)


@pytest.fixture
def bands(provider):
    """A function: the numbers of the bands that were given."""

    def chosen(given, labels=LABELS):
        values = Values(provider.algorithm("classify"), {"BANDS": given}, QgsProcessingContext())
        return chosen_bands(values, "BANDS", ImageOf(labels))

    return chosen


@pytest.mark.parametrize(
    "given",
    [
        "3;2;1",
        "3,2,1",
        "3, 2, 1",
        " 3 2 1 ",
        "[3,2,1]",
        "(3, 2, 1)",
        "03;02;01",
        "3.0,2.0,1.0",
        '["3", "2", "1"]',
        [3, 2, 1],
        (3, 2, 1),
        ["3", "2", "1"],
        ["3,2,1"],
        [3.0, "2", 1],
    ],
)
def test_numbers(bands, given):
    assert bands(given) == (3, 2, 1)


@pytest.mark.parametrize(
    "given",
    [
        "red;Near Infrared;blue, 0.48 um",
        ["Red", "near infrared", "Blue, 0.48 um"],
        "3;near infrared;1",
        '["red"; "near infrared"; 1]',
    ],
)
def test_names(bands, given):
    assert bands(given) == (3, 2, 1)


@pytest.mark.parametrize("given", [None, "", []])
def test_none(bands, given):
    assert bands(given) == ()


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("3;2;x", "x"),
        ("3;;1", ""),
        ("1,", ""),
        ("1.5", "1.5"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("1-3", "1-3"),
        ([1, True], "True"),
    ],
)
def test_what_is_neither(bands, given, part):
    with pytest.raises(RasterError) as refused:
        bands(given)
    assert (
        f"\"Bands\" (BANDS) is '{given}', and '{part}' in it is neither the number of a band (1 to 3)"
        in str(refused.value)
    )
    assert "(Blue, 0.48 um, near infrared, red)" in str(refused.value)


def test_a_name_of_two_bands(bands):
    twice = (BandLabel(1, "reflectance", ""), BandLabel(2, "reflectance", ""))
    with pytest.raises(RasterError, match="nor the name of just one"):
        bands("reflectance", twice)


@pytest.mark.parametrize(
    "given",
    [
        "3,2,1",
        "blue;green;red",
        QgsProperty.fromExpression("array(3,2,1)"),
        QgsProperty.fromExpression("'3 2 1'"),
    ],
)
def test_in_a_run(classify, make_raster, scene, given):
    path = make_raster(scene, "bands.tif", names=("blue", "green", "red"))
    _, lines = classify(INPUT=path, BANDS=given)
    expected = "red = 1, green = 2, blue = 3" if given == "blue;green;red" else "red = 3, green = 2, blue = 1"
    assert any(f"Bands of the image: {expected}" in line for line in lines)


def test_in_a_sample_set(provider):
    values = Values(provider.algorithm("preparesamples"), {"BANDS": "3,1"}, QgsProcessingContext())
    assert chosen_bands(values, "BANDS", ImageOf(LABELS)) == (3, 1)
