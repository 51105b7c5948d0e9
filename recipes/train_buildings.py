"""`make train-buildings`: the shipped building networks, from all of Banepa but the demonstration's piece. Resumable.

A network is trained only where its file is missing: delete it in `models/weights` to train it anew.

The settings are those of the study (`make study`), which judges them on ground held out; here they learn from all
ground. The corrector learns from out-of-fold scores: those of three more classifiers, each of which has not seen a
third of the ground.
"""

from __future__ import annotations

from pathlib import Path

from ..core.chip_scores import out_of_fold, score_chips
from ..core.samples import Chip, SampleSet
from ..core.training import Recipe
from ..core.training_contract import contract_of
from ..models.contract import NetworkContract
from ..models.network_file import file_sha256
from .data import ROOT, Region, building_samples, opened
from .ship import WEIGHTS, report, ship_classifier, ship_corrector
from .steps import say, train_classifier, train_corrector

FOLDER = ROOT / "build" / "training" / "buildings"
REGIONS = (
    Region((0, 1), (0, 7), "train", 0),
    Region((2, 3), (0, 7), "train", 1),
    Region((4, 4), (0, 7), "train", 2),
    Region((5, 5), (0, 1), "train", 2),
    Region((5, 5), (5, 7), "train", 2),
    Region((5, 5), (2, 4), "test", 0),  # what `make demo` shows
)
ITERATIONS = 5
PIXEL_SIZE_RANGE_M = (0.2, 0.4)
CLASSIFIER = Recipe(
    epochs=10, steps=60, batch=32, side_px=128, learning_rate=5e-4, weight_decay=0.01, border_px=8
)
CORRECTOR = Recipe(
    epochs=30, steps=200, batch=2, side_px=128, learning_rate=3e-3, weight_decay=0.01, border_px=12
)


def main() -> None:
    """All steps, each going on from where it was."""
    samples = opened(FOLDER / "samples", lambda folder: building_samples(folder, REGIONS))
    train = samples.of_split("train")
    classifier_path, corrector_path = (
        WEIGHTS / f"buildings_{role}.onnx" for role in ("classifier", "corrector")
    )
    contract = contract_of(samples, "classifier", "Buildings (~0.27 m RGB)", PIXEL_SIZE_RANGE_M, _training())
    _classifier(samples, train, contract, classifier_path, FOLDER / "classifier.npz")
    folds = {chip.fold: FOLDER / f"without_{chip.fold}.onnx" for chip in train}
    for fold, path in folds.items():
        seen = [chip for chip in train if chip.fold != fold]
        _classifier(samples, seen, contract, path, path.with_suffix(".npz"))
    if not corrector_path.exists():
        say("corrector")
        held_out = {chip.name: folds[chip.fold] for chip in train}
        scored = score_chips(samples, train, out_of_fold(samples, held_out, classifier_path))
        checkpoint = FOLDER / "corrector.npz"
        corrector = train_corrector(scored, train, train, "deep", ITERATIONS, CORRECTOR, checkpoint)
        contract = contract_of(
            samples, "corrector", "Buildings corrector", PIXEL_SIZE_RANGE_M, _training(", out-of-fold scores"),
            ITERATIONS, file_sha256(classifier_path),
        )  # fmt: skip
        ship_corrector(corrector, contract, corrector_path)
    report(samples, "test", classifier_path, corrector_path, WEIGHTS / "buildings_test.json")


def _classifier(
    samples: SampleSet, chips: list[Chip], contract: NetworkContract, path: Path, checkpoint: Path
) -> None:
    """Train a classifier into a file unless it is there; its best epoch is chosen on what it learns from."""
    if not path.exists():
        say(path.stem)
        ship_classifier(train_classifier(samples, chips, chips, CLASSIFIER, checkpoint), contract, path)


def _training(scores: str = "") -> dict[str, str]:
    return {
        "split": f"all of the block but rows 2-4 of column 5, precise labels{scores}",
        "limits": "one town in Nepal, one flight; ground that is not a building is one class",
    }


if __name__ == "__main__":
    main()
