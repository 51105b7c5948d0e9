"""The two processes of the universal corrector, as loops that an exported file can hold.

See `diffusion_corrector.py` for what they compute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

FAR_CELLS = 3
"""The second of the two steps in which hints are carried, in cells."""
FINE_STEPS = 4
STILL = 1e-4
"""By so much less a probability moves than it would: so both processes come to an end, in each pixel by itself."""


def settled(
    source: Tensor, data: Tensor, affinities: Tensor, iterations: Tensor, still: float = STILL
) -> Tensor:
    """The first process on cells, from its source on; ends where nothing moves any more.

    Each iteration is convex, so that no value leaves the range of its neighbours and its source.

    Args:
        source: (batch, classes, height, width).
        data: how much of the source comes in at each iteration, (batch, 1, height, width).
        affinities: see `averaged`.
        iterations: the most there are, ().
        still: see `STILL`.
    """
    values, done, last = source, 0, int(iterations)
    goes_on = last > 0
    while goes_on:
        wanted = data * source + (1 - data) * averaged(values, affinities, 1)
        after = values + functional.softshrink(wanted - values, still)
        # of the values, because what moves by less than their last digit moves for ever
        goes_on = bool((after != values).any())
        values = after
        done += 1
        goes_on = done < last and goes_on
    return values


def carried(
    sources: Tensor,
    kept: Tensor,
    near: Tensor,
    far: Tensor,
    looks: Tensor,
    iterations: Tensor,
    far_cells: int = FAR_CELLS,
) -> Tensor:
    """The second process: from hints on, in steps of one cell and of `FAR_CELLS`; ends where nothing moves any more.

    With a hint goes what its cell looks like, and it is kept the less, the less a cell looks alike.

    Args:
        sources: 1 where a cell's hint says a class, (batch, classes, height, width).
        kept: what is kept of it in each cell; 0 where its value is fixed (batch, classes, height, width).
        near: what is kept on each way of one cell (batch, 8, height, width), see `strongest`.
        far: the same for ways of `FAR_CELLS`.
        looks: how each cell looks (batch, features, height, width).
        iterations: the most there are, ().
        far_cells: see `FAR_CELLS`.
    """
    values, done, last = sources, 0, int(iterations)
    own = looks.unsqueeze(1)
    hinted = own.expand(-1, sources.shape[1], -1, -1, -1)
    goes_on = last > 0 and bool((sources != 0).any())
    while goes_on:
        before = values
        come, seen = strongest(values, hinted, near, 1)
        come = come * kept * torch.exp(-(seen - own).square().sum(dim=2))
        hinted = torch.where((come > values).unsqueeze(2), seen, hinted)
        values = torch.maximum(values, come)
        come, seen = strongest(values, hinted, far, far_cells)
        come = come * kept * torch.exp(-(seen - own).square().sum(dim=2))
        hinted = torch.where((come > values).unsqueeze(2), seen, hinted)
        values = torch.maximum(values, come)
        done += 1
        goes_on = done < last and bool((values != before).any())
    return values


def averaged(values: Tensor, affinities: Tensor, reach: int) -> Tensor:
    """Each pixel's neighbours at a distance, weighted by its affinities (batch, 9, height, width), row by row."""
    height, width = values.shape[2], values.shape[3]
    padded = functional.pad(values, [reach, reach, reach, reach], mode="replicate")
    middle, end = reach, 2 * reach
    # written out, because a loop over the nine would be one in the exported file
    return (
        affinities[:, 0:1] * padded[:, :, 0:height, 0:width]
        + affinities[:, 1:2] * padded[:, :, 0:height, middle : middle + width]
        + affinities[:, 2:3] * padded[:, :, 0:height, end : end + width]
        + affinities[:, 3:4] * padded[:, :, middle : middle + height, 0:width]
        + affinities[:, 4:5] * values
        + affinities[:, 5:6] * padded[:, :, middle : middle + height, end : end + width]
        + affinities[:, 6:7] * padded[:, :, end : end + height, 0:width]
        + affinities[:, 7:8] * padded[:, :, end : end + height, middle : middle + width]
        + affinities[:, 8:9] * padded[:, :, end : end + height, end : end + width]
    )


def strongest(values: Tensor, looks: Tensor, ways: Tensor, reach: int) -> tuple[Tensor, Tensor]:
    """The largest of each pixel's eight neighbours at a distance, each times its way, and how its hint looks.

    Args:
        values: (batch, classes, height, width).
        looks: (batch, classes, features, height, width).
        ways: (batch, 8, height, width).
        reach: the distance, px.
    """
    height, width = values.shape[2], values.shape[3]
    padded = functional.pad(values, [reach, reach, reach, reach])
    seen = functional.pad(looks, [reach, reach, reach, reach])
    middle, end = reach, 2 * reach
    come, from_there = ways[:, 0:1] * padded[:, :, 0:height, 0:width], seen[:, :, :, 0:height, 0:width]
    # written out, because a loop over the eight would be one in the exported file
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 1:2] * padded[:, :, 0:height, middle : middle + width],
        seen[:, :, :, 0:height, middle : middle + width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 2:3] * padded[:, :, 0:height, end : end + width],
        seen[:, :, :, 0:height, end : end + width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 3:4] * padded[:, :, middle : middle + height, 0:width],
        seen[:, :, :, middle : middle + height, 0:width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 4:5] * padded[:, :, middle : middle + height, end : end + width],
        seen[:, :, :, middle : middle + height, end : end + width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 5:6] * padded[:, :, end : end + height, 0:width],
        seen[:, :, :, end : end + height, 0:width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 6:7] * padded[:, :, end : end + height, middle : middle + width],
        seen[:, :, :, end : end + height, middle : middle + width],
    )
    come, from_there = stronger(
        come,
        from_there,
        ways[:, 7:8] * padded[:, :, end : end + height, end : end + width],
        seen[:, :, :, end : end + height, end : end + width],
    )
    return come, from_there


def stronger(one: Tensor, its_looks: Tensor, other: Tensor, other_looks: Tensor) -> tuple[Tensor, Tensor]:
    """The larger of two values at each pixel, and what looks go with it; see `strongest`."""
    return torch.maximum(one, other), torch.where((other > one).unsqueeze(2), other_looks, its_looks)


def refined(
    start: Tensor, evidence: Tensor, data: Tensor, affinities: Tensor, steps: int = FINE_STEPS
) -> Tensor:
    """The first process on pixels, for a few steps.

    Args:
        start: (batch, classes, height, width).
        evidence: what comes in at each step, likewise.
        data: how much of it, (batch, 1, height, width).
        affinities: see `averaged`.
        steps: how many.
    """
    found = start
    for _ in range(steps):
        found = data * evidence + (1 - data) * averaged(found, affinities, 1)
    return found


def refined_at_hints(
    without: Tensor,
    start: Tensor,
    evidence: Tensor,
    data: Tensor,
    affinities: Tensor,
    held: Tensor,
    steps: int = FINE_STEPS,
) -> Tensor:
    """The same with hints held after each step; what there is without them, where there are none.

    Args:
        without: the result of `refined`.
        start: see `refined`.
        evidence: see `refined`.
        data: see `refined`.
        affinities: see `refined`.
        held: how much of a hint's class is taken, at its pixels, (batch, classes, height, width).
        steps: see `refined`.
    """
    found = without
    if bool((held != 0).any()):
        found, free = start, 1 - held.sum(dim=1, keepdim=True)
        for _ in range(steps):
            found = data * evidence + (1 - data) * averaged(found, affinities, 1)
            found = free * found + held
    return found


class Processes(NamedTuple):
    """How the processes are run: as written, or compiled into loops of the exported file."""

    settled: Callable[..., Tensor]
    carried: Callable[..., Tensor]
    refined_at_hints: Callable[..., Tensor] = refined_at_hints
