"""What the log says about hints."""

from __future__ import annotations

from collections.abc import Sequence

from .map_classes import MapClass
from .translation import tr

_MOST_LISTED = 10


def no_usable_hint(layer: str, sentences: Sequence[str]) -> str:
    """That no hint of a layer can be used, and why."""
    return " ".join(
        [
            tr("No feature of the hints {layer} can be used.", layer=layer),
            *sentences,
            tr("Draw hints on the image and give each a class of the map."),
        ]
    )


def of_unknown_class(value: str, count: int, ids: str, classes: Sequence[MapClass]) -> str:
    """That hints say a class that the map does not have."""
    return tr(
        "Hints of the unknown class '{value}' are left out: {count} (id {ids}). The classes are {classes}.",
        value=value,
        count=count,
        ids=ids,
        classes=", ".join(one.told for one in classes),
    )


def counted(class_field: str, numbers: Sequence[int], classes: Sequence[MapClass]) -> str:
    """How many hints there are of each class, by the number of each one's class."""
    pairs = [
        f"{one.name} {numbers.count(number)}"
        for number, one in enumerate(classes, start=1)
        if number in numbers
    ]
    return tr(
        "Hints: {count} by the field {field} ({classes}).",
        count=len(numbers),
        field=class_field,
        classes=", ".join(pairs),
    )


def contradicting(pairs: Sequence[tuple[str, str]]) -> str:
    """That hints say different classes of a pixel.

    Args:
        pairs: each two hints with id and class, as 'id 3 (water)'; the second counts.
    """
    return tr(
        "Hints that contradict each other on the same pixels: {count}, {pairs}. A certain hint counts before a likely "
        "one, and of two that are equally trusted the last.",
        count=len(pairs),
        pairs=_listed([f"{one} / {other}" for one, other in pairs]),
    )


def overturned(hints: Sequence[str], percent: float) -> str:
    """That hints say another class than one that the map or the classifier was sure of.

    Args:
        hints: each with id, place, the class it was and how sure that was.
        percent: above which a class counts as sure.
    """
    return tr(
        "Hints that overturn a class with a probability above {percent:g} %: {count}, {hints}. Check whether they are "
        "right.",
        percent=percent,
        count=len(hints),
        hints=_listed(hints),
    )


def _listed(parts: Sequence[str]) -> str:
    return "; ".join(parts[:_MOST_LISTED]) + ("; ..." if len(parts) > _MOST_LISTED else "")
