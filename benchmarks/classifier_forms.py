"""What the forms of the classifier cost and are worth: `make bench-classifiers`.

Trains the paper's classifier, the U-Net and U-Nets of other widths and depths with one recipe on the noisy labels of
the buildings (the samples of `make study`) and judges them on the accurate column, not on the test part: these figures
are for decisions. Speed is that of ONNX Runtime on the CPU.
"""

from __future__ import annotations

import argparse
import math
import time
from statistics import median
from typing import Any

import numpy as np

from ..core.samples.sample_set import SampleSet
from ..core.training.fitting import CLASSIFIER_COLOURS
from ..core.training.loop import fit
from ..core.training.patches import PatchSource
from ..core.training.recipe import Recipe, TrainingRun
from ..core.training.validation_accuracy import validate_on
from ..models.pytorch.classifier import Classifier, PaperClassifier
from ..models.pytorch.export import traced
from ..models.pytorch.unet import UNetClassifier
from ..recipes.banepa import banepa_regions, banepa_samples, coarse_and_accurate
from .corrector_forms import say
from .study.datasets import FOLDER

_SIDE_PX = 1024


class Narrow(UNetClassifier):
    """Half as many channels at the finest level."""

    form, widths = "u-net, narrow", (16, 48, 96)


class Wide(UNetClassifier):
    """More channels."""

    form, widths = "u-net, wide", (48, 80, 128)


class Deep(UNetClassifier):
    """One level more, and with it a reach of more than 100 px."""

    form, widths, blocks, stride = "u-net, four levels", (32, 48, 64, 96), (1, 1, 1, 1), 16


FORMS: dict[str, Any] = {kind.form: kind for kind in (PaperClassifier, UNetClassifier, Narrow, Wide, Deep)}


def reach_px(network: Classifier) -> int:
    """How far a score looks: how far from a pixel that is no number there are scores that are none."""
    import torch

    side = 32 * network.stride + 1
    side -= side % network.stride
    middle = side // 2 - side // 2 % network.stride
    farthest = 0
    for place in range(middle, middle + network.stride):
        image = torch.zeros(1, network.mean.shape[1], side, side, dtype=torch.float64)
        image[:, :, place, place] = math.nan
        with torch.no_grad():
            rows = network(image).isnan().any(1)[0].any(1).nonzero()
        farthest = max(farthest, int((rows - place).abs().max()))
    return farthest


def gflop_per_mpx(graph: Any) -> float:
    """Multiplications and additions of a graph's convolutions, Gflop for each Mpx."""
    from onnx import numpy_helper

    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    flop, cells_px = 0.0, 1
    for node in graph.node:
        if node.op_type == "Conv":
            stride = next((a.ints[0] for a in node.attribute if a.name == "strides"), 1)
            cells_px *= stride
            flop += 2 * weights[node.input[1]].size / cells_px**2
        elif node.op_type == "Resize":
            cells_px //= 2
    return flop / 1e3


def mpx_per_second(model: Any, bands: int, threads: int) -> float:
    """Speed of a graph in ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    image = np.random.default_rng(0).uniform(0, 255, (1, bands, _SIDE_PX, _SIDE_PX)).astype(np.float32)
    seconds = []
    for _ in range(6):
        start = time.perf_counter()
        session.run(None, {"image": image})
        seconds.append(time.perf_counter() - start)
    return _SIDE_PX**2 / median(seconds[1:]) / 1e6


def validation_iou(samples: SampleSet, network: Classifier, recipe: Recipe) -> tuple[float, float, float]:
    """Best mean IoU and boundary IoU on the accurate column after a training, and its speed in Mpx/s."""
    import torch

    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    coarse, accurate = coarse_and_accurate(samples)
    patches = PatchSource(samples, coarse, recipe.side_px, CLASSIFIER_COLOURS)

    def predict(image: Any, _scores: Any) -> list[Any]:
        return [network(image.contiguous(memory_format=torch.channels_last))]

    def validate() -> list[Any]:
        # a halo of whole cells of 16 px keeps the phase of every form
        halo_px = math.ceil(reach / 16) * 16
        return validate_on(samples, accurate, predict, halo_px)

    reach = network.reach_px
    results = list(fit(network, predict, patches, validate, TrainingRun(recipe)))
    best = max((result.validation[0] for result in results), key=lambda accuracy: accuracy.mean_iou)
    return best.mean_iou, best.mean_boundary_iou, median(r.pixels_per_second for r in results) / 1e6


def main() -> None:
    """Train, measure and print."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(FORMS), default=list(FORMS))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    samples = banepa_samples(FOLDER / "banepa" / "0" / "samples", banepa_regions(True, 4, 5), 0)
    statistics = [band.mean for band in samples.bands], [band.deviation for band in samples.bands]
    recipe = Recipe(
        epochs=arguments.epochs, steps=arguments.steps, batch=32, side_px=128, learning_rate=1e-3,
        weight_decay=0.01, border_px=8, seed=arguments.seed,
    )  # fmt: skip
    say(
        "| classifier | parameters | Gflop/Mpx | receptive field radius, px | Mpx/s in ONNX Runtime | Mpx/s in "
        "training | mean IoU | boundary IoU |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    for name in arguments.only:
        torch.manual_seed(arguments.seed)
        network = FORMS[name](*statistics, len(samples.classes))
        image = np.zeros((1, len(samples.bands), 64, 64), np.float32)
        model = traced(network.exported(), [image], ["image"], "scores")
        size = sum(parameter.numel() for parameter in network.parameters())
        speed = mpx_per_second(model, len(samples.bands), torch.get_num_threads())
        network.reach_px = reach_px(network.double())
        network.float()
        iou, boundary_iou, learned = validation_iou(samples, network, recipe)
        say(
            f"| {name} | {size} | {gflop_per_mpx(model.graph):.1f} | {network.reach_px} | {speed:.2f} | "
            f"{learned:.2f} | {100 * iou:.1f} | {100 * boundary_iou:.1f} |"
        )


if __name__ == "__main__":
    main()
