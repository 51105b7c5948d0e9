"""A corrector of any map that takes hints, whose answer can be told without it."""

from __future__ import annotations

import numpy as np
import pytest

from .tiny_networks import plane, tensors

SPREAD = 100.0
"""How much a certain hint counts against scores."""


def corrector_graph():
    """Each iteration: the mean of the 3 x 3 scores around; and hints reach one pixel farther, in squares.

    Where squares of several classes overlap, the stronger one counts, and then the first class.
    """
    from onnx import TensorProto, helper

    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["still_go"]),
            helper.make_node("AveragePool", ["u"], ["next_u"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
            helper.make_node("MaxPool", ["v"], ["next_v"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        ],
        "iteration",
        [
            helper.make_tensor_value_info("number", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            plane("u", "classes"),
            plane("v", "classes"),
        ],
        [
            helper.make_tensor_value_info("still_go", TensorProto.BOOL, []),
            plane("next_u", "classes"),
            plane("next_v", "classes"),
        ],
    )
    nodes = [
        # the hints as a plane for each class: 1, 2 ... classes, compared with the hints' numbers
        helper.make_node("Shape", ["scores"], ["count"], start=1, end=2),
        helper.make_node("Squeeze", ["count"], ["classes"]),
        helper.make_node("Add", ["classes", "one"], ["stop"]),
        helper.make_node("Range", ["one", "stop", "one"], ["row_of_numbers"]),
        helper.make_node("Cast", ["row_of_numbers"], ["row"], to=TensorProto.FLOAT),
        helper.make_node("Reshape", ["row", "as_classes"], ["numbers"]),
        helper.make_node("Split", ["hints", "halves"], ["said", "trust"], axis=1),
        helper.make_node("Equal", ["said", "numbers"], ["is_said"]),
        helper.make_node("Cast", ["is_said"], ["planes"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["planes", "trust"], ["sources"]),
        helper.make_node("Loop", ["iterations", "", "scores", "sources"], ["smooth", "reached"], body=body),
        helper.make_node("Mul", ["reached", "spread"], ["gained"]),
        # the image counts for all classes alike, which changes no class
        helper.make_node("ReduceMean", ["image"], ["grey"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["grey", "little"], ["light"]),
        helper.make_node("Add", ["smooth", "gained"], ["with_hints"]),
        helper.make_node("Add", ["with_hints", "light"], ["corrected"]),
        helper.make_node("Greater", ["iterations", "none"], ["is_corrected"]),
        helper.make_node("Where", ["is_corrected", "corrected", "scores"], ["corrected_scores"]),
    ]
    from onnx import numpy_helper

    whole = {"one": 1, "none": 0, "halves": [1, 1], "as_classes": [1, -1, 1, 1]}
    return helper.make_graph(
        nodes,
        "corrector",
        [
            plane("scores", "classes"),
            plane("image", 3),
            plane("hints", 2),
            helper.make_tensor_value_info("iterations", TensorProto.INT64, []),
        ],
        [plane("corrected_scores", "classes")],
        [
            *tensors(spread=SPREAD, little=1e-3),
            *(numpy_helper.from_array(np.asarray(value, np.int64), name) for name, value in whole.items()),
        ],
    )


@pytest.fixture(scope="session")
def universal(tmp_path_factory):
    """The path of a tiny corrector of any map; 3 iterations by default, each 1 px."""
    onnx = pytest.importorskip("onnx")
    from recurve.models.contract import MADE_BANDS, METADATA_KEY, NetworkContract

    contract = NetworkContract(
        role="corrector",
        name="tiny universal corrector",
        form="tiny",
        bands=MADE_BANDS,
        classes=(),
        pixel_size_m=1.0,
        pixel_size_range_m=(0.1, 100.0),
        reach_px=1,
        reach_per_iteration_px=1,
        stride=1,
        iterations=3,
        classifier_sha256="map",
        training={},
        self_test={},
        any_map=True,
        hint_reach_per_iteration_px=1,
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(corrector_graph(), opset_imports=opset, ir_version=8)
    onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
    onnx.checker.check_model(model)
    path = tmp_path_factory.mktemp("network") / "universal_corrector.onnx"
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def shipped(universal, monkeypatch):
    """The same in place of the universal corrector that comes with Recurve."""
    from recurve.algorithms.parameters import hints, network_files

    for module in (network_files, hints):
        monkeypatch.setattr(module, "universal_path", lambda: universal)
    return universal
