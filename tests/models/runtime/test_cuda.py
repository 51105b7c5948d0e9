"""The path to a GPU, on a GPU that is none: options, copies, a memory that is full, and what is given back."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from recurve.core.errors import DeviceError, DeviceMemoryError
from recurve.models.runtime import libraries
from recurve.models.runtime.libraries import load_packaged
from recurve.models.runtime.network import Network
from recurve.models.runtime.session import free_memory_bytes


@pytest.fixture
def pretrained(root):
    """Paths of the pretrained classifier and corrector for buildings."""
    return [root / "models" / "weights" / f"buildings_{role}.onnx" for role in ("classifier", "corrector")]


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 255, (3, 64, 48), np.uint8)


def codes(pair, pixels):
    image = pair[0].upload(pixels)
    return pair[1].correct(pair[0].classify(image), image, 2).codes()


def test_the_gpu_is_taken_and_gives_the_cpus_map(fake_cuda, pretrained, pixels):
    pair = [Network.open(path) for path in pretrained]
    assert {network.device for network in pair} == {"CUDA"}
    assert [network.self_test() <= 1e-3 for network in pair] == [True, True]
    expected = codes([Network.open(path, "CPU") for path in pretrained], pixels)
    np.testing.assert_array_equal(codes(pair, pixels), expected)


def test_pixels_go_up_once_in_their_own_type_and_nothing_else_does(fake_cuda, pretrained, pixels):
    pair = [Network.open(path, "CUDA") for path in pretrained]
    fake_cuda.sent.clear()
    codes(pair, pixels)
    assert fake_cuda.sent == [pixels.nbytes]


def test_single_precision_is_single_and_half_is_not_slowed(fake_cuda, pretrained):
    pytest.importorskip("onnx")
    Network.open(pretrained[0], "CUDA")
    assert fake_cuda.options == [{"use_tf32": "0"}]
    fake_cuda.options.clear()
    assert Network.open(pretrained[0], "CUDA", "fp16").precision == "fp16"
    assert fake_cuda.options == [{"use_tf32": "0"}, {}]  # the first is what the second is compared with


def test_options_go_over_ours(fake_cuda, pretrained):
    Network.open(pretrained[0], "CUDA", provider_options={"use_tf32": "1", "gpu_mem_limit": "9"})
    assert fake_cuda.options == [{"use_tf32": "1", "gpu_mem_limit": "9"}]


def test_a_limit_on_the_memory_is_a_want_of_memory(fake_cuda, pretrained, pixels):
    network = Network.open(pretrained[0], "CUDA", provider_options={"gpu_mem_limit": "100000"})
    with pytest.raises(
        DeviceMemoryError, match=r"failed on CUDA: its memory is too small .*smaller tile side"
    ):
        network.classify(network.upload(pixels))


def test_every_session_gives_its_memory_back(fake_cuda, pretrained, pixels):
    pair = [Network.open(path, "CUDA") for path in pretrained]
    free = free_memory_bytes("CUDA")
    codes(pair, pixels)
    assert free_memory_bytes("CUDA") < free
    for network in pair:
        network.release_memory()
    assert (free_memory_bytes("CUDA"), fake_cuda.given_back) == (free, 2)


def test_giving_back_does_not_hide_another_failure(fake_cuda, pretrained):
    network = Network.open(pretrained[0], "CUDA")
    fake_cuda.bytes_per_px = 1 << 40
    network.release_memory()


def test_tensorrt_that_does_not_load_is_said_in_its_own_words(fake_cuda, pretrained):
    with pytest.raises(DeviceError, match=r"TensorRT was not taken: libnvinfer\.so\.10: cannot open"):
        Network.open(pretrained[0], "TensorRT")


class TestPackagedLibraries:
    """They may lie in any folder of Python's, not only beside ONNX Runtime."""

    @pytest.fixture
    def loaded(self, monkeypatch, tmp_path):
        names = ("libcudart.so.13", "libcudnn.so.9", "libnvinfer.so.10")
        for name in names:
            folder = tmp_path / "packages" / "nvidia" / "any" / "lib"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
        system = tmp_path / "system"
        system.mkdir()
        (system / "libcublas.so.13").touch()
        monkeypatch.setattr(libraries.sys, "platform", "linux")
        monkeypatch.setattr(libraries.sys, "path", [str(tmp_path / "packages")])
        monkeypatch.setattr(libraries, "_configured", lambda: iter([str(system)]))
        found = []
        monkeypatch.setattr(ctypes, "CDLL", lambda path: found.append(path.rpartition("/")[2]))
        return found

    def test_those_of_packages_are_loaded(self, loaded):
        load_packaged("13.0", with_tensorrt=False)
        assert loaded == ["libcudart.so.13", "libcudnn.so.9"]

    def test_tensorrts_only_where_they_are_needed(self, loaded):
        load_packaged("13.0", with_tensorrt=True)
        assert "libnvinfer.so.10" in loaded

    def test_one_that_cannot_be_loaded_leaves_the_others(self, loaded, monkeypatch):
        tried = []

        def broken(path):
            tried.append(path)
            raise OSError("invalid ELF header")

        monkeypatch.setattr(ctypes, "CDLL", broken)
        load_packaged("13.0", with_tensorrt=False)
        assert len(tried) == 2
