"""Network files whose answer can be told without them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

# Grey values of the tiny classifier's classes Dark, Middle, Bright. Halfway between two of them lies no mean of 16 or
# 48 whole numbers, so that rounding decides nothing.
CENTRES = (40.0, 120.3, 210.1)


def classifier_graph(bands):
    """The class whose centre is nearest to the mean grey value of a pixel's cell of 4 x 4."""
    from onnx import helper

    centres = np.array(CENTRES, np.float32)
    weights = np.repeat(centres[:, None] / (500 * bands), bands, axis=1)[:, :, None, None]
    return helper.make_graph(
        [
            helper.make_node("AveragePool", ["image"], ["cells"], kernel_shape=[4, 4], strides=[4, 4]),
            helper.make_node("Conv", ["cells", "weights", "bias"], ["cell_scores"]),
            helper.make_node(
                "Resize",
                ["cell_scores", "", "scales"],
                ["scores"],
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            ),
        ],
        "classifier",
        [plane("image", bands)],
        [plane("scores", len(CENTRES))],
        tensors(weights=weights, bias=-(centres**2) / 1000, scales=np.array([1, 1, 4, 4], np.float32)),
    )


def corrector_graph(bands):
    """Each iteration: the mean of the 3 x 3 scores around, and a little of the image around."""
    from onnx import TensorProto, helper

    classes = len(CENTRES)
    look = np.linspace(-1e-2, 1e-2, classes * bands * 9, dtype=np.float32).reshape(classes, bands, 3, 3)
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["still_go"]),
            helper.make_node(
                "AveragePool", ["u"], ["mean"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1
            ),
            helper.make_node("Add", ["mean", "guidance"], ["next_u"]),
        ],
        "iteration",
        [
            helper.make_tensor_value_info("number", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            plane("u", classes),
        ],
        [helper.make_tensor_value_info("still_go", TensorProto.BOOL, []), plane("next_u", classes)],
    )
    return helper.make_graph(
        [
            helper.make_node("Conv", ["image", "look"], ["guidance"], pads=[1, 1, 1, 1]),
            helper.make_node("Loop", ["iterations", "", "scores"], ["corrected_scores"], body=body),
        ],
        "corrector",
        [
            plane("scores", classes),
            plane("image", bands),
            helper.make_tensor_value_info("iterations", TensorProto.INT64, []),
        ],
        [plane("corrected_scores", classes)],
        tensors(look=look),
    )


def plane(name, channels):
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", channels, "height", "width"])


def tensors(**arrays):
    from onnx import numpy_helper

    return [numpy_helper.from_array(np.asarray(array, np.float32), name) for name, array in arrays.items()]


@pytest.fixture(scope="session")
def make_network(tmp_path_factory):
    """A function that writes a tiny network whose answer can be told without it, and gives its path.

    Settings: bands (names), iterations and classifier_sha256 (of a corrector), any other field of the contract.
    """
    onnx = pytest.importorskip("onnx")
    from recurve.models.contract import METADATA_KEY, Band, ClassEntry, NetworkContract

    def make(role, *, bands=("red", "green", "blue"), **fields):
        corrects = role == "corrector"
        settings = {
            "role": role,
            "name": f"tiny {role}",
            "form": "tiny",
            "bands": tuple(Band(name, 0.0, 255.0, 100.0, 50.0) for name in bands),
            "classes": tuple(
                ClassEntry(name, colour)
                for name, colour in (("Dark", "#202020"), ("Middle", "#3a7d44"), ("Bright", "#f2c14e"))
            ),
            "pixel_size_m": 1.0,
            "pixel_size_range_m": (0.5, 2.0),
            "reach_px": 1 if corrects else 3,
            "reach_per_iteration_px": 1 if corrects else 0,
            "stride": 1 if corrects else 4,
            "iterations": 3 if corrects else 0,
            "classifier_sha256": "map" if corrects else "",
            "training": {},
            "self_test": {},
        }
        contract = NetworkContract(**{**settings, **fields})
        graph = corrector_graph(len(bands)) if corrects else classifier_graph(len(bands))
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
        onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
        onnx.checker.check_model(model)
        path = tmp_path_factory.mktemp("network") / f"{role}.onnx"
        path.write_bytes(model.SerializeToString())
        return path

    return make


@pytest.fixture(scope="session")
def tiny(make_network):
    """A tiny classifier, the corrector made for it, and the classifier's map of an image worked out without it."""
    from recurve.models.onnx_file.reading import file_sha256

    def expected_map(image, valid=None, fill=100.0):
        """The classifier's map (height, width) of an image (bands, height, width)."""
        image = image.astype(np.float64)
        if valid is not None:
            image = np.where(valid, image, fill)
        _, height, width = image.shape
        border = [(0, 0), (0, -height % 4), (0, -width % 4)]
        grey = np.pad(image, border, mode="symmetric").mean(axis=0)
        cells = grey.reshape(grey.shape[0] // 4, 4, grey.shape[1] // 4, 4).mean(axis=(1, 3))
        codes = np.abs(cells[None] - np.array(CENTRES)[:, None, None]).argmin(axis=0) + 1
        codes = np.kron(codes, np.ones((4, 4), np.int64))[:height, :width].astype(np.uint8)
        return codes if valid is None else np.where(valid, codes, np.uint8(0))

    classifier = make_network("classifier")
    return SimpleNamespace(
        classifier=classifier,
        corrector=make_network("corrector", classifier_sha256=file_sha256(classifier)),
        expected_map=expected_map,
    )


@pytest.fixture(scope="session")
def make_global_classifier(tmp_path_factory, root):
    """A function that writes the pretrained classifier with a look at the whole image, and gives its path.

    The mean of its scores over the image (global average pooling) is taken from the scores of each pixel.
    """
    onnx = pytest.importorskip("onnx")
    from recurve.models.contract import METADATA_KEY, NetworkContract

    def make(weight=-1.0):
        model = onnx.load(root / "models/weights/urban_classifier.onnx")
        graph = model.graph
        for node in graph.node:
            node.output[:] = ["local_scores" if name == "scores" else name for name in node.output]
        graph.node.extend(
            [
                onnx.helper.make_node("GlobalAveragePool", ["local_scores"], ["mean_scores"]),
                onnx.helper.make_node("Mul", ["mean_scores", "weight_of_mean"], ["global_scores"]),
                onnx.helper.make_node("Add", ["local_scores", "global_scores"], ["scores"]),
            ]
        )
        graph.initializer.extend(tensors(weight_of_mean=np.float32(weight)))
        (entry,) = [entry for entry in model.metadata_props if entry.key == METADATA_KEY]
        stated = NetworkContract.from_json(entry.value)
        entry.value = replace(stated, reach_px=None, self_test={}, name="looks everywhere").to_json()
        path = tmp_path_factory.mktemp("network") / "global_classifier.onnx"
        path.write_bytes(model.SerializeToString())
        return path

    return make
