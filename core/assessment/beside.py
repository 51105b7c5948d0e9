"""What of a reference lies beside the maps, where nothing can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr, osr

from ..class_maps.class_raster import ClassRaster
from ..errors import LabelError
from ..raster.gdal_errors import gdal_failures
from ..raster.grid import Grid, is_same_crs
from ..translation import tr
from .reference import PolygonReference
from .task import AssessmentTask

_POINTS_PER_SIDE = 32  # straight lines of one system are curves in another


@dataclass(frozen=True)
class Beside:
    """What of the reference lies beside a map.

    Attributes:
        polygons: how many lie wholly beside it; None for a reference raster.
        polygons_partly: how many reach beyond it; None for a reference raster.
        extent_share: share of a reference raster's extent; None for polygons, and where it is not known where they lie.
    """

    polygons: int | None = None
    polygons_partly: int | None = None
    extent_share: float | None = None


def beside_maps(task: AssessmentTask) -> list[Beside]:
    """What of the reference lies beside each map.

    Raises:
        LabelError: all polygons do. With a class for what they leave out, all of the map would be of that.
        RasterError: a polygon cannot be read or reprojected.
    """
    found = [Beside()] * len(task.maps)
    for members in task.groups():
        one, reference = task.maps[members[0]], task.reference
        if isinstance(reference, ClassRaster):
            beside = Beside(extent_share=share_beside(reference.grid, one.grid))
        else:
            beside = _polygons_beside(reference, one)
        for index in members:
            found[index] = beside
    return found


def _polygons_beside(reference: PolygonReference, one: ClassRaster) -> Beside:
    wholly, partly = reference.beside(one.grid)
    if wholly == reference.count:
        raise LabelError(
            tr(
                "No polygon of the reference {reference} overlaps the map {map}; choose polygons there, or check "
                "the coordinate reference systems of both.",
                reference=reference.name,
                map=one.name,
            )
        )
    return Beside(wholly, partly)


def share_beside(one: Grid, other: Grid) -> float | None:
    """Which share of a grid's extent lies beside another grid; None where it is not known."""
    if one.geotransform is None or other.geotransform is None:
        return None
    along = np.arange(_POINTS_PER_SIDE) / _POINTS_PER_SIDE
    none, all_ = np.zeros_like(along), np.ones_like(along)
    cols = one.width * np.concatenate([along, all_, 1 - along, none])
    rows = one.height * np.concatenate([none, along, all_, 1 - along])
    left, x_per_col, x_per_row, top, y_per_col, y_per_row = one.affine
    points = np.stack(
        [left + cols * x_per_col + rows * x_per_row, top + cols * y_per_col + rows * y_per_row], axis=1
    )
    with gdal_failures():
        try:
            if not is_same_crs(one.crs_wkt, other.crs_wkt):
                systems = [osr.SpatialReference(), osr.SpatialReference()]
                for system, wkt in zip(systems, (one.crs_wkt, other.crs_wkt)):
                    system.ImportFromWkt(wkt)
                    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
                moved = osr.CoordinateTransformation(*systems).TransformPoints(points.tolist())
                points = np.array(moved, dtype=np.float64)[:, :2]
            if not np.isfinite(points).all():
                return None
            left, x_per_col, _, top, _, y_per_row = other.affine
            # in pixels of the other, where its extent is a rectangle
            extent = _polygon((points - (left, top)) / (x_per_col, y_per_row))
            corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float64) * (other.width, other.height)
            common = extent.Intersection(_polygon(corners))
            return float(np.clip(1 - common.Area() / extent.Area(), 0, 1))
        except (RuntimeError, AttributeError, ZeroDivisionError):  # PROJ or GEOS cannot tell
            return None


def _polygon(points: NDArray[np.float64]) -> ogr.Geometry:
    ring, polygon = ogr.Geometry(ogr.wkbLinearRing), ogr.Geometry(ogr.wkbPolygon)
    for x, y in (*points.tolist(), points[0].tolist()):
        ring.AddPoint_2D(x, y)
    polygon.AddGeometry(ring)
    return polygon
