"""The pictures of a training: what is drawn, and what axes and legends say."""

import numpy as np
import pytest
from recurve.core.metrics.accuracy import Accuracy
from recurve.core.training.charts import add_curves, add_example
from recurve.core.training.history import EpochResult
from recurve.core.training.recipe import Recipe, TrainingRun
from recurve.core.training.result import Example, TrainedNetwork
from recurve.models.contract import ClassEntry

pytest.importorskip("matplotlib")

CLASSES = (ClassEntry("ground", "#c0b090"), ClassEntry("roof", "#b03020"))


class Figures:
    """Stands for a report; keeps the drawings."""

    def __init__(self):
        self.figures, self.captions = [], []

    def figure(self, figure, caption):
        self.figures.append(figure)
        self.captions.append(caption)


def accuracy(right):
    return Accuracy(np.array([[right, 100 - right], [100 - right, right]]), np.eye(2, dtype=int))


@pytest.fixture
def trained():
    """A function: a training of three epochs, whose second is the best, with so many outputs."""

    def make(outputs, before=None):
        results = [
            EpochResult(number, 1 / number, [accuracy(right + k) for k in range(outputs)], is_best, 1.0, 1e6)
            for number, right, is_best in ((1, 60, True), (2, 80, True), (3, 70, False))
        ]
        run = TrainingRun(Recipe(3, 1, 1, 32, 1e-3))
        return TrainedNetwork("roofs.onnx", None, "deep", run, results, before, [], [])

    return make


def test_curves_of_loss_and_validation(trained):
    report, made = Figures(), trained(1)
    add_curves(report, made)
    left, right = report.figures[0].axes
    assert (left.get_xlabel(), left.get_ylabel()) == ("epoch", "training loss")
    assert (right.get_xlabel(), right.get_ylabel()) == ("epoch", "validation mean IoU (%)")
    np.testing.assert_allclose(left.lines[0].get_xydata().T, [[1, 2, 3], [1, 1 / 2, 1 / 3]])
    expected = [100 * result.mean_iou for result in made.results]
    np.testing.assert_allclose(right.lines[0].get_xydata().T, [[1, 2, 3], expected])
    assert right.lines[-1].get_xdata() == [2, 2]  # the best epoch
    assert right.get_legend() is None


def test_curves_of_a_corrector_tell_each_iteration_and_the_start(trained):
    report, made = Figures(), trained(2, accuracy(50))
    add_curves(report, made)
    right = report.figures[0].axes[1]
    told = [text.get_text() for text in right.get_legend().get_texts()]
    assert told == ["iteration 1", "iteration 2", "before the correction"]
    assert right.lines[2].get_ydata() == [100 * accuracy(50).mean_iou] * 2
    shades = [float(line.get_color()) for line in right.lines[:2]]
    assert shades[0] > shades[1]  # later ones are darker


def test_an_example_shows_image_reference_and_maps_in_the_classes_colours():
    report, reference = Figures(), np.array([[0, 1, 2]], np.uint8)
    maps = [np.array([[1, 1, 2]], np.uint8), np.array([[2, 2, 1]], np.uint8)]
    image = np.zeros((1, 1, 3), np.float32)
    add_example(report, Example("chip 7", image, reference, maps), CLASSES)
    places = report.figures[0].axes
    assert [axes.get_title() for axes in places] == ["image", "reference", "iteration 0", "iteration 1"]
    ground, roof, white = (192, 176, 144), (176, 48, 32), (255, 255, 255)
    for axes, colours in zip(
        places[1:], ([white, ground, roof], [ground, ground, roof], [roof, roof, ground])
    ):
        np.testing.assert_array_equal(axes.images[0].get_array()[0], colours)
    (legend,) = report.figures[0].legends
    assert [text.get_text() for text in legend.get_texts()] == ["ground", "roof"]
    assert report.captions == ["Chip chip 7; what is not labelled is white in the reference."]


def test_a_single_map_is_called_so():
    report, codes = Figures(), np.ones((1, 3), np.uint8)
    add_example(report, Example("a", np.zeros((3, 1, 3), np.float32), codes, [codes]), CLASSES)
    assert [axes.get_title() for axes in report.figures[0].axes] == ["image", "reference", "map"]
