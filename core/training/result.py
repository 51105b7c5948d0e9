"""A network that was trained and exported, with what its report shows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import NetworkFacts
from ..atomic_file import behind_link
from ..errors import RasterError
from ..metrics.accuracy import Accuracy
from ..raster.tiling import Window
from ..samples.sample_set import Chip, SampleSet, read_chip
from ..translation import tr
from .history import EpochResult, best_of
from .recipe import TrainingRun
from .validation_accuracy import Codes, maps_of

if TYPE_CHECKING:
    from .validation_accuracy import Predict

_EXAMPLES, _EXAMPLE_SIDE_PX = 4, 256


@dataclass(frozen=True)
class Example:
    """A piece of a validation chip.

    Attributes:
        name: of its chip.
        image: (bands, height, width) raw pixel values.
        reference: (height, width) class values, 0 = unlabelled.
        maps: class values of the same shape; one map, or for a corrector one per iteration from 0.
    """

    name: str
    image: NDArray[Any]
    reference: Codes
    maps: list[Codes]


@dataclass(frozen=True)
class TrainedNetwork:
    """What a training ended in.

    Attributes:
        path: the exported file, or where it would be.
        facts: what the file says about itself.
        form: which architecture it is.
        run: how and where it was trained.
        results: what each epoch brought.
        before: of a corrector: accuracy of the scores it starts from, on the validation chips.
        examples: pieces of validation chips.
        remarks: sentences about what spoils the figures.
        is_exported: whether there is a file; of a corrector that does not help there is none.
    """

    path: Path
    facts: NetworkFacts
    form: str
    run: TrainingRun
    results: list[EpochResult]
    before: Accuracy | None
    examples: list[Example]
    remarks: list[str]
    is_exported: bool = True

    @property
    def best(self) -> EpochResult:
        """The epoch whose state was exported."""
        return best_of(self.results)

    @property
    def accuracy(self) -> Accuracy:
        """On the validation chips, of a corrector after as many iterations as its file says."""
        return self.best.validation[self.facts.iterations - 1]  # of a classifier, 0: the only one


def check_output(output: Path) -> None:
    """See before a training that its end can be written.

    Raises:
        RasterError: it cannot.
    """
    folder = behind_link(output).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RasterError(
            tr(
                "The network {output} cannot be written ({error}); choose a place in a folder that can be written to.",
                output=output,
                error=error.strerror or error,
            )
        ) from error


def examples_of(
    samples: SampleSet, chips: Sequence[Chip], predict: Predict, halo_px: int, device: str
) -> list[Example]:
    """Pieces of some chips, around their labels; for the arguments see `validate_on`."""
    chosen = [chips[i] for i in sorted({int(i) for i in np.linspace(0, len(chips) - 1, _EXAMPLES)})]
    found = []
    for chip in chosen:
        height, width = min(chip.height, _EXAMPLE_SIDE_PX), min(chip.width, _EXAMPLE_SIDE_PX)
        rows, cols = np.nonzero(read_chip(samples.label_path(chip))[0])
        middle = (int(np.median(rows)), int(np.median(cols))) if len(rows) else (0, 0)
        row = min(max(middle[0] - height // 2, 0), chip.height - height)
        col = min(max(middle[1] - width // 2, 0), chip.width - width)
        window = Window(row, col, height, width)
        maps: list[Codes] = []
        for tile, codes in maps_of(samples, chip, window, predict, halo_px, device=device):
            maps = maps or [np.zeros((height, width), np.uint8) for _ in codes]
            for whole, part in zip(maps, codes):
                whole[tile.inner.relative_to(window).slices()] = part
        image = samples.finite(read_chip(samples.image_path(chip), window))
        found.append(Example(chip.name, image, read_chip(samples.label_path(chip), window)[0], maps))
    return found
