"""Polygons that say which pixels count."""

from __future__ import annotations

from qgis.core import QgsCsException, QgsFeatureRequest, QgsGeometry

from ...core.errors import RasterError
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.tiling import Window
from ..text.translation import tr, word
from .extent import grid_rectangle
from .place import Place
from .vector_source import VectorSource


def polygon_mask(
    source: VectorSource,
    place: Place,
    window: Window | None = None,
    called: str = "mask",
) -> PolygonMask:
    """The polygons of a layer in the image's coordinates.

    Args:
        source: the polygons.
        place: the image's.
        window: the part of the image that counts; None for all.
        called: what the parameter is, for the sentences.

    Raises:
        LabelError: nothing tells where the layer lies on the image.
        RasterError: there is no polygon, none overlaps that part, or one cannot be reprojected.
    """
    covered = grid_rectangle(place.grid, window)
    way, image_area = place.way_for(source), QgsGeometry.fromRect(covered)
    try:
        request = QgsFeatureRequest().setNoAttributes()
        polygons = [way.bring(feature.geometry()) for feature in source.read(request)]
    except QgsCsException as error:
        raise RasterError(
            tr(
                "The {called} {layer} cannot be reprojected to the image's coordinates ({error}); reproject the layer "
                "to the image's coordinate reference system and use the result.",
                called=word(called),
                layer=source.name,
                error=error,
            )
        ) from error
    if not polygons:
        raise RasterError(
            tr(
                "The {called} {layer} has no polygon to use; draw or select some, or leave the {called} empty.",
                called=word(called),
                layer=source.name,
            )
        )
    overlapping = [p for p in polygons if not p.isEmpty() and p.boundingBox().intersects(covered)]
    if not any(polygon.intersects(image_area) for polygon in overlapping):
        raise RasterError(
            tr(
                "No polygon of the {called} {layer} ({count} in all) overlaps the part of the image that counts "
                "({covered}); draw or choose polygons there, or leave the {called} empty.",
                count=len(polygons),
                called=word(called),
                layer=source.name,
                covered=covered.toString(2),
            )
        )
    return PolygonMask([bytes(polygon.asWkb()) for polygon in overlapping])
