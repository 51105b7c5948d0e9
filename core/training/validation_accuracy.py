"""What a network in training makes of whole chips, tile by tile as the engine reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import TRAINING_CANCELLED, Cancelled
from ..metrics.accuracy import Accuracy, assess
from ..progress import Progress, Quiet
from ..raster.tiling import Tile, Window, tile_grid
from ..samples.sample_set import Chip, SampleSet, read_chip
from ..translation import tr

if TYPE_CHECKING:
    from torch import Tensor

    Predict = Callable[[Tensor, "Tensor | None"], Sequence[Tensor]]
    """(image, scores) -> the outputs that are compared with the labels; the last one is the map."""

Codes = NDArray[np.uint8]
STRIDE_PX = 16
"""Tiles begin at multiples of it: a multiple of the strides of all networks that are trained here."""


def validate_on(
    samples: SampleSet,
    chips: Sequence[Chip],
    predict: Predict,
    halo_px: int,
    side_px: int = 512,
    progress: Progress | None = None,
    device: str = "cpu",
) -> list[Accuracy]:
    """Accuracy of every output of a network on whole chips.

    Args:
        samples: the sample set.
        chips: which of its chips.
        predict: what the network makes of (1, bands, height, width) and, if the chip has some, scores.
        halo_px: how far the network looks; chips are mirrored at their edges.
        side_px: height and width of a tile, px.
        progress: asked before each tile whether to stop.
        device: PyTorch's device of the network.

    Raises:
        Cancelled: the user stopped.
    """
    totals: list[Accuracy] = []
    for chip in chips:
        extent = Window(0, 0, chip.height, chip.width)
        for tile, maps in maps_of(samples, chip, extent, predict, halo_px, side_px, device):
            labels = read_chip(samples.label_path(chip), tile.inner)[0]
            found = [assess(labels, codes, len(samples.classes)) for codes in maps]
            totals = [a + b for a, b in zip(totals, found)] if totals else found
            if (progress or Quiet()).is_cancelled():
                raise Cancelled(tr(TRAINING_CANCELLED))
    return totals


def maps_of(
    samples: SampleSet,
    chip: Chip,
    extent: Window,
    predict: Predict,
    halo_px: int,
    side_px: int = 512,
    device: str = "cpu",
) -> Iterator[tuple[Tile, list[Codes]]]:
    """The map of every output of a network on a part of a chip, tile by tile; for the arguments see `validate_on`."""
    import torch

    with ExitStack() as stack:
        image_reader = stack.enter_context(samples.image_reader(chip))
        score_path, scores = samples.score_path(chip), None
        if score_path.exists():
            score_reader = stack.enter_context(samples.score_reader(chip))
        for tile in tile_grid(extent, side_px, halo_px, STRIDE_PX):
            image = torch.from_numpy(samples.finite(image_reader.read(tile.outer).values))[None].to(device)
            if score_path.exists():
                scores = torch.from_numpy(score_reader.read(tile.outer).values)[None].to(device)
            inner = tile.inner.relative_to(tile.outer).slices()
            with torch.no_grad():
                outputs = predict(image, scores)
            yield tile, [_codes(output[0])[inner] for output in outputs]


def _codes(scores: Tensor) -> Codes:
    codes: Codes = (scores.argmax(0) + 1).cpu().numpy().astype(np.uint8)
    return codes
