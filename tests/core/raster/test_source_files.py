import zipfile

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.raster.source_files import source_files


@pytest.fixture
def left(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "left.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, 1)
    dataset.SetGeoTransform((0, 1, 0, 4, 0, -1))
    dataset.GetRasterBand(1).WriteRaster(0, 0, 4, 4, np.ones((4, 4), np.uint8).tobytes())
    return path


def vrt(path, *sources):
    gdal.BuildVRT(str(path), [str(source) for source in sources]).FlushCache()
    return path


def test_a_file_with_the_files_beside_it(left):
    gdal.Open(str(left)).BuildOverviews("NEAREST", [2])
    assert source_files(str(left)) == (str(left), f"{left}.ovr")


def test_sources_of_sources(tmp_path, left):
    inner = vrt(tmp_path / "inner.vrt", left)
    (tmp_path / "below").mkdir()
    outer = vrt(tmp_path / "below" / "outer.vrt", inner)
    found = source_files(str(outer))
    assert found[0] == str(outer)
    assert left.resolve() in {(tmp_path / name).resolve() for name in found}


def test_a_warped_vrt(tmp_path, left):
    inner = vrt(tmp_path / "inner.vrt", left)
    gdal.Warp(str(tmp_path / "warped.vrt"), str(inner), format="VRT").FlushCache()
    assert str(left) in {
        str((tmp_path / name).resolve()) for name in source_files(str(tmp_path / "warped.vrt"))
    }


def test_a_text_in_place_of_a_file(tmp_path, left):
    text = (
        vrt(tmp_path / "inner.vrt", left)
        .read_text()
        .replace('relativeToVRT="1">left', 'relativeToVRT="0">left')
    )
    assert source_files(text) == ("left.tif",)


@pytest.mark.parametrize("name", ["GTIFF_DIR:1:left.tif", "vrt://left.tif?bands=1"])
def test_gdals_names(left, name):
    assert source_files(name) == ("left.tif",)


def test_a_named_part_of_a_file(tmp_path, left):
    gdal.Translate("two.gpkg", str(left), format="GPKG", creationOptions=["RASTER_TABLE=b"])
    assert [tmp_path / name for name in source_files("GPKG:two.gpkg:b")] == [tmp_path / "two.gpkg"]
    outer = vrt(tmp_path / "outer.vrt", "GPKG:two.gpkg:b")
    assert (tmp_path / "two.gpkg").resolve() in {
        (tmp_path / name).resolve() for name in source_files(str(outer))
    }


def test_what_lies_in_an_archive(tmp_path, left):
    with zipfile.ZipFile(tmp_path / "scene.zip", "w") as archive:
        archive.write(left, "in/left.tif")
    archive = str(tmp_path / "scene.zip")
    assert source_files(f"/vsizip/{archive}/in/left.tif") == (archive,)
    assert source_files(f"/vsizip/{{{archive}}}/in/left.tif") == (archive,)
    outer = vrt(tmp_path / "outer.vrt", f"/vsizip/{archive}/in/left.tif")
    assert source_files(str(outer)) == (str(outer), archive)


def test_a_vrt_of_itself_and_one_that_is_broken(tmp_path, left):
    inner = vrt(tmp_path / "inner.vrt", left)
    inner.write_text(inner.read_text().replace("left.tif", "inner.vrt"))
    assert [tmp_path / name for name in source_files(str(inner))] == [inner]
    inner.write_text("<VRTDataset")
    assert source_files(str(inner)) == (str(inner),)
