"""`make graphs`: the small graphs in `models/runtime/graphs`, run before and after the networks on the same device.

They are ONNX files, so that pixels go up to the device in their own type, and class values come down instead of scores.
ONNX Runtime runs them where no ONNX library is installed; this is the only place that needs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

GRAPHS = Path(__file__).resolve().parents[1] / "models" / "runtime" / "graphs"
OPSET = 17
_IR_VERSION = 8  # the oldest ONNX Runtime that knows the opset reads this


def main() -> None:
    """Write all graphs."""
    for name, model in graphs().items():
        (GRAPHS / name).write_bytes(model)


def graphs() -> dict[str, bytes]:
    """File names and contents.

    Pixels `<type>_to_float32`: (n, bands, h, w) to float32.
    `crop`: an image or scores (n, channels, h, w), `start` and `stop` (row, column) to the window between them.
    `codes`: scores to class values from 1, uint8 (n, 1, h, w), at a tie the first class; and `nothing`, which is 0
    where all scores are finite, else NaN.
    `confidence`: scores to the winner's softmax probability in whole percent, uint8 (n, 1, h, w).
    """
    from onnx import TensorProto, helper

    types = {"uint8": TensorProto.UINT8, "uint16": TensorProto.UINT16, "int16": TensorProto.INT16}
    to_float32 = helper.make_node("Cast", ["pixels"], ["image"], to=TensorProto.FLOAT)
    scores = _plane("scores", TensorProto.FLOAT)
    made = {
        f"{name}_to_float32.onnx": _model(
            [to_float32], [_plane("pixels", code)], [_plane("image", TensorProto.FLOAT)], {}
        )
        for name, code in types.items()
    }
    corners = [helper.make_tensor_value_info(name, TensorProto.INT64, [2]) for name in ("start", "stop")]
    made["crop.onnx"] = _model(
        [helper.make_node("Slice", ["whole", "start", "stop", "axes"], ["cropped"])],
        [_plane("whole", TensorProto.FLOAT), *corners],
        [_plane("cropped", TensorProto.FLOAT)],
        {"axes": np.array([2, 3])},
    )
    made["codes.onnx"] = _model(
        [
            helper.make_node("ArgMax", ["scores"], ["best"], axis=1, keepdims=1),
            helper.make_node("Cast", ["best"], ["from_0"], to=TensorProto.UINT8),
            helper.make_node("Add", ["from_0", "one"], ["codes"]),
            # a number that is not finite times 0 is NaN, and so is every sum it is in
            helper.make_node("Mul", ["scores", "zero"], ["zeros"]),
            helper.make_node("ReduceSum", ["zeros"], ["nothing"], keepdims=0),
        ],
        [scores],
        [_plane("codes", TensorProto.UINT8), helper.make_tensor_value_info("nothing", TensorProto.FLOAT, [])],
        {"one": np.array(1, np.uint8), "zero": np.array(0, np.float32)},
    )
    made["confidence.onnx"] = _model(
        [
            helper.make_node("ReduceMax", ["scores"], ["best"], axes=[1], keepdims=1),
            helper.make_node("Sub", ["scores", "best"], ["below"]),
            helper.make_node("Exp", ["below"], ["odds"]),
            helper.make_node("ReduceSum", ["odds", "axes"], ["total"], keepdims=1),
            helper.make_node("Div", ["hundred", "total"], ["percent"]),
            helper.make_node("Round", ["percent"], ["whole"]),
            helper.make_node("Cast", ["whole"], ["confidence"], to=TensorProto.UINT8),
        ],
        [scores],
        [_plane("confidence", TensorProto.UINT8)],
        {"axes": np.array([1]), "hundred": np.array(100, np.float32)},
    )
    return made


def _plane(name: str, element_type: int) -> onnx.ValueInfoProto:
    from onnx import helper

    return helper.make_tensor_value_info(
        name, element_type, ["n", f"{name} channels", f"{name} h", f"{name} w"]
    )


def _model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    constants: dict[str, np.ndarray],
) -> bytes:
    from onnx import checker, helper, numpy_helper

    tensors = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "graph", inputs, outputs, tensors)
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=_IR_VERSION,
        producer_name="recurve",
    )
    checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


if __name__ == "__main__":
    main()
