"""The plugin's folder under its name; rasters and sample sets that the tests share."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

PLUGIN = "recurve"
ROOT = Path(__file__).resolve().parents[1]

if PLUGIN not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        PLUGIN, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules[PLUGIN] = package
    spec.loader.exec_module(package)


pytest_plugins = [
    "recurve.tests.diffusion_networks",
    "recurve.tests.folder_server",
    "recurve.tests.tiny_networks",
    "recurve.tests.any_map_network",
]


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def _disk_that_need_not_keep_up(monkeypatch):
    """Tests write thousands of tiny tiles; waiting for the disk after each would be most of their time."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def fake_cuda(monkeypatch):
    """ONNX Runtime with a GPU that is none, see `fake_cuda.py`."""
    pytest.importorskip("onnxruntime")
    from recurve.models.runtime.session import open_graph
    from recurve.tests.fake_cuda import FakeCuda

    yield FakeCuda(monkeypatch)
    open_graph.cache_clear()


@pytest.fixture
def make_raster(tmp_path):
    """A function that writes an array (bands, height, width) as a raster and gives its path.

    Settings: geotransform (six numbers, None for an image without georeferencing), epsg, nodata, mask (height,
    width; written as an internal mask), alpha (the last band is one), names (of the bands), options (creation options),
    declared (scale and offset of every band).
    """
    gdal = pytest.importorskip("osgeo.gdal")
    osr = pytest.importorskip("osgeo.osr")
    types = {
        "uint8": gdal.GDT_Byte,
        "uint16": gdal.GDT_UInt16,
        "int16": gdal.GDT_Int16,
        "int32": gdal.GDT_Int32,
        "uint32": gdal.GDT_UInt32,
        "float32": gdal.GDT_Float32,
        "float64": gdal.GDT_Float64,
    }

    def write(
        array,
        name="image.tif",
        *,
        geotransform=(500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0),
        epsg=32640,
        nodata=None,
        mask=None,
        alpha=False,
        names=(),
        options=(),
        declared=(),
    ):
        array = np.ascontiguousarray(array if array.ndim == 3 else array[None])
        bands, height, width = array.shape
        path = tmp_path / name
        raster = gdal.GetDriverByName("GTiff").Create(
            str(path), width, height, bands, types[array.dtype.name], list(options)
        )
        if geotransform is not None:
            raster.SetGeoTransform(geotransform)
            system = osr.SpatialReference()
            system.ImportFromEPSG(epsg)
            raster.SetProjection(system.ExportToWkt())
        for number in range(1, bands + 1):
            band = raster.GetRasterBand(number)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if declared:
                band.SetScale(declared[0])
                band.SetOffset(declared[1])
            if alpha and number == bands:
                band.SetColorInterpretation(gdal.GCI_AlphaBand)
            if number <= len(names):
                band.SetDescription(names[number - 1])
            band.WriteRaster(0, 0, width, height, array[number - 1].tobytes())
        if mask is not None:
            with_internal_mask = gdal.GetConfigOption("GDAL_TIFF_INTERNAL_MASK")
            gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
            try:
                raster.CreateMaskBand(gdal.GMF_PER_DATASET)
                values = np.where(mask, 255, 0).astype(np.uint8)
                raster.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, width, height, values.tobytes())
            finally:
                gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", with_internal_mask)
        raster = None
        return path

    return write


@pytest.fixture
def masked_bands(tmp_path):
    """A function that writes a virtual raster of a raster's bands, each with a mask of its own: one file per band."""
    gdal = pytest.importorskip("osgeo.gdal")

    def write(raster, masks, name="masked.vrt"):
        root = ElementTree.fromstring(gdal.Translate("", str(raster), format="VRT").GetMetadata("xml:VRT")[0])
        for band, mask in zip(root.findall("VRTRasterBand"), masks):
            source = ElementTree.SubElement(
                ElementTree.SubElement(
                    ElementTree.SubElement(band, "MaskBand"), "VRTRasterBand", dataType="Byte"
                ),
                "SimpleSource",
            )
            ElementTree.SubElement(source, "SourceFilename").text = str(mask)
            ElementTree.SubElement(source, "SourceBand").text = "1"
        path = tmp_path / name
        path.write_text(ElementTree.tostring(root, encoding="unicode"))
        return path

    return write


@pytest.fixture
def read_raster():
    """A function that reads a raster file as an array (bands, height, width) in its own type."""
    gdal = pytest.importorskip("osgeo.gdal")
    types = {
        gdal.GDT_Byte: np.uint8,
        gdal.GDT_UInt16: np.uint16,
        gdal.GDT_Int16: np.int16,
        gdal.GDT_Int32: np.int32,
        gdal.GDT_Float32: np.float32,
    }

    def read(path):
        raster = gdal.Open(str(path))
        assert raster is not None, f"GDAL cannot open {path}"
        shape = (raster.RasterYSize, raster.RasterXSize)
        bands = [raster.GetRasterBand(number) for number in range(1, raster.RasterCount + 1)]
        return np.stack([np.frombuffer(b.ReadRaster(), types[b.DataType]).reshape(shape) for b in bands])

    return read


@pytest.fixture(scope="session")
def roofs():
    """A function: bright rectangles on dark ground with noise, (1, height, width) uint8, and their labels."""

    def make(height, width, seed):
        rng = np.random.default_rng(seed)
        labels = np.ones((height, width), np.uint8)
        for _ in range(height * width // 500):
            row, col = rng.integers(0, height), rng.integers(0, width)
            labels[row : row + rng.integers(6, 16), col : col + rng.integers(6, 16)] = 2
        image = np.where(labels == 2, 150, 90) + rng.normal(0, 8, labels.shape)
        return image.clip(0, 255).astype(np.uint8)[None], labels

    return make


@pytest.fixture(scope="session")
def blurred():
    """A function: scores of a classifier that recognises well and localises badly, from labels (1 ground, 2 roof)."""

    def make(labels):
        """The labels' means of 13 x 13 px."""
        roof = np.pad((labels == 2).astype(np.float32), 6, mode="symmetric")
        for axis in (0, 1):
            sums = np.cumsum(np.insert(roof, 0, 0, axis=axis), axis=axis)
            ahead, behind = np.split(np.arange(sums.shape[axis]), [13])[1], np.arange(sums.shape[axis] - 13)
            roof = (np.take(sums, ahead, axis) - np.take(sums, behind, axis)) / 13
        return np.stack([2 - 4 * roof, 4 * roof - 2]).astype(np.float32)

    return make


@pytest.fixture
def few_steps(monkeypatch):
    """Epochs of 3 steps on one thread, so that trainings are short and alike."""
    torch = pytest.importorskip("torch")
    from recurve.core.training import recipe as schedule
    from recurve.core.training import threads as training_threads

    torch.set_num_threads(1)
    monkeypatch.setattr(training_threads, "free_cores", lambda: 1.0)
    monkeypatch.setattr(schedule, "_MIN_STEPS", 3)
    monkeypatch.setattr(schedule, "_MAX_STEPS", 3)


@pytest.fixture
def make_samples(tmp_path, roofs):
    """A function that writes a sample set of roofs and gives its folder.

    Settings: name (of the folder), sides (split -> sides of its chips, px), seed, names (of the classes), bands
    (names), pixel_size_m, edit (changes the labels of a chip).
    """

    def make(
        name="samples",
        sides=None,
        seed=0,
        names=("ground", "roof"),
        bands=("grey",),
        pixel_size_m=1.0,
        edit=lambda labels: labels,
    ):
        from recurve.core.samples.sample_set import Chip
        from recurve.core.samples.write_samples import write_samples
        from recurve.models.contract import ClassEntry

        chips = []
        for split, lengths in (sides or {"train": [96], "validation": [64]}).items():
            for side in lengths:
                image, labels = roofs(side, side, seed + len(chips))
                chip = Chip(f"{split}_{len(chips)}", split, side, side)
                chips.append((chip, np.repeat(image, len(bands), axis=0), edit(labels)))
        classes = [ClassEntry(text, f"#{40 * i:02x}8030") for i, text in enumerate(names)]
        write_samples(tmp_path / name, chips, list(bands), classes, pixel_size_m, "made", "CC0")
        return tmp_path / name

    return make
