"""Bands by name: found, not found, doubtful."""

import pytest
from recurve.core.raster.band_names import BandLabel, bands_by_name, misplaced_bands

RGB = ["red", "green", "blue"]


def labels(*texts):
    """Labels from texts like 'description/colour'."""
    return [BandLabel(number, *text.split("/")) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("texts", "wanted", "found"),
    [
        (["blue/", "green/", "red/", "nir/"], RGB, (3, 2, 1)),
        (["Blue/Undefined", " GREEN /Undefined", "Red/Undefined"], RGB, (3, 2, 1)),
        (["/Blue", "/Green", "/Red", "/Undefined"], RGB, (3, 2, 1)),
        (["B2/Blue", "B3/Green", "B4/Red", "nir/Undefined"], ["nir", "red", "green"], (4, 3, 2)),
        # the image is shown in false colours: what is described as green is shown as blue
        (["nir/Red", "red/Green", "green/Blue", "blue/Undefined"], RGB, (2, 3, 4)),
        (["nir/Red", "red/Green", "green/Blue"], RGB, None),  # green's band would be blue as well
        (["red/", "green/", "/"], RGB, None),
        (["red/", "red/", "green/", "blue/"], RGB, None),
        (["/", "/", "/"], ["", "", ""], None),
        (["x/"], ["x"], (1,)),
    ],
)
def test_bands_by_name(texts, wanted, found):
    assert bands_by_name(labels(*texts), wanted) == found


def test_misplaced_bands():
    described = labels("blue/", "green/", "red/")
    assert misplaced_bands(described, RGB, (3, 2, 1)) == []
    assert misplaced_bands(described, RGB, (1, 2, 3)) == [("red", 3, 1), ("blue", 1, 3)]
    assert misplaced_bands(labels("/Blue", "/Green", "/Red"), RGB, (1, 2, 3)) == []
    assert misplaced_bands(labels("red/", "red/", "blue/"), ["red", "nir"], (3, 1)) == []
