"""From an image and labels to the chips of a sample set."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LabelError
from ..progress import Part, Progress, stop_if_cancelled
from ..raster.grid import Grid
from ..raster.image_reader import ImageReader
from ..raster.operation import Operations, gdals_own
from ..raster.tiling import Window
from ..translation import tr, word
from .block_split import GAP_PX, VALIDATION, overlap, split_blocks
from .existing_chips import ExistingChips, placed
from .labelled_blocks import FOLDER_IS_AS_BEFORE, LabelledBlocks, blocks_of_size, blocks_to_spread
from .labels import LabelledArea
from .outcome import Outcome
from .sample_set import SPLITS, Chip
from .writer import SampleWriter

SMALLEST_BLOCK_PX = 2 * GAP_PX
"""Narrower blocks would lose most of their labels to the halo around those of the other split."""
_ENOUGH_BLOCKS = 10  # to be spread over two splits
_FEW_PIXELS = 1000
_SPLIT_NAMES = SPLITS[:2]
_LOOKING_SHARE = 0.1
"""Of the progress: burning labels once takes about a tenth of reading, burning and writing."""


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


def metres_per_pixel(grid: Grid) -> tuple[float, float]:
    """Height and width of a pixel on the ground, m; without a coordinate reference system map units count as m."""
    return grid.pixel_sides_m or (abs(grid.affine[5]), abs(grid.affine[1]))


def pixel_size_m_of(grid: Grid) -> float:
    """Side of a square as large as a pixel, m, likewise."""
    return grid.pixel_size_m or math.sqrt(math.prod(metres_per_pixel(grid)))


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
    looking = Part(progress, 0, _LOOKING_SHARE)
    labelled = _labelled_blocks(truth, settings, len(writer.classes), looking)
    blocks, counts = labelled.grid, labelled.class_pixels
    warnings = _contradictions(labelled, writer)
    if not counts:
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
    alpha = [label.number for label in reader.labels if label.colour == "Alpha"]
    outcome = Outcome(
        block_size_px=(blocks.height, blocks.width),
        alpha_bands=[number for number in alpha if number not in reader.bands],
        called_alpha=reader.called_alpha,
        contradictory_pixels=labelled.contradictory_px,
        warnings=warnings,
    )
    is_fixed = settings.validation_fraction in (0, 1)
    known = [-1 if is_fixed else existing_chips.split_of(blocks.window(block)) for block in counts]
    splits = dict(
        zip(
            counts,
            split_blocks(
                np.stack(list(counts.values())), settings.validation_fraction, settings.seed, np.array(known)
            ),
        )
    )
    validation = [blocks.window(block).grown(GAP_PX) for block in counts if splits[block] == VALIDATION]
    done, number = 0, sum(map(len, labelled.chips.values()))
    for block, windows in labelled.chips.items():
        split = _SPLIT_NAMES[splits[block]]
        for window in windows:
            stop_if_cancelled(progress, tr(FOLDER_IS_AS_BEFORE))
            labelled_area, shift_px = truth, (0.0, 0.0)
            if split == "train":
                labelled_area, shift_px = training, _shift_px(window, reader.grid, settings)
            labels = labelled_area.codes(window, shift_px).copy()
            was = existing_chips.codes(window)
            outcome.known_pixels += int(np.count_nonzero((labels > 0) & (was > 0)))
            outcome.changed_pixels += int(np.count_nonzero((labels > 0) & (was > 0) & (labels != was)))
            far = ~existing_chips.near_other_split(window, split, GAP_PX)
            if split == "train":
                _clear(far, window, validation)
            outcome.gap_pixels += int(np.count_nonzero(labels[~far]))
            labels *= far
            if labels.any():
                chip = _chip(reader, window, split, existing_chips.image_sha256)
                _write(reader, window, labels, chip, writer, outcome)
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
    if outcome.changed_pixels:
        outcome.warnings.append(
            tr(
                "Labelled pixels that have another class in chips which the sample set has already: {count}. A network "
                "would learn both; prepare a new sample set where the labels have been changed.",
                count=outcome.changed_pixels,
            )
        )
    outcome.warnings += _warnings(writer, settings.validation_fraction)
    return outcome


def _contradictions(labelled: LabelledBlocks, writer: SampleWriter) -> list[str]:
    """A sentence about labels of several classes on one place; none where there are none."""
    left_out = labelled.contradictory_px
    if not left_out:
        return []
    all_px = left_out + sum(int(pixels.sum()) for pixels in labelled.class_pixels.values())
    names = ", ".join(writer.classes[code - 1].name for code in sorted(labelled.contradicting))
    return [
        tr(
            "Pixels in labels of different classes ({classes}): {count} ({percent:.3g} % of those with a label). They "
            "are left out, and the area there stays unlabelled. To keep it, cut the labels of one class out of those "
            "of the other (Vector > Geoprocessing Tools > Difference).",
            classes=names,
            count=left_out,
            percent=100 * left_out / all_px,
        )
    ]


def _labelled_blocks(
    truth: LabelledArea, settings: Preparation, classes: int, progress: Progress
) -> LabelledBlocks:
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


def _write(
    reader: ImageReader,
    window: Window,
    labels: NDArray[np.uint8],
    chip: Chip,
    writer: SampleWriter,
    outcome: Outcome,
) -> None:
    image, valid = reader.read(window)
    outcome.invalid_pixels += int(np.count_nonzero(labels[~valid]))
    labels *= valid
    if not labels.any():
        return
    if writer.add(chip, _filled(image, valid), labels, valid, placed(reader.grid).window(window)):
        outcome.added += 1
    else:
        outcome.known += 1


def _chip(reader: ImageReader, window: Window, split: str, image_sha256: str) -> Chip:
    path = Path(reader.path)
    stem = re.sub(r"[^\w-]+", "_", path.stem)[:80]
    name = f"{stem}_{window.row}_{window.col}"
    return Chip(name, split, window.height, window.width, image=path.name, image_sha256=image_sha256)


def _filled(image: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[Any]:
    """The image with invalid pixels as a network will meet them: at the mean, here of the chip."""
    if valid.all():
        return image
    means = image[:, valid].mean(axis=1, dtype=np.float64)
    if image.dtype != np.float32:
        means = np.rint(means)
    return np.where(valid, image, means.astype(image.dtype)[:, None, None])


def _shift_px(window: Window, grid: Grid, settings: Preparation) -> tuple[float, float]:
    """A shift of a chip's labels, uniform in a disc; the same for the same chip, whatever comes before it."""
    rng = np.random.default_rng([settings.seed, window.row, window.col])
    angle, distance_m = rng.uniform(0, 2 * math.pi), settings.misregistration_m * math.sqrt(rng.uniform())
    height_m, width_m = metres_per_pixel(grid)
    return distance_m * math.sin(angle) / height_m, distance_m * math.cos(angle) / width_m


def _clear(far: NDArray[np.bool_], window: Window, others: list[Window]) -> None:
    """Take other windows out of a window's pixels."""
    for other in others:
        if overlap(window, other):
            far[other.clipped_to(window).relative_to(window).slices()] = False


def _warnings(writer: SampleWriter, validation_fraction: float) -> list[str]:
    """What the set, as it is now, lacks for training."""
    warnings = []
    for split in _SPLIT_NAMES:
        pixels = writer.class_pixels[split][1:]
        if not pixels.any():
            if validation_fraction not in (0, 1):
                warnings.append(
                    tr(
                        "The {split} split has no labelled pixel: label areas that are farther apart, or prepare a "
                        "new sample set with a smaller block size or another validation fraction.",
                        split=word(split),
                    )
                )
            continue
        for entry, number in zip(writer.classes, pixels):
            if number < _FEW_PIXELS:
                warnings.append(
                    tr(
                        "The class {name} has few {split} pixels ({number}; at least {least} are advised): label more "
                        "of it.",
                        name=entry.name,
                        split=word(split),
                        number=number,
                        least=_FEW_PIXELS,
                    )
                )
    return warnings
