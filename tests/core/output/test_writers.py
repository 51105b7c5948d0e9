import math
import os
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.errors import RasterError
from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

GRID = Grid(5, 7, (500000.0, 2.0, 0.0, 2800000.0, 0.0, -2.0), "")
WHOLE = GRID.extent


def codes_of(value):
    return np.full((5, 7), value, dtype=np.uint8)


def write_map(path, fake, value=1, grid=GRID):
    with MapWriter(path, grid, fake.classes, {}) as writer:
        writer.begin({}, [WHOLE])
        writer.write(codes_of(value), WHOLE)


def test_a_map_tells_its_classes_colours_counts_and_origin(folder, fake, make_raster, integers):
    with RasterReader(make_raster(integers(1, 5, 7))) as reader:
        grid = reader.grid
    codes = np.arange(35, dtype=np.uint8).reshape(5, 7) % 4
    with MapWriter(
        folder / "map.tif", grid, fake.classes, {"RECURVE_ITERATIONS": "5", "ÄÖ": "<&>"}
    ) as writer:
        writer.begin({}, [Window(0, 0, 3, 7), Window(3, 0, 2, 7)])
        writer.write(codes[:3], Window(0, 0, 3, 7))
        writer.write(codes[3:], Window(3, 0, 2, 7))

    dataset = gdal.Open(str(folder / "map.tif"))
    band = dataset.GetRasterBand(1)
    np.testing.assert_array_equal(np.frombuffer(band.ReadRaster(), np.uint8).reshape(5, 7), codes)
    assert band.GetNoDataValue() == 0
    assert band.GetColorTable().GetColorEntry(3) == (0xE3, 0x1A, 0x1C, 255)
    assert band.GetColorTable().GetColorEntry(0)[3] == 0
    assert band.GetCategoryNames() == ["No data", "Water", "Wood", "Built-up"]
    assert dataset.GetMetadataItem("RECURVE_ITERATIONS") == "5"
    assert dataset.GetMetadataItem("ÄÖ") == "<&>"
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    table = band.GetDefaultRAT()
    usages = [table.GetUsageOfCol(column) for column in range(table.GetColumnCount())]
    assert usages == [
        gdal.GFU_MinMax,
        gdal.GFU_Name,
        gdal.GFU_Red,
        gdal.GFU_Green,
        gdal.GFU_Blue,
        gdal.GFU_PixelCount,
    ]
    rows = [[table.GetValueAsString(row, column) for column in (0, 1, 2)] for row in range(3)]
    assert rows == [["1", "Water", "31"], ["2", "Wood", "51"], ["3", "Built-up", "227"]]
    assert [table.GetValueAsDouble(row, 5) for row in range(3)] == [(codes == c).sum() for c in (1, 2, 3)]
    with RasterReader(folder / "map.tif") as reader:
        assert reader.grid == grid


@pytest.mark.parametrize(
    "geotransform",
    [None, (10.0, 2.0, 0.0, 20.0, 0.0, 3.0), (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)],
    ids=["none", "south-up", "pixel space"],
)
def test_the_grid_comes_back(folder, fake, geotransform):
    grid = Grid(5, 7, geotransform, "")
    write_map(folder / "map.tif", fake, grid=grid)
    with RasterReader(folder / "map.tif") as reader:
        assert reader.grid == grid


def test_confidence_and_scores(folder, fake, read_raster):
    scores = np.arange(105, dtype=np.float32).reshape(3, 5, 7)
    scores[:, 0, 0] = np.nan
    with ConfidenceWriter(folder / "confidence.tif", GRID, {"RECURVE_VERSION": "1"}) as writer:
        writer.begin({}, [WHOLE])
        writer.write(codes_of(97), WHOLE)
    with ScoresWriter(folder / "scores.tiff", GRID, fake.classes, {}) as writer:
        writer.begin({}, [WHOLE])
        writer.write(scores, WHOLE)
    assert (read_raster(folder / "confidence.tif") == 97).all()
    np.testing.assert_array_equal(read_raster(folder / "scores.tiff"), scores)
    confidence, scored = gdal.Open(str(folder / "confidence.tif")), gdal.Open(str(folder / "scores.tiff"))
    assert confidence.GetRasterBand(1).GetNoDataValue() == 255
    assert confidence.GetMetadataItem("RECURVE_VERSION") == "1"
    bands = [scored.GetRasterBand(number) for number in (1, 2, 3)]
    assert [band.GetDescription() for band in bands] == ["Water", "Wood", "Built-up"]
    assert all(math.isnan(band.GetNoDataValue()) for band in bands)


def test_nothing_shows_before_the_end_and_nothing_is_left_after(folder, fake):
    with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
        writer.begin({}, [WHOLE])
        writer.write(codes_of(1), WHOLE)
        assert not (folder / "map.tif").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["map.qml", "map.tif", "map.tif.aux.xml"]


def test_an_exception_leaves_the_old_file_as_it_was(folder, fake):
    write_map(folder / "map.tif", fake, 2)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail():
        with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
            writer.begin({}, [WHOLE])
            writer.write(codes_of(1), WHOLE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_map_with_holes_never_appears(folder, fake):
    def write_half():
        with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
            writer.begin({}, [Window(0, 0, 2, 7), Window(2, 0, 3, 7)])
            writer.write(codes_of(1)[:2], Window(0, 0, 2, 7))

    with pytest.raises(RasterError, match=r"is incomplete \(tiles that are missing: 1\)"):
        write_half()
    assert not (folder / "map.tif").exists()


def test_what_described_an_older_output_goes(folder, fake):
    write_map(folder / "out.tif", fake)
    (folder / "out.tif.ovr").write_bytes(b"old overviews")
    (folder / "out.tif.qml").write_bytes(b"the user's style")
    with ConfidenceWriter(folder / "out.tif", GRID, {}) as writer:
        writer.begin({}, [WHOLE])
        writer.write(codes_of(50), WHOLE)
    names = sorted(path.name for path in folder.iterdir())
    assert "out.tif.ovr" not in names
    assert "out.tif.qml" in names
    dataset = gdal.Open(str(folder / "out.tif"))
    band = dataset.GetRasterBand(1)
    assert band.GetCategoryNames() is None
    assert band.GetDefaultRAT() is None


def test_values_that_do_not_fit_are_refused(folder, fake):
    with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
        writer.begin({}, [WHOLE])
        with pytest.raises(ValueError, match="does not fit"):
            writer.write(codes_of(1).astype(int), WHOLE)
        with pytest.raises(ValueError, match="does not fit"):
            writer.write(codes_of(1), Window(0, 0, 5, 6))
        with pytest.raises(ValueError, match="is none of the tiles"):
            writer.write(codes_of(1), Window(1, 0, 5, 7))
        writer.write(codes_of(1), WHOLE)


@pytest.mark.parametrize("name", ["map.png", "map", "map.tif.zip"])
def test_only_geotiff_names(folder, fake, name):
    with pytest.raises(RasterError, match=r"no name for a GeoTIFF; choose a name that ends in \.tif"):
        MapWriter(folder / name, GRID, fake.classes, {})


def test_a_folder_that_is_missing_no_folder_or_a_folder_itself(folder, fake):
    (folder / "file").write_bytes(b"")
    (folder / "taken.tif").mkdir()
    for path, words in (
        ("missing/map.tif", "cannot be written .*Choose a folder"),
        ("file/map.tif", "cannot be written .*Choose a folder"),
        ("taken.tif", "is a folder; choose the name of a file"),
    ):
        with pytest.raises(RasterError, match=words):
            write_map(folder / path, fake)


# As root every folder can be written to, so the test gives up that right in a process of its own.
_SUBPROCESS = """
import importlib.util, os, resource, sys
from pathlib import Path
root, folder, limit, user, exceptions, classes, rows = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
spec = importlib.util.spec_from_file_location("recurve", root / "__init__.py", submodule_search_locations=[str(root)])
sys.modules["recurve"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["recurve"])
import numpy as np
from osgeo import gdal
from recurve.core.errors import RasterError
from recurve.core.output.writers import MapWriter
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window
from recurve.models.contract import ClassEntry
if exceptions:
    gdal.UseExceptions()
if user:
    os.setuid(user)
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
codes = np.random.default_rng(0).integers(1, classes, (700, 700)).astype(np.uint8)
entries = [ClassEntry(f"a class with a long name {number}", "#000000") for number in range(max(4, 500 // classes))]
try:
    with MapWriter(folder / "map.tif", Grid(700, 700, None, ""), entries, {}) as writer:
        writer.begin({}, [Window(row, 0, rows, 700) for row in range(0, 700, rows)])
        for row in range(0, 700, rows):
            writer.write(codes[row : row + rows], Window(row, 0, rows, 700))
except RasterError as error:
    print("refused:", error)
"""


def run_alone(root, folder, limit=0, user=0, exceptions=0, classes=4, rows=100):
    settings = map(str, (root, folder, limit, user, exceptions, classes, rows))
    command = [sys.executable, "-c", _SUBPROCESS, *settings]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("exceptions", [0, 1])
def test_a_full_disk_is_told_whenever_it_fills(root, folder, exceptions):
    """A limit on the file's size stands for the disk; the finished tiles stay, and the run goes on from them."""
    assert run_alone(root, folder).stdout == ""
    size = (folder / "map.tif").stat().st_size
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    for limit in (1, 500, size // 3, size // 2, size - 30_000, size - 3000, size - 300, size - 1):
        result = run_alone(root, folder, limit=limit, exceptions=exceptions)
        assert result.returncode == 0, result.stderr
        assert result.stdout.startswith("refused:"), f"{limit} of {size} bytes went unnoticed"
        assert "map.tif cannot be written (" in result.stdout
        assert "Choose a folder you may write to, on a disk with room" in result.stdout
        assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == whole
    assert run_alone(root, folder).stdout == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole


def test_a_disk_that_fills_on_the_last_file_is_told(root, folder):
    alone = {"classes": 2, "rows": 700}  # one tile: the list of tiles must not be larger than what is tested
    assert run_alone(root, folder, **alone).stdout == ""
    size, description = ((folder / name).stat().st_size for name in ("map.tif", "map.tif.aux.xml"))
    assert description // 2 > size
    for path in folder.iterdir():
        path.unlink()
    for limit in (description // 2, (size + description) // 2, description - 9):
        result = run_alone(root, folder, limit=limit, **alone)
        assert "map.tif.aux.xml cannot be written" in result.stdout, result.stderr
        assert [path for path in folder.iterdir() if path.is_file()] == []


def test_a_folder_without_the_right_to_write(root, folder):
    folder.chmod(0o555)
    result = run_alone(root, folder, user=65534 if os.getuid() == 0 else 0)
    assert "map.tif cannot be written (Permission denied). Choose a folder" in result.stdout, result.stderr
    assert list(folder.iterdir()) == []


def test_a_tile_without_data_costs_nothing_and_reads_as_nodata(folder, fake, read_raster):
    upper, lower = Window(0, 0, 3, 7), Window(3, 0, 2, 7)
    made = [
        (MapWriter(folder / "map.tif", GRID, fake.classes, {}), codes_of(2)[:3], 0),
        (ConfidenceWriter(folder / "confidence.tif", GRID, {}), codes_of(97)[:3], 255),
        (ScoresWriter(folder / "scores.tif", GRID, fake.classes, {}), np.ones((3, 3, 7), np.float32), np.nan),
    ]
    for writer, values, nothing in made:
        with writer:
            writer.begin({}, [upper, lower])
            writer.write(values, upper)
            writer.write_nothing(lower)
            (empty,) = folder.glob(".*recurve-*/3_0_2_7.tile")
            assert empty.stat().st_size == 0
        found = read_raster(writer.path)
        np.testing.assert_array_equal(found[..., :3, :].reshape(values.shape), values)
        np.testing.assert_array_equal(found[..., 3:, :], nothing)
    assert pixels_of_each_class(folder / "map.tif") == [0, 21, 0]


def pixels_of_each_class(path):
    """As the attribute table of a map tells them."""
    dataset = gdal.Open(str(path))  # the table lives as long as it does
    table = dataset.GetRasterBand(1).GetDefaultRAT()
    return [table.GetValueAsInt(row, 5) for row in range(table.GetRowCount())]


@pytest.mark.parametrize("has_data", [False, True])
def test_it_is_known_whether_any_tile_holds_data(folder, fake, has_data):
    upper, lower = Window(0, 0, 3, 7), Window(3, 0, 2, 7)
    with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
        assert not writer.has_data
        writer.begin({}, [upper, lower])
        writer.write_nothing(upper)
        writer.write(codes_of(1)[:2], lower) if has_data else writer.write_nothing(lower)
        assert writer.has_data == has_data
        writer.finish()
        assert writer.has_data == has_data


def test_a_map_counts_the_tiles_of_an_earlier_run(folder, fake):
    upper, lower = Window(0, 0, 3, 7), Window(3, 0, 2, 7)
    with suppress(KeyboardInterrupt), MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
        writer.begin({}, [upper, lower])
        writer.write(codes_of(1)[:3], upper)
        raise KeyboardInterrupt

    with MapWriter(folder / "map.tif", GRID, fake.classes, {}) as writer:
        writer.begin({}, [upper, lower])
        assert writer.has(upper)
        writer.write(codes_of(3)[:2], lower)

    assert pixels_of_each_class(folder / "map.tif") == [21, 0, 14]
