"""Universal correctors as the measurements run them: checkpoints of a training, or exported files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .left_out import Codes, Scores, codes_of, digest_of

Run = Callable[[Scores, Scores, NDArray[np.float32], int], Scores]
"""Scores (classes, h, w), an image (3, h, w), hints (2, h, w) and a number of iterations to scores."""


@dataclass(frozen=True)
class UniversalNetwork:
    """A network and how it is run.

    Attributes:
        name: of its file.
        iterations: as many as it makes where nothing else is said.
        identity: what decides its figures, as a row keeps it.
        run: see `Run`.
    """

    name: str
    iterations: int
    identity: dict[str, Any]
    run: Run

    @property
    def family(self) -> str:
        """What it is called in the tables; the networks of all places left out have it in common."""
        return self.name.partition("_")[0]

    def scores(
        self,
        start: Scores,
        image: Scores,
        hints: NDArray[np.float32] | None = None,
        iterations: int | None = None,
    ) -> Scores:
        """The corrected scores (classes, height, width).

        Args:
            start: scores of the map, (classes, height, width); sides are multiples of 8.
            image: (3, height, width), standardised.
            hints: (2, height, width), see `hint_places.drawn`; none if None.
            iterations: other than the usual number.
        """
        hints = np.zeros((2, *start.shape[1:]), np.float32) if hints is None else hints
        return self.run(start, image, hints, self.iterations if iterations is None else iterations)

    def codes(
        self,
        start: Scores,
        image: Scores,
        hints: NDArray[np.float32] | None = None,
        iterations: int | None = None,
    ) -> Codes:
        """The corrected map, class values from 1 (height, width); see `scores`."""
        return codes_of(self.scores(start, image, hints, iterations))


def open_network(path: Path, iterations: int, caution: float | None = None) -> UniversalNetwork:
    """A checkpoint of `make train-universal` (.pt), or an exported file (.onnx).

    Args:
        path: of the file.
        iterations: of the process.
        caution: of a checkpoint, in place of its own (`DiffusionCorrector.caution`).
    """
    run = _exported(path) if path.suffix == ".onnx" else _checkpoint(path, caution)
    identity = {"sha256": digest_of(path), "iterations": iterations, "caution": caution}
    return UniversalNetwork(path.stem, iterations, identity, run)


def _checkpoint(path: Path, caution: float | None) -> Run:
    import torch

    from ..models.pytorch.diffusion_corrector import DiffusionCorrector

    network = DiffusionCorrector()
    network.load_state_dict(torch.load(path, weights_only=True)["network"])
    if caution is not None:
        network.caution.fill_(caution)
    network.eval()

    def run(scores: Scores, image: Scores, hints: NDArray[np.float32], iterations: int) -> Scores:
        with torch.inference_mode():
            given = (
                torch.from_numpy(np.ascontiguousarray(values))[None] for values in (scores, image, hints)
            )
            found: Scores = network(*given, torch.tensor(iterations))[0].numpy()
        return found

    return run


def _exported(path: Path) -> Run:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])

    def run(scores: Scores, image: Scores, hints: NDArray[np.float32], iterations: int) -> Scores:
        given = {"scores": scores[None], "image": image[None], "hints": hints[None]}
        found: Scores = session.run(None, {**given, "iterations": np.array(iterations, np.int64)})[0][0]
        return found

    return run
