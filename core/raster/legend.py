"""What a map says about its own codes: names and colours, from its attribute table, its category names, its palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from osgeo import gdal

from ...models.contract import ClassEntry
from .class_value import class_value

# Columns that hold the codes, where no column says so of itself, and columns of whole numbers that never do.
_CODE_COLUMNS = ("value", "code", "class value", "pixel value", "raster value", "gridcode", "grid code")
_OTHER_COLUMNS = {
    "count",
    "histogram",
    "oid",
    "objectid",
    "fid",
    "rowid",
    "red",
    "green",
    "blue",
    "alpha",
    "opacity",
}
_NAME_WORDS = ("name", "class", "label", "category")


@dataclass(frozen=True)
class MapLegend:
    """Names and colours of class values, as far as a map gives them.

    Attributes:
        names: by class value.
        colours: by class value, as '#rrggbb'.
    """

    names: Mapping[int, str]
    colours: Mapping[int, str]


def read_legend(band: gdal.Band) -> MapLegend:
    """The legend of a band of class values; what the attribute table says counts more than the rest.

    Where the table has no column of class values, its first row is that of 0, as GDAL has it; but not where it has
    another column of whole numbers, which may hold the values under a name that nobody knows. The first row of a value
    counts.
    """
    table = band.GetDefaultRAT()  # first: before it, GDAL 3.6 does not see names that lie beside a GeoTIFF
    categories = band.GetCategoryNames() or ()
    names = {code: name for code, name in enumerate(categories) if name.strip()}
    colours = _palette(band.GetColorTable())
    if table is not None:
        rows = _rows(table)
        names.update(_named(table, rows))
        colours.update(_coloured(table, rows))
    return MapLegend(names, colours)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of '#rrggbb'."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def colour_table(
    classes: Sequence[ClassEntry], codes: Sequence[int] | None = None, nodata: int = 0
) -> gdal.ColorTable:
    """Colours of class values, by default 1, 2, 3 ...; the value of no data is transparent."""
    colours = gdal.ColorTable()
    colours.SetColorEntry(nodata, (0, 0, 0, 0))
    for code, entry in zip(codes or range(1, len(classes) + 1), classes):
        colours.SetColorEntry(code, (*rgb(entry.colour), 255))
    return colours


def _palette(palette: gdal.ColorTable | None) -> dict[int, str]:
    if palette is None or palette.GetPaletteInterpretation() != gdal.GPI_RGB:
        return {}
    entries = (palette.GetColorEntry(code) for code in range(palette.GetCount()))
    return {code: _hex(*entry[:3]) for code, entry in enumerate(entries)}


def _named(table: gdal.RasterAttributeTable, rows: Mapping[int, int]) -> dict[int, str]:
    texts = [c for c in _columns(table) if table.GetTypeOfCol(c) == gdal.GFT_String]
    likely = [c for c in texts if any(word in _called(table, c) for word in _NAME_WORDS)]
    column = next((c for c in (table.GetColOfUsage(gdal.GFU_Name), *likely, *texts) if c >= 0), None)
    if column is None:
        return {}
    named = {code: table.GetValueAsString(row, column) for code, row in rows.items()}
    return {code: name for code, name in named.items() if name.strip()}


def _coloured(table: gdal.RasterAttributeTable, rows: Mapping[int, int]) -> dict[int, str]:
    columns = [table.GetColOfUsage(usage) for usage in (gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)]
    if min(columns) < 0:
        return {}
    return {
        code: _hex(*(table.GetValueAsInt(row, column) for column in columns)) for code, row in rows.items()
    }


def _rows(table: gdal.RasterAttributeTable) -> dict[int, int]:
    """The row of each class value."""
    usages = [table.GetColOfUsage(usage) for usage in (gdal.GFU_MinMax, gdal.GFU_Min)]
    named = sorted(
        (_CODE_COLUMNS.index(_called(table, c)), c)
        for c in _columns(table)
        if _called(table, c) in _CODE_COLUMNS
    )
    column = next((found for found in (*usages, *(c for _, c in named)) if found >= 0), None)
    if column is None:
        is_linear, first, step = table.GetLinearBinning()
        unknown = any(_may_be_codes(table, c) for c in _columns(table))
        if unknown or (is_linear and step != 1):
            return {}
        return {row + (int(first) if is_linear else 0): row for row in range(table.GetRowCount())}
    read = _reader(table, column)
    found = {row: class_value(read(row, column)) for row in range(table.GetRowCount())}
    rows: dict[int, int] = {}
    for row, value in found.items():
        if value is not None and value.code is not None:
            rows.setdefault(value.code, row)
    return rows


def _reader(table: gdal.RasterAttributeTable, column: int) -> Callable[[int, int], Any]:
    kinds: dict[int, Callable[[int, int], Any]] = {
        gdal.GFT_Integer: table.GetValueAsInt,
        gdal.GFT_Real: table.GetValueAsDouble,
        gdal.GFT_String: table.GetValueAsString,
    }
    return kinds[table.GetTypeOfCol(column)]


def _may_be_codes(table: gdal.RasterAttributeTable, column: int) -> bool:
    """Whether a column of whole numbers may hold the codes, for all that is known."""
    return (
        table.GetTypeOfCol(column) == gdal.GFT_Integer
        and table.GetUsageOfCol(column) == gdal.GFU_Generic
        and _called(table, column) not in _OTHER_COLUMNS
    )


def _columns(table: gdal.RasterAttributeTable) -> range:
    return range(table.GetColumnCount())


def _called(table: gdal.RasterAttributeTable, column: int) -> str:
    return str(table.GetNameOfCol(column)).strip().casefold().replace("_", " ")


def _hex(*levels: int) -> str:
    return "#" + "".join(f"{min(max(level, 0), 255):02x}" for level in levels)
