"""Do maps depend on the tile side on this device, and which setting keeps them from it, at what price?

cuDNN may choose another algorithm for another shape, whose sums are rounded in another order.
"""

from __future__ import annotations

import numpy as np

from ...core.errors import RecurveError
from .meter import Meter
from .pair import Pair
from .report import Report
from .scene import Scene

_SETTINGS: dict[str, dict[str, str]] = {
    "default settings": {},
    "algorithms by heuristics": {"cudnn_conv_algo_search": "HEURISTIC"},
    "one algorithm for all": {"cudnn_conv_algo_search": "DEFAULT"},
    "channels last": {"prefer_nhwc": "1"},
}
SIDE_PX = 2048
_SMALLEST_PX = 256


def compare(device: str, meter: Meter, side_px: int, scene: Scene, report: Report) -> None:
    """Maps of a square at tile sides from 256 px up to its own, in each setting that the device has."""
    report.begin(f"maps of {side_px} x {side_px} px at other tile sides than one tile (buildings)")
    settings = _SETTINGS if device == "CUDA" else {"default settings": {}}
    for kind in ("fp32", "fp16"):
        default_s = None
        for name, options in settings.items():
            try:
                sides_px, differing, whole_s = _differing(device, kind, options, meter, side_px, scene)
            except RecurveError as error:
                report.add(f"{kind}, {name}", f"not measured: {error}")
                continue
            default_s = default_s or whole_s
            counts = ", ".join(f"{count} at {side}" for side, count in zip(sides_px, differing))
            report.add(
                f"{kind}, {name}",
                f"pixels of another class: {counts} px; takes {whole_s / default_s:.2f} of the default time",
                kind=kind,
                setting=name,
                options=options,
                sides_px=sides_px,
                differing=differing,
                whole_s=whole_s,
            )


def _differing(
    device: str, kind: str, options: dict[str, str], meter: Meter, side_px: int, scene: Scene
) -> tuple[list[int], list[int], float]:
    """Tile sides, pixels whose class is another there than in one tile, and seconds of the one tile."""
    pair = Pair.open("buildings", device, kind, scene, options)
    sides_px = []
    while side_px >> len(sides_px) + 1 >= _SMALLEST_PX:
        sides_px.append(side_px >> len(sides_px) + 1)
    (tile,) = pair.tiles(side_px, side_px)
    given, infer = pair.given(tile), pair.inference()
    whole = infer(given, tile).codes
    differing = [int(np.count_nonzero(pair.codes(side_px, side) != whole)) for side in sides_px]
    return sides_px, differing, meter.wall_seconds(lambda: infer(given, tile))
