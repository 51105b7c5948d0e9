"""What the contract of a network tells about the samples it was trained on and about its training."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...models.contract import NetworkFacts
from ...models.onnx_file.reading import file_sha256, read_contract
from ..metrics.accuracy import Accuracy
from ..samples.sample_set import SampleSet
from .history import EpochResult, best_of


def classifier_facts(
    samples: SampleSet,
    name: str,
    pixel_size_range_m: tuple[float, float],
    training: Mapping[str, Any] | None = None,
) -> NetworkFacts:
    """The facts about a classifier.

    Args:
        samples: what the network was trained on.
        name: what people call the network.
        pixel_size_range_m: smallest and largest pixel size it was trained for, m.
        training: what else is told about the training, beside data, licence and date.
    """
    data = {
        "data": samples.source,
        "licence": samples.licence,
        "date": datetime.date.today().isoformat(),
        **(training or {}),
    }
    return NetworkFacts(
        "classifier",
        name,
        samples.bands,
        samples.classes,
        samples.pixel_size_m,
        pixel_size_range_m,
        data,
    )


def corrector_facts(
    samples: SampleSet,
    name: str,
    pixel_size_range_m: tuple[float, float],
    iterations: int,
    classifier_sha256: str,
    map_kind: str = "",
    training: Mapping[str, Any] | None = None,
) -> NetworkFacts:
    """The facts about a corrector.

    Args:
        samples: see `classifier_facts`, as for the other arguments of the same name.
        name: what people call the network.
        pixel_size_range_m: smallest and largest pixel size it was trained for, m.
        iterations: how often it is applied by default.
        classifier_sha256: the classifier it was trained for, or 'map'.
        map_kind: where it was trained on maps: their kind, one of `MAP_KINDS`.
        training: what else is told about the training, beside data, licence and date.
    """
    return replace(
        classifier_facts(samples, name, pixel_size_range_m, training),
        role="corrector",
        iterations=iterations,
        classifier_sha256=classifier_sha256,
        map_kind=map_kind,
    )


def start_record(start: Path | None) -> dict[str, str]:
    """What a contract tells about the network that the training went on from; empty for none.

    It is read before the training, whose end hours later must not depend on that file.

    Args:
        start: its file.
    """
    return {"name": read_contract(start).name, "sha256": file_sha256(start)} if start else {}


def training_record(
    samples: SampleSet,
    samples_sha256: str,
    results: Sequence[EpochResult],
    accuracy: Accuracy,
    seed: int,
    start: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What a contract tells about how much was learned from and how well the validation chips were mapped.

    Args:
        samples: the sample set.
        samples_sha256: its fingerprint.
        results: what each epoch brought, of which the best is exported.
        accuracy: of the map that the file makes by default, on the validation chips.
        seed: random seed.
        start: what `start_record` told.
    """
    names = [entry.name for entry in samples.classes]
    iou = {name: round(value, 4) for name, value in zip(names, accuracy.iou) if math.isfinite(value)}
    return {
        "chips": {split: len(samples.of_split(split)) for split in ("train", "validation")},
        "labelled_pixels": {
            split: dict(zip(names, counts))
            for split, counts in samples.class_pixels.items()
            if split in ("train", "validation")
        },
        "validation": {"mean_iou": round(accuracy.mean_iou, 4), "iou": iou, "epoch": best_of(results).epoch},
        "seed": seed,
        "threads": list(
            dict.fromkeys(result.threads for result in results)
        ),  # a training may go on in others
        "samples_sha256": samples_sha256,
        **({"start": dict(start)} if start else {}),
    }
