"""Sample sets and patches: there and back, statistics from training chips only, random draws that can be repeated."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest
from recurve.core.errors import LabelError
from recurve.core.raster.tiling import Window
from recurve.core.samples.sample_set import Chip, SampleSet, read_chip, write_chip
from recurve.core.samples.write_samples import write_samples
from recurve.core.training.patches import Augmentation, PatchSource
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
    with pytest.raises(LabelError, match="nowhere does not exist; choose a folder"):
        SampleSet.open(tmp_path / "nowhere")
    with pytest.raises(LabelError, match=r"has no readable samples\.json; choose a folder"):
        SampleSet.open(samples.folder / "images")
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


def recoloured(samples, **amounts):
    """The same 16 patches as they are and as an augmentation changes them, each (bands, pixels)."""
    chips = samples.of_split("train")
    for augmentation in (Augmentation(), Augmentation(**amounts)):
        image = PatchSource(samples, chips, 16, augmentation).draw(16, np.random.default_rng(3)).image
        yield image.reshape(*image.shape[:2], -1).astype(np.float64)


def test_contrast_stretches_a_patch_around_its_own_mean(samples):
    plain, changed = recoloured(samples, contrast=0.4)
    means = plain.mean(axis=2, keepdims=True)
    np.testing.assert_allclose(changed.mean(axis=2, keepdims=True), means, rtol=1e-4, atol=1e-3)
    factors = [
        np.polyfit((patch - mean).ravel(), (new - mean).ravel(), 1)[0]
        for patch, new, mean in zip(plain, changed, means)
    ]
    assert 0.6 <= min(factors) < 0.9
    assert 1.1 < max(factors) <= 1.4
    for patch, new, mean, factor in zip(plain, changed, means, factors):
        np.testing.assert_allclose(new, mean + factor * (patch - mean), rtol=1e-4, atol=1e-3)


def test_gamma_bends_a_patch_within_its_own_range(samples):
    plain, changed = recoloured(samples, gamma=0.5)
    exponents = []
    for patch, new in zip(plain, changed):
        low, high = patch.min(), patch.max()
        assert new.min() == pytest.approx(low, abs=1e-3)
        assert new.max() == pytest.approx(high, rel=1e-5)
        shares, bent = (patch - low) / (high - low), (new - low) / (high - low)
        inner = (shares > 0.1) & (shares < 0.9)
        found = np.log(bent[inner]) / np.log(shares[inner])
        np.testing.assert_allclose(found, found[0], rtol=1e-3)
        exponents.append(found[0])
    assert np.exp(-0.5) <= min(exponents) < 0.85
    assert 1.2 < max(exponents) <= np.exp(0.5)


def test_chips_smaller_than_a_patch_are_refused_with_the_way_out(samples):
    with pytest.raises(
        LabelError, match="is 65 px high and wide; choose smaller patches or make larger chips"
    ):
        PatchSource(samples, samples.chips, 65, Augmentation())


class TestScale:
    @pytest.fixture
    def gradient(self, tmp_path):
        """An image that grows by 2 with each column and by 100 with each row band, labels that follow from it."""
        image = (2 * np.arange(120) + np.zeros((120, 1))).astype(np.float32)[None]
        labels = (image[0] >= 120).astype(np.uint8) + 1
        chips = [(Chip("a", "train", 120, 120), image, labels)]
        return write_samples(tmp_path, chips, ["x"], CLASSES, 1.0, "", "")

    def test_pixels_become_smaller_and_larger_within_the_factor(self, gradient):
        source = PatchSource(gradient, gradient.chips, 32, Augmentation(scale=1.25))
        batch = source.draw(60, np.random.default_rng(0))
        slopes = [
            np.abs(np.diff(patch, axis=axis)).mean() / 2 for patch in batch.image[:, 0] for axis in (0, 1)
        ]
        steps = [slope for slope in slopes if slope > 0.1]
        assert 0.75 < min(steps) < 0.85
        assert 1.15 < max(steps) < 1.3

    def test_labels_stay_with_their_pixels(self, gradient):
        source = PatchSource(gradient, gradient.chips, 32, Augmentation(scale=1.25))
        batch = source.draw(60, np.random.default_rng(0))
        clear = np.abs(batch.image[:, 0] - 120) > 3  # bilinear and nearest differ by a pixel at the boundary
        expected = (batch.image[:, 0] >= 120) + 1
        np.testing.assert_array_equal(batch.labels[clear], expected[clear])
        assert set(np.unique(batch.labels)) == {1, 2}

    def test_a_chip_as_large_as_a_patch_is_enough(self, samples):
        source = PatchSource(samples, samples.of_split("validation"), 33, Augmentation(scale=1.25))
        assert source.draw(8, np.random.default_rng(0)).image.shape == (8, 2, 33, 33)


def test_few_labels_are_found(tmp_path):
    """3 x 3 labelled pixels in 400 x 400: a random patch of 16 px meets them once in 600 times."""
    labels = np.zeros((400, 400), np.uint8)
    labels[250:253, 100:103] = 1
    image = np.zeros((1, 400, 400), np.uint8)
    samples = write_samples(
        tmp_path, [(Chip("a", "train", 400, 400), image, labels)], ["x"], CLASSES, 1.0, "", ""
    )
    source = PatchSource(samples, samples.chips, 16, Augmentation(), border_px=4)
    batch = source.draw(20, np.random.default_rng(0))
    assert batch.labels[:, 4:-4, 4:-4].any(axis=(1, 2)).all()


def test_pixels_that_are_no_numbers_become_the_mean(tmp_path):
    image = np.arange(24 * 24, dtype=np.float32).reshape(1, 24, 24)
    labels = np.ones((24, 24), np.uint8)
    samples = write_samples(
        tmp_path, [(Chip("a", "train", 24, 24), image, labels)], ["x"], CLASSES, 1.0, "", ""
    )
    holed = image.copy()
    holed[0, :5] = np.nan
    write_chip(samples.image_path(samples.chips[0]), holed)
    batch = PatchSource(samples, samples.chips, 24, Augmentation()).draw(3, np.random.default_rng(0))
    assert np.isfinite(batch.image).all()
    assert (batch.image == np.float32(samples.bands[0].mean)).sum() == 3 * 5 * 24


def test_batches_drawn_ahead_are_those_drawn_one_by_one(samples):
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation(0.3, 0.2, 0.2, 1.25))
    rng = np.random.default_rng(5)
    for ahead in source.batches(3, 4, np.random.default_rng(5)):
        batch = source.draw(3, rng)
        np.testing.assert_array_equal(ahead.image, batch.image)
        np.testing.assert_array_equal(ahead.labels, batch.labels)


def test_batches_that_nobody_wants_any_more_end_their_thread(samples):
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation())
    batches = source.batches(2, 100, np.random.default_rng(0))
    next(batches)
    batches.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("patches")]


def test_fault_in_reading_reaches_the_one_who_learns(samples):
    source = PatchSource(samples, samples.of_split("train"), 16, Augmentation())
    for chip in samples.of_split("train"):
        samples.image_path(chip).unlink()
    with pytest.raises(LabelError, match=r"images/\w\.tif cannot be read"):
        next(source.batches(1, 1, np.random.default_rng(0)))


@pytest.mark.parametrize("name", ["../elsewhere", "/etc/elsewhere", "a/b", "..", ""])
def test_a_chip_name_that_leads_out_of_the_folder_is_refused(make_samples, name):
    """Scores of chips are written by these names, and a sample set may be a stranger's."""
    folder = make_samples()
    record = json.loads((folder / "samples.json").read_text())
    record["chips"][0]["name"] = name
    (folder / "samples.json").write_text(json.dumps(record))
    with pytest.raises(
        LabelError, match=r"samples\.json is damaged \(the chip name .* leads out of the folder\)"
    ):
        SampleSet.open(folder)
