"""The command: what is measured in which order, and how it ends."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from ...core.errors import DeviceError
from ...models.runtime.session import DEVICES, onnx_runtime
from . import copying, learning, machine, memory, numbers, seams, speed
from .meter import meter_of
from .report import Report
from .scene import Scene

ROOT = Path(__file__).resolve().parents[2]
SIDES_PX = (512, 1024, 2048, 4096)
_QUICK_SIDES_PX = (256, 512)
_QUICK_SEAMS_PX = 512
_FATAL_ONLY = 4


def main(arguments: list[str]) -> int:
    """Measure a device.

    Args:
        arguments: of the command line, without the program's name.

    Returns:
        0, or 1 where something does not work.

    Raises:
        SystemExit: nothing can be measured; it says why.
    """
    parser = argparse.ArgumentParser(
        prog="gpu.py", description="The networks on a device, proved and measured."
    )
    parser.add_argument("--device", default="CUDA", choices=DEVICES[1:], help="CUDA by default")
    parser.add_argument(
        "--quick", action="store_true", help="small tiles and short epochs: does it run at all?"
    )
    parser.add_argument(
        "--output", type=Path, help="the JSON; build/gpu/DEVICE.json of the checkout by default"
    )
    given = parser.parse_args(arguments)
    report = Report(given.output or ROOT / "build" / "gpu" / f"{given.device}.json")
    _quiet()
    if reason := machine.missing(given.device):
        raise SystemExit(reason)
    try:
        report.write()
    except OSError as error:
        raise SystemExit(
            f"{report.path} cannot be written ({error.strerror}); choose another place with --output."
        ) from error
    _measure(given.device, given.quick, report)
    sys.stdout.write(f"\nKept in {report.path}.\n")
    return 1 if report.failures else 0


def _measure(device: str, is_quick: bool, report: Report) -> None:
    """Every part of the table; one that breaks leaves the others."""
    sides_px = _QUICK_SIDES_PX if is_quick else SIDES_PX
    seams_px = _QUICK_SEAMS_PX if is_quick else seams.SIDE_PX
    scene, meter = Scene(), meter_of(device)
    report.about["date"] = time.strftime("%Y-%m-%d")
    parts: dict[str, Callable[[], None]] = {
        "machine": lambda: machine.describe(device, meter, report),
        "numbers": lambda: numbers.compare(device, scene, report, 256 if is_quick else numbers.SIDE_PX),
        "speed": lambda: speed.measure(device, meter, sides_px, scene, report),
        "copying": lambda: copying.rates(meter, report),
        "seams": lambda: seams.compare(device, meter, seams_px, scene, report),
        "memory": lambda: memory.overflow(device, meter, scene, report),
        "learning": lambda: learning.epochs(device, scene, is_quick, report),
    }
    seconds = report.about["seconds"] = {}
    for name, part in parts.items():
        start = time.perf_counter()
        try:
            part()
        except Exception as error:  # noqa: BLE001 (whatever breaks on somebody's GPU, the rest is to be seen)
            traceback.print_exc()
            report.fail(name, f"{type(error).__name__}: {error}")
        seconds[name] = round(time.perf_counter() - start, 1)
        report.write()
    taken = ", ".join(f"{name} {part_s:.0f}" for name, part_s in seconds.items())
    sys.stdout.write(f"\nSeconds: {taken}.\n")


def _quiet() -> None:
    """ONNX Runtime says in many lines what the command says in one."""
    try:
        onnx_runtime().set_default_logger_severity(_FATAL_ONLY)
    except DeviceError as error:
        raise SystemExit(str(error)) from error
