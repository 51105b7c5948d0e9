"""The buildings of Banepa, Nepal, as sample sets: outlines as they are, and as coarse as a map might have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

from ..core.samples.sample_set import Chip, SampleSet
from ..core.samples.write_samples import LabelledChip, write_samples
from ..models.contract import ClassEntry
from .data import data_folder, opened

BUILDING_CLASSES = (ClassEntry("background", "#d9d4c7"), ClassEntry("building", "#c0392b"))
MISREGISTRATION_M = 3.2
OMISSION = 0.2
ROWS = 0, 7  # the whole height of the block
BANEPA_PIXEL_M = 0.2645  # two pixels of 0.1493 projected metres at 27.6 degrees north


@dataclass(frozen=True)
class Region:
    """A rectangle of the Banepa block, in chips of the data set: 6 columns by 8 rows.

    Attributes:
        columns: the first and the last.
        rows: the first and the last.
        split: of the sample set.
        fold: of the sample set.
        is_coarse: whether its labels are shifted and incomplete.
    """

    columns: tuple[int, int]
    rows: tuple[int, int]
    split: str
    fold: int
    is_coarse: bool = False

    @property
    def name(self) -> str:
        """Where it is, for people."""
        (first, last), (top, bottom) = self.columns, self.rows
        return f"columns_{first}_{last}_rows_{top}_{bottom}"


def building_samples(folder: Path, regions: Sequence[Region], seed: int = 0, shrink: int = 2) -> SampleSet:
    """Regions of the Banepa block at a lower resolution as a sample set.

    Coarse labels are those that OpenStreetMap might have had: every 68 m square shifted by up to 3.2 m and a fifth of
    the buildings missing.

    Args:
        folder: where to write it.
        regions: its chips.
        seed: of the shifts and omissions.
        shrink: how many pixels of the data, 0.13 m wide, become one: 2 or 4.
    """
    small = banepa_shrunk(shrink)
    image = np.frombuffer(small.ReadRaster(), np.uint8).reshape(3, small.RasterYSize, small.RasterXSize)
    outlines = ogr.Open(str(data_folder("banepa-buildings") / "buildings_osm.geojson"))
    side, pixel_m = 512 // shrink, BANEPA_PIXEL_M * shrink / 2  # a chip of the data set
    accurate = _burn(outlines, small, pixel_m, 0.0, 0.0, 0.0, seed)

    def pixels_of(columns: tuple[int, int], rows: tuple[int, int]) -> tuple[slice, slice]:
        return tuple(slice(first * side, (last + 1) * side) for first, last in (rows, columns))  # type: ignore[return-value]

    coarse = accurate.copy()
    rng = np.random.default_rng(seed)
    squares = [
        (column, row)
        for region in regions
        if region.is_coarse
        for column in range(region.columns[0], region.columns[1] + 1)
        for row in range(region.rows[0], region.rows[1] + 1)
    ]
    for column, row in sorted(squares, key=lambda square: square[::-1]):
        angle, distance = rng.uniform(0, 2 * np.pi), MISREGISTRATION_M * np.sqrt(rng.uniform())
        east, north = distance * np.cos(angle), distance * np.sin(angle)
        burnt = _burn(outlines, small, pixel_m, east, north, OMISSION, int(rng.integers(1 << 30)))
        window = pixels_of((column, column), (row, row))
        coarse[window] = burnt[window]

    def chips() -> Iterator[LabelledChip]:
        for region in regions:
            window = pixels_of(region.columns, region.rows)
            labels = np.ascontiguousarray((coarse if region.is_coarse else accurate)[window])
            chip = Chip(region.name, region.split, *labels.shape, region.fold)
            yield LabelledChip(chip, np.ascontiguousarray(image[(slice(None), *window)]), labels)

    return write_samples(
        folder, chips(), ("red", "green", "blue"), BUILDING_CLASSES, pixel_m,
        "Banepa, Nepal: imagery OpenAerialMap contributors, outlines (c) OpenStreetMap contributors",
        "imagery CC BY 4.0, outlines ODbL 1.0",
    )  # fmt: skip


def banepa_samples(folder: Path, regions: Sequence[Region], seed: int, shrink: int = 2) -> SampleSet:
    """The sample set of `building_samples` in a folder; made, if it is not there yet."""
    return opened(folder, partial(building_samples, regions=regions, seed=seed, shrink=shrink))


def banepa_regions(is_noisy: bool, accurate_column: int, test_column: int) -> list[Region]:
    """Four columns for the classifier (fold 0), the accurate one in quarters (folds 1 to 4), and the test part."""
    columns = [column for column in range(6) if column not in (accurate_column, test_column)]
    coarse = [Region(run, ROWS, "train", 0, is_noisy) for run in _runs(columns)]
    quarters = [
        Region((accurate_column, accurate_column), (2 * quarter, 2 * quarter + 1), "train", 1 + quarter)
        for quarter in range(4)
    ]
    return [*coarse, *quarters, Region((test_column, test_column), ROWS, "test", 0)]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last of each run of neighbouring numbers."""
    first = [number for number in numbers if number - 1 not in numbers]
    last = [number for number in numbers if number + 1 not in numbers]
    return list(zip(first, last))


def coarse_and_accurate(samples: SampleSet) -> tuple[list[Chip], list[Chip]]:
    """The chips of `banepa_regions` that a classifier learns from, and those that a corrector learns from."""
    train = samples.of_split("train")
    return [chip for chip in train if chip.fold == 0], [chip for chip in train if chip.fold > 0]


def banepa_shrunk(shrink: int = 2) -> gdal.Dataset:
    """The Banepa block averaged to pixels of 0.13 m x `shrink`, in memory."""
    whole = gdal.Open(str(data_folder("banepa-buildings") / "banepa_rgb.vrt"))
    return gdal.Translate(
        "",
        whole,
        format="MEM",
        width=whole.RasterXSize // shrink,
        height=whole.RasterYSize // shrink,
        resampleAlg="average",
    )


def _burn(
    outlines: ogr.DataSource,
    grid: gdal.Dataset,
    pixel_m: float,
    east_m: float,
    north_m: float,
    omission: float,
    seed: int,
) -> NDArray[np.uint8]:
    """Outlines, shifted and thinned out, as class values on a grid: 1 background, 2 building."""
    rng = np.random.default_rng(seed)
    system, target = outlines.GetLayer(0).GetSpatialRef().Clone(), grid.GetSpatialRef().Clone()
    for axes in (system, target):
        axes.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_grid = osr.CoordinateTransformation(system, target)
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    kept = memory.CreateLayer("buildings", target)
    for outline in outlines.GetLayer(0):
        if rng.random() >= omission:
            feature = ogr.Feature(kept.GetLayerDefn())
            geometry = outline.GetGeometryRef().Clone()
            geometry.Transform(to_grid)
            feature.SetGeometry(geometry)
            kept.CreateFeature(feature)
    codes = gdal.GetDriverByName("MEM").Create("", grid.RasterXSize, grid.RasterYSize, 1)
    left, width, _, top, _, height = grid.GetGeoTransform()
    ground_to_grid = width / pixel_m  # projected metres are longer than metres on the ground
    # moving the grid one way moves the outlines the other way
    codes.SetGeoTransform(
        (left - east_m * ground_to_grid, width, 0, top - north_m * ground_to_grid, 0, height)
    )
    codes.SetProjection(grid.GetProjection())
    codes.GetRasterBand(1).Fill(1)
    gdal.RasterizeLayer(codes, [1], kept, burn_values=[2])
    return np.frombuffer(codes.ReadRaster(), np.uint8).reshape(grid.RasterYSize, grid.RasterXSize)
