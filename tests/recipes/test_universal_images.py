"""Labelled images for the universal corrector: averaged, cut, and joined from tiles, on made data."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.errors import LabelError
from recurve.recipes.universal_images import PlaceImage, averaged, cropped, halves, rectangles
from recurve.recipes.universal_places import PLACES


def an_image(height, width, instances=False):
    rng = np.random.default_rng(height)
    return PlaceImage(
        "made",
        0,
        rng.integers(0, 256, (3, height, width), dtype=np.uint8),
        rng.integers(0, 3, (height, width), dtype=np.uint8),
        rng.integers(0, 900, (height, width)).astype(np.uint16) if instances else None,
    )


def write_png(path, pixels):
    bands = pixels.reshape(-1, *pixels.shape[-2:])
    raster = gdal.GetDriverByName("MEM").Create("", bands.shape[2], bands.shape[1], len(bands))
    raster.WriteArray(bands if len(bands) > 1 else bands[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    gdal.GetDriverByName("PNG").CreateCopy(str(path), raster)


def test_a_pixel_twice_as_wide_has_the_mean_colour_and_the_most_frequent_label():
    pixels = np.array([[[0, 10, 7], [20, 31, 7]]] * 3, np.uint8)
    truth = np.array([[2, 0, 1], [2, 1, 1]], np.uint8)
    objects = np.array([[300, 300, 1], [300, 4, 1]], np.uint16)
    small = averaged(PlaceImage("made", 1, pixels, truth, objects), 2)
    assert small.pixels.tolist() == [[[15]]] * 3
    assert (small.truth.tolist(), small.instances.tolist(), small.fold) == ([[2]], [[300]], 1)


def test_mostly_unlabelled_ground_stays_unlabelled():
    truth = np.array([[0, 0], [0, 2]], np.uint8)
    assert averaged(PlaceImage("made", 0, np.zeros((3, 2, 2), np.uint8), truth), 2).truth.tolist() == [[0]]


def test_all_sides_become_multiples_of_8_px():
    image = an_image(29, 16, instances=True)
    cut = cropped(image)
    assert cut.pixels.shape == (3, 24, 16)
    assert (cut.truth == image.truth[:24]).all()
    assert (cut.instances == image.instances[:24]).all()


@pytest.mark.parametrize("shape", [(40, 20), (20, 41)])
def test_halves_are_the_whole_image_in_two_folds(shape):
    image = an_image(*shape)
    first, second = halves(image)
    assert (first.fold, second.fold) == (0, 1)
    assert first.name != second.name
    along = 0 if shape[0] > shape[1] else 1
    assert (np.concatenate([first.truth, second.truth], along) == image.truth).all()
    assert (np.concatenate([first.pixels, second.pixels], along + 1) == image.pixels).all()


def test_rectangles_are_full_and_hold_each_cell_once():
    rng = np.random.default_rng(0)
    cells = {(int(row), int(column)) for row, column in rng.integers(0, 9, (50, 2))}
    blocks = rectangles(cells)
    assert sorted(cell for block in blocks for cell in block) == sorted(cells)
    for block in blocks:
        sides = [len({cell[axis] for cell in block}) for axis in (0, 1)]
        assert len(block) == sides[0] * sides[1]
        assert max(sides) <= 4


def test_rectangles_prefer_the_larger_join():
    assert rectangles({(0, 0), (0, 1), (1, 0), (2, 0)})[0] == [(0, 0), (1, 0), (2, 0)]


def test_tiles_that_touch_become_one_image(tmp_path, monkeypatch):
    """Tile 20 lies right of tile 1, for 19 whole tiles are in a column."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "inria-cities"
    colours = {number: rng.integers(0, 256, (3, 128, 128), dtype=np.uint8) for number in (1, 20, 5)}
    for number, pixels in colours.items():
        write_png(folder / "images" / f"chicago1_{number}.png", pixels)
        write_png(folder / "masks" / f"chicago1_{number}.png", (pixels[0] > 99).astype(np.uint8))
    monkeypatch.setenv("RECURVE_DATA", str(tmp_path))
    place = PLACES["inria-chicago"]()
    joined, single = place.images
    assert (joined.pixels == np.concatenate([colours[1], colours[20]], 2)).all()
    assert (joined.truth == 1 + (joined.pixels[0] > 99)).all()
    assert (single.pixels == colours[5]).all()
    assert {joined.fold, single.fold} == {0, 1}


def test_dunes_without_a_class_are_unlabelled(tmp_path, monkeypatch):
    folder = tmp_path / "monterey-dunes"
    for number, stem in enumerate(("a", "b")):
        write_png(folder / "images" / f"{stem}.jpg", np.full((3, 304, 304), number, np.uint8))
        write_png(folder / "masks" / f"{stem}.png", np.full((304, 304), (255, 11)[number], np.uint8))
    (folder / "parts.csv").write_text("name,x_px,y_px\na,608,0\nb,0,0\n")
    monkeypatch.setenv("RECURVE_DATA", str(tmp_path))
    (image,) = PLACES["monterey-dunes"]().images
    assert image.truth.shape == (304, 608)
    assert (image.truth[:, :304] == 11).all()
    assert (image.truth[:, 304:] == 0).all()


def test_data_that_are_not_there_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("RECURVE_DATA", str(tmp_path))
    with pytest.raises(LabelError, match="naip-fields is not there"):
        PLACES["naip-fields-1"]()
