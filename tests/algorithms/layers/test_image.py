"""Which of an image's bands a network gets, and what is said about it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from recurve.algorithms.feedback import FeedbackProgress
from recurve.algorithms.layers.image import ImageFile, bands_for, check_band_count, check_no_palette
from recurve.algorithms.text.image_fit import image_warnings, say_bands
from recurve.core.errors import ContractError, RasterError
from recurve.models.onnx_file.reading import read_contract


@pytest.fixture
def contract(tiny):
    return read_contract(tiny.classifier)


def test_the_first_bands(contract, make_raster):
    with ImageFile(str(make_raster(np.zeros((5, 4, 4), np.uint8)))).open() as reader:
        assert bands_for(contract, reader) == (1, 2, 3)


def test_bands_by_their_names(contract, make_raster, feedback):
    image = ImageFile(str(make_raster(np.zeros((4, 4, 4), np.uint8), names=["Blue", "Green", "Red", "NIR"])))
    with image.open() as reader:
        assert bands_for(contract, reader) == (3, 2, 1)
    told = feedback()
    for bands in ((3, 2, 1), (1, 2, 3)):
        with image.open(bands) as reader:
            say_bands(contract, reader, FeedbackProgress(told))
            warnings = image_warnings(contract, reader)
    assert told.lines == [
        "Bands of the image: red = 3, green = 2, blue = 1 (so named in the image).",
        "Bands of the image: red = 1, green = 2, blue = 3.",
    ]
    assert len(warnings) == 2
    assert warnings[0].startswith(
        "Band 3 of the image is called red, and the classifier tiny classifier takes"
    )


@pytest.mark.parametrize("bands", [[2], [1, 2, 3, 4]])
def test_another_number_of_bands_is_refused(contract, bands):
    sentence = rf"number of bands chosen is {len(bands)}, .* needs 3 \(red, green, blue\); choose as many"
    with pytest.raises(ContractError, match=sentence):
        check_band_count(contract, bands)


def test_alpha_is_no_band(contract, make_raster):
    image = ImageFile(str(make_raster(np.zeros((3, 4, 4), np.uint8), alpha=True)))
    sentence = r"The number of bands in the image is 2, and .* needs 3 \(red, green, blue\)"
    with image.open() as reader, pytest.raises(ContractError, match=sentence):
        bands_for(contract, reader)


def test_numbers_of_colours_are_refused(make_raster):
    path = make_raster(np.zeros((4, 4), np.uint8))
    dataset, colours = gdal.Open(str(path), gdal.GA_Update), gdal.ColorTable()
    colours.SetColorEntry(0, (10, 200, 30, 255))
    dataset.GetRasterBand(1).SetColorTable(colours)
    dataset = None
    sentence = r"Band 1 of .*image\.tif holds numbers of colours \(a palette\).*PCT to RGB"
    with ImageFile(str(path)).open() as reader, pytest.raises(RasterError, match=sentence):
        check_no_palette(reader)
    with ImageFile(str(make_raster(np.zeros((4, 4), np.uint8), "grey.tif"))).open() as reader:
        check_no_palette(reader)
