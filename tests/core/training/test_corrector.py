"""From accurate labels to a corrector's file: better than what it corrects, for classifiers and for maps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch
from recurve.core.errors import Cancelled, ContractError, LabelError
from recurve.core.metrics.accuracy import Accuracy
from recurve.core.progress import Quiet
from recurve.core.samples.sample_set import read_chip
from recurve.core.training import fitting
from recurve.core.training import loop as training
from recurve.core.training import recipe as schedule
from recurve.core.training.chip_scores import StartScoreSource, score_chips, score_deviation
from recurve.core.training.corrector import (
    FORMS,
    CorrectorSettings,
    new_corrector,
    train_corrector,
)
from recurve.core.training.corrector_worth import NotBetter, advice, best_iterations, refusal
from recurve.core.training.dataset import TrainingData, fingerprint, open_samples
from recurve.core.training.fitting import Unrolling, fit_corrector
from recurve.core.training.recipe import Recipe, TrainingRun
from recurve.core.training.report import write_report
from recurve.core.training.validation_accuracy import validate_on
from recurve.models.onnx_file.reading import file_sha256, read_contract
from recurve.models.pytorch.corrector import DeepCorrector
from recurve.models.runtime.network import Network

pytestmark = pytest.mark.usefixtures("few_steps")

MADE_FOR = "ab" * 32


@pytest.fixture
def samples(make_samples):
    return open_samples([make_samples(sides={"train": [96, 64], "validation": [64]})])


@pytest.fixture
def blurring(blurred):
    """A classifier that recognises well and localises badly."""

    def scores_of(samples, chip):
        return blurred(read_chip(samples.label_path(chip))[0])

    return StartScoreSource("blur", "blur", MADE_FOR, "", (0.5, 2.0), scores_of)


@pytest.fixture
def output(tmp_path):
    return tmp_path / "corrector.onnx"


def settings(**changed):
    """A training too short to be of use."""
    quick = {"epochs": 2, "batch": 2, "iterations": 2, "device": "CPU", "export_always": True}
    return CorrectorSettings(**{**quick, **changed})


@pytest.mark.parametrize("form", FORMS)
def test_makes_a_file_that_runs_and_tells_about_itself(samples, blurring, output, form):
    trained = train_corrector(samples, blurring, settings(form=form, epochs=1), output, Quiet())
    contract = read_contract(output)
    assert (contract.role, contract.form) == ("corrector", form)
    assert contract.iterations == best_iterations([a.mean_iou for a in trained.best.validation])
    assert contract.training["trained_iterations"] == 2
    assert (contract.classifier_sha256, contract.map_kind) == (MADE_FOR, "")
    assert contract.pixel_size_range_m == (0.5, 2.0)
    assert contract.training["start_scores"] == "blur"
    assert contract.training["uncorrected_mean_iou"] == pytest.approx(trained.before.mean_iou, abs=1e-4)
    assert len(trained.best.validation) == 2
    assert Network.open(output, "CPU").self_test() < 1e-3


def test_size_is_as_asked(samples, blurring, tmp_path):
    sizes = []
    for filters, hidden in ((4, 4), (4, 8), (8, 8)):
        path = tmp_path / f"{filters}_{hidden}.onnx"
        chosen = settings(epochs=1, filters=filters, hidden=hidden)
        train_corrector(samples, blurring, chosen, path, Quiet())
        sizes.append(path.stat().st_size)
    assert sizes == sorted(set(sizes))


def test_trained_corrector_beats_what_it_corrects(samples, blurring, output, monkeypatch):
    """The plugin's whole claim, by the file that the user gets."""
    monkeypatch.setattr(schedule, "_MAX_STEPS", 25)
    monkeypatch.setattr(schedule, "_MIN_STEPS", 25)
    chosen = settings(form="paper", epochs=3, batch=4, learning_rate=1e-2)
    trained = train_corrector(samples, blurring, chosen, output, Quiet())
    scored = score_chips(samples, samples.chips, blurring)
    network = Network.open(output, "CPU")

    def corrected(image, scores):
        found = network.correct(
            network.upload_scores(scores[0].numpy()), network.upload(image[0].numpy()), 2
        ).numpy()
        return [torch.from_numpy(found)[None]]

    (after,) = validate_on(scored, samples.of_split("validation"), corrected, 50)
    assert after.mean_iou > trained.before.mean_iou + 0.03
    assert after.mean_boundary_iou > trained.before.mean_boundary_iou + 0.05
    assert after.mean_iou == pytest.approx(trained.best.mean_iou, abs=2e-3)
    assert trained.accuracy.mean_iou == max(a.mean_iou for a in trained.best.validation)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("halves", [False, True], ids=["single", "half"])
def test_every_weight_learns_from_later_iterates_too(samples, blurring, monkeypatch, form, halves):
    """In half precision as well, where weights that were cast without gradients must not be used with them."""
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": halves})
    monkeypatch.setattr(torch, "rand", lambda *_: torch.zeros(()))
    train = samples.of_split("train")
    scored = score_chips(samples, samples.chips, blurring)
    network = new_corrector(scored, train, settings(form=form))
    with torch.no_grad():
        network.out.normal_()
    before = {name: weight.clone() for name, weight in network.named_parameters()}
    recipe = Recipe(epochs=1, steps=1, batch=1, side_px=64, learning_rate=1e-2, weight_decay=0)
    data = TrainingData(scored, train, train)
    fit_corrector(network, data, Unrolling(2), TrainingRun(recipe))
    still = [name for name, weight in network.named_parameters() if torch.equal(weight, before[name])]
    assert still == []


def test_cancelled_training_goes_on_to_the_same_file(samples, blurring, output, tmp_path, impatient):
    """Three chips to score, one tile before the training, then three steps and one tile in each epoch."""
    with pytest.raises(Cancelled, match="from the chips that are scored"):
        train_corrector(samples, blurring, settings(), output, impatient(1))
    with pytest.raises(Cancelled, match="from the last whole epoch"):
        train_corrector(samples, blurring, settings(), output, impatient(3 + 1 + 4 + 1))
    assert not output.exists()
    log = impatient()
    train_corrector(samples, blurring, settings(), output, log)
    assert any("goes on from its last whole epoch" in line for line in log.lines)
    other = tmp_path / "undisturbed" / output.name
    train_corrector(samples, blurring, settings(), other, Quiet())
    assert output.read_bytes() == other.read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


class TestGoingOn:
    @pytest.fixture
    def start(self, samples, blurring, tmp_path):
        path = tmp_path / "start.onnx"
        train_corrector(samples, blurring, settings(filters=8, hidden=4), path, Quiet())
        return path

    @pytest.fixture
    def refined(self, blurring):
        """A classifier that is surer of the same."""
        return replace(blurring, folder="sure", scores_of=lambda *chip: 4 * blurring.scores_of(*chip))

    def test_begins_where_the_file_stands(self, samples, blurring, start, output, impatient):
        log = impatient()
        chosen = settings(start=start, epochs=1, learning_rate=1e-9)
        trained = train_corrector(samples, blurring, chosen, output, log)
        before = read_contract(start).training["validation"]["mean_iou"]
        assert trained.best.mean_iou == pytest.approx(before, abs=5e-3)
        assert "Going on from start: its architecture 'deep' and its sizes are kept." in log.lines

    def test_is_rescaled_to_the_scores_it_goes_on_with(self, samples, refined, start, output, monkeypatch):
        told, rescale = [], DeepCorrector.rescale
        monkeypatch.setattr(
            DeepCorrector, "rescale", lambda network, to: told.append(to) or rescale(network, to)
        )
        train_corrector(samples, refined, settings(start=start, epochs=1), output, Quiet())
        scored = score_chips(samples, samples.chips, refined)
        assert told == [score_deviation(scored, samples.of_split("train"))]

    def test_form_and_sizes_are_the_files(self, samples, refined, start, output):
        train_corrector(samples, refined, settings(start=start, form="paper"), output, Quiet())
        assert read_contract(output).form == "deep"
        assert output.stat().st_size == pytest.approx(start.stat().st_size, rel=0.01)

    def test_the_file_tells_what_it_went_on_from(self, samples, blurring, start, output):
        train_corrector(samples, blurring, settings(start=start, epochs=1), output, Quiet())
        assert read_contract(output).training["start"] == {"name": "start", "sha256": file_sha256(start)}
        assert "start" not in read_contract(start).training

    def test_the_start_may_be_gone_before_the_end(self, samples, blurring, start, output):
        class Remover(Quiet):
            def report(self, fraction):
                start.unlink(missing_ok=True)

        train_corrector(samples, blurring, settings(start=start, epochs=1), output, Remover())
        assert read_contract(output).training["start"]["name"] == "start"

    def test_other_starts_are_other_trainings(self, samples, blurring, start, output, impatient):
        with pytest.raises(Cancelled):
            train_corrector(samples, blurring, settings(), output, impatient(3 + 1 + 4 + 1))
        log = impatient()
        train_corrector(samples, blurring, settings(start=start), output, log)
        assert not any("goes on from its last whole epoch" in line for line in log.lines)

    def test_refused_before_anything_is_scored(self, samples, blurring, tiny, output):
        asked = []
        source = replace(blurring, scores_of=lambda *chip: asked.append(chip))
        with pytest.raises(ContractError, match="is a classifier, and a corrector is needed to start from"):
            train_corrector(samples, source, settings(start=tiny.classifier), output, Quiet())
        assert asked == []


@pytest.fixture
def perfect():
    """A classifier that cannot be bettered."""

    def scores_of(found, chip):
        labels = read_chip(found.label_path(chip))[0]
        return np.where(labels == np.array([1, 2])[:, None, None], 5, -5).astype(np.float32)

    return StartScoreSource("truth", "truth", MADE_FOR, "", None, scores_of)


class TestCorrectorThatDoesNotHelp:
    def test_is_not_written_and_the_figures_are_told(self, samples, perfect, output):
        with pytest.raises(
            NotBetter, match=r"has a mean IoU of 100\.0 % as it is, and of \d+\.\d % at best"
        ) as told:
            train_corrector(samples, perfect, settings(export_always=False), output, Quiet())
        assert "No corrector was written, because it does not help" in str(told.value)
        assert not output.exists()
        trained = told.value.trained
        assert (trained.is_exported, trained.before.mean_iou, trained.form) == (False, 1, "deep")
        assert trained.remarks[-1] == str(told.value)

    def test_leaves_an_older_one_as_it_was(self, samples, perfect, output):
        output.write_bytes(b"older")
        with pytest.raises(NotBetter):
            train_corrector(samples, perfect, settings(export_always=False), output, Quiet())
        assert output.read_bytes() == b"older"

    def test_is_written_where_that_is_asked_without_training_again(
        self, samples, perfect, output, tmp_path, monkeypatch, impatient
    ):
        with pytest.raises(NotBetter):
            train_corrector(samples, perfect, settings(export_always=False), output, Quiet())
        log = impatient()
        with monkeypatch.context() as without_training:
            without_training.setattr(training, "_train_epoch", None)
            trained = train_corrector(samples, perfect, settings(), output, log)
        assert "The corrector does not improve the validation map" in trained.remarks[-1]
        assert trained.remarks[-1] in log.lines
        assert trained.is_exported
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        other = tmp_path / "at once" / output.name
        train_corrector(samples, perfect, settings(), other, Quiet())
        assert output.read_bytes() == other.read_bytes()

    def test_report_tells_it(self, samples, perfect, output, tmp_path):
        with pytest.raises(NotBetter) as told:
            train_corrector(samples, perfect, settings(export_always=False), output, Quiet())
        write_report(tmp_path / "report.html", told.value.trained)
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert "No corrector was written, because it does not help" in page
        assert "in corrector.onnx is" not in page


def test_the_file_corrects_as_often_as_was_best(samples, blurring, output, monkeypatch):
    """The figures of the validation map are made up: better at the first iteration, worse than nothing at the last."""
    validate = fitting.validate_on

    def made_up(*arguments, **settings):
        found = validate(*arguments, **settings)
        good = Accuracy(np.diag([50, 50]), np.diag([5, 5]))
        bad = Accuracy(np.array([[0, 50], [50, 0]]), np.diag([5, 5]))
        return [good, bad] if len(found) == 2 else found

    monkeypatch.setattr(fitting, "validate_on", made_up)
    trained = train_corrector(samples, blurring, settings(export_always=False), output, Quiet())
    contract = read_contract(output)
    assert contract.iterations == 1
    assert contract.training["trained_iterations"] == 2
    assert contract.training["validation"]["mean_iou"] == trained.accuracy.mean_iou == 1


def test_ground_that_the_classifier_has_learned_from_is_told(samples, blurring, output):
    known = replace(blurring, samples_sha256=fingerprint(samples, samples.chips))
    for source, is_told in ((known, True), (blurring, False)):
        trained = train_corrector(samples, source, settings(epochs=1), output, Quiet())
        assert any("was trained on these very samples" in remark for remark in trained.remarks) == is_told


def test_maps_leave_their_kind_in_the_contract(samples, blurring, output):
    source = StartScoreSource("map", "map-1", "map", "classes", None, blurring.scores_of)
    train_corrector(samples, source, settings(epochs=1), output, Quiet())
    contract = read_contract(output)
    assert (contract.classifier_sha256, contract.map_kind) == ("map", "classes")
    assert contract.pixel_size_range_m == (0.8, 1.25)


def test_progress_rises_to_the_end(samples, blurring, output):
    seen = []

    class Recorder(Quiet):
        def report(self, fraction):
            seen.append(fraction)

    train_corrector(samples, blurring, settings(epochs=1), output, Recorder())
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_a_class_without_labels_is_left_to_the_form_that_treats_all_alike(make_samples, blurring, output):
    samples = open_samples([make_samples(names=("ground", "roof", "water"))])

    def three(found, chip):
        scores = blurring.scores_of(found, chip)
        return np.concatenate([scores, np.full_like(scores[:1], -3)])

    source = StartScoreSource("blur", "three", MADE_FOR, "", None, three)
    with pytest.raises(LabelError, match=r"Too few training pixels are labelled for water \(0 px\)"):
        train_corrector(samples, source, settings(form="deep"), output, Quiet())
    train_corrector(samples, source, settings(form="paper class-agnostic", epochs=1), output, Quiet())
    assert output.exists()


class TestWorth:
    def test_the_fewest_of_the_best_iterations(self):
        assert best_iterations([0.6]) == 1
        assert best_iterations([0.6, 0.65, 0.62]) == 2
        assert best_iterations([0.6, 0.65, 0.65]) == 2

    def test_a_corrector_that_is_better_with_some_number_is_written(self):
        assert refusal(0.5, [0.49, 0.501, 0.3]) == ""
        message = refusal(0.726, [0.72, 0.725, 0.717])
        assert (
            "a mean IoU of 72.6 % as it is, and of 72.5 % at best when it is corrected (after iteration 2 of"
            in message
        )
        assert refusal(0.5, [0.5]) != ""  # as good is not better

    def test_little_gain_is_advised_against(self):
        assert advice(0.5, [0.6, 0.65, 0.49]) == []
        for word, after in (("hardly improves", [0.503, 0.504, 0.502]), ("does not improve", [0.5, 0.49])):
            (remark,) = advice(0.5, after)
            figures = f"(mean IoU 50.0 % before, {100 * max(after):.1f} % at best)"
            assert f"The corrector {word} the validation map {figures}" in remark
