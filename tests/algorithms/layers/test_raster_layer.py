"""The file behind a raster layer, and where QGIS shows it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsRasterLayer
from recurve.algorithms.layers.raster_layer import check_shown_as_stored, image_path
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid

GRID = Grid(height=20, width=30, geotransform=(100.0, 2.0, 0.0, 200.0, 0.0, -2.0), crs_wkt="")
PIXEL_SPACE = Grid(height=20, width=30, geotransform=None, crs_wkt="")


class TestImagePath:
    def test_file(self, make_raster):
        path = make_raster(np.zeros((1, 4, 5), np.uint8))
        assert image_path(QgsRasterLayer(str(path), "image")) == str(path)

    def test_open_options_are_refused(self, make_raster):
        """A world file may say that the image lies elsewhere, and the option that it counts."""
        path = make_raster(np.zeros((1, 4, 5), np.uint8))
        path.with_suffix(".tfw").write_text("1\n0\n0\n-1\n499990.5\n2799999.5\n")
        layer = QgsRasterLayer(f"{path}|option:GEOREF_SOURCES=WORLDFILE", "shifted")
        assert layer.extent().xMinimum() == 499990
        with pytest.raises(
            RasterError, match=r"opens shifted with the option GEOREF_SOURCES=WORLDFILE, .*export the layer"
        ):
            image_path(layer)

    def test_other_providers_are_refused(self):
        layer = QgsRasterLayer("url=https://localhost", "coverage", "wcs")
        with pytest.raises(RasterError, match=r"coverage comes from QGIS's 'wcs' provider.*export the layer"):
            image_path(layer)


def test_control_points_are_refused_where_places_matter(tmp_path):
    from osgeo import gdal, osr

    path = str(tmp_path / "points.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 30, 20, 1)
    system = osr.SpatialReference()
    system.ImportFromEPSG(32640)
    corners = [(0, 0), (30, 0), (0, 20), (30, 20)]
    points = [gdal.GCP(500000 + x + y / 2, 2800000 - y, 0, x, y) for x, y in corners]
    dataset.SetGCPs(points, system.ExportToWkt())
    dataset = None
    with pytest.raises(RasterError, match=r"places points by control points.*warp the image first"):
        check_shown_as_stored(QgsRasterLayer(path, "points"), PIXEL_SPACE)


def test_layers_lie_where_their_pixels_say(make_raster):
    from recurve.core.raster.file_reader import RasterReader

    for geotransform in (
        (500000.0, 1.5, 0.0, 2800000.0, 0.0, -1.2),
        (500000.0, 0.5, 0.0, 2800000.0, 0.0, 1.0),  # south-up: QGIS warps it to square pixels
        (500000.0, -0.3, 0.0, 2800000.0, 0.0, -0.27),
        (500000.0, -0.5, 0.0, 2800000.0, 0.0, 5.0),
        None,
    ):
        path = make_raster(np.zeros((1, 20, 30), np.uint8), geotransform=geotransform)
        with RasterReader(str(path)) as reader:
            check_shown_as_stored(QgsRasterLayer(str(path), "image"), reader.grid)
