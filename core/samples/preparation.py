"""How an image and its labels are cut into chips."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Preparation:
    """How chips are cut and split.

    Attributes:
        chip_side_px: largest height and width of a chip.
        block_size_m: spatial block size: side of the blocks that go to one split whole; 0 for automatic: as large as a
            chip, smaller where fewer than 10 blocks would be left to spread over two splits.
        validation_fraction: of the labelled pixels, 0 to 1; 0 and 1 put all into one split.
        seed: random seed.
        misregistration_m: training labels are moved by up to so much, each chip's by another shift.
    """

    chip_side_px: int = 512
    block_size_m: float = 0.0
    validation_fraction: float = 0.2
    seed: int = 0
    misregistration_m: float = 0
