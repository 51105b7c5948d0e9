"""The hints of `make demo`: placed where a map is most wrong, as nobody could without the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

Codes = NDArray[np.uint8]
_UPSIDE_DOWN = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
"""Where QGIS puts the pixels of an image that says nothing of its place."""


@dataclass(frozen=True)
class PlacedHint:
    """A hint on one pixel.

    Attributes:
        row: of the pixel.
        col: of the pixel.
        class_value: what is there, from 1.
        piece_px: size of the wrong piece that it is in the middle of.
    """

    row: int
    col: int
    class_value: int
    piece_px: int


def hints_in_largest_pieces(codes: Codes, reference: Codes, count: int) -> list[PlacedHint]:
    """A hint in the middle of each of the largest wrong pieces, largest first.

    A piece is connected wrong pixels of one true class; its middle is a pixel that is farthest from its edge.

    Args:
        codes: the map, class values (height, width), 0 = no data.
        reference: what is there, class values (height, width), 0 = unlabelled.
        count: how many hints; fewer where there are fewer pieces.
    """
    is_wrong = (codes != reference) & (codes > 0) & (reference > 0)
    truth = np.where(is_wrong, reference, np.uint8(0))
    raster, memory = _raster(truth), ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("pieces")
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
    gdal.Polygonize(raster.GetRasterBand(1), raster.GetRasterBand(1), layer, 0)
    pieces = sorted(layer, key=lambda piece: -piece.GetGeometryRef().GetArea())[:count]
    return [_in_the_middle(piece, truth.shape) for piece in pieces]


def _in_the_middle(piece: ogr.Feature, shape: tuple[int, ...]) -> PlacedHint:
    """A hint in the middle of a piece, a feature in pixels of an image of (height, width)."""
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("piece", osr.SpatialReference('LOCAL_CS["pixels"]'))  # or GDAL misses one
    layer.CreateFeature(piece)
    around = _raster(np.ones((shape[0] + 2, shape[1] + 2), np.uint8))  # beyond the image is beyond the piece
    around.SetGeoTransform((-1, 1, 0, -1, 0, 1))
    gdal.RasterizeLayer(around, [1], layer, burn_values=[0])
    depth = gdal.GetDriverByName("MEM").Create(
        "", around.RasterXSize, around.RasterYSize, 1, gdal.GDT_Float32
    )
    gdal.ComputeProximity(around.GetRasterBand(1), depth.GetRasterBand(1))
    depths = np.frombuffer(depth.ReadRaster(), np.float32).reshape(shape[0] + 2, shape[1] + 2)
    row, col = np.unravel_index(depths.argmax(), depths.shape)
    return PlacedHint(int(row) - 1, int(col) - 1, piece["class"], round(piece.GetGeometryRef().GetArea()))


def _raster(codes: Codes) -> gdal.Dataset:
    """A raster in memory, in pixels, rows downwards."""
    raster = gdal.GetDriverByName("MEM").Create("", codes.shape[1], codes.shape[0], 1, gdal.GDT_Byte)
    raster.GetRasterBand(1).WriteRaster(0, 0, codes.shape[1], codes.shape[0], codes.tobytes())
    raster.SetGeoTransform((0, 1, 0, 0, 0, 1))
    return raster


def write_hints(path: Path, hints: Sequence[PlacedHint], names: Sequence[str], image: Path) -> None:
    """Write hints as points, with the class by its name.

    Args:
        path: of the GeoPackage; one that is there is replaced.
        hints: on pixels of the image.
        names: of the classes, in order.
        image: where they lie.
    """
    raster = gdal.Open(str(image))
    left, across, _, top, _, down = raster.GetGeoTransform(can_return_null=True) or _UPSIDE_DOWN
    path.unlink(missing_ok=True)
    file = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = file.CreateLayer("hints", raster.GetSpatialRef() or osr.SpatialReference(), ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for hint in hints:
        feature, point = ogr.Feature(layer.GetLayerDefn()), ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(left + (hint.col + 0.5) * across, top + (hint.row + 0.5) * down)
        feature.SetGeometry(point)
        feature["class"] = names[hint.class_value - 1]
        layer.CreateFeature(feature)
