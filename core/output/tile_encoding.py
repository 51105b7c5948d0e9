"""A tile as the bytes of a file of its own."""

from __future__ import annotations

import uuid
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..raster.gdal_errors import no_gdal_failure
from ..translation import tr

GDAL_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int32": gdal.GDT_Int32,
    "float32": gdal.GDT_Float32,
}
"""What a tile may hold."""


def encoded(values: NDArray[Any]) -> bytes:
    """An array (bands, height, width) of one of `GDAL_TYPES` as the bytes of a GeoTIFF."""
    bands, height, width = values.shape
    # class values shrink to little at once; scores hardly, and compressing them costs more than writing them
    are_class_values = np.issubdtype(values.dtype, np.integer)
    options = ["COMPRESS=DEFLATE", "ZLEVEL=1"] if are_class_values else ["INTERLEAVE=BAND"]
    name = f"/vsimem/recurve-{uuid.uuid4().hex}.tif"
    try:
        with no_gdal_failure(tr("A tile cannot be encoded"), tr("Choose smaller tiles.")):
            kind = GDAL_TYPES[values.dtype.name]
            dataset = gdal.GetDriverByName("GTiff").Create(name, width, height, bands, kind, options)
            dataset.WriteRaster(0, 0, width, height, np.ascontiguousarray(values).tobytes())
            dataset = None
            file = gdal.VSIFOpenL(name, "rb")
            size = gdal.VSIStatL(name).size
            content = bytes(gdal.VSIFReadL(1, size, file))
            gdal.VSIFCloseL(file)
    finally:
        gdal.Unlink(name)
    return content
