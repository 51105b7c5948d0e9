"""Which way between two systems is gone, handed to GDAL in its own order of axes."""

import numpy as np
import pytest
from osgeo import gdal, osr
from recurve.core.raster.operation import AS_THE_FILE_SAYS, Placing


def system(epsg):
    made = osr.SpatialReference()
    made.ImportFromEPSG(epsg)
    return made.ExportToWkt(["FORMAT=WKT2_2018"])


def moved(operation, source, target, x, y):
    """Where GDAL takes a place by an operation."""
    raster = gdal.GetDriverByName("MEM").Create("", 2, 2, 1)
    raster.SetGeoTransform((x, 1.0, 0.0, y, 0.0, -1.0))
    options = [f"SRC_SRS={source}", f"DST_SRS={target}"]
    options += [f"COORDINATE_OPERATION={operation}"] if operation else []
    worked, place = gdal.Transformer(raster, None, options).TransformPoint(0, 0.0, 0.0)
    assert worked
    return np.array(place[:2])


def test_nothing_is_chosen_without_a_choice():
    assert AS_THE_FILE_SAYS.operation(system(4326), system(32640)) == ""
    assert Placing(operations=lambda *_: "+proj=noop").operation("", system(32640)) == ""


@pytest.mark.parametrize(
    ("source", "target", "x", "y", "steps"),
    [
        (
            32640,
            4326,
            500000.0,
            2800000.0,
            "+inv +proj=utm +zone=40 +step +proj=unitconvert +xy_in=rad +xy_out=deg",
        ),
        (4326, 32640, 57.0, 25.3, "+proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=utm +zone=40"),
        (32640, 3857, 500000.0, 2800000.0, "+inv +proj=utm +zone=40 +step +proj=webmerc +ellps=WGS84"),
    ],
)
def test_x_comes_first_in_what_is_chosen_and_latitude_in_what_gdal_gets(source, target, x, y, steps):
    wkts = system(source), system(target)
    usual = moved("", *wkts, x, y)
    for chosen in (f"+proj=pipeline +step {steps}", f"+proj=pipeline +step {steps} +step +proj=noop"):
        operation = Placing(operations=lambda *_, chosen=chosen: chosen).operation(*wkts)
        np.testing.assert_allclose(moved(operation, *wkts, x, y), usual, rtol=1e-9)


def test_a_single_step_becomes_a_pipeline():
    wkts = system(32640), system(32640)
    operation = Placing(operations=lambda *_: "+proj=affine +xoff=7").operation(*wkts)
    np.testing.assert_allclose(moved(operation, *wkts, 500000.0, 2800000.0), (500007.0, 2800000.0))
