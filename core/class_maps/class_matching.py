"""Which class value of a map is which class of a reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import LabelError
from ..raster.class_text import quoted, read_classes
from ..raster.class_value import class_key
from ..translation import tr
from .match_sentences import MOST_LISTED, how_matched, one_sided

MOST_CLASSES = 254
"""What a byte holds beside "not counted" and "contradictory"."""


@dataclass(frozen=True)
class Label:
    """How a raster or a polygon says a class: its class value, its name ('' if it has none), or both."""

    code: int | None
    name: str = ""

    def __str__(self) -> str:
        """As a sentence says it."""
        if self.code is None:
            return self.name
        return f"{self.code} ({self.name})" if self.name else str(self.code)


@dataclass(frozen=True)
class MapLabels:
    """The classes that occur in a map, each with its class value."""

    map: str
    labels: Sequence[Label]


@dataclass(frozen=True)
class ClassMatch:
    """The common classes of a reference and of maps, numbered from 1.

    Attributes:
        names: of the classes, in order.
        reference: the number of each label of the reference.
        maps: per map, the number of each class value; 0 where the class table says that a value is no data.
        warnings: sentences about classes that only one side has, and such that are taken for one.
        matching: sentences about how the classes were matched.
    """

    names: tuple[str, ...]
    reference: Mapping[Label, int]
    maps: tuple[Mapping[int, int], ...]
    warnings: tuple[str, ...]
    matching: tuple[str, ...]


def parse_class_table(text: str) -> dict[int, str]:
    """Read which class value is which class, as in '10=building,20=road,30='; names may stand in double quotes.

    Returns:
        Name or value of the class for each class value; '' for one that is no data. Empty for an empty text.

    Raises:
        LabelError: an entry has no '=', its value is no whole number, or a value is there twice.
    """
    table: dict[int, str] = {}
    for entry in read_classes(text, is_numbered=True) if text.strip() else ():
        code = entry.number
        if code is None:
            raise LabelError(
                tr(
                    "The class table has the entry '{entry}', and each needs a class value of the map, '=' and a "
                    "class of the reference, as in '10=building,20=road'; '30=' leaves a value out.",
                    entry=entry.written,
                )
            )
        if code in table:
            raise LabelError(
                tr("The class table says twice what class value {code} is; say it once.", code=code)
            )
        table[code] = entry.name
    return table


def match_classes(
    reference: Sequence[Label], maps: Sequence[MapLabels], table: Mapping[int, str] | None = None
) -> ClassMatch:
    """Number the classes of a reference, and find them in maps.

    Classes are matched by the class table where there is one; else by name (compared as `class_value` says) if all of
    the map's and all of the reference's have names; else by class value. A class that only a map has is numbered after
    the reference's.

    Args:
        reference: the classes that occur in the reference.
        maps: those of each map.
        table: name or value of the reference's class for each class value of the maps.

    Raises:
        LabelError: the reference has no class, a map has none in common with it, the table does not fit, or there are
            more than `MOST_CLASSES`.
    """
    if not reference:
        raise LabelError(tr("The reference has no labelled pixel or polygon; choose one that has."))
    by_name = _is_named(reference)
    numbers: dict[str | int, int] = {}
    names: list[str] = []
    own = {label: _number(label, by_name, numbers, names) for label in reference}
    in_reference = len(names)
    of_reference = dict(numbers)  # without what maps add to it
    found: list[dict[int, int]] = []
    warnings = _merged(own)
    only_mapped: dict[str, list[str]] = {}
    not_mapped: dict[str, list[str]] = {}
    ways: list[str] = []
    for number, one in enumerate(maps):
        if table:
            codes = _by_table(one, table, own)
            extra: list[Label] = []
        else:
            codes, extra = _by_label(one, by_name, of_reference, reference)
        if not any(codes.values()):
            raise LabelError(
                tr(
                    "The map {map} and the reference have no class in common: the map has {labels}, the reference "
                    "{reference}. Say in the class table which is which, for example '{code}={name}'.",
                    map=one.map,
                    labels=_listed(one.labels),
                    reference=_listed(reference),
                    code=one.labels[0].code if one.labels else 1,
                    name=quoted(reference[0].name) or reference[0].code,
                )
            )
        ways.append("the class table" if table else "name" if by_name and _is_named(one.labels) else "value")
        codes.update(
            (label.code, _number(label, by_name, numbers, names)) for label in extra if label.code is not None
        )
        if not table:
            named = {label: codes.get(label.code, 0) for label in one.labels if label.code is not None}
            warnings += _merged(named, one.map)
        if extra:
            only_mapped.setdefault(_listed(extra), []).append(one.map)
        missing = [names[k] for k in range(in_reference) if k + 1 not in codes.values()]
        if missing:
            not_mapped.setdefault(", ".join(missing), []).append(one.map)
        if not by_name and number == 0:
            _take_names(names, codes, one.labels)
        found.append(codes)
    if len(names) > MOST_CLASSES:
        raise LabelError(
            tr(
                "Maps and reference have {count} classes together, and at most {most} are allowed; choose rasters "
                "whose values are classes and not measurements.",
                count=len(names),
                most=MOST_CLASSES,
            )
        )
    warnings += one_sided(only_mapped, not_mapped)
    told = how_matched([one.map for one in maps], ways, found, names[:in_reference])
    return ClassMatch(tuple(names), own, tuple(found), tuple(warnings), told)


def _is_named(labels: Sequence[Label]) -> bool:
    return all(label.name for label in labels)


def _key(label: Label, by_name: bool) -> str | int:
    if label.code is None or (by_name and label.name):
        return class_key(label.name)
    return label.code


def _number(label: Label, by_name: bool, numbers: dict[str | int, int], names: list[str]) -> int:
    """The number of a class, a new one if it is not known yet."""
    key = _key(label, by_name)
    if key not in numbers:
        names.append(label.name.strip() or str(label.code))
        numbers[key] = len(names)
    return numbers[key]


def _merged(numbers: Mapping[Label, int], map_name: str = "") -> list[str]:
    """A sentence about class values of one name, which are one class; none where there are none.

    Args:
        numbers: of the labels of a map or of the reference.
        map_name: of the map; '' for the reference.
    """
    groups: dict[int, list[Label]] = {}
    for label, number in numbers.items():
        groups.setdefault(number, []).append(label)
    merged = "; ".join(_listed(labels) for number, labels in groups.items() if number and len(labels) > 1)
    if not merged:
        return []
    if not map_name:
        return [
            tr(
                "Several class values of the reference have one name and are taken for one class: {classes}. Capitals, "
                "blanks and the composition of letters make no difference.",
                classes=merged,
            )
        ]
    return [
        tr(
            "Several class values of the map {map} have one name and are taken for one class: {classes}. Capitals, "
            "blanks and the composition of letters make no difference.",
            map=map_name,
            classes=merged,
        )
    ]


def _by_table(one: MapLabels, table: Mapping[int, str], reference: Mapping[Label, int]) -> dict[int, int]:
    without = [label for label in one.labels if label.code not in table]
    if without:
        raise LabelError(
            tr(
                "The class table says nothing about {labels} of the map {map}; add '{code}=' and a class of the "
                "reference, or nothing behind '=' if it is no data.",
                labels=_listed(without),
                map=one.map,
                code=without[0].code,
            )
        )
    keys: dict[str, set[int]] = {}
    for label, number in reference.items():
        for text in filter(None, (label.name, "" if label.code is None else str(label.code))):
            keys.setdefault(class_key(text), set()).add(number)
    for text in filter(None, table.values()):
        named = keys.get(class_key(text), set())
        if not named:
            raise LabelError(
                tr(
                    "The class table names the class '{name}', which the reference does not have; it has {reference}.",
                    name=text,
                    reference=_listed(list(reference)),
                )
            )
        if len(named) > 1:
            raise LabelError(
                tr(
                    "The class table names the class '{name}', which is the value of one class of the reference and "
                    "the name of another ({classes}); use the other one of name and value.",
                    name=text,
                    classes=_listed([label for label, number in reference.items() if number in named]),
                )
            )
    return {
        label.code: min(keys[class_key(table[label.code])]) if table[label.code] else 0
        for label in one.labels
        if label.code is not None
    }


def _by_label(
    one: MapLabels, by_name: bool, numbers: Mapping[str | int, int], reference: Sequence[Label]
) -> tuple[dict[int, int], list[Label]]:
    """The class values that the reference has, and the labels that it has not."""
    if by_name and not _is_named(one.labels):
        coded = {label.code: label for label in reference}
        if None in coded:
            raise LabelError(
                tr(
                    "The reference's classes are names ({reference}), and the map {map} has class values without "
                    "names ({labels}). Say in the class table which is which, for example '{code}={name}'.",
                    reference=_listed(reference),
                    map=one.map,
                    labels=_listed(one.labels),
                    code=one.labels[0].code,
                    name=quoted(reference[0].name),
                )
            )
        keys = [_key(coded[label.code], True) if label.code in coded else None for label in one.labels]
    else:
        keys = [_key(label, by_name) for label in one.labels]
    codes, extra = {}, []
    for label, key in zip(one.labels, keys):
        if key is not None and key in numbers and label.code is not None:
            codes[label.code] = numbers[key]
        else:
            extra.append(label)
    return codes, extra


def _take_names(names: list[str], codes: Mapping[int, int], labels: Sequence[Label]) -> None:
    """Name classes that the reference has by class value only as the first map does."""
    for label in labels:
        if label.code is not None and label.name and codes.get(label.code):
            names[codes[label.code] - 1] = label.name


def _listed(labels: Sequence[Label], most: int = MOST_LISTED) -> str:
    if not labels:
        return tr("none")
    return ", ".join(map(str, labels[:most])) + (", ..." if len(labels) > most else "")  # in any language
