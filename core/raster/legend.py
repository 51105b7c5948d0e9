"""What a map says about its own codes: names and colours, from its attribute table, its category names, its palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from osgeo import gdal

from ...models.contract import ClassEntry


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
    """The legend of a band of class values; what the attribute table says counts more than the rest."""
    table = band.GetDefaultRAT()  # first: before it, GDAL 3.6 does not see names that lie beside a GeoTIFF
    categories = band.GetCategoryNames() or ()
    names = {code: name for code, name in enumerate(categories) if name}
    colours = _palette(band.GetColorTable())
    if table is not None:
        names.update(_named(table))
        colours.update(_coloured(table))
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


def _named(table: gdal.RasterAttributeTable) -> dict[int, str]:
    texts = [c for c in range(table.GetColumnCount()) if table.GetTypeOfCol(c) == gdal.GFT_String]
    column = table.GetColOfUsage(gdal.GFU_Name)
    if column < 0 and texts:
        column = texts[0]
    if column < 0:
        return {}
    return {
        code: name for code, row in _codes(table).items() if (name := table.GetValueAsString(row, column))
    }


def _coloured(table: gdal.RasterAttributeTable) -> dict[int, str]:
    columns = [table.GetColOfUsage(usage) for usage in (gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)]
    if min(columns) < 0:
        return {}
    return {
        code: _hex(*(table.GetValueAsInt(row, column) for column in columns))
        for code, row in _codes(table).items()
    }


def _codes(table: gdal.RasterAttributeTable) -> dict[int, int]:
    """The row of each class value; empty where no column holds them."""
    named = [c for c in range(table.GetColumnCount()) if table.GetNameOfCol(c).casefold() == "value"]
    usages = [table.GetColOfUsage(usage) for usage in (gdal.GFU_MinMax, gdal.GFU_Min)]
    column = next((found for found in (*usages, *named) if found >= 0), -1)
    if column < 0:
        return {}
    return {table.GetValueAsInt(row, column): row for row in range(table.GetRowCount())}


def _hex(*levels: int) -> str:
    return "#" + "".join(f"{min(max(level, 0), 255):02x}" for level in levels)
