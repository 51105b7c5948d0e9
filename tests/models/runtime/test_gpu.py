"""What only an NVIDIA GPU can show of the networks; `make test-gpu`, which needs neither QGIS nor GDAL."""

from __future__ import annotations

import numpy as np
import pytest

onnxruntime = pytest.importorskip("onnxruntime")

from recurve.core.errors import DeviceMemoryError  # noqa: E402
from recurve.models.runtime.network import Network  # noqa: E402
from recurve.models.runtime.precision import MIN_AGREEMENT, agreement  # noqa: E402
from recurve.models.runtime.self_test import example_inputs  # noqa: E402
from recurve.models.runtime.session import free_memory_bytes  # noqa: E402

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(
        "CUDAExecutionProvider" not in onnxruntime.get_available_providers(),
        reason="needs ONNX Runtime with CUDA",
    ),
]
PRETRAINED = ("buildings_classifier", "buildings_corrector", "urban_classifier", "urban_corrector")


@pytest.fixture(params=PRETRAINED)
def pretrained(request, root):
    """The path of each pretrained network."""
    return root / "models" / "weights" / f"{request.param}.onnx"


@pytest.fixture
def classifier(root):
    return root / "models" / "weights" / "buildings_classifier.onnx"


def inputs(network, side_px=256):
    contract = network.contract
    return example_inputs(contract.bands, len(contract.classes), contract.role == "corrector", side_px)


@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_self_test(pretrained, precision):
    assert Network.open(pretrained, "CUDA", precision).self_test() < 0.1


@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_the_classes_are_the_cpus(pretrained, precision):
    ours, theirs = Network.open(pretrained, "CUDA", precision), Network.open(pretrained, "CPU")
    given = inputs(theirs)
    assert agreement(ours.scores_of(given), theirs.scores_of(given)) >= MIN_AGREEMENT


def test_auto_takes_the_gpu(classifier):
    assert Network.open(classifier, "auto").device == "CUDA"


def test_free_memory_is_known(classifier):
    assert Network.open(classifier, "CUDA").free_memory_bytes() > 1 << 28


def test_a_limit_is_a_want_of_memory(classifier):
    network = Network.open(classifier, "CUDA", provider_options={"gpu_mem_limit": str(32 << 20)})
    with pytest.raises(DeviceMemoryError, match="its memory is too small"):
        network.classify(network.upload(np.zeros((3, 2048, 2048), np.uint8)))


def test_memory_is_given_back(classifier):
    network = Network.open(classifier, "CUDA")
    before = free_memory_bytes("CUDA")
    network.classify(network.upload(np.zeros((3, 2048, 2048), np.uint8)))
    during = free_memory_bytes("CUDA")
    network.release_memory()
    after = free_memory_bytes("CUDA")
    assert before - during > 128 << 20
    assert before - after < (before - during) / 2
