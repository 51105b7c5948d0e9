"""Writing a new sample set in one go, from chips that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...models.contract import ClassEntry
from ..errors import LabelError
from ..translation import tr
from .chip_files import chip_files
from .sample_set import LIST, Chip, SampleSet
from .writer import SampleWriter


class LabelledChip(NamedTuple):
    """A chip with its image (bands, height, width) and its labels (height, width), 0 = unlabelled."""

    chip: Chip
    image: NDArray[Any]
    labels: NDArray[np.uint8]


def write_samples(
    folder: str | Path,
    chips: Iterable[LabelledChip],
    band_names: Sequence[str],
    classes: Sequence[ClassEntry],
    pixel_size_m: float,
    source: str,
    licence: str,
) -> SampleSet:
    """Write a new sample set in one go.

    Args:
        folder: the folder to write; a set that is there is replaced.
        chips: what is in it.
        band_names: the image's bands, in order.
        classes: the classes, in order; label 1 is the first.
        pixel_size_m: size of a pixel on the ground, m.
        source: where image and labels come from.
        licence: under what terms.

    Raises:
        LabelError: image and labels differ in size, a label is unknown, or no training chip has a labelled pixel.
    """
    _delete(Path(folder))
    with SampleWriter(folder, band_names, classes, pixel_size_m) as writer:
        for chip, image, labels in chips:
            writer.add(chip, image, labels)
        if not writer.class_pixels["train"][1:].any():
            raise LabelError(
                tr(
                    "The sample set {folder} has no labelled training pixel; add labelled chips to train.",
                    folder=folder,
                )
            )
        return writer.finish(source, licence)


def _delete(folder: Path) -> None:
    """Delete the chips that a set lists, and the list; what it does not list is someone's."""
    with suppress(LabelError):  # none is there, or nobody knows what is in it
        samples = SampleSet.open(folder)
        for made in [made for chip in samples.chips for made in chip_files(folder, chip.name)]:
            made.unlink(missing_ok=True)
    (folder / LIST).unlink(missing_ok=True)
