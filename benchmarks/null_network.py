"""A classifier that computes next to nothing: what is left of a run is the engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..models.contract import METADATA_KEY, Band, ClassEntry, NetworkContract, NetworkFacts


def null_classifier(folder: Path) -> Path:
    """Write a classifier that looks at one pixel and weighs its bands.

    Args:
        folder: where.

    Returns:
        The .onnx file.
    """
    from onnx import TensorProto, helper, numpy_helper

    facts = rgb_facts("classifier", "null")
    contract = NetworkContract(
        form="null", reach_px=0, reach_per_iteration_px=0, stride=1, self_test={}, **vars(facts)
    )
    weights = np.array([[1, -1, 0], [0, 1, -1]], np.float32)[:, :, None, None]
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "weights"], ["scores"])],
        "null",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 2, "h", "w"])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
    path = folder / "null.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def rgb_facts(role: str, name: str, iterations: int = 0) -> NetworkFacts:
    """The facts about a network for colour images with two classes.

    Args:
        role: 'classifier' or 'corrector'.
        name: what to call it.
        iterations: of a corrector.
    """
    return NetworkFacts(
        role=role,
        name=name,
        bands=tuple(Band(band, 0, 255, 127, 60) for band in ("red", "green", "blue")),
        classes=(ClassEntry("one", "#000000"), ClassEntry("other", "#ffffff")),
        pixel_size_m=1.0,
        pixel_size_range_m=(0.1, 10.0),
        iterations=iterations,
        classifier_sha256="map" if role == "corrector" else "",
        training={},
    )
