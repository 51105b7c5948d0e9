"""GDAL's cache of blocks while a run lasts, and after it."""

import pytest
from osgeo import gdal
from recurve.core.raster.block_cache import LARGEST_BYTES, small_block_cache


@pytest.fixture
def set_cache():
    """A function that sets the limit of GDAL's cache as a user may have."""
    before = gdal.GetCacheMax()
    yield gdal.SetCacheMax
    gdal.SetCacheMax(before)


def test_a_run_keeps_the_cache_small_and_puts_its_limit_back(
    make_raster, integers, classify, fake, set_cache
):
    set_cache(4 * LARGEST_BYTES)
    classifier, seen = fake.BoxClassifier(), []
    real = classifier.classify
    classifier.classify = lambda image: seen.append(gdal.GetCacheMax()) or real(image)
    classify(make_raster(integers(2, 40, 40)), classifier, side=16)
    assert set(seen) == {LARGEST_BYTES}
    assert gdal.GetCacheMax() == 4 * LARGEST_BYTES


def test_the_limit_is_put_back_after_a_fault(make_raster, integers, classify, fake, set_cache):
    set_cache(4 * LARGEST_BYTES)
    classifier = fake.BoxClassifier()
    classifier.classify = lambda image: 1 / 0
    with pytest.raises(ZeroDivisionError):
        classify(make_raster(integers(2, 40, 40)), classifier)
    assert gdal.GetCacheMax() == 4 * LARGEST_BYTES


def test_a_smaller_limit_of_the_users_stays(set_cache):
    set_cache(LARGEST_BYTES // 8)
    with small_block_cache():
        assert gdal.GetCacheMax() == LARGEST_BYTES // 8
