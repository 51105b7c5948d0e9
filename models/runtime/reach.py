"""The receptive field radius of a classifier whose file does not state it: measured by changing pixels, and remembered.

A measurement may find less than there is: a weight that is nearly 0, or a unit that is inactive, hides the farthest
pixel. So a whole square is changed at once, far beyond the bands' ranges, up and down, on images of different grain
(units that are inactive on one are active on another): dozens of pixels on each side of the square can show an effect
each time, and a single bit of a single score counts. What remains in doubt is covered by a margin. The images are
strips, along and across: as far as a square would reach, for a fraction of its pixels. A receptive field with a gap, of
pixels 512 px away and none nearer, would not be found.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract import NetworkContract
from .network import Network

LIMIT_PX = 256
"""A classifier that looks as far is treated as one that looks everywhere: tiles would be mostly halo."""

_SEEN_PX = 2 * LIMIT_PX  # a network may look far without looking near: a convolution with holes does
_SQUARE_PX = 64
_MARGIN = 1 / 8
_GRAINS_PX = (1, 4, 32)
_MAX_PHASES = 4
_METHOD = 1
"""Raised whenever measuring would give another reach for the same file."""


def with_measured_reach(classifier: Network, cache_folder: Path) -> Network:
    """The same classifier, its contract with the reach that was measured.

    Args:
        classifier: one whose contract does not state a reach.
        cache_folder: what was measured before is here, by the file's SHA-256; it need not exist.

    Returns:
        The classifier; its `reach_px` is still None where it looks `LIMIT_PX` far or farther.

    Raises:
        ContractError: the file cannot be loaded again.
        DeviceError: the network fails.
    """
    cached = cache_folder / f"{classifier.sha256}.json"
    try:
        reach_px = _read(cached)
    except (OSError, ValueError, KeyError, TypeError):  # not measured yet, or a damaged file
        reach_px = measured_reach_px(classifier)
        _keep(cached, reach_px)
    return replace(classifier, contract=replace(classifier.contract, reach_px=reach_px))


def measured_reach_px(classifier: Network) -> int | None:
    """How many pixels away in the image an output pixel of a classifier looks.

    Measured on the CPU in single precision: some devices compute convolutions in blocks (by Fourier transform), in
    which a change is felt, by a rounding, farther than the network looks.

    Args:
        classifier: the network.

    Returns:
        The farthest that was seen, an eighth more, in px; None for `LIMIT_PX` and more.

    Raises:
        ContractError: the file cannot be loaded again, or has changed.
        DeviceError: the network fails.
    """
    if (classifier.device, classifier.precision) != ("CPU", "fp32"):
        classifier = _on_cpu(classifier)
    seen_px = _farthest_px(classifier)
    if seen_px is None:
        return None
    reach_px = math.ceil(seen_px * (1 + _MARGIN))
    return reach_px if reach_px < LIMIT_PX else None


def _on_cpu(classifier: Network) -> Network:
    opened = Network.open(classifier.path, "CPU")
    if opened.sha256 != classifier.sha256:
        raise ContractError(
            tr("{classifier} has changed since it was opened; run again.", classifier=classifier.path)
        )
    return opened


def _farthest_px(classifier: Network) -> int | None:
    """How far from a changed pixel a score changes, at the most; None for `LIMIT_PX` or more."""
    stride = classifier.contract.stride
    # The farthest look may need one place of the square in the stride's grid. Where not all are tried, the reach seen
    # is short by less than the places left out.
    step = math.ceil(stride / _MAX_PHASES)
    square_px, along_px, beside_px = (
        math.ceil(length / stride) * stride for length in (_SQUARE_PX, _SEEN_PX, _SQUARE_PX / 2)
    )
    length_px, width_px = 2 * along_px + square_px + stride, 2 * beside_px + square_px + stride
    farthest = 0
    for turn, grain_px in enumerate(_GRAINS_PX):
        for height, width, row, col in (
            (width_px, length_px, beside_px, along_px),
            (length_px, width_px, along_px, beside_px),
        ):
            image = _noise(classifier.contract, height, width, grain_px)
            before = _scores(classifier, image)
            for number, phase in enumerate(range(0, stride, step)):
                rows = slice(row + phase, row + phase + square_px)
                cols = slice(col + phase, col + phase + square_px)
                sign = 1 if (turn + number) % 2 else -1
                changed = _changed(classifier.contract, image, rows, cols, sign)
                differs = (_scores(classifier, changed) != before).any(axis=0)
                distance = np.maximum(_distance(height, rows)[:, np.newaxis], _distance(width, cols))
                farthest = max(farthest, int(distance.max(where=differs, initial=0)))
                if farthest + step - 1 >= LIMIT_PX:
                    return None
    return farthest + step - 1


def _distance(length: int, changed: slice) -> NDArray[np.intp]:
    """How far each place of an axis is from those that are changed."""
    place = np.arange(length)
    away: NDArray[np.intp] = np.maximum(changed.start - place, place - (changed.stop - 1)).clip(min=0)
    return away


def _noise(contract: NetworkContract, height: int, width: int, grain_px: int) -> NDArray[np.float32]:
    """An image (bands, height, width) of squares with values from the bands' own ranges."""
    low, span = _ranges(contract)
    cells = np.random.default_rng(0).uniform(
        size=(len(low), math.ceil(height / grain_px), math.ceil(width / grain_px))
    )
    noise = cells.repeat(grain_px, axis=1).repeat(grain_px, axis=2)[:, :height, :width]
    return (low + span * noise).astype(np.float32)


def _changed(
    contract: NetworkContract, image: NDArray[np.float32], rows: slice, cols: slice, sign: int
) -> NDArray[np.float32]:
    """The image with another square: each pixel moved by a half to three halves of its band's range."""
    changed = image.copy()
    part = changed[:, rows, cols]
    part += sign * _ranges(contract)[1] * np.random.default_rng(1).uniform(0.5, 1.5, part.shape)
    return changed


def _ranges(contract: NetworkContract) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Lowest value and range of each band (bands, 1, 1); a band that never changed in training has its deviation."""
    low = np.array([band.minimum for band in contract.bands], np.float32)
    span = np.array([max(band.maximum - band.minimum, band.deviation) for band in contract.bands], np.float32)
    return low[:, None, None], span[:, None, None]


def _scores(classifier: Network, image: NDArray[np.float32]) -> NDArray[np.float32]:
    return classifier.classify(classifier.upload(image)).numpy()


def _read(path: Path) -> int | None:
    """What a file of the cache says.

    Raises:
        OSError, ValueError, KeyError, TypeError: nothing that can be used.
    """
    record = json.loads(path.read_bytes())
    reach_px = record["reach_px"]
    is_reach = reach_px is None or (type(reach_px) is int and 0 <= reach_px < LIMIT_PX)
    if record["method"] != _METHOD or not is_reach:
        raise ValueError(f"{path} holds no receptive field radius.")
    found: int | None = reach_px
    return found


def _keep(path: Path, reach_px: int | None) -> None:
    """Write a file of the cache, whole or not at all; where that fails, the reach is measured again next time."""
    temporary = path.with_name(f"{path.name}.{uuid4().hex}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(json.dumps({"method": _METHOD, "reach_px": reach_px}), encoding="utf-8")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
