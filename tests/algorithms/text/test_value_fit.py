"""What is said about an image's values before the run."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from recurve.algorithms.text import value_fit
from recurve.core.raster.file_reader import RasterReader
from recurve.models.onnx_file.reading import read_contract


@pytest.fixture
def contract(tiny):
    return read_contract(tiny.classifier)


class TestValues:
    PHOTO = np.random.default_rng(0).integers(10, 250, (3, 40, 40))

    def warnings(self, contract, make_raster, values, scale=1.0):
        with RasterReader(str(make_raster(values))) as reader:
            reader.scale = scale
            return value_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR")

    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
    def test_those_of_the_training_in_any_type(self, contract, make_raster, dtype):
        assert self.warnings(contract, make_raster, self.PHOTO.astype(dtype)) == []

    @pytest.mark.parametrize(
        ("values", "told", "factor"),
        [
            ((PHOTO / 255).astype(np.float32), "(float32) are from 0.047", 255),
            ((PHOTO * 257).astype(np.uint16), "(uint16) are from 3", 255 / 65535),
            ((PHOTO * 30).astype(np.float32), "(float32) are from 3", 0.0255),
        ],
    )
    def test_others_are_warned_of_with_both_ranges_and_what_helps(
        self, contract, make_raster, values, told, factor
    ):
        (warning,) = self.warnings(contract, make_raster, values)
        assert told in warning
        assert (
            "the classifier tiny classifier was trained on values from 0 to 255: expect a poor map" in warning
        )
        assert warning.endswith(f"means to the network, set FACTOR to {factor:.6g}.")
        assert self.warnings(contract, make_raster, values, factor) == []

    @pytest.mark.parametrize(
        ("values", "declared", "remedy"),
        [
            (PHOTO * 100, (0.01, 0.0), "Set FACTOR to 0.01 for the values that QGIS shows."),
            (
                PHOTO * 40,
                (0.0001, 0.0),
                "If 1 in QGIS means what 255 means to the network, set FACTOR to 0.0255.",
            ),
            (PHOTO * 100, (0.01, -3.0), "-unscale) and use that, unless the stored ones"),
        ],
    )
    def test_a_declared_scale_counts(self, contract, make_raster, values, declared, remedy):
        path = str(make_raster(values.astype(np.uint16), declared=declared))
        with RasterReader(path) as reader:
            (warning,) = value_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR")
        assert f"declares the scale {declared[0]:g} and the offset {declared[1]:g}" in warning
        assert remedy in warning
        assert "in the image means" not in warning

    def test_a_declared_scale_that_was_taken(self, contract, make_raster):
        path = str(make_raster((self.PHOTO * 100).astype(np.uint16), declared=(0.01, 0.0)))
        with RasterReader(path) as reader:
            reader.scale = 0.01
            assert value_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR") == []

    def test_a_wrong_factor_is_named(self, contract, make_raster):
        (warning,) = self.warnings(contract, make_raster, self.PHOTO.astype(np.uint8), 100.0)
        assert "(uint8 x 100) are from" in warning

    def test_values_that_no_factor_helps(self, contract, make_raster):
        (warning,) = self.warnings(contract, make_raster, (self.PHOTO - 600).astype(np.int16))
        assert "Rescale the image first, unless they mean the same." in warning

    def test_a_dark_photograph_is_one(self, contract, make_raster):
        assert self.warnings(contract, make_raster, (self.PHOTO // 30).astype(np.uint8)) == []

    @pytest.mark.parametrize("scale", [1.0, 0.5])
    def test_what_seems_to_be_no_data(self, contract, make_raster, scale):
        values = self.PHOTO.astype(np.float32)
        values[:, :10] = -9999
        (warning,) = self.warnings(contract, make_raster, values, scale)
        assert warning.startswith("25 % of the pixels that were looked at have the value -9999 in all bands")
        assert "they are taken for data. If they are not, give the image this nodata value" in warning

    def test_nothing_is_said_of_an_image_without_data(self, contract, make_raster):
        assert self.warnings(contract, make_raster, np.full((3, 4, 4), np.nan, np.float32)) == []
