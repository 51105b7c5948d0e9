"""What lies beside an output: its own description goes with it, and everybody else's stays."""

import pytest
from osgeo import gdal, ogr
from recurve.core.output.side_files import own_files_beside, sharers_of_style, style_of
from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.raster.grid import Grid

GRID = Grid(5, 7, (500000.0, 2.0, 0.0, 2800000.0, 0.0, -2.0), "")
WHOLE = GRID.extent
MINE = "<qgis styleCategories='Symbology'><!-- my own --></qgis>"


@pytest.fixture
def write(fake):
    """A function that writes an output without data: a map, or another kind."""

    def run(path, kind=MapWriter):
        legend = () if kind is ConfidenceWriter else (fake.classes,)
        with kind(path, GRID, *legend, {}) as writer:
            writer.begin({}, [WHOLE])
            writer.write_nothing(WHOLE)
        return style_of(path)

    return run


@pytest.fixture
def layer(folder):
    """A function that writes a layer of a name, and a style of the user's for it."""

    def make(name, has_style=True):
        path = folder / name
        if path.suffix == ".gpkg":
            ogr.GetDriverByName("GPKG").CreateDataSource(str(path)).CreateLayer("town")
        else:
            driver = {".tif": "GTiff", ".tiff": "GTiff", ".png": "PNG"}[path.suffix]
            image = gdal.GetDriverByName("MEM").Create("", 4, 4, 1)
            gdal.GetDriverByName(driver).CreateCopy(str(path), image)
        if has_style:
            style_of(path).write_text(MINE)
        return path

    return make


@pytest.mark.parametrize("kind", [MapWriter, ConfidenceWriter, ScoresWriter])
@pytest.mark.parametrize("name", ["town.gpkg", "town.png", "town.tiff"])
def test_the_style_of_another_layer_stays(folder, layer, write, kind, name):
    other = layer(name)
    for _ in range(2):  # the second time, the raster is there as well
        assert sharers_of_style(folder / "town.tif") == [other]
        style = write(folder / "town.tif", kind)
        assert style.read_text() == MINE


def test_no_style_is_written_that_another_layer_would_be_shown_in(folder, layer, write):
    other = layer("town.png", has_style=False)
    assert sharers_of_style(folder / "town.tif") == [other]
    assert not write(folder / "town.tif").exists()
    assert sharers_of_style(folder / "city.tif") == []
    assert write(folder / "city.tif").exists()


def test_files_that_are_no_layers_take_no_style(folder, write):
    for name in ("map.html", "map.json", "map.tfw", "map.onnx"):
        (folder / name).write_text("{}")
    (folder / "map").mkdir()
    assert sharers_of_style(folder / "map.tif") == []
    assert write(folder / "map.tif").exists()


def test_a_style_that_lies_there_alone_stays(folder, write):
    (folder / "town.qml").write_text(MINE)
    assert sharers_of_style(folder / "town.tif") == [folder / "town.qml"]
    assert write(folder / "town.tif").read_text() == MINE


def test_the_style_of_the_raster_that_is_replaced_goes_with_it(folder, layer, write):
    layer("town.tif")  # with the user's style, or one that an older version has written
    assert "paletteEntry" in write(folder / "town.tif").read_text()
    assert not write(folder / "town.tif", ScoresWriter).exists()


def test_a_style_of_our_own_is_replaced_whatever_else_has_come(folder, layer, write):
    write(folder / "town.tif")
    layer("town.gpkg", has_style=False)
    style = write(folder / "town.tif", ConfidenceWriter)
    assert "colorrampshader" in style.read_text()


def test_a_style_of_our_own_for_another_raster_stays_as_long_as_that(folder, write):
    style = write(folder / "town.tif")
    before = style.read_text()
    assert sharers_of_style(folder / "town.tiff") == [folder / "town.tif"]
    assert write(folder / "town.tiff", ConfidenceWriter).read_text() == before
    for path in (folder / "town.tif", folder / "town.tiff"):
        path.unlink()
    assert write(folder / "town.tiff", ConfidenceWriter).read_text() != before


def test_files_of_the_full_name_are_the_rasters_own(folder, layer, write):
    layer("town.gpkg")
    own = [folder / f"town.tif{suffix}" for suffix in (".aux.xml", ".ovr", ".msk")]
    for path in own:
        path.write_text("of an older town.tif")
    assert own_files_beside(folder / "town.tif") == own
    write(folder / "town.tif", ScoresWriter)
    assert [path.name for path in own if path.exists() and "older" in path.read_text()] == []


def test_a_link_stays_and_its_file_and_both_descriptions_are_new(folder, write):
    (folder / "disk").mkdir()
    real, link = folder / "disk" / "real.tif", folder / "link.tif"
    real.write_bytes(b"an older map")
    real.with_name("real.tif.ovr").write_bytes(b"its overviews")
    link.symlink_to(real)
    write(link)
    assert link.is_symlink()
    for path in (link, real):
        raster = gdal.Open(str(path))
        assert (raster.RasterXSize, raster.RasterYSize) == (7, 5)
        table = raster.GetRasterBand(1).GetDefaultRAT()
        assert table.GetValueAsString(0, 1) == "Water"
        assert "paletteEntry" in style_of(path).read_text()
    made = {path.name for path in folder.rglob("*")}
    assert made == {
        "disk",
        *("real.tif", "real.tif.aux.xml", "real.qml"),
        *("link.tif", "link.tif.aux.xml", "link.qml"),
    }
