"""What each method costs: parameters, reach and Mpx/s on this machine, measured now, one after the other."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from ...core.raster.tiling import Window
from ...core.samples.sample_set import read_chip
from ...core.training.facts import corrector_facts
from ...models.pytorch.export import export_corrector
from ...models.runtime.network import Network
from .. import baselines
from ..corrector_forms import best_seconds
from .datasets import Base
from .refiners import AGNOSTIC, DEEP, DILATED, PAPER, PAPER_TWIN, TWIN
from .tables import table

SIDE_PX = 512
REPETITIONS = 5


def costs(base: Base) -> str:
    """The table: networks at the iterations that they are trained for, the hand-crafted baselines at usual settings.

    Args:
        base: whose bands, classes and first training chips are used.
    """
    samples = base.samples
    chip = max(samples.chips, key=lambda chip: min(chip.height, chip.width))
    window = Window(0, 0, min(SIDE_PX, chip.height), min(SIDE_PX, chip.width))
    pixels = read_chip(samples.image_path(chip), window).astype(np.float32)
    size = window.height * window.width / 1e6
    scores = (
        np.random.default_rng(0).normal(0, 2, (len(samples.classes), *pixels.shape[1:])).astype(np.float32)
    )
    lines = []
    with TemporaryDirectory() as folder:
        for refiner in (PAPER, PAPER_TWIN, AGNOSTIC, DEEP, TWIN, DILATED):
            network = refiner.make(samples, base.training, 0)
            path = Path(folder) / f"{refiner.name}.onnx"
            facts = corrector_facts(samples, refiner.name, (0.1, 10.0), refiner.iterations, "0" * 64)
            export_corrector(network, facts, path)
            session = Network.open(path, "CPU")
            image, start = session.upload(pixels), session.upload_scores(scores)
            seconds = best_seconds(lambda: session.correct(start, image, refiner.iterations), REPETITIONS)  # noqa: B023
            parameters = sum(weight.numel() for weight in network.parameters())
            reach = network.reach_px + refiner.iterations * network.reach_per_iteration_px
            lines.append([refiner.name, str(parameters), str(reach), f"{size / seconds:.2f}"])
    shares = baselines.shares_of(scores)
    for name, settings, method in baselines.methods():
        chosen = settings[len(settings) // 2]
        seconds = best_seconds(lambda: method(shares, pixels, **chosen), 2)  # noqa: B023
        lines.append([name, "", "", f"{size / seconds:.2f}"])
    return table(["method", "parameters", "receptive field radius, px", "Mpx/s"], lines)
