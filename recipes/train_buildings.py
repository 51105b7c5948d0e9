"""`make train-buildings`: the pretrained building networks, from Banepa. Resumable.

A network is trained only where its file is missing: delete it in `models/weights` to train it anew.

A classifier learns from labels as OpenStreetMap might have had them (shifted, incomplete), and a corrector of it from
one column of accurate labels that it has not seen. Then the classifier is fine-tuned on that column, and the corrector
goes on with scores of classifiers that were tuned on the other three quarters of it. Both are those of the study (`make
study`) with seed 0, and the test column is learned from by neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..core.samples.sample_set import Chip, SampleSet
from ..core.training.chip_scores import by_classifier, out_of_fold, score_chips
from ..core.training.dataset import TrainingData
from ..core.training.facts import classifier_facts, corrector_facts
from ..core.training.fitting import Unrolling, fit_corrector
from ..core.training.recipe import Recipe, TrainingRun
from ..models.onnx_file.reading import file_sha256
from ..models.pytorch.load import load_classifier
from .banepa import banepa_regions, banepa_samples, coarse_and_accurate
from .data import ROOT
from .release import WEIGHTS, release_classifier, release_corrector, report
from .steps import Spoken, learn_classifier, say, train_corrector

ITERATIONS = 5
PIXEL_SIZE_RANGE_M = (0.2, 0.4)
CLASSIFIER = Recipe(
    epochs=7, steps=60, batch=32, side_px=128, learning_rate=5e-4, weight_decay=0.01, border_px=8
)
FINE_TUNING = Recipe(
    epochs=20, steps=40, batch=16, side_px=128, learning_rate=1.5e-4, weight_decay=0.01, border_px=8
)
CORRECTOR = Recipe(
    epochs=30, steps=200, batch=2, side_px=128, learning_rate=3e-3, weight_decay=0.01, border_px=12
)
GOING_ON = replace(CORRECTOR, epochs=15, learning_rate=1e-3)
"""How a corrector of one classifier goes on to learn from the scores of another."""


def fine_tuned(
    samples: SampleSet, accurate: Sequence[Chip], form: str, start: Path, seed: int
) -> tuple[Path, dict[str, Path]]:
    """Classifiers that go on from another one with accurate labels, in files beside it; what is missing is trained.

    Args:
        samples: the sample set.
        accurate: the chips with accurate labels.
        form: of the classifier.
        start: its file.
        seed: of the trainings.

    Returns:
        The file of the classifier that has learned all chips, and for each chip's name that of one that has learned
        the others.
    """
    recipe = replace(FINE_TUNING, seed=seed)
    whole = start.with_name("fine_tuned.onnx")
    held_out = {chip.name: start.with_name(f"fine_tuned_without_{chip.fold}.onnx") for chip in accurate}
    learn_classifier(TrainingData(samples, accurate, accurate), form, recipe, whole, start)
    for chip in accurate:
        others = [other for other in accurate if other != chip]
        learn_classifier(TrainingData(samples, others, others), form, recipe, held_out[chip.name], start)
    return whole, held_out


def main() -> None:
    """All steps, each going on from where it was."""
    folder = ROOT / "build" / "training" / "buildings"
    regions = banepa_regions(is_noisy=True, accurate_column=4, test_column=5)
    samples = banepa_samples(folder / "samples", regions, seed=0)
    coarse, accurate = coarse_and_accurate(samples)
    classifier_path, corrector_path = (
        WEIGHTS / f"buildings_{role}.onnx" for role in ("classifier", "corrector")
    )
    training = {
        "split": "columns 0-3 with simulated misregistration and omissions, then column 4 with accurate labels",
        "limits": "one town in Nepal, one flight; everything that is not a building is one class",
    }
    if not (classifier_path.exists() and corrector_path.exists()):
        untuned = folder / "classifier.onnx"
        learn_classifier(TrainingData(samples, coarse, accurate), "paper", CLASSIFIER, untuned)
        whole, held_out = fine_tuned(samples, accurate, "paper", untuned, seed=0)
        classifier = load_classifier(whole, samples.bands, samples.classes)
        facts = classifier_facts(samples, "Buildings (~0.27 m RGB)", PIXEL_SIZE_RANGE_M, training)
        release_classifier(classifier, facts, classifier_path)
    if not corrector_path.exists():
        say("corrector")
        scored = score_chips(samples, accurate, by_classifier(samples, untuned))
        run = TrainingRun(CORRECTOR, folder / "first_corrector.npz")
        corrector = train_corrector(TrainingData(scored, accurate, accurate), "deep", ITERATIONS, run)
        scored = score_chips(samples, accurate, out_of_fold(samples, held_out, whole))
        run = TrainingRun(GOING_ON, folder / "corrector.npz")
        fit_corrector(
            corrector, TrainingData(scored, accurate, accurate), Unrolling(ITERATIONS), run, Spoken()
        )
        facts = corrector_facts(
            samples,
            "Buildings corrector",
            PIXEL_SIZE_RANGE_M,
            ITERATIONS,
            file_sha256(classifier_path),
            training={**training, "split": "column 4 with accurate labels"},
        )
        release_corrector(corrector, facts, corrector_path)
    report(samples, "test", classifier_path, corrector_path, WEIGHTS / "buildings_test.json")


if __name__ == "__main__":
    main()
