"""What became of an image and its labels when chips were cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ..raster.band_names import called_alpha_sentence
from ..translation import tr
from .block_split import GAP_PX


@dataclass
class Outcome:
    """What became of an image and its labels.

    Attributes:
        added: chips that were written.
        known: chips that the set had already, which were not written again.
        block_size_px: height and width of the blocks.
        gap_pixels: labelled pixels that are left out because they lie within the gap to the other split.
        invalid_pixels: labelled pixels that are left out because the image has no data there.
        contradictory_pixels: pixels that are left out because labels of several classes lie there.
        known_pixels: labelled pixels that the sample set has labelled already.
        changed_pixels: those of them that have another class there.
        alpha_bands: bands of the image, from 1, that are left out because they are marked as transparency.
        called_alpha: bands that are so marked and taken for data all the same.
        warnings: sentences.
    """

    added: int = 0
    known: int = 0
    block_size_px: tuple[int, int] = (0, 0)
    gap_pixels: int = 0
    invalid_pixels: int = 0
    contradictory_pixels: int = 0
    known_pixels: int = 0
    changed_pixels: int = 0
    alpha_bands: list[int] = field(default_factory=list)
    called_alpha: Sequence[int] = ()
    warnings: list[str] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """The numbers, for `samples.json`."""
        return {name: value for name, value in asdict(self).items() if name != "warnings"}

    def lines(self) -> list[str]:
        """What a user wants to know."""
        lines = [
            tr(
                "Chips written: {count}, from blocks of {width} x {height} px.",
                count=self.added,
                width=self.block_size_px[1],
                height=self.block_size_px[0],
            )
        ]
        if self.known:
            lines.append(
                tr(
                    "Chips that are in the sample set already and were not written again: {count}.",
                    count=self.known,
                )
            )
        if self.gap_pixels:
            lines.append(
                tr(
                    "Labelled pixels left out because they are within {gap} px of the other split: {count}.",
                    count=self.gap_pixels,
                    gap=GAP_PX,
                )
            )
        if self.invalid_pixels:
            lines.append(
                tr(
                    "Labelled pixels left out because the image has no data there: {count}.",
                    count=self.invalid_pixels,
                )
            )
        if self.known_pixels:
            lines.append(
                tr(
                    "Labelled pixels that chips of the sample set have already: {count}, of which {changed} as another "
                    "class.",
                    count=self.known_pixels,
                    changed=self.changed_pixels,
                )
            )
        if self.alpha_bands:
            lines.append(
                tr(
                    "Band {bands} of the image is marked as transparency (alpha) and left out. If it is a band like "
                    "others (near infrared), choose all bands, here and to classify.",
                    bands=", ".join(map(str, self.alpha_bands)),
                )
            )
        if self.called_alpha:
            lines.append(called_alpha_sentence(self.called_alpha))
        return lines
