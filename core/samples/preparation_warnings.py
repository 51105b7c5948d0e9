"""What a user is warned of when samples are prepared."""

from __future__ import annotations

from ..translation import tr, word
from .labelled_blocks import LabelledBlocks
from .outcome import Outcome
from .sample_set import SPLITS
from .writer import SampleWriter

_FEW_PIXELS = 1000


def contradictions(labelled: LabelledBlocks, writer: SampleWriter) -> list[str]:
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


def changed_labels(outcome: Outcome) -> list[str]:
    """A sentence about labels that say otherwise than those of the set; none where there are none."""
    if not outcome.changed_pixels:
        return []
    return [
        tr(
            "Labelled pixels that have another class in chips which the sample set has already: {count}. A network "
            "would learn both; prepare a new sample set where the labels have been changed.",
            count=outcome.changed_pixels,
        )
    ]


def lacking(writer: SampleWriter, validation_fraction: float) -> list[str]:
    """What the set, as it is now, lacks for training."""
    warnings = []
    for split in SPLITS[:2]:
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
