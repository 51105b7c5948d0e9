"""Shapes brought to a raster: in one way for all algorithms, as the project reprojects."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
)

from ...core.errors import LabelError
from ...core.raster.grid import Grid
from ...core.raster.operation import Operations
from ..text.translation import tr
from .extent import grid_rectangle
from .vector_source import VectorSource, known_system

_LATTICE = 33  # places along a side of a raster that are looked up to find where it lies
_MARGIN = 0.1  # beyond them, as a share of what they cover
_STRAIGHT_PX = 0.05  # how far an edge may be from where it is straight in its own system
_MOST_PIECES = 1024  # of an edge as long as the raster
_AROUND_DEG = 359.0


@dataclass(frozen=True)
class Place:
    """Where a raster lies, and how the project brings coordinates there.

    Attributes:
        grid: the raster's pixels.
        transform_context: the project's.
    """

    grid: Grid
    transform_context: QgsCoordinateTransformContext

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The raster's system; invalid where it is not known."""
        return system(self.grid.crs_wkt)

    def way_for(self, source: VectorSource) -> Way:
        """How the shapes of a layer get to the raster.

        Raises:
            LabelError: nothing tells where the layer lies on the raster.
        """
        crs = self.crs
        if source.crs.isValid() and not crs.isValid() and not source.is_default:
            raise LabelError(
                tr(
                    "The shapes of {layer} have a coordinate reference system ({crs}), and the raster that they are "
                    "brought to has none, so nothing tells where they lie on it; set that of the raster (Layer > Set "
                    "CRS of Layer, or Raster > Projections > Assign Projection), or remove that of {layer} if it was "
                    "digitised in the raster's own coordinates.",
                    layer=source.name,
                    crs=source.crs.authid() or source.crs.description(),
                )
            )
        return Way(QgsCoordinateTransform(source.crs, crs, self.transform_context), self.grid)


class Way:
    """From the system of a layer to that of a raster.

    Shapes go by their corners, as QGIS shows them. One that reaches beyond the surroundings of the raster, or around
    the Earth, is cut there first, and gets so many corners that its edges stay straight in its own system: of a
    rectangle around the world, reprojected by its corners, nothing may be left.
    """

    def __init__(self, transform: QgsCoordinateTransform, grid: Grid) -> None:
        self._transform, self._grid = transform, grid
        self._is_same = transform.isShortCircuited()

    def bring(self, shape: QgsGeometry, reach_px: float = 0.0) -> QgsGeometry:
        """A shape in the raster's coordinates, empty where it is beside the raster.

        Args:
            shape: in those of the layer.
            reach_px: how far beyond the raster shapes count.

        Raises:
            QgsCsException: a part near the raster cannot be reprojected.
        """
        if self._is_same or shape.isEmpty():
            return QgsGeometry(shape)
        reach = reach_px * self._longest / min(self._grid.height, self._grid.width)
        try:
            return self._brought(shape, [box.buffered(reach) for box in self._surroundings])
        except QgsCsException:  # the surroundings may reach to where the raster's system has no places
            return self._brought(shape, self._covered)

    def _brought(self, shape: QgsGeometry, around: list[QgsRectangle]) -> QgsGeometry:
        """The part of a shape in rectangles of the layer's system, in the raster's."""
        bounds = shape.boundingBox()
        if not any(box.intersects(bounds) for box in around):
            return QgsGeometry()
        is_around = self._transform.sourceCrs().isGeographic() and bounds.width() > _AROUND_DEG
        if is_around or not any(box.contains(bounds) for box in around):
            shape = _cut(shape, around)
            if shape.isEmpty():
                return shape
            if math.isfinite(self._piece):
                shape = shape.densifyByDistance(self._piece)
        brought = QgsGeometry(shape)
        brought.transform(self._transform)
        bounds = brought.boundingBox()
        sides = (bounds.xMinimum(), bounds.yMinimum(), bounds.xMaximum(), bounds.yMaximum())
        if not all(map(math.isfinite, sides)):
            raise QgsCsException(tr("a corner has no place"))
        return brought

    @cached_property
    def _covered(self) -> list[QgsRectangle]:
        """What the raster covers in the layer's system: two rectangles where it crosses the 180th meridian."""
        rectangle = grid_rectangle(self._grid)
        xs = np.linspace(rectangle.xMinimum(), rectangle.xMaximum(), _LATTICE)
        ys = np.linspace(rectangle.yMinimum(), rectangle.yMaximum(), _LATTICE)
        places = np.array([self._moved(x, y, is_back=True) for x in xs for y in ys])
        places = places[np.isfinite(places).all(axis=1)]
        if not len(places):
            raise QgsCsException(tr("no part of the raster has a place in the layer's system"))
        (left, bottom), (right, top) = places.min(axis=0), places.max(axis=0)
        if self._transform.sourceCrs().isGeographic():
            longitudes = np.sort(places[:, 0])
            gaps = np.diff(longitudes)
            widest = int(np.argmax(gaps))
            if gaps[widest] > 180:
                west, east = longitudes[widest], longitudes[widest + 1]
                return [QgsRectangle(east, bottom, 180, top), QgsRectangle(-180, bottom, west, top)]
        return [QgsRectangle(left, bottom, right, top)]

    @cached_property
    def _longest(self) -> float:
        """The longest side of what the raster covers, in the layer's units."""
        return max(sum(box.width() for box in self._covered), max(box.height() for box in self._covered))

    @cached_property
    def _surroundings(self) -> list[QgsRectangle]:
        return [box.buffered(_MARGIN * self._longest) for box in self._covered]

    @cached_property
    def _piece(self) -> float:
        """How long an edge may be, in the layer's units: what a chord is off by falls with its length squared."""
        across, down = abs(self._grid.affine[1]), abs(self._grid.affine[5])
        shortest = math.inf
        for box in self._covered:
            left, bottom, right, top = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
            middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
            ends = [(left, y, right, y) for y in (bottom, middle_y, top)]
            ends += [(x, bottom, x, top) for x in (left, middle_x, right)]
            ends += [(left, bottom, right, top), (left, top, right, bottom)]
            for x, y, other_x, other_y in ends:
                moved = [self._moved(x, y), self._moved(other_x, other_y)]
                (on_x, on_y), middle = (
                    np.mean(moved, axis=0),
                    self._moved((x + other_x) / 2, (y + other_y) / 2),
                )
                off_px = math.hypot((middle[0] - on_x) / across, (middle[1] - on_y) / down)
                length = math.hypot(other_x - x, other_y - y)
                if not math.isfinite(off_px):
                    return self._longest / _MOST_PIECES
                if off_px > _STRAIGHT_PX:
                    shortest = min(shortest, length * math.sqrt(_STRAIGHT_PX / off_px))
        return max(shortest, self._longest / _MOST_PIECES)

    def _moved(self, x: float, y: float, is_back: bool = False) -> tuple[float, float]:
        """A place in the other system; not finite where it has none."""
        try:
            way = Qgis.TransformDirection.Reverse if is_back else Qgis.TransformDirection.Forward
            moved = self._transform.transform(QgsPointXY(x, y), way)
        except QgsCsException:
            return math.nan, math.nan
        return moved.x(), moved.y()


def _cut(shape: QgsGeometry, around: list[QgsRectangle]) -> QgsGeometry:
    """The parts of a shape inside of rectangles."""
    parts = []
    for box in around:
        rectangle = QgsGeometry.fromRect(box)
        part = shape.intersection(rectangle)
        if part.isNull():  # GEOS cuts valid shapes only
            part = shape.makeValid().intersection(rectangle)
        part.convertGeometryCollectionToSubclass(shape.type())  # without edges that only touch
        if not part.isEmpty():
            parts.append(part)
    return QgsGeometry.collectGeometry(parts) if len(parts) > 1 else parts[0] if parts else QgsGeometry()


def system(wkt: str) -> QgsCoordinateReferenceSystem:
    """A coordinate reference system by its WKT; invalid for '' and where it is not known."""
    return known_system(QgsCoordinateReferenceSystem.fromWkt(wkt)) if wkt else QgsCoordinateReferenceSystem()


def crs_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """A coordinate reference system as WKT, '' for none."""
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2018)) if crs.isValid() else ""


def operations(transform_context: QgsCoordinateTransformContext) -> Operations:
    """The operations between systems that QGIS takes: those that people chose in the project, or else its own."""

    def between(source: str, target: str) -> str:
        one, other = system(source), system(target)
        transform = QgsCoordinateTransform(one, other, transform_context)
        if transform.isShortCircuited():
            return ""
        operation = str(transform.instantiatedCoordinateOperationDetails().proj)
        return (
            _inverse(operation) if transform_context.mustReverseCoordinateOperation(one, other) else operation
        )

    return between


def _inverse(operation: str) -> str:
    """A PROJ pipeline the other way round."""
    steps = [step.split() for step in operation.split("+step") if step.strip() != "+proj=pipeline"]
    turned = [
        [word for word in step if word != "+inv"] if "+inv" in step else ["+inv", *step]
        for step in steps[::-1]
    ]
    return " ".join(["+proj=pipeline", *(" ".join(["+step", *step]) for step in turned)])
