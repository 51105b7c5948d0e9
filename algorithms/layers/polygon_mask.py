"""Polygons that say which pixels count."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsRectangle,
)

from ...core.errors import RasterError
from ...core.raster.polygon_mask import PolygonMask
from ..text.translation import tr, word


def polygon_mask(
    source: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
    covered: QgsRectangle,
    called: str = "mask",
) -> PolygonMask:
    """The polygons of a layer (the selected ones, if the user wants those) in the image's coordinates.

    Args:
        source: the polygons.
        crs: the image's; without one, the polygons are taken as they are.
        transform_context: the project's.
        covered: the part of the image that counts, in the image's coordinates.
        called: what the parameter is, for the sentences.

    Raises:
        RasterError: there is no polygon, none overlaps that part, or one cannot be reprojected.
    """
    request = QgsFeatureRequest().setNoAttributes()
    if crs.isValid():
        request.setDestinationCrs(crs, transform_context)
    image_area = QgsGeometry.fromRect(covered)
    try:
        flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        polygons = [feature.geometry() for feature in source.getFeatures(request, flag)]
    except QgsCsException as error:
        raise RasterError(
            tr(
                "The {called} {layer} cannot be reprojected to the image's coordinates ({error}); reproject the layer "
                "to the image's coordinate reference system and use the result.",
                called=word(called),
                layer=source.sourceName(),
                error=error,
            )
        ) from error
    if not polygons:
        raise RasterError(
            tr(
                "The {called} {layer} has no polygon to use; draw or select some, or leave the {called} empty.",
                called=word(called),
                layer=source.sourceName(),
            )
        )
    overlapping = [p for p in polygons if not p.isNull() and p.boundingBox().intersects(covered)]
    if not any(polygon.intersects(image_area) for polygon in overlapping):
        raise RasterError(
            tr(
                "No polygon of the {called} {layer} ({count} in all) overlaps the part of the image that counts "
                "({covered}); draw or choose polygons there, or leave the {called} empty.",
                count=len(polygons),
                called=word(called),
                layer=source.sourceName(),
                covered=covered.toString(2),
            )
        )
    return PolygonMask([bytes(polygon.asWkb()) for polygon in overlapping])
