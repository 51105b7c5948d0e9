"""Layers of a WMS on this computer."""

from __future__ import annotations

import http.server
import threading
import uuid
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsRasterLayer, QgsRectangle
from recurve.core.errors import RasterError

CAPABILITIES = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>t</Title><OnlineResource xlink:href="URL"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format><DCPType><HTTP><Get><OnlineResource xlink:href="URL"/></Get></HTTP></DCPType>
</GetCapabilities>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href="URL"/></Get></HTTP></DCPType></GetMap>
</Request><Exception><Format>XML</Format></Exception>
<Layer><Title>root</Title><CRS>EPSG:32640</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>57</westBoundLongitude><eastBoundLongitude>58</eastBoundLongitude>
<southBoundLatitude>24</southBoundLatitude><northBoundLatitude>26</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:32640" minx="500000" miny="2700000" maxx="600000" maxy="2800000"/>
<Layer><Name>pattern</Name><Title>pattern</Title><CRS>EPSG:32640</CRS>
<BoundingBox CRS="EPSG:32640" minx="500000" miny="2700000" maxx="600000" maxy="2800000"/></Layer></Layer>
</Capability></WMS_Capabilities>"""


def pattern(x, y):
    """What the WMS shows at places (columns), (rows): (3, rows, columns)."""
    x, y = np.floor(x).astype(np.int64)[None, :], np.floor(y).astype(np.int64)[:, None]
    return np.stack([(x * across + y * down) % 251 for across, down in ((3, 7), (5, 11), (13, 2))]).astype(
        np.uint8
    )


class Wms(http.server.BaseHTTPRequestHandler):
    def log_message(self, format, *arguments):
        pass

    def do_GET(self):
        asked = {name.upper(): values[0] for name, values in parse_qs(urlparse(self.path).query).items()}
        if asked.get("REQUEST") == "GetCapabilities":
            return self.answer(200, "text/xml", CAPABILITIES.replace("URL", self.server.url).encode())
        self.server.asked.append((asked["WIDTH"], asked["HEIGHT"]))
        if self.server.fault == "exception":
            return self.answer(200, "text/xml", b"<ServiceExceptionReport/>")
        if self.server.fault:
            return self.answer(self.server.fault, "text/plain", b"no")
        left, bottom, right, top = map(float, asked["BBOX"].split(","))
        width, height = int(asked["WIDTH"]), int(asked["HEIGHT"])
        x = left + (np.arange(width) + 0.5) * (right - left) / width
        y = top - (np.arange(height) + 0.5) * (top - bottom) / height
        return self.answer(200, "image/png", self.server.png(pattern(x, y)))

    def answer(self, status, kind, content):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def wms(qgis_processing, png):
    """A WMS, and a layer of it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wms)
    # an address of its own: ports come back, and QGIS keeps what an earlier server gave
    server.url = f"http://127.0.0.1:{server.server_port}/{uuid.uuid4().hex}?"
    server.asked, server.fault, server.png = [], None, png
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    source = f"crs=EPSG:32640&format=image/png&layers=pattern&styles=&url={server.url}"
    yield server, QgsRasterLayer(source, "pattern", "wms")
    server.shutdown()
    server.server_close()


class TestWms:
    def test_any_pixel_size_and_bounded_requests(self, wms, opened):
        server, layer = wms
        image, reader = opened(layer, QgsRectangle(520000, 2749000, 521200, 2750000), 0.5)
        assert image.grid.geotransform[1] == 0.5
        pixels, valid = reader.read(image.window)
        x, y = 520000.25 + np.arange(2400) / 2, 2749999.75 - np.arange(2000) / 2
        np.testing.assert_array_equal(pixels, pattern(x, y))
        assert valid.all()
        assert {size for sizes in server.asked for size in map(int, sizes)} <= set(range(1025))

    @pytest.mark.parametrize("fault", [503, 404, "exception"])
    def test_failures_are_told(self, wms, fault, opened):
        server, layer = wms
        image, reader = opened(layer, QgsRectangle(520000, 2749900, 520100, 2750000), 1.0)
        server.fault = fault
        with pytest.raises(RasterError, match="The server of the layer pattern failed at"):
            reader.read(image.window)
        server.fault = None
        assert reader.read(image.window)[1].all()
