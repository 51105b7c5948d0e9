"""Whether samples may be added to a sample set."""

from __future__ import annotations

from collections.abc import Sequence

from ...models.contract import ClassEntry
from ..errors import LabelError
from ..raster.class_value import class_key
from ..raster.tiling import Window
from ..translation import tr, word
from .sample_set import SampleSet, read_chip

_LARGEST_SIZE_RATIO = 1.1
"""Pixel sizes that differ less than this show the same things at the same size."""


def check_same_kind(
    known: SampleSet, band_names: Sequence[str], classes: Sequence[ClassEntry], pixel_size_m: float
) -> None:
    """Refuse to add samples of another kind to a set.

    Raises:
        LabelError: its bands, classes or pixel size are others, or it is too old to be added to.
    """
    for kind, names, needed, compared in (
        ("bands", list(band_names), [band.name for band in known.bands], str),
        ("classes", [entry.name for entry in classes], [entry.name for entry in known.classes], class_key),
    ):
        if list(map(compared, names)) != list(map(compared, needed)):
            raise LabelError(
                tr(
                    "{folder} is a sample set of the {kind} {needed}, and these samples have {names}; use the same in "
                    "the same order, or choose another folder.",
                    folder=known.folder,
                    kind=word(kind),
                    needed=", ".join(needed),
                    names=", ".join(names),
                )
            )
    larger, smaller = max(pixel_size_m, known.pixel_size_m), min(pixel_size_m, known.pixel_size_m)
    if larger > _LARGEST_SIZE_RATIO * smaller:
        raise LabelError(
            tr(
                "{folder} is a sample set of pixels of {known_size:.3g} m, and this image's are {size:.3g} m wide; "
                "choose another folder, or resample the image first.",
                folder=known.folder,
                known_size=known.pixel_size_m,
                size=pixel_size_m,
            )
        )
    if not known.band_sums:
        raise LabelError(
            tr(
                "{folder} is a sample set of an older version, which cannot be added to; choose another folder, and "
                "train on both.",
                folder=known.folder,
            )
        )


def check_same_type(known: SampleSet, dtype: str) -> None:
    """Refuse to add chips whose values have another type than those of a set.

    Raises:
        LabelError: they have.
    """
    found = read_chip(known.image_path(known.chips[0]), Window(0, 0, 1, 1)).dtype.name
    if found != dtype:
        raise LabelError(
            tr(
                "{folder} is a sample set of {found} values, and this image has {type}; choose another folder, or "
                "convert the image first.",
                folder=known.folder,
                found=found,
                type=dtype,
            )
        )
