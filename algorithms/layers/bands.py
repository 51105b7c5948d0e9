"""The bands of an image that a user chose, by their numbers or their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...core.errors import RasterError
from ...core.raster.band_names import BandLabel, bands_by_name, names_of_bands
from ..text.lists import parts_of
from ..text.translation import tr
from ..values import Values


def chosen_bands(
    values: Values, name: str, read_labels: Callable[[], Sequence[BandLabel]]
) -> tuple[int, ...]:
    """Numbers of bands, from 1, in the order they were given; none where the choice is left to the algorithm.

    Args:
        values: of the parameters.
        name: the parameter: numbers or names, in a list or a text with semicolons, commas or blanks between them.
        read_labels: looks what the image calls its bands; only asked where one is not given by its number.

    Raises:
        RasterError: one is neither a number nor a name.
    """
    if not values.has(name):
        return ()
    given = values.given[name]
    items = list(given) if isinstance(given, (list, tuple)) else [given]
    whole = _by_name(items, read_labels) if all(isinstance(item, str) and item for item in items) else None
    return whole or tuple(
        _number(part, values.called(name), given, read_labels) for item in items for part in _parts(item)
    )


def _by_name(items: Sequence[str], read_labels: Callable[[], Sequence[BandLabel]]) -> tuple[int, ...] | None:
    """The bands of names that may hold separators themselves; None where they are no such names."""
    are_numbers = all(part.isdigit() for item in items for part in parts_of(item))
    return None if are_numbers else bands_by_name(read_labels(), items)


def _parts(item: Any) -> list[str]:
    return parts_of(item) if isinstance(item, str) else [str(item)]


def _number(part: str, parameter: str, given: Any, read_labels: Callable[[], Sequence[BandLabel]]) -> int:
    try:
        number = float(part)
    except ValueError:
        number = 0.5
    if number.is_integer():
        return int(number)
    labels = read_labels()
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
