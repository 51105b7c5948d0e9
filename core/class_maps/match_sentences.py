"""How the classes of maps were matched with those of a reference, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_LISTED = 12
"""Classes in a sentence."""


def one_sided(only_mapped: Mapping[str, Sequence[str]], not_mapped: Mapping[str, Sequence[str]]) -> list[str]:
    """Sentences about classes that only one side has, one for all maps that are alike.

    Args:
        only_mapped: the maps that have classes which the reference has not, by these classes.
        not_mapped: the maps that lack classes of the reference, likewise.
    """
    extra = [
        f"The {_maps(of)} classes that the reference has not: {classes}. Each of their pixels with a reference counts "
        "as wrong."
        for classes, of in only_mapped.items()
    ]
    missing = [
        f"The reference has classes that the {_maps(of)} not: {classes}. Each of their pixels counts as wrong."
        for classes, of in not_mapped.items()
    ]
    return [*extra, *missing]


def how_matched(
    maps: Sequence[str], ways: Sequence[str], codes: Sequence[Mapping[int, int]], names: Sequence[str]
) -> tuple[str, ...]:
    """A sentence about how classes were matched for all maps, or one for each where they differ.

    Args:
        maps: their names.
        ways: what each map's classes were matched by.
        codes: the number of each class value of each map; 0 for no data.
        names: of the reference's classes, which are numbered from 1.
    """
    told = []
    for way, numbers in zip(ways, codes):
        known = ((code, ("no data", *names)[k]) for code, k in sorted(numbers.items()) if k <= len(names))
        pairs = [name if name == str(code) else f"{code} = {name}" for code, name in known]
        listed = ", ".join(pairs[:MOST_LISTED]) + (", ..." if len(pairs) > MOST_LISTED else "")
        told.append(f"are matched by {way}: {listed}.")
    if len(set(told)) == 1:
        return (f"Classes {told[0]}",)
    return tuple(f"Classes of the map {name} {one}" for name, one in zip(maps, told))


def _maps(names: Sequence[str]) -> str:
    return f"map {names[0]} has" if len(names) == 1 else f"maps {', '.join(names)} have"
