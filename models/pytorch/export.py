"""Trained PyTorch networks as ONNX files with their contract; compared with PyTorch before they are kept."""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from ...core.errors import ExportError
from ...core.translation import tr
from ..contract import METADATA_KEY, NetworkContract, NetworkFacts
from ..runtime.self_test import example_inputs, pack

if TYPE_CHECKING:
    import onnx
    from torch import nn

    from .classifier import Classifier
    from .corrector import Corrector
    from .diffusion_corrector import DiffusionCorrector

OPSET = 17
MAX_DIFFERENCE = 1e-4
"""Largest difference between the scores of PyTorch and of ONNX Runtime at which an exported file is kept."""


def export_classifier(network: Classifier, facts: NetworkFacts, path: str | Path) -> None:
    """Write a classifier: input `image` (n, bands, h, w) float32, output `scores` (n, classes, h, w) float32.

    Args:
        network: the trained network.
        facts: what the file says about itself besides form, reach, stride and self-test.
        path: the .onnx file to write.

    Raises:
        ExportError: ONNX Runtime computes something else than PyTorch; no file is left.
    """
    inputs = example_inputs(facts.bands, len(facts.classes), is_corrector=False)
    graph = traced(network.exported(), [inputs["image"]], ["image"], "scores")
    keep_exported(network, graph, facts, inputs, path)


def export_corrector(network: Corrector, facts: NetworkFacts, path: str | Path) -> None:
    """Write a corrector: inputs `scores`, `image` and `iterations` () int64, output `corrected_scores`.

    The guidance is computed once, outside of an ONNX Loop whose body is one iteration.

    Args:
        network: the trained network.
        facts: what the file says about itself besides form, reach, stride and self-test.
        path: the .onnx file to write.

    Raises:
        ExportError: ONNX Runtime computes something else than PyTorch; no file is left.
    """
    inputs = example_inputs(facts.bands, len(facts.classes), is_corrector=True)
    guide, step = _parts(network)
    guide_graph = traced(guide, [inputs["image"]], ["image"], "guidance")
    guidance = np.zeros((1, *_guidance_shape(network, inputs["image"])), np.float32)
    step_graph = traced(step, [inputs["scores"], guidance], ["scores_in", "guidance"], "scores_out")
    graph = _looped(guide_graph, step_graph, len(facts.classes))
    keep_exported(network, graph, facts, inputs, path)


def keep_exported(
    network: Classifier | Corrector | DiffusionCorrector,
    model: onnx.ModelProto,
    facts: NetworkFacts,
    inputs: dict[str, NDArray[Any]],
    path: str | Path,
) -> None:
    """Write a network's file, reopen it with ONNX Runtime, and delete it if the two do not agree.

    Args:
        network: what was exported.
        model: its graph.
        facts: what the file says about itself besides form, reach, stride and self-test.
        inputs: of the self-test.
        path: the .onnx file to write.

    Raises:
        ExportError: ONNX Runtime computes something else than PyTorch; no file is left.
    """
    import onnx

    path = Path(path).resolve()  # a symbolic link stays, and what it leads to is replaced
    network.eval()
    contract = NetworkContract(
        form=network.form,
        reach_px=network.reach_px,
        reach_per_iteration_px=network.reach_per_iteration_px,
        stride=network.stride,
        reach_in_scores_px=getattr(network, "reach_in_scores_px", 0),
        hint_reach_per_iteration_px=getattr(network, "hint_reach_per_iteration_px", 0),
        self_test=pack(inputs, _torch_scores(network, inputs)),
        **vars(facts),
    )
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {METADATA_KEY: contract.to_json()})
    temporary = path.with_name(f".part-{uuid4().hex[:12]}-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(model.SerializeToString(deterministic=True))
        difference = largest_difference(network, temporary, inputs)
        if not difference <= MAX_DIFFERENCE:
            raise ExportError(
                tr(
                    "ONNX Runtime's scores differ from PyTorch's by {difference:.2g}, and {allowed} is allowed; "
                    "{path} was not written. Train with smaller weights, or report this with the versions of both.",
                    difference=difference,
                    allowed=MAX_DIFFERENCE,
                    path=path.name,
                )
            )
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def largest_difference(
    network: Classifier | Corrector | DiffusionCorrector, path: str | Path, inputs: dict[str, NDArray[Any]]
) -> float:
    """Largest absolute difference between the scores of a network and of its ONNX file.

    Args:
        network: the network in evaluation mode.
        path: its ONNX file.
        inputs: as from `example_inputs`.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, inputs)[0]
    return float(np.abs(found - _torch_scores(network, inputs)).max())


def _torch_scores(
    network: Classifier | Corrector | DiffusionCorrector, inputs: dict[str, NDArray[Any]]
) -> NDArray[np.float32]:
    import torch

    image = torch.from_numpy(inputs["image"])
    with torch.no_grad():
        if "hints" in inputs:
            tensors = (torch.from_numpy(inputs[name]) for name in ("scores", "image", "hints", "iterations"))
            scores = network(*tensors)
        elif "scores" in inputs:
            scores = network(torch.from_numpy(inputs["scores"]), image, int(inputs["iterations"]))
        else:
            scores = network(image)
    found: NDArray[np.float32] = scores.numpy()
    return found


def traced(
    module: nn.Module,
    arrays: list[NDArray[Any]],
    input_names: list[str],
    output_name: str,
    of_any_classes: Collection[str] = (),
) -> onnx.ModelProto:
    """A module as an ONNX model with free batch, height and width; what depends on weights alone is worked out.

    Args:
        module: the module; it is put into evaluation mode.
        arrays: an example of each input.
        input_names: the inputs' names.
        output_name: the output's name.
        of_any_classes: names of inputs and outputs whose number of channels is free, too.
    """
    import torch

    module.eval()
    planes = [name for name, array in zip(input_names, arrays) if array.ndim == 4]
    axes = {name: {0: "batch", 2: "height", 3: "width"} for name in [*planes, output_name]}
    for name in of_any_classes:
        axes[name][1] = "classes"
    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        # the newer exporter needs one more package and unrolls nothing that this one does not
        warnings.filterwarnings("ignore", message="You are using the legacy TorchScript-based ONNX export")
        warnings.filterwarnings("ignore", message="The feature will be removed")
        warnings.filterwarnings("ignore", message="Constant folding")
        torch.onnx.export(
            module,
            tuple(torch.from_numpy(array) for array in arrays),
            buffer,  # type: ignore[arg-type]
            input_names=input_names,
            output_names=[output_name],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    return _folded(buffer.getvalue())


def _folded(model: bytes) -> onnx.ModelProto:
    """A model with its constants folded: merged weights are in the file, and not worked out when it is loaded."""
    import onnx
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    )  # standard operators only
    with TemporaryDirectory() as folder:
        options.optimized_model_filepath = str(Path(folder) / "folded.onnx")
        onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


def _parts(network: Corrector) -> tuple[nn.Module, nn.Module]:
    """The guidance and one iteration of a corrector, each as a module that can be traced."""
    from torch import Tensor, nn

    class Guide(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.corrector = network

        def forward(self, image: Tensor) -> Tensor:
            return network.guide(image)

    class Step(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.corrector = network

        def forward(self, scores: Tensor, guidance: Tensor) -> Tensor:
            return network.step(scores, guidance)

    return Guide(), Step()


def _guidance_shape(network: Corrector, image: NDArray[Any]) -> tuple[int, ...]:
    import torch

    with torch.no_grad():
        return tuple(network.guide(torch.from_numpy(image)).shape[1:])


def _looped(guide: onnx.ModelProto, step: onnx.ModelProto, classes: int) -> onnx.ModelProto:
    """Guidance once, then a Loop over the step, whose weights lie in the loop's own body."""
    from onnx import TensorProto, compose, helper

    guide_graph = compose.add_prefix_graph(guide.graph, "guide/")
    step_graph = compose.add_prefix_graph(step.graph, "step/")
    image_shape: list[str | int | None] = [
        dimension.dim_param or dimension.dim_value for dimension in _dimensions(guide_graph.input[0])
    ]
    score_shape: list[str | int | None] = ["batch", classes, "height", "width"]
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["keep_going"], ["still_going"]),
            helper.make_node("Identity", ["guide/guidance"], ["step/guidance"]),
            *step_graph.node,
        ],
        "iteration",
        [
            helper.make_tensor_value_info("iteration", TensorProto.INT64, []),
            helper.make_tensor_value_info("keep_going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("step/scores_in", TensorProto.FLOAT, score_shape),
        ],
        [
            helper.make_tensor_value_info("still_going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("step/scores_out", TensorProto.FLOAT, score_shape),
        ],
        list(step_graph.initializer),
    )
    graph = helper.make_graph(
        [
            helper.make_node("Identity", ["image"], ["guide/image"]),
            *guide_graph.node,
            helper.make_node("Loop", ["iterations", "", "scores"], ["corrected_scores"], body=body),
        ],
        "corrector",
        [
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, score_shape),
            helper.make_tensor_value_info("image", TensorProto.FLOAT, image_shape),
            helper.make_tensor_value_info("iterations", TensorProto.INT64, []),
        ],
        [helper.make_tensor_value_info("corrected_scores", TensorProto.FLOAT, score_shape)],
        list(guide_graph.initializer),
    )
    model = helper.make_model(graph, opset_imports=list(step.opset_import), producer_name="recurve")
    model.ir_version = step.ir_version
    return model


def _dimensions(value: Any) -> Any:
    return value.type.tensor_type.shape.dim
