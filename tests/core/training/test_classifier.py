"""From sample sets to a classifier's file: settings, checkpoints, early ends, fine-tuning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch
from recurve.core.errors import Cancelled, ContractError, LabelError, RasterError
from recurve.core.progress import Quiet
from recurve.core.training import classifier as classifier_training
from recurve.core.training.classifier import ClassifierSettings, train_classifier
from recurve.core.training.dataset import open_samples
from recurve.models.onnx_file.reading import read_contract
from recurve.models.runtime.network import Network

pytestmark = pytest.mark.usefixtures("few_steps")

QUICK = ClassifierSettings(epochs=2, batch=2, device="CPU")


@pytest.fixture
def samples(make_samples):
    return open_samples([make_samples(sides={"train": [64, 52], "validation": [48]})])


@pytest.fixture
def output(tmp_path):
    return tmp_path / "networks" / "roofs.onnx"


def left_beside(output):
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def diverging(monkeypatch, first_bad_step):
    """Lets the loss become no number from a step on, counted from 1."""
    from recurve.core.training import loop as training

    loss, steps = training._loss, iter(range(1, 1000))

    def bad(*arguments):
        return loss(*arguments) * (float("nan") if next(steps) >= first_bad_step else 1)

    monkeypatch.setattr(training, "_loss", bad)


@pytest.mark.parametrize("form", ["paper", "u-net"])
def test_makes_a_file_that_runs_and_tells_about_itself(samples, output, form, make_samples, impatient):
    if form == "u-net":
        samples = open_samples([make_samples("large", sides={"train": [96], "validation": [48]})])
    log = impatient()
    settings = ClassifierSettings(network=form, epochs=1, batch=2, device="CPU", seed=4)
    trained = train_classifier(samples, settings, output, log)
    contract = read_contract(output)
    assert (contract.role, contract.form, contract.name) == ("classifier", form, "roofs")
    assert (contract.bands, contract.classes) == (samples.bands, samples.classes)
    assert contract.pixel_size_range_m == (0.8, 1.25)
    told = contract.training
    assert (told["data"], told["licence"], told["seed"]) == ("made", "CC0", 4)
    assert told["labelled_pixels"]["train"] == dict(zip(("ground", "roof"), samples.class_pixels["train"]))
    assert told["validation"]["mean_iou"] == pytest.approx(trained.best.mean_iou, abs=1e-4)
    assert Network.open(output, "CPU").self_test() < 1e-3
    assert left_beside(output) == []
    assert any(line.startswith("Epoch 1 of 1: loss ") and "Mpx/s" in line for line in log.lines)


def test_same_seed_same_file(samples, tmp_path):
    files = [tmp_path / name / "network.onnx" for name in ("a", "b", "c")]
    for path, seed in zip(files, (0, 0, 1)):
        settings = ClassifierSettings(epochs=1, batch=2, device="CPU", seed=seed)
        train_classifier(samples, settings, path, Quiet())
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes() != files[2].read_bytes()


def test_cancelled_training_goes_on_to_the_same_file(samples, output, tmp_path, impatient):
    asked_in_an_epoch = 4  # three steps, one tile of validation
    with pytest.raises(Cancelled, match="goes on from the last whole epoch"):
        train_classifier(samples, QUICK, output, impatient(asked_in_an_epoch + 1))
    assert not output.exists()
    assert len(left_beside(output)) == 1
    log = impatient()
    train_classifier(samples, QUICK, output, log)
    assert any("goes on from its last whole epoch" in line for line in log.lines)
    assert left_beside(output) == []
    other = tmp_path / "undisturbed" / output.name
    train_classifier(samples, QUICK, other, Quiet())
    assert output.read_bytes() == other.read_bytes()


def test_the_file_tells_the_threads_that_its_weights_depend_on(samples, output, impatient):
    two = replace(QUICK, threads=2)
    with pytest.raises(Cancelled):
        train_classifier(samples, two, output, impatient(5))
    log = impatient()
    train_classifier(samples, replace(QUICK, threads=1), output, log)
    assert "Threads of PyTorch: 1, as chosen." in log.lines
    assert any("goes on from its last whole epoch" in line for line in log.lines)
    assert read_contract(output).training["threads"] == [2, 1]


def test_cancel_is_heard_while_validating(samples, output, impatient):
    log = impatient(questions=3)
    with pytest.raises(Cancelled):
        train_classifier(samples, QUICK, output, log)
    assert log.left == -1
    assert not any(line.startswith("Epoch") for line in log.lines)


def test_other_settings_begin_anew_and_leave_the_older_training(samples, output, impatient):
    with pytest.raises(Cancelled):
        train_classifier(samples, QUICK, output, impatient(5))
    (older,) = left_beside(output)
    log = impatient()
    other = ClassifierSettings(epochs=1, batch=3, device="CPU")
    trained = train_classifier(samples, other, output, log)
    assert len(trained.results) == 1
    assert any(older in line and "with other settings or samples" in line for line in log.lines)
    assert left_beside(output) == [older]


def test_loss_that_is_no_number_keeps_the_best_epoch(samples, output, monkeypatch, impatient):
    diverging(monkeypatch, first_bad_step=5)
    log = impatient()
    trained = train_classifier(samples, QUICK, output, log)
    assert [result.epoch for result in trained.results] == [1]
    assert (
        "The loss became NaN or infinite at step 5: the best state so far, of epoch 1, is kept." in log.lines
    )
    assert Network.open(output, "CPU").self_test() < 1e-3


def test_loss_that_is_no_number_in_the_first_epoch_is_a_sentence(samples, output, monkeypatch):
    diverging(monkeypatch, first_bad_step=2)
    with pytest.raises(LabelError, match="at step 2; train with a smaller learning rate"):
        train_classifier(samples, QUICK, output, Quiet())
    assert not output.exists()


def test_training_ends_early_without_progress(samples, output, monkeypatch, impatient):
    monkeypatch.setattr(classifier_training, "patience_of", lambda epochs: 2)
    log = impatient()
    settings = ClassifierSettings(epochs=50, batch=2, learning_rate=1e-9, device="CPU")
    trained = train_classifier(samples, settings, output, log)
    assert len(trained.results) == trained.best.epoch + 2 < 50
    assert any("Training ends early: no epoch after epoch" in line for line in log.lines)


def test_balanced_weights_and_label_smoothing_change_the_loss(samples, tmp_path):
    losses = set()
    for number, changed in enumerate(({}, {"class_weights": "balanced"}, {"label_smoothing": 0.2})):
        settings = ClassifierSettings(epochs=1, batch=2, device="CPU", **changed)
        trained = train_classifier(samples, settings, tmp_path / f"{number}.onnx", Quiet())
        losses.add(round(trained.results[0].loss, 6))
    assert len(losses) == 3


def test_chips_too_small_for_a_patch_are_told(make_samples, output, impatient):
    log = impatient()
    samples = open_samples([make_samples(sides={"train": [64, 16], "validation": [48]})])
    train_classifier(samples, ClassifierSettings(epochs=1, batch=2, device="CPU"), output, log)
    assert any("smaller than a patch and not learned from: 1 of 2." in line for line in log.lines)


def test_folder_that_cannot_be_written_is_told_before_the_training(samples, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RasterError, match=r"network\.onnx cannot be written"):
        train_classifier(samples, QUICK, tmp_path / "file" / "network.onnx", Quiet())


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA")
@pytest.mark.parametrize("form", ["paper", "u-net"])
def test_trains_on_a_graphics_card_and_goes_on_there(make_samples, output, tmp_path, form, impatient):
    samples = open_samples([make_samples("large", sides={"train": [96], "validation": [48]})])
    settings = ClassifierSettings(network=form, epochs=2, batch=2, device="auto")
    with pytest.raises(Cancelled):
        train_classifier(samples, settings, output, impatient(5))
    trained = train_classifier(samples, settings, output, Quiet())
    assert trained.run.device == "cuda"
    assert Network.open(output, "CPU").self_test() < 1e-3
    other = tmp_path / "undisturbed" / output.name
    train_classifier(samples, settings, other, Quiet())
    assert output.read_bytes() == other.read_bytes()


class TestFineTuning:
    @pytest.fixture
    def start(self, samples, tmp_path):
        path = tmp_path / "start.onnx"
        train_classifier(samples, ClassifierSettings(epochs=1, batch=2, device="CPU"), path, Quiet())
        return path

    def scores(self, path, image):
        network = Network.open(path, "CPU")
        return network.classify(network.upload(image)).numpy()

    def test_begins_where_the_file_stands(self, samples, start, output, roofs, impatient):
        settings = ClassifierSettings(start=start, epochs=1, batch=2, learning_rate=1e-9, device="CPU")
        log = impatient()
        train_classifier(samples, settings, output, log)
        image = roofs(64, 64, 11)[0]
        np.testing.assert_allclose(self.scores(output, image), self.scores(start, image), atol=0.05)
        assert "Fine-tuning start, of the architecture 'paper'." in log.lines

    def test_other_classes_get_a_new_last_layer(self, make_samples, start, output, impatient):
        samples = open_samples([make_samples("houses", names=("land", "house"))])
        log = impatient()
        train_classifier(
            samples, ClassifierSettings(start=start, epochs=1, batch=2, device="CPU"), output, log
        )
        assert [entry.name for entry in read_contract(output).classes] == ["land", "house"]
        assert any(
            "Its last layer is new, because it knew other classes: ground, roof." in line
            for line in log.lines
        )

    def test_other_bands_are_refused(self, make_samples, start, output):
        samples = open_samples([make_samples("red", bands=("red",))])
        settings = ClassifierSettings(start=start, epochs=1, device="CPU")
        with pytest.raises(ContractError, match="reads the bands grey, and the samples have the bands red"):
            train_classifier(samples, settings, output, Quiet())
