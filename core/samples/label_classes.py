"""Which classes labels have: their names, colours and order, and what stands for them in the labels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...models.contract import ClassEntry
from ..errors import LabelError
from ..raster.class_text import read_classes
from ..translation import tr
from .class_colours import BACKGROUND, colour_of

_MOST_CLASSES = 254
_LONGEST_NAME = 200
_HOW = "Give classes as name, name:#rrggbb or value=name:#rrggbb, with commas between them."


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend: the value in the labels, the class's name, its colour as '#rrggbb' or ''."""

    value: str
    name: str
    colour: str = ""


@dataclass(frozen=True)
class LabelClasses:
    """The classes of a sample set, and the values that stand for them.

    Attributes:
        entries: the classes, in order; their numbers count from 1.
        codes: the number of the class of each value.
        background: number of the background class; 0 for none.
    """

    entries: tuple[ClassEntry, ...]
    codes: Mapping[str, int]
    background: int

    def code(self, value: str) -> int:
        """The number of the class that a value stands for, from 1; 0 where it stands for no class."""
        return self.codes.get(value, 0)

    def within(self, known: Sequence[ClassEntry]) -> LabelClasses:
        """The same in the order and colours of classes that include all of these; unchanged if they do not."""
        names = [entry.name for entry in known]
        if not {entry.name for entry in self.entries} <= set(names):
            return self
        moved = [0] + [names.index(entry.name) + 1 for entry in self.entries]
        codes = {value: moved[code] for value, code in self.codes.items()}
        return LabelClasses(tuple(known), codes, moved[self.background])


def parse_classes(text: str) -> list[LegendEntry]:
    """Classes as a user writes them: 'road:#ff0000,building' or '1=road,2=building:#00ff00'.

    Raises:
        LabelError: a name is missing.
    """
    entries = []
    for entry in read_classes(text):
        if not entry.name:
            raise LabelError(
                tr("The classes '{classes}' have a class without a name. {how}", classes=text, how=tr(_HOW))
            )
        if ":#" in entry.name:
            raise LabelError(
                tr(
                    "The class '{entry}' has no colour like '#1a2b3c'. {how}",
                    entry=entry.written,
                    how=tr(_HOW),
                )
            )
        entries.append(LegendEntry(entry.value or entry.name, entry.name, entry.colour))
    return entries


def legend_of_values(values: Iterable[str]) -> list[LegendEntry]:
    """A legend of the values alone: numbers first, each kind sorted."""
    return [LegendEntry(value, value) for value in sorted(set(values), key=_sorting)]


def label_classes(
    legend: Sequence[LegendEntry], background: str, shown: Sequence[LegendEntry] = ()
) -> LabelClasses:
    """Classes of a legend; lines of one name are one class.

    Args:
        legend: the classes in order.
        background: name of the background class; '' for none. If the legend does not have it, it becomes
            the first class.
        shown: what the layer shows its values as; lends its colours. Where nothing gives a colour, the name does.

    Raises:
        LabelError: there are fewer than two classes or more than 254, or a name cannot be one.
    """
    lines = list(legend)
    if background and background not in [line.name for line in lines]:
        lines.insert(0, LegendEntry("", background))
    shown_colours = {line.value: line.colour for line in shown}
    given = [line.colour or shown_colours.get(line.value, "") for line in lines]
    taken = [colour for colour in given if colour]
    entries: list[ClassEntry] = []
    codes: dict[str, int] = {}
    for line, colour in zip(lines, given):
        names = [entry.name for entry in entries]
        if line.name not in names:
            _check_name(line.name)
            if not colour:
                colour = colour_of(line.name, taken, BACKGROUND if line.name == background else "")
                taken.append(colour)
            entries.append(ClassEntry(line.name, colour))
            names.append(line.name)
        if line.value:
            codes[line.value] = names.index(line.name) + 1
    if len(entries) < 2:
        found = tr("only the class {name}", name=entries[0].name) if entries else tr("no class")
        raise LabelError(
            tr(
                "The labels have {found}, and a network learns to tell classes apart; label another, or name a "
                "background and draw the area in which everything else is background.",
                found=found,
            )
        )
    if len(entries) > _MOST_CLASSES:
        raise LabelError(
            tr(
                "The labels have {count} classes, and a map has at most {most}; choose the field with the classes, or "
                "list those to learn.",
                count=len(entries),
                most=_MOST_CLASSES,
            )
        )
    names = [entry.name for entry in entries]
    return LabelClasses(tuple(entries), codes, names.index(background) + 1 if background else 0)


def _check_name(name: str) -> None:
    if len(name) > _LONGEST_NAME or any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        shown = name if len(name) <= 60 else f"{name[:57]}..."
        raise LabelError(
            tr(
                "{name!r} cannot be the name of a class, which has 1 to {longest} characters without control "
                "characters; choose the field with the classes' names, or list the classes.",
                name=shown,
                longest=_LONGEST_NAME,
            )
        )


def _sorting(value: str) -> tuple[bool, float, str]:
    try:
        return False, float(value), value
    except ValueError:
        return True, 0.0, value
