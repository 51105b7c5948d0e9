"""Maps that do not say which value is which class, and lack one of 1, 2, 3 ..."""

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.class_maps.input_map import read_class_map
from recurve.core.class_maps.start_scores import MapScores
from recurve.core.errors import RasterError
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window

IN_ORDER = "1=Water, 2=Wood, 3=Built-up"


@pytest.fixture
def values():
    """Values 0, 1, 2 (20, 30): the first rows hold all three, the last ones 0 and 1 alone."""
    values = np.random.default_rng(0).integers(0, 3, (20, 30)).astype(np.uint8)
    values[10:] = values[10:] > 0
    return values


@pytest.fixture
def look(fake, recorder):
    """A function that looks through a map's values on its own grid, and gives what was told."""

    def run(path, text="", rows=(0, 20)):
        told = recorder()
        with RasterReader(path) as reader:
            grid = reader.grid
        with MapScores(read_class_map(str(path), "", fake.classes, text), grid) as scores:
            scores.check_values(Window(rows[0], 0, rows[1] - rows[0], grid.width), told)
        return "\n".join(told.lines)

    return run


def test_a_class_that_may_be_the_nodata_value_0_is_asked_for(make_raster, values, look):
    path = make_raster(values, nodata=0)
    words = (
        r"each of the values 1, 2, 3 should be in it; of them it has only 1, 2 where it is needed, "
        r"and 0 is its nodata value"
        rf".* for example '0=Water, 1=Wood, 2=Built-up' or '{IN_ORDER}'\."
    )
    with pytest.raises(RasterError, match=words):
        look(path)
    with pytest.raises(RasterError, match="of them it has only 1 where"):
        look(path, rows=(10, 20))


@pytest.mark.parametrize("text", ["0=Water,1=Wood,2=Built-up", IN_ORDER])
def test_what_the_user_says_is_not_doubted(make_raster, values, look, text):
    assert "class" not in look(make_raster(values, nodata=0), text).replace("belong to no class", "")


def test_what_the_map_says_is_not_doubted(make_raster, values, look):
    path = make_raster(values, nodata=0)
    raster = gdal.Open(str(path), gdal.GA_Update)
    raster.GetRasterBand(1).SetCategoryNames(["", "water", "wood", "built-up"])
    raster = None
    assert "do not occur" not in look(path)


def test_all_classes_beside_a_nodata_value_of_0_are_not_doubted(make_raster, values, look):
    values[0, :4] = (0, 1, 2, 3)
    path = make_raster(values, nodata=0)
    assert "do not occur" not in look(path)
    with pytest.raises(RasterError, match="of them it has only 1, 2 where"):
        look(path, rows=(1, 20))  # only what is asked for counts


@pytest.mark.parametrize("nodata", [None, 255])
def test_a_class_that_does_not_occur_is_told(make_raster, values, look, nodata):
    told = look(make_raster(values + np.uint8(1), nodata=nodata), rows=(10, 20))
    assert (
        f"it is taken to be {IN_ORDER}. These classes do not occur where the map is needed: Built-up." in told
    )


def test_a_map_without_data_is_not_doubted(make_raster, look):
    assert "do not occur" not in look(make_raster(np.zeros((20, 30), np.uint8), nodata=0))
