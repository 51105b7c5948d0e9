"""Which bands of an image a network takes, by the names the image gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..translation import tr

_COLOURS = ("red", "green", "blue")
_LONGEST_NAME = 200  # in a contract


@dataclass(frozen=True)
class BandLabel:
    """What an image says about one of its bands.

    Attributes:
        number: from 1.
        description: the band's own name; '' without one.
        colour: what it is shown as, in GDAL's words: 'Red', 'Green', 'Alpha', 'Undefined' ...
    """

    number: int
    description: str
    colour: str


def bands_by_name(labels: Sequence[BandLabel], wanted: Sequence[str]) -> tuple[int, ...] | None:
    """The bands of these names, upper and lower case being the same.

    A description counts more than a colour: an infrared band is often shown as red.

    Args:
        labels: the image's bands.
        wanted: the network's names for its bands, in its order.

    Returns:
        A band's number for each name; None unless each name belongs to just one band, and each band to one name.
    """
    found = [_described(labels, name) or _coloured(labels, name) for name in wanted]
    numbers = tuple(numbers[0] for numbers in found if len(numbers) == 1)
    return numbers if len(set(numbers)) == len(wanted) else None


class MisplacedBand(NamedTuple):
    """A name, the band that is described so, and the band that is taken for it."""

    name: str
    described: int
    taken: int


def misplaced_bands(
    labels: Sequence[BandLabel], wanted: Sequence[str], taken: Sequence[int]
) -> list[MisplacedBand]:
    """Names whose band is taken for another."""
    pairs = [(name, _described(labels, name), number) for name, number in zip(wanted, taken)]
    return [
        MisplacedBand(name, found[0], number)
        for name, found, number in pairs
        if len(found) == 1 and found[0] != number
    ]


def names_of_bands(labels: Sequence[BandLabel], numbers: Sequence[int]) -> tuple[str, ...]:
    """What a network shall call bands: as they are described, or as their colour, or 'band 4'.

    Args:
        labels: the image's bands.
        numbers: the bands that are taken.
    """
    by_number = {label.number: label for label in labels}
    return tuple(_name(by_number[number]) for number in numbers)


def _name(label: BandLabel) -> str:
    described = "".join(filter(str.isprintable, label.description)).strip()[:_LONGEST_NAME]
    colour = label.colour.casefold()
    return described or (colour if colour in _COLOURS else f"band {label.number}")


def _described(labels: Sequence[BandLabel], name: str) -> list[int]:
    return [label.number for label in labels if _same(label.description, name)]


def _coloured(labels: Sequence[BandLabel], name: str) -> list[int]:
    return [label.number for label in labels if _same(label.colour, name)]


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold() != ""


def called_alpha_sentence(numbers: Sequence[int]) -> str:
    """Tell that bands are taken for data although the image marks them as transparency."""
    return tr(
        "Band {bands} of the image is marked as transparency (alpha), but has other values than transparent and "
        "opaque: it is taken for a band of data, such as near infrared.",
        bands=", ".join(map(str, numbers)),
    )
