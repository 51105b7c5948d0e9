"""Put trained networks into `models/weights`: export, figures on the test parts."""

from __future__ import annotations

import datetime
import json
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.metrics.accuracy import Accuracy
from ..core.samples.sample_set import SampleSet
from ..models.contract import NetworkFacts
from ..models.onnx_file.reading import file_sha256
from ..models.pytorch.export import export_classifier, export_corrector
from ..models.runtime.network import Network
from .steps import judge, say, table

if TYPE_CHECKING:
    from ..models.pytorch.classifier import Classifier
    from ..models.pytorch.corrector import Corrector

WEIGHTS = Path(__file__).resolve().parents[1] / "models" / "weights"
JUDGED_ITERATIONS = tuple(range(9))


def release_classifier(network: Classifier, facts: NetworkFacts, path: Path) -> None:
    """Export a classifier unless its file is there."""
    if not path.exists():
        export_classifier(network, facts, path)
    say(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, SHA-256 {file_sha256(path)}")


def release_corrector(network: Corrector, facts: NetworkFacts, path: Path) -> None:
    """Export a corrector unless its file is there."""
    if not path.exists():
        export_corrector(network, facts, path)
    say(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, SHA-256 {file_sha256(path)}")


def report(samples: SampleSet, split: str, classifier: Path, corrector: Path, record: Path) -> list[Accuracy]:
    """Judge two files on a split, print the table per iteration and keep it as JSON.

    Args:
        samples: the sample set.
        split: which of its splits.
        classifier: the classifier's file.
        corrector: the corrector's file.
        record: the JSON file to write.
    """
    networks = Network.open(classifier, "CPU"), Network.open(corrector, "CPU")
    accuracies = judge(samples, samples.of_split(split), networks, JUDGED_ITERATIONS)
    say(f"\n{corrector.name} on the {split} part ({platform.machine()}, {datetime.date.today()}):\n")
    say(table(accuracies, JUDGED_ITERATIONS, samples.classes))
    figures: Sequence[dict[str, Any]] = [
        {
            "iterations": count,
            "overall_accuracy": accuracy.overall,
            "mean_iou": accuracy.mean_iou,
            "iou": accuracy.iou,
            "mean_boundary_iou": accuracy.mean_boundary_iou,
            "boundary_iou": accuracy.boundary_iou,
        }
        for count, accuracy in zip(JUDGED_ITERATIONS, accuracies)
    ]
    files = dict(zip(("classifier_sha256", "corrector_sha256"), (network.sha256 for network in networks)))
    record.write_text(
        json.dumps({"split": split, **files, "per_iteration": figures}, indent=1), encoding="utf-8"
    )
    return accuracies
