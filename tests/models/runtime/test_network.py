"""Networks in ONNX Runtime: the device they really get, refusals, the stored self-test."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from recurve.core.errors import ContractError, DeviceError  # noqa: E402
from recurve.models.contract import METADATA_KEY  # noqa: E402
from recurve.models.onnx_file.reading import file_sha256, read_contract  # noqa: E402
from recurve.models.pytorch.export import export_classifier, export_corrector  # noqa: E402
from recurve.models.runtime.network import Network  # noqa: E402
from recurve.models.runtime.session import upload  # noqa: E402
from recurve.models.runtime.tensors import Scores  # noqa: E402


@pytest.fixture
def pair(make_torch_network, make_contract, tmp_path):
    """Paths of an exported classifier and of a corrector."""
    paths = tmp_path / "classifier.onnx", tmp_path / "corrector.onnx"
    export_classifier(make_torch_network("classifier"), make_contract("classifier"), paths[0])
    export_corrector(make_torch_network("deep"), make_contract("corrector"), paths[1])
    return paths


def doctored(path, **fields):
    """A copy of a network whose contract says something else."""
    model = onnx.load(str(path))
    contract = replace(read_contract(path), **fields)
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
    other = path.with_name("doctored.onnx")
    other.write_bytes(model.SerializeToString())
    return other


def test_open_says_what_it_got(pair):
    network = Network.open(pair[0], "CPU")
    assert (network.device, network.remarks, network.sha256) == ("CPU", (), file_sha256(pair[0]))
    assert network.contract == read_contract(pair[0])


def test_scores_go_through_both_networks(pair):
    classifier, corrector = (Network.open(path, "CPU") for path in pair)
    image = classifier.upload(np.random.default_rng(0).uniform(0, 255, (3, 24, 32)).astype(np.float32))
    scores = classifier.classify(image)
    assert scores.numpy().shape == (4, 24, 32)
    assert scores.numpy().dtype == np.float32
    np.testing.assert_array_equal(corrector.correct(scores, image, 0).numpy(), scores.numpy())
    assert not np.array_equal(corrector.correct(scores, image, 2).numpy(), scores.numpy())


def test_self_test_passes_on_what_was_exported(pair):
    for path in pair:
        assert Network.open(path, "CPU").self_test() <= 1e-4


def test_self_test_finds_other_numbers(pair):
    contract = read_contract(pair[0])
    wrong = {**contract.self_test, "expected": contract.self_test["image"]}
    wrong["expected"] = {**wrong["expected"], "shape": [1, 3, 24, 24]}
    network = Network.open(doctored(pair[0], self_test={**wrong}), "CPU")
    with pytest.raises(ContractError, match=r"expected of the shape \(1, 3, 24, 24\)"):
        network.self_test()
    shifted = np.ones((1, 4, 24, 24), np.float32)
    from recurve.models.runtime.self_test import pack

    network = Network.open(doctored(pair[0], self_test={**contract.self_test, **pack({}, shifted)}), "CPU")
    with pytest.raises(DeviceError, match="gives other scores on CPU than its author saw"):
        network.self_test()


def test_scores_of_another_shape_than_expected(pair, monkeypatch):
    short = Scores(upload(np.zeros((1, 4, 20, 24), np.float32), "CPU"), "CPU")
    monkeypatch.setattr(Network, "_run", lambda network, inputs, output: short)
    with pytest.raises(ContractError, match=r"gives scores of the shape \(1, 4, 20, 24\) in its self-test"):
        Network.open(pair[0], "CPU").self_test()


@pytest.mark.parametrize("damage", [{}, {"image": {"dtype": "object", "shape": [1], "zlib": ""}}])
def test_damaged_self_test_is_refused(pair, damage):
    network = Network.open(doctored(pair[0], self_test=damage), "CPU")
    with pytest.raises(ContractError, match=r"self-test .* is missing or damaged"):
        network.self_test()


@pytest.mark.skipif(
    "CUDAExecutionProvider" in onnxruntime.get_available_providers(), reason="this runtime has CUDA"
)
def test_named_device_that_is_not_there_is_an_error(pair):
    with pytest.raises(DeviceError, match=r"cannot run on CUDA.*built without it.*Choose another device"):
        Network.open(pair[0], "CUDA")


def test_auto_says_why_it_did_not_take_a_better_device(pair, monkeypatch):
    monkeypatch.setattr(
        onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    real = onnxruntime.InferenceSession

    def broken_cuda(data, sess_options, providers, enable_fallback):
        if providers[0][0] == "CUDAExecutionProvider":
            raise RuntimeError("libcudnn.so.9: cannot open shared object file\nmore")
        return real(data, sess_options=sess_options, providers=providers)

    monkeypatch.setattr(onnxruntime, "InferenceSession", broken_cuda)
    network = Network.open(pair[0], "auto")
    assert network.device == "CPU"
    assert network.remarks[0] == "CUDA was not taken: libcudnn.so.9: cannot open shared object file."


def test_silent_fallback_of_the_runtime_is_noticed(pair, monkeypatch):
    """ONNX Runtime gives a CPU session with at most a warning where CUDA's libraries do not load."""
    monkeypatch.setattr(
        onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    real = onnxruntime.InferenceSession
    monkeypatch.setattr(
        onnxruntime,
        "InferenceSession",
        lambda data, sess_options, providers, enable_fallback: real(
            data, sess_options=sess_options, providers=["CPUExecutionProvider"]
        ),
    )
    with pytest.raises(DeviceError, match="CUDA was not taken: its libraries did not load"):
        Network.open(pair[0], "CUDA")


def test_unknown_device(pair):
    with pytest.raises(DeviceError, match="no device 'abacus'; choose one of auto, CUDA"):
        Network.open(pair[0], "abacus")


def test_missing_runtime_is_one_sentence(pair, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(DeviceError, match=r"ONNX Runtime is not installed.*install the Python package"):
        Network.open(pair[0])


def test_graph_that_breaks_its_contract(pair):
    contract = read_contract(pair[0])
    other = doctored(pair[0], classes=contract.classes[:2])
    with pytest.raises(ContractError, match=r"outputs \{'scores': 4\}.*promises \{'scores': 2\}"):
        Network.open(other, "CPU")


def test_corrector_is_no_classifier(pair):
    record = json.loads(read_contract(pair[0]).to_json())
    fields = {name: record[name] for name in ("role", "stride", "iterations", "reach_per_iteration_px")}
    other = doctored(pair[1], classifier_sha256="", **fields)
    with pytest.raises(ContractError, match="its contract promises"):
        Network.open(other, "CPU")


def test_broken_graph_is_a_sentence(pair, tmp_path):
    data = bytearray(pair[0].read_bytes())
    model = onnx.load_from_string(bytes(data))
    model.graph.node[0].op_type = "Nonsense"
    path = tmp_path / "broken.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ContractError, match=r"cannot load .*broken\.onnx.*export the network again"):
        Network.open(path, "CPU")


def test_failure_while_running_is_a_sentence(pair):
    network = Network.open(pair[0], "CPU")
    with pytest.raises(DeviceError, match=r"classifier\.onnx failed on CPU"):
        network.classify(network.upload(np.zeros((5, 8, 8), np.float32)))


@pytest.mark.parametrize("kind", [0, 1])
def test_half_precision_keeps_the_classes(pair, kind):
    """The file of each role, converted; on the CPU, which converts to and fro, so only when it is asked for."""
    network = Network.open(pair[kind], "CPU", "fp16")
    assert network.precision == "fp16"
    assert network.self_test() < 0.1
    assert Network.open(pair[kind], "CPU", "auto").precision == "fp32"


def test_half_precision_that_changes_classes_is_not_taken(pair, monkeypatch):
    monkeypatch.setattr("recurve.models.runtime.network.agreement", lambda scores, expected: 0.99)
    with pytest.raises(
        DeviceError, match=r"in fp16 gives 99\.00 % of the pixels .* and 99\.9 % are needed; choose .* fp32"
    ):
        Network.open(pair[0], "CPU", "fp16")
    monkeypatch.setattr("recurve.models.runtime.network.FASTER_IN_FP16", ("CPU",))
    network = Network.open(pair[0], "CPU", "auto")
    assert network.precision == "fp32"
    assert "fp16 was not taken" in network.remarks[0]


def test_auto_is_half_precision_where_that_is_faster(pair, monkeypatch):
    monkeypatch.setattr("recurve.models.runtime.network.FASTER_IN_FP16", ("CPU",))
    assert Network.open(pair[0], "CPU", "auto").precision == "fp16"


def test_half_precision_without_its_converter(pair, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(DeviceError, match=r"Half precision needs the Python package onnx .*choose .* fp32"):
        Network.open(pair[0], "CPU", "fp16")


def test_unknown_precision(pair):
    with pytest.raises(DeviceError, match="no precision 'fp8'; choose one of auto, fp32, fp16"):
        Network.open(pair[0], "CPU", "fp8")


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16"])
def test_pixels_in_their_own_type_give_the_same_scores(pair, dtype):
    network = Network.open(pair[0], "CPU")
    pixels = np.random.default_rng(0).integers(0, 255, (3, 24, 32))
    scores = [network.classify(network.upload(pixels.astype(kind))).numpy() for kind in (dtype, "float32")]
    np.testing.assert_array_equal(*scores)
