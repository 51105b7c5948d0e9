"""Training: overfits, repeats itself, goes on where it stopped; the plugin's claim on a toy scene."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from recurve.core.errors import Cancelled, LabelError  # noqa: E402
from recurve.core.metrics.accuracy import Accuracy  # noqa: E402
from recurve.core.progress import Quiet  # noqa: E402
from recurve.core.samples.sample_set import Chip, read_chip, write_chip  # noqa: E402
from recurve.core.samples.write_samples import write_samples  # noqa: E402
from recurve.core.training.history import judged  # noqa: E402
from recurve.core.training.loop import fit  # noqa: E402
from recurve.core.training.patches import Augmentation, PatchSource  # noqa: E402
from recurve.core.training.recipe import Recipe, TrainingRun, decay  # noqa: E402
from recurve.core.training.validation_accuracy import validate_on  # noqa: E402
from recurve.models.contract import ClassEntry  # noqa: E402
from recurve.models.pytorch.classifier import PaperClassifier  # noqa: E402
from recurve.models.pytorch.corrector import DeepCorrector, PaperCorrector  # noqa: E402

CLASSES = (ClassEntry("ground", "#c0b090"), ClassEntry("roof", "#b03020"))
QUICK = Recipe(epochs=2, steps=3, batch=2, side_px=32, learning_rate=1e-3, seed=3)


@pytest.fixture
def samples(tmp_path, roofs, blurred):
    chips = [
        (Chip("a", "train", 96, 96), *roofs(96, 96, 0)),
        (Chip("b", "validation", 64, 64), *roofs(64, 64, 1)),
    ]
    made = write_samples(tmp_path / "set", chips, ["grey"], CLASSES, 1.0, "made", "CC0")
    for chip in made.chips:
        write_chip(made.score_path(chip), blurred(read_chip(made.label_path(chip))[0]))
    return made


def statistics(samples):
    return [band.mean for band in samples.bands], [band.deviation for band in samples.bands]


def train(samples, recipe, network=None, checkpoint=None, progress=None, halo=40):
    """Train a classifier, or the corrector that is given; gives it back with what its epochs brought."""
    torch.manual_seed(recipe.seed)
    corrects = network is not None
    network = network or PaperClassifier(*statistics(samples), len(CLASSES))

    def predict(image, scores):
        return network.iterates(scores, image, 3) if corrects else [network(image)]

    patches = PatchSource(
        samples, samples.of_split("train"), recipe.side_px, Augmentation(), with_scores=corrects
    )
    results = fit(
        network,
        predict,
        patches,
        lambda: validate_on(samples, samples.of_split("validation"), predict, halo),
        TrainingRun(recipe, checkpoint),
        progress,
    )
    return network, list(results)


def same_weights(a, b):
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values()))


class StopAfter(Quiet):
    """Cancels once so many steps have been asked about."""

    def __init__(self, steps):
        self.left = steps

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0


def test_classifier_learns_a_small_scene_by_heart(tmp_path, roofs):
    image, labels = roofs(32, 32, 0)
    chips = [
        (Chip(name, split, 32, 32), image, labels) for name, split in (("a", "train"), ("b", "validation"))
    ]
    samples = write_samples(tmp_path, chips, ["grey"], CLASSES, 1.0, "", "")
    recipe = Recipe(epochs=3, steps=50, batch=4, side_px=32, learning_rate=1e-3, averaging=0.9)
    _, results = train(samples, recipe, halo=0)  # as the patches are: nothing beyond the edge
    assert max(result.validation[-1].overall for result in results) > 0.95


@pytest.mark.parametrize("kind", [DeepCorrector, PaperCorrector])
def test_trained_corrector_beats_its_classifier(samples, kind):
    """The plugin's whole claim: from a few accurate labels to a better map than the scores it starts from."""
    recipe = Recipe(epochs=4, steps=25, batch=4, side_px=48, learning_rate=1e-2, border_px=4)
    network = kind(*statistics(samples), len(CLASSES), 1.5)
    _, results = train(samples, recipe, network)
    before = validate_on(samples, samples.of_split("validation"), lambda image, scores: [scores], 0)[0]
    best = max(result.validation[-1].mean_iou for result in results)
    assert best > before.mean_iou + 0.03
    after = max(result.validation[-1].mean_boundary_iou for result in results)
    assert after > before.mean_boundary_iou + 0.05


def test_validation_does_not_depend_on_the_tile_side(samples):
    network = DeepCorrector(*statistics(samples), len(CLASSES), 1.5).eval()
    torch.nn.init.normal_(network.out, std=0.1)

    def predict(image, scores):
        with torch.no_grad():
            return network.iterates(scores, image, 2)

    halo = network.reach_px + 4
    whole, tiled = (validate_on(samples, samples.chips, predict, halo, side) for side in (96, 20))
    for a, b in zip(whole, tiled):
        np.testing.assert_allclose(
            a.confusion, b.confusion, atol=2
        )  # PyTorch may round otherwise at another size


def test_network_ends_in_its_best_state(samples):
    recipe = Recipe(epochs=4, steps=4, batch=2, side_px=48, learning_rate=3e-2)
    network, results = train(samples, recipe)
    best = max(results, key=lambda result: max(accuracy.mean_iou for accuracy in result.validation))
    assert [result for result in results if result.is_best][-1] is best
    found = validate_on(samples, samples.of_split("validation"), lambda image, scores: [network(image)], 40)
    np.testing.assert_array_equal(found[-1].confusion, best.validation[-1].confusion)


def test_same_seed_same_weights(samples):
    torch.set_num_threads(1)
    assert same_weights(train(samples, QUICK)[0], train(samples, QUICK)[0])
    other = Recipe(**{**QUICK.__dict__, "seed": 4})
    assert not same_weights(train(samples, QUICK)[0], train(samples, other)[0])


def test_interrupted_training_goes_on_to_the_same_weights(samples, tmp_path):
    torch.set_num_threads(1)
    checkpoint = tmp_path / "training.npz"
    with pytest.raises(Cancelled, match="goes on from the last whole epoch"):
        train(samples, QUICK, checkpoint=checkpoint, progress=StopAfter(QUICK.steps + 1))
    # it is asked before each step whether to stop: only the steps of the second epoch are made
    network, results = train(samples, QUICK, checkpoint=checkpoint, progress=StopAfter(QUICK.steps))
    assert [result.epoch for result in results] == [1, 2]
    assert same_weights(network, train(samples, QUICK)[0])


def test_finished_training_is_not_repeated(samples, tmp_path):
    checkpoint = tmp_path / "training.npz"
    network, results = train(samples, QUICK, checkpoint=checkpoint)
    again, known = train(samples, QUICK, checkpoint=checkpoint, progress=StopAfter(0))
    assert [result.to_record() for result in known] == [result.to_record() for result in results]
    assert same_weights(network, again)


def test_checkpoint_of_another_recipe_is_refused(samples, tmp_path):
    checkpoint = tmp_path / "training.npz"
    train(samples, QUICK, checkpoint=checkpoint)
    with pytest.raises(LabelError, match="belongs to another recipe; delete it"):
        train(samples, Recipe(**{**QUICK.__dict__, "batch": 3}), checkpoint=checkpoint)


def test_loss_that_is_no_number_stops_with_the_step(samples):
    recipe = Recipe(epochs=1, steps=5, batch=2, side_px=32, learning_rate=float("inf"))
    with pytest.raises(
        LabelError, match=r"loss became NaN or infinite at step \d; train with a smaller learning rate"
    ):
        train(samples, recipe)


def test_no_step_follows_a_gradient_longer_than_1(samples, monkeypatch):
    """The output layer's weights are blown up, so that the gradients are far longer."""
    lengths, step = [], torch.optim.AdamW.step

    def watched(optimiser, *arguments):
        weights = [weight for group in optimiser.param_groups for weight in group["params"]]
        lengths.append(float(torch.cat([weight.grad.ravel() for weight in weights]).norm()))
        return step(optimiser, *arguments)

    monkeypatch.setattr(torch.optim.AdamW, "step", watched)
    network = PaperCorrector(*statistics(samples), len(CLASSES), 1.5)
    with torch.no_grad():
        network.out.fill_(1e4)
    train(samples, QUICK, network)
    assert len(lengths) == QUICK.epochs * QUICK.steps
    assert lengths == pytest.approx([1.0] * len(lengths), rel=1e-4)


@pytest.mark.parametrize("border", [0, 7])
def test_loss_is_that_of_labelled_pixels_inside_the_border(samples, border):
    """An untrained corrector changes nothing, so its first loss is the cross-entropy of the cached scores."""
    chip = samples.chips[0]
    labels = read_chip(samples.label_path(chip)).copy()
    labels[:, 10:, :48] = 0
    write_chip(samples.label_path(chip), labels)
    recipe = Recipe(epochs=1, steps=1, batch=1, side_px=96, learning_rate=1e-3, border_px=border)
    _, results = train(samples, recipe, PaperCorrector(*statistics(samples), len(CLASSES)))
    counted = np.zeros((96, 96), bool)
    counted[border : 96 - border, border : 96 - border] = True
    counted &= labels[0] > 0
    scores = read_chip(samples.score_path(chip)).astype(np.float64)
    chosen = np.where(labels[0] == 2, scores[1], scores[0])
    expected = (np.log(np.exp(scores).sum(0)) - chosen)[counted].mean()
    assert results[0].loss == pytest.approx(expected, rel=1e-5)


def test_ground_without_any_label_stops_with_a_sentence(samples):
    chip = samples.chips[0]
    write_chip(samples.label_path(chip), np.zeros((1, 96, 96), np.uint8))
    with pytest.raises(LabelError, match="became NaN or infinite at step 1"):
        train(samples, Recipe(epochs=1, steps=1, batch=1, side_px=96, learning_rate=1e-3))


def test_progress_rises_to_the_end(samples):
    seen = []

    class Recorder(Quiet):
        def report(self, fraction):
            seen.append(fraction)

    train(samples, QUICK, progress=Recorder())
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) == QUICK.epochs * QUICK.steps


def test_learning_rate_falls_along_a_cosine():
    assert decay(0.0) == pytest.approx(1.0)
    assert decay(0.5) == pytest.approx(0.505)
    assert decay(1.0) == pytest.approx(0.01)


def test_an_epoch_is_judged_by_its_best_output():
    """A corrector is applied as often as was best, so the epoch with the best of all iterations is kept."""
    right, wrong = np.array([[9, 1], [1, 9]]), np.array([[5, 5], [5, 5]])
    boundary = np.zeros((2, 2, 3), np.int64)
    good, poor, unknown = (Accuracy(c, boundary) for c in (right, wrong, np.zeros((2, 2), np.int64)))
    assert judged([good, poor]) == good.mean_iou > poor.mean_iou
    assert judged([poor, unknown]) == poor.mean_iou
    assert np.isnan(judged([unknown]))
