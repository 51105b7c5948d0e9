"""Images placed by control points or by the model of their sensor."""

import numpy as np
import pytest
from osgeo import gdal, osr
from recurve.core.output.writers import ConfidenceWriter
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

RPC = {
    "LINE_OFF": "10",
    "SAMP_OFF": "15 pixels",
    "LAT_OFF": "27.6",
    "LONG_OFF": "85.5",
    "HEIGHT_OFF": "1000",
    "LINE_SCALE": "10",
    "SAMP_SCALE": "15",
    "LAT_SCALE": "0.01",
    "LONG_SCALE": "0.01",
    "HEIGHT_SCALE": "500",
    "LINE_NUM_COEFF": "0 0 -1" + " 0" * 17,
    "LINE_DEN_COEFF": "1" + " 0" * 19,
    "SAMP_NUM_COEFF": "0 1" + " 0" * 18,
    "SAMP_DEN_COEFF": "1" + " 0" * 19,
}


@pytest.fixture
def placed(make_raster):
    """A function: an image of 20 x 30 px that is placed by control points (in a system) or by a model ('rpc')."""

    def make(how):
        path = make_raster(np.zeros((1, 20, 30), np.uint8), f"{how}.tif", geotransform=None)
        raster = gdal.Open(str(path), gdal.GA_Update)
        if how == "rpc":
            raster.SetMetadata(RPC, "RPC")
        else:
            system = osr.SpatialReference()
            system.ImportFromEPSG(how)
            corners, scale = [(0, 0), (30, 0), (0, 20), (30, 20)], 1 if how == 32640 else 1e-5
            points = [gdal.GCP(57 + 2 * x * scale, 25 - 3 * y * scale, 7, x, y) for x, y in corners]
            raster.SetGCPs(points, system.ExportToWkt())
        return str(path)

    return make


def ground(path, col, row):
    """Where a place of a raster lies, as GDAL says."""
    worked, place = gdal.Transformer(gdal.Open(path), None, []).TransformPoint(
        0, float(col), float(row), 1000.0
    )
    assert worked
    return place[:2]


@pytest.mark.parametrize("how", [32640, 4326, "rpc"])
@pytest.mark.parametrize("window", [Window(0, 0, 20, 30), Window(4, 7, 10, 12)])
def test_what_is_made_of_an_image_lies_where_the_image_lies(placed, tmp_path, how, window):
    path = placed(how)
    with RasterReader(path) as reader:
        grid = reader.grid.window(window)
    assert grid.geotransform is None
    with ConfidenceWriter(tmp_path / "made.tif", grid, {}) as writer:
        whole = Window(0, 0, window.height, window.width)
        writer.begin({}, [whole])
        writer.write(np.zeros((window.height, window.width), np.uint8), whole)
    made = str(tmp_path / "made.tif")
    for col, row in ((0, 0), (3, 8), (window.width, window.height)):
        expected = ground(path, col + window.col, row + window.row)
        assert ground(made, col, row) == pytest.approx(expected, abs=1e-6)


def test_control_points_count_in_the_system_that_is_told(placed):
    system = osr.SpatialReference()
    system.ImportFromEPSG(32641)
    with RasterReader(placed(32640), crs_wkt=system.ExportToWkt()) as reader:
        found = osr.SpatialReference()
        found.ImportFromWkt(reader.grid.control.crs_wkt)
        assert found.IsSame(system)


def test_a_geotransform_counts_more(make_raster):
    path = make_raster(np.zeros((1, 20, 30), np.uint8))
    gdal.Open(str(path), gdal.GA_Update).SetMetadata(RPC, "RPC")
    with RasterReader(str(path)) as reader:
        assert reader.grid.control is None
        assert reader.grid.geotransform is not None


def test_an_image_without_any_place_has_none(make_raster):
    path = make_raster(np.zeros((1, 20, 30), np.uint8), geotransform=None)
    with RasterReader(str(path)) as reader:
        assert reader.grid == Grid(20, 30, None, "", None)
