import numpy as np
import pytest
from osgeo import gdal
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.transparency import is_transparency

COLOURS = np.full((3, 50, 50), 90, np.uint8)


def with_fourth(make_raster, fourth):
    fourth = np.asarray(fourth)[np.newaxis]
    options = ["PHOTOMETRIC=RGB", "ALPHA=YES"]
    return make_raster(np.concatenate([COLOURS.astype(fourth.dtype), fourth]), options=options)


@pytest.fixture
def near_infrared():
    """0 over water, as in images of the National Agriculture Imagery Program."""
    values = np.full((50, 50), 80, np.uint8)
    values[:20] = 0
    return values


def test_a_near_infrared_band_that_is_called_alpha_is_data(make_raster, near_infrared):
    path = with_fourth(make_raster, near_infrared)
    with RasterReader(path) as reader:
        assert reader.called_alpha == (4,)
        assert reader.bands == (1, 2, 3, 4)
        assert reader.labels[3].colour == "Undefined"
        assert reader.read(reader.grid.extent).valid.all()
    with RasterReader(path, [1, 2, 3]) as reader:
        assert reader.read(reader.grid.extent).valid.all()


@pytest.mark.parametrize("opaque", [np.uint8(255), np.uint8(1), np.uint16(65535), np.uint16(255)])
def test_transparency_is_not(make_raster, opaque):
    alpha = np.full((50, 50), opaque)
    alpha[:20] = 0
    alpha[20, :] = opaque // 2  # the seam of a mosaic
    with RasterReader(with_fourth(make_raster, alpha)) as reader:
        assert reader.called_alpha == ()
        assert reader.bands == (1, 2, 3)
        assert not reader.read(reader.grid.extent).valid[:20].any()


def test_overviews_are_looked_at_where_there_are_some(make_raster, near_infrared):
    path = with_fourth(make_raster, near_infrared)
    dataset = gdal.Open(str(path))
    dataset.BuildOverviews("NEAREST", [2])
    assert not is_transparency(gdal.Open(str(path)), 4)
