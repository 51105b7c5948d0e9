"""Where on an image there are labels, block by block."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..errors import LabelError
from ..progress import Progress, Quiet, stop_if_cancelled
from ..raster.tiling import Window, tile_grid
from ..translation import tr
from .block_split import GAP_PX, Block, BlockGrid
from .labels import LabelledArea
from .pixel_size import metres_per_pixel
from .preparation import Preparation

SMALLEST_BLOCK_PX = 2 * GAP_PX
"""Narrower blocks would lose most of their labels to the halo around those of the other split."""
_SMALLEST_AUTOMATIC_PX = 4 * GAP_PX
_ENOUGH_BLOCKS = 10  # to be spread over two splits
FOLDER_IS_AS_BEFORE = "The run was stopped; the sample set's folder is as it was before."


@dataclass
class LabelledBlocks:
    """The blocks that hold labels.

    Attributes:
        grid: all blocks.
        class_pixels: labelled pixels of each class, for each block that has some.
        chips: the windows with labels that these blocks are cut into.
        contradictory_px: pixels in labels of several classes, which are not labelled.
        contradicting: the codes of these classes.
    """

    grid: BlockGrid
    class_pixels: dict[Block, NDArray[np.int64]] = field(default_factory=dict)
    chips: dict[Block, list[Window]] = field(default_factory=dict)
    contradictory_px: int = 0
    contradicting: set[int] = field(default_factory=set)


def labelled_blocks(
    truth: LabelledArea, settings: Preparation, classes: int, progress: Progress
) -> LabelledBlocks:
    """Count the labels of blocks of the size that is asked for, or else of one that fits.

    Args:
        truth: the labels.
        settings: how chips are cut and split.
        classes: how many there are.
        progress: told what is done; asked between two chips whether to stop.

    Raises:
        LabelError: the blocks are too small.
        Cancelled: the user stopped the run.
    """
    height_m, width_m = metres_per_pixel(truth.grid)
    side_m, chip_side_px = settings.block_size_m, settings.chip_side_px
    if side_m <= 0:
        fewest = 0 if settings.validation_fraction in (0, 1) else _ENOUGH_BLOCKS
        return blocks_to_spread(truth, chip_side_px, classes, progress, fewest)
    sides_px = (max(1, round(side_m / height_m)), max(1, round(side_m / width_m)))
    if min(sides_px) < SMALLEST_BLOCK_PX:
        raise LabelError(
            tr(
                "Blocks of {size:g} m are {width} px wide, and training and validation labels have to be {gap} px "
                "apart; choose a block size of {smallest:.4g} m or more, or leave it empty for an automatic one.",
                size=side_m,
                width=min(sides_px),
                gap=GAP_PX,
                smallest=SMALLEST_BLOCK_PX * max(height_m, width_m),
            )
        )
    return blocks_of_size(truth, sides_px, chip_side_px, classes, progress)


def blocks_of_size(
    truth: LabelledArea, sides_px: tuple[int, int], chip_side_px: int, classes: int, progress: Progress
) -> LabelledBlocks:
    """Count the labels of blocks of at most a size, chip by chip.

    Args:
        truth: the labels.
        sides_px: height and width of a block.
        chip_side_px: largest height and width of a chip.
        classes: how many there are.
        progress: told what is done; asked between two chips whether to stop.

    Raises:
        Cancelled: the user stopped the run.
    """
    found = LabelledBlocks(BlockGrid.of_size(truth.grid.extent, *sides_px))
    touched = found.grid.touched(truth.boxes)
    for number, block in enumerate(touched, start=1):
        for tile in tile_grid(found.grid.window(block), chip_side_px, halo_px=0, stride=1):
            stop_if_cancelled(progress, tr(FOLDER_IS_AS_BEFORE))
            look = truth.look(tile.inner)
            found.contradictory_px += look.contradictory_px
            found.contradicting |= look.contradicting
            pixels = np.bincount(look.codes.ravel(), minlength=classes + 1)[1:]
            if pixels.any():
                found.class_pixels[block] = found.class_pixels.get(block, 0) + pixels
                found.chips.setdefault(block, []).append(tile.inner)
        progress.report(number / len(touched))
    return found


def blocks_to_spread(
    truth: LabelledArea, chip_side_px: int, classes: int, progress: Progress, fewest: int
) -> LabelledBlocks:
    """The same for blocks as large as a chip, or smaller where fewer blocks than are needed would hold labels.

    Args:
        truth: see `blocks_of_size`, as for all others.
        chip_side_px: largest height and width of a chip.
        classes: how many there are.
        progress: told what is done; asked between two chips whether to stop.
        fewest: how many blocks with labels are needed.

    Raises:
        Cancelled: the user stopped the run.
    """
    side_px = max(chip_side_px, _SMALLEST_AUTOMATIC_PX)
    while True:
        found = blocks_of_size(truth, (side_px, side_px), chip_side_px, classes, progress)
        if len(found.class_pixels) >= fewest or side_px // 2 < _SMALLEST_AUTOMATIC_PX:
            return found
        side_px, progress = side_px // 2, Quiet()  # few blocks: looking again takes no time
