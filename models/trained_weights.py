"""Weights that go on learning: read from a network's own ONNX file, for want of any other copy and without pickle.

An exported file has each batch normalisation merged into the convolution before it. The network that is read has the
merged convolution and a normalisation that changes nothing: it computes what the file computes. Learning needs more: a
normalisation that learns uses the mean and the deviation of its batch, whatever it remembers. `recalibrate` measures
them on images and takes them into the normalisation, so that learning begins from the file's scores too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from .classifier import Classifier, PaperClassifier
from .contract import Band, ClassEntry, NetworkContract
from .errors import ContractError
from .network_file import read_network
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
    _check(path, contract, bands)
    bands_read = len(contract.bands)
    # ONNX Runtime leaves a mean of 0 and a deviation of 1 out of the graph
    network = _FORMS[contract.form]([0.0] * bands_read, [1.0] * bands_read, len(contract.classes))
    try:
        with torch.no_grad():
            _fill(network, onnx.load_from_string(message).graph)
    except (KeyError, IndexError, ValueError) as error:
        raise ContractError(
            f"The weights in {path} are not those of the form {contract.form!r} ({error}); choose a classifier as "
            "Recurve has exported it, or train without a network to start from."
        ) from error
    if classes is not None and [c.name for c in classes] != [c.name for c in contract.classes]:
        network.make_last_layer(len(classes))
    return network.eval()


def recalibrate(network: nn.Module, images: Iterable[Tensor]) -> None:
    """Make each batch normalisation remember what it sees on some images, and scale it back: the scores stay the same.

    In training mode the scores then are those of evaluation mode, but for what one batch differs from all of these.

    Args:
        network: the network, changed in place.
        images: batches (n, bands, height, width) of raw pixel values, augmented as in training; some 10 will do.

    Raises:
        ValueError: there is no image.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    seen = {norm: _Moments() for norm in norms}
    hooks = [norm.register_forward_pre_hook(seen[norm]) for norm in norms]
    try:
        with torch.no_grad(), _evaluated(network):
            for image in images:
                network(image)
    finally:
        for hook in hooks:
            hook.remove()
    with torch.no_grad():
        for norm in norms:
            mean, variance = seen[norm].mean_and_variance()
            assert norm.running_mean is not None
            assert norm.running_var is not None
            scale = norm.weight / (norm.running_var + norm.eps).sqrt()
            norm.bias.copy_(norm.bias + scale * (mean - norm.running_mean))
            norm.weight.copy_(scale * (variance + norm.eps).sqrt())
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)


class _Moments:
    """Mean and variance of each channel of all that passes; a hook of a layer."""

    def __init__(self) -> None:
        self._count = 0
        self._sums: Tensor | float = 0.0

    def __call__(self, layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        values = inputs[0].double()
        self._count += values.numel() // values.shape[1]
        self._sums = self._sums + torch.stack([values.sum((0, 2, 3)), values.square().sum((0, 2, 3))])

    def mean_and_variance(self) -> tuple[Tensor, Tensor]:
        if not isinstance(self._sums, Tensor):
            raise ValueError("A network cannot be recalibrated without an image.")
        mean, square = self._sums / self._count
        return mean.float(), (square - mean.square()).clamp(min=0).float()


@contextmanager
def _evaluated(network: nn.Module) -> Iterator[None]:
    was_training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(was_training)


def _check(path: str | Path, contract: NetworkContract, bands: Sequence[Band] | None) -> None:
    if contract.role != "classifier":
        raise ContractError(
            f"{path} is a corrector, and only classifiers can be trained further; choose a classifier, or train a "
            "corrector from the start."
        )
    if contract.form not in _FORMS:
        raise ContractError(
            f"{path} is a classifier of the form {contract.form!r}, and weights are read from the forms "
            f"{' and '.join(repr(form) for form in _FORMS)}; choose another network, or train without one to start "
            "from."
        )
    if bands is not None and _names(bands) != _names(contract.bands):
        raise ContractError(
            f"{path} reads the bands {', '.join(_names(contract.bands))}, and the samples have the bands "
            f"{', '.join(_names(bands))}; both must be the same, in the same order: choose another network, or make "
            "the samples from these bands."
        )


def _names(bands: Sequence[Band]) -> list[str]:
    return [band.name.strip().casefold() for band in bands]


def _fill(network: Classifier, graph: onnx.GraphProto) -> None:
    """Take all weights from a graph: its convolutions are in the order in which the network registers its own.

    Raises:
        KeyError, IndexError, ValueError: it has others.
    """
    from onnx import numpy_helper

    values: dict[str, Any] = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer
    }
    convolutions = [list(node.input[1:]) for node in graph.node if node.op_type == "Conv"]
    for name, value in values.items():
        if name.rpartition(".")[2] in ("mean", "deviation"):
            _set(network.get_buffer(name.rpartition(".")[2]), value)
    bias = torch.empty(0)
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            weight, bias = (values[name] for name in convolutions.pop(0))
            _set(layer.weight, weight)
            if layer.bias is not None:
                _set(layer.bias, bias)
        elif isinstance(layer, nn.BatchNorm2d):  # merged into the convolution before it
            assert layer.running_var is not None
            _set(layer.bias, bias)
            layer.running_var.fill_(1 - layer.eps)  # weight 1 and mean 0 are what it is made with
    if isinstance(network, PaperClassifier):
        (filters,) = convolutions.pop(0)
        classes = network.upsampling.in_channels
        _set(torch.empty(classes * 16, classes, 3, 3), values[filters])
        network.set_merged_upsampling(values[filters])
    if convolutions:
        raise ValueError(f"{len(convolutions)} convolutions too many")


def _set(own: Tensor, value: Tensor) -> None:
    if own.shape != value.shape:
        raise ValueError(f"a tensor of the shape {tuple(value.shape)} where {tuple(own.shape)} is needed")
    own.copy_(value)
