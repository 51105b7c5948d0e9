"""What is said about images unlike those of a network's training, before the run and after."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from recurve.algorithms.text import image_fit
from recurve.core.inference.mean_confidence import MeanConfidence
from recurve.core.inference.resampling import resampling_to
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.models.onnx_file.reading import read_contract


@pytest.fixture
def contract(tiny):
    return read_contract(tiny.classifier)


class TestBeforeTheRun:
    def warnings(self, contract, path):
        with RasterReader(str(path)) as reader:
            return image_fit.image_warnings(contract, reader, resample="RESAMPLE")

    def test_none_for_an_image_like_those_of_the_training(self, contract, make_raster):
        assert self.warnings(contract, make_raster(np.zeros((3, 4, 4), np.uint8))) == []

    @pytest.mark.parametrize(
        ("size_m", "remedy"),
        [
            (0.3, "let RESAMPLE bring the image to the network's pixel size"),
            (3.0, "let RESAMPLE bring the image to the network's pixel size"),
            (10.0, r"use an image with smaller pixels \(resampling would add no detail\)"),
            (0.05, "resample it to 1 m first"),
        ],
    )
    def test_what_helps_against_pixels_of_another_size(self, contract, make_raster, size_m, remedy):
        path = make_raster(np.zeros((3, 4, 4), np.uint8), geotransform=(5e5, size_m, 0, 28e5, 0, -size_m))
        (warning,) = self.warnings(contract, path)
        assert f"pixels are {size_m:g} m wide, {size_m:g} times those" in warning
        assert "it is made for 0.5 to 2 m" in warning
        assert re.search(remedy, warning)

    def test_pixels_too_large_for_resampling(self, contract, make_raster):
        path = make_raster(np.zeros((3, 4, 4), np.uint8), geotransform=(5e5, 10, 0, 28e5, 0, -10))
        with RasterReader(str(path)) as reader:
            (warning,) = image_fit.image_warnings(
                contract, reader, resampling_to(contract, reader.grid, contract.stride)
            )
        assert "pixels are 10 m wide, 10 times those" in warning
        assert "would add no detail" in warning

    def test_resampling_to_larger_pixels_needs_no_warning(self, contract, make_raster):
        path = make_raster(np.zeros((3, 40, 40), np.uint8), geotransform=(5e5, 0.25, 0, 28e5, 0, -0.25))
        with RasterReader(str(path)) as reader:
            assert (
                image_fit.image_warnings(
                    contract, reader, resampling_to(contract, reader.grid, contract.stride)
                )
                == []
            )

    def test_an_unknown_pixel_size(self, contract, make_raster):
        (warning,) = self.warnings(contract, make_raster(np.zeros((3, 4, 4), np.uint8), geotransform=None))
        assert "no georeference, so its pixel size is not known" in warning
        assert "is made for 0.5 to 2 m" in warning


class TestValues:
    PHOTO = np.random.default_rng(0).integers(10, 250, (3, 40, 40))

    def warnings(self, contract, make_raster, values, scale=1.0):
        with RasterReader(str(make_raster(values))) as reader:
            reader.scale = scale
            return image_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR")

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
            (warning,) = image_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR")
        assert f"declares the scale {declared[0]:g} and the offset {declared[1]:g}" in warning
        assert remedy in warning
        assert "in the image means" not in warning

    def test_a_declared_scale_that_was_taken(self, contract, make_raster):
        path = str(make_raster((self.PHOTO * 100).astype(np.uint16), declared=(0.01, 0.0)))
        with RasterReader(path) as reader:
            reader.scale = 0.01
            assert image_fit.value_warnings(contract, reader, reader.grid.extent, "FACTOR") == []

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


class Listener(Quiet):
    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


def test_the_ground_a_network_knows_is_told(contract):
    told = Listener()
    image_fit.say_training_data(replace(contract, training={"data": "Banepa", "limits": "one town"}), told)
    image_fit.say_training_data(replace(contract, training={}), told)
    assert told.lines == ["The classifier has learned from: Banepa; one town."]


class TestAfterTheRun:
    def warned(self, contract, percent):
        told, confidence = Listener(), MeanConfidence()
        confidence.add(np.full((2, 5), percent, np.uint8), np.ones((2, 5), bool))
        return image_fit.confidence_warning(contract, confidence, told), told.lines

    def test_a_low_confidence_is_warned_of(self, contract):
        warning, lines = self.warned(contract, 55)
        assert lines == ["Mean confidence: 55 % of 10 pixels classified in this run."]
        assert "is 55 %, which is low for 3 classes (guessing: 33 %)" in warning
        assert "the map may be wrong. Look at it before you use it" in warning

    def test_of_a_high_one_nothing_more_is_said(self, contract):
        warning, lines = self.warned(contract, 90)
        assert warning is None
        assert lines == ["Mean confidence: 90 % of 10 pixels classified in this run."]

    def test_nothing_is_said_where_nothing_was_classified(self, contract):
        told = Listener()
        assert image_fit.confidence_warning(contract, MeanConfidence(), told) is None
        assert told.lines == []
