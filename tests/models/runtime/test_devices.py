"""Each device with a network: what is reported where it runs, and why where it does not."""

from __future__ import annotations

import sys

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")

from recurve.models.runtime import devices  # noqa: E402
from recurve.models.runtime.devices import try_device  # noqa: E402
from recurve.models.runtime.environment import cuda_version, versions  # noqa: E402
from recurve.models.runtime.session import DEVICES  # noqa: E402

has_cuda = "CUDAExecutionProvider" in onnxruntime.get_available_providers()


@pytest.fixture
def pretrained(root):
    return root / "models" / "weights" / "buildings_corrector.onnx"


def test_a_device_that_runs_it(pretrained):
    report = try_device(pretrained, "CPU")
    assert (report.device, report.runs_on, report.remarks) == ("CPU", "CPU", ())
    assert 0 <= report.difference <= 1e-4


def test_every_device_gets_an_answer(pretrained):
    for device in DEVICES:
        report = try_device(pretrained, device)
        assert report.device == device
        assert report.runs_on or report.remarks, device


@pytest.mark.skipif(has_cuda, reason="this runtime has CUDA")
def test_a_device_that_was_not_built(pretrained):
    report = try_device(pretrained, "CUDA")
    assert (report.runs_on, report.difference) == ("", None)
    assert "CUDA was not taken: the installed ONNX Runtime was built without it" in report.remarks[0]


def test_the_systems_own_words_about_a_library(pretrained, monkeypatch, tmp_path):
    """A build with CUDA, on a system without CUDA's libraries."""
    capi = tmp_path / "capi"
    capi.mkdir()
    suffix = ".dll" if sys.platform == "win32" else ".so"
    prefix = "" if sys.platform == "win32" else "lib"
    library = capi / f"{prefix}onnxruntime_providers_cuda{suffix}"
    library.write_bytes(b"no library")
    monkeypatch.setattr(devices, "_provider_library", lambda device: library)

    def broken(path, device):
        raise devices.RecurveError("its libraries did not load")

    monkeypatch.setattr(devices.Network, "open", broken)
    report = try_device(pretrained, "CUDA")
    assert report.remarks[0] == "its libraries did not load"
    assert report.remarks[1].startswith(f"The system cannot load {library.name}: ")


def test_a_self_test_that_fails(tiny):
    report = try_device(tiny.classifier, "CPU")
    assert (report.runs_on, report.difference) == ("CPU", None)
    assert "The self-test of network tiny classifier is missing or damaged" in report.remarks[-1]


def test_versions_without_the_runtime(monkeypatch):
    assert onnxruntime.__version__ in versions()["ONNX Runtime"]
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    told = versions()
    assert told["ONNX Runtime"].startswith("not usable")
    assert np.__version__ in told["numpy"]
    assert cuda_version() == ""


def test_no_library_of_its_own(monkeypatch, tmp_path):
    assert devices._provider_library("CPU") is None
    monkeypatch.setattr(onnxruntime, "__file__", str(tmp_path / "__init__.py"))
    assert devices._provider_library("CUDA") is None
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert devices._provider_library("CUDA") is None
