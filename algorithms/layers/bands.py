"""The bands of an image that a user chose, by their numbers or their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.errors import RasterError
from ...core.raster.band_names import BandLabel, bands_by_name, names_of_bands
from ..text.lists import parts_of
from ..text.translation import tr
from ..values import Values
from .image import Image


def chosen_bands(values: Values, name: str, image: Image) -> tuple[int, ...]:
    """Numbers of bands, from 1, in the order they were given; none where the choice is left to the algorithm.

    Args:
        values: of the parameters.
        name: the parameter: numbers or names, in a list or a text with semicolons, commas or blanks between them.
        image: opened only where a band is not given by its number.

    Raises:
        RasterError: one is neither a number nor a name.
    """
    if not values.has(name):
        return ()
    given = values.given[name]
    items = list(given) if isinstance(given, (list, tuple)) else [given]
    parts = [part for item in items for part in (parts_of(item) if isinstance(item, str) else [str(item)])]
    numbers = [_number(part) for part in parts]
    if all(numbers):
        return tuple(numbers)
    with image.open() as reader:
        labels = reader.labels
    if all(isinstance(item, str) for item in items) and (found := bands_by_name(labels, items)):
        return found  # names may hold what stands between bands elsewhere
    return tuple(
        number or _named(part, labels, values.called(name), given) for part, number in zip(parts, numbers)
    )


def _number(part: str) -> int:
    """The number of a band; 0 for what is none."""
    try:
        number = float(part)
    except ValueError:
        return 0
    return int(number) if number.is_integer() else 0


def _named(part: str, labels: Sequence[BandLabel], parameter: str, given: Any) -> int:
    if found := bands_by_name(labels, [part]):
        return found[0]
    numbers = [label.number for label in labels]
    raise RasterError(
        tr(
            "{parameter} is '{given}', and '{part}' in it is neither the number of a band (1 to {last}) nor the name "
            "of just one ({names}); write numbers or names with commas or semicolons between them, as in 3,2,1.",
            parameter=parameter,
            given=given,
            part=part,
            last=len(labels),
            names=", ".join(names_of_bands(labels, numbers)),
        )
    )
