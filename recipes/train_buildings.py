"""`make train-buildings`: the shipped building networks, from Banepa by the paper's protocol. Resumable.

A network is trained only where its file is missing: delete it in `models/weights` to train it anew.

The classifier learns from labels as OpenStreetMap might have had them (shifted, incomplete); the corrector learns
from one column of precise labels that the classifier has not seen. Both are those of the study (`make study`) with
seed 0, and the test column is learned from by neither.
"""

from __future__ import annotations

from ..core.chip_scores import by_classifier, score_chips
from ..core.training import Recipe
from ..core.training_contract import contract_of
from ..models.network_file import file_sha256
from .data import ROOT, banepa_regions, banepa_samples, rough_and_precise
from .ship import WEIGHTS, report, ship_classifier, ship_corrector
from .steps import say, train_classifier, train_corrector

ITERATIONS = 5
PIXEL_SIZE_RANGE_M = (0.2, 0.4)
CLASSIFIER = Recipe(
    epochs=7, steps=60, batch=32, side_px=128, learning_rate=5e-4, weight_decay=0.01, border_px=8
)
CORRECTOR = Recipe(
    epochs=30, steps=200, batch=2, side_px=128, learning_rate=3e-3, weight_decay=0.01, border_px=12
)


def main() -> None:
    """All steps, each going on from where it was."""
    folder = ROOT / "build" / "training" / "buildings"
    regions = banepa_regions(is_noisy=True, precise_column=4, test_column=5)
    samples = banepa_samples(folder / "samples", regions, seed=0)
    rough, precise = rough_and_precise(samples)
    classifier_path, corrector_path = (
        WEIGHTS / f"buildings_{role}.onnx" for role in ("classifier", "corrector")
    )
    training = {
        "split": "columns 0-3 with simulated misregistration and omissions; epoch chosen on column 4",
        "limits": "one town in Nepal, one flight; ground that is not a building is one class",
    }
    if not classifier_path.exists():
        say("classifier")
        classifier = train_classifier(samples, rough, precise, CLASSIFIER, folder / "classifier.npz")
        contract = contract_of(samples, "classifier", "Buildings (~0.27 m RGB)", PIXEL_SIZE_RANGE_M, training)
        ship_classifier(classifier, contract, classifier_path)
    if not corrector_path.exists():
        say("corrector")
        scored = score_chips(samples, precise, by_classifier(samples, classifier_path))
        checkpoint = folder / "corrector.npz"
        corrector = train_corrector(scored, precise, precise, "deep", ITERATIONS, CORRECTOR, checkpoint)
        contract = contract_of(
            samples, "corrector", "Buildings corrector", PIXEL_SIZE_RANGE_M,
            {**training, "split": "column 4 with precise labels"}, ITERATIONS, file_sha256(classifier_path),
        )  # fmt: skip
        ship_corrector(corrector, contract, corrector_path)
    report(samples, "test", classifier_path, corrector_path, WEIGHTS / "buildings_test.json")


if __name__ == "__main__":
    main()
