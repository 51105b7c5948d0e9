"""What a map says about itself, and what has to be told."""

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.class_maps.input_map import read_class_map
from recurve.core.errors import RasterError
from recurve.core.output.writers import MapWriter
from recurve.core.raster.file_reader import RasterReader


@pytest.fixture
def look(fake):
    """A function that looks at a map with the classes Water, Wood, Built-up."""
    return lambda path, kind="", text="", expected="": read_class_map(
        str(path), kind, fake.classes, text, expected
    )


@pytest.fixture
def codes():
    """A map of the codes 10, 20, 30."""
    return np.random.default_rng(3).choice(np.array([10, 20, 30], np.uint8), (20, 30))


def with_table(path, rows, names=("Value", "Class_Name")):
    table = gdal.RasterAttributeTable()
    table.CreateColumn(names[0], gdal.GFT_Integer, gdal.GFU_Generic)
    table.CreateColumn(names[1], gdal.GFT_String, gdal.GFU_Generic)
    for place, (code, name) in enumerate(rows):
        table.SetValueAsInt(place, 0, code)
        table.SetValueAsString(place, 1, name)
    raster = gdal.Open(str(path), gdal.GA_Update)
    raster.GetRasterBand(1).SetDefaultRAT(table)
    raster = None
    return path


def test_a_map_of_recurve(make_raster, integers, fake, folder, look):
    with RasterReader(make_raster(integers(1, 20, 30))) as reader:
        grid = reader.grid
    with MapWriter(folder / "map.tif", grid, fake.classes, {}) as writer:
        writer.begin({}, [grid.extent])
        writer.write(np.full((20, 30), 2, np.uint8), grid.extent)
    found = look(folder / "map.tif")
    assert (found.kind, found.class_values, found.classes, found.nodata) == (
        "classes",
        (1, 2, 3),
        fake.classes,
        0,
    )


def test_an_attribute_table(make_raster, codes, look):
    path = with_table(make_raster(codes), [(30, "water"), (10, "Wood"), (20, "Built-up"), (99, "cloud")])
    found = look(path)
    assert found.class_values == (30, 10, 20)
    assert [entry.name for entry in found.classes] == ["water", "Wood", "Built-up"]
    assert found.classes[0].colour == "#1f78b4"  # the network's, for want of the map's


def test_a_palette_and_category_names(make_raster, codes, look, fake):
    path = make_raster(codes)
    raster = gdal.Open(str(path), gdal.GA_Update)
    palette = gdal.ColorTable()
    palette.SetColorEntry(20, (1, 2, 3, 255))
    raster.GetRasterBand(1).SetColorTable(palette)
    raster.GetRasterBand(1).SetCategoryNames(
        ["", *[""] * 9, "wood", *[""] * 9, "built-up", *[""] * 9, "WATER"]
    )
    raster = None
    found = look(path)
    assert found.class_values == (30, 10, 20)
    assert [(entry.name, entry.colour) for entry in found.classes][1:] == [
        ("wood", "#000000"),
        ("built-up", "#010203"),
    ]


def test_the_user_counts_more_than_the_table(make_raster, codes, look):
    path = with_table(make_raster(codes), [(30, "Water"), (10, "Wood"), (20, "Built-up")])
    assert look(path, text="10=water,20=wood,30=built-up").class_values == (10, 20, 30)


@pytest.mark.parametrize(("nodata", "free"), [(None, 0), (255, 255), (10, 0), (7, 7)])
def test_the_code_of_no_data(make_raster, codes, look, nodata, free):
    path = make_raster(codes, nodata=nodata)
    assert look(path, text="10=water,20=wood,30=built-up").nodata == free


def test_0_may_be_a_class(make_raster, codes, look):
    assert look(make_raster(codes), text="0=water,10=wood,20=built-up").nodata == 255


def test_kinds(make_raster, codes, look):
    soft = make_raster(np.ones((3, 20, 30), np.float32), "soft.tif")
    assert look(soft, "probabilities").class_values == (1, 2, 3)
    assert look(soft, "", expected="scores").kind == "scores"
    assert look(make_raster(codes), text="10=water,20=wood,30=built-up").kind == "classes"
    with pytest.raises(
        RasterError, match=r"has 3 bands, which may hold probabilities or scores: say which kind"
    ):
        look(soft)
    with pytest.raises(RasterError, match="There is no kind of map 'labels'"):
        look(soft, "labels")
    with pytest.raises(RasterError, match=r"has 3 bands, and a map of class values has one"):
        look(soft, "classes")


def test_bands_by_their_names(make_raster, look):
    path = make_raster(np.ones((4, 9, 9), np.float32), names=["cloud", "Wood", "built-up", "water"])
    assert look(path, "scores").table.numbers == (4, 2, 3)


def test_bands_by_a_table(make_raster, look):
    path = make_raster(np.ones((4, 9, 9), np.float32))
    assert look(path, "scores", "1=built-up,2=water,3=,4=wood").table.numbers == (2, 4, 1)
    with pytest.raises(
        RasterError, match=r"has 4 bands, and a map of scores needs one for each of .* 3 classes"
    ):
        look(path, "scores")
    with pytest.raises(RasterError, match=r"names band 5, and .* has bands 1 to 4"):
        look(path, "scores", "1=built-up,2=water,5=wood")


def test_a_fourth_band_of_bytes_may_be_called_alpha(make_raster, look):
    path = make_raster(np.ones((4, 9, 9), np.uint8), alpha=True)
    assert look(path, "probabilities").table.numbers == (1, 2, 3)


def test_what_is_no_raster_is_told(tmp_path, look):
    with pytest.raises(RasterError, match="cannot be opened as a raster"):
        look(tmp_path / "none.tif")
