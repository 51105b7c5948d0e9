"""Three bands of any image: standardised, the same in every window, from principal components where there are more."""

import numpy as np
import pytest
from recurve.core.errors import RasterError
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.three_bands import ThreeBands
from recurve.core.raster.tiling import Window


def sample(bands, seed=0):
    """Pixels of bands that belong together, on different scales."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(2, 5000))
    mixed = rng.normal(size=(bands, 2)) @ common + 0.3 * rng.normal(size=(bands, 5000))
    return 1000 + mixed * np.logspace(0, 2, bands)[:, None]


@pytest.mark.parametrize("bands", [1, 2, 3, 4, 9])
def test_each_made_band_is_standardised(bands):
    pixels = sample(bands)
    made = ThreeBands.of_sample(pixels).mixed(pixels[:, None])[:, 0]
    assert made.shape == (3, 5000)
    assert made.dtype == np.float32
    np.testing.assert_allclose(made.mean(axis=1), 0, atol=2e-3)
    np.testing.assert_allclose(made.std(axis=1), 1, atol=2e-3)


def test_one_band_is_there_three_times_and_three_stay_as_they_are():
    one = sample(1)
    made = ThreeBands.of_sample(one).mixed(one[:, None])
    np.testing.assert_array_equal(made[0], made[2])
    three = sample(3)
    made = ThreeBands.of_sample(three).mixed(three[:, None])[:, 0]
    expected = (three - three.mean(axis=1, keepdims=True)) / three.std(axis=1, keepdims=True)
    np.testing.assert_allclose(made, expected, atol=1e-3)


def test_of_two_bands_the_third_is_their_mean():
    two = sample(2)
    made = ThreeBands.of_sample(two).mixed(two[:, None])[:, 0]
    mean = made[:2].mean(axis=0)
    np.testing.assert_allclose(made[2], mean / mean.std(), atol=1e-3)


def test_more_bands_become_principal_components_that_say_different_things():
    pixels = sample(6)
    bands = ThreeBands.of_sample(pixels)
    made = bands.mixed(pixels[:, None])[:, 0]
    np.testing.assert_allclose(np.corrcoef(made), np.eye(3), atol=1e-3)
    loadings = bands.matrix * pixels.std(axis=1)
    assert (loadings[np.arange(3), np.abs(loadings).argmax(axis=1)] > 0).all()
    standardised = (pixels - pixels.mean(axis=1, keepdims=True)) / pixels.std(axis=1, keepdims=True)
    explained = [(np.cov(made[i], standardised)[0, 1:] ** 2).sum() for i in range(3)]
    assert explained == sorted(explained, reverse=True)


def test_bands_that_say_nothing_make_no_number_that_is_none():
    constant = np.full((5, 100), 7.0)
    constant[1] = np.arange(100)
    made = ThreeBands.of_sample(constant).mixed(constant[:, None])
    assert np.isfinite(made).all()
    assert made[0].std() == pytest.approx(1, abs=1e-3)
    assert (made[1:] == 0).all()


def test_a_window_gets_the_bits_of_the_whole_and_invalid_pixels_the_mean(make_raster, integers):
    image = integers(5, 90, 110, "uint16")
    image[:, 20:30, 40:50] = 0
    with RasterReader(make_raster(image, nodata=0)) as reader:
        bands = ThreeBands.of(reader)
        assert bands.identity == ThreeBands.of(reader).identity
        whole, valid = reader.read(reader.grid.extent)
        made = bands.mixed(whole, valid)
        for window in (Window(3, 5, 31, 37), Window(20, 40, 1, 1), Window(0, 0, 90, 7)):
            part = bands.mixed(*reader.read(window))
            np.testing.assert_array_equal(part, made[(slice(None), *window.slices())])
    assert (made[:, 20:30, 40:50] == 0).all()
    assert (made[:, :20] != 0).any()


def test_data_anywhere_in_a_large_image_is_found(make_raster, integers):
    image = np.zeros((1, 900, 1900), np.uint8)
    image[:, 140:160, 150:180] = integers(1, 20, 30) | 1  # beside the windows that are looked at first
    with RasterReader(make_raster(image, nodata=0)) as reader:
        pixels, valid = reader.read(reader.grid.extent)
        made = ThreeBands.of(reader).mixed(pixels, valid)[:, valid]
    assert abs(made.mean()) < 0.6
    assert 0.5 < made.std() < 2


def test_an_image_without_a_valid_pixel_is_refused(make_raster):
    with (
        RasterReader(make_raster(np.zeros((4, 20, 20), np.uint8), nodata=0)) as reader,
        pytest.raises(RasterError, match=r"No valid pixel was found in .*check its nodata value"),
    ):
        ThreeBands.of(reader)
