"""The plugin's folder under its name, rasters and networks that the tests share."""

from __future__ import annotations

import http.server
import importlib.util
import os
import re
import sys
import threading
import uuid
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

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
    width; written as an internal mask), alpha (the last band is one), names (of the bands), options (creation options).
    """
    gdal = pytest.importorskip("osgeo.gdal")
    osr = pytest.importorskip("osgeo.osr")
    types = {
        "uint8": gdal.GDT_Byte,
        "uint16": gdal.GDT_UInt16,
        "int16": gdal.GDT_Int16,
        "float32": gdal.GDT_Float32,
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
def read_raster():
    """A function that reads a raster file as an array (bands, height, width) in its own type."""
    gdal = pytest.importorskip("osgeo.gdal")
    types = {
        gdal.GDT_Byte: np.uint8,
        gdal.GDT_UInt16: np.uint16,
        gdal.GDT_Int16: np.int16,
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
    from recurve.core.training.loop import result as trained_network
    from recurve.core.training.loop import threads as training_threads

    torch.set_num_threads(1)
    monkeypatch.setattr(training_threads, "free_cores", lambda: 1.0)
    monkeypatch.setattr(trained_network, "_MIN_STEPS", 3)
    monkeypatch.setattr(trained_network, "_MAX_STEPS", 3)


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
        from recurve.core.samples.writer import write_samples
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


class FolderServer(http.server.ThreadingHTTPServer):
    """A web server of a folder on this computer, which knows ranges and fails as it is told.

    Attributes:
        url: of the folder.
        asked: the paths that were asked for.
        fault: told the path of a request for a file's content, gives what goes wrong: None, 'drop' (no answer),
            'short' (half of it), 'wait' (no answer before the server is closed), or an HTTP status.
    """

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), FolderHandler)
        self.folder, self.asked, self.fault = folder, [], lambda path: None
        # ports come back and caches know addresses: what an earlier server gave is not to be taken for this one's
        self.place = f"/{uuid.uuid4().hex}/"
        self.url = f"http://127.0.0.1:{self.server_port}{self.place[:-1]}"
        self.closing = threading.Event()

    def handle_error(self, request, client_address):
        """A client that hangs up is no news."""


class FolderHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *arguments):
        pass

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        file = self.server.folder / self.path.removeprefix(self.server.place).lstrip("/")
        if not file.is_file():
            return self.head(404, 0)
        self.server.asked.append(self.path)
        fault = self.server.fault(self.path) if with_body else None
        content = file.read_bytes()
        span = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(span[1]), int(span[2] or len(content))) if span else (0, len(content))
        part = content[first : last + 1]
        if isinstance(fault, int):
            return self.head(fault, 0)
        if fault == "wait":
            self.server.closing.wait(60)
        if fault in ("drop", "wait"):
            self.close_connection = True
            return self.connection.close()
        whole = (
            {} if span is None else {"Content-Range": f"bytes {first}-{first + len(part) - 1}/{len(content)}"}
        )
        self.head(206 if span else 200, len(part), **whole)
        if with_body:
            self.wfile.write(part[: len(part) // 2] if fault == "short" else part)
            self.close_connection = fault == "short"

    def head(self, status, length, **fields):
        self.send_response(status)
        for name, value in {"Content-Length": length, "Accept-Ranges": "bytes", **fields}.items():
            self.send_header(name, str(value))
        self.end_headers()


@pytest.fixture
def serve():
    """A function that serves a folder on this computer, and gives the server."""
    servers = []

    def start(folder):
        server = FolderServer(folder)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.closing.set()
        server.shutdown()
        server.server_close()


# Grey values of the tiny classifier's classes Dark, Middle, Bright. Halfway between two of them lies no mean of 16 or
# 48 whole numbers, so that rounding decides nothing.
CENTRES = (40.0, 120.3, 210.1)


def classifier_graph(bands):
    """The class whose centre is nearest to the mean grey value of a pixel's cell of 4 x 4."""
    from onnx import helper

    centres = np.array(CENTRES, np.float32)
    weights = np.repeat(centres[:, None] / (500 * bands), bands, axis=1)[:, :, None, None]
    return helper.make_graph(
        [
            helper.make_node("AveragePool", ["image"], ["cells"], kernel_shape=[4, 4], strides=[4, 4]),
            helper.make_node("Conv", ["cells", "weights", "bias"], ["cell_scores"]),
            helper.make_node(
                "Resize",
                ["cell_scores", "", "scales"],
                ["scores"],
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            ),
        ],
        "classifier",
        [plane("image", bands)],
        [plane("scores", len(CENTRES))],
        tensors(weights=weights, bias=-(centres**2) / 1000, scales=np.array([1, 1, 4, 4], np.float32)),
    )


def corrector_graph(bands):
    """Each iteration: the mean of the 3 x 3 scores around, and a little of the image around."""
    from onnx import TensorProto, helper

    classes = len(CENTRES)
    look = np.linspace(-1e-2, 1e-2, classes * bands * 9, dtype=np.float32).reshape(classes, bands, 3, 3)
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["still_go"]),
            helper.make_node(
                "AveragePool", ["u"], ["mean"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1
            ),
            helper.make_node("Add", ["mean", "guidance"], ["next_u"]),
        ],
        "iteration",
        [
            helper.make_tensor_value_info("number", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            plane("u", classes),
        ],
        [helper.make_tensor_value_info("still_go", TensorProto.BOOL, []), plane("next_u", classes)],
    )
    return helper.make_graph(
        [
            helper.make_node("Conv", ["image", "look"], ["guidance"], pads=[1, 1, 1, 1]),
            helper.make_node("Loop", ["iterations", "", "scores"], ["corrected_scores"], body=body),
        ],
        "corrector",
        [
            plane("scores", classes),
            plane("image", bands),
            helper.make_tensor_value_info("iterations", TensorProto.INT64, []),
        ],
        [plane("corrected_scores", classes)],
        tensors(look=look),
    )


def plane(name, channels):
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", channels, "height", "width"])


def tensors(**arrays):
    from onnx import numpy_helper

    return [numpy_helper.from_array(np.asarray(array, np.float32), name) for name, array in arrays.items()]


@pytest.fixture(scope="session")
def make_network(tmp_path_factory):
    """A function that writes a tiny network whose answer can be told without it, and gives its path.

    Settings: bands (names), iterations and classifier_sha256 (of a corrector), any other field of the contract.
    """
    onnx = pytest.importorskip("onnx")
    from recurve.models.contract import METADATA_KEY, Band, ClassEntry, NetworkContract

    def make(role, *, bands=("red", "green", "blue"), **fields):
        corrects = role == "corrector"
        settings = {
            "role": role,
            "name": f"tiny {role}",
            "form": "tiny",
            "bands": tuple(Band(name, 0.0, 255.0, 100.0, 50.0) for name in bands),
            "classes": tuple(
                ClassEntry(name, colour)
                for name, colour in (("Dark", "#202020"), ("Middle", "#3a7d44"), ("Bright", "#f2c14e"))
            ),
            "pixel_size_m": 1.0,
            "pixel_size_range_m": (0.5, 2.0),
            "reach_px": 1 if corrects else 3,
            "reach_per_iteration_px": 1 if corrects else 0,
            "stride": 1 if corrects else 4,
            "iterations": 3 if corrects else 0,
            "classifier_sha256": "map" if corrects else "",
            "training": {},
            "self_test": {},
        }
        contract = NetworkContract(**{**settings, **fields})
        graph = corrector_graph(len(bands)) if corrects else classifier_graph(len(bands))
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
        onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
        onnx.checker.check_model(model)
        path = tmp_path_factory.mktemp("network") / f"{role}.onnx"
        path.write_bytes(model.SerializeToString())
        return path

    return make


@pytest.fixture(scope="session")
def tiny(make_network):
    """A tiny classifier, the corrector made for it, and the classifier's map of an image worked out without it."""
    from recurve.models.onnx_file.reading import file_sha256

    def expected_map(image, valid=None, fill=100.0):
        """The classifier's map (height, width) of an image (bands, height, width)."""
        image = image.astype(np.float64)
        if valid is not None:
            image = np.where(valid, image, fill)
        _, height, width = image.shape
        border = [(0, 0), (0, -height % 4), (0, -width % 4)]
        grey = np.pad(image, border, mode="symmetric").mean(axis=0)
        cells = grey.reshape(grey.shape[0] // 4, 4, grey.shape[1] // 4, 4).mean(axis=(1, 3))
        codes = np.abs(cells[None] - np.array(CENTRES)[:, None, None]).argmin(axis=0) + 1
        codes = np.kron(codes, np.ones((4, 4), np.int64))[:height, :width].astype(np.uint8)
        return codes if valid is None else np.where(valid, codes, np.uint8(0))

    classifier = make_network("classifier")
    return SimpleNamespace(
        classifier=classifier,
        corrector=make_network("corrector", classifier_sha256=file_sha256(classifier)),
        expected_map=expected_map,
    )


@pytest.fixture(scope="session")
def make_global_classifier(tmp_path_factory):
    """A function that writes the shipped classifier with a look at the whole image, and gives its path.

    The mean of its scores over the image (global average pooling) is taken from the scores of each pixel.
    """
    onnx = pytest.importorskip("onnx")
    from recurve.models.contract import METADATA_KEY, NetworkContract

    def make(weight=-1.0):
        model = onnx.load(ROOT / "models/weights/urban_classifier.onnx")
        graph = model.graph
        for node in graph.node:
            node.output[:] = ["local_scores" if name == "scores" else name for name in node.output]
        graph.node.extend(
            [
                onnx.helper.make_node("GlobalAveragePool", ["local_scores"], ["mean_scores"]),
                onnx.helper.make_node("Mul", ["mean_scores", "weight_of_mean"], ["global_scores"]),
                onnx.helper.make_node("Add", ["local_scores", "global_scores"], ["scores"]),
            ]
        )
        graph.initializer.extend(tensors(weight_of_mean=np.float32(weight)))
        (entry,) = [entry for entry in model.metadata_props if entry.key == METADATA_KEY]
        stated = NetworkContract.from_json(entry.value)
        entry.value = replace(stated, reach_px=None, self_test={}, name="looks everywhere").to_json()
        path = tmp_path_factory.mktemp("network") / "global_classifier.onnx"
        path.write_bytes(model.SerializeToString())
        return path

    return make
