"""What the values of a map of any origin mean, by the user or the map's metadata: its kind and its class table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...models.contract import ClassEntry
from ..errors import RasterError
from ..raster.class_value import class_key
from ..raster.legend import MapLegend
from ..raster.operation import AS_THE_FILE_SAYS, Placing
from ..translation import tr
from .class_table import ClassTable, class_table
from .map_file import CLASSES, MapFile, kind_of, read_map_file


@dataclass(frozen=True)
class ClassMap:
    """A map, and what its values mean.

    Attributes:
        path: anything GDAL opens.
        kind: one of `MAP_KINDS`.
        table: which value of the map, or which of its bands, is which class.
        classes: names and colours, the map's own where it has them.
        nodata: the value that stands for no data in a corrected map.
        classifier_sha256: digest of the classifier that made it, as Recurve writes it into its outputs; '' without.
        placing: what is known of its place.
        own_nodata: of class values: the nodata value that the map has itself; None without.
    """

    path: str
    kind: str
    table: ClassTable
    classes: tuple[ClassEntry, ...]
    nodata: int
    classifier_sha256: str
    placing: Placing = AS_THE_FILE_SAYS
    own_nodata: float | None = None

    @property
    def class_values(self) -> tuple[int, ...]:
        """The value of each class in a corrected map: the map's own, or 1, 2, 3 ... where it has none."""
        return self.table.numbers if self.kind == CLASSES else tuple(range(1, len(self.classes) + 1))


def read_class_map(
    path: str,
    kind: str,
    classes: Sequence[ClassEntry],
    text: str = "",
    expected_kind: str = "",
    placing: Placing = AS_THE_FILE_SAYS,
) -> ClassMap:
    """Look at a map, without its pixels.

    Args:
        path: anything GDAL opens.
        kind: one of `MAP_KINDS`; '' for the expected one, or else 'classes' where there is one band.
        classes: the network's.
        text: a class table as the user writes it, see `class_table`; '' without.
        expected_kind: the kind of map the network was trained on; '' where it is not known.
        placing: what is known of its place.

    Raises:
        RasterError: the map cannot be opened, its kind is not known, its bands do not fit it, or it is not known which
            value or band is which class.
    """
    file = read_map_file(path)
    kind = kind_of(file, kind or expected_kind)
    class_names = [entry.name for entry in classes]
    made_by = file.classifier_sha256
    if kind == CLASSES:
        table = class_table(text, file.named_values, class_names)
        entries, free = _entries(file.legend, table, classes), free_value(file.nodata, table)
        return ClassMap(path, kind, table, entries, free, made_by, placing, file.nodata)
    table = _band_table(file, kind, text, class_names)
    return ClassMap(path, kind, table, tuple(classes), 0, made_by, placing)


def _band_table(file: MapFile, kind: str, text: str, classes: Sequence[str]) -> ClassTable:
    """Which band is which class; without a word about it, the bands in the network's order."""
    names = file.band_names
    are_classes = set(map(class_key, classes)) <= set(map(class_key, names.values()))
    table = class_table(text, names if are_classes else {}, classes, "band")
    if not text.strip() and not are_classes:
        # GDAL takes the last of four bands of bytes for alpha, whatever they hold
        if len(classes) not in (file.bands, file.bands - len(file.alpha)):
            raise RasterError(
                tr(
                    "{path} has {count} bands, and a map of {kind} needs one for each of the network's {needed} "
                    "classes ({classes}); choose another raster, or say in a class table which band is which class "
                    "and which is none ('4=').",
                    path=file.path,
                    count=file.bands,
                    kind=kind,
                    needed=len(classes),
                    classes=", ".join(classes),
                )
            )
        return table
    check_bands(file, (*table.numbers, *table.nothing))
    return table


def check_bands(file: MapFile, numbers: Sequence[int]) -> None:
    """See that a map has the bands that a class table names.

    Raises:
        RasterError: it has not.
    """
    beyond = [number for number in numbers if not 1 <= number <= file.bands]
    if beyond:
        raise RasterError(
            tr(
                "The class table names band {band}, and {path} has bands 1 to {count}; name one of these.",
                band=beyond[0],
                path=file.path,
                count=file.bands,
            )
        )


def _entries(legend: MapLegend, table: ClassTable, classes: Sequence[ClassEntry]) -> tuple[ClassEntry, ...]:
    return tuple(
        replace(entry, name=legend.names.get(code, entry.name), colour=legend.colours.get(code, entry.colour))
        for code, entry in zip(table.numbers, classes)
    )


def free_value(nodata: float | None, table: ClassTable) -> int:
    """A value for no data: the map's own nodata value, if it is a class value that is free; else the first that is."""
    if nodata is not None and 0 <= nodata <= 65535 and nodata == int(nodata) and nodata not in table.numbers:
        return int(nodata)
    values: list[int] = [0, 255, *range(1, 65536)]
    return next(value for value in values if value not in table.numbers)
