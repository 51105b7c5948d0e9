"""Which classes labels have: their names, colours and order, and what stands for them in the labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...models.contract import ClassEntry
from ..errors import LabelError
from ..raster.class_colours import BACKGROUND, colour_of
from ..raster.class_text import ClassText, read_classes
from ..raster.class_value import ClassForms, ClassValue, class_key, class_value, place_of
from ..translation import tr

_MOST_CLASSES = 254
_LONGEST_NAME = 200
_HOW = (
    "Give classes as name, name:#rrggbb or value=name:#rrggbb, with commas between them; a name that holds such a sign "
    'stands in double quotes: "Fields, wet".'
)


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
        codes: the number of the class of each value, by its key (see `class_value`).
        background: number of the background class; 0 for none.
        remarks: sentences about lines of the legend that are taken for one class.
    """

    entries: tuple[ClassEntry, ...]
    codes: Mapping[str, int]
    background: int
    remarks: tuple[str, ...] = ()

    def code(self, value: ClassValue | None) -> int:
        """The number of the class that a value stands for, from 1; 0 where it stands for no class."""
        return self.codes.get(value.key, 0) if value is not None else 0

    def within(self, known: Sequence[ClassEntry]) -> LabelClasses:
        """The same with the names, order and colours of classes that include all of these; else unchanged."""
        names = [entry.name for entry in known]
        places = [place_of(entry.name, names) for entry in self.entries]
        if None in places:
            return self
        moved = [0] + [place + 1 for place in places if place is not None]
        codes = {value: moved[code] for value, code in self.codes.items()}
        return LabelClasses(tuple(known), codes, moved[self.background], self.remarks)


def parse_classes(text: str) -> list[LegendEntry]:
    """Classes as a user writes them: 'road:#ff0000,building' or '1=road,2=building:#00ff00'.

    Raises:
        LabelError: a name is missing.
    """
    return legend_of_text(read_classes(text), text)


def legend_of_text(classes: Iterable[ClassText], text: str) -> list[LegendEntry]:
    """The legend that a user has written.

    Args:
        classes: what was read of it.
        text: all of it, for the sentence.

    Raises:
        LabelError: a name is missing.
    """
    entries = []
    for entry in classes:
        if not entry.name:
            raise LabelError(
                tr("The classes '{classes}' have a class without a name. {how}", classes=text, how=tr(_HOW))
            )
        if ":#" in entry.name and '"' not in entry.written:
            raise LabelError(
                tr(
                    "The class '{entry}' has no colour like '#1a2b3c'. {how}",
                    entry=entry.written,
                    how=tr(_HOW),
                )
            )
        entries.append(LegendEntry(entry.value or entry.name, entry.name, entry.colour))
    return entries


def legend_of_values(values: Iterable[ClassValue]) -> list[LegendEntry]:
    """A legend of the values alone: numbers first, each kind sorted."""
    forms = ClassForms()
    for value in values:
        forms.add(value)
    return [LegendEntry(value.name, value.name) for value in sorted(forms.values, key=_sorting)]


def label_classes(
    legend: Sequence[LegendEntry], background: str, shown: Sequence[LegendEntry] = ()
) -> LabelClasses:
    """Classes of a legend; lines of one name are one class, and names are compared as `class_value` says.

    Args:
        legend: the classes in order.
        background: name of the background class; '' for none. If the legend does not have it, it becomes
            the first class.
        shown: what the layer shows its values as; lends its colours. Where nothing gives a colour, the name does.

    Raises:
        LabelError: there are fewer than two classes or more than 254, a name cannot be one, or a value stands for two
            classes.
    """
    lines = list(legend)
    if background and place_of(background, [line.name for line in lines]) is None:
        lines.insert(0, LegendEntry("", background))
    shown_colours = {class_key(line.value): line.colour for line in shown}
    given = [line.colour or shown_colours.get(class_key(line.value), "") for line in lines]
    taken = [colour for colour in given if colour]
    entries: list[ClassEntry] = []
    places: dict[str, int] = {}
    codes: dict[str, int] = {}
    forms = ClassForms()
    for line, colour in zip(lines, given):
        name = _checked(line.name)
        forms.add(name)
        if name.key not in places:
            if not colour:
                colour = colour_of(name.name, taken, BACKGROUND if name.key == class_key(background) else "")
                taken.append(colour)
            entries.append(ClassEntry(name.name, colour))
            places[name.key] = len(entries)
        value = class_key(line.value)
        if codes.get(value, places[name.key]) != places[name.key]:
            raise LabelError(
                tr(
                    "The value '{value}' stands for two classes, {one} and {other} (capitals and blanks make no "
                    "difference); list it once.",
                    value=line.value,
                    one=entries[codes[value] - 1].name,
                    other=name.name,
                )
            )
        if value:
            codes[value] = places[name.key]
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
    remarks = tuple(forms.remarks(tr("the list of classes")))
    return LabelClasses(tuple(entries), codes, places[class_key(background)] if background else 0, remarks)


def _checked(name: str) -> ClassValue:
    found = class_value(name)
    if (
        found is None
        or len(found.name) > _LONGEST_NAME
        or any(unicodedata.category(c) in ("Cc", "Cs") for c in found.name)
    ):
        shown = name if len(name) <= 60 else f"{name[:57]}..."
        raise LabelError(
            tr(
                "{name!r} cannot be the name of a class, which has 1 to {longest} characters without control "
                "characters; choose the field with the classes' names, or list the classes.",
                name=shown,
                longest=_LONGEST_NAME,
            )
        )
    return found


def _sorting(value: ClassValue) -> tuple[bool, float, str]:
    is_number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?", value.key)
    return (False, float(value.key), value.name) if is_number else (True, 0.0, value.name)
