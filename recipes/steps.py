"""The steps every shipped network goes through: train, score, judge."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..core.assessment import Accuracy, assess
from ..core.map_writer import MapWriter, ScoresWriter
from ..core.patches import Augmentation, PatchSource
from ..core.pipeline import classify_raster
from ..core.progress import Quiet
from ..core.raster import RasterReader
from ..core.samples import Chip, SampleSet, read_chip, write_chip
from ..core.tiles import Window
from ..core.training import EpochResult, Recipe, fit, validate_on
from ..models.contract import ClassEntry
from ..models.session import Network

if TYPE_CHECKING:
    from ..models.classifier import PaperClassifier
    from ..models.corrector import Corrector


COLOURS = Augmentation(brightness=0.4, contrast=0.3, gamma=0.3)
"""Other light, season and sensor, as far as a network can still learn colours."""


def say(text: str) -> None:
    """One line for the log."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def train_classifier(
    samples: SampleSet, chips: Sequence[Chip], judged_on: Sequence[Chip], recipe: Recipe, checkpoint: Path
) -> PaperClassifier:
    """Train the paper's classifier.

    Args:
        samples: the sample set.
        chips: the chips to learn from.
        judged_on: the chips whose mean IoU chooses the best epoch.
        recipe: how to train.
        checkpoint: where the training is kept, and gone on from.
    """
    import torch

    from ..models.classifier import PaperClassifier

    torch.manual_seed(recipe.seed)
    network = PaperClassifier(
        [band.mean for band in samples.bands],
        [band.deviation for band in samples.bands],
        len(samples.classes),
    ).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    patches = PatchSource(samples, chips, recipe.side_px, COLOURS)

    def predict(image: Any, scores: Any) -> list[Any]:
        return [network(image.contiguous(memory_format=torch.channels_last))]

    def validate() -> list[Accuracy]:
        return validate_on(samples, judged_on, predict, network.reach_px)

    for result in fit(network, predict, patches, validate, recipe, checkpoint):
        say(_line(result))
    return network


def train_corrector(
    samples: SampleSet,
    chips: Sequence[Chip],
    judged_on: Sequence[Chip],
    form: str,
    iterations: int,
    recipe: Recipe,
    checkpoint: Path,
    every_iterate: bool = True,
) -> Corrector:
    """Train a corrector on cached scores; the classifier is frozen.

    Args:
        samples: the sample set, with the scores of all chips below.
        chips: the chips to learn from.
        judged_on: the chips whose mean IoU chooses the best epoch.
        form: 'deep' or 'paper'.
        iterations: how often the update is applied.
        recipe: how to train.
        checkpoint: where the training is kept, and gone on from.
        every_iterate: whether the loss is on every iterate or on the last one only.
    """
    import torch

    from ..models.corrector import DeepCorrector, PaperCorrector

    spread = float(np.mean([read_chip(samples.score_path(chip)).std() for chip in chips]))
    torch.manual_seed(recipe.seed)
    kind = {"deep": DeepCorrector, "paper": PaperCorrector}[form]
    network = kind(
        [band.mean for band in samples.bands],
        [band.deviation for band in samples.bands],
        len(samples.classes),
        spread,
    )
    patches = PatchSource(samples, chips, recipe.side_px, COLOURS, with_scores=True)

    def predict(image: Any, scores: Any) -> list[Any]:
        iterates = network.iterates(scores, image, iterations)
        return iterates if every_iterate or not network.training else iterates[-1:]

    def validate() -> list[Accuracy]:
        halo = network.reach_px + iterations * network.reach_per_iteration_px
        return validate_on(samples, judged_on, predict, halo)

    for result in fit(network, predict, patches, validate, recipe, checkpoint):
        say(_line(result))
    return network


def score_chips(samples: SampleSet, chips: Sequence[Chip], classifier: Path) -> None:
    """Write the scores of chips into the sample set, made by the very file and engine that the user will run.

    Chips that were scored by the same file are left as they are.

    Args:
        samples: the sample set.
        chips: which of its chips.
        classifier: the classifier's ONNX file.
    """
    network = Network.open(classifier, "CPU")
    for chip in chips:
        path = samples.score_path(chip)
        made_by = path.with_suffix(".sha256")
        if not (made_by.exists() and made_by.read_text() == network.sha256):
            scores, _ = run(samples, chip, network, None, 0)
            write_chip(path, scores, like=samples.image_path(chip))
            made_by.write_text(network.sha256)


def run(
    samples: SampleSet, chip: Chip, classifier: Network, corrector: Network | None, iterations: int
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Run the engine on one chip.

    Returns:
        Scores (classes, height, width) and map (height, width).
    """
    extent = Window(0, 0, chip.height, chip.width)
    with TemporaryDirectory() as name:
        map_path, scores_path = Path(name) / "map.tif", Path(name) / "scores.tif"
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(str(samples.image_path(chip))))
            grid = reader.grid
            map_writer = stack.enter_context(MapWriter(map_path, grid, samples.classes, {}))
            scores_writer = stack.enter_context(ScoresWriter(scores_path, grid, samples.classes, {}))
            classify_raster(
                reader, classifier, corrector, iterations, extent, 0, map_writer, None, scores_writer, Quiet()
            )
        return read_chip(scores_path), read_chip(map_path)[0]


def judge(
    samples: SampleSet, chips: Sequence[Chip], classifier: Path, corrector: Path, iterations: Sequence[int]
) -> list[Accuracy]:
    """Accuracy of the files as the user will run them, after each number of iterations.

    Args:
        samples: the sample set.
        chips: chips with a reference.
        classifier: the classifier's ONNX file.
        corrector: the corrector's ONNX file.
        iterations: the numbers of iterations to judge.
    """
    networks = Network.open(classifier, "CPU"), Network.open(corrector, "CPU")
    found = []
    for count in iterations:
        parts = [
            assess(
                read_chip(samples.label_path(chip))[0],
                run(samples, chip, *networks, count)[1],
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


def _line(result: EpochResult) -> str:
    accuracies = " ".join(f"{100 * accuracy.mean_iou:.1f}" for accuracy in result.validation)
    best = " *" if result.is_best else ""
    return (
        f"epoch {result.epoch}: loss {result.loss:.4f}, validation mean IoU {accuracies}{best}, "
        f"{result.pixels_per_second / 1e6:.2f} Mpx/s, {result.seconds:.0f} s"
    )
