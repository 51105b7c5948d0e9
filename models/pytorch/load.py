"""Weights that go on learning: read from a network's own ONNX file, for want of any other copy and without pickle.

An exported file has each batch normalisation merged into the convolution before it. The network that is read has the
merged convolution and a normalisation that changes nothing: it computes what the file computes. Learning needs more,
see `recalibration`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ...core.errors import ContractError
from ...core.translation import tr, word
from ..contract import Band, ClassEntry, NetworkContract
from ..onnx_file.reading import read_network
from .classifier import Classifier, PaperClassifier
from .corrector import DeepCorrector
from .unet import UNetClassifier

if TYPE_CHECKING:
    import onnx

_FORMS: dict[str, type[PaperClassifier | UNetClassifier]] = {
    kind.form: kind for kind in (PaperClassifier, UNetClassifier)
}


def load_classifier(
    path: str | Path, bands: Sequence[Band] | None = None, classes: Sequence[ClassEntry] | None = None
) -> Classifier:
    """The PyTorch network of a classifier's file.

    Args:
        path: an .onnx file made by Recurve.
        bands: the bands it is going to learn from; they must be the file's, in its order. The network goes on to
            normalise them as the file does, whatever their statistics.
        classes: the classes it is going to learn; where their names are not the file's, in its order, the last layer is
            new and has random weights.

    Returns:
        The network in evaluation mode. Give it to `recalibrate` before it learns.

    Raises:
        ContractError: the file is no network of Recurve, a corrector, of a form that cannot be read back, or was made
            for other bands.
    """
    import onnx

    contract, message = read_network(path)
    _check(path, contract, "classifier", tuple(_FORMS), bands)
    bands_read = len(contract.bands)
    # ONNX Runtime leaves a mean of 0 and a deviation of 1 out of the graph
    network = _FORMS[contract.form]([0.0] * bands_read, [1.0] * bands_read, len(contract.classes))
    try:
        with torch.no_grad():
            _fill_classifier(network, onnx.load_from_string(message).graph)
    except (KeyError, IndexError, ValueError) as error:
        raise _other_weights(path, contract, error) from error
    if classes is not None and [c.name for c in classes] != [c.name for c in contract.classes]:
        network.make_last_layer(len(classes))
    return network.eval()


def load_corrector(
    path: str | Path, bands: Sequence[Band] | None = None, classes: Sequence[ClassEntry] | None = None
) -> DeepCorrector:
    """The PyTorch network of a deep corrector's file.

    Args:
        path: an .onnx file made by Recurve.
        bands: the bands it is going to learn from; see `load_classifier`.
        classes: the classes it is going to learn; their names must be the file's, in its order.

    Returns:
        The network in evaluation mode. Before it learns, give it to `recalibrate`, and tell it what scores it will see
        (`DeepCorrector.rescale`).

    Raises:
        ContractError: the file is no network of Recurve, a classifier, of a form that cannot be read back, or was made
            for other bands or classes.
    """
    import onnx

    contract, message = read_network(path)
    _check(path, contract, "corrector", (DeepCorrector.form,), bands)
    known, names = ([entry.name for entry in entries or ()] for entries in (contract.classes, classes))
    if classes is not None and names != known:
        raise ContractError(
            tr(
                "{path} corrects the classes {known}, and the samples have the classes {names}; both must be the "
                "same, in the same order: choose another corrector, or train one from the start.",
                path=path,
                known=", ".join(known),
                names=", ".join(names),
            )
        )
    try:
        with torch.no_grad():
            network = _filled_corrector(onnx.load_from_string(message).graph, contract)
    except (KeyError, IndexError, ValueError) as error:
        raise _other_weights(path, contract, error) from error
    return network.eval()


def _check(
    path: str | Path,
    contract: NetworkContract,
    role: str,
    forms: Sequence[str],
    bands: Sequence[Band] | None,
) -> None:
    if contract.role != role:
        raise ContractError(
            tr(
                "{path} is a {found}, and a {role} is needed to start from; choose a {role}, or train one from the "
                "start.",
                path=path,
                found=word(contract.role),
                role=word(role),
            )
        )
    if contract.form not in forms:
        known = ", ".join(map(repr, forms))
        raise ContractError(
            tr(
                "{path} is a {role} of the architecture {form!r}, and training goes on from {known} only; choose "
                "another network, or train without one to start from.",
                path=path,
                role=word(role),
                form=contract.form,
                known=known,
            )
        )
    if bands is not None and _names(bands) != _names(contract.bands):
        raise ContractError(
            tr(
                "{path} reads the bands {bands}, and the samples have the bands {names}; both must be the same, in "
                "the same order: choose another network, or make the samples from these bands.",
                path=path,
                bands=", ".join(_names(contract.bands)),
                names=", ".join(_names(bands)),
            )
        )


def _other_weights(path: str | Path, contract: NetworkContract, error: Exception) -> ContractError:
    return ContractError(
        tr(
            "The weights in {path} are not those of the architecture {form!r} ({error}); choose a {found} as Recurve "
            "has exported it, or train without a network to start from.",
            path=path,
            form=contract.form,
            error=error,
            found=word(contract.role),
        )
    )


def _names(bands: Sequence[Band]) -> list[str]:
    return [band.name.strip().casefold() for band in bands]


def _fill_classifier(network: Classifier, graph: onnx.GraphProto) -> None:
    """Take all weights from a graph.

    Raises:
        KeyError, IndexError, ValueError: it has others.
    """
    values, convolutions = _weights(graph)
    if isinstance(network, PaperClassifier):
        *convolutions, (filters,) = convolutions
        classes = network.upsampling.in_channels
        _set(torch.empty(classes * 16, classes, 3, 3), values[filters])
        network.set_merged_upsampling(values[filters])
    _fill(network, values, convolutions)


def _filled_corrector(graph: onnx.GraphProto, contract: NetworkContract) -> DeepCorrector:
    """A corrector of the graph's sizes with its weights: those of the guidance, then those of the loop's body.

    Raises:
        KeyError, IndexError, ValueError: it has others.
    """
    (loop,) = (node for node in graph.node if node.op_type == "Loop")
    values, convolutions = _weights(graph)
    step_values, (filters, last) = _weights(loop.attribute[0].g)
    bands, classes = len(contract.bands), len(contract.classes)
    width, hidden = len(values[convolutions[0][0]]), len(step_values[filters[0]])
    network = DeepCorrector([0.0] * bands, [1.0] * bands, classes, width=width, hidden=hidden)
    _fill(network, {**values, **step_values}, [*convolutions, filters])
    for own, name in zip((network.out, network.out_bias), last):
        _set(own, step_values[name])
    return network


def _weights(graph: onnx.GraphProto) -> tuple[dict[str, Tensor], list[list[str]]]:
    """The tensors of a graph by name, and the names of those of each convolution, in the order in which they run."""
    from onnx import numpy_helper

    values = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer
    }
    return values, [list(node.input[1:]) for node in graph.node if node.op_type == "Conv"]


def _fill(network: nn.Module, values: dict[str, Tensor], convolutions: list[list[str]]) -> None:
    """Take the image's normalisation and all layers: they are registered in the order in which they run.

    Raises:
        KeyError, IndexError, ValueError: there are others.
    """
    for name, value in values.items():
        if name.rpartition(".")[2] in ("mean", "deviation"):
            _set(network.get_buffer(name.rpartition(".")[2]), value)
    left = iter(convolutions)
    biases: list[Tensor] = []
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            weight, *biases = (values[name] for name in next(left, ()))
            _set(layer.weight, weight)
            if layer.bias is not None:
                _set(layer.bias, biases[0])
        elif isinstance(layer, nn.BatchNorm2d):  # merged into the convolution before it
            assert layer.running_var is not None
            _set(layer.bias, biases[0])
            layer.running_var.fill_(1 - layer.eps)  # weight 1 and mean 0 are what it is made with
    too_many = len(list(left))
    if too_many:
        raise ValueError(f"{too_many} convolutions too many")


def _set(own: Tensor, value: Tensor) -> None:
    if own.shape != value.shape:
        raise ValueError(f"a tensor of the shape {tuple(value.shape)} where {tuple(own.shape)} is needed")
    own.copy_(value)
