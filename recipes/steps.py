"""The steps every pretrained network goes through: train, score, judge."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.metrics.accuracy import Accuracy, assess
from ..core.progress import Quiet
from ..core.samples.sample_set import Chip, SampleSet, read_chip
from ..core.training.chip_scores import run_engine
from ..core.training.classifier import new_classifier
from ..core.training.corrector import CorrectorSettings, new_corrector
from ..core.training.dataset import TrainingData
from ..core.training.facts import classifier_facts
from ..core.training.fitting import (
    CLASSIFIER_COLOURS,
    Unrolling,
    fit_classifier,
    fit_corrector,
    recalibrate_on,
)
from ..core.training.recipe import Recipe, TrainingRun
from ..models.contract import ClassEntry
from ..models.pytorch.export import export_classifier
from ..models.pytorch.load import load_classifier
from ..models.runtime.network import Network

if TYPE_CHECKING:
    from ..models.pytorch.classifier import Classifier
    from ..models.pytorch.corrector import Corrector


def say(text: str) -> None:
    """One line for the log."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Spoken(Quiet):
    """A progress that says its lines."""

    def say(self, text: str) -> None:
        """One line for the log."""
        say(text)


def train_classifier(
    data: TrainingData, run: TrainingRun, form: str = "paper", start: Path | None = None
) -> Classifier:
    """Train a classifier, from another one's file if it is given; see `fit_classifier`."""
    samples, recipe = data.samples, run.recipe
    if start is None:
        network = new_classifier(form, samples, recipe.seed)
    else:
        network = load_classifier(start, samples.bands, samples.classes)
        recalibrate_on(network, data, recipe)
    fit_classifier(network, data, run, CLASSIFIER_COLOURS, Spoken())
    return network


def learn_classifier(
    data: TrainingData, form: str, recipe: Recipe, path: Path, start: Path | None = None
) -> None:
    """Train a classifier into a file, unless it is there.

    Args:
        data: what it learns from.
        form: of the classifier.
        recipe: how to train.
        path: the .onnx file; its checkpoint lies beside it.
        start: a classifier's file to go on from.
    """
    if path.exists():
        return
    say(f"training {path.parent.name}/{path.stem}")
    samples = data.samples
    network = train_classifier(data, TrainingRun(recipe, path.with_suffix(".npz")), form, start)
    pixel_sizes_m = samples.pixel_size_m / 1.25, samples.pixel_size_m * 1.25
    export_classifier(network, classifier_facts(samples, path.stem, pixel_sizes_m), path)


def train_corrector(data: TrainingData, form: str, iterations: int, run: TrainingRun) -> Corrector:
    """Train a corrector of the usual size on cached scores; see `fit_corrector`."""
    settings = CorrectorSettings(form=form, iterations=iterations, seed=run.recipe.seed)
    network = new_corrector(data.samples, data.train, settings)
    fit_corrector(network, data, Unrolling(iterations), run, Spoken())
    return network


def judge(
    samples: SampleSet, chips: Sequence[Chip], networks: tuple[Network, Network], iterations: Sequence[int]
) -> list[Accuracy]:
    """Accuracy of two networks as the user will run them, after each number of iterations.

    Args:
        samples: the sample set.
        chips: chips with a reference.
        networks: classifier and corrector.
        iterations: the numbers of iterations to judge.
    """
    found = []
    for count in iterations:
        parts = [
            assess(
                read_chip(samples.label_path(chip))[0],
                run_engine(samples, chip, *networks, count)[1],
                len(samples.classes),
            )
            for chip in chips
        ]
        found.append(sum(parts[1:], parts[0]))
    return found


def table(accuracies: Sequence[Accuracy], iterations: Sequence[int], classes: Sequence[ClassEntry]) -> str:
    """The figures per iteration as a Markdown table, in percent."""
    names = [entry.name for entry in classes]
    head = [
        "iterations",
        "overall accuracy",
        "mean IoU",
        *(f"{name} IoU" for name in names),
        "mean boundary IoU",
    ]
    rows = [
        [
            str(count),
            *(f"{100 * value:.1f}" for value in (a.overall, a.mean_iou, *a.iou, a.mean_boundary_iou)),
        ]
        for count, a in zip(iterations, accuracies)
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])
