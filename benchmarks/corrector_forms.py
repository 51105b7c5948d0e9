"""Which form of the corrector's iteration is fastest in ONNX Runtime: `make bench-forms`.

One iteration as ONNX graphs that compute the same numbers in different layouts, measured in this one run.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, Callable

import numpy as np

HIDDEN = 32
ITERATIONS = 5


def best_seconds(work: Callable[[], Any], repeats: int = 5) -> float:
    """The shortest of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def onnx_forms(classes: int) -> dict[str, Any]:
    """One iteration of the paper's corrector in several layouts, as ONNX models (scores, guidance) -> scores."""
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    filters = rng.normal(0, 0.2, (classes * HIDDEN, 1, 5, 5)).astype(np.float32)
    out = rng.normal(0, 0.02, (classes, HIDDEN, 1, 1)).astype(np.float32)
    block_out = np.zeros((classes, classes * HIDDEN, 1, 1), np.float32)
    block_filters = np.zeros((classes * HIDDEN, classes, 5, 5), np.float32)
    for k in range(classes):
        block_out[k, k * HIDDEN : (k + 1) * HIDDEN] = out[k]
        block_filters[k * HIDDEN : (k + 1) * HIDDEN, k] = filters[k * HIDDEN : (k + 1) * HIDDEN, 0]
    pads = [2, 2, 2, 2]

    def model(nodes: list[Any], weights: dict[str, Any], kept_apart: bool = False) -> bytes:
        def values(name: str, channels: int) -> list[Any]:
            parts = [f"{name}{k}" for k in range(classes)] if kept_apart else [name]
            shape = [1, channels // len(parts), "h", "w"]
            return [helper.make_tensor_value_info(part, TensorProto.FLOAT, shape) for part in parts]

        graph = helper.make_graph(
            nodes,
            "step",
            values("scores", classes) + values("guidance", classes * HIDDEN),
            values("next", classes),
            [numpy_helper.from_array(weight, name) for name, weight in weights.items()],
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        return bytes(made.SerializeToString())

    def whole(groups: int, first: Any, last: Any, last_groups: int) -> bytes:
        return model(
            [
                helper.make_node("Conv", ["scores", "first"], ["filtered"], pads=pads, group=groups),
                helper.make_node("Add", ["filtered", "guidance"], ["sum"]),
                helper.make_node("Relu", ["sum"], ["hidden"]),
                helper.make_node("Conv", ["hidden", "last"], ["change"], group=last_groups),
                helper.make_node("Add", ["scores", "change"], ["next"]),
            ],
            {"first": first, "last": last},
        )

    def per_class(kept_apart: bool) -> bytes:
        nodes: list[Any] = []
        weights: dict[str, Any] = {}
        if not kept_apart:
            weights["size"], weights["hidden_size"] = np.array([1] * classes), np.array([HIDDEN] * classes)
            us, gs = [f"scores{k}" for k in range(classes)], [f"guidance{k}" for k in range(classes)]
            nodes.append(helper.make_node("Split", ["scores", "size"], us, axis=1))
            nodes.append(helper.make_node("Split", ["guidance", "hidden_size"], gs, axis=1))
        for k in range(classes):
            weights[f"first{k}"], weights[f"last{k}"] = filters[k * HIDDEN : (k + 1) * HIDDEN], out[k : k + 1]
            nodes += [
                helper.make_node("Conv", [f"scores{k}", f"first{k}"], [f"filtered{k}"], pads=pads),
                helper.make_node("Add", [f"filtered{k}", f"guidance{k}"], [f"sum{k}"]),
                helper.make_node("Relu", [f"sum{k}"], [f"hidden{k}"]),
                helper.make_node("Conv", [f"hidden{k}", f"last{k}"], [f"change{k}"]),
                helper.make_node("Add", [f"scores{k}", f"change{k}"], [f"next{k}"]),
            ]
        if not kept_apart:
            nodes.append(helper.make_node("Concat", [f"next{k}" for k in range(classes)], ["next"], axis=1))
        return model(nodes, weights, kept_apart)

    return {
        "grouped, grouped": whole(classes, filters, out, classes),
        "grouped, block-diagonal 1x1": whole(classes, filters, block_out, 1),
        "block-diagonal": whole(1, block_filters, block_out, 1),
        "one convolution per class": per_class(kept_apart=False),
        "one convolution per class, classes kept apart": per_class(kept_apart=True),
    }


def inference(sides: list[int], class_counts: list[int]) -> None:
    """Print Mpx/s of every form, of five iterations."""
    import onnxruntime

    rng = np.random.default_rng(1)
    for classes in class_counts:
        reference = None
        for name, data in onnx_forms(classes).items():
            session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
            figures = []
            for side in sides:
                inputs = fitting(session, {
                    "scores": rng.normal(0, 2, (1, classes, side, side)).astype(np.float32),
                    "guidance": rng.normal(0, 1, (1, classes * HIDDEN, side, side)).astype(np.float32),
                })  # fmt: skip
                seconds = best_seconds(lambda s=session, i=inputs: s.run(None, i)) * ITERATIONS
                figures.append(f"{side**2 / seconds / 1e6:.2f}")
            probe = {"scores": np.ones((1, classes, 9, 9), np.float32),
                     "guidance": np.ones((1, classes * HIDDEN, 9, 9), np.float32)}  # fmt: skip
            found = np.concatenate(session.run(None, fitting(session, probe)), axis=1)
            reference = found if reference is None else reference
            if not np.allclose(found, reference, atol=1e-4):
                raise SystemExit(f"{name} computes something else")
            say(f"| {classes} | {name} | " + " | ".join(figures) + " |")


def fitting(session: Any, arrays: dict[str, Any]) -> dict[str, Any]:
    """The arrays as a graph takes them: whole, or one for each class."""
    names = [value.name for value in session.get_inputs()]
    if "scores" in names:
        return arrays
    parts = len(names) // 2
    return {
        f"{name}{k}": np.ascontiguousarray(part)
        for name, array in arrays.items()
        for k, part in enumerate(np.split(array, parts, axis=1))
    }


def say(text: str) -> None:
    """One line of the report."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sides", type=int, nargs="+", default=[128, 256, 512])
    parser.add_argument("--classes", type=int, nargs="+", default=[2, 5])
    arguments = parser.parse_args()
    say("| classes | one iteration as | " + " | ".join(f"{s} px, Mpx/s" for s in arguments.sides) + " |")
    inference(arguments.sides, arguments.classes)


if __name__ == "__main__":
    main()
