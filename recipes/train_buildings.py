"""`make train-buildings`: the shipped building networks, from Banepa by the paper's protocol. Resumable.

A network is trained only where its file is missing: delete it in `models/weights` to train it anew.

The classifier learns from labels as OpenStreetMap might have had them (shifted, incomplete); the corrector learns
from a small area of precise labels that the classifier has not seen.
"""

from __future__ import annotations

from ..core.chip_scores import by_classifier, score_chips
from ..core.training import Recipe
from ..core.training_contract import contract_of
from ..models.network_file import file_sha256
from .data import ROOT, building_samples, opened
from .ship import WEIGHTS, report, ship_classifier, ship_corrector
from .steps import say, train_classifier, train_corrector

ITERATIONS = 5
PIXEL_SIZE_RANGE_M = (0.2, 0.4)
CLASSIFIER = Recipe(
    epochs=7, steps=60, batch=32, side_px=128, learning_rate=5e-4, weight_decay=0.01, border_px=8, seed=0
)
CORRECTOR = Recipe(
    epochs=10, steps=100, batch=6, side_px=160, learning_rate=3e-3, weight_decay=0.01, border_px=16, seed=0
)


def main() -> None:
    """All steps, each going on from where it was."""
    folder = ROOT / "build" / "training" / "buildings"
    samples = opened(folder / "samples", building_samples)
    noisy = [chip for chip in samples.of_split("train") if chip.fold == 0]
    precise = [chip for chip in samples.of_split("train") if chip.fold == 1]
    validation = samples.of_split("validation")
    classifier_path, corrector_path = (
        WEIGHTS / "buildings_classifier.onnx",
        WEIGHTS / "buildings_corrector.onnx",
    )

    training = {
        "split": "columns 0-3 with simulated misregistration and omissions; epoch chosen on column 4, rows 3 and 7",
        "limits": "one town in Nepal, one flight; ground that is not a building is one class",
    }
    if not classifier_path.exists():
        say("classifier")
        classifier = train_classifier(samples, noisy, validation, CLASSIFIER, folder / "classifier.npz")
        contract = contract_of(samples, "classifier", "Buildings (~0.27 m RGB)", PIXEL_SIZE_RANGE_M, training)
        ship_classifier(classifier, contract, classifier_path)
    samples = score_chips(samples, [*precise, *validation], by_classifier(samples, classifier_path))

    if not corrector_path.exists():
        say("corrector")
        corrector = train_corrector(
            samples, precise, validation, "deep", ITERATIONS, CORRECTOR, folder / "corrector.npz"
        )
        training = {
            **training,
            "split": "column 4 with precise labels: rows 0-2 and 4-6; epoch chosen on its rows 3 and 7",
        }
        ship_corrector(
            corrector,
            contract_of(
                samples, "corrector", "Buildings corrector", PIXEL_SIZE_RANGE_M, training, ITERATIONS,
                file_sha256(classifier_path),
            ),
            corrector_path,
        )  # fmt: skip
    report(samples, "test", classifier_path, corrector_path, WEIGHTS / "buildings_test.json")


if __name__ == "__main__":
    main()
