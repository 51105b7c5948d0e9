"""Where pixels lie, and how large they are on the ground."""

import numpy as np
import pytest
from osgeo import osr
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window


def test_grid_of_a_window():
    grid = Grid(100, 80, (500.0, 2.0, 0.0, 900.0, 0.0, -3.0), "")
    assert grid.window(Window(10, -5, 7, 6)) == Grid(7, 6, (490.0, 2.0, 0.0, 870.0, 0.0, -3.0), "")
    assert Grid(100, 80, None, "").window(Window(10, 5, 7, 6)) == Grid(7, 6, None, "")


def grid_in(epsg, x, y, step_x, step_y):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    return Grid(2, 2, (x - step_x, step_x, 0.0, y - step_y, 0.0, step_y), crs.ExportToWkt())


@pytest.mark.parametrize(
    ("epsg", "x", "y", "step_x", "step_y", "metres"),
    [
        (32640, 500000.0, 2800000.0, 0.5, -0.5, 0.5),  # UTM, also away from the equator
        (2263, 990000.0, 190000.0, 3.2808, -3.2808, 1.0),  # feet
        (3857, 0.0, 8399737.89, 1.0, -1.0, 0.5),  # Web Mercator at 60 degrees doubles lengths
        (4326, 10.0, 0.0, 0.00001, -0.00001, 1.1094),  # degrees
        (4326, 10.0, 0.0, 0.00001, 0.00001, 1.1094),  # south-up
    ],
)
def test_pixel_size_on_the_ground(epsg, x, y, step_x, step_y, metres):
    assert grid_in(epsg, x, y, step_x, step_y).pixel_size_m == pytest.approx(metres, rel=5e-3)


@pytest.mark.parametrize(
    ("wkt", "metres"),
    [
        ('LOCAL_CS["site",UNIT["metre",1]]', 2.0),
        ('LOCAL_CS["site",UNIT["foot",0.3048]]', 0.6096),
        (
            'ENGCRS["Undefined Cartesian SRS",EDATUM["Unknown engineering datum"],CS[Cartesian,2],AXIS["(E)",east,'
            'ORDER[1],LENGTHUNIT["unknown",0]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["unknown",0]]]',
            None,
        ),
    ],
)
def test_a_local_system_has_its_own_units(wkt, metres):
    for down in (-2.0, 2.0):
        assert Grid(2, 2, (0.0, 2.0, 0.0, 0.0, 0.0, down), wkt).pixel_size_m == metres


def test_a_system_off_the_earth_has_no_metres():
    assert Grid(2, 2, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), "nonsense").pixel_size_m is None


@pytest.mark.parametrize(("east", "south"), [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)])
def test_pictures_are_seen_with_north_above(east, south):
    north_above = np.arange(24).reshape(2, 4, 3)
    stored = north_above[:: int(south), :: int(east)]
    grid = Grid(2, 4, (500.0, east, 0.0, 900.0, 0.0, -south), "")
    np.testing.assert_array_equal(grid.upright(stored), north_above)
