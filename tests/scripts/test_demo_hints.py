"""Where the demonstration places its hints, and where and what they say in the file."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from recurve.scripts.demo_hints import PlacedHint, hints_in_largest_pieces, write_hints


@pytest.fixture
def maps():
    """A map and its reference, 30 x 40, with wrong pieces of 9 x 9 (at a side), 5 x 7 and 1 px."""
    reference = np.ones((30, 40), np.uint8)
    codes = reference.copy()
    codes[10:19, :9] = 2
    reference[2:7, 20:27] = 2
    codes[25, 35] = 2
    return codes, reference


def test_the_largest_pieces_get_a_hint_in_their_middle_of_what_is_there(maps):
    assert hints_in_largest_pieces(*maps, 2) == [PlacedHint(14, 4, 1, 81), PlacedHint(4, 22, 2, 35)]


def test_no_more_hints_than_pieces(maps):
    assert [hint.piece_px for hint in hints_in_largest_pieces(*maps, 9)] == [81, 35, 1]


def test_a_right_map_gets_none(maps):
    assert hints_in_largest_pieces(maps[1], maps[1], 5) == []


@pytest.mark.parametrize("which", [0, 1], ids=["no data in the map", "unlabelled"])
def test_where_there_is_nothing_to_compare_nothing_is_wrong(maps, which):
    maps[which][:20] = 0
    assert hints_in_largest_pieces(*maps, 5) == [PlacedHint(25, 35, 1, 1)]


def test_neighbours_of_different_true_classes_are_two_pieces(maps):
    codes, reference = maps
    codes[:], reference[:], reference[:, 25:] = 3, 1, 2
    hints = hints_in_largest_pieces(codes, reference, 5)
    assert [(hint.class_value, hint.piece_px) for hint in hints] == [(1, 750), (2, 450)]


def test_a_hint_lies_in_its_piece_whatever_its_form(maps):
    codes, reference = maps
    reference[:], codes[:] = 1, 2
    codes[1:29, 1:39] = 1  # a frame of one pixel is wrong
    [hint] = hints_in_largest_pieces(codes, reference, 1)
    assert codes[hint.row, hint.col] == 2


@pytest.mark.parametrize("is_placed", [True, False], ids=["georeferenced", "not georeferenced"])
def test_the_file_holds_points_in_the_image_with_classes_by_name(tmp_path, is_placed):
    image = tmp_path / "image.tif"
    raster = gdal.GetDriverByName("GTiff").Create(str(image), 40, 30, 1)
    if is_placed:
        system = osr.SpatialReference()
        system.ImportFromEPSG(3857)
        raster.SetSpatialRef(system)
        raster.SetGeoTransform((1000, 2, 0, 500, 0, -2))
    del raster
    path = tmp_path / "hints.gpkg"
    write_hints(path, [PlacedHint(0, 0, 2, 1)] * 3, ["water", "road"], image)  # is replaced
    write_hints(path, [PlacedHint(4, 22, 2, 35)], ["water", "road"], image)
    file = ogr.Open(str(path))
    [feature] = file.GetLayer(0)
    assert feature["class"] == "road"
    expected = (1045, 491) if is_placed else (22.5, -4.5)
    assert feature.GetGeometryRef().GetPoint_2D() == expected
    system = file.GetLayer(0).GetSpatialRef()
    assert (system is not None and system.GetAuthorityCode(None) == "3857") == is_placed
