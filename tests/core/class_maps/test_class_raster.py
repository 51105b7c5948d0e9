"""Codes of one raster on the grid of another, whichever way the rows and columns of both run."""

import itertools

import numpy as np
import pytest
from osgeo import gdal, osr
from recurve.core.class_maps import class_raster
from recurve.core.class_maps.class_raster import ClassValueReader, is_same_grid, open_class_rasters
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid
from recurve.core.raster.operation import Placing
from recurve.core.raster.tiling import Window

HEIGHT, WIDTH = 20, 30
LEFT, TOP, PX = 500000.0, 2800000.0, 2.0
WAYS = tuple(itertools.product((1, -1), (1, -1)))
"""Of columns to the east, and rows to the south; -1 the other way."""


@pytest.fixture
def codes():
    """Codes with north above, all of them different from their neighbours'."""
    return np.random.default_rng(3).integers(1, 200, (HEIGHT, WIDTH)).astype(np.uint8)


@pytest.fixture
def turned(make_raster, codes):
    """A function: the codes as a class raster whose columns and rows run another way, over the same ground."""

    def make(ways, name, shift=0, **settings):
        east, south = ways
        x = LEFT + shift if east > 0 else LEFT + shift + WIDTH * PX
        y = TOP if south > 0 else TOP - HEIGHT * PX
        place = (x, east * PX, 0.0, y, 0.0, -south * PX)
        path = make_raster(
            np.ascontiguousarray(codes[::south, ::east]), name, geotransform=place, nodata=0, **settings
        )
        return open_class_rasters(str(path), name)[0]

    return make


@pytest.mark.parametrize("own", WAYS)
@pytest.mark.parametrize("wanted", WAYS)
def test_rows_and_columns_may_run_either_way(turned, codes, own, wanted):
    raster, grid = turned(own, "own.tif"), turned(wanted, "wanted.tif").grid
    with ClassValueReader(raster, grid) as reader:
        found, valid = reader.read(grid.extent)
        part, _ = reader.read(Window(3, 5, 7, 9))
    expected = codes[:: wanted[1], :: wanted[0]]
    assert valid.all()
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(part, expected[3:10, 5:14])


@pytest.mark.parametrize("wanted", WAYS)
def test_onto_another_grid_in_another_system(turned, wanted):
    """Each pixel has the code at its centre, as computed point by point."""
    raster = turned((1, -1), "own.tif")
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(32640)
    target.ImportFromEPSG(3857)
    there = osr.CoordinateTransformation(source, target)
    left, top, _ = there.TransformPoint(LEFT + 10, TOP - 8)
    east, south = wanted
    grid = Grid(12, 15, (left, east * 1.7, 0.0, top, 0.0, -south * 1.3), target.ExportToWkt())
    with ClassValueReader(raster, grid) as reader:
        found, valid = reader.read(grid.extent)
    with ClassValueReader(raster) as reader:
        own, _ = reader.read(raster.grid.extent)
    back = osr.CoordinateTransformation(target, source)
    for row, col in itertools.product(range(12), range(15)):
        x, y, _ = back.TransformPoint(left + east * 1.7 * (col + 0.5), top - south * 1.3 * (row + 0.5))
        at = int((y - (TOP - HEIGHT * PX)) // PX), int((x - LEFT) // PX)
        is_inside = 0 <= at[0] < HEIGHT and 0 <= at[1] < WIDTH
        assert valid[row, col] == is_inside
        assert not is_inside or found[row, col] == own[at]


def test_a_warp_onto_other_pixels_than_wanted_is_refused(turned, monkeypatch):
    """Whatever GDAL makes of the bounds: pixels are not read from elsewhere in silence."""
    warp = gdal.Warp

    def to_the_north(*arguments, outputBounds, **settings):  # noqa: N803 (GDAL's name)
        left, bottom, right, top = outputBounds
        bounds = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        return warp(*arguments, outputBounds=bounds, **settings)

    monkeypatch.setattr(class_raster.gdal, "Warp", to_the_north)
    raster, grid = turned((1, 1), "own.tif"), turned((1, -1), "wanted.tif").grid
    with pytest.raises(
        RasterError, match=r"own.tif cannot be brought onto the pixels.*Warp it onto them first"
    ):
        ClassValueReader(raster, grid)


def test_the_operation_that_is_chosen_is_gone(turned, codes):
    """Two metres to the east, which is a pixel."""
    other = osr.SpatialReference()
    other.SetFromUserInput("+proj=utm +zone=40 +ellps=intl +units=m")
    raster = turned((1, 1), "own.tif")
    placing = Placing(operations=lambda *_: "+proj=affine +xoff=2")
    raster = open_class_rasters(raster.path, "own", placing)[0]
    grid = Grid(HEIGHT, WIDTH, raster.grid.geotransform, other.ExportToWkt())
    with ClassValueReader(raster, grid) as reader:
        found, valid = reader.read(grid.extent)
    np.testing.assert_array_equal(found[:, 1:], codes[:, :-1])
    assert not valid[:, 0].any()


def test_pixels_of_another_shape_are_others():
    """The tolerance across a pixel is not that along it."""
    one = Grid(10, 1000, (0.0, 10.0, 0.0, 0.0, 0.0, -0.01), "")
    assert is_same_grid(one, one)
    assert not is_same_grid(one, Grid(10, 1000, (0.0, 10.0, 0.0, 0.005, 0.0, -0.01), ""))


def test_heights_do_not_make_other_pixels():
    flat, high = osr.SpatialReference(), osr.SpatialReference()
    flat.ImportFromEPSG(32640)
    high.SetFromUserInput("EPSG:32640+5773")
    place = (LEFT, PX, 0.0, TOP, 0.0, -PX)
    wkts = [system.ExportToWkt(["FORMAT=WKT2_2018"]) for system in (flat, high)]
    assert is_same_grid(*(Grid(HEIGHT, WIDTH, place, wkt) for wkt in wkts))


@pytest.fixture
def half(make_raster, codes, masked_bands):
    """The path of the codes, of which the lower half is masked by a mask of their band alone."""
    mask = np.where(np.arange(HEIGHT)[:, None] < HEIGHT // 2, np.full(codes.shape, 255), 0).astype(np.uint8)
    place = (LEFT, PX, 0.0, TOP, 0.0, -PX)
    masks = [make_raster(mask, "mask.tif", geotransform=place)]
    return masked_bands(make_raster(codes, "codes.tif", geotransform=place), masks)


@pytest.mark.parametrize("shift", [0, 1])
def test_the_mask_of_a_band(half, codes, shift):
    """On the raster's own grid, and on one that begins a pixel further up and to the left."""
    raster = open_class_rasters(str(half), "half")[0]
    place = (LEFT - shift * PX, PX, 0.0, TOP + shift * PX, 0.0, -PX)
    grid = Grid(HEIGHT + 2 * shift, WIDTH + 2 * shift, place, raster.grid.crs_wkt)
    with ClassValueReader(raster, grid) as reader:
        found, valid = reader.read(grid.extent)
    expected = np.zeros((HEIGHT, WIDTH), bool)
    expected[: HEIGHT // 2] = True
    np.testing.assert_array_equal(valid, np.pad(expected, shift))
    np.testing.assert_array_equal(found[valid], codes[: HEIGHT // 2].ravel())


@pytest.mark.parametrize("declared", [(2.0, 0.0), (1.0, 1.0)])
def test_values_that_qgis_shows_as_others_are_refused(make_raster, codes, declared):
    path = str(make_raster(codes, declared=declared))
    told = rf"Band 1 of codes has the scale {declared[0]:g} and the offset {declared[1]:g}, .* -unscale"
    with pytest.raises(RasterError, match=told):
        open_class_rasters(path, "codes")


def test_a_declared_scale_of_1_changes_nothing(make_raster, codes):
    path = str(make_raster(codes, declared=(1.0, 0.0)))
    with ClassValueReader(open_class_rasters(path, "codes")[0]) as reader:
        np.testing.assert_array_equal(reader.read(Window(0, 0, HEIGHT, WIDTH))[0], codes)
