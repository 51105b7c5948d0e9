"""`make train-urban`: the pretrained urban land cover classifier, from the Dubai/MBRSC images. Resumable.

The classifier is trained only where its file is missing: delete `models/weights/urban_classifier.onnx` to train anew.

The corrector is chosen on out-of-fold scores: scores that classifiers made of chips they had not seen. On its own
training chips a classifier's scores are better than they will ever be again. The labels are too coarse to learn
thousands of weights from (models/weights/README.md has what was tried), so it has three numbers, and those with the
best mean IoU over the folds are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.samples.sample_set import Chip, SampleSet
from ..core.training.chip_scores import by_classifier, score_chips
from ..core.training.dataset import TrainingData
from ..core.training.facts import classifier_facts, corrector_facts
from ..core.training.recipe import Recipe, TrainingRun
from ..core.training.validation_accuracy import validate_on
from ..models.contract import NetworkFacts
from ..models.onnx_file.reading import file_sha256
from .data import ROOT, opened, urban_samples
from .release import WEIGHTS, release_classifier, release_corrector, report
from .steps import say, train_classifier

if TYPE_CHECKING:
    from ..models.pytorch.guided_corrector import GuidedCorrector

Held = tuple[SampleSet, list[Chip]]
"""The chips of a fold, and the sample set with their scores by the classifier that has not seen them."""

FOLDER = ROOT / "build" / "training" / "urban"
SAMPLES = FOLDER / "samples"
FOLDS = (0, 1, 2)
RADIUS_PX = 4
SHARPENINGS = (0.5, 1.0)
MOST_ITERATIONS = 2
PIXEL_SIZE_RANGE_M = (0.7, 1.5)


def fold_recipe(fold: int) -> Recipe:
    """How the classifier is trained that has not seen a fold."""
    return Recipe(
        epochs=5,
        steps=70,
        batch=32,
        side_px=128,
        learning_rate=5e-4,
        weight_decay=0.01,
        border_px=8,
        seed=fold + 1,
    )


CLASSIFIER = Recipe(
    epochs=12, steps=80, batch=32, side_px=128, learning_rate=5e-4, weight_decay=0.01, border_px=8, seed=0
)


def guided_corrector(samples: SampleSet, sharpening: float) -> GuidedCorrector:
    """The corrector that goes wholly along the image's edges and sharpens by a factor."""
    import torch

    from ..models.pytorch.guided_corrector import GuidedCorrector

    network = GuidedCorrector(
        [band.mean for band in samples.bands],
        [band.deviation for band in samples.bands],
        len(samples.classes),
        radius_px=RADIUS_PX,
    )
    with torch.no_grad():
        network.led.fill_(1 + sharpening)
        network.blur.fill_(-sharpening)
    return network.eval()


def gains(samples: SampleSet, chips: Sequence[Chip]) -> list[list[float]]:
    """What each sharpening (rows) brings after each number of iterations (columns), in mean IoU."""
    import torch

    networks = [guided_corrector(samples, sharpening) for sharpening in SHARPENINGS]

    def predict(image: Any, scores: Any) -> list[Any]:
        iterates = [network.iterates(scores, image, MOST_ITERATIONS) for network in networks]
        return [scores, *(scores for row in iterates for scores in row)]

    halo = MOST_ITERATIONS * networks[0].reach_per_iteration_px
    with torch.no_grad():
        before, *after = [accuracy.mean_iou for accuracy in validate_on(samples, chips, predict, halo)]
    return (np.array(after) - before).reshape(len(networks), MOST_ITERATIONS).tolist()


def best_numbers(held_out: Sequence[Held], record: Path) -> tuple[float, int]:
    """Sharpening and iterations with the largest mean gain over the folds; the gains are kept in a file."""
    found = json.loads(record.read_text(encoding="utf-8")) if record.exists() else []
    for samples, unseen in held_out[len(found) :]:
        found.append(gains(samples, unseen))
        record.write_text(json.dumps(found), encoding="utf-8")
    for fold, table in zip(FOLDS, found):
        for sharpening, row in zip(SHARPENINGS, table):
            cells = " ".join(f"{100 * gain:+.2f}" for gain in row)
            say(f"fold {fold}, sharpening {sharpening}: mean IoU {cells} after 1 ... {MOST_ITERATIONS}")
    mean = np.mean(found, axis=0)
    row, column = np.unravel_index(mean.argmax(), mean.shape)
    return SHARPENINGS[row], int(column) + 1


def chosen_numbers(samples: SampleSet, fold_paths: Mapping[int, Path]) -> tuple[float, int]:
    """The sharpening and the iterations of the pretrained corrector, from the folds.

    Args:
        samples: the sample set.
        fold_paths: the file of the classifier that has not seen each fold.
    """
    held_out: list[Held] = []
    for fold, path in fold_paths.items():
        unseen = [chip for chip in samples.of_split("train") if chip.fold == fold]
        held_out.append((score_chips(samples, unseen, by_classifier(samples, path)), unseen))
    return best_numbers(held_out, FOLDER / "gains.json")


def out_of_fold_classifiers() -> tuple[SampleSet, dict[int, Path]]:
    """The sample set, and the file of the classifier that has not seen each fold; what is missing is trained."""
    samples = opened(SAMPLES, urban_samples)
    train, validation = samples.of_split("train"), samples.of_split("validation")
    paths = {fold: FOLDER / f"fold_{fold}.onnx" for fold in FOLDS}
    for fold, path in paths.items():
        if not path.exists():
            say(f"classifier that has not seen fold {fold}")
            seen = [chip for chip in train if chip.fold != fold]
            run = TrainingRun(fold_recipe(fold), path.with_suffix(".npz"))
            network = train_classifier(TrainingData(samples, seen, validation), run)
            release_classifier(network, _classifier_facts(samples), path)
    return samples, paths


def main() -> None:
    """All steps, each going on from where it was."""
    samples, fold_paths = out_of_fold_classifiers()
    validation = samples.of_split("validation")
    classifier_path, corrector_path = WEIGHTS / "urban_classifier.onnx", WEIGHTS / "urban_corrector.onnx"

    facts = _classifier_facts(samples)
    if not classifier_path.exists():
        say("classifier")
        classifier = train_classifier(
            TrainingData.of(samples), TrainingRun(CLASSIFIER, FOLDER / "classifier.npz")
        )
        release_classifier(classifier, facts, classifier_path)
    scored = score_chips(samples, validation, by_classifier(samples, classifier_path))

    say("corrector")
    sharpening, iterations = chosen_numbers(samples, fold_paths)
    corrector = guided_corrector(samples, sharpening)
    row = gains(scored, validation)[SHARPENINGS.index(sharpening)]
    say(f"sharpening {sharpening}, {iterations} iterations; validation {100 * row[iterations - 1]:+.2f}")
    digest = file_sha256(classifier_path)
    training = {
        "split": "numbers chosen on out-of-fold scores of the train part, 3 folds; confirmed on the val part",
        "limits": facts.training["limits"],
    }
    facts = corrector_facts(
        samples,
        "Urban land cover corrector",
        PIXEL_SIZE_RANGE_M,
        iterations,
        digest,
        training=training,
    )
    release_corrector(corrector, facts, corrector_path)
    report(samples, "test", classifier_path, corrector_path, WEIGHTS / "urban_test.json")


def _classifier_facts(samples: SampleSet) -> NetworkFacts:
    return classifier_facts(
        samples, "Urban land cover (~1 m RGB)", PIXEL_SIZE_RANGE_M,
        {"split": "split.csv of the data set; trained on its train part, epoch chosen on its val part",
         "limits": "UAE only; 'built-up' is mostly whole blocks with their yards, not single buildings"},
    )  # fmt: skip


if __name__ == "__main__":
    main()
