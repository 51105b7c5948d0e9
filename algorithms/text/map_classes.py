"""The classes of a map as people and fields of layers name them: by name or by class value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.raster.class_value import ClassValue, class_key
from ...models.contract import ClassEntry


@dataclass(frozen=True)
class MapClass:
    """A class of a map.

    Attributes:
        value: its class value.
        name: its name.
        colour: '#rrggbb'.
    """

    value: int
    name: str
    colour: str

    @property
    def told(self) -> str:
        """The class in a list."""
        return f"{self.value} = {self.name}"


def map_classes(classes: Sequence[ClassEntry], class_values: Sequence[int] = ()) -> list[MapClass]:
    """The classes of a map with their class values, by default 1, 2, 3 ..."""
    values = class_values or range(1, len(classes) + 1)
    return [MapClass(value, entry.name, entry.colour) for value, entry in zip(values, classes)]


def class_number(value: ClassValue | None, classes: Sequence[MapClass]) -> int:
    """Which of a map's classes is meant, from 1: the one of this name, or else of this class value; 0 for none."""
    if value is None:
        return 0
    by_name = [number for number, one in enumerate(classes, start=1) if class_key(one.name) == value.key]
    by_value = [number for number, one in enumerate(classes, start=1) if one.value == value.code]
    return next(iter([*by_name, *by_value]), 0)
