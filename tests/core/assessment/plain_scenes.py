"""Small scenes of any kind, and by the rule what each of their pixels says: numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

LARGE = {"uint8": 200, "uint16": 40_000, "int16": -311, "int32": 111_011, "float32": 5_000_000}
NODATA = {"uint8": 255, "uint16": 65_535, "int16": -9999, "int32": -99_999, "float32": -9999}


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
    dtype = draw(st.sampled_from(sorted(LARGE)))
    maps = draw(st.lists(plain_rasters(shape, dtype), min_size=1, max_size=2))
    reference, boxes, background = None, {}, None
    if draw(st.booleans()):
        same = st.just(dtype)
        reference = draw(plain_rasters(shape, draw(st.one_of(same, st.sampled_from(sorted(LARGE))))))
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
