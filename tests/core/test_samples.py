"""Sample sets and patches: there and back, statistics from training ground only, chance that can be repeated."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.core.errors import LabelError
from recurve.core.patches import Augmentation, PatchSource
from recurve.core.sample_writer import write_samples
from recurve.core.samples import Chip, SampleSet, read_chip, write_chip
from recurve.core.tiles import Window
from recurve.models.contract import ClassEntry

CLASSES = (ClassEntry("dark", "#000000"), ClassEntry("bright", "#ffffff"))


def scene(height, width, seed, dtype=np.uint8):
    """An image of two bands, and labels that a patch can be checked by: bright where the first band is above 127."""
    image = np.random.default_rng(seed).integers(0, 255, (2, height, width)).astype(dtype)
    return image, ((image[0] > 127) + 1).astype(np.uint8)


@pytest.fixture
def samples(tmp_path):
    chips = [
        (Chip("a", "train", 40, 50), *scene(40, 50, 0)),
        (Chip("b", "train", 30, 64, fold=1), *scene(30, 64, 1)),
        (Chip("c", "validation", 33, 34), *scene(33, 34, 2)),
    ]
    return write_samples(tmp_path / "set", iter(chips), ["x", "y"], CLASSES, 2.0, "made", "CC0")


def test_there_and_back(samples):
    again = SampleSet.open(samples.folder)
    assert again == samples
    assert [chip.name for chip in again.of_split("train")] == ["a", "b"]
    image, labels = scene(30, 64, 1)
    np.testing.assert_array_equal(read_chip(again.image_path(again.chips[1])), image)
    np.testing.assert_array_equal(read_chip(again.label_path(again.chips[1]))[0], labels)
    window = Window(3, 5, 7, 11)
    np.testing.assert_array_equal(read_chip(again.image_path(again.chips[1]), window), image[:, 3:10, 5:16])


def test_statistics_come_from_training_ground_only(samples):
    pixels = np.concatenate([scene(40, 50, 0)[0].reshape(2, -1), scene(30, 64, 1)[0].reshape(2, -1)], axis=1)
    assert [band.mean for band in samples.bands] == pytest.approx(list(pixels.mean(1)), abs=1e-3)
    assert [band.deviation for band in samples.bands] == pytest.approx(list(pixels.std(1)), abs=1e-3)
    assert [band.maximum for band in samples.bands] == list(pixels.max(1))
    assert samples.class_pixels["validation"] == list(np.bincount(scene(33, 34, 2)[1].ravel())[1:])


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
def test_chip_types(tmp_path, dtype):
    pixels = np.arange(2 * 5 * 7).reshape(2, 5, 7).astype(dtype)
    write_chip(tmp_path / "chip.tif", pixels)
    found = read_chip(tmp_path / "chip.tif")
    assert found.dtype == pixels.dtype
    np.testing.assert_array_equal(found, pixels)


def test_chip_keeps_the_georeference(tmp_path, make_raster):
    gdal = pytest.importorskip("osgeo.gdal")
    image = make_raster(np.zeros((1, 5, 7), np.uint8))
    write_chip(tmp_path / "scores.tif", np.zeros((2, 5, 7), np.float32), like=image)
    source, copy = gdal.Open(str(image)), gdal.Open(str(tmp_path / "scores.tif"))
    assert copy.GetGeoTransform() == source.GetGeoTransform()
    assert copy.GetProjection() == source.GetProjection()


def test_refusals(tmp_path, samples):
    with pytest.raises(LabelError, match=r"no readable samples\.json; choose a folder"):
        SampleSet.open(tmp_path / "nowhere")
    (samples.folder / "samples.json").write_text('{"bands": 3}')
    with pytest.raises(LabelError, match=r"samples\.json is damaged"):
        SampleSet.open(samples.folder)
    image, labels = scene(20, 20, 0)
    arguments = ["x", "y"], CLASSES, 1.0, "made", "CC0"
    with pytest.raises(LabelError, match="needed are 2 bands and labels of the same height and width"):
        write_samples(tmp_path / "s", [(Chip("a", "train", 20, 20), image, labels[:10])], *arguments)
    with pytest.raises(LabelError, match="has label 3, and there are 2 classes"):
        write_samples(tmp_path / "s", [(Chip("a", "train", 20, 20), image, labels + 1)], *arguments)
    with pytest.raises(LabelError, match="no labelled training pixel"):
        write_samples(tmp_path / "s", [(Chip("a", "train", 20, 20), image, labels * 0)], *arguments)
    with pytest.raises(LabelError, match=r"gone\.tif cannot be read"):
        read_chip(tmp_path / "gone.tif")


def test_patches_keep_image_and_labels_together(samples):
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation())
    batch = source.draw(20, np.random.default_rng(0))
    assert (batch.image.shape, batch.labels.shape, batch.scores) == ((20, 2, 16, 16), (20, 16, 16), None)
    np.testing.assert_array_equal(batch.labels, (batch.image[:, 0] > 127) + 1)


def test_patches_keep_scores_together_with_the_image(samples):
    for chip in samples.of_split("train"):
        write_chip(samples.score_path(chip), read_chip(samples.image_path(chip)).astype(np.float32))
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation(), with_scores=True)
    batch = source.draw(10, np.random.default_rng(0))
    np.testing.assert_array_equal(batch.scores, batch.image)


def test_same_seed_same_patches_and_another_seed_others(samples):
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation(0.3, 0.2, 0.2))
    first, again, other = (source.draw(4, np.random.default_rng(seed)) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.image, again.image)
    assert not np.array_equal(first.image, other.image)


def test_all_symmetries_occur(tmp_path):
    image = np.arange(16 * 16).reshape(1, 16, 16).astype(np.uint16)
    samples = write_samples(
        tmp_path,
        [(Chip("a", "train", 16, 16), image, np.ones((16, 16), np.uint8))],
        ["x"],
        CLASSES,
        1.0,
        "",
        "",
    )
    batch = PatchSource(samples, samples.chips, 16, Augmentation()).draw(100, np.random.default_rng(0))
    assert len({patch.tobytes() for patch in batch.image}) == 8


def test_colours_change_within_their_bounds(samples):
    chips = samples.of_split("train")
    plain = PatchSource(samples, chips, 16, Augmentation()).draw(8, np.random.default_rng(3)).image
    shifted = (
        PatchSource(samples, chips, 16, Augmentation(brightness=0.5)).draw(8, np.random.default_rng(3)).image
    )
    difference = shifted - plain
    assert np.ptp(difference, axis=(2, 3)).max() < 1e-2  # one shift for a band of a patch
    largest = 0.5 * max(band.deviation for band in samples.bands)
    assert 0 < np.abs(difference).max() <= largest


def test_chips_smaller_than_a_patch_are_refused_with_the_way_out(samples):
    with pytest.raises(
        LabelError, match="is 65 px high and wide; choose smaller patches or make larger chips"
    ):
        PatchSource(samples, samples.chips, 65, Augmentation())
