"""A scene of three classes on the disk, and what it takes to assess it."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from recurve.core.assessment.assess_maps import assess_maps
from recurve.core.assessment.difference import Change, Overview, difference
from recurve.core.assessment.reference import Polygons
from recurve.core.assessment.result import Assessment, MapFigures
from recurve.core.assessment.task import AssessmentTask
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.metrics.area_estimation import StratumSample, estimate_areas
from recurve.core.metrics.boundary import count_boundaries, margin_px
from recurve.core.metrics.confusion import Confusion, count_confusion
from recurve.core.progress import Quiet
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

HEIGHT, WIDTH = 45, 61  # of the scene


CLASSES = ("Water & <b>ice</b>", "Wood")
TOLERANCES = (1, 2)


@pytest.fixture
def scene():
    """A reference of three classes, and two maps: the reference shifted by 2 px, and by 1 px."""
    rng = np.random.default_rng(11)
    patches = np.kron(rng.integers(1, 4, (9, 10)), np.ones((7, 8), int)).astype(np.uint8)
    planes = [patches[s : HEIGHT + s, s : WIDTH + s].copy() for s in (0, 2, 1)]
    planes[0][rng.random((HEIGHT, WIDTH)) < 0.03] = 0
    return planes


@pytest.fixture
def write_map(make_raster):
    """A function that writes codes as a class raster and opens it; `names` are its category names."""

    def write(codes, name, names=(), bands=(), **settings):
        path = make_raster(codes, f"{name}.tif", names=bands, **settings)
        if names:
            raster = gdal.Open(str(path), gdal.GA_Update)
            raster.GetRasterBand(1).SetCategoryNames(list(names))
            raster = None
        return open_class_rasters(str(path), name)

    return write


@pytest.fixture
def rasters(write_map, scene):
    """The scene on the disk, nodata 0: reference, first map, second map."""
    return [write_map(p, name, nodata=0)[0] for p, name in zip(scene, ("truth", "before", "after"))]


@pytest.fixture
def run():
    """A function that assesses maps against a reference."""

    def assess(maps, reference, *, writer=None, progress=None, tolerances_px=(1, 3), **settings):
        task = AssessmentTask(tuple(maps), reference, tolerances_px, **settings)
        return assess_maps(task, writer, progress or Quiet())

    return assess


@pytest.fixture
def box():
    """A function that draws a rectangle."""

    def draw(x, y, width, height):
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for across, up in ((0, 0), (width, 0), (width, height), (0, height), (0, 0)):
            ring.AddPoint_2D(x + across, y + up)
        polygon = ogr.Geometry(ogr.wkbPolygon)
        polygon.AddGeometry(ring)
        return polygon

    return draw


@pytest.fixture
def in_pixels(box):
    """A function: a box of whole pixels of the default geotransform, as WKB."""

    def draw(row, col, height, width):
        return bytes(box(500000 + col, 2800000 - row - height, width, height).ExportToWkb())

    return draw


@pytest.fixture
def drawn():
    """A function that makes polygons of WKB which are in the coordinates of any grid already."""

    def polygons(name, *shapes):
        return Polygons(name, lambda _grid: shapes, len(shapes))

    return polygons


@pytest.fixture
def crs():
    """A function that gives the WKT of an EPSG code."""

    def wkt(epsg):
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        return system.ExportToWkt()

    return wkt


@pytest.fixture
def utm(crs):
    """The coordinate reference system of the scene."""
    return crs(32640)


@pytest.fixture
def assessment():
    """A reference of two halves, and three iterations whose edge moves onto the reference's."""
    reference = np.ones((12, 20), np.uint8)
    reference[:, 10:] = 2
    maps, planes = [], []
    for number, edge in enumerate((13, 12, 11, 10)):
        codes = np.ones_like(reference)
        codes[:, edge:] = 2
        counts = count_confusion(reference, codes, 2)
        boundary = count_boundaries(
            *(np.pad(p, margin_px(TOLERANCES)) for p in (reference, codes)), 2, TOLERANCES
        )
        mapped = counts[:, :2].sum(axis=0)
        areas = estimate_areas(StratumSample.of_map_classes(counts[:, :2], 4.0 * counts[:, :2]), 8.0 * mapped)
        name = f"Iteration {number}"
        figures = Confusion(counts), boundary, mapped, 4.0 * mapped, 4.0, areas
        maps.append(MapFigures(name, "m.tif", number + 1, *figures))
        planes.append(codes)
    overview = Overview(Grid(12, 20, None, ""))
    overview.add(difference(reference, planes[0], planes[-1]), Window(0, 0, 12, 20))
    changes = tuple(Change(204, 12 * n, 0, 36 - 12 * n) for n in (1, 2, 3))
    return Assessment(
        CLASSES, "truth", "", "", TOLERANCES, tuple(maps), changes, True, ("Mind this.",), overview.picture()
    )
