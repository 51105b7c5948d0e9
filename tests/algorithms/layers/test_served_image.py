"""Layers from a server: a picture cut into tiles, as XYZ and WMTS, and classified."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProject, QgsRasterLayer, QgsRectangle
from recurve.algorithms.layers import served_image as served
from recurve.core.errors import RasterError
from recurve.core.raster.tiling import Window

HALF_M = 20037508.342789244  # of the square world of Web Mercator
ZOOM, TILES = 15, (21400, 14000)  # column and row of the first tile: about 26 degrees north
STEP = 2 * HALF_M / 256 / 2**ZOOM
LEFT, TOP = -HALF_M + TILES[0] * 256 * STEP, HALF_M - TILES[1] * 256 * STEP


def place(row, col, height, width):
    """What pixels of the picture cover."""
    return QgsRectangle(
        LEFT + col * STEP, TOP - (row + height) * STEP, LEFT + (col + width) * STEP, TOP - row * STEP
    )


@pytest.fixture(scope="session")
def picture():
    """Patches and noise (3, 1280, 1536): 5 x 6 tiles."""
    rng = np.random.default_rng(7)
    patches = np.kron(rng.integers(20, 235, (32, 48)), np.ones((40, 32)))
    return np.clip(patches + rng.normal(0, 12, (3, 1280, 1536)), 1, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def tiles(picture, png, tmp_path_factory):
    """A folder of the picture's tiles."""
    folder = tmp_path_factory.mktemp("tiles")
    for row in range(5):
        for col in range(6):
            path = folder / str(ZOOM) / str(TILES[0] + col) / f"{TILES[1] + row}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png(picture[:, row * 256 : row * 256 + 256, col * 256 : col * 256 + 256]))
    return folder


@pytest.fixture
def server(serve, tiles):
    return serve(tiles)


@pytest.fixture
def source(server):
    return f"type=xyz&url={server.url}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmin=0&zmax=18"


@pytest.fixture
def layer(source, qgis_processing):
    return QgsRasterLayer(source, "tiles", "wms")


class TestXyz:
    def test_the_pixels_of_the_tiles(self, layer, picture, opened):
        image, reader = opened(layer, place(300, 200, 500, 700), STEP)
        assert (image.window.height, image.window.width) == (500, 700)
        rows, cols = 300 - image.window.row, 200 - image.window.col  # where the grid begins in the picture
        for window in (image.window, Window(image.window.row - 100, image.window.col + 50, 900, 640)):
            pixels, valid = reader.read(window)
            row, col = rows + window.row, cols + window.col
            np.testing.assert_array_equal(
                pixels, picture[:, row : row + window.height, col : col + window.width]
            )
            assert valid.all()
        assert reader.grid.window(image.window).geotransform == pytest.approx(
            (LEFT + 200 * STEP, STEP, 0, TOP - 300 * STEP, 0, -STEP), abs=1e-6
        )

    def test_where_there_is_no_tile_is_no_data(self, layer, server, opened):
        image, reader = opened(layer, place(0, 0, 256, 256), STEP)
        _, valid = reader.read(Window(image.window.row - 10, image.window.col - 20, 266, 276))
        assert valid[10:, 20:].all()
        assert not valid[:10].any()
        assert not valid[:, :20].any()

    def test_blocks_are_asked_for_once(self, layer, server, opened):
        image, reader = opened(layer, place(300, 300, 300, 300), STEP)
        reader.read(image.window)
        asked = len(server.asked)
        assert 4 <= asked <= 30
        reader.read(Window(image.window.row - 40, image.window.col - 40, 380, 380))
        assert len(server.asked) <= 30

    def test_the_networks_pixel_size(self, layer, opened):
        # at 26 degrees north a pixel of zoom 15 is 4.78 cos(26 degrees) = 4.3 m wide
        for needed_m, zoom in ((4.3, 15), (2.0, 16), (5.9, 15), (6.4, 14)):
            image, _ = opened(layer, place(0, 0, 100, 100), 0, needed_m)
            assert image.grid.geotransform[1] == pytest.approx(2 * HALF_M / 256 / 2**zoom)

    @pytest.mark.parametrize("kind", [503, "drop", "short"])
    def test_failures_that_pass_leave_no_hole(self, layer, server, picture, kind, opened):
        image, reader = opened(layer, place(10, 10, 500, 500), STEP)
        left = [kind] * 2
        server.fault = lambda path: left.pop() if left else None
        pixels, valid = reader.read(image.window)
        np.testing.assert_array_equal(pixels, picture[:, 10:510, 10:510])
        assert valid.all()
        assert not left

    @pytest.mark.parametrize("kind", [503, "drop", 403])
    def test_failures_that_last_are_told(self, layer, server, kind, opened):
        image, reader = opened(layer, place(10, 10, 500, 500), STEP)
        server.fault = lambda path: kind if path.endswith(f"{TILES[1] + 1}.png") else None
        with pytest.raises(
            RasterError,
            match=r"The server of the layer tiles failed at .* Check the connection and run again",
        ):
            reader.read(image.window)
        assert len(server.asked) < 300

    def test_a_tile_that_is_gone_is_no_failure(self, layer, server, opened):
        image, reader = opened(layer, place(0, 0, 512, 512), STEP)
        server.fault = lambda path: 404 if path.endswith(f"{TILES[0] + 1}/{TILES[1]}.png") else None
        _, valid = reader.read(image.window)
        assert not valid[:256, 256:].any()
        assert valid.sum() == 3 * 256 * 256

    def test_bands(self, layer, picture):
        image = served.served_image(layer, place(0, 0, 30, 40), STEP, 1.0)
        pixels, _ = image.open([3, 1]).read(image.window)
        np.testing.assert_array_equal(pixels, picture[[2, 0], :30, :40])
        with pytest.raises(
            RasterError, match=r"Bands 1, 4 were asked for, and the layer tiles has bands 1 to 3"
        ):
            image.open([1, 4])

    def test_refusals(self, layer, opened):
        with pytest.raises(RasterError, match=r"comes from a server and covers .*choose the extent"):
            opened(layer, QgsRectangle(), STEP)
        with pytest.raises(RasterError, match="is outside the layer tiles"):
            opened(layer, QgsRectangle(3e7, 0, 4e7, 1e6), STEP)
        with pytest.raises(RasterError, match="more than the 1000 million that may be asked"):
            opened(layer, QgsRectangle(-1e6, -1e6, 1e6, 1e6), 1.0)


def test_colours_that_were_multiplied_by_alpha():
    colours = np.array([[0xFF102030, 0x80804000, 0x00000000, 0x01010100]], dtype=np.uint32)
    expected = [[0xFF102030, 0x80FF8000, 0x00000000, 0x01FFFF00]]
    assert served._straight(colours).tolist() == expected


WMTS_CAPABILITIES = """<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0"><Contents>
<Layer><ows:Title>picture</ows:Title><ows:Identifier>picture</ows:Identifier>
<ows:WGS84BoundingBox><ows:LowerCorner>50 20</ows:LowerCorner><ows:UpperCorner>60 30</ows:UpperCorner>
</ows:WGS84BoundingBox><Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
<Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>squares</TileMatrixSet></TileMatrixSetLink>
<ResourceURL format="image/png" resourceType="tile" template="SERVER/{TileMatrix}/{TileCol}/{TileRow}.png"/></Layer>
<TileMatrixSet><ows:Identifier>squares</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
MATRICES</TileMatrixSet></Contents></Capabilities>"""
MATRIX = """<TileMatrix><ows:Identifier>{zoom}</ows:Identifier><ScaleDenominator>{scale!r}</ScaleDenominator>
<TopLeftCorner>-20037508.342789244 20037508.342789244</TopLeftCorner><TileWidth>256</TileWidth>
<TileHeight>256</TileHeight><MatrixWidth>{count}</MatrixWidth><MatrixHeight>{count}</MatrixHeight></TileMatrix>"""


def test_wmts(server, picture, qgis_processing, opened):
    zooms = {zoom: 2 * HALF_M / 256 / 2**zoom for zoom in (14, 15, 16)}
    matrices = [MATRIX.format(zoom=zoom, scale=step / 0.00028, count=2**zoom) for zoom, step in zooms.items()]
    text = WMTS_CAPABILITIES.replace("SERVER", server.url).replace("MATRICES", "".join(matrices))
    (server.folder / "WMTSCapabilities.xml").write_text(text)
    source = (
        "crs=EPSG:3857&format=image/png&layers=picture&styles=default&tileMatrixSet=squares"
        f"&url={server.url}/WMTSCapabilities.xml"
    )
    layer = QgsRasterLayer(source, "picture", "wms")
    assert layer.isValid()
    image, reader = opened(layer, place(300, 200, 500, 700), 4.8)
    pixels, valid = reader.read(image.window)
    np.testing.assert_array_equal(pixels, picture[:, 300:800, 200:900])
    assert valid.all()


class TestClassify:
    @pytest.fixture
    def file(self, make_raster, picture):
        """The same picture as a file."""
        return make_raster(picture, geotransform=(LEFT, STEP, 0.0, TOP, 0.0, -STEP), epsg=3857)

    EXTENT = place(400, 300, 300, 500)

    @pytest.fixture
    def added(self, layer, qgis_new_project):
        QgsProject.instance().addMapLayer(layer)
        return layer

    @pytest.mark.parametrize("side", [None, 130])
    @pytest.mark.parametrize("resample", [0, 1])
    def test_the_map_of_the_tiles_is_the_map_of_the_file(
        self, classify, added, file, read_raster, make_network, side, resample
    ):
        network = make_network("classifier", name="for 6 m", pixel_size_m=6.0, pixel_size_range_m=(4.0, 8.0))
        networks = {"CLASSIFIER": network, "CORRECTOR": None, "ITERATIONS": 0}
        settings = {**networks, "EXTENT": self.EXTENT, "RESAMPLE": resample}
        from_file, _ = classify(INPUT=file, **settings)
        expected = read_raster(from_file["OUTPUT"])
        results, lines = classify(INPUT=added, PIXEL_SIZE=4.8, TILE_SIDE=side, **settings)
        found = read_raster(results["OUTPUT"])
        assert any("Fetched from the server: pixels of 4.77731 map units." in line for line in lines)
        assert "Bands of the image: red = 1, green = 2, blue = 3 (so named in the image)." in lines
        assert found.shape == (1, 300, 500)
        geotransform = gdal.Open(results["OUTPUT"]).GetGeoTransform()
        assert geotransform == pytest.approx((LEFT + 300 * STEP, STEP, 0, TOP - 400 * STEP, 0, -STEP))
        if resample:  # the network's pixels begin at the file's corner, and elsewhere in what is fetched
            assert (found == expected).mean() > 0.9
        else:
            np.testing.assert_array_equal(found, expected)

    def test_resampled_maps_do_not_depend_on_the_tile_side(self, classify, added, read_raster):
        maps = []
        for side in (None, 100):
            results, _ = classify(
                INPUT=added, PIXEL_SIZE=4.8, TILE_SIDE=side, EXTENT=self.EXTENT, RESAMPLE=True
            )
            maps.append(read_raster(results["OUTPUT"]))
        np.testing.assert_array_equal(*maps)

    def test_in_a_thread_as_in_qgis(self, provider, added, file, tiny, tmp_path, read_raster):
        """QGIS prepares in its main thread and runs in another."""
        from qgis.core import QgsProcessingContext, QgsProcessingFeedback
        from qgis.PyQt.QtCore import QCoreApplication

        algorithm = provider.algorithm("classify").create()
        parameters = {
            "INPUT": added.id(),
            "PIXEL_SIZE": STEP,
            "EXTENT": self.EXTENT,
            "CLASSIFIER": str(tiny.classifier),
            "CORRECTOR": str(tiny.corrector),
            "OUTPUT": str(tmp_path / "map.tif"),
        }
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        context.setProject(QgsProject.instance())
        assert algorithm.prepare(parameters, context, feedback)
        done = []
        runner = threading.Thread(
            target=lambda: done.append(algorithm.runPrepared(parameters, context, feedback))
        )
        runner.start()
        end = time.monotonic() + 60
        while runner.is_alive() and time.monotonic() < end:
            QCoreApplication.processEvents()
            runner.join(0.01)
        assert done
        assert done[0]["OUTPUT"] == str(tmp_path / "map.tif")
        assert (read_raster(tmp_path / "map.tif") > 0).all()

    def test_a_server_that_fails_leaves_no_map_and_the_run_goes_on_later(
        self, classify, added, server, tmp_path, read_raster
    ):
        from qgis.core import QgsProcessingException

        settings = {"INPUT": added, "PIXEL_SIZE": STEP, "TILE_SIDE": 64, "ITERATIONS": 0}
        extent = place(100, 100, 900, 1300)  # more than a block
        server.fault = lambda path: 503 if f"/{TILES[0] + 5}/" in path else None
        with pytest.raises(QgsProcessingException, match="The server of the layer tiles failed at"):
            classify(EXTENT=extent, **settings)
        assert not (tmp_path / "map.tif").exists()
        server.fault = lambda path: None
        results, lines = classify(EXTENT=extent, **settings)
        assert any("tiles were finished before and are kept." in line for line in lines)
        assert (read_raster(results["OUTPUT"]) > 0).all()

    def test_a_server_that_hangs_can_be_left(self, classify, added, server, feedback, tmp_path):
        told, started = feedback(), time.monotonic()
        server.fault = lambda path: "wait"
        threading.Timer(0.5, told.cancel).start()
        with pytest.raises(QgsProcessingException, match=r"The run was stopped; nothing was written\."):
            classify(told, INPUT=added, PIXEL_SIZE=STEP, EXTENT=self.EXTENT)
        assert time.monotonic() - started < 20
        assert not (tmp_path / "map.tif").exists()

    def test_a_smaller_extent_gives_a_part_of_the_map(self, classify, added, read_raster):
        maps = []
        for row, col in ((400, 300), (413, 331)):
            extent = place(row, col, 700 - row, 800 - col)
            results, _ = classify(INPUT=added, PIXEL_SIZE=STEP, EXTENT=extent)
            maps.append(read_raster(results["OUTPUT"]))
        np.testing.assert_array_equal(maps[1], maps[0][:, 13:, 31:])

    def test_refusals(self, refusal, added, file):
        assert "comes from a server and covers" in refusal(INPUT=added)
        message = refusal(INPUT=file, PIXEL_SIZE=2)
        assert (
            '"Pixel size of a layer from a server" (PIXEL_SIZE) is given, and image is a file, which is read at its own'
            in message
        )
