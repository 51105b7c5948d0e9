"""`make train-urban`: the shipped urban land cover classifier, from the Dubai/MBRSC images. Resumable.

The corrector learns from out-of-fold scores: scores that classifiers made on ground they had not seen. On its own
training ground a classifier's scores are better than they will ever be again, and a corrector that learns from them
trusts them too much. It stays in `build`: it does not help yet (models/weights/README.md has what was tried).
"""

from __future__ import annotations

from ..core.samples import SampleSet
from ..core.training import Recipe
from ..models.network_file import file_sha256
from .data import ROOT, urban_samples
from .ship import WEIGHTS, contract_of, report, ship_classifier, ship_corrector
from .steps import say, score_chips, train_classifier, train_corrector

FOLDS = (0, 1, 2)
ITERATIONS = 5
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
CORRECTOR = Recipe(
    epochs=8, steps=150, batch=6, side_px=160, learning_rate=3e-3, weight_decay=0.01, border_px=16, seed=0
)


def main() -> None:
    """All steps, each going on from where it was."""
    folder = ROOT / "build" / "training" / "urban"
    has_samples = (folder / "samples" / "samples.json").exists()
    samples = SampleSet.open(folder / "samples") if has_samples else urban_samples(folder / "samples")
    train, validation = samples.of_split("train"), samples.of_split("validation")
    classifier_path, corrector_path = WEIGHTS / "urban_classifier.onnx", folder / "corrector.onnx"

    say("classifier")
    classifier = train_classifier(samples, train, validation, CLASSIFIER, folder / "classifier.npz")
    contract = contract_of(
        samples, "classifier", "Urban land cover (~1 m RGB)", PIXEL_SIZE_RANGE_M,
        {"split": "split.csv of the data set; trained on its train part, epoch chosen on its val part",
         "limits": "UAE only; 'built-up' is mostly whole blocks with their yards, not single buildings"},
    )  # fmt: skip
    ship_classifier(classifier, contract, classifier_path)
    score_chips(samples, validation, classifier_path)

    for fold in FOLDS:
        say(f"classifier that has not seen fold {fold}")
        path = folder / f"fold_{fold}.onnx"
        seen = [chip for chip in train if chip.fold != fold]
        ship_classifier(
            train_classifier(samples, seen, validation, fold_recipe(fold), folder / f"fold_{fold}.npz"),
            contract,
            path,
        )
        score_chips(samples, [chip for chip in train if chip.fold == fold], path)

    say("corrector")
    corrector = train_corrector(
        samples, train, validation, "deep", ITERATIONS, CORRECTOR, folder / "corrector.npz"
    )
    digest = file_sha256(classifier_path)
    training = {
        "split": "out-of-fold scores of the train part, 3 folds; epoch chosen on the val part",
        "limits": contract.training["limits"],
    }
    ship_corrector(
        corrector,
        contract_of(
            samples,
            "corrector",
            "Urban land cover corrector",
            PIXEL_SIZE_RANGE_M,
            training,
            ITERATIONS,
            digest,
        ),
        corrector_path,
    )
    report(samples, "test", classifier_path, corrector_path, folder / "test.json")


if __name__ == "__main__":
    main()
