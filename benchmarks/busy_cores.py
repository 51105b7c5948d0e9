"""What a training loses to others who use the same cores: `make bench-busy`.

A small training learns for a few epochs, first alone and then while as many other programs as there are cores do
nothing but work: as PyTorch is by itself, with threads that wait at work; and as Recurve starts it, with as many
threads as are free, which sleep while they wait. Each in a process of its own: what waiting threads do is decided when
PyTorch is loaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from ..core.metrics.accuracy import assess
from ..core.progress import Quiet
from ..core.training.fitting import CLASSIFIER_COLOURS
from ..core.training.loop import fit
from ..core.training.patches import PatchSource
from ..core.training.recipe import Recipe, TrainingRun
from ..core.training.threads import use_threads
from .corrector_forms import say
from .training import noise_samples

_PACKAGE = str(__package__)
_FORMS, _EPOCHS, _STEPS, _BATCH, _SIDE_PX = ("PyTorch's own", "Recurve's"), 5, 10, 8, 128


def main() -> None:
    """Measure and print; with the name of a form, train in it and print the seconds of its epochs."""
    if len(sys.argv) > 1:
        say(" ".join(f"{seconds:.3f}" for seconds in epochs(sys.argv[1])))
        return
    say("| threads | other programs | seconds of an epoch, median | longest |\n| --- | --- | --- | --- |")
    for others in (0, os.cpu_count() or 1):
        for form in _FORMS:
            seconds = beside(others, form)
            say(f"| {form} | {others} | {median(seconds):.2f} | {max(seconds):.2f} |")


def beside(others: int, form: str) -> list[float]:
    """Seconds of each epoch while other programs work."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(others)]
    try:
        command = [sys.executable, "-m", f"{_PACKAGE}.busy_cores", form]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        for program in programs:
            program.kill()
            program.wait()
    return [float(word) for word in told.stdout.split()]


def epochs(form: str) -> list[float]:
    """Train, and give the seconds of each epoch; the first one, which warms up, counts as well."""
    if form == _FORMS[1]:
        use_threads(0, Quiet())
    from ..models.pytorch.classifier import PaperClassifier

    with TemporaryDirectory() as folder:
        samples = noise_samples(Path(folder), _SIDE_PX)
        patches = PatchSource(samples, samples.chips, _SIDE_PX, CLASSIFIER_COLOURS)
        network = PaperClassifier([127.0] * 3, [60.0] * 3, len(samples.classes))
        labels = patches.draw(1, np.random.default_rng(0)).labels[0]
        nothing = assess(labels, labels, len(samples.classes))
        run = TrainingRun(Recipe(_EPOCHS, _STEPS, _BATCH, _SIDE_PX, 1e-4))
        results = fit(network, lambda image, _: [network(image)], patches, lambda: [nothing], run)
        return [result.seconds for result in results]


if __name__ == "__main__":
    main()
