"""Places, what is drawn there, and what became of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from recurve.core.samples.sample_set import SampleSet, read_chip

LEFT, TOP, SIDE = 500000.0, 2800000.0, 64
UTM = (LEFT, 1.0, 0.0, TOP, 0.0, -1.0)
DEGREES = (57.0, 1e-5, 0.0, 25.3, 0.0, -1e-5)
KROVAK = (-740000.0, 1.0, 0.0, -1040000.0, 0.0, -1.0)
PIXELS = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
WORLD = "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"
BOX = (20, 10, 50, 42)
"""First row and column of what is drawn, and those after the last."""


def shown_in(path, crs):
    """A raster as a layer whose system a user has set."""
    layer = QgsRasterLayer(path, Path(path).stem)
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    return layer


def box_wkt(place, box=BOX):
    """A rectangle of pixels of a raster with this geotransform."""
    x = sorted(place[0] + place[1] * col for col in (box[1], box[3]))
    y = sorted(place[3] + place[5] * row for row in (box[0], box[2]))
    return QgsGeometry.fromRect(QgsRectangle(x[0], y[0], x[1], y[1])).asWkt(10)


def drawn(*wkts, crs="EPSG:32640", to="", context=None, values=None):
    """A layer of polygons, drawn in one system and kept in another."""
    layer = QgsVectorLayer(f"Polygon?crs={to or crs}&field=class:string", "drawn", "memory")
    for number, wkt in enumerate(wkts):
        feature, shape = QgsFeature(layer.fields()), QgsGeometry.fromWkt(wkt)
        if to:
            systems = QgsCoordinateReferenceSystem(crs), QgsCoordinateReferenceSystem(to)
            shape.transform(QgsCoordinateTransform(*systems, context or QgsCoordinateTransformContext()))
        feature.setGeometry(shape)
        feature.setAttribute(0, values[number] if values else "1")
        layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


def labels_in(folder, place):
    """The labels of a sample set where they lie on its image."""
    samples, found = SampleSet.open(folder), np.zeros((SIDE, SIDE), np.uint8)
    for chip in samples.chips:
        left, _, _, top, _, _ = gdal.Open(str(samples.label_path(chip))).GetGeoTransform()
        row, col = round((top - place[3]) / place[5]), round((left - place[0]) / place[1])
        found[row : row + chip.height, col : col + chip.width] = read_chip(samples.label_path(chip))[0]
    return found
