"""Polygons that say where to look, burned window by window."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr

from .errors import RasterError
from .gdal_errors import no_gdal_failure
from .grid import Grid
from .tiles import Window

_FAULT = "A polygon of the mask cannot be read"
_REMEDY = "Repair it (Vector > Geometry Tools > Fix geometries), or choose another mask."
# Where an edge runs through the centres of pixels, rounding decides, and it is another in each window. So the centres
# are taken this much to the right and below, where edges have no reason to be.
_NUDGE_PX = (1.37e-5, 0.71e-5)


class PolygonMask:
    """The union of polygons in a raster's coordinate system.

    Keeps bytes and numbers only: it may be used in any thread, and outlive GDAL when QGIS ends.
    """

    def __init__(self, polygons: Sequence[bytes]) -> None:
        """Take polygons.

        Args:
            polygons: WKB geometries in the raster's coordinate system, or in QGIS's pixel space (column, -row) where
                the raster has none.

        Raises:
            RasterError: a geometry cannot be read or is not a polygon.
        """
        self._polygons: list[bytes] = []
        envelopes = []  # x minimum, x maximum, y minimum, y maximum
        with no_gdal_failure(_FAULT, _REMEDY):
            for polygon in polygons:
                geometry = ogr.CreateGeometryFromWkb(bytes(polygon))
                geometry = geometry.GetLinearGeometry()  # curves as short lines
                if geometry.GetDimension() != 2:
                    raise RasterError(
                        "The mask holds points or lines, and needs polygons; choose a polygon layer."
                    )
                self._polygons.append(bytes(geometry.ExportToWkb()))
                envelopes.append(geometry.GetEnvelope())
        self._envelopes = np.array(envelopes, dtype=np.float64).reshape(-1, 4)

    @property
    def sha256(self) -> str:
        """Digest of the polygons in their order."""
        digest = hashlib.sha256()
        for polygon in self._polygons:
            digest.update(len(polygon).to_bytes(8, "little") + polygon)
        return digest.hexdigest()

    def burn(self, window: Window, grid: Grid) -> NDArray[np.bool_]:
        """Which pixels of a window have their centre in a polygon.

        Args:
            window: pixels of the grid.
            grid: where the pixels lie.

        Returns:
            True inside (height, width).

        Raises:
            RasterError: GDAL cannot burn the polygons.
        """
        affine = Grid(grid.height, grid.width, grid.affine, grid.crs_wkt).window(window).affine
        left, right = sorted((affine[0], affine[0] + window.width * affine[1]))
        bottom, top = sorted((affine[3], affine[3] + window.height * affine[5]))
        x_min, x_max, y_min, y_max = self._envelopes.T
        near = np.flatnonzero((x_min <= right) & (x_max >= left) & (y_min <= top) & (y_max >= bottom))
        if near.size == 0:
            return np.zeros((window.height, window.width), dtype=bool)
        with no_gdal_failure("The mask cannot be burned", _REMEDY):
            # GDAL 3.11 moved vectors in memory from its driver 'Memory' to 'MEM'.
            driver = ogr.GetDriverByName("Memory") or ogr.GetDriverByName("MEM")
            source = driver.CreateDataSource("mask")
            layer = source.CreateLayer("mask", None, ogr.wkbUnknown)
            for index in near:
                feature = ogr.Feature(layer.GetLayerDefn())
                feature.SetGeometry(ogr.CreateGeometryFromWkb(self._polygons[index]))
                layer.CreateFeature(feature)
            target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, gdal.GDT_Byte)
            left, x_per_col, _, top, _, y_per_row = affine
            target.SetGeoTransform(
                (
                    left + _NUDGE_PX[0] * x_per_col,
                    x_per_col,
                    0.0,
                    top + _NUDGE_PX[1] * y_per_row,
                    0.0,
                    y_per_row,
                )
            )
            gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
            data = target.ReadRaster(0, 0, window.width, window.height)
        return np.frombuffer(data, dtype=np.uint8).reshape(window.height, window.width).astype(bool)
