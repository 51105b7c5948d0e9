"""The reach of a classifier whose file does not state it: found, remembered, or without bound."""

import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from recurve.core.errors import ContractError
from recurve.models.contract import METADATA_KEY, NetworkContract
from recurve.models.runtime import reach
from recurve.models.runtime.network import Network
from recurve.models.runtime.reach import LIMIT_PX, measured_reach_px, with_measured_reach

onnx = pytest.importorskip("onnx")

BANDS, CLASSES = 2, 3


@pytest.fixture
def open_graph(make_facts, tmp_path):
    """A function that opens a classifier of nodes from `image` to `scores`, with random weights of these shapes."""

    def opened(nodes, stride=1, **shapes):
        rng = np.random.default_rng(0)
        weights = [
            onnx.numpy_helper.from_array(rng.normal(0, 0.1, shape).astype(np.float32), name)
            for name, shape in shapes.items()
        ]
        image, scores = (
            onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", channels, "h", "w"])
            for name, channels in (("image", BANDS), ("scores", CLASSES))
        )
        graph = onnx.helper.make_graph(nodes, "classifier", [image], [scores], weights)
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
        contract = NetworkContract(
            form="?",
            reach_px=None,
            reach_per_iteration_px=0,
            stride=stride,
            self_test={},
            **vars(make_facts("classifier", BANDS, CLASSES)),
        )
        onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
        path = tmp_path / "classifier.onnx"
        path.write_bytes(model.SerializeToString())
        return Network.open(path, "CPU")

    return opened


def node(kind, inputs, output, **settings):
    return onnx.helper.make_node(kind, inputs.split(), [output], **settings)


def padded(left, right, **settings):
    """Settings of a convolution that looks so many pixels back and ahead."""
    return {"pads": [left, left, right, right], **settings}


def with_margin(reach_px):
    return -(-reach_px * 9 // 8)


def test_one_pixel(open_graph):
    assert measured_reach_px(open_graph([node("Conv", "image w", "scores")], w=(CLASSES, BANDS, 1, 1))) == 0


@pytest.mark.parametrize(
    ("kernel", "dilation", "pads", "expected"),
    [
        (3, 1, (1, 1), 1),
        (4, 1, (1, 2), 2),
        (3, 40, (40, 40), 40),
        (3, 63, (63, 63), 63),
        (3, 64, (64, 64), 64),
        (3, 200, (200, 200), 200),
        (3, LIMIT_PX - 20, (LIMIT_PX - 20, LIMIT_PX - 20), None),  # with its margin
        (3, LIMIT_PX, (LIMIT_PX, LIMIT_PX), None),
        (3, 400, (400, 400), None),
    ],
)
def test_one_convolution(open_graph, kernel, dilation, pads, expected):
    conv = node("Conv", "image w", "scores", **padded(*pads, dilations=[dilation] * 2))
    found = measured_reach_px(open_graph([conv], w=(CLASSES, BANDS, kernel, kernel)))
    assert found == (None if expected is None else with_margin(expected))


def test_a_look_in_one_direction_by_one_class(open_graph):
    """Only the last class looks, and only downwards."""
    network = open_graph(
        [
            node("Conv", "image here", "few"),
            node("Conv", "image down", "one", pads=[0, 0, 30, 0]),
            node("Concat", "few one", "scores", axis=1),
        ],
        here=(CLASSES - 1, BANDS, 1, 1),
        down=(1, BANDS, 31, 1),
    )
    assert measured_reach_px(network) == with_margin(30)


def test_many_layers_with_rectifiers(open_graph):
    layers = [
        node("Conv", f"{before} w{number}", f"c{number}", **padded(2, 2))
        if kind == "Conv"
        else node("Relu", f"c{number}", f"r{number}")
        for number, before in enumerate(["image", "r0", "r1", "r2", "r3"])
        for kind in ("Conv", "Relu")
    ]
    shapes = {f"w{number}": (8, BANDS if number == 0 else 8, 5, 5) for number in range(5)}
    network = open_graph([*layers, node("Conv", "r4 last", "scores")], last=(CLASSES, 8, 1, 1), **shapes)
    assert measured_reach_px(network) == with_margin(10)


@pytest.mark.parametrize("stride", [2, 4, 6, 32])
def test_strides(open_graph, stride):
    """A cell's mean, seen by the cell and by the one before it: 2 x stride - 1 px at the farthest."""
    network = open_graph(
        [
            node("AveragePool", "image", "cells", kernel_shape=[stride] * 2, strides=[stride] * 2),
            node("Conv", "cells w", "seen", pads=[0, 0, 1, 1]),
            node("DepthToSpace", "seen", "scores", blocksize=stride),
        ],
        stride,
        w=(CLASSES * stride**2, BANDS, 2, 2),
    )
    expected = 2 * stride - 1
    found = measured_reach_px(network)
    if stride <= 4:  # every place in the grid is tried
        assert found == with_margin(expected)
    else:
        assert with_margin(expected) <= found <= with_margin(expected + stride)


@pytest.mark.parametrize("pooling", ["GlobalAveragePool", "GlobalMaxPool"])
def test_looks_at_the_whole_image(open_graph, pooling):
    network = open_graph(
        [
            node("Conv", "image w", "here"),
            node(pooling, "here", "everywhere"),
            node("Add", "here everywhere", "scores"),
        ],
        w=(CLASSES, BANDS, 1, 1),
    )
    assert measured_reach_px(network) is None


def test_the_pretrained_classifiers_reach(root):
    for name in ("urban", "buildings"):
        network = Network.open(root / "models/weights" / f"{name}_classifier.onnx", "CPU")
        assert measured_reach_px(network) == with_margin(network.contract.reach_px) == 42


def test_the_pretrained_classifier_with_a_look_at_everything(make_global_classifier):
    assert measured_reach_px(Network.open(make_global_classifier(), "CPU")) is None


def test_a_network_on_a_device_is_measured_on_the_cpu(open_graph, monkeypatch):
    network = open_graph([node("Conv", "image w", "scores")], w=(CLASSES, BANDS, 1, 1))
    on_device = replace(network, device="CUDA")
    assert measured_reach_px(on_device) == 0
    with pytest.raises(ContractError, match="has changed since it was opened"):
        measured_reach_px(replace(on_device, sha256="0" * 64))


class TestCache:
    @pytest.fixture
    def network(self, open_graph):
        return open_graph([node("Conv", "image w", "scores", **padded(1, 1))], w=(CLASSES, BANDS, 3, 3))

    @pytest.fixture
    def measured(self, monkeypatch):
        """How often a reach was really measured; 5 px each time."""
        calls = []
        monkeypatch.setattr(reach, "measured_reach_px", lambda network: calls.append(network) or 5)
        return calls

    def test_is_used_the_second_time(self, network, measured, tmp_path):
        for _ in range(2):
            known = with_measured_reach(network, tmp_path / "new" / "cache")
            assert known.contract == replace(network.contract, reach_px=5)
            assert known.sha256 == network.sha256
        assert len(measured) == 1
        (file,) = (tmp_path / "new" / "cache").iterdir()
        assert file.name == f"{network.sha256}.json"

    def test_remembers_that_there_is_no_bound(self, network, tmp_path, monkeypatch):
        monkeypatch.setattr(reach, "measured_reach_px", lambda network: None)
        assert with_measured_reach(network, tmp_path).contract.reach_px is None
        monkeypatch.setattr(reach, "measured_reach_px", lambda network: 1 / 0)
        assert with_measured_reach(network, tmp_path).contract.reach_px is None

    def test_is_another_one_for_another_file(self, network, measured, tmp_path):
        with_measured_reach(network, tmp_path)
        with_measured_reach(replace(network, sha256="0" * 64), tmp_path)
        assert len(measured) == 2

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xfe{",
            b"[]",
            b"{}",
            b"7",
            b'{"method": 0, "reach_px": 3}',
            *(
                json.dumps({"method": 1, "reach_px": wrong}).encode()
                for wrong in (-1, True, "3", 2.5, 10**6, [])
            ),
        ],
    )
    def test_that_is_damaged_is_ignored(self, network, measured, tmp_path, content):
        (tmp_path / f"{network.sha256}.json").write_bytes(content)
        assert with_measured_reach(network, tmp_path).contract.reach_px == 5
        assert with_measured_reach(network, tmp_path).contract.reach_px == 5
        assert len(measured) == 1

    def test_that_cannot_be_written_is_no_fault(self, network, measured, tmp_path):
        (tmp_path / "file").write_bytes(b"")
        for _ in range(2):
            assert with_measured_reach(network, tmp_path / "file" / "cache").contract.reach_px == 5
        assert len(measured) == 2
