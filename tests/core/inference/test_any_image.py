"""No seams, whatever the image: its map is the untiled one, which numpy alone works out here."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import ogr
from recurve.core.errors import RasterError
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window

LARGEST_PX = 700
MOST_TILES = 6  # along an axis: many tiles need no many pixels, and each costs three files
MEANS = (
    100.25,
    50.75,
    7.5,
    149.75,
    30.5,
)  # quarters, so that their sums are exact; half of them round to even
LOWEST_AND_HIGHEST = {
    "uint8": (0, 255),
    "uint16": (0, 65535),
    "int16": (-32768, 32767),
    "float32": (-9999, 9999),
}
GEOTRANSFORMS = (
    None,
    (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0),
    (100.0, 0.5, 0.0, 200.0, 0.0, 2.0),  # south-up, and no square pixels
)
lengths = st.one_of(st.integers(1, 12), st.integers(1, 90), st.integers(1, LARGEST_PX))


@st.composite
def holes(draw, rng, height, width):
    """Where an image has nothing to say: (height, width), True there."""
    rows, cols = np.ogrid[:height, :width]
    kind = draw(st.sampled_from(["none", "specks", "block", "collar", "nearly all", "all"]))
    if kind == "none":
        return np.zeros((height, width), bool)
    if kind == "specks":
        return rng.random((height, width)) < 0.1
    if kind == "block":
        (top, left), (bottom, right) = rng.integers(0, (height, width), (2, 2))
        return (rows >= top) & (rows <= bottom) & (cols >= left) & (cols <= right)
    if kind == "collar":
        return rows * width + 2 * cols * height < rng.integers(1, 2 * height * width, endpoint=True)
    if kind == "nearly all":
        return (rows != rng.integers(height)) | (cols != rng.integers(width))
    return np.ones((height, width), bool)


@st.composite
def images(draw):
    """An image as it is stored, the bands to use, and which of the pixels are valid in them."""
    height, width, band_count = draw(lengths), draw(lengths), draw(st.integers(1, len(MEANS)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    dtype = draw(st.sampled_from(sorted(LOWEST_AND_HIGHEST)))
    lowest, highest = LOWEST_AND_HIGHEST[dtype]
    stored = rng.integers(lowest, highest, (band_count, height, width), endpoint=True).astype(dtype)
    if dtype == "float32":
        stored /= 4
    bands = draw(st.permutations(range(band_count)))[: draw(st.integers(1, band_count))]
    told_by = draw(st.sets(st.sampled_from(["nodata", "alpha"]))) or draw(st.sampled_from([set(), {"mask"}]))
    settings = {
        "geotransform": draw(st.sampled_from(GEOTRANSFORMS)),
        "options": ["PHOTOMETRIC=MINISBLACK"],  # or GDAL takes the last of four bands of bytes for alpha
    }
    valid = np.ones((height, width), bool)
    if "nodata" in told_by:
        settings["nodata"] = draw(
            st.sampled_from([-9999.0, 0.0, np.nan] if dtype == "float32" else [lowest, highest, 0])
        )
        stored[:, draw(holes(rng, height, width))] = settings["nodata"]
        stored[0, draw(holes(rng, height, width))] = settings["nodata"]  # valid where another band says more
    if dtype == "float32":
        which = draw(st.sampled_from([np.nan, np.inf, -np.inf]))
        stored[rng.integers(band_count), draw(holes(rng, height, width))] = which
    chosen = stored[bands]
    if "nodata" in told_by:
        valid &= (chosen != settings["nodata"]).any(axis=0)
    valid &= np.isfinite(chosen).all(axis=0)
    if "alpha" in told_by:
        opaque = {"uint8": 255, "uint16": 65535, "int16": 32767, "float32": 255}[dtype]
        alpha = np.full((1, height, width), opaque, dtype)
        alpha[0, rng.random((height, width)) < 0.05 * (height * width > 1000)] = (
            2  # hardly transparent is valid
        )
        alpha[0, draw(holes(rng, height, width))] = 0
        valid &= alpha[0] != 0
        stored, settings["alpha"] = np.concatenate([stored, alpha]), True
    if "mask" in told_by:
        settings["mask"] = ~draw(holes(rng, height, width))
        valid &= settings["mask"]
    return SimpleNamespace(stored=stored, bands=bands, chosen=chosen, valid=valid, settings=settings, rng=rng)


@st.composite
def polygon_masks(draw, image):
    """Polygons of one or two rings that cross as they like, and the pixels whose centres they hold; or no mask."""
    height, width = image.valid.shape
    polygons, inside = [], np.zeros((height, width), bool)
    for _ in range(draw(st.integers(0, 3))):
        rings = []
        for _ in range(draw(st.integers(1, 2))):
            corners = image.rng.uniform(-0.3, 1.3, (draw(st.integers(3, 6)), 2)) * (width, height)
            # No centre of a pixel lies on an edge between such corners, nor so near that rounding decides.
            rings.append(np.rint(corners * 7) / 7 + (0.0123, 0))
        polygons.append(well_known_binary(rings, image.settings["geotransform"]))
        inside |= holds_centres(rings, height, width)
    if not polygons and draw(st.booleans()):
        return None, np.ones((height, width), bool)
    return PolygonMask(polygons), inside


def well_known_binary(rings, geotransform):
    """Rings of corners (column, row) as a polygon on the ground."""
    left, x_per_col, _, top, _, y_per_row = geotransform or (0, 1, 0, 0, 0, -1)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    for corners in rings:
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for col, row in [*corners, corners[0]]:
            ring.AddPoint_2D(left + col * x_per_col, top + row * y_per_row)
        polygon.AddGeometry(ring)
    return bytes(polygon.ExportToWkb())


def holds_centres(rings, height, width):
    """By the even-odd rule: a ray from the centre to the left crosses the edges an odd number of times."""
    rows, cols = np.arange(height) + 0.5, np.arange(width) + 0.5
    inside = np.zeros((height, width), bool)
    for corners in rings:
        for (col, row), (next_col, next_row) in zip(corners, np.roll(corners, -1, axis=0)):
            met = np.flatnonzero((row > rows) != (next_row > rows))
            crossings = col + (rows[met] - row) * (next_col - col) / (next_row - row)
            inside[met] ^= crossings[:, None] < cols
    return inside


@st.composite
def cases(draw):
    image = draw(images())
    height, width = image.valid.shape
    row, col = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
    extent = Window(row, col, draw(st.integers(1, height - row)), draw(st.integers(1, width - col)))
    longest = max(extent.height, extent.width)
    mask, inside = draw(polygon_masks(image))
    return SimpleNamespace(
        image=image,
        valid=image.valid & inside,
        mask=mask,
        extent=extent,
        side=draw(st.one_of(st.integers(-(-longest // MOST_TILES), longest + 9), st.just(0))),
        stride=draw(st.sampled_from([1, 2, 3, 4, 8])),
        reach=draw(st.integers(0, 5)),
        per_iteration=draw(st.integers(1, 3)),
        iterations=draw(st.integers(0, 4)),
    )


@pytest.fixture
def check(make_raster, classify, read_raster, fake):
    """A function that compares a case's map, confidence and scores with the untiled ones."""

    def run(case):
        image, bands = case.image, len(case.image.bands)
        means = np.array(MEANS[:bands])
        classifier = fake.StrideClassifier(bands, case.stride, means)
        corrector = fake.BoxCorrector(case.per_iteration, case.reach, bands)
        path = make_raster(image.stored, **image.settings)
        arguments = path, classifier, corrector, case.iterations
        settings = {
            "side": case.side,
            "extent": case.extent,
            "mask": case.mask,
            "bands": [index + 1 for index in image.bands],
        }
        at = case.extent.slices()
        valid = case.valid[at]
        if not valid.any():
            with pytest.raises(RasterError, match=r"No pixel of .* is left to classify"):
                classify(*arguments, **settings)
            return
        fill = means if image.chosen.dtype == np.float32 else [round(mean) for mean in MEANS[:bands]]
        # what lies beside a mask is seen, only not written
        filled = np.where(image.valid, image.chosen, np.reshape(fill, (-1, 1, 1)))
        codes, scores = fake.untiled_map(filled, classifier, corrector, case.iterations)
        codes, scores = codes[at], scores[(slice(None), *at)]
        outputs = [read_raster(output) for output in classify(*arguments, **settings)]
        np.testing.assert_array_equal(outputs[0][0], np.where(valid, codes, 0))
        np.testing.assert_array_equal(outputs[1][0], np.where(valid, fake.decide(scores)[1], 255))
        np.testing.assert_array_equal(outputs[2], np.where(valid, scores, np.nan))

    return run


unhurried = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@settings(unhurried, max_examples=100)
@given(case=cases())
def test_the_map_of_any_image_is_the_untiled_map(check, case):
    check(case)


@pytest.mark.slow
@settings(unhurried, max_examples=1000)
@given(case=cases())
def test_the_map_of_any_image_is_the_untiled_map_hundreds_of_times(check, case):
    check(case)
