"""Which pixels points, lines and polygons are, whatever window is looked at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import ogr
from recurve.core.errors import RasterError
from recurve.core.raster.shape_pixels import BLOCK_PX, ShapePixels
from recurve.core.raster.tiling import Window

HEIGHT, WIDTH = 300, 400


def shape(wkt, height=HEIGHT, width=WIDTH):
    return ShapePixels(bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), height, width)


def pixels(found):
    """All of them, as (row, column)."""
    rows, cols = -(-HEIGHT // BLOCK_PX), -(-WIDTH // BLOCK_PX)
    return [
        (row * BLOCK_PX + int(r), col * BLOCK_PX + int(c))
        for row in range(rows)
        for col in range(cols)
        for r, c in np.argwhere(found.mask(row, col))
    ]


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT (3.2 5.9)", [(5, 3)]),
        ("POINT (3 5)", [(5, 3)]),
        ("POINT Z (3.2 5.9 100)", [(5, 3)]),
        ("MULTIPOINT ((0.5 0.5), (399.9 299.9), (400 10), (-0.1 7))", [(0, 0), (299, 399)]),
        ("LINESTRING (0.5 0.5, 2.5 0.5)", [(0, 0), (0, 1), (0, 2)]),
        ("LINESTRING (0.5 1.5, 0.5 3.5)", [(1, 0), (2, 0), (3, 0)]),
        ("LINESTRING (0.9 0.5, 1.9 1.5)", [(0, 0), (0, 1), (1, 1)]),
        ("LINESTRING (-7 2.5, 1.5 2.5, 1.5 4.5)", [(2, 0), (2, 1), (3, 1), (4, 1)]),
        ("POLYGON ((1 1, 3 1, 3 2, 1 2, 1 1))", [(1, 1), (1, 2)]),
        ("POLYGON ((1.6 1.6, 1.9 1.6, 1.9 1.9, 1.6 1.9, 1.6 1.6))", [(1, 1)]),
        ("POLYGON ((0.7 0.7, 2.3 0.7, 2.3 0.8, 0.7 0.8, 0.7 0.7))", [(0, 0), (0, 1), (0, 2)]),
        ("TRIANGLE ((0 0, 4 0, 0 2, 0 0))", [(0, 0), (0, 1), (0, 2), (1, 0)]),
        (
            "GEOMETRYCOLLECTION (POINT (9.5 9.5), POLYGON ((1 1, 3 1, 3 2, 1 2, 1 1)))",
            [(1, 1), (1, 2), (9, 9)],
        ),
        ("LINESTRING EMPTY", []),
        ("POINT (500 20)", []),
        ("LINESTRING (-5 -5, -1 20)", []),
        ("POLYGON ((-9 -9, -2 -9, -2 -2, -9 -9))", []),
    ],
)
def test_pixels(wkt, expected):
    found = shape(wkt)
    assert pixels(found) == expected
    assert (found.box is None) == (not expected)
    if expected:
        at = np.array(expected)
        row, col = at.min(axis=0)
        assert (found.box.row, found.box.col) <= (row, col)
        assert found.box.contains(Window(int(row), int(col), *map(int, at.max(axis=0) - [row, col] + 1)))


def test_a_polygon_over_several_blocks_is_that_of_its_centres():
    found = shape("POLYGON ((250 250, 260 250, 260 270, 250 270, 250 250))")
    assert pixels(found) == sorted(
        [(row, col) for row in range(250, 270) for col in range(250, 260)],
        key=lambda at: (at[0] // BLOCK_PX, at[1] // BLOCK_PX, at),
    )


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(*[st.floats(-20, 60, allow_nan=False) for _ in range(4)]),
)
def test_a_line_touches_what_its_places_lie_in(ends):
    x0, y0, x1, y1 = ends
    found = shape(f"LINESTRING ({x0!r} {y0!r}, {x1!r} {y1!r})", 40, 50)
    along = np.linspace(0, 1, 4001)
    xs, ys = x0 + along * (x1 - x0), y0 + along * (y1 - y0)
    clear = (np.abs(xs - np.rint(xs)) > 1e-6) & (np.abs(ys - np.rint(ys)) > 1e-6)
    cells = {(int(y), int(x)) for x, y in zip(xs[clear], ys[clear]) if 0 <= x < 50 and 0 <= y < 40}
    touched = {(int(row), int(col)) for row, col in np.argwhere(found.mask(0, 0))}
    assert cells <= touched
    for row, col in touched:  # each is touched, if only at a corner
        assert (
            ogr.CreateGeometryFromWkt(
                f"POLYGON (({col} {row}, {col + 1} {row}, {col + 1} {row + 1}, {col} {row + 1}, {col} {row}))"
            ).Distance(ogr.CreateGeometryFromWkt(f"LINESTRING ({x0!r} {y0!r}, {x1!r} {y1!r})"))
            < 1e-6
        )


@pytest.mark.parametrize(
    ("wkb", "told"),
    [
        (b"nonsense", "A hint cannot be read"),
        (
            bytes(ogr.CreateGeometryFromWkt("POINT (1 2)").ExportToWkb()).replace(
                b"\x00" * 6 + b"\xf0\x3f", b"\x00" * 6 + b"\xf0\x7f"
            ),
            "infinite or not a number",
        ),
    ],
)
def test_what_is_no_shape_is_refused(wkb, told):
    with pytest.raises(RasterError, match=told):
        ShapePixels(wkb, HEIGHT, WIDTH)
