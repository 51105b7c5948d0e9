"""No seams: the map does not depend on how the image is cut."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window

# Sides: small, one that is rounded up to the stride, one near the image's, automatic, and more than the whole.
SIDES = [16, 33, 64, 0, 500]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("kind", ["BoxClassifier", "Stride4Classifier"])
@pytest.mark.parametrize("iterations", [0, 3])
def test_same_map_for_every_side(
    make_raster, integers, classify, read_raster, fake, side, kind, iterations, assert_is_untiled
):
    image, classifier, corrector = integers(2, 61, 83), getattr(fake, kind)(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, iterations)
    paths = classify(make_raster(image), classifier, corrector, iterations, side=side)
    assert_is_untiled(paths, read_raster, *expected)
    np.testing.assert_array_equal(read_raster(paths[1])[0], fake.decide(expected[1])[1])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("extent", [Window(5, 7, 41, 30), Window(60, 82, 1, 1), Window(3, 0, 58, 83)])
def test_an_extent_gives_the_same_pixels_of_the_whole_map(
    make_raster, integers, classify, read_raster, fake, side, extent, assert_is_untiled
):
    image, classifier, corrector = integers(2, 61, 83), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, 2)
    path = make_raster(image)
    paths = classify(path, classifier, corrector, 2, side=side, extent=extent)
    assert_is_untiled(paths, read_raster, *expected, extent)
    with RasterReader(path) as whole, RasterReader(paths[0]) as part:
        assert part.grid.geotransform == whole.grid.window(extent).geotransform


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (2, 3), (13, 29), (97, 31)])
@pytest.mark.parametrize("side", [7, 0])
def test_tiny_and_prime_images(
    make_raster, integers, classify, read_raster, fake, shape, side, assert_is_untiled
):
    """Most are smaller than the halo of 7 + 4 x 2 px and are mirrored several times over."""
    image, classifier, corrector = integers(2, *shape), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, 4)
    assert_is_untiled(
        classify(make_raster(image), classifier, corrector, 4, side=side), read_raster, *expected
    )


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cut_of_any_image(make_raster, integers, classify, read_raster, fake, data, assert_is_untiled):
    height, width = data.draw(st.integers(1, 50)), data.draw(st.integers(1, 50))
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    extent = Window(row, col, data.draw(st.integers(1, height - row)), data.draw(st.integers(1, width - col)))
    side, iterations = data.draw(st.integers(8, 60)), data.draw(st.integers(0, 3))
    image, classifier, corrector = integers(2, height, width), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, iterations)
    paths = classify(make_raster(image), classifier, corrector, iterations, side=side, extent=extent)
    assert_is_untiled(paths, read_raster, *expected, extent)


def test_a_halo_one_pixel_short_makes_seams(make_raster, integers, classify, read_raster, fake):
    """If these maps were the same, the tests above would prove nothing."""
    image = integers(2, 61, 83)
    path = make_raster(image)
    for stated in (5, 4):
        classifier = fake.BoxClassifier(reach=5, stated_reach=stated)
        expected = fake.untiled_map(image, fake.BoxClassifier(reach=5))[0]
        tiled = read_raster(classify(path, classifier, side=16)[0])[0]
        assert (tiled == expected).all() == (stated == 5)
    for stated in (7, 6):  # with a corrector: 3 px beyond one iteration of 4 px
        corrector = fake.BoxCorrector(reach=3, per_iteration=4, stated_per_iteration=stated - 3)
        expected = fake.untiled_map(image, fake.BoxClassifier(), fake.BoxCorrector(4, 3), 1)[0]
        tiled = read_raster(classify(path, fake.BoxClassifier(), corrector, 1, side=16)[0])[0]
        assert (tiled == expected).all() == (stated == 7)


def test_no_iterations_is_the_classifiers_map(
    make_raster, integers, classify, read_raster, fake, assert_is_untiled
):
    image, classifier = integers(2, 30, 40), fake.BoxClassifier()
    expected = fake.untiled_map(image, classifier)
    path = make_raster(image)
    for corrector, iterations in ((fake.BoxCorrector(), 0), (None, 5)):
        paths = classify(path, classifier, corrector, iterations, side=16)
        assert_is_untiled(paths, read_raster, *expected)


def test_an_accelerator_sees_one_shape(make_raster, integers, classify, fake):
    classifier = fake.BoxClassifier()
    classify(make_raster(integers(2, 61, 83)), classifier, side=16)
    assert set(classifier.shapes) == {(2, 16 + 6, 14 + 6)}  # 83 px are six tiles of at most 14 px


def test_a_small_image_is_not_run_at_the_size_of_a_large_tile(make_raster, integers, classify, fake):
    classifier = fake.BoxClassifier()
    classify(make_raster(integers(2, 70, 53)), classifier)
    assert classifier.shapes == [(2, 76, 59)]


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
@pytest.mark.parametrize("side", [16, 0])
def test_invalid_pixels_are_filled_and_get_no_class(
    make_raster, integers, classify, read_raster, fake, dtype, side, assert_is_untiled
):
    image = integers(2, 40, 50, dtype)
    image[:, 10:30, 5:17] = 0
    filled = np.where((image == 0).all(axis=0), 100, image)  # the contract's mean
    codes, scores = fake.untiled_map(filled, fake.BoxClassifier())
    hole = (image == 0).all(axis=0)
    paths = classify(make_raster(image, nodata=0), fake.BoxClassifier(), side=side)
    assert_is_untiled(paths, read_raster, np.where(hole, 0, codes), np.where(hole, np.nan, scores))
    np.testing.assert_array_equal(read_raster(paths[1])[0], np.where(hole, 255, fake.decide(scores)[1]))


def test_tiles_without_a_valid_pixel_are_not_inferred(
    make_raster, integers, classify, read_raster, fake, recorder
):
    image, classifier, progress = integers(2, 40, 40), fake.BoxClassifier(), recorder()
    image[:, :20, 20:] = 0
    paths = classify(make_raster(image, nodata=0), classifier, side=20, progress=progress)
    assert len(classifier.shapes) == 3
    assert (read_raster(paths[0])[0, :20, 20:] == 0).all()
    assert (read_raster(paths[1])[0, :20, 20:] == 255).all()
    assert np.isnan(read_raster(paths[2])[:, :20, 20:]).all()
    assert "Tiles that were skipped because they hold no valid pixel: 1." in progress.lines
    assert {0.25, 0.5, 0.75, 1.0} <= set(progress.fractions)


def test_a_polygon_mask_cuts_the_map(make_raster, integers, classify, read_raster, fake):
    from osgeo import ogr

    wkt = "POLYGON((3 -4, 20 -4, 20 -30, 3 -30, 3 -4))"
    mask = PolygonMask([bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())])
    path = make_raster(integers(2, 40, 40), geotransform=None)
    codes = read_raster(classify(path, fake.BoxClassifier(), side=16, mask=mask)[0])[0]
    inside = np.zeros((40, 40), dtype=bool)
    inside[4:30, 3:20] = True
    np.testing.assert_array_equal(codes != 0, inside)


def test_the_device_gives_its_memory_back(make_raster, integers, classify, fake):
    """Whether the run ends well or not: QGIS goes on afterwards."""
    for fault in (None, RuntimeError("broken")):
        classifier = fake.BoxClassifier()
        if fault is not None:
            classifier.classify = lambda image, fault=fault: (_ for _ in ()).throw(fault)
        path = make_raster(integers(2, 30, 30))
        if fault is None:
            classify(path, classifier)
        else:
            with pytest.raises(RuntimeError, match="broken"):
                classify(path, classifier)
        assert classifier.released


def test_progress_moves_within_the_first_tile(make_raster, integers, classify, fake, recorder):
    progress = recorder()
    classify(
        make_raster(integers(2, 40, 40)), fake.BoxClassifier(), fake.BoxCorrector(), 2, progress=progress
    )
    assert progress.fractions == sorted(progress.fractions)
    assert len([fraction for fraction in progress.fractions if 0 < fraction < 1]) >= 2
    assert progress.fractions[-1] == 1
