"""The classes of a map for a corrector that takes any: as the user, the map's file or its pixels say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ...models.contract import ClassEntry
from ..errors import RasterError
from ..progress import Progress, stop_if_cancelled
from ..raster.class_colours import colour_of
from ..raster.class_text import read_classes
from ..raster.class_value import class_key
from ..raster.file_reader import RasterReader
from ..raster.operation import AS_THE_FILE_SAYS, Placing
from ..raster.tiling import tile_grid
from ..translation import tr
from .class_matching import MOST_CLASSES
from .class_table import ClassTable
from .input_map import ClassMap, check_bands, free_value
from .map_file import CLASSES, MapFile, kind_of, read_map_file

_SIDE_PX = 2048


@dataclass(frozen=True)
class OwnMap:
    """A map whose classes are its own.

    Attributes:
        file: what its file says.
        kind: one of `MAP_KINDS`.
        stated: what the user says each value or band is, '' for no class; None where the user says nothing.
        placing: what is known of its place.
    """

    file: MapFile
    kind: str
    stated: Mapping[int, str] | None
    placing: Placing = AS_THE_FILE_SAYS

    @property
    def needs_pixels(self) -> bool:
        """Whether its pixels have to be looked at to know its classes."""
        return self.stated is None and self.kind == CLASSES

    def class_map(self, progress: Progress) -> ClassMap:
        """The map with its classes.

        The user's class table counts alone. Without one, a band each is a class; of class values all that are named or
        occur anywhere in the map, whatever part of it is corrected.

        Args:
            progress: told what is taken for granted; asked whether to stop while the pixels are looked at.

        Raises:
            RasterError: it has less than two classes or too many, or its values are none.
            Cancelled: the user stopped the run.
        """
        named, colours = self._names(), self.file.legend.colours if self.kind == CLASSES else {}
        nothing: tuple[int, ...] = ()
        if self.stated is not None:
            numbers = [number for number, name in self.stated.items() if name]
            nothing = tuple(number for number, name in self.stated.items() if not name)
        elif not self.needs_pixels:
            numbers = [n for n in range(1, self.file.bands + 1) if n in named or n not in self.file.alpha]
        else:
            progress.say(tr("Looking for the classes of the map."))
            occurring = class_values_in(self.file.path, progress)
            nothing = self._zero_as_nothing(occurring, progress)
            numbers = sorted({*named, *occurring} - {*nothing})
        self._check_number(numbers)
        table = ClassTable(tuple(numbers), nothing)
        entries = _entries(numbers, named, colours)
        nodata = free_value(self.file.nodata, table) if self.kind == CLASSES else 0
        own_nodata = self.file.nodata if self.kind == CLASSES else None
        made_by = self.file.classifier_sha256
        return ClassMap(self.file.path, self.kind, table, entries, nodata, made_by, self.placing, own_nodata)

    def _names(self) -> Mapping[int, str]:
        if self.stated is not None:
            return self.stated
        return self.file.named_values if self.kind == CLASSES else self.file.band_names

    def _zero_as_nothing(self, occurring: Collection[int], progress: Progress) -> tuple[int, ...]:
        """0, where nothing says that it is a class, and there are enough without it."""
        is_open = self.file.nodata is None and 0 in occurring and 0 not in self.file.named_values
        if not is_open or len({*occurring, *self.file.named_values} - {0}) < 2:
            return ()
        progress.say(
            tr(
                "The map {map} has no nodata value and does not name the value 0, which is taken for no data; if it is "
                "a class, say so in the class table.",
                map=self.file.path,
            )
        )
        return (0,)

    def _check_number(self, numbers: Collection[int]) -> None:
        if len(numbers) < 2:
            found = ", ".join(map(str, numbers)) or tr("none")
            if self.kind == CLASSES:
                raise RasterError(
                    tr(
                        "The map {map} has fewer than two classes ({found}), so that there is nothing to correct; if "
                        "its nodata value is a class, say in the class table which values are classes, for example "
                        "'0=background,1=building'.",
                        map=self.file.path,
                        found=found,
                    )
                )
            raise RasterError(
                tr(
                    "The map {map} has fewer than two bands of classes ({found}), and a map of {kind} needs one for "
                    "each class; choose another raster, or another kind of map.",
                    map=self.file.path,
                    found=found,
                    kind=self.kind,
                )
            )
        if len(numbers) > MOST_CLASSES:
            raise RasterError(
                tr(
                    "The map {map} has {count} classes, and at most {most} are allowed; choose a raster whose values "
                    "are classes and not measurements.",
                    map=self.file.path,
                    count=len(numbers),
                    most=MOST_CLASSES,
                )
            )


def read_own_map(path: str, kind: str, text: str = "", placing: Placing = AS_THE_FILE_SAYS) -> OwnMap:
    """Look at a map, without its pixels.

    Args:
        path: anything GDAL opens.
        kind: one of `MAP_KINDS`; '' for 'classes' where there is one band.
        text: a class table as the user writes it, '10=building,20=road,30=': the last one is no class; '' without.
        placing: what is known of its place.

    Raises:
        RasterError: the map cannot be opened, its kind is not known, its bands do not fit it, or the class table cannot
            be read.
    """
    file = read_map_file(path)
    kind = kind_of(file, kind)
    stated = _stated(text) if text.strip() else None
    if kind != CLASSES and stated is not None:
        check_bands(file, list(stated))
    return OwnMap(file, kind, stated, placing)


def class_values_in(path: str, progress: Progress) -> set[int]:
    """The values that occur in a map of class values, but for its nodata value.

    Args:
        path: anything GDAL opens, of one band beside alpha.
        progress: asked whether to stop.

    Raises:
        RasterError: it cannot be read, a value is no whole number, or there are too many.
        Cancelled: the user stopped the run.
    """
    found: set[int] = set()
    with RasterReader(path, is_cancelled=progress.is_cancelled, is_exact=True) as reader:
        for tile in tile_grid(reader.grid.extent, _SIDE_PX, 0, 1):
            stop_if_cancelled(progress)
            pixels, valid = reader.read(tile.inner)
            present = np.unique(pixels[0][valid])
            if (present != np.rint(present)).any():
                raise RasterError(
                    tr(
                        "{map} holds the value {value:g}, and class values are whole numbers; choose a map of "
                        "classes, or say that it is one of another kind.",
                        map=path,
                        value=float(present[present != np.rint(present)][0]),
                    )
                )
            found.update(map(int, present.tolist()))
            if len(found) > MOST_CLASSES + 1:  # beside the classes, 0 where it is no data
                raise RasterError(
                    tr(
                        "{map} has {count} different values or more, and at most {most} classes are allowed; choose a "
                        "map of classes, not of measurements.",
                        map=path,
                        count=len(found),
                        most=MOST_CLASSES,
                    )
                )
    return found


def _stated(text: str) -> dict[int, str]:
    """What the user says each number is.

    Raises:
        RasterError: the text cannot be read, or names a number or a class twice.
    """
    stated: dict[int, str] = {}
    for entry in read_classes(text, is_numbered=True):
        if entry.number is None:
            raise RasterError(
                tr(
                    "'{entry}' in the class table is no 'value=class'; write for example '10=building,20=road,30='.",
                    entry=entry.written,
                )
            )
        if entry.number in stated:
            raise RasterError(
                tr("The class table says twice what {number} is; say it once.", number=entry.number)
            )
        same = [n for n, name in stated.items() if name and class_key(name) == class_key(entry.name)]
        if same:
            raise RasterError(
                tr(
                    "The class table gives the class {name} twice, as {first} and as {number}; merge them in the map "
                    "first, or give each a name of its own.",
                    name=entry.name,
                    first=same[0],
                    number=entry.number,
                )
            )
        stated[entry.number] = entry.name
    return stated


def _entries(
    numbers: Collection[int], names: Mapping[int, str], colours: Mapping[int, str]
) -> tuple[ClassEntry, ...]:
    """Names and colours, made up where the map has none, and never the same twice."""
    entries: list[ClassEntry] = []
    keys: set[str] = set()
    for number in numbers:
        name = names.get(number, "").strip() or tr("class {number}", number=number)
        name = f"{name} ({number})" if class_key(name) in keys else name
        keys.add(class_key(name))
        taken = [entry.colour for entry in entries]
        own = colours.get(number, "")
        entries.append(ClassEntry(name, own if own and own not in taken else colour_of(name, taken)))
    return tuple(entries)
