"""How fast networks learn on the device, and that what it learned passes the export's comparison."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ...core.errors import ExportError
from ...core.raster.tiling import Window
from ...models.contract import NetworkFacts
from ...models.onnx_file.reading import read_contract
from .pair import WEIGHTS
from .report import Report
from .scene import Scene

_SIDE_PX = 128
_PATCHES = {"classifier": 16, "deep": 2, "paper": 2}  # in a step, as the trainings take them
_ITERATIONS = 5
_STEPS = {"cuda": 100, "cpu": 3}
_SCENE_PX = 1024


def epochs(device: str, scene: Scene, is_quick: bool, report: Report) -> None:
    """Steps of the classifier and both correctors in single and mixed precision, against one thread of the CPU."""
    report.begin("learning, Mpx/s")
    try:
        import torch
    except ImportError as error:
        report.add("all of it", f"skipped: PyTorch is not installed ({error})")
        return
    where = "cuda" if device in ("CUDA", "TensorRT") else "cpu"
    if where == "cuda" and not torch.cuda.is_available():
        report.add("all of it", f"skipped: PyTorch {torch.__version__} has no CUDA here")
        return
    steps = 1 if is_quick else _STEPS[where]
    for form in _PATCHES:
        with _threads(1):
            alone = _mpx_per_s(form, "cpu", False, 1 if is_quick else _STEPS["cpu"], scene)[0]
        report.add(f"{form}, one thread of the CPU, fp32", f"{alone:.3f}", form=form, mpx_per_s=alone)
        for is_mixed in (False, True):
            speed, network = _mpx_per_s(form, where, is_mixed, steps, scene)
            what = f"{form}, {where.upper()}, {'mixed precision (bfloat16)' if is_mixed else _single(where)}"
            try:
                exported = _exported(form, network)
            except ExportError as error:
                report.fail(what, str(error))
                continue
            report.add(
                what,
                f"{speed:.3f}, {speed / alone:.1f} times one thread; {exported}",
                form=form,
                mixed=is_mixed,
                mpx_per_s=speed,
                steps=steps,
            )


def _single(where: str) -> str:
    """What single precision is: on a GPU trainings leave PyTorch its default."""
    import torch

    return "fp32 (TF32 in convolutions)" if where == "cuda" and torch.backends.cudnn.allow_tf32 else "fp32"


def _mpx_per_s(form: str, where: str, is_mixed: bool, steps: int, scene: Scene) -> tuple[float, Any]:
    """Speed of steps on patches that are in memory, after one to warm up; and the network that has learned."""
    import torch
    from torch.nn.functional import cross_entropy

    network = _network(form).to(where).train()
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.01)
    image, labels, scores = (torch.from_numpy(array) for array in _patches(_PATCHES[form], scene))
    forward: Callable[..., list[Any]] = (
        (lambda image, _: [network(image)])
        if form == "classifier"
        else (lambda image, scores: network.iterates(scores, image, _ITERATIONS))
    )

    def step() -> None:
        sent = [array.to(where) for array in (image, labels, scores)]
        with torch.autocast(where, torch.bfloat16, is_mixed, cache_enabled=False):
            outputs = forward(sent[0], sent[2])
        loss = torch.stack([cross_entropy(output.float(), sent[1]) for output in outputs]).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        loss.item()  # waits for the device, as a training does that looks at its loss

    step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    seconds = time.perf_counter() - start
    return steps * image[:, 0].numel() / seconds / 1e6, network


def _network(form: str) -> Any:
    """An untrained network for the pretrained one's bands and classes."""
    import torch

    from ...models.pytorch.classifier import PaperClassifier
    from ...models.pytorch.corrector import DeepCorrector, PaperCorrector

    torch.manual_seed(0)
    contract = _contract("classifier")
    means, deviations = ([getattr(band, name) for band in contract.bands] for name in ("mean", "deviation"))
    kinds = {"classifier": PaperClassifier, "deep": DeepCorrector, "paper": PaperCorrector}
    return kinds[form](means, deviations, len(contract.classes))


def _patches(count: int, scene: Scene) -> tuple[Any, Any, Any]:
    """Patches of the scene, labels that can be learned (bright or dark), and scores that know them half."""
    rng = np.random.default_rng(0)
    places = rng.integers(0, _SCENE_PX, (count, 2))
    windows = [Window(int(row), int(col), _SIDE_PX, _SIDE_PX) for row, col in places]
    image = np.stack([scene.read(window) for window in windows]).astype(np.float32)
    grey = image.mean(axis=1)
    labels = (grey > np.median(grey)).astype(np.int64)
    classes = len(_contract("classifier").classes)
    known = 2.0 * (labels[:, None] == np.arange(classes)[:, None, None]) - 1
    scores = (known + rng.normal(0, 2, known.shape)).astype(np.float32)
    return image, labels, scores


def _exported(form: str, network: Any) -> str:
    """Whether the weights pass the comparison that each export makes.

    Raises:
        ExportError: they do not.
    """
    try:
        from ...models.pytorch.export import export_classifier, export_corrector

        role = "classifier" if form == "classifier" else "corrector"
        export = export_classifier if form == "classifier" else export_corrector
        with TemporaryDirectory() as folder:
            told = vars(_contract(role))
            facts = NetworkFacts(**{field.name: told[field.name] for field in fields(NetworkFacts)})
            export(network.cpu().eval(), facts, Path(folder) / f"{form}.onnx")
    except ImportError as error:
        return f"not exported: a package is missing ({error})"
    return "its weights pass the export's comparison"


def _contract(role: str) -> Any:
    return read_contract(WEIGHTS / f"buildings_{role}.onnx")


@contextmanager
def _threads(count: int) -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
