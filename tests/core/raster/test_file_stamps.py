"""What a run's identity knows of the files of a raster: all that pixels depend on, and nothing else."""

import os
import zipfile

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.raster import file_stamps as module
from recurve.core.raster.file_stamps import file_stamps


@pytest.fixture
def leaf(make_raster):
    return make_raster(np.arange(256, dtype=np.uint8).reshape(1, 16, 16), "leaf.tif")


def vrt(path, *sources):
    gdal.BuildVRT(str(path), [str(source) for source in sources]).FlushCache()
    return path


def compute_statistics(path):
    """As QGIS does when it shows a layer."""
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    band.ComputeStatistics(False)
    band.GetDefaultHistogram(force=1)
    band = None
    dataset = None


def with_the_time_of(path, change):
    before = path.stat()
    change()
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def flip_last_byte(path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


@pytest.fixture(params=["by gdalbuildvrt", "by hand"])
def mosaic(request, tmp_path, leaf):
    if request.param == "by gdalbuildvrt":
        return vrt(tmp_path / "mosaic.vrt", leaf)
    path = tmp_path / "mosaic.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="16" rasterYSize="16"><GeoTransform>0, 1, 0, 16, 0, -1</GeoTransform>'
        '<VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        '<SourceFilename relativeToVRT="1">leaf.tif</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>'
    )
    return path


def test_statistics_do_not_count(tmp_path, mosaic):
    outer = vrt(tmp_path / "outer.vrt", mosaic)
    before, texts = file_stamps(str(outer)), (outer.read_bytes(), mosaic.read_bytes())
    compute_statistics(mosaic)
    compute_statistics(outer)
    assert (outer.read_bytes(), mosaic.read_bytes()) != texts
    assert b"Histograms" in outer.read_bytes()
    assert file_stamps(str(outer)) == before


def test_statistics_beside_an_image_do_not_count_and_all_else_does(tmp_path, leaf):
    before = file_stamps(str(leaf))
    compute_statistics(leaf)
    beside = tmp_path / "leaf.tif.aux.xml"
    assert "STATISTICS_MEAN" in beside.read_text()
    assert file_stamps(str(leaf)) == before
    told = beside.read_text().replace("<Metadata>", "<NoDataValue>7</NoDataValue><Metadata>", 1)
    beside.write_text(told)
    assert [stamp[0] for stamp in file_stamps(str(leaf))] == [str(leaf), str(beside)]


def test_overviews_do_not_count(leaf):
    before = file_stamps(str(leaf))
    gdal.Open(str(leaf)).BuildOverviews("NEAREST", [2])
    assert leaf.with_name("leaf.tif.ovr").exists()
    assert file_stamps(str(leaf)) == before


@pytest.mark.parametrize("limit", [module._READ_BYTES, 0])
def test_a_source_that_changes_two_levels_down(tmp_path, monkeypatch, leaf, mosaic, limit):
    """A small one at the same time, and of a large one the time."""
    monkeypatch.setattr(module, "_READ_BYTES", limit)
    outer = vrt(tmp_path / "outer.vrt", mosaic)
    before = file_stamps(str(outer))
    if limit:
        with_the_time_of(leaf, lambda: flip_last_byte(leaf))
    else:
        os.utime(leaf, ns=(1, 1))
    after = file_stamps(str(outer))
    assert len(before) == len(after) == 3
    assert sum(one != other for one, other in zip(before, after)) == 1


def test_a_mask_beside_a_source(tmp_path, leaf, mosaic):
    before = file_stamps(str(mosaic))
    leaf.with_name("leaf.tif.msk").write_bytes(leaf.read_bytes())
    assert len(file_stamps(str(mosaic))) == len(before) + 1


def test_the_time_of_a_small_file_does_not_count(leaf):
    before = file_stamps(str(leaf))
    os.utime(leaf, ns=(1, 1))
    assert file_stamps(str(leaf)) == before


def test_another_text_of_a_vrt_counts(mosaic, leaf, make_raster):
    before = file_stamps(str(mosaic))
    other = make_raster(np.zeros((1, 16, 16), np.uint8), "other.tif")
    other.write_bytes(leaf.read_bytes())
    mosaic.write_text(mosaic.read_text().replace("leaf.tif", "other.tif"))
    assert file_stamps(str(mosaic))[0] != before[0]


def test_of_many_files_none_is_opened(monkeypatch, leaf, mosaic):
    monkeypatch.setattr(module, "_MOST_READ", 1)
    status = leaf.stat()
    (stamp,) = (stamp for stamp in file_stamps(str(mosaic)) if stamp[0].endswith("leaf.tif"))
    assert stamp[1:] == [status.st_size, status.st_mtime_ns]


def test_an_archive(tmp_path, leaf):
    archive = tmp_path / "scene.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(leaf, "leaf.tif")
    (before,) = file_stamps(f"/vsizip/{archive}/leaf.tif")
    assert before[0] == str(archive)
    with_the_time_of(archive, lambda: flip_last_byte(archive))
    assert file_stamps(f"/vsizip/{archive}/leaf.tif") != [before]


@pytest.mark.parametrize("field", ["ETag", "Last-Modified"])
def test_a_file_on_a_server(tmp_path, serve, leaf, field):
    server = serve(tmp_path)
    states = {"ETag": ('"1"', '"2"')}.get(
        field, ("Wed, 21 Oct 2015 07:28:00 GMT", "Thu, 22 Oct 2015 07:28:00 GMT")
    )
    mosaic = vrt(tmp_path / "mosaic.vrt", f"/vsicurl/{server.url}/leaf.tif")
    server.fields = {field: states[0]}
    before = file_stamps(str(mosaic))
    assert before[1:] == [[f"/vsicurl/{server.url}/leaf.tif", states[0], str(leaf.stat().st_size)]]
    assert file_stamps(str(mosaic)) == before
    server.fields = {field: states[1]}
    assert file_stamps(str(mosaic))[1][1] == states[1]


def test_a_server_that_says_nothing_or_is_not_there(tmp_path, serve, leaf):
    server = serve(tmp_path)
    name = f"/vsicurl/{server.url}/leaf.tif"
    assert file_stamps(name) == [[name, leaf.stat().st_size, 0]]
    gone = "/vsicurl/http://127.0.0.1:9/none.tif"
    path = tmp_path / "mosaic.vrt"
    path.write_text(vrt(path, leaf).read_text().replace('"1">leaf.tif', f'"0">{gone}'))
    assert file_stamps(str(path))[1] == [gone]
