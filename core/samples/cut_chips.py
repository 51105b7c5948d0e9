"""From an image and labels to the chips of a sample set."""

from __future__ import annotations

import numpy as np

from ..errors import LabelError
from ..progress import Part, Progress, stop_if_cancelled
from ..raster.image_reader import ImageReader
from ..raster.operation import Operations, gdals_own
from ..translation import tr
from .block_split import GAP_PX, VALIDATION, Block, split_blocks
from .chip_cutter import ChipCutter
from .existing_chips import ExistingChips
from .labelled_blocks import FOLDER_IS_AS_BEFORE, LabelledBlocks, labelled_blocks
from .labels import LabelledArea
from .outcome import Outcome
from .preparation import Preparation
from .preparation_warnings import changed_labels, contradictions, lacking
from .sample_set import SPLITS
from .writer import SampleWriter

_LOOKING_SHARE = 0.1
"""Of the progress: burning labels once takes about a tenth of reading, burning and writing."""


def prepare_samples(
    reader: ImageReader,
    truth: LabelledArea,
    training: LabelledArea,
    writer: SampleWriter,
    settings: Preparation,
    progress: Progress,
    operations: Operations = gdals_own,
) -> Outcome:
    """Cut an image and its labels into chips and write them.

    Only windows of the image that hold labels are read, one chip at a time. The labels are looked at twice: once to
    split the blocks, once to write the chips.

    Args:
        reader: the image.
        truth: the labels as they are, for validation.
        training: the labels of the training chips: the same, or with simulated flaws.
        writer: takes the chips; to be finished by the caller.
        settings: how to cut and split.
        progress: told what is done; asked between two chips whether to stop.
        operations: how coordinates get from the systems of the set's chips to the image's.

    Returns:
        What was written and left out.

    Raises:
        LabelError: no pixel of the image is labelled or can be used, or the blocks are too small.
        RasterError: the image cannot be read.
        Cancelled: the user stopped the run.
    """
    existing_chips = ExistingChips(writer.known, reader, operations)
    labelled = labelled_blocks(truth, settings, len(writer.classes), Part(progress, 0, _LOOKING_SHARE))
    warnings = contradictions(labelled, writer)
    if not labelled.class_pixels:
        raise LabelError(
            " ".join(
                [
                    tr(
                        "No pixel of {image} is labelled: the labels (inside the area, if one is given) lie outside "
                        "the image or are smaller than its pixels; choose labels of this image.",
                        image=reader.path,
                    ),
                    *warnings,
                ]
            )
        )
    blocks, splits = labelled.grid, _splits(labelled, settings, existing_chips)
    alpha = [label.number for label in reader.labels if label.colour == "Alpha"]
    outcome = Outcome(
        block_size_px=(blocks.height, blocks.width),
        alpha_bands=[number for number in alpha if number not in reader.bands],
        called_alpha=reader.called_alpha,
        contradictory_pixels=labelled.contradictory_px,
        warnings=warnings,
    )
    validation = [blocks.window(block) for block, split in splits.items() if split == VALIDATION]
    near_validation = [window.grown(GAP_PX) for window in validation]
    cutter = ChipCutter(reader, truth, training, settings, existing_chips, near_validation, writer, outcome)
    done, number = 0, sum(map(len, labelled.chips.values()))
    for block, windows in labelled.chips.items():
        for window in windows:
            stop_if_cancelled(progress, tr(FOLDER_IS_AS_BEFORE))
            cutter.cut(window, SPLITS[splits[block]])
            done += 1
            progress.report(_LOOKING_SHARE + (1 - _LOOKING_SHARE) * done / number)
    if not outcome.added and not outcome.known:
        raise LabelError(
            tr(
                "None of the labelled pixels of {image} can be used: {invalid} lie where the image has no data, "
                "{halo} within {gap} px of the other split; label another area.",
                image=reader.path,
                invalid=outcome.invalid_pixels,
                halo=outcome.gap_pixels,
                gap=GAP_PX,
            )
        )
    outcome.warnings += [*changed_labels(outcome), *lacking(writer, settings.validation_fraction)]
    return outcome


def _splits(
    labelled: LabelledBlocks, settings: Preparation, existing_chips: ExistingChips
) -> dict[Block, int]:
    """The split of each block with labels, TRAIN or VALIDATION: the one that the set has its ground in, if any."""
    counts, fraction = labelled.class_pixels, settings.validation_fraction
    is_fixed = fraction in (0, 1)
    known = [-1 if is_fixed else existing_chips.split_of(labelled.grid.window(block)) for block in counts]
    splits = split_blocks(np.stack(list(counts.values())), fraction, settings.seed, np.array(known))
    return dict(zip(counts, splits.tolist()))
