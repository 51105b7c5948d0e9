"""What counts as no data is what the user has told QGIS about the layer."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingException, QgsRasterLayer, QgsRasterRange
from recurve.algorithms.layers.raster_layer import image_path
from recurve.core.errors import RasterError
from recurve.core.raster.file_reader import RasterReader


@pytest.fixture
def collar(scene):
    """The scene with rows of 0 at its top."""
    pixels = np.maximum(scene, 1)
    pixels[:, :8] = 0
    return pixels


def layer_of(path, added=(), takes_the_files=True):
    layer = QgsRasterLayer(str(path), "collar")
    provider = layer.dataProvider()
    for band in range(1, provider.bandCount() + 1):
        provider.setUserNoDataValue(band, [QgsRasterRange(low, high) for low, high in added])
        provider.setUseSourceNoDataValue(band, takes_the_files)
    return layer


def test_a_value_that_was_added(classify, make_raster, collar, read_raster):
    expected, _ = classify(INPUT=make_raster(collar, "declared.tif", nodata=0))
    expected = read_raster(expected["OUTPUT"])
    assert (expected[0, :8] == 0).all()
    results, lines = classify(INPUT=layer_of(make_raster(collar, "collar.tif"), [(0, 0)]))
    np.testing.assert_array_equal(read_raster(results["OUTPUT"]), expected)
    assert not any("usually means no data" in line for line in lines)


def test_the_files_value_switched_off(classify, make_raster, collar, read_raster):
    layer = layer_of(make_raster(collar, "collar.tif", nodata=0), takes_the_files=False)
    assert (read_raster(classify(INPUT=layer)[0]["OUTPUT"]) != 0).all()


def test_another_in_place_of_the_files(make_raster, collar):
    layer = layer_of(make_raster(collar, "collar.tif", nodata=9), [(0, 0)], takes_the_files=False)
    assert image_path(layer).startswith("/vsimem/")
    assert image_path(layer).endswith("/collar.tif")
    assert image_path(layer) == image_path(layer)


def test_a_layer_like_its_file_is_its_file(make_raster, collar):
    path = make_raster(collar, "collar.tif", nodata=9)
    assert image_path(layer_of(path)) == str(path)
    assert image_path(layer_of(path, [(9, 9)])) == str(path)


@pytest.mark.parametrize(("added", "values"), [([(0, 0)], "0, 9"), ([(3, 5)], "3, 5, 9")])
def test_several_values_are_refused(make_raster, collar, added, values):
    layer = layer_of(make_raster(collar, "collar.tif", nodata=9), added)
    with pytest.raises(
        RasterError, match=rf"Band 1 of collar has several values for no data in QGIS \({values}\)"
    ):
        image_path(layer)


@pytest.mark.parametrize(("declared", "shown"), [((2.0, 0.0), 14), ((0.01, 1.0), 1.07), ((1.0, -3.0), 4)])
def test_a_value_as_qgis_shows_it(make_raster, collar, declared, shown):
    """What a user adds is one of the values after scale and offset; the file has 7 in its place."""
    collar[:, :8] = 7
    path = image_path(layer_of(make_raster(collar, "scaled.tif", declared=declared), [(shown, shown)]))
    with RasterReader(path) as reader:
        assert reader.nodata == (7.0,) * collar.shape[0]
        valid = reader.read(reader.grid.extent).valid
    np.testing.assert_array_equal(valid, (collar != 7).any(axis=0))


def test_the_files_own_value_is_as_it_is_stored(make_raster, collar):
    path = make_raster(collar, "scaled.tif", nodata=9, declared=(2.0, 0.0))
    assert image_path(layer_of(path)) == str(path)
    assert image_path(layer_of(path, [(18, 18)])) == str(path)


def test_of_a_reference(provider, make_raster, tmp_path):
    import processing

    truth = np.kron([[1, 2], [2, 3]], np.ones((9, 9), int)).astype(np.uint8)
    found = np.where(truth == 3, 1, truth).astype(np.uint8)
    reference, mapped = make_raster(truth, "truth.tif"), make_raster(found, "map.tif")
    settings = {"MAPS": [str(mapped)], "REFERENCE_RASTER": str(reference)}
    assert processing.run("recurve:assess", settings)["OVERALL_ACCURACY"] == 0.75
    settings["REFERENCE_RASTER"] = layer_of(reference, [(3, 3)])
    assert processing.run("recurve:assess", settings)["OVERALL_ACCURACY"] == 1
    settings["REFERENCE_RASTER"] = layer_of(reference, [(2, 3)])
    with pytest.raises(QgsProcessingException, match="has several values for no data"):
        processing.run("recurve:assess", settings)
