"""recurve:classify on pieces of real rasters, and on the pretrained networks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from recurve.models.onnx_file.reading import file_sha256


class TestRealRasters:
    """Pieces of real rasters with their quirks; see tests/data/README.md."""

    @pytest.fixture
    def rasters(self, root, tmp_path):
        """A copy, because QGIS writes statistics beside a raster that it opens."""
        return shutil.copytree(root / "tests" / "data" / "rasters", tmp_path / "rasters")

    @pytest.mark.parametrize(
        ("name", "validity"),
        [
            ("landsat8_uint16_collar.tif", "all"),
            ("landsat7_byte_collar.tif", "nodata 0"),
            ("naip_4band.tif", "nodata 0"),
            ("sentinel2_byte.tif", "all"),
            ("usgs_alpha.tif", "alpha"),
            ("usgs_internal_mask.tif", "mask"),
            ("usgs_nodata.tif", "nodata 0"),
        ],
    )
    def test_colour_images(self, classify, rasters, tiny, read_raster, name, validity):
        image = read_raster(rasters / name)
        valid = np.ones(image.shape[1:], bool)
        if validity == "alpha":
            valid = image[3] > 0
        elif validity == "nodata 0":
            valid = (image[:3] > 0).any(axis=0)
        elif validity == "mask":
            dataset = gdal.Open(str(rasters / name))
            mask = dataset.GetRasterBand(1).GetMaskBand().ReadRaster()
            valid = np.frombuffer(mask, np.uint8).reshape(valid.shape) > 0
        assert valid.any()
        assert valid.all() == (validity == "all" or name == "naip_4band.tif")
        results, _ = classify(INPUT=rasters / name, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(image[:3], valid))
        results, _ = classify(INPUT=rasters / name)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0] > 0, valid)

    @pytest.mark.parametrize("name", ["rotated.tif", "float_nan.tif"])
    def test_one_band_is_too_few(self, refusal, rasters, name):
        message = refusal(INPUT=rasters / name)
        assert "is rotated" in message or "The number of bands in the image is 1, and" in message

    def test_a_rotated_one(self, refusal, rasters, make_network):
        grey = make_network("classifier", bands=("grey",))
        message = refusal(INPUT=rasters / "rotated.tif", CLASSIFIER=grey, CORRECTOR=None, ITERATIONS=0)
        assert "is rotated against its coordinate system" in message
        assert "warp it first" in message

    def test_nan_in_six_pixels_from_south_to_north(self, classify, rasters, make_network, tiny, read_raster):
        grey = make_network("classifier", bands=("grey",))
        results, _ = classify(INPUT=rasters / "float_nan.tif", CLASSIFIER=grey, CORRECTOR=None, ITERATIONS=0)
        image = read_raster(rasters / "float_nan.tif")
        expected = tiny.expected_map(image, np.isfinite(image[0]))
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
        assert gdal.Open(results["OUTPUT"]).GetGeoTransform() == (0, 100, 0, 0, 0, 100)


WHOLE_RASTERS = (
    Path(os.environ.get("RECURVE_DATA", Path(__file__).parents[3] / "shared" / "data")) / "raster-samples"
)


@pytest.mark.parametrize("path", sorted(WHOLE_RASTERS.glob("*.tif")), ids=lambda path: path.name)
def test_the_whole_rasters_where_they_are_at_hand(
    classify, refusal, make_network, tiny, read_raster, tmp_path, path
):
    """The rasters that tests/data/rasters are cut from: each is classified with respect for nodata, or refused."""
    image = Path(shutil.copy(path, tmp_path / "image.tif"))
    dataset = gdal.Open(str(image))
    bands = dataset.RasterCount
    networks = {"ITERATIONS": 0}
    if bands < 3:
        networks |= {"CLASSIFIER": make_network("classifier", bands=("grey",)), "CORRECTOR": None}
    if path.name == "tiny_rotated_geotransform.tif":
        assert "warp it first" in refusal(INPUT=image, **networks)
        return
    results, _ = classify(INPUT=image, **networks)
    pixels, codes = read_raster(image), read_raster(results["OUTPUT"])[0]
    used = pixels[: 3 if bands >= 3 else 1]
    valid = np.isfinite(used).all(axis=0)
    if bands == 4 and dataset.GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand:
        valid &= pixels[3] > 0
    elif dataset.GetRasterBand(1).GetMaskFlags() & gdal.GMF_NODATA:
        valid &= np.isnan(dataset.GetRasterBand(1).GetNoDataValue()) | (used != 0).any(axis=0)
    elif dataset.GetRasterBand(1).GetMaskFlags() & gdal.GMF_PER_DATASET:
        mask = dataset.GetRasterBand(1).GetMaskBand().ReadRaster()
        valid &= np.frombuffer(mask, np.uint8).reshape(valid.shape) > 0
    np.testing.assert_array_equal(codes, tiny.expected_map(used, valid))


def test_a_pretrained_network_comes_with_its_corrector(classify, root, tmp_path):
    weights = root / "models" / "weights"
    image = shutil.copy(root / "tests" / "data" / "rasters" / "usgs_nodata.tif", tmp_path / "image.tif")
    results, _ = classify(INPUT=image, PRETRAINED="Urban land cover", CLASSIFIER=None, CORRECTOR=None)
    metadata = gdal.Open(results["OUTPUT"]).GetMetadata()
    assert metadata["RECURVE_CLASSIFIER_SHA256"] == file_sha256(weights / "urban_classifier.onnx")
    assert metadata["RECURVE_CORRECTOR_SHA256"] == file_sha256(weights / "urban_corrector.onnx")
    assert int(metadata["RECURVE_ITERATIONS"]) >= 1
