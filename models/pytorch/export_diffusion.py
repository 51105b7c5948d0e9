"""The diffusion corrector as an ONNX file: for any number of classes, its processes as loops that may end early."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from ..contract import NetworkFacts
from ..runtime.self_test import example_inputs
from .export import keep_exported, traced

if TYPE_CHECKING:
    from torch import nn

    from .diffusion_corrector import DiffusionCorrector

_INPUTS = ["scores", "image", "hints", "iterations"]
_OUTPUT = "corrected_scores"


def export_diffusion(network: DiffusionCorrector, facts: NetworkFacts, path: str | Path) -> None:
    """Write a diffusion corrector.

    Its inputs are `scores` (n, classes, h, w) float32 of any number of classes, `image` (n, 3, h, w) float32, `hints`
    (n, 2, h, w) float32 and `iterations` () int64, its output is `corrected_scores` like the scores.

    Args:
        network: the trained network.
        facts: what the file says about itself besides form, reaches, stride and self-test; of any map.
        path: the .onnx file to write.

    Raises:
        ExportError: ONNX Runtime computes something else than PyTorch; no file is left.
    """
    inputs = example_inputs(facts.bands, len(facts.classes), is_corrector=True, takes_hints=True)
    arrays = [inputs[name] for name in _INPUTS]
    graph = traced(_with_loops(network), arrays, _INPUTS, _OUTPUT, of_any_classes=("scores", _OUTPUT))
    keep_exported(network, graph, facts, inputs, path)


def _with_loops(network: DiffusionCorrector) -> nn.Module:
    """The network with its two processes compiled: traced, their loops would be as long as in the example."""
    import torch
    from torch import Tensor, nn

    from .processes import Processes, carried, refined_at_hints, settled

    with warnings.catch_warnings():
        # torch.export has no loops that end where values say so
        warnings.filterwarnings("ignore", message=".*torch.jit.script.* is deprecated")
        processes = Processes(
            torch.jit.script(settled), torch.jit.script(carried), torch.jit.script(refined_at_hints)
        )

    class WithLoops(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.corrector = network

        def forward(self, scores: Tensor, image: Tensor, hints: Tensor, iterations: Tensor) -> Tensor:
            corrected: Tensor = network(scores, image, hints, iterations, processes)
            return corrected

    return WithLoops()
