"""The universal corrector on places it has not learned from: `make bench-universal`.

Each network is judged on the groups that were left out when it was trained, on real out-of-fold maps of three kinds
(`recipes/universal_maps.py`): class values of a random forest, its probabilities, and those of a CNN.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..core.metrics.accuracy import Accuracy, assess
from ..recipes.universal_maps import FOLDER, load
from ..recipes.universal_starts import MappedImage, mapped_images, scores_of, shares_of_codes
from .corrector_forms import say

KINDS = {
    "forest, classes": ("forest", True),
    "forest, probabilities": ("forest", False),
    "CNN, probabilities": ("cnn late", False),
    "logistic, classes": ("logistic", True),
}
Correct = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]
"""Scores (classes, height, width) and a standardised image (3, height, width) to scores."""


def starts(image: MappedImage) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The kinds of map there are of an image, as scores."""
    for kind, (name, is_hard) in KINDS.items():
        if name in image.maps:
            shares = image.maps[name].astype(np.float32) / 255
            yield kind, scores_of(shares_of_codes(shares.argmax(axis=0), len(shares)) if is_hard else shares)


def judged(image: MappedImage, scores: NDArray[np.float32]) -> Accuracy:
    """How well scores agree with what an image shows."""
    return assess(image.truth, (scores.argmax(axis=0) + 1).astype(np.uint8), image.classes)


def torch_corrector(path: Path, iterations: int, caution: float) -> Correct:
    """A network in training, as it is now."""
    import torch

    from ..models.pytorch.diffusion_corrector import DiffusionCorrector

    network = DiffusionCorrector()
    network.load_state_dict(torch.load(path, weights_only=True)["network"])
    network.caution.fill_(caution)
    network.eval()

    def correct(scores: NDArray[np.float32], image: NDArray[np.float32]) -> NDArray[np.float32]:
        hints = torch.zeros((1, 2, *scores.shape[1:]))
        with torch.inference_mode():
            found = network(
                torch.from_numpy(scores)[None], torch.from_numpy(image)[None], hints, torch.tensor(iterations)
            )
        return found[0].numpy()

    return correct


def main(arguments: Sequence[str]) -> None:
    """Print a row for each place and kind of map."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("groups", nargs="+")
    parser.add_argument("--maps", type=Path, default=FOLDER)
    parser.add_argument("--iterations", type=int, default=8)
    parser.add_argument("--caution", type=float, default=0.0)
    given = parser.parse_args(arguments)
    correct = torch_corrector(given.network, given.iterations, given.caution)
    rows = []
    for path in sorted(given.maps.glob("*.npz")):
        known = load(path)
        if known.place.group not in given.groups:
            continue
        found: dict[str, list[Accuracy]] = {}
        for image in mapped_images(known):
            for kind, scores in starts(image):
                before, after = judged(image, scores), judged(image, correct(scores, image.image))
                sums = found.setdefault(kind, [before, after])
                if sums[0] is not before:
                    sums[0], sums[1] = sums[0] + before, sums[1] + after
        for kind, (before, after) in found.items():
            say(
                f"{known.place.name:18} {kind:22} {100 * before.mean_iou:5.1f} -> {100 * after.mean_iou:5.1f} "
                f"({100 * (after.mean_iou - before.mean_iou):+.1f})  boundary {100 * before.mean_boundary_iou:5.1f} -> "
                f"{100 * after.mean_boundary_iou:5.1f}"
            )
            rows.append(after.mean_iou - before.mean_iou)
    say(f"mean gain {100 * np.mean(rows):+.2f}, worst {100 * min(rows):+.2f}")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
