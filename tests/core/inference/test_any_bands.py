"""Samples of any number of bands and any pixel type, from chips to a corrected map."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from osgeo import gdal
from recurve.core.progress import Quiet
from recurve.core.raster.tiling import Window
from recurve.core.samples.sample_set import Chip, read_chip
from recurve.core.samples.write_samples import write_samples
from recurve.core.training.chip_scores import by_classifier, run_engine
from recurve.core.training.classifier import ClassifierSettings, train_classifier
from recurve.core.training.corrector import CorrectorSettings, train_corrector
from recurve.core.training.dataset import open_samples
from recurve.core.training.validation_accuracy import validate_on
from recurve.models.contract import ClassEntry
from recurve.models.onnx_file.reading import read_contract
from recurve.models.runtime.network import Network

pytestmark = pytest.mark.usefixtures("few_steps")

CLASSES = [ClassEntry("ground", "#808080"), ClassEntry("roof", "#c0392b")]
TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "float32": gdal.GDT_Float32,
}


def write_as_gdal_likes(path, pixels):
    """Without a word about alpha, as sample sets were written once."""
    bands, height, width = pixels.shape
    kind = TYPES[pixels.dtype.name]
    gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, kind).WriteRaster(
        0, 0, width, height, pixels.tobytes()
    )


@pytest.fixture
def samples(tmp_path, roofs):
    """A function: two chips whose last band alone tells the classes, being 0 on the ground."""

    def make(bands, dtype, is_old=False):
        chips = []
        for number, split in enumerate(("train", "validation")):
            image, labels = roofs(64, 64, number)
            image = np.repeat(image, bands, axis=0)
            image[-1] = np.where(labels == 2, 200, 0)
            chips.append((Chip(split, split, 64, 64), image.astype(dtype), labels))
        names = [f"band {number}" for number in range(1, bands + 1)]
        found = write_samples(tmp_path / "samples", chips, names, CLASSES, 1.0, "made", "CC0")
        if is_old:
            for chip, image, _ in chips:
                write_as_gdal_likes(found.image_path(chip), image)
        return open_samples([tmp_path / "samples"])

    return make


@pytest.mark.parametrize(
    ("bands", "dtype", "is_old"),
    [
        (1, "uint16", False),
        (2, "uint8", False),
        (4, "uint8", False),
        (4, "uint8", True),
        (4, "float32", False),
        (8, "int16", False),
    ],
)
def test_from_samples_to_a_corrected_map(samples, tmp_path, bands, dtype, is_old):
    found = samples(bands, dtype, is_old)
    classifier, corrector = tmp_path / "classifier.onnx", tmp_path / "corrector.onnx"
    quick = {"epochs": 1, "batch": 2, "device": "CPU"}
    train_classifier(found, ClassifierSettings(**quick), classifier, Quiet())
    settings = CorrectorSettings(form="paper", iterations=2, **quick)
    train_corrector(found, by_classifier(found, classifier), settings, corrector, Quiet())
    assert [len(read_contract(path).bands) for path in (classifier, corrector)] == [bands, bands]
    networks = [Network.open(path, "CPU") for path in (classifier, corrector)]
    for chip in found.chips:
        scores, codes = run_engine(found, chip, *networks, 2)
        assert (scores.shape, codes.shape) == ((2, 64, 64), (64, 64))
        np.testing.assert_array_equal(codes, scores.argmax(0) + 1)  # valid everywhere


@pytest.mark.parametrize("is_old", [False, True], ids=["new", "old"])
@pytest.mark.parametrize("bands", [1, 2, 4, 8])
@pytest.mark.parametrize("dtype", TYPES)
def test_validation_sees_the_last_band(samples, bands, dtype, is_old):
    found = samples(bands, dtype, is_old)

    def predict(image, scores):
        assert image.shape[1] == bands
        return [(image[:, -1:] - 100) * image.new_tensor([-1, 1])[:, None, None]]

    (accuracy,) = validate_on(found, found.of_split("validation"), predict, 0)
    assert accuracy.mean_iou == 1


@pytest.mark.parametrize("bands", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("dtype", TYPES)
def test_no_band_hides_another_where_patches_are_resampled(samples, tmp_path, bands, dtype):
    """Of four bands of bytes GDAL takes the last one for alpha and leaves out of a resampling what it hides."""
    found = samples(bands, dtype)
    chip = found.chips[0]
    whole = read_chip(found.image_path(chip))
    alone = []
    for number, band in enumerate(whole):
        path = tmp_path / f"{number}.tif"
        write_as_gdal_likes(path, band[None])
        alone.append(read_chip(path, side_px=48, is_smooth=True)[0])
    resampled = read_chip(found.image_path(chip), side_px=48, is_smooth=True)
    np.testing.assert_array_equal(resampled, alone)
    write_as_gdal_likes(found.image_path(chip), whole)
    np.testing.assert_array_equal(read_chip(found.image_path(chip), side_px=48, is_smooth=True), alone)


def test_old_chips_are_resampled_like_new_ones_in_a_window(samples):
    found = samples(4, "uint8")
    path = found.image_path(found.chips[0])
    windows = [Window(0, 0, 40, 40), Window(11, 20, 44, 44), Window(24, 3, 32, 32)]
    new = [read_chip(path, window, 36, is_smooth=True) for window in windows]
    write_as_gdal_likes(path, read_chip(path))
    assert gdal.Open(str(path)).GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand
    for window, expected in zip(windows, new):
        np.testing.assert_array_equal(read_chip(path, window, 36, is_smooth=True), expected)
