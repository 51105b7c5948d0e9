"""What a raster says of its codes: attribute tables as different tools write them, categories, palettes."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.raster.legend import read_legend

WHOLE, REAL, TEXT = gdal.GFT_Integer, gdal.GFT_Real, gdal.GFT_String
NAMED = {11: "Open Water", 41: "Deciduous Forest"}


@pytest.fixture
def legend(make_raster):
    """A function: the legend of a raster with an attribute table of columns (name, type, usage, values)."""

    def read(*columns):
        path = str(make_raster(np.zeros((4, 4), np.uint8)))
        table = gdal.RasterAttributeTable()
        table.SetRowCount(max(len(values) for *_, values in columns))
        put = {WHOLE: table.SetValueAsInt, REAL: table.SetValueAsDouble, TEXT: table.SetValueAsString}
        for place, (name, kind, usage, values) in enumerate(columns):
            table.CreateColumn(name, kind, usage)
            for row, value in enumerate(values):
                put[kind](row, place, value)
        raster = gdal.Open(path, gdal.GA_Update)
        raster.GetRasterBand(1).SetDefaultRAT(table)
        raster = None
        raster = gdal.Open(path)
        return read_legend(raster.GetRasterBand(1))

    return read


CODES = ("Value", WHOLE, gdal.GFU_MinMax, [11, 41])
NAMES = ("Land Cover Class", TEXT, gdal.GFU_Name, list(NAMED.values()))


@pytest.mark.parametrize(
    "columns",
    [
        (CODES, NAMES),
        (("VALUE", WHOLE, gdal.GFU_Generic, [11, 41]), ("Class_Names", TEXT, gdal.GFU_Generic, NAMES[3])),
        (
            ("Count", WHOLE, gdal.GFU_PixelCount, [5, 9]),
            ("Code", REAL, gdal.GFU_Generic, [11.0, 41.0]),
            NAMES,
        ),
        (("value", TEXT, gdal.GFU_Generic, ["11", "41"]), NAMES),
        (CODES, ("Note", TEXT, gdal.GFU_Generic, ["a", "b"]), ("Label", TEXT, gdal.GFU_Generic, NAMES[3])),
        # the first row of a code counts
        (("Value", WHOLE, gdal.GFU_MinMax, [11, 41, 11]), (*NAMES[:3], [*NAMES[3], "again"])),
    ],
    ids=["usages", "names of columns", "a code column of numbers", "texts", "several texts", "twice"],
)
def test_names_of_codes(legend, columns):
    assert legend(*columns).names == NAMED


def test_without_a_column_of_codes_rows_are_codes(legend):
    names = [""] * 42
    names[11], names[41] = NAMED.values()
    assert legend(("final_landuse", TEXT, gdal.GFU_Name, names)).names == NAMED
    counted = ("Histogram", WHOLE, gdal.GFU_PixelCount, [0] * 42)
    assert legend(counted, ("final_landuse", TEXT, gdal.GFU_Name, names)).names == NAMED


def test_rows_are_no_codes_where_another_column_may_hold_them(legend):
    assert legend(("lc_type", WHOLE, gdal.GFU_Generic, [11, 41]), NAMES).names == {}


def test_colours_of_codes(legend):
    usages = (gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)
    columns = [(str(usage), WHOLE, usage, [level, 255]) for usage, level in zip(usages, (70, 107, 159))]
    assert legend(CODES, NAMES, *columns).colours == {11: "#466b9f", 41: "#ffffff"}


def test_an_imagine_file(tmp_path):
    path = str(tmp_path / "lc.img")
    raster = gdal.GetDriverByName("HFA").Create(path, 4, 4, 1)
    table = gdal.RasterAttributeTable()
    table.CreateColumn("Value", WHOLE, gdal.GFU_MinMax)
    table.CreateColumn("Class_Names", TEXT, gdal.GFU_Name)
    table.SetRowCount(2)
    for row, (code, name) in enumerate(NAMED.items()):
        table.SetValueAsInt(row, 0, code)
        table.SetValueAsString(row, 1, name)
    raster.GetRasterBand(1).SetDefaultRAT(table)
    raster = None
    raster = gdal.Open(path)
    assert read_legend(raster.GetRasterBand(1)).names == NAMED
