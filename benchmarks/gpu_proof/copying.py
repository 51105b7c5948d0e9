"""What the bus gives, from ordinary memory as ONNX Runtime copies and from pinned memory, which it does not take."""

from __future__ import annotations

from .meter import CudaMeter, HostMeter
from .report import Report

_SIDE_PX = 2048
_BYTES_PER_PX = 3  # three bands of bytes


def rates(meter: CudaMeter | HostMeter, report: Report) -> None:
    """GB/s each way for the pixels of a tile; what pinned memory could save at the most is the difference."""
    report.begin(f"copying {_SIDE_PX} x {_SIDE_PX} px of 3 bytes, GB/s")
    if not isinstance(meter, CudaMeter):
        report.add("to the device and back", "nothing is copied: the CPU works on the arrays themselves")
        return
    size = _SIDE_PX**2 * _BYTES_PER_PX
    for way in ("to", "from"):
        ordinary, pinned = (
            size / meter.cuda.copy_seconds(size, to_device=way == "to", is_pinned=is_pinned) / 1e9
            for is_pinned in (False, True)
        )
        report.add(
            f"{way} the device",
            f"{ordinary:.1f} from ordinary memory, {pinned:.1f} from pinned memory",
            ordinary_gb_per_s=ordinary,
            pinned_gb_per_s=pinned,
        )
