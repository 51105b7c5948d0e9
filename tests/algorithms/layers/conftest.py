"""Layers from servers on this computer."""

from __future__ import annotations

import threading

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from recurve.algorithms.layers import served_image as served
from recurve.core.raster import retry as remote


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    monkeypatch.setattr(remote, "WAITS_S", (0.01, 0.01, 0.01))


@pytest.fixture(scope="session")
def png():
    """A function: an array (bands, height, width) as the bytes of a PNG."""

    def encode(array):
        bands, height, width = array.shape
        memory = gdal.GetDriverByName("MEM").Create("", width, height, bands, gdal.GDT_Byte)
        memory.WriteRaster(0, 0, width, height, np.ascontiguousarray(array).tobytes())
        name = f"/vsimem/{threading.get_ident()}.png"
        gdal.GetDriverByName("PNG").CreateCopy(name, memory)
        file = gdal.VSIFOpenL(name, "rb")
        content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(name).size, file))
        gdal.VSIFCloseL(file)
        gdal.Unlink(name)
        return content

    return encode


@pytest.fixture
def opened():
    """A function: the image that a layer of a server is, and what reads it."""

    def open_layer(layer, extent, pixel_size, needed_m=1.0):
        image = served.served_image(layer, extent, pixel_size, needed_m)
        return image, image.open()

    return open_layer
