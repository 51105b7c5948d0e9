import math

import numpy as np
import pytest
from osgeo import gdal, ogr
from recurve.core.errors import RasterError
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window

WINDOWS = [
    Window(0, 0, 23, 17),
    Window(3, 5, 4, 6),
    Window(-5, -7, 12, 12),
    Window(15, 10, 20, 20),
    Window(-60, -50, 150, 140),  # mirrored several times over
    Window(40, -30, 5, 5),  # wholly outside
]


def test_values_in_other_units(make_raster):
    with RasterReader(make_raster(np.array([[[1, 2, 250]]], np.uint8), nodata=250)) as reader:
        reader.scale = 0.5
        pixels, valid = reader.read(Window(0, 0, 1, 3))
    assert pixels.dtype == np.float32
    assert pixels[0, 0, :2].tolist() == [0.5, 1.0]
    assert valid.tolist() == [[True, True, False]]  # nodata is a value of the file


def mirrored(array, window):
    """The same window of the array padded by numpy, an implementation of its own."""
    pad = 200
    padded = np.pad(array, [(0, 0)] * (array.ndim - 2) + [(pad, pad)] * 2, mode="symmetric")
    rows, cols = window.row + pad, window.col + pad
    return padded[..., rows : rows + window.height, cols : cols + window.width]


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
@pytest.mark.parametrize("window", WINDOWS)
def test_window_is_the_whole_mirrored_and_cut(make_raster, integers, dtype, window):
    array = integers(3, 23, 17, dtype)
    array[:, 4:9, 2:6] = 0
    with RasterReader(make_raster(array, nodata=0)) as reader:
        assert reader.dtype == dtype
        image, valid = reader.read(window)
    assert image.dtype == dtype
    np.testing.assert_array_equal(image, mirrored(array, window))
    np.testing.assert_array_equal(valid, mirrored((array != 0).any(axis=0), window))


def test_one_pixel_mirrors(make_raster):
    with RasterReader(make_raster(np.array([[[7]]], dtype="uint8"))) as reader:
        image, valid = reader.read(Window(-9, -9, 20, 20))
    assert (image == 7).all()
    assert valid.all()


def test_bands_are_taken_in_the_order_asked(make_raster, integers):
    array = integers(4, 5, 6)
    with RasterReader(make_raster(array), bands=[4, 2]) as reader:
        assert reader.band_count == 2
        image, _ = reader.read(reader.grid.extent)
    np.testing.assert_array_equal(image, array[[3, 1]])


def test_nodata_in_one_of_two_bands_leaves_the_pixel_valid(make_raster):
    array = np.array([[[0, 0, 5]], [[0, 3, 5]]], dtype="uint8")
    with RasterReader(make_raster(array, nodata=0)) as reader:
        _, valid = reader.read(reader.grid.extent)
    np.testing.assert_array_equal(valid, [[False, True, True]])


def test_each_band_may_have_a_nodata_value_of_its_own(make_raster, tmp_path):
    path = make_raster(np.array([[[1, 9, 5]], [[2, 2, 1]], [[7, 7, 7]]], dtype="uint8"))
    vrt = gdal.Translate(str(tmp_path / "own.vrt"), str(path), format="VRT")
    vrt.GetRasterBand(1).SetNoDataValue(1)
    vrt.GetRasterBand(2).SetNoDataValue(2)
    vrt = None
    with RasterReader(tmp_path / "own.vrt") as reader:  # the third band knows none and has no vote
        _, valid = reader.read(reader.grid.extent)
    np.testing.assert_array_equal(valid, [[False, True, True]])


@pytest.mark.parametrize("bands", [1, 3, 5])  # GDAL itself finds alpha only as band 2 or 4
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_alpha_is_validity_and_no_data(make_raster, integers, bands, dtype):
    array = integers(bands + 1, 8, 9, dtype)
    array[-1] = 255 * (np.arange(72).reshape(8, 9) % 3 > 0)
    array[-1, 0, 1] = 1  # hardly opaque
    with RasterReader(make_raster(array, alpha=True)) as reader:
        assert reader.band_count == bands
        image, valid = reader.read(reader.grid.extent)
    np.testing.assert_array_equal(image, array[:-1])
    np.testing.assert_array_equal(valid, array[-1] != 0)


def test_alpha_asked_for_is_data(make_raster, integers):
    array = integers(4, 3, 3)
    array[3] = 0
    with RasterReader(make_raster(array, alpha=True), bands=[1, 2, 4]) as reader:
        image, valid = reader.read(reader.grid.extent)
    np.testing.assert_array_equal(image, array[[0, 1, 3]])
    assert valid.all()


def test_internal_mask(make_raster, integers):
    inside = np.arange(30).reshape(5, 6) % 4 != 0
    with RasterReader(make_raster(integers(3, 5, 6), mask=inside)) as reader:
        _, valid = reader.read(reader.grid.extent)
        _, around = reader.read(Window(-3, -3, 11, 11))
    np.testing.assert_array_equal(valid, inside)
    np.testing.assert_array_equal(around, mirrored(inside, Window(-3, -3, 11, 11)))


def test_masks_of_single_bands(make_raster, masked_bands):
    """As with nodata: invalid is what every chosen band with a mask masks."""
    values = np.random.default_rng(0).integers(0, 255, (2, 5, 6)).astype(np.uint8)
    left, top = np.zeros((2, 5, 6), np.uint8)
    left[:, :3], top[:2] = 1, 255
    masks = [make_raster(left, "left.tif"), make_raster(top, "top.tif")]
    path = masked_bands(make_raster(values), masks)
    for bands, expected in (([1], left > 0), ([2], top > 0), ([1, 2], (left > 0) | (top > 0))):
        with RasterReader(str(path), bands) as reader:
            pixels, valid = reader.read(reader.grid.extent)
        np.testing.assert_array_equal(valid, expected)
        np.testing.assert_array_equal(pixels[:, valid], values[[n - 1 for n in bands]][:, valid])


@pytest.mark.parametrize("nodata", [None, math.nan, -9999.0, -3.4028234663852886e38])
def test_no_number_in_any_band_is_invalid(make_raster, integers, nodata):
    array = integers(2, 3, 4, "float32")
    array[0, 0, 0] = np.nan
    array[1, 1, 1] = np.inf
    array[:, 2, 2] = np.nan if nodata is None else nodata
    with RasterReader(make_raster(array, nodata=nodata)) as reader:
        _, valid = reader.read(reader.grid.extent)
    assert [tuple(at) for at in np.argwhere(~valid)] == [(0, 0), (1, 1), (2, 2)]


def test_all_bands_but_alpha_are_the_default(make_raster, integers):
    array = integers(5, 3, 3)
    array[4] = 255
    assert RasterReader(make_raster(array, alpha=True)).bands == (1, 2, 3, 4)
    with pytest.raises(RasterError, match="no band but alpha"):
        RasterReader(make_raster(array[4:], alpha=True))


def test_labels_are_names_and_colours(make_raster, integers):
    array = integers(4, 3, 3)
    array[3] = 255
    labels = RasterReader(make_raster(array, names=["", "Green", "", "near infrared"], alpha=True)).labels
    assert [label.number for label in labels] == [1, 2, 3, 4]
    assert [label.description for label in labels] == ["", "Green", "", "near infrared"]
    assert labels[3].colour == "Alpha"


@pytest.mark.parametrize("number", [0, 4])
def test_missing_band_is_named(make_raster, integers, number):
    with pytest.raises(RasterError, match=f"Band {number} was asked for, and .*image.tif has bands 1 to 3"):
        RasterReader(make_raster(integers(3, 4, 4)), bands=[1, number])


def test_rotated_is_refused(make_raster, integers):
    path = make_raster(integers(1, 4, 4), geotransform=(0.0, 1.0, 0.2, 0.0, 0.2, -1.0))
    with pytest.raises(RasterError, match=r"image\.tif is rotated .* warp it first"):
        RasterReader(path)


def test_south_up_is_not_rotated(make_raster, integers):
    array = integers(1, 4, 4)
    with RasterReader(make_raster(array, geotransform=(10.0, 1.0, 0.0, 20.0, 0.0, 1.0))) as reader:
        assert reader.grid.geotransform == (10.0, 1.0, 0.0, 20.0, 0.0, 1.0)
        np.testing.assert_array_equal(reader.read(reader.grid.extent)[0], array)


@pytest.mark.parametrize("with_exceptions", [False, True])
@pytest.mark.parametrize("content", [None, b"", b"no raster at all, only text\n"])
def test_what_is_no_raster_is_named(tmp_path, content, with_exceptions, gdal_exceptions):
    gdal_exceptions(with_exceptions)
    path = tmp_path / "image.tif"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RasterError, match=r"image\.tif cannot be opened as a raster.*Choose an image file"):
        RasterReader(path)


def truncated(path, part):
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    return path


@pytest.mark.parametrize("with_exceptions", [False, True])
@pytest.mark.parametrize("options", [(), ("COMPRESS=DEFLATE",), ("COMPRESS=JPEG", "TILED=YES")])
def test_a_file_cut_short_never_gives_zeros(make_raster, integers, options, with_exceptions, gdal_exceptions):
    gdal_exceptions(with_exceptions)
    path = truncated(make_raster(integers(1, 600, 600), options=[*options, "BLOCKYSIZE=16"]), 0.6)
    with (
        pytest.raises(RasterError, match=r"image\.tif cannot be read in rows .*copy or export it again"),
        RasterReader(path) as reader,
    ):
        reader.read(reader.grid.extent)


@pytest.mark.parametrize("driver", ["JPEG", "PNG"])
def test_a_picture_cut_short_never_gives_grey(make_raster, integers, tmp_path, driver):
    path = tmp_path / "picture"
    gdal.Translate(str(path), str(make_raster(integers(3, 300, 300))), format=driver)
    with RasterReader(truncated(path, 0.5)) as reader, pytest.raises(RasterError, match="cannot be read"):
        reader.read(reader.grid.extent)


def test_a_mosaic_without_its_parts_is_no_black_image(make_raster, integers, tmp_path):
    part = make_raster(integers(1, 8, 8))
    gdal.Translate(str(tmp_path / "mosaic.vrt"), str(part), format="VRT")
    part.unlink()
    with RasterReader(tmp_path / "mosaic.vrt") as reader, pytest.raises(RasterError, match="cannot be read"):
        reader.read(reader.grid.extent)


def test_complex_numbers_are_refused(tmp_path):
    path = tmp_path / "radar.tif"
    gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, 1, gdal.GDT_CFloat32).FlushCache()
    with pytest.raises(RasterError, match="complex numbers"):
        RasterReader(path)


def test_a_system_that_says_it_is_none_is_none(make_raster, integers, tmp_path):
    """What a GeoPackage writes for a raster without one."""
    path = str(make_raster(integers(1, 20, 30)))
    gdal.Open(path, gdal.GA_Update).SetProjection("")
    for name, crs in (("none.gpkg", ""), ("some.gpkg", "EPSG:32640")):
        gdal.Translate(str(tmp_path / name), path, format="GPKG", outputSRS=crs or None)
    assert "Undefined" in gdal.Open(str(tmp_path / "none.gpkg")).GetProjection()
    with RasterReader(str(tmp_path / "none.gpkg")) as none, RasterReader(str(tmp_path / "some.gpkg")) as some:
        assert none.grid.crs_wkt == ""
        assert "UTM zone 40N" in some.grid.crs_wkt


def test_no_georeferencing(make_raster, integers):
    with RasterReader(make_raster(integers(1, 4, 5), geotransform=None)) as reader:
        assert reader.grid == Grid(4, 5, None, "")
        assert reader.grid.pixel_size_m is None


def polygon(wkt):
    return bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())


def test_polygons_are_burned_by_pixel_centre():
    grid = Grid(6, 8, (100.0, 2.0, 0.0, 50.0, 0.0, -2.0), "")
    mask = PolygonMask(
        [
            polygon("POLYGON((102 48, 108.9 48, 108.9 44, 102 44, 102 48))"),
            polygon("MULTIPOLYGON Z (((114 42 5, 116 42 5, 116 40 5, 114 40 5, 114 42 5)))"),
        ]
    )
    expected = np.zeros((6, 8), dtype=bool)
    expected[1:3, 1:4] = True  # the fifth pixel's centre is at x = 109
    whole = mask.burn(grid.extent, grid)
    expected[4, 7] = True
    np.testing.assert_array_equal(whole, expected)
    for window in (Window(1, 2, 4, 3), Window(2, 5, 4, 3), Window(0, 0, 1, 1)):
        np.testing.assert_array_equal(mask.burn(window, grid), whole[window.slices()])


def test_edges_through_pixel_centres_are_burned_alike_in_every_window():
    """Corners on half pixels, on a grid whose numbers are no binary fractions: otherwise one window in 270 differs."""
    rng = np.random.default_rng(5)
    grid = Grid(70, 90, (500000.3, 0.3, 0.0, 2800000.7, 0.0, -0.3), "")
    for _ in range(1000):
        corners = rng.integers(0, 180, (4, 2)) / 2 * (0.3, -0.3) + (500000.3, 2800000.7)
        ring = ", ".join(f"{x} {y}" for x, y in [*corners, corners[0]])
        mask = PolygonMask([polygon(f"POLYGON(({ring}))")])
        whole = mask.burn(grid.extent, grid)
        row, col = int(rng.integers(70)), int(rng.integers(90))
        window = Window(row, col, 70 - row, 90 - col)
        np.testing.assert_array_equal(mask.burn(window, grid), whole[window.slices()])


def test_polygons_without_georeferencing_are_in_columns_and_negative_rows(make_raster, integers):
    mask = PolygonMask([polygon("POLYGON((2 -1, 5 -1, 5 -3, 2 -3, 2 -1))")])
    with RasterReader(make_raster(integers(1, 6, 7), geotransform=None), mask=mask) as reader:
        inside = reader.inside_mask(Window(1, 1, 4, 5))
        assert reader.read(Window(1, 1, 4, 5)).valid.all()
    np.testing.assert_array_equal(np.argwhere(inside).tolist(), [[r, c] for r in (0, 1) for c in (1, 2, 3)])


def test_curved_polygons():
    grid = Grid(20, 20, (-10.0, 1.0, 0.0, 10.0, 0.0, -1.0), "")
    disc = polygon("CURVEPOLYGON(CIRCULARSTRING(-8 0, 0 8, 8 0, 0 -8, -8 0))")
    assert PolygonMask([disc]).burn(grid.extent, grid).sum() == pytest.approx(math.pi * 64, rel=0.05)


def test_no_polygons_burn_nothing():
    grid = Grid(3, 3, None, "")
    assert not PolygonMask([]).burn(grid.extent, grid).any()


@pytest.mark.parametrize("with_exceptions", [False, True])
def test_broken_and_foreign_geometries_are_refused(with_exceptions, gdal_exceptions):
    gdal_exceptions(with_exceptions)
    with pytest.raises(RasterError, match="polygon of the mask cannot be read"):
        PolygonMask([b"\x01\x03"])
    with pytest.raises(RasterError, match="points or lines"):
        PolygonMask([polygon("LINESTRING(0 0, 1 1)")])
