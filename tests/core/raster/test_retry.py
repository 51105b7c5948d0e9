"""Images on a server that fails: tried again, in bounded time, and then told."""

import time
import urllib.parse
import zipfile

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.errors import Cancelled, RasterError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter
from recurve.core.raster import retry as remote
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window

WINDOW = Window(-20, 130, 200, 250)


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    monkeypatch.setattr(remote, "WAITS_S", (0.01, 0.01, 0.01))


@pytest.fixture
def image(make_raster, integers):
    """A cloud-optimised image: a head, and blocks of 64 px that are fetched as they are needed."""
    array = np.kron(integers(3, 90, 100), np.ones((1, 4, 4), np.uint8))
    array = (array + integers(3, 360, 400, seed=2) % 9).astype(
        np.uint8
    )  # or it would fit into the first request
    return make_raster(array, nodata=7, options=["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"])


@pytest.fixture
def server(serve, image):
    yield serve(image.parent)
    gdal.VSICurlClearCache()


@pytest.fixture
def path(server, image):
    return f"/vsicurl/{server.url}/{image.name}"


def read(path, **settings):
    with RasterReader(path, **settings) as reader:
        return reader.read(WINDOW)


def fail(kind, times):
    """A fault of a server for its next requests."""
    left = [kind] * times
    return lambda path: left.pop() if left else None


def test_the_same_pixels_as_in_the_file(path, image):
    for found, expected in zip(read(path), read(str(image))):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("with_exceptions", [False, True])
@pytest.mark.parametrize("kind", ["drop", "short", 503, 404])
@pytest.mark.parametrize("times", [1, 2, 5])
def test_failures_that_pass_do_not_show(path, server, image, kind, times, with_exceptions, gdal_exceptions):
    gdal_exceptions(with_exceptions)
    with RasterReader(path) as reader:
        server.fault = fail(kind, times)
        found = reader.read(WINDOW)
    for array, expected in zip(found, read(str(image))):
        np.testing.assert_array_equal(array, expected)


@pytest.mark.parametrize(
    "form", ["/vsicurl?list_dir=no&url={quoted}", "/vsizip//vsicurl/{archive}/image.tif"]
)
def test_other_names_of_files_on_a_server(server, image, form):
    with zipfile.ZipFile(image.parent / "image.zip", "w") as archive:
        archive.write(image, "image.tif")
    quoted = urllib.parse.quote(f"{server.url}/{image.name}", safe="")
    path = form.format(quoted=quoted, archive=f"{server.url}/image.zip")
    with RasterReader(path) as reader:
        server.fault = fail(503, 3)
        found = reader.read(WINDOW)
    assert not server.fault("")
    np.testing.assert_array_equal(found[0], read(str(image))[0])


def test_a_failure_while_the_image_is_opened(path, server, image):
    server.fault = fail(503, 1)
    np.testing.assert_array_equal(read(path)[0], read(str(image))[0])


@pytest.mark.parametrize("with_exceptions", [False, True])
@pytest.mark.parametrize("kind", ["drop", "short", 503])
def test_failures_that_last_are_told(path, server, kind, with_exceptions, gdal_exceptions):
    gdal_exceptions(with_exceptions)
    with RasterReader(path) as reader:
        server.fault = lambda path: kind
        with pytest.raises(
            RasterError, match=r"cannot be (read|opened).*Check the connection and run again\."
        ):
            reader.read(WINDOW)
        asked = len(server.asked)
        assert asked < 100
        server.fault = lambda path: None


def test_a_mosaic_of_images_on_a_server(path, server, image, tmp_path):
    mosaic = tmp_path / "mosaic.vrt"
    gdal.Translate(str(mosaic), path, format="VRT")
    with RasterReader(str(mosaic)) as reader:
        server.fault = fail(503, 4)
        found = reader.read(WINDOW)
    np.testing.assert_array_equal(found[0], read(str(image))[0])


def test_a_server_that_hangs_is_not_waited_for(path, server, monkeypatch):
    monkeypatch.setitem(remote._TIME_LIMITS, "GDAL_HTTP_LOW_SPEED_TIME", "1")
    monkeypatch.setattr(remote, "WAITS_S", (0.01,))
    with RasterReader(path) as reader:
        server.fault = lambda path: "wait"
        started = time.monotonic()
        with pytest.raises(RasterError):
            reader.read(WINDOW)
    assert time.monotonic() - started < 30
    assert gdal.GetConfigOption("GDAL_HTTP_LOW_SPEED_TIME") is None  # QGIS and its plugins share GDAL


def test_settings_of_the_user_are_kept():
    gdal.SetThreadLocalConfigOption("GDAL_HTTP_LOW_SPEED_TIME", "77")
    try:
        with remote.time_limits():
            assert gdal.GetConfigOption("GDAL_HTTP_LOW_SPEED_TIME") == "77"
            assert gdal.GetConfigOption("GDAL_HTTP_CONNECTTIMEOUT") == "10"
    finally:
        gdal.SetThreadLocalConfigOption("GDAL_HTTP_LOW_SPEED_TIME", None)


def test_the_user_need_not_wait(path, server, monkeypatch):
    monkeypatch.setattr(remote, "WAITS_S", (1000.0,))
    with RasterReader(path, is_cancelled=lambda: True) as reader:
        server.fault = lambda path: 503
        with pytest.raises(Cancelled, match=r"The run was stopped; nothing was written\."):
            reader.read(WINDOW)


def test_an_image_that_changes_meanwhile_is_told(path, server, image, make_raster, integers):
    with RasterReader(path) as reader:
        other = make_raster(integers(3, 100, 400), name="other.tif")
        other.replace(image)
        server.fault = fail(503, 2)
        with pytest.raises(RasterError, match="became another image"):
            reader.read(WINDOW)


def test_a_run_whose_server_fails_for_good_goes_on_later(
    path, server, image, fake, tmp_path, read_raster, recorder
):
    classifier, out = fake.BoxClassifier(bands=3), tmp_path / "map.tif"

    def run(source, progress):
        with RasterReader(source) as reader, MapWriter(out, reader.grid, fake.classes, {}) as writer:
            extent = reader.grid.extent
            make_map(
                MapRun(reader, Networks(classifier, None, 0), extent, Outputs(writer), tile_side_px=64),
                progress,
            )
        return read_raster(out)

    def fail_in_the_middle(path):
        return 503 if len(classifier.shapes) > 5 else None

    server.fault = fail_in_the_middle
    with pytest.raises(RasterError, match=r"The same run would go on from \d+ finished tiles\."):
        run(path, recorder())
    assert not out.exists()
    server.fault = lambda path: None
    gdal.VSICurlClearCache()  # as in another process
    progress = recorder()
    found = run(path, progress)
    assert any("of 42 tiles were finished before and are kept." in line for line in progress.lines)
    np.testing.assert_array_equal(found, run(str(image), recorder()))


def test_a_file_that_is_missing(server):
    with pytest.raises(RasterError, match=r"none\.tif cannot be opened.*404.*Check its address"):
        RasterReader(f"/vsicurl/{server.url}/none.tif")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/data/image.tif", False),
        ("/vsizip/data/image.zip/image.tif", False),
        ("/vsicurl/http://host/image.tif", True),
        ("/vsicurl?max_retry=2&url=http%3A%2F%2Fhost%2Fimage.tif", True),
        ("/vsizip//vsicurl/http://host/image.zip/image.tif", True),
        ("/vsis3/bucket/image.tif", True),
        ("file:///data/image.tif", False),
        ("vrt:///data/image.tif?bands=3,2,1", False),
        ("vrt:///vsicurl/http://host/image.tif?bands=3,2,1", True),
    ],
)
def test_is_remote(name, expected):
    assert remote.is_remote(name) == expected
