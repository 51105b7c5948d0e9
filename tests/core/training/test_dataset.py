"""Sample sets joined to one, and what is refused because nothing could be learned from it."""

from __future__ import annotations

import os

import numpy as np
import pytest
from recurve.core.errors import LabelError
from recurve.core.samples.sample_set import Chip, read_chip
from recurve.core.training.dataset import check_samples, fingerprint, open_samples
from recurve.core.training.recipe import balanced_weights, patch_side_px


def chips(*sides):
    return [Chip(f"chip {i}", "train", side, side) for i, side in enumerate(sides)]


class TestJoined:
    def test_statistics_are_those_of_all_training_pixels(self, make_samples):
        folders = [
            make_samples("a", {"train": [96], "validation": [64]}, seed=0),
            make_samples("b", {"train": [40, 48]}, seed=7),
        ]
        samples = open_samples(folders)
        pixels = np.concatenate(
            [read_chip(samples.image_path(chip)).ravel() for chip in samples.of_split("train")]
        )
        assert samples.bands[0].mean == pytest.approx(pixels.mean(), abs=1e-3)
        assert samples.bands[0].deviation == pytest.approx(pixels.std(), abs=1e-3)
        assert (samples.bands[0].minimum, samples.bands[0].maximum) == (pixels.min(), pixels.max())

    def test_labels_are_counted_over_all_sets(self, make_samples):
        samples = open_samples([make_samples("a"), make_samples("b", seed=5)])
        for split in ("train", "validation"):
            labels = [read_chip(samples.label_path(chip)).ravel() for chip in samples.of_split(split)]
            assert samples.class_pixels[split] == list(np.bincount(np.concatenate(labels), minlength=3)[1:])

    def test_chips_of_one_name_stay_apart(self, make_samples):
        folders = [make_samples("a", seed=0), make_samples("b", seed=9)]
        samples = open_samples(folders)
        first, second = samples.of_split("train")
        assert (first.name, second.name) == ("train_0", "train_0")
        assert samples.image_path(first).parent.parent == folders[0]
        assert (read_chip(samples.image_path(first)) != read_chip(samples.image_path(second))).any()

    def test_a_set_given_twice_counts_once(self, make_samples):
        folder = make_samples()
        assert len(open_samples([folder, folder / ".." / folder.name]).chips) == 2

    def test_one_set_for_training_and_one_for_validation(self, make_samples):
        both = {"train": [64], "validation": [64]}
        learned = make_samples("a", both)
        samples = open_samples([learned, make_samples("b", both, seed=3)])
        assert check_samples(samples) == []

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ({"names": ("ground", "house")}, "has the classes ground, roof, and .* has ground, house"),
            ({"bands": ("red",)}, "has the bands grey, and .* has red"),
            (
                {"pixel_size_m": 1.5},
                "are 1 m wide and those of .* 1.5 m, and one network learns one pixel size",
            ),
        ],
    )
    def test_sets_that_differ_are_refused(self, make_samples, other, words):
        with pytest.raises(LabelError, match=words):
            open_samples([make_samples("a"), make_samples("b", **other)])

    def test_no_set_at_all_is_refused(self):
        with pytest.raises(LabelError, match="No sample set was given"):
            open_samples([])


class TestChecks:
    def test_validation_ground_is_needed(self, make_samples):
        samples = open_samples([make_samples(sides={"train": [64]})])
        with pytest.raises(LabelError, match=r"no validation pixel with a label.* or prepare one with"):
            check_samples(samples)

    def test_one_class_only_is_refused(self, make_samples):
        samples = open_samples([make_samples(edit=np.ones_like)])
        with pytest.raises(LabelError, match="training labels of the class ground only"):
            check_samples(samples)

    def few_roofs(self, labels):
        labels = np.ones_like(labels)
        labels[:5, :5] = 2
        return labels

    def test_a_class_with_too_few_pixels_is_refused_by_name(self, make_samples):
        samples = open_samples([make_samples(edit=self.few_roofs)])
        with pytest.raises(LabelError, match=r"labelled for roof \(25 px\); each class needs 100 or more"):
            check_samples(samples)

    def test_few_pixels_do_for_a_network_that_treats_classes_alike(self, make_samples):
        assert check_samples(open_samples([make_samples(edit=self.few_roofs)]), needs_every_class=False) == []

    def test_a_class_that_is_never_judged_is_told(self, make_samples):
        def edit(labels):
            return labels if len(labels) > 64 else np.ones_like(labels)

        (remark,) = check_samples(open_samples([make_samples(edit=edit)]))
        assert "No validation pixel is labelled as roof" in remark


class TestPatchSide:
    def test_as_wanted_where_chips_are_large(self):
        assert patch_side_px(chips(300, 200), 128, 4, 37) == 128

    def test_smaller_where_most_of_the_ground_is_in_small_chips(self):
        assert patch_side_px(chips(*[70] * 20, 300), 128, 4, 37) == 68

    def test_larger_chips_only_where_the_others_are_too_small_for_the_network(self):
        assert patch_side_px(chips(*[30] * 50, 130), 128, 4, 37) == 128

    def test_chips_within_the_networks_reach_are_refused(self):
        with pytest.raises(
            LabelError, match=r"largest training chip is 36 px wide.* receptive field radius is 37 px, needs"
        ):
            patch_side_px(chips(36, 20), 128, 4, 37)


def test_balanced_weights_make_classes_count_alike(make_samples):
    samples = open_samples([make_samples()])
    weights = balanced_weights(samples)
    shares = np.multiply(weights, samples.class_pixels["train"])
    assert shares[0] == pytest.approx(shares[1])
    assert np.mean(weights) == pytest.approx(1)


def test_fingerprint_changes_with_the_labels(make_samples):
    samples = open_samples([make_samples()])
    before = fingerprint(samples, samples.chips)
    assert fingerprint(samples, samples.chips) == before
    os.utime(samples.label_path(samples.chips[0]), ns=(0, 0))
    assert fingerprint(samples, samples.chips) != before
    samples.label_path(samples.chips[1]).unlink()
    with pytest.raises(LabelError, match="is missing; make the sample set again"):
        fingerprint(samples, samples.chips)
