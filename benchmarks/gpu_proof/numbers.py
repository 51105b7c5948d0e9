"""Does the device compute what the CPU computes, and how nearly, in each precision?"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.errors import RecurveError
from ...core.raster.tiling import Window
from ...models.runtime.network import Network
from ...models.runtime.precision import MIN_AGREEMENT, agreement
from .pair import PAIRS, WEIGHTS, kinds_on, open_network
from .report import Report
from .scene import Scene

SIDE_PX = 512


def compare(device: str, scene: Scene, report: Report, side_px: int = SIDE_PX) -> None:
    """Self-test of each pretrained network, and its scores and classes against the CPU's in single precision."""
    report.begin(f"scores and classes against the CPU's in fp32, {side_px} x {side_px} px")
    image = scene.read(Window(0, 0, side_px, side_px))[None].astype(np.float32)
    for name in PAIRS:
        inputs: dict[str, NDArray[Any]] = {"image": image}
        for role in ("classifier", "corrector"):
            path = WEIGHTS / f"{name}_{role}.onnx"
            reference = Network.open(path, "CPU")
            if role == "corrector":
                inputs["iterations"] = np.array(reference.contract.iterations, np.int64)
            expected = reference.scores_of(inputs)
            for kind in kinds_on(device):
                _row(device, kind, path, inputs, expected, report)
            _automatic(device, path, report)
            inputs = {"image": image, "scores": expected}


def _row(
    device: str,
    kind: str,
    path: Any,
    inputs: dict[str, NDArray[Any]],
    expected: NDArray[np.float32],
    report: Report,
) -> None:
    what = f"{path.stem}, {kind}"
    try:
        network = open_network(path, device, kind)
        scores = network.scores_of(inputs)
        self_test = _self_test(network, kind)
    except RecurveError as error:
        # without fp32 the device is of no use; the other two may be refused, and the table tells why
        report.fail(what, str(error)) if kind == "fp32" else report.add(what, f"refused: {error}")
        return
    difference, same = float(np.abs(scores - expected).max()), agreement(scores, expected)
    bar = "" if same >= MIN_AGREEMENT else f" (below {100 * MIN_AGREEMENT:g} %)"
    report.add(
        what,
        f"largest difference {difference:.2g}, {100 * same:.3f} % of the classes equal{bar}; self-test {self_test}",
        network=path.stem,
        kind=kind,
        difference=difference,
        same=same,
    )


def _self_test(network: Network, kind: str) -> str:
    try:
        return f"{network.self_test():.2g}"
    except RecurveError:
        if kind == "fp32":
            raise
        return "refused"


def _automatic(device: str, path: Any, report: Report) -> None:
    """What 'auto' takes, and why not the faster precision."""
    network = Network.open(path, device, "auto")
    why = f": {' '.join(network.remarks)}" if network.remarks else ""
    report.add(f"{path.stem}, auto", f"{network.precision}{why}", network=path.stem, auto=network.precision)
