"""Which class value of a map, or which of its bands, is which class of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import RasterError
from ..raster.class_text import quoted, read_classes
from ..raster.class_value import place_of
from ..translation import tr, word


@dataclass(frozen=True)
class ClassTable:
    """Numbers of a map, which are class values or bands, and what they stand for.

    Attributes:
        numbers: one for each class, in the network's order.
        nothing: those that stand for no class: such pixels are without data, such bands are not read.
        is_assumed: whether neither the user nor the map says so. What the numbers mean does not depend on it.
    """

    numbers: tuple[int, ...]
    nothing: tuple[int, ...] = ()
    is_assumed: bool = field(default=False, compare=False, repr=False)


def class_table(
    text: str, names: Mapping[int, str], classes: Sequence[str], what: str = "value"
) -> ClassTable:
    """What the user says; or else what the map's own names say; or else 1, 2, 3 ... in the network's order.

    Args:
        text: such as '10=building, 20=road, 30='; the last one says that 30 is no class. A name with a sign between
            classes in it may stand in double quotes. Empty: the user says nothing.
        names: what the map calls its numbers.
        classes: the network's names for its classes; compared as `class_value` says.
        what: 'value' or 'band', for the sentences.

    Raises:
        RasterError: the text cannot be read, or a class has no number or several.
    """
    if text.strip():
        return _complete(
            _stated(text, classes, what), classes, tr("The class table '{text}'", text=text), what
        )
    if not names:
        return ClassTable(tuple(range(1, len(classes) + 1)), is_assumed=True)
    places = {number: place_of(name, classes) for number, name in names.items()}
    found = {number: place for number, place in places.items() if place is not None}
    source = (
        tr("The map, whose bands are called {names},", names=_listed(names))
        if what == "band"
        else tr("The map, whose values are called {names},", names=_listed(names))
    )
    return _complete(found, classes, source, what)


def _stated(text: str, classes: Sequence[str], what: str) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for entry in read_classes(text, is_numbered=True):
        number, name = entry.number, entry.name
        if number is None:
            raise RasterError(
                tr(
                    "'{entry}' in the class table is no '{what}=class'; write for example '{example}'.",
                    entry=entry.written,
                    what=word(what),
                    example=example_table(classes),
                )
            )
        place = place_of(name, classes) if name else None
        if name and place is None:
            raise RasterError(
                tr(
                    "The class table calls {what} {number} '{name}', and the network's classes are {classes}; use "
                    "these names, or '{number}=' for no class.",
                    what=word(what),
                    number=number,
                    name=name,
                    classes=", ".join(classes),
                )
            )
        if number in found:
            raise RasterError(
                tr(
                    "The class table names {what} {number} twice; name it once.",
                    what=word(what),
                    number=number,
                )
            )
        found[number] = place
    return found


def _complete(found: Mapping[int, int | None], classes: Sequence[str], source: str, what: str) -> ClassTable:
    numbers: dict[int, int] = {}
    for number, place in found.items():
        if place is None:
            continue
        if place in numbers:
            raise RasterError(
                tr(
                    "{source} gives the class {name} twice, as {what} {first} and as {what} {number}, and each class "
                    "needs one {what}; merge them in the map first, or say in a class table which of them is none.",
                    source=source,
                    what=word(what),
                    name=classes[place],
                    first=numbers[place],
                    number=number,
                )
            )
        numbers[place] = number
    missing = [name for place, name in enumerate(classes) if place not in numbers]
    if missing:
        raise RasterError(
            tr(
                "{source} has no {what} for {missing}, and the network needs one for each of its classes ({classes}); "
                "say which {what} is which in a class table, for example '{example}'.",
                source=source,
                what=word(what),
                missing=", ".join(missing),
                classes=", ".join(classes),
                example=example_table(classes),
            )
        )
    nothing = tuple(number for number, place in found.items() if place is None)
    return ClassTable(tuple(numbers[place] for place in range(len(classes))), nothing)


def _listed(names: Mapping[int, str]) -> str:
    return ", ".join(f"{number} = {name}" for number, name in sorted(names.items()))


def example_table(classes: Sequence[str], first: int = 1) -> str:
    """A class table of consecutive values, as a user may write it."""
    return ", ".join(f"{number}={quoted(name)}" for number, name in enumerate(classes, start=first))
