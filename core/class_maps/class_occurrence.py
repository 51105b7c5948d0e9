"""Whether the classes of a map occur in it, where only the order of the network's classes says which value is which."""

from __future__ import annotations

from collections.abc import Collection

from ..errors import RasterError
from ..progress import Progress
from ..translation import tr
from .class_table import example_table
from .input_map import ClassMap


def check_occurrence(class_map: ClassMap, occurring: Collection[int], progress: Progress) -> None:
    """Doubt that 1, 2, 3 ... are the classes of a map if not all of them occur.

    A mask of 0 and 1 whose nodata value is 0 has the value 1 alone, which would silently be the first class. Nothing is
    doubted where the user or the map says which value is which class, or where the map has no data at all.

    Args:
        class_map: a map of class values.
        occurring: those that occur where it was looked at.
        progress: told a warning.

    Raises:
        RasterError: a class does not occur, and 0 is the map's nodata value.
    """
    table, names = class_map.table, [entry.name for entry in class_map.classes]
    missing = [name for number, name in zip(table.numbers, names) if number not in occurring]
    if not (table.is_assumed and occurring and missing):
        return
    values, found = (", ".join(map(str, sorted(numbers))) for numbers in (table.numbers, occurring))
    if class_map.own_nodata == 0:
        raise RasterError(
            tr(
                "The map {map} does not say which value is which class, so each of the values {values} should be in "
                "it; of them it has only {found} where it is needed, and 0 is its nodata value, so 0 may be a "
                "class. Say in the class table which value is which class, for example '{from_0}' or "
                "'{from_1}'.",
                map=class_map.path,
                values=values,
                found=found,
                from_0=example_table(names, first=0),
                from_1=example_table(names),
            )
        )
    progress.say(
        tr(
            "The map {map} does not say which value is which class, so it is taken to be {from_1}. These classes do "
            "not occur where the map is needed: {missing}. If that is wrong, say in the class table which value is "
            "which class.",
            map=class_map.path,
            from_1=example_table(names),
            missing=", ".join(missing),
        )
    )
