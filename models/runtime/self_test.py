"""A stored input and its output inside each network file, so that any runtime can be proved."""

from __future__ import annotations

import base64
import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract import NetworkContract

TOLERANCE = 1e-3
"""Largest difference of a score at which a device still computes the network; float32 in another order stays below."""

HALF_TOLERANCE = 0.05
"""The same in half precision."""

CLASSES_OF_ANY_MAP = 3
"""How many the self-test of a network has that takes maps of any classes."""

_SIDE_PX = 24
_ITERATIONS = 2
_MAX_SIDE_PX = 1024
_MAX_BYTES = 16 << 20
_MAX_ITERATIONS = 1000


def example_inputs(
    contract_bands: tuple[Any, ...],
    classes: int,
    is_corrector: bool,
    side_px: int = _SIDE_PX,
    takes_hints: bool = False,
) -> dict[str, NDArray[Any]]:
    """The input of a self-test: pixels in the bands' own range and, for a corrector, scores.

    Args:
        contract_bands: the bands of the contract.
        classes: number of classes; 0 for a network that takes any.
        is_corrector: whether the network takes scores and iterations as well.
        side_px: height and width.
        takes_hints: whether it takes hints as well.

    Returns:
        `image` (1, bands, side, side) float32 in whole numbers; for a corrector also `scores` (1, classes, side, side)
        float32 and `iterations` () int64; where it takes hints, also `hints` (1, 2, side, side) float32.
    """
    classes = classes or CLASSES_OF_ANY_MAP
    rng = np.random.default_rng(0)
    means = np.array([band.mean for band in contract_bands])[:, None, None]
    deviations = np.array([band.deviation for band in contract_bands])[:, None, None]
    pixels = rng.normal(means, deviations, (len(contract_bands), side_px, side_px))
    inputs: dict[str, NDArray[Any]] = {"image": np.rint(pixels)[None].astype(np.float32)}
    if is_corrector:
        inputs["scores"] = rng.normal(0, 2, (1, classes, side_px, side_px)).astype(np.float32)
        inputs["iterations"] = np.array(_ITERATIONS, dtype=np.int64)
    if takes_hints:
        inputs["hints"] = np.zeros((1, 2, side_px, side_px), np.float32)
        for place, trust in ((side_px // 3, 1.0), (2 * side_px // 3, 0.5)):
            # of the class that is last there, so that it has something to change
            last = inputs["scores"][0, :, place, place].argmin() + 1
            inputs["hints"][0, :, place, place] = last, trust
    return inputs


def pack(inputs: dict[str, NDArray[Any]], scores: NDArray[np.float32]) -> dict[str, Any]:
    """Inputs and expected scores as JSON values."""
    arrays = {**inputs, "expected": scores}
    return {name: _pack(array) for name, array in arrays.items()}


def unpack(contract: NetworkContract) -> tuple[dict[str, NDArray[Any]], NDArray[np.float32]]:
    """The inputs and the expected scores of a contract's self-test.

    Raises:
        ContractError: the self-test is missing or damaged.
    """
    needed = {"image", "expected"} | ({"scores", "iterations"} if contract.role == "corrector" else set())
    needed |= {"hints"} if contract.takes_hints else set()
    try:
        arrays = {name: _unpack(contract.self_test[name]) for name in needed}
        _check_shapes(contract, arrays)
    except (KeyError, TypeError, ValueError, OverflowError, zlib.error) as error:
        raise ContractError(
            tr(
                "The self-test of network {name} is missing or damaged ({error}); export the network again.",
                name=contract.name,
                error=error,
            )
        ) from error
    return arrays, arrays.pop("expected")


def _check_shapes(contract: NetworkContract, arrays: dict[str, NDArray[Any]]) -> None:
    """The arrays must be what the network takes and gives; a corrector would go on for as long as it is told."""
    image = arrays["image"]
    if image.ndim != 4 or not all(
        1 <= side <= _MAX_SIDE_PX and side % contract.stride == 0 for side in image.shape[2:]
    ):
        raise ValueError(f"an image of the shape {image.shape}")
    classes = len(contract.classes)
    if contract.any_map:
        classes = int(np.clip(arrays["scores"].shape[1:2], 2, 254)[0])
    planes = (1, classes, *image.shape[2:])
    needed: dict[str, tuple[tuple[int, ...], str]] = {
        "image": ((1, len(contract.bands), *image.shape[2:]), "float32"),
        "scores": (planes, "float32"),
        "iterations": ((), "int64"),
        "hints": ((1, 2, *image.shape[2:]), "float32"),
        "expected": (planes, "float32"),
    }
    for name, array in arrays.items():
        if (array.shape, array.dtype.name) != needed[name]:
            raise ValueError(f"{name} of the shape {array.shape} and the type {array.dtype.name}")
    iterations = int(arrays.get("iterations", np.array(0)))
    if not 0 <= iterations <= _MAX_ITERATIONS:
        raise ValueError(f"{iterations} iterations")


def _pack(array: NDArray[Any]) -> dict[str, Any]:
    data = base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()
    return {"dtype": array.dtype.name, "shape": list(array.shape), "zlib": data}


def _unpack(record: dict[str, Any]) -> NDArray[Any]:
    if record["dtype"] not in ("float32", "int64"):
        raise ValueError(f"dtype {record['dtype']}")
    shape = tuple(int(n) for n in record["shape"])
    size = math.prod(shape) * np.dtype(record["dtype"]).itemsize
    if any(side < 0 for side in shape) or size > _MAX_BYTES:
        raise ValueError("a shape of more than 16 MiB")
    decompressor = zlib.decompressobj()
    data = decompressor.decompress(base64.b64decode(record["zlib"], validate=True), size + 1)
    return np.frombuffer(data, record["dtype"]).reshape(shape)
