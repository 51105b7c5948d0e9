"""Where pixels lie on the Earth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import osr

from .control import Control
from .gdal_errors import gdal_failures
from .tiling import Window

# What QGIS shows an image without georeferencing in: x is the column, y the negative row.
_PIXEL_SPACE = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
_WGS84_AXIS_M, _WGS84_ECCENTRICITY_SQUARED = 6378137.0, 0.00669437999014


@dataclass(frozen=True)
class Grid:
    """The pixels of a raster and where they lie.

    Attributes:
        height: rows.
        width: columns.
        geotransform: GDAL's six numbers; None for an image without georeferencing.
        crs_wkt: the coordinate reference system as WKT; '' where there is none.
        control: what places an image without a geotransform; None for nothing.
    """

    height: int
    width: int
    geotransform: tuple[float, float, float, float, float, float] | None
    crs_wkt: str
    control: Control | None = None

    @property
    def extent(self) -> Window:
        """The window of all pixels."""
        return Window(0, 0, self.height, self.width)

    @property
    def affine(self) -> tuple[float, float, float, float, float, float]:
        """The geotransform, or QGIS's pixel space (column, -row) where there is none."""
        return self.geotransform or _PIXEL_SPACE

    def window(self, window: Window) -> Grid:
        """The grid of some of the pixels; the window may pass the raster's edge."""
        if self.geotransform is None:
            control = self.control.moved(window.row, window.col) if self.control is not None else None
            return Grid(window.height, window.width, None, self.crs_wkt, control)
        x, y = self._location(window.row, window.col)
        _, x_per_col, x_per_row, _, y_per_col, y_per_row = self.geotransform
        shifted = (x, x_per_col, x_per_row, y, y_per_col, y_per_row)
        return Grid(window.height, window.width, shifted, self.crs_wkt)

    def upright(self, pixels: NDArray[Any]) -> NDArray[Any]:
        """A picture (height, width, colours) as people look at it: north above, and east on the right."""
        turned = (self.affine[5] > 0, self.affine[1] < 0)
        return np.flip(pixels, [axis for axis, is_turned in enumerate(turned) if is_turned])

    @property
    def pixel_size_m(self) -> float | None:
        """Side of a square as large as the pixel at the raster's centre, on the ground, in m.

        Measured on the ellipsoid, so it is right in degrees, feet and Web Mercator too; in a local system, which is
        nowhere on the Earth, in its own units. None without georeferencing, or where the units are not known.
        """
        steps_m = self._steps_m()
        if steps_m is None:
            return None
        (down_east, down_north), (right_east, right_north) = steps_m
        return math.sqrt(abs(down_east * right_north - down_north * right_east))

    @property
    def pixel_sides_m(self) -> tuple[float, float] | None:
        """Height and width of the pixel at the raster's centre, on the ground, in m; likewise."""
        steps_m = self._steps_m()
        return None if steps_m is None else (math.hypot(*steps_m[0]), math.hypot(*steps_m[1]))

    def _steps_m(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """How far east and north it is to the next row and to the next column at the raster's centre."""
        if self.geotransform is None or not self.crs_wkt:
            return None
        row, col = self.height / 2, self.width / 2
        corners = [self._location(row + down, col + right) for down, right in ((0, 0), (1, 0), (0, 1))]
        with gdal_failures():
            try:
                source, target = osr.SpatialReference(), osr.SpatialReference()
                target.ImportFromEPSG(4326)
                if source.ImportFromWkt(self.crs_wkt) != 0:
                    return None
                if source.IsLocal():
                    return self._local_steps_m(source.GetLinearUnits())
                for crs in (source, target):
                    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
                transformation = osr.CoordinateTransformation(source, target)
                degrees = [transformation.TransformPoint(x, y)[:2] for x, y in corners]
            except (RuntimeError, TypeError):  # a system that PROJ cannot place on the Earth
                return None
        longitude, latitude = np.radians(np.array(degrees, dtype=np.float64).T)
        curvature = 1 - _WGS84_ECCENTRICITY_SQUARED * math.sin(latitude[0]) ** 2
        per_longitude_m = _WGS84_AXIS_M / math.sqrt(curvature) * math.cos(latitude[0])
        per_latitude_m = _WGS84_AXIS_M * (1 - _WGS84_ECCENTRICITY_SQUARED) / curvature**1.5
        east = (longitude[1:] - longitude[0]) * per_longitude_m
        north = (latitude[1:] - latitude[0]) * per_latitude_m
        area = east[0] * north[1] - east[1] * north[0]
        if not math.isfinite(area) or area == 0:
            return None
        return (float(east[0]), float(north[0])), (float(east[1]), float(north[1]))

    def _local_steps_m(self, unit_m: float) -> tuple[tuple[float, float], tuple[float, float]] | None:
        if not unit_m > 0:
            return None
        _, x_per_col, x_per_row, _, y_per_col, y_per_row = self.affine
        return (x_per_row * unit_m, y_per_row * unit_m), (x_per_col * unit_m, y_per_col * unit_m)

    def _location(self, row: float, col: float) -> tuple[float, float]:
        x, x_per_col, x_per_row, y, y_per_col, y_per_row = self.affine
        return x + col * x_per_col + row * x_per_row, y + col * y_per_col + row * y_per_row


def wkt_of(system: osr.SpatialReference | None) -> str:
    """A system as WKT, '' for none, and for what a GeoPackage has in its place ("Undefined Cartesian SRS")."""
    if system is None or system.GetName().startswith("Undefined"):
        return ""
    return str(system.ExportToWkt(["FORMAT=WKT2_2018"]))


def is_same_crs(one: str, other: str) -> bool:
    """Whether two systems (WKT) place coordinates alike; one that is not told is taken for the other.

    Heights do not count: a system with one lies where the same system without lies.
    """
    if not one or not other or one == other:
        return True
    with gdal_failures():
        systems = [osr.SpatialReference(), osr.SpatialReference()]
        for system, wkt in zip(systems, (one, other)):
            system.ImportFromWkt(wkt)
            system.DemoteTo2D(None)
        return bool(systems[0].IsSame(systems[1], ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES"]))
