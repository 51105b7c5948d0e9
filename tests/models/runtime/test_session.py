"""ONNX Runtime's words for a full memory, and the small graphs around the networks."""

from __future__ import annotations

import ctypes
import ctypes.util
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from recurve.core.errors import DeviceError, DeviceMemoryError
from recurve.models.runtime.session import GRAPHS, free_memory_bytes, open_graph, open_session, run, upload
from recurve.models.runtime.tensors import Image, Scores

ROOT = Path(__file__).resolve().parents[3]
LOAD_PLUGIN = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("recurve", "{root}/__init__.py", submodule_search_locations=["{root}"])
sys.modules["recurve"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["recurve"])
"""


class FailingSession:
    """A session that fails with the words of a library."""

    def __init__(self, error):
        self.error = error

    def io_binding(self):
        class Binding:
            def bind_ortvalue_input(self, name, value): ...

            def bind_output(self, name, device): ...

        return Binding()

    def run_with_iobinding(self, binding, options):
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(
            "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running Conv node. "
            "Failed to allocate memory for requested buffer of size 9437184000"
        ),
        RuntimeError("CUDA failure 2: out of memory ; GPU=0"),
        RuntimeError("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED"),
        RuntimeError("Exception during initialization: std::bad_alloc"),
        RuntimeError("8007000E Not enough memory resources are available to complete this operation."),
        MemoryError(),
    ],
)
def test_want_of_memory_is_told_from_other_failures(error):
    with pytest.raises(
        DeviceMemoryError, match=r"net failed on CPU: its memory is too small.*smaller tile side"
    ):
        run(FailingSession(error), "CPU", "net", {}, "scores")


def test_nvidias_own_words_are_told_without_onnx_runtimes():
    theirs = "CUDA failure 700: an illegal memory access was encountered"
    error = RuntimeError(
        f"cuda_call.cc:154 std::conditional_t<THRW> {'x' * 400} {theirs} ; GPU=0 ; hostname=h ;"
    )
    with pytest.raises(DeviceError, match=rf"net failed on CPU \({theirs}\); choose"):
        run(FailingSession(error), "CPU", "net", {}, "scores")


def test_other_failures_are_device_errors():
    with pytest.raises(DeviceError, match=r"net failed on CPU \(Invalid rank\)") as caught:
        run(FailingSession(RuntimeError("Invalid rank.\nmore")), "CPU", "net", {}, "scores")
    assert not isinstance(caught.value, DeviceMemoryError)


def test_a_real_run_without_room_is_a_memory_error():
    """8 TB of scores are more than any machine has."""
    onnx = pytest.importorskip("onnx")
    from onnx import TensorProto, helper
    from recurve.models.runtime.session import open_session

    node = helper.make_node("ConstantOfShape", ["shape"], ["scores"])
    graph = helper.make_graph(
        [node],
        "huge",
        [helper.make_tensor_value_info("shape", TensorProto.INT64, [4])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2, None, None])],
    )
    model = helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    session, _ = open_session(model.SerializeToString(), "CPU")
    shape = upload(np.array([1, 2, 10**6, 10**6]), "CPU")
    with pytest.raises(DeviceMemoryError, match="huge failed on CPU"):
        run(session, "CPU", "huge", {"shape": shape}, "scores")


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32", "float64"])
def test_pixels_arrive_as_float32(dtype):
    limits = np.array([0, 1, 255], dtype) if dtype != "int16" else np.array([-32768, 0, 32767], dtype)
    pixels = np.broadcast_to(limits[:, None, None], (3, 4, 8)).copy()
    arrived = Image.upload(pixels, "CPU").value.numpy()
    assert arrived.dtype == np.float32
    np.testing.assert_array_equal(arrived, pixels[None].astype(np.float32))


@pytest.fixture
def scores():
    """A function that puts an array (classes, height, width) on the CPU as scores."""
    return lambda array: Scores(upload(np.asarray(array, np.float32)[None], "CPU"), "CPU")


def test_decision_is_softmax(scores):
    array = np.random.default_rng(2).normal(0, 3, (4, 9, 8)).astype(np.float32)
    exact = np.exp(array.astype(np.float64)) / np.exp(array.astype(np.float64)).sum(axis=0)
    codes, percent = scores(array).codes(), scores(array).confidence()
    np.testing.assert_array_equal(codes, exact.argmax(axis=0) + 1)
    np.testing.assert_array_equal(percent, np.rint(100 * exact.max(axis=0)))
    assert codes.dtype == percent.dtype == np.uint8


def test_decision_with_large_scores_and_ties(scores):
    found = scores([[[900.0, 1.0]], [[-900.0, 1.0]]])
    assert found.codes().tolist() == [[1, 1]]
    assert found.confidence().tolist() == [[100, 50]]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_scores_that_are_no_numbers_are_refused(scores, wrong):
    array = np.zeros((3, 5, 5))
    array[1, 2, 3] = wrong
    with pytest.raises(DeviceError, match="scores that are no finite numbers"):
        scores(array).codes()


def test_crop(scores):
    array = np.arange(2 * 6 * 7).reshape(2, 6, 7)
    cropped = scores(array).crop(slice(1, 4), slice(2, 7))
    np.testing.assert_array_equal(cropped.numpy(), array[:, 1:4, 2:7])


def test_graphs_are_those_the_recipe_writes():
    pytest.importorskip("onnx")
    from recurve.recipes.graphs import graphs

    assert {path.name: path.read_bytes() for path in GRAPHS.iterdir()} == graphs()


def test_a_graph_is_opened_once():
    assert open_graph("crop", "CPU") is open_graph("crop", "CPU")


def test_free_memory_is_told_by_cuda_alone(monkeypatch):
    assert free_memory_bytes("CPU") is None
    monkeypatch.setattr(
        "recurve.models.runtime.session.CUDA_RUNTIMES",
        ("libno-such-library.so", ctypes.util.find_library("c")),
    )
    assert free_memory_bytes("CUDA") is None

    def answer(free, total):
        free._obj.value, total._obj.value = 5 << 30, 8 << 30
        return 0

    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(cudaMemGetInfo=answer))
    assert free_memory_bytes("CUDA") == 5 << 30


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see a process's memory")
def test_memory_is_given_back():
    """QGIS goes on after a run, and should not keep what the run needed."""
    script = """
import numpy as np
from recurve.models.runtime.network import Network
def resident_mb():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
network = Network.open(NETWORK, "CPU")
before = resident_mb()
network.classify(network.upload(np.zeros((3, 1600, 1600), np.uint8)))
during = resident_mb()
network.release_memory()
print(during - before, resident_mb() - before)
"""
    path = ROOT / "models" / "weights" / "buildings_classifier.onnx"
    code = LOAD_PLUGIN.format(root=ROOT) + script.replace("NETWORK", repr(str(path)))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True
    )
    during, after = map(float, done.stdout.split())
    assert during > 100
    assert after < 0.4 * during


def test_threads_that_wait_do_not_keep_their_core(tiny):
    session, _ = open_session(tiny.classifier.read_bytes(), "CPU")
    options = session.get_session_options()
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"
