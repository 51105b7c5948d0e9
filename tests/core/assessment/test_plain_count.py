"""Any maps and any reference give what numpy counts on the same pixels, by the one rule, or are refused."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr, osr
from recurve.core.assessment.assess_maps import assess_maps
from recurve.core.assessment.reference import PolygonReference, Polygons
from recurve.core.assessment.task import AssessmentTask
from recurve.core.class_maps.class_matching import Label
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.errors import LabelError
from recurve.core.progress import Quiet
from recurve.core.raster.grid import Grid
from recurve.core.raster.ground_area import row_areas_m2

TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "int32": gdal.GDT_Int32,
    "float32": gdal.GDT_Float32,
}
LARGE = {"uint8": 200, "uint16": 40_000, "int16": -311, "int32": 111_011, "float32": 5_000_000}
NODATA = {"uint8": 255, "uint16": 65_535, "int16": -9999, "int32": -99_999, "float32": -9999}
FOLDER = "/vsimem/plain-count"


@dataclass
class Plain:
    """A raster of classes: its pixels, and which of them hold something."""

    codes: np.ndarray
    nodata: float | None = None
    mask: np.ndarray | None = None

    @property
    def knows_nodata(self):
        return self.nodata is not None or self.mask is not None

    def holds(self, classes=()):
        """Where there is a code; the nodata value is one if it is among the classes."""
        held = np.ones(self.codes.shape, bool) if self.mask is None else self.mask.copy()
        if self.nodata is not None and self.nodata not in classes:
            held &= self.codes != self.nodata
        return held & np.isfinite(self.codes)

    def present(self, area, classes=()):
        return set(self.codes[self.holds(classes) & area].astype(int).tolist())


@dataclass
class Scene:
    maps: list[Plain]
    reference: Plain | None
    boxes: dict[int, list[tuple[int, int, int, int]]]
    background: int | None
    geotransform: tuple[float, ...] | None
    epsg: int | None
    area: tuple[int, int, int, int] | None
    table: dict[int, str]
    unlabelled: int | None
    zero_is_a_class: bool
    flips: tuple[int, int]

    @property
    def shape(self):
        return self.maps[0].codes.shape

    @property
    def inside(self):
        inside = np.ones(self.shape, bool)
        if self.area is not None:
            inside[:] = False
            inside[box_slices(self.area)] = True
        return inside


def box_slices(box):
    row, col, height, width = box
    return slice(row, row + height), slice(col, col + width)


@st.composite
def boxes_in(draw, shape):
    row, col = draw(st.integers(0, shape[0] - 1)), draw(st.integers(0, shape[1] - 1))
    return row, col, draw(st.integers(1, shape[0] - row)), draw(st.integers(1, shape[1] - col))


@st.composite
def plain_rasters(draw, shape, dtype):
    values = draw(st.sets(st.sampled_from([0, 1, 2, 3, LARGE[dtype]]), min_size=1))
    seed = draw(st.integers(0, 2**16))
    rng = np.random.default_rng(seed)
    codes = rng.choice(sorted(values), shape).astype(dtype)
    kind = draw(st.sampled_from(["none", "declared", "class", "mask", "nan", "bare nan"]))
    holes = rng.random(shape) < draw(st.sampled_from([0.0, 0.3, 0.9]))
    if kind == "declared":
        codes[holes] = NODATA[dtype]
        return Plain(codes, NODATA[dtype])
    if kind == "class":
        return Plain(codes, draw(st.sampled_from(sorted(values))))
    if kind == "mask":
        return Plain(codes, mask=~holes)
    if "nan" in kind and dtype == "float32":
        codes[holes] = np.nan
        return Plain(codes, np.nan if kind == "nan" else None)
    return Plain(codes)


@st.composite
def scenes(draw):
    shape = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    dtype = draw(st.sampled_from(sorted(TYPES)))
    maps = draw(st.lists(plain_rasters(shape, dtype), min_size=1, max_size=2))
    reference, boxes, background = None, {}, None
    if draw(st.booleans()):
        same = st.just(dtype)
        reference = draw(plain_rasters(shape, draw(st.one_of(same, st.sampled_from(sorted(TYPES))))))
    else:
        values = st.lists(st.sampled_from([0, 1, 2, LARGE[dtype]]), min_size=1, max_size=3, unique=True)
        for value in draw(values):
            boxes[value] = draw(st.lists(boxes_in(shape), min_size=1, max_size=2))
        background = draw(st.one_of(st.none(), st.sampled_from([0, 3, 9])))
        boxes.pop(background, None)
    geotransform = None
    if reference is None or draw(st.booleans()):
        dx, dy = (draw(st.sampled_from([-1, 1])) * draw(st.sampled_from([0.5, 2.0])) for _ in "xy")
        geotransform = (20.0, dx, 0.0, 50.0, 0.0, dy)
    epsg = None if geotransform is None else draw(st.sampled_from([None, 4326, 3857, 32640]))
    is_placed = geotransform is not None
    area = draw(st.one_of(st.none(), boxes_in(shape))) if is_placed else None
    flips = tuple(draw(st.sampled_from([1, 1, -1])) if is_placed else 1 for _ in "yx")
    scene = Scene(maps, reference, boxes, background, geotransform, epsg, area, {}, None, False, flips)
    if reference is not None:
        scene.zero_is_a_class = draw(st.booleans())
        scene.unlabelled = draw(st.sampled_from([None, None, 3, 1]))
    if draw(st.booleans()):
        targets = ["", *(str(code) for code in sorted(labels_of(scene)[1]))]
        codes = {int(code) for one in maps for code in np.unique(one.codes[np.isfinite(one.codes)])}
        scene.table = {code: draw(st.sampled_from(targets)) for code in sorted(codes)}
    return scene


def labels_of(scene):
    """The class of each labelled pixel, where there is one, and the classes; None for what has to be refused."""
    if scene.reference is None:
        labels, covered = np.zeros(scene.shape, int), np.zeros(scene.shape, int)
        for code, boxes in scene.boxes.items():
            of_class = np.zeros(scene.shape, bool)
            for box in boxes:
                of_class[box_slices(box)] = True
            labels[of_class] = code
            covered += of_class
        known = covered == 1
        if scene.background is not None:
            labels[covered == 0] = scene.background
            known |= covered == 0
        classes = set(scene.boxes) | ({scene.background} - {None})
        return (labels, known & scene.inside), classes
    one = scene.reference
    as_classes = [0] if scene.zero_is_a_class else []
    known = one.holds(as_classes) & scene.inside
    classes = one.present(scene.inside, as_classes)
    if scene.unlabelled is not None:
        classes -= {scene.unlabelled}
    elif not one.knows_nodata and not scene.zero_is_a_class and 0 in classes:
        classes -= {0}
        if len(classes) == 1:
            return None, classes
    labels = np.where(np.isfinite(one.codes), one.codes, 0).astype(int)
    return (labels, known & np.isin(labels, sorted(classes))), classes


def mapped_of(scene, one, classes):
    """The reference's class of each pixel of a map, and where it has one."""
    named = [code for code, name in scene.table.items() if name]
    held = one.holds(named)
    codes = np.where(held, one.codes, 0).astype(int)
    if not (one.knows_nodata or 0 in scene.table or 0 in classes):
        held &= codes != 0
    if scene.table:
        held &= np.isin(codes, named)
        codes = np.vectorize(lambda code: int(scene.table.get(code) or 0), otypes=[int])(codes)
    return codes, held


def expected_of(scene):
    """The labels, each map, and the pairs of classes; None where nothing can be said."""
    found, classes = labels_of(scene)
    if found is None or not classes or not found[1].any():
        return None
    labels, known = found
    maps = [mapped_of(scene, one, classes) for one in scene.maps]
    for codes, held in maps:
        common = set(codes[held & scene.inside].tolist()) & classes
        if not common or not (held & known).any():
            return None
    return labels, known, maps


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
    return Polygons("drawn", shapes, wkt(scene.epsg) if scene.epsg else "")


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
    row_sizes = sizes_of_rows(scene)
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
            assert figures.mapped_size[number] == pytest.approx(shown.sum(axis=1) @ row_sizes)
    for (codes, held), change in zip(maps[1:], made.changes):
        was, is_right = (h & (c == labels) for c, h in (maps[0], (codes, held)))
        assert change.repaired == (known & ~was & is_right).sum()
        assert change.damaged == (known & was & ~is_right).sum()
        assert change.no_data == (known & ~(maps[0][1] & held)).sum()
        assert change.both_right + change.repaired + change.damaged + change.both_wrong == known.sum()


def sizes_of_rows(scene):
    grid = Grid(*scene.shape, scene.geotransform, wkt(scene.epsg) if scene.epsg else "")
    areas = row_areas_m2(grid)
    return np.ones(scene.shape[0]) if areas is None else areas
