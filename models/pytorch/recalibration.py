"""Batch normalisations that were merged into convolutions, made to learn again.

A normalisation that learns uses the mean and the deviation of its batch, whatever it remembers. They are measured on
images and taken into the normalisation, so that learning begins from the scores of the network's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from .corrector import Corrector


def recalibrate(network: nn.Module, images: Iterable[Tensor]) -> None:
    """Make each batch normalisation remember what it sees on some images, and scale it back: the scores stay the same.

    In training mode the scores then are those of evaluation mode, but for what one batch differs from all of these.

    Args:
        network: the network, changed in place; of a corrector that is its guidance.
        images: batches (n, bands, height, width) of raw pixel values, augmented as in training; some 10 will do.

    Raises:
        ValueError: there is no image.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    seen = {norm: _Moments() for norm in norms}
    hooks = [norm.register_forward_pre_hook(seen[norm]) for norm in norms]
    look = network.guide if isinstance(network, Corrector) else network
    try:
        with torch.no_grad(), _evaluated(network):
            for image in images:
                look(image)
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

    def __call__(self, _layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
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
