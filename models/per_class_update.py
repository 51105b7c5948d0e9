"""The paper form's update with a backward pass that is fast on a CPU.

PyTorch's convolutions are slow from one channel, above all backwards. Here every class of every sample is one matrix
product on the 25 shifted copies of its score map, small enough to stay in the cache; what the backward pass needs is
computed again instead of kept, which is cheaper than reading it back from memory (`make bench-forms`).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

_SIDE = 5
_MARGIN = _SIDE // 2


class PerClassUpdate(torch.autograd.Function):
    """The change of the scores in one iteration: out_k . ReLU(filters_k * u_k + guidance_k) for each class k."""

    @staticmethod
    def forward(ctx: Any, scores: Tensor, guidance: Tensor, filters: Tensor, out: Tensor) -> Tensor:  # noqa: D102
        # scores (n, classes, h, w), guidance (n, classes * hidden, h, w),
        # filters (classes, hidden, 25), out (classes, hidden)
        padded = functional.pad(scores, (_MARGIN,) * 4)
        ctx.save_for_backward(padded, guidance, filters, out)
        change = torch.empty_like(scores)
        for sample, k in _planes(scores):
            hidden, _ = _hidden(padded, guidance, filters, sample, k)
            torch.mv(hidden.t(), out[k], out=change[sample, k].view(-1))
        return change

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, ...]:  # noqa: D102
        padded, guidance, filters, out = ctx.saved_tensors
        gradient = gradient.contiguous()
        height, width = gradient.shape[2:]
        to_scores, to_guidance = torch.zeros_like(padded), torch.empty_like(guidance)
        to_filters, to_out = torch.zeros_like(filters), torch.zeros_like(out)
        for sample, k in _planes(gradient):
            hidden, copies = _hidden(padded, guidance, filters, sample, k)
            change = gradient[sample, k].view(-1)
            to_out[k] += hidden @ change
            to_hidden = torch.outer(out[k], change, out=_of_class(to_guidance, filters, sample, k))
            to_hidden.masked_fill_(hidden == 0, 0)  # the ReLU was off
            to_filters[k].addmm_(to_hidden, copies.t())
            shifted = (filters[k].t() @ to_hidden).view(_SIDE, _SIDE, height, width)
            for row in range(_SIDE):
                for column in range(_SIDE):
                    to_scores[sample, k, row : row + height, column : column + width] += shifted[row, column]
        inner = to_scores[:, :, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
        return inner, to_guidance, to_filters, to_out


def _planes(scores: Tensor) -> list[tuple[int, int]]:
    return [(sample, k) for sample in range(scores.shape[0]) for k in range(scores.shape[1])]


def _hidden(padded: Tensor, guidance: Tensor, filters: Tensor, sample: int, k: int) -> tuple[Tensor, Tensor]:
    """Hidden units (hidden, h * w) of one class of one sample, and the shifted copies (25, h * w) they come from."""
    height, width = guidance.shape[2:]
    copies = padded[sample, k].unfold(0, height, 1).unfold(1, width, 1).reshape(_SIDE * _SIDE, height * width)
    return torch.addmm(_of_class(guidance, filters, sample, k), filters[k], copies).relu_(), copies


def _of_class(guidance: Tensor, filters: Tensor, sample: int, k: int) -> Tensor:
    hidden = filters.shape[1]
    return guidance[sample, k * hidden : (k + 1) * hidden].view(hidden, -1)
