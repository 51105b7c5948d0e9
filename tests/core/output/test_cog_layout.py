"""Outputs are cloud-optimised GeoTIFFs, by GDAL's own judgement."""

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.output.class_value_writer import ClassValues
from recurve.core.output.writers import ConfidenceWriter, IteratesWriter, MapWriter, ScoresWriter
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

validator = pytest.importorskip("osgeo_utils.samples.validate_cloud_optimized_geotiff")

SIZES = ((700, 2100), (350, 1050), (175, 525), (88, 263))
GRID = Grid(700, 2100, (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), "")


@pytest.fixture(params=["map", "coded map", "confidence", "scores", "iterates"])
def output(request, folder, fake):
    """A finished output of each kind, of noise that does not compress to nothing."""
    path, classes = folder / "out.tif", fake.classes
    writer = {
        "map": lambda: MapWriter(path, GRID, classes, {}),
        "coded map": lambda: MapWriter(path, GRID, classes, {}, ClassValues((100, 2000, 30000), 9)),
        "confidence": lambda: ConfidenceWriter(path, GRID, {}),
        "scores": lambda: ScoresWriter(path, GRID, classes, {}),
        "iterates": lambda: IteratesWriter(path, GRID, classes, {}, 2),
    }[request.param]()
    bands = 3 if request.param in ("scores", "iterates") else 1
    dtype = np.float32 if request.param == "scores" else np.uint8
    windows = [Window(0, 0, 700, 1000), Window(0, 1000, 700, 1100)]
    rng = np.random.default_rng(0)
    with writer:
        writer.begin({}, windows)
        for window in windows:
            writer.write(rng.integers(0, 4, (bands, window.height, window.width)).astype(dtype), window)
    return path


def test_gdals_validator_finds_nothing(output):
    warnings, errors, _ = validator.validate(str(output), full_check=True)
    assert (warnings, errors) == ([], [])


def layout(path):
    """Of each band, the size and the blocks of itself and of its overviews; and what the file calls its layout."""
    dataset, bands = gdal.Open(str(path)), []
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        levels = [band, *(band.GetOverview(level) for level in range(band.GetOverviewCount()))]
        bands.append([(level.YSize, level.XSize, *level.GetBlockSize()) for level in levels])
    return bands, dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")


def test_blocks_overviews_and_ghost_area(output):
    bands, name = layout(output)
    # halved until the smallest is one block
    assert bands == [[(height, width, 512, 512) for height, width in SIZES]] * len(bands)
    assert name == "COG"
    ghost_area = output.read_bytes()[:300]
    assert b"GDAL_STRUCTURAL_METADATA_SIZE=" in ghost_area
    assert b"LAYOUT=IFDS_BEFORE_DATA" in ghost_area
