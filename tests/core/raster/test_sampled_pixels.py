import numpy as np
import pytest
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.sampled_pixels import (
    UndeclaredNodata,
    ValueRange,
    sampled_pixels,
    undeclared_nodata,
    value_range,
)
from recurve.core.raster.tiling import Window


def found(path, extent=None, scale=1.0):
    with RasterReader(str(path)) as reader:
        reader.scale = scale
        return value_range(sampled_pixels(reader, extent or reader.grid.extent))


def test_without_the_outermost_hundredths(make_raster):
    values = np.arange(101, dtype=np.uint8).reshape(1, 1, 101)
    assert found(make_raster(values)) == ValueRange(1, 99)


def test_only_where_it_is_asked_for(make_raster):
    values = np.full((1, 20, 20), 200, np.uint8)
    values[:, 5:9, 5:9] = 7
    assert found(make_raster(values), Window(5, 5, 4, 4)) == ValueRange(7, 7)


def test_pixels_without_data_do_not_count(make_raster):
    values = np.array([[[0, 0, 0, 9]]], np.uint8)
    assert found(make_raster(values, nodata=0)) == ValueRange(9, 9)
    assert found(make_raster(np.zeros((1, 2, 2), np.uint8), nodata=0)) is None


def test_of_what_the_networks_see(make_raster):
    assert found(make_raster(np.full((1, 2, 2), 3, np.uint16)), scale=0.5) == ValueRange(1.5, 1.5)


@pytest.mark.parametrize("shape", [(1, 2000, 30), (1, 30, 2000), (1, 700, 700)])
def test_a_large_image_from_first_to_last_pixel(make_raster, shape):
    rows = np.arange(shape[1])[:, np.newaxis] * 16 + np.arange(shape[2]) * 16
    low, high = found(make_raster(rows[np.newaxis].astype(np.uint16)))
    assert low < 0.1 * rows.max()
    assert high > 0.9 * rows.max()


@pytest.mark.parametrize("value", [-9999, -32768, float(np.finfo(np.float32).min), 0])
def test_a_usual_value_for_no_data_that_is_not_declared(make_raster, value):
    values = np.random.default_rng(0).uniform(1, 200, (3, 20, 20)).astype(np.float32)
    values[:, :5] = value
    values[0, 7] = value  # of one band alone
    with RasterReader(str(make_raster(values))) as reader:
        sample = sampled_pixels(reader, reader.grid.extent)
    assert undeclared_nodata(sample) == UndeclaredNodata(float(np.float32(value)), 0.25)
    assert value_range(sample).high < 201
    with RasterReader(str(make_raster(values, nodata=value))) as reader:
        assert undeclared_nodata(sampled_pixels(reader, reader.grid.extent)) is None


def test_a_few_black_pixels_are_data():
    sample = np.ones((3, 1000))
    sample[:, :10] = 0
    assert undeclared_nodata(sample) is None
    sample[:, 10] = 0
    assert undeclared_nodata(sample) == UndeclaredNodata(0, 0.011)
