"""What else can be done with a hint: what the network's way has to beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse
from scipy.sparse.linalg import splu

from . import baselines
from .baselines import Codes, Shares
from .hint_places import Click

DISC_PX = 10
WALK_PX = (16, 32, 64)
"""How far from its hint a random walker decides; the best of them is shown."""
BETA = 130
"""How strongly colours hold a random walker back; scikit-image's default."""
CRF = {"near": 3, "far": 30, "colours": 13, "weight": 10}


def disc(codes: Codes, clicks: Sequence[Click]) -> Codes:
    """A map where all within `DISC_PX` of a hint has its class; of two hints the later."""
    found = codes.copy()
    rows, cols = np.indices(codes.shape)
    for click in clicks:
        found[(rows - click.row) ** 2 + (cols - click.col) ** 2 <= DISC_PX**2] = click.class_value
    return found


def clamped_crf(shares: Shares, colours: NDArray[np.uint8], clicks: Sequence[Click]) -> Codes:
    """The dense CRF on probabilities that are certain at the hints.

    Args:
        shares: (classes, height, width).
        colours: the image, (3, height, width).
        clicks: the hints.
    """
    clamped = shares.copy()
    for click in clicks:
        clamped[:, click.row, click.col] = 0
        clamped[click.class_value - 1, click.row, click.col] = 1
    codes = baselines.dense_crf(clamped, colours.astype(np.float32), **CRF)
    for click in clicks:
        codes[click.row, click.col] = click.class_value
    return codes


def random_walker(codes: Codes, image: NDArray[np.float32], clicks: Sequence[Click], radius: int) -> Codes:
    """A random walker on colours (Grady, "Random walks for image segmentation", TPAMI 28(11), 2006) around each hint.

    What is farther than `radius` from all hints keeps its class and counts as known, as do the hints; what lies
    between gets the class whose known pixels a walker reaches first, weighted as scikit-image's `random_walker`.

    Args:
        codes: the map, class values from 1 (height, width).
        image: (3, height, width), standardised.
        clicks: the hints.
        radius: px.
    """
    found, known = codes.copy(), np.ones(codes.shape, bool)
    rows, cols = np.indices(codes.shape)
    for click in clicks:
        known &= (rows - click.row) ** 2 + (cols - click.col) ** 2 > radius**2
    for click in clicks:
        known[click.row, click.col] = True
        found[click.row, click.col] = click.class_value
    regions, _ = ndimage.label(~known)
    for number, (down, right) in enumerate(ndimage.find_objects(regions), start=1):
        window = tuple(slice(max(part.start - 1, 0), part.stop + 1) for part in (down, right))
        unknown = regions[window] == number
        found[window][unknown] = _walked(found[window], image[(slice(None), *window)], unknown)
    return found


def _walked(codes: Codes, image: NDArray[np.float32], unknown: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The classes of the unknown pixels, in their order; the others are where a walk ends."""
    numbers = np.arange(codes.size).reshape(codes.shape)
    scale = BETA / (10 * np.sqrt(len(image)))  # the image's standard deviation is 1
    ends, weights = [], []
    for axis in (0, 1):
        length = codes.shape[axis]
        one, other = (np.take(numbers, places, axis) for places in (range(length - 1), range(1, length)))
        ends.append((one.ravel(), other.ravel()))
        weights.append(np.exp(-scale * (np.diff(image, axis=axis + 1) ** 2).sum(axis=0)).ravel() + 1e-6)
    one, other = (np.concatenate(parts) for parts in zip(*ends))
    between = np.concatenate(weights).astype(float)
    joined = sparse.coo_matrix((between, (one, other)), shape=(codes.size, codes.size))
    joined = (joined + joined.T).tocsr()
    free, fixed = np.flatnonzero(unknown), np.flatnonzero(~unknown)
    laplacian = sparse.diags(np.asarray(joined.sum(axis=1)).ravel()) - joined
    values = np.unique(codes.ravel()[fixed])
    is_class = (codes.ravel()[fixed][:, None] == values).astype(float)
    # symmetric: a tenth of the usual time and memory
    solver = splu(
        laplacian[free][:, free].tocsc(), permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}
    )
    return values[np.argmax(solver.solve(joined[free][:, fixed] @ is_class), axis=1)]
