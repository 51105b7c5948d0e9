"""A tile that is too large for the device's memory: it is cut, the map stays, and the memory is given back."""

from __future__ import annotations

import numpy as np

from ...core.errors import RecurveError
from ...core.progress import Quiet
from ...core.raster.tiling import BYTES_PER_PX
from .meter import CudaMeter, HostMeter
from .pair import Pair
from .report import Report
from .scene import Scene

SIDE_PX = 2048
_SHARE = 4  # of what a tile is reckoned to take: so much is allowed for
_SOME_BYTES = 64 << 20  # a session's weights and the first block of its pool, which it keeps


class Log(Quiet):
    """What a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        """Keep a line."""
        self.lines.append(text)


def overflow(device: str, meter: CudaMeter | HostMeter, scene: Scene, report: Report) -> None:
    """A tile in a quarter of the memory that it is reckoned to take (buildings, fp32)."""
    side_px = SIDE_PX
    report.begin(f"a tile of {side_px} px in a quarter of the memory that it is reckoned to take")
    if device != "CUDA" or not isinstance(meter, CudaMeter):
        report.add("cut into parts", f"not measured: no limit can be set for {device}")
        return
    limit = BYTES_PER_PX * side_px**2 // _SHARE
    try:
        whole = Pair.open("buildings", device, "fp32", scene).codes(side_px, side_px)
        before = meter.cuda.used_bytes()
        options = {"gpu_mem_limit": str(limit)}
        pair, log = Pair.open("buildings", device, "fp32", scene, options), Log()
        opened = meter.cuda.used_bytes()
        codes = pair.codes(side_px, side_px, log)
        during = meter.cuda.used_bytes()
        pair.release_memory()
        after = meter.cuda.used_bytes()
    except RecurveError as error:
        report.fail("cut into parts", str(error))
        return
    differing = int(np.count_nonzero(codes != whole))
    report.add("limit for each network", f"{limit / 1e6:.0f} MB", limit_bytes=limit)
    report.add("what the log says", " ".join(log.lines) or "nothing: the tile fitted", lines=log.lines)
    report.add("pixels of another class than without a limit", str(differing), differing=differing)
    report.add(
        "memory after opening, after the run, after giving back",
        ", ".join(f"{(bytes_ - before) / 1e6:.0f} MB" for bytes_ in (opened, during, after)),
        opened_bytes=opened - before,
        during_bytes=during - before,
        after_bytes=after - before,
    )
    if during - opened > _SOME_BYTES and after - opened > max(_SOME_BYTES, (during - opened) // 2):
        report.fail("memory given back", f"{(after - opened) / 1e6:.0f} MB are still taken")
