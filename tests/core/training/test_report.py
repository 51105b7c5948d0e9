"""The report on a training: all that was promised is in it, and nothing from elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from recurve.core.metrics.accuracy import assess
from recurve.core.progress import Quiet
from recurve.core.training import recipe as schedule
from recurve.core.training.dataset import open_samples
from recurve.core.training.facts import classifier_facts, corrector_facts, training_record
from recurve.core.training.history import EpochResult, log_epochs
from recurve.core.training.recipe import Recipe, TrainingRun, patience_of, steps_per_epoch
from recurve.core.training.report import write_report
from recurve.core.training.result import Example, TrainedNetwork


def epoch(number, share_right, is_best, outputs=1):
    """An epoch after which so large a share of the validation pixels is right."""
    reference = np.tile(np.array([1, 2], np.uint8), (10, 50))
    codes = np.where(np.arange(100) < 100 * share_right, reference, 3 - reference).astype(np.uint8)
    accuracy = assess(reference, codes, 2)
    return EpochResult(number, 1 / number, [accuracy] * outputs, is_best, 30.0, 2e6, 10.0)


@pytest.fixture
def trained(make_samples):
    def make(role="classifier", epochs=3):
        samples = open_samples([make_samples(names=("bare <ground>", "roof"))])
        outputs = 2 if role == "corrector" else 1
        results = [epoch(1, 0.6, True, outputs), epoch(2, 0.9, True, outputs), epoch(3, 0.8, False, outputs)]
        record = training_record(samples, "ab12", results, results[1].validation[-1], 0)
        facts = (
            corrector_facts(samples, "Roofs & more", (0.8, 1.25), 2, "map", training=record)
            if role == "corrector"
            else classifier_facts(samples, "Roofs & more", (0.8, 1.25), record)
        )
        reference = np.ones((40, 30), np.uint8)
        maps = [reference] * (3 if role == "corrector" else 1)
        return TrainedNetwork(
            Path("roofs.onnx"),
            facts,
            "paper",
            TrainingRun(Recipe(epochs, 50, 8, 64, 1e-3)),
            results,
            epoch(9, 0.7, False).validation[0] if role == "corrector" else None,
            [Example("chip 1", np.random.default_rng(0).normal(0, 1, (1, 40, 30)), reference, maps)],
            ["A remark."],
        )

    return make


@pytest.mark.parametrize(("role", "pictures"), [("classifier", 3), ("corrector", 3)])
def test_everything_is_in_it_and_nothing_from_elsewhere(trained, tmp_path, role, pictures):
    assert write_report(tmp_path / "report.html", trained(role)) == ""
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"(https?:)?//\w|<script|<link|@import", re.sub(r'src="data:[^"]*"', "", page))
    assert page.count("<img") == page.count('src="data:image/png;base64,') == pictures
    for words in (
        "Training of Roofs &amp; more",
        "the state after epoch 2 of 3",
        "overall accuracy 90.0 %",
        "A remark.",
        "bare &lt;ground&gt;",
        "Confusion matrix in pixels",
        "What to do when it looks bad",
        "learning rate",
        "2 (best so far)",
    ):
        assert words in page
    assert ("70.0 % before" in page or "before the correction" in page) == (role == "corrector")
    assert ("iteration 0" in page) == (role == "corrector")


def test_training_that_ended_early_is_told(trained, tmp_path):
    write_report(tmp_path / "report.html", trained(epochs=20))
    assert "Training ended before the 20 epochs" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_without_matplotlib_there_are_tables(trained, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert "matplotlib is not installed" in write_report(tmp_path / "report.html", trained())
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "matplotlib is not installed" in page
    assert "Confusion matrix in pixels" in page


def test_lines_of_the_log_tell_what_is_left(trained):
    lines = []

    class Log(Quiet):
        def say(self, text):
            lines.append(text)

    log_epochs(trained().results, 12, Log())
    assert lines[1] == (
        "Epoch 2 of 12: loss 0.5000, validation mean IoU 81.8 % (best so far), 2.00 Mpx/s, 30 s; about 7 min left."
    )
    assert "(best so far)" not in lines[2]


def test_epochs_come_back_from_their_records(trained):
    for result in trained("corrector").results:
        again = EpochResult.from_record(result.to_record())
        assert again.to_record() == result.to_record()
        assert again.mean_iou == result.mean_iou


def test_an_epoch_shows_each_labelled_pixel_about_four_times_and_few_more_often(make_samples, monkeypatch):
    samples = open_samples([make_samples("large", sides={"train": [700, 700], "validation": [32]})])
    labelled = sum(samples.class_pixels["train"])
    assert steps_per_epoch(samples, 4, 128) == -(-6_500_000 // (4 * 128**2))
    monkeypatch.setattr(schedule, "_LEAST_PX", 0)
    steps = steps_per_epoch(samples, 4, 64)
    assert 4 * labelled <= steps * 4 * 64**2 < 4 * labelled + 4 * 64**2
    assert steps_per_epoch(samples, 64, 128) == 50
    assert steps_per_epoch(samples, 1, 16) == 500
    assert [patience_of(epochs) for epochs in (1, 20, 21, 100)] == [5, 5, 6, 25]
