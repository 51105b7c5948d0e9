"""Polygons that say which pixels count."""

from __future__ import annotations

from qgis.core import QgsCsException, QgsFeatureRequest, QgsGeometry

from ...core.errors import RasterError
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.tiling import Window
from .extent import grid_rectangle
from .place import Place
from .vector_source import VectorSource


def polygon_mask(
    source: VectorSource,
    place: Place,
    window: Window | None = None,
    called: str = "mask",
    purpose: str = "to classify",
) -> PolygonMask:
    """The polygons of a layer in the image's coordinates.

    Args:
        source: the polygons.
        place: the image's.
        window: the part of the image that counts; None for all.
        called: what the parameter is, for the sentences.
        purpose: what that part of the image is for, likewise.

    Raises:
        LabelError: nothing tells where the layer lies on the image.
        RasterError: there is no polygon, none overlaps that part, or one cannot be reprojected.
    """
    covered = grid_rectangle(place.grid, window)
    way, ground = place.way_for(source), QgsGeometry.fromRect(covered)
    try:
        request = QgsFeatureRequest().setNoAttributes()
        polygons = [way.bring(feature.geometry()) for feature in source.read(request)]
    except QgsCsException as error:
        raise RasterError(
            f"The {called} {source.name} cannot be reprojected to the image's coordinates ({error}); reproject the "
            "layer to the image's coordinate reference system and use the result."
        ) from error
    if not polygons:
        raise RasterError(
            f"The {called} {source.name} has no polygon to use; draw or select some, or leave the {called} empty."
        )
    overlapping = [p for p in polygons if not p.isEmpty() and p.boundingBox().intersects(covered)]
    if not any(polygon.intersects(ground) for polygon in overlapping):
        raise RasterError(
            f"None of the {len(polygons)} polygons of the {called} {source.name} overlaps the part of the image "
            f"{purpose} ({covered.toString(2)}); draw or choose polygons there, or leave the {called} empty."
        )
    return PolygonMask([bytes(polygon.asWkb()) for polygon in overlapping])
