"""What the values of a map of any origin mean, by the user or the map's metadata: its kind and its class table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from osgeo import gdal

from ...models.contract import MAP_KINDS, ClassEntry
from ..errors import RasterError
from ..raster.class_value import class_key
from ..raster.file_reader import open_raster
from ..raster.gdal_errors import no_gdal_failure
from ..raster.legend import MapLegend, read_legend
from ..raster.operation import AS_THE_FILE_SAYS, Placing
from ..translation import tr
from .class_table import ClassTable, class_table

CLASSES, PROBABILITIES, SCORES = MAP_KINDS


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
    if kind not in ("", *MAP_KINDS):
        raise RasterError(
            tr(
                "There is no kind of map '{kind}'; choose one of {kinds}.",
                kind=kind,
                kinds=", ".join(MAP_KINDS),
            )
        )
    dataset = open_raster(path)
    with no_gdal_failure(
        tr("{path} cannot be read", path=path), tr("The file may be damaged: copy or export it again.")
    ):
        # first, because only then does GDAL read what lies beside a GeoTIFF
        made_by = dataset.GetMetadataItem("RECURVE_CLASSIFIER_SHA256") or ""
        bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
        alpha = {b.GetBand() for b in bands if b.GetColorInterpretation() == gdal.GCI_AlphaBand}
        if any(gdal.DataTypeIsComplex(band.DataType) for band in bands):
            raise RasterError(
                tr(
                    "{path} holds complex numbers, and a map has class values, probabilities or scores.",
                    path=path,
                )
            )
        names = {band.GetBand(): band.GetDescription() for band in bands if band.GetDescription()}
        legend, nodata = read_legend(bands[0]), bands[0].GetNoDataValue()
    kind = kind or expected_kind or _kind_of_class_values(path, len(bands) - len(alpha))
    class_names = [entry.name for entry in classes]
    if kind == CLASSES:
        if len(bands) - len(alpha) != 1:
            raise RasterError(
                tr(
                    "{path} has {count} bands, and a map of class values has one; choose the raster that holds the "
                    "class values (not a picture of it), or another kind of map.",
                    path=path,
                    count=len(bands) - len(alpha),
                )
            )
        listed = {code: name for code, name in legend.names.items() if code != nodata}
        table = class_table(text, listed, class_names)
        entries, free = _entries(legend, table, classes), _free_value(nodata, table)
        return ClassMap(path, kind, table, entries, free, made_by, placing, nodata)
    table = _band_table(path, kind, text, names, class_names, len(bands), alpha)
    return ClassMap(path, kind, table, tuple(classes), 0, made_by, placing)


def _kind_of_class_values(path: str, bands: int) -> str:
    if bands == 1:
        return CLASSES
    raise RasterError(
        tr(
            "{path} has {count} bands, which may hold probabilities or scores: say which kind of map it is "
            "('{probabilities}', or '{scores}' for what Recurve writes as scores).",
            path=path,
            count=bands,
            probabilities=PROBABILITIES,
            scores=SCORES,
        )
    )


def _band_table(
    path: str,
    kind: str,
    text: str,
    names: dict[int, str],
    classes: Sequence[str],
    bands: int,
    alpha: set[int],
) -> ClassTable:
    """Which band is which class; without a word about it, the bands in the network's order."""
    are_classes = set(map(class_key, classes)) <= set(map(class_key, names.values()))
    table = class_table(text, names if are_classes else {}, classes, "band")
    if not text.strip() and not are_classes:
        # GDAL takes the last of four bands of bytes for alpha, whatever they hold
        if len(classes) not in (bands, bands - len(alpha)):
            raise RasterError(
                tr(
                    "{path} has {count} bands, and a map of {kind} needs one for each of the network's {needed} "
                    "classes ({classes}); choose another raster, or say in a class table which band is which class "
                    "and which is none ('4=').",
                    path=path,
                    count=bands,
                    kind=kind,
                    needed=len(classes),
                    classes=", ".join(classes),
                )
            )
        return table
    numbers = (*table.numbers, *table.nothing)
    beyond = [number for number in numbers if not 1 <= number <= bands]
    if beyond:
        raise RasterError(
            tr(
                "The class table names band {band}, and {path} has bands 1 to {count}; name one of these.",
                band=beyond[0],
                path=path,
                count=bands,
            )
        )
    return table


def _entries(legend: MapLegend, table: ClassTable, classes: Sequence[ClassEntry]) -> tuple[ClassEntry, ...]:
    return tuple(
        replace(entry, name=legend.names.get(code, entry.name), colour=legend.colours.get(code, entry.colour))
        for code, entry in zip(table.numbers, classes)
    )


def _free_value(nodata: float | None, table: ClassTable) -> int:
    """The map's own nodata value, if it is a class value that is free; else the first that is."""
    if nodata is not None and 0 <= nodata <= 65535 and nodata == int(nodata) and nodata not in table.numbers:
        return int(nodata)
    values: list[int] = [0, 255, *range(1, 65536)]
    return next(value for value in values if value not in table.numbers)
