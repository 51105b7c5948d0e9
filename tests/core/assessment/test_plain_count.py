"""Any maps and any reference give what numpy counts on the same pixels, by the one rule, or are refused."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from osgeo import gdal, ogr, osr
from recurve.core.assessment.assess_maps import assess_maps
from recurve.core.assessment.reference import PolygonReference, Polygons
from recurve.core.assessment.task import AssessmentTask
from recurve.core.class_maps.class_matching import Label
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.errors import LabelError
from recurve.core.progress import Quiet
from recurve.core.raster.grid import Grid
from recurve.core.raster.ground_area import pixel_areas_m2
from recurve.tests.core.assessment.plain_scenes import expected_of, scenes

TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "int32": gdal.GDT_Int32,
    "float32": gdal.GDT_Float32,
}
FOLDER = "/vsimem/plain-count"


def write(name, one, scene, flips=(1, 1)):
    """Open it as a raster; flipped, the same pixels lie on the same ground in another order."""
    path = f"{FOLDER}/{name}.tif"
    height, width = one.codes.shape
    down, right = flips
    raster = gdal.GetDriverByName("GTiff").Create(path, width, height, 1, TYPES[one.codes.dtype.name])
    if scene.geotransform is not None:
        x, dx, _, y, _, dy = scene.geotransform
        x, y = (x if right > 0 else x + width * dx), (y if down > 0 else y + height * dy)
        raster.SetGeoTransform((x, right * dx, 0.0, y, 0.0, down * dy))
    if scene.epsg is not None:
        raster.SetProjection(wkt(scene.epsg))
    band = raster.GetRasterBand(1)
    if one.nodata is not None:
        band.SetNoDataValue(float(one.nodata))
    band.WriteRaster(0, 0, width, height, np.ascontiguousarray(one.codes[::down, ::right]).tobytes())
    if one.mask is not None:
        raster.CreateMaskBand(gdal.GMF_PER_DATASET)
        mask = (255 * one.mask[::down, ::right]).astype(np.uint8).tobytes()
        band.GetMaskBand().WriteRaster(0, 0, width, height, mask)
    raster = None
    return open_class_rasters(path, name)[0]


def wkt(epsg):
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    return system.ExportToWkt()


def polygons(boxes, scene):
    x, dx, _, y, _, dy = scene.geotransform
    shapes = []
    for row, col, height, width in boxes:
        corners = [(row, col), (row, col + width), (row + height, col + width), (row + height, col)]
        points = ", ".join(f"{x + c * dx} {y + r * dy}" for r, c in (*corners, corners[0]))
        shapes.append(bytes(ogr.CreateGeometryFromWkt(f"POLYGON (({points}))").ExportToWkb()))
    return Polygons("drawn", lambda _grid: shapes, len(shapes))


def assessed(scene):
    maps = tuple(write(f"map{number}", one, scene) for number, one in enumerate(scene.maps))
    if scene.reference is None:
        shapes = {Label(code): polygons(boxes, scene) for code, boxes in scene.boxes.items()}
        background = None if scene.background is None else Label(scene.background)
        reference = PolygonReference("drawn", shapes, background)
    else:
        reference = write("truth", scene.reference, scene, scene.flips)
    area = None if scene.area is None else polygons([scene.area], scene)
    task = AssessmentTask(
        maps,
        reference,
        (1,),
        area=area,
        table=scene.table,
        unlabelled=scene.unlabelled,
        zero_is_a_class=scene.zero_is_a_class,
        block_side_px=4,
    )
    return assess_maps(task, None, Quiet())


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(scene=scenes())
def test_any_scene(scene):
    if not scene.boxes and scene.reference is None:
        return  # the only class became the background
    expected = expected_of(scene)
    try:
        if expected is None or (scene.zero_is_a_class and scene.unlabelled == 0):
            with pytest.raises(LabelError):
                assessed(scene)
            return
        made = assessed(scene)
    finally:
        gdal.RmdirRecursive(FOLDER)
    labels, known, maps = expected
    classes = [int(name) for name in made.classes]
    sizes = sizes_of_pixels(scene)
    for figures, (codes, held) in zip(made.maps, maps):
        pairs = Counter(zip(labels[known].tolist(), np.where(held, codes, None)[known].tolist()))
        counted = {
            (true, mapped): int(figures.confusion.counts[row, col])
            for (row, true), (col, mapped) in itertools.product(
                enumerate(classes), enumerate([*classes, None])
            )
        }
        assert {pair: count for pair, count in counted.items() if count} == pairs
        confusion = figures.confusion
        assert confusion.pixels == known.sum()
        right = known & held & (codes == labels)
        assert confusion.overall == pytest.approx(right.sum() / known.sum())
        assert confusion.no_data.sum() == (known & ~held).sum()
        for number, code in enumerate(classes):
            true, mapped = known & (labels == code), known & held & (codes == code)
            agreed, either = (true & mapped).sum(), (true | mapped).sum()
            assert confusion.iou[number] == pytest.approx(agreed / either if either else np.nan, nan_ok=True)
            assert confusion.recall[number] == pytest.approx(
                agreed / true.sum() if true.any() else np.nan, nan_ok=True
            )
            shown = scene.inside & held & (codes == code)
            assert figures.mapped_px[number] == shown.sum()
            assert figures.mapped_size[number] == pytest.approx(sizes[shown].sum())
    for (codes, held), change in zip(maps[1:], made.changes):
        was, is_right = (h & (c == labels) for c, h in (maps[0], (codes, held)))
        assert change.repaired == (known & ~was & is_right).sum()
        assert change.damaged == (known & was & ~is_right).sum()
        assert change.no_data == (known & ~(maps[0][1] & held)).sum()
        assert change.both_right + change.repaired + change.damaged + change.both_wrong == known.sum()


def sizes_of_pixels(scene):
    grid = Grid(*scene.shape, scene.geotransform, wkt(scene.epsg) if scene.epsg else "")
    areas = pixel_areas_m2(grid)
    return np.ones(scene.shape) if areas is None else areas.of(grid.extent)
