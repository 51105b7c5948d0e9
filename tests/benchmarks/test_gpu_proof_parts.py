"""The parts of `benchmarks/gpu.py`: learning, the image, counted copies, and what measures a GPU that is none."""

from __future__ import annotations

import sys

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")

from recurve.benchmarks.gpu_proof import learning  # noqa: E402
from recurve.benchmarks.gpu_proof.copies import counted  # noqa: E402
from recurve.benchmarks.gpu_proof.meter import CudaMeter, HostMeter, meter_of  # noqa: E402
from recurve.benchmarks.gpu_proof.pair import Pair  # noqa: E402
from recurve.benchmarks.gpu_proof.scene import DEMO, Scene, read_tiff  # noqa: E402
from recurve.core.errors import DeviceError  # noqa: E402
from recurve.core.raster.tiling import Window  # noqa: E402


class TestLearning:
    def test_without_pytorch_it_is_skipped_with_a_word(self, report, monkeypatch):
        monkeypatch.setitem(sys.modules, "torch", None)
        learning.epochs("CPU", Scene(), True, report)
        assert report.rows[0]["measured"].startswith("skipped: PyTorch is not installed")

    def test_without_pytorchs_cuda(self, report):
        torch = pytest.importorskip("torch")
        if torch.cuda.is_available():
            pytest.skip("this PyTorch has CUDA")
        learning.epochs("CUDA", Scene(), True, report)
        assert "has no CUDA here" in report.rows[0]["measured"]

    def test_what_was_learned_passes_the_exports_comparison(self, report, monkeypatch):
        pytest.importorskip("torch")
        pytest.importorskip("onnx")
        monkeypatch.setattr(learning, "_SIDE_PX", 32)
        learning.epochs("CPU", Scene(), True, report)
        assert [row["form"] for row in report.rows] == [
            form for form in ("classifier", "deep", "paper") for _ in "123"
        ]
        learned = [row for row in report.rows if "mixed" in row]
        assert all(row["measured"].endswith("its weights pass the export's comparison") for row in learned)

    def test_weights_that_do_not_pass_are_a_failure(self, report, monkeypatch):
        pytest.importorskip("torch")
        pytest.importorskip("onnx")
        monkeypatch.setattr(learning, "_SIDE_PX", 32)
        monkeypatch.setattr("recurve.models.pytorch.export.MAX_DIFFERENCE", -1.0)
        learning.epochs("CPU", Scene(), True, report)
        assert report.failures == 6


def test_the_scene_is_the_demonstration_image_and_goes_on(read_raster):
    pixels = read_tiff(DEMO)
    np.testing.assert_array_equal(pixels, read_raster(DEMO))
    _, height, width = pixels.shape
    seen = Scene().read(Window(-2, 0, height + 4, width))
    np.testing.assert_array_equal(seen[:, 2:-2], pixels)
    np.testing.assert_array_equal(seen[:, :4], seen[:, 3::-1])
    np.testing.assert_array_equal(seen[:, -4:], seen[:, :-5:-1])


def test_another_kind_of_tiff_is_refused(make_raster):
    path = make_raster(np.zeros((3, 8, 8), np.uint8), options=["COMPRESS=LZW", "PREDICTOR=2"])
    with pytest.raises(ValueError, match="not a TIFF of bytes with deflated differences"):
        read_tiff(path)


def test_copies_are_counted_at_the_runtimes_border():
    array = np.zeros((1, 3, 5, 7), np.uint8)
    with counted() as copies:
        value = onnxruntime.OrtValue.ortvalue_from_numpy(array, "cpu", 0)
        value.numpy()
        value.numpy()
    assert (copies.up, copies.down) == (105, 210)
    onnxruntime.OrtValue.ortvalue_from_numpy(array).numpy()
    assert copies.up == 105


def test_both_ways_give_the_same_map():
    pair = Pair.open("buildings", "CPU", "fp32", Scene())
    (tile,) = pair.tiles(64, 64)
    given = pair.given(tile)
    np.testing.assert_array_equal(pair.inference()(given, tile).codes, pair.plain_codes(given, tile))


def test_meters(fake_cuda):
    assert isinstance(meter_of("CPU"), HostMeter)
    meter = meter_of("CUDA")
    assert isinstance(meter, CudaMeter)
    meter.begin()
    pair = Pair.open("urban", "CUDA", "fp32", Scene())
    pair.codes(64, 64)
    assert meter.peak_bytes() == sum(fake_cuda.held.values()) > 0
    runs = []
    assert 0 <= meter.device_seconds(runs.append, 1.0) < 1
    assert len(runs) == 5  # one to begin with, and a queue
    key = "disable_synchronize_execution_providers"
    assert {options.get_run_config_entry(key) for options in runs} == {"1"}


def test_a_cuda_call_that_fails(fake_cuda, monkeypatch):
    monkeypatch.setattr(fake_cuda, "cudaMemGetInfo", lambda free, total: 100)
    with pytest.raises(DeviceError, match="cudaMemGetInfo failed with the error 100"):
        meter_of("CUDA").begin()
