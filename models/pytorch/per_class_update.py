"""The paper form's iterations as one function with a backward pass of its own, which is fast on a CPU.

PyTorch's convolutions are slow from one channel, and a layer of hidden units is larger than any cache: most of the time
goes into carrying it to memory and back. Here one image is worked on at a time, and of it a few rows of two classes.
Their hidden units are one matrix product on 25 shifted copies of the scores; they are made, used and forgotten while
they are in the cache, and made again for the way back (`make bench-training`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

_SIDE = 5
_MARGIN = _SIDE // 2
_CLASSES = 2
_PIECE_VALUES = 1 << 18
"""Hidden units at once; as float32 they are 1 MiB."""


class PerClassIterates(torch.autograd.Function):
    """u_(t+1) = u_t + out . ReLU(filters * u_t + guidance) + bias for each class of one image, as often as wanted.

    Scores (classes, h, w), guidance (classes * hidden, h, w), filters (classes, hidden, 25), out (classes, hidden),
    bias (classes), number of iterations; gives the scores after each of them.
    """

    @staticmethod
    def forward(  # noqa: D102
        ctx: Any,
        scores: Tensor,
        guidance: Tensor,
        filters: Tensor,
        out: Tensor,
        bias: Tensor,
        iterations: int,
    ) -> tuple[Tensor, ...]:
        guides = guidance.reshape(*filters.shape[:2], -1)  # (classes, hidden, h * w)
        padded, found = [], []
        for _ in range(iterations):
            padded.append(functional.pad(scores, (_MARGIN,) * 4))
            scores = scores + bias[:, None, None]
            for some, rows, pixels in _pieces(scores, filters):
                copies = _copies(padded[-1], some, rows)
                units = torch.baddbmm(guides[some, :, pixels], filters[some], copies).relu_()
                scores[some, rows] += (out[some, None] @ units).view_as(scores[some, rows])
            found.append(scores)
        ctx.save_for_backward(guidance, filters, out, *padded)
        return tuple(found)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:  # noqa: D102
        guidance, filters, out, *padded = ctx.saved_tensors
        guides = guidance.reshape(*filters.shape[:2], -1)
        ways_back = filters.transpose(1, 2).contiguous()
        to_guides, to_filters, to_out = (
            torch.zeros_like(guides),
            torch.zeros_like(ways_back),
            torch.zeros_like(out),
        )
        to_bias = torch.zeros_like(out[:, 0])
        to_scores = torch.zeros_like(gradients[0])
        for gradient, before in zip(reversed(gradients), reversed(padded)):
            to_scores = to_scores + gradient
            to_bias += to_scores.sum((1, 2))
            to_before = torch.zeros_like(before)
            for some, rows, pixels in _pieces(to_scores, filters):
                copies = _copies(before, some, rows)
                units = torch.baddbmm(guides[some, :, pixels], filters[some], copies).relu_()
                change = to_scores[some, rows].reshape(len(units), 1, -1)
                to_out[some] += (change @ units.transpose(1, 2))[:, 0]
                to_units = torch.ops.aten.threshold_backward(out[some, :, None] * change, units, 0)
                to_guides[some, :, pixels] += to_units
                to_filters[some] += copies @ to_units.transpose(1, 2)
                _add_copies(to_before, some, rows, ways_back[some] @ to_units)
            to_scores = to_scores + to_before[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
        return to_scores, to_guides.view_as(guidance), to_filters.transpose(1, 2), to_out, to_bias, None


def _pieces(scores: Tensor, filters: Tensor) -> Iterator[tuple[slice, slice, slice]]:
    """Classes and rows that are worked on at a time, and the rows' pixels."""
    classes, height, width = scores.shape
    step = max(1, _PIECE_VALUES // (_CLASSES * filters.shape[1] * width))
    for first in range(0, classes, _CLASSES):
        for row in range(0, height, step):
            stop = min(row + step, height)
            yield slice(first, first + _CLASSES), slice(row, stop), slice(row * width, stop * width)


def _copies(padded: Tensor, some: slice, rows: slice) -> Tensor:
    """The 25 shifted copies of some rows of some classes, (classes, 25, rows * width)."""
    seen = padded[some, rows.start : rows.stop + 2 * _MARGIN]
    windows = seen.unfold(1, rows.stop - rows.start, 1).unfold(2, seen.shape[2] - 2 * _MARGIN, 1)
    return windows.reshape(len(seen), _SIDE * _SIDE, -1)


def _add_copies(padded: Tensor, some: slice, rows: slice, copies: Tensor) -> None:
    """Add 25 shifted copies where they were taken from: first along the columns, then along the rows."""
    seen = padded[some, rows.start : rows.stop + 2 * _MARGIN]
    height, width = rows.stop - rows.start, seen.shape[2] - 2 * _MARGIN
    copies = copies.view(len(seen), _SIDE, _SIDE, height, width)
    shifted = copies.new_zeros(len(seen), _SIDE, height, seen.shape[2])
    for column in range(_SIDE):
        shifted[..., column : column + width] += copies[:, :, column]
    for row in range(_SIDE):
        seen[:, row : row + height] += shifted[:, row]
