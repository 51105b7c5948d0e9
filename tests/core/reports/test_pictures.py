"""Pictures that several reports show: what is drawn, and what the axes say."""

import numpy as np
import pytest
from recurve.core.reports.pictures import confusion_figure, stretched

pytest.importorskip("matplotlib")


def test_stretched_between_the_percentiles_of_the_valid_pixels():
    band = np.arange(101, dtype=np.float32).reshape(1, 1, 101)
    shown = stretched(band)
    assert shown.shape == (1, 101, 3)
    assert shown.dtype == np.uint8
    assert (shown[0, :3] == 0).all()
    assert (shown[0, 98:] == 255).all()
    assert shown[0, 50].tolist() == [128, 128, 128]
    valid = np.ones((1, 101), bool)
    valid[0, 51:] = False
    shown = stretched(band, valid)
    assert (shown[0, 49:] == 255).all()
    assert shown[0, 25, 0] == 128  # of 0 to 50


def test_stretched_bands_are_the_first_three_or_one_as_grey():
    image = np.random.default_rng(0).normal(0, 1, (4, 9, 8)).astype(np.float32)
    shown = stretched(image)
    for band in range(3):
        assert (np.argsort(shown[..., band], axis=None)[-1]) in np.flatnonzero(shown[..., band] == 255)
        np.testing.assert_array_equal(shown[..., band], stretched(image[band][None])[..., 0])
    two = stretched(image[:2])
    np.testing.assert_array_equal(two, np.repeat(shown[..., :1], 3, axis=-1))


def test_stretched_of_nothing_valid_is_white():
    assert (stretched(np.zeros((1, 3, 4)), np.zeros((3, 4), bool)) == 255).all()


def test_confusion_rows_are_the_reference_in_percent():
    counts = np.array([[3, 1, 0], [0, 5, 5], [0, 0, 0]])
    figure = confusion_figure(counts, ["ground", "roof", "road"])
    axes, bar = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("map", "reference")
    for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
        assert [label.get_text() for label in labels] == ["ground", "roof", "road"]
    assert bar.get_ylabel() == "% of the reference's class"
    told = {text.get_position(): text.get_text() for text in axes.texts}
    assert told == {  # column and row; of road nothing is known
        (0, 0): "75", (1, 0): "25", (2, 0): "0",
        (0, 1): "0", (1, 1): "50", (2, 1): "50",
    }  # fmt: skip
    drawn = axes.images[0].get_array()
    np.testing.assert_array_equal(drawn[:2], [[75, 25, 0], [0, 50, 50]])
    assert np.ma.getmaskarray(drawn)[2].all()


def test_many_classes_have_no_numbers():
    for classes, has_numbers in ((14, True), (15, False)):
        axes = confusion_figure(np.eye(classes, dtype=int), [str(n) for n in range(classes)]).axes[0]
        assert bool(axes.texts) == has_numbers
