"""How fast networks learn: `make bench-training`.

Corrector: forward and backward of five iterations, against the textbook form (separate M, N and MLP convolutions per
class, computed anew at every iteration). Classifiers: training as it is, with reading, augmentation, optimiser and
averaging, against forward and backward alone on patches that are in memory. What is compared takes turns, and figures
are medians, of speeds and of the ratios within a turn: what else the machine does hits both.
"""

from __future__ import annotations

import argparse
import time
from contextlib import nullcontext
from copy import deepcopy
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Callable

import numpy as np

from ..core.metrics.accuracy import assess
from ..core.samples.sample_set import Chip, SampleSet
from ..core.samples.write_samples import LabelledChip, write_samples
from ..core.training.devices import precision
from ..core.training.fitting import CLASSIFIER_COLOURS
from ..core.training.loop import fit
from ..core.training.patches import PatchSource
from ..core.training.recipe import Recipe, TrainingRun
from ..models.contract import ClassEntry
from .corrector_forms import HIDDEN, ITERATIONS, say


def correctors(classes: int, turns: int, batch: int = 8, side: int = 128) -> None:
    """Print training throughput of the corrector's forms, in Mpx/s and relative to the textbook form."""
    import torch

    from ..models.pytorch.corrector import Corrector, DeepCorrector, PaperCorrector

    image = torch.rand(batch, 3, side, side) * 255
    scores = torch.randn(batch, classes, side, side)
    statistics = [127.0] * 3, [60.0] * 3
    paper = PaperCorrector(*statistics, classes)
    forms: dict[str, Callable[..., list[Any]]] = {
        "textbook": textbook(classes).iterates,
        "paper (ours)": paper.iterates,
        "paper, merged, grouped convolutions": lambda *inputs: Corrector.iterates(paper, *inputs),
        "deep": DeepCorrector(*statistics, classes).iterates,
    }

    def learn(iterates: Callable[..., list[Any]]) -> None:
        # the textbook's in single precision, ours in the one that they learn in
        with nullcontext() if iterates == forms["textbook"] else precision("cpu"):
            found = iterates(scores, image, ITERATIONS)
        torch.stack([iterate.square().mean() for iterate in found]).sum().backward()

    seconds = in_turn({name: lambda form=form: learn(form) for name, form in forms.items()}, turns)
    for name, times in seconds.items():
        ratio = median(slow / own for slow, own in zip(seconds["textbook"], times))
        say(f"| {classes} | {name} | {batch * side**2 / median(times) / 1e6:.3f} | {ratio:.2f} |")


def classifiers(turns: int, steps: int = 10, batch: int = 32, side: int = 128) -> None:
    """Print training throughput of the classifiers, in Mpx/s and relative to forward and backward alone."""
    import torch

    from ..models.pytorch.classifier import PaperClassifier
    from ..models.pytorch.unet import UNetClassifier

    with TemporaryDirectory() as folder:
        samples = noise_samples(Path(folder), side)
        patches = PatchSource(samples, samples.chips, side, CLASSIFIER_COLOURS)
        rng = np.random.default_rng(0)
        ready = [patches.draw(batch, rng) for _ in range(steps)]
        in_memory = [
            (torch.from_numpy(b.image), torch.from_numpy(b.labels.astype(np.int64)) - 1) for b in ready
        ]
        nothing = assess(ready[0].labels[0], ready[0].labels[0], len(samples.classes))
        recipe = Recipe(epochs=turns + 1, steps=steps, batch=batch, side_px=side, learning_rate=1e-4)
        for kind in (PaperClassifier, UNetClassifier):
            network = kind([127.0] * 3, [60.0] * 3, len(samples.classes))
            network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
            alone = deepcopy(network)

            def predict(image: Any, _scores: Any, network: Any = network) -> list[Any]:
                return [network(image.contiguous(memory_format=torch.channels_last))]

            def learn_alone(predict: Any = predict, alone: Any = alone) -> None:
                for image, labels in in_memory:
                    with precision("cpu"):
                        (scores,) = predict(image, None, alone)
                    alone.zero_grad()
                    torch.nn.functional.cross_entropy(scores.float(), labels, ignore_index=-1).backward()

            epochs = fit(network, predict, patches, lambda: [nothing], TrainingRun(recipe))
            seconds = in_turn({"whole": lambda epochs=epochs: next(epochs), "alone": learn_alone}, turns)
            ratio = median(alone / whole for alone, whole in zip(seconds["alone"], seconds["whole"]))
            speeds = [steps * batch * side**2 / median(seconds[name]) / 1e6 for name in ("alone", "whole")]
            say(f"| {kind.form} | {speeds[0]:.3f} | {speeds[1]:.3f} | {ratio:.2f} |")


def in_turn(works: dict[str, Callable[[], Any]], turns: int) -> dict[str, list[float]]:
    """Seconds of each of several works, which are done in turn, after one turn to warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return {name: times[1:] for name, times in seconds.items()}


def noise_samples(folder: Path, side: int) -> SampleSet:
    """A sample set of one large chip of noise; what is in it does not matter to the time."""
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (3, 8 * side, 8 * side), dtype=np.uint8)
    labels = rng.integers(0, 6, (8 * side, 8 * side), dtype=np.uint8)
    classes = tuple(ClassEntry(f"class {number}", "#102030") for number in range(1, 6))
    chip = Chip("noise", "train", *labels.shape)
    bands = ("red", "green", "blue")
    return write_samples(folder, [LabelledChip(chip, image, labels)], bands, classes, 1.0, "noise", "none")


def textbook(classes: int) -> Any:
    """The paper's corrector as a textbook would write it."""
    import torch
    from torch import nn

    class Corrector(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.m = nn.Conv2d(1, HIDDEN, 5, padding=2)
            self.n = nn.Conv2d(3, HIDDEN, 5, padding=2)
            self.mlps = nn.ModuleList(
                nn.Sequential(nn.Conv2d(2 * HIDDEN, HIDDEN, 1), nn.ReLU(), nn.Conv2d(HIDDEN, 1, 1))
                for _ in range(classes)
            )

        def iterates(self, scores: Any, image: Any, iterations: int) -> list[Any]:
            found = []
            for _ in range(iterations):
                changes = [
                    mlp(torch.cat([self.m(scores[:, k : k + 1]), self.n(image / 127 - 1)], 1))
                    for k, mlp in enumerate(self.mlps)
                ]
                scores = scores + torch.cat(changes, 1)
                found.append(scores)
            return found

    return Corrector()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--classes", type=int, nargs="+", default=[2, 5])
    arguments = parser.parse_args()
    say("| classes | corrector | Mpx/s | x textbook |\n| --- | --- | --- | --- |")
    for classes in arguments.classes:
        correctors(classes, arguments.turns)
    say(
        "\n| classifier | forward and backward alone, Mpx/s | training, Mpx/s | ratio |\n| --- | --- | --- | --- |"
    )
    classifiers(arguments.turns)


if __name__ == "__main__":
    main()
