"""How close the engine is to the bare networks, in time and memory: `make bench-engine`, PARTS= for some parts of it.

Each part prints what it measured in this run beside the target it is held against.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Callable

import numpy as np

from ..core.raster.file_reader import RasterReader
from ..core.raster.tiling import tile_grid
from ..models.runtime.precision import PRECISIONS
from ..models.runtime.session import DEVICES
from ..recipes.data import ROOT
from .corrector_forms import say
from .crf_comparison import SIDES_PX, paper_form_figures, runtime_settings
from .engine_runs import CLASSIFIER, child
from .mosaic import FOLDER, banepa_mosaic

SIDE_100_MPX = 10_000
COMMON_SIDE_PX = 1250


def whole(**device: str) -> None:
    """Wall time of a run against the bare networks."""
    image = banepa_mosaic(SIDE_100_MPX, SIDE_100_MPX)
    bare = child("bare_run", image, defaults=False, **device)
    usual = child("bare_run", image, defaults=True, **device)
    engine = child("engine_run", image, **device)
    for name, run in (("bare, ONNX Runtime's defaults", usual), ("bare, the engine's settings", bare)):
        ratio = engine["seconds"] / run["seconds"]
        row(
            f"100 Mpx, engine / {name}",
            f"{ratio:.3f} ({engine['seconds']:.1f} s / {run['seconds']:.1f} s)",
            "<= 1.15",
        )
    row("100 Mpx, peak memory", f"{engine['peak_mib']:.0f} MiB", "<= 1536 MiB")


def memory(**device: str) -> None:
    """Memory and time per pixel do not grow with the image, at one tile side that divides both."""
    small, large = (
        child("engine_run", banepa_mosaic(side, side), side_px=COMMON_SIDE_PX, **device)
        for side in (5_000, 20_000)
    )
    compare("400 Mpx against 25 Mpx", large, small)


def size(**device: str) -> None:
    """The same with a network that computes next to nothing, up to 10 Gpx."""
    small, large = (
        child("engine_run", banepa_mosaic(side, side), null=True, side_px=COMMON_SIDE_PX, **device)
        for side in (20_000, 100_000)
    )
    compare("null network, 10 Gpx against 400 Mpx", large, small)


def compare(name: str, large: dict[str, float], small: dict[str, float]) -> None:
    """Two runs, per pixel."""
    growth = large["peak_mib"] / small["peak_mib"]
    row(
        f"{name}: peak memory",
        f"{growth:.3f} ({large['peak_mib']:.0f} / {small['peak_mib']:.0f} MiB)",
        "<= 1.10",
    )
    slower = (large["seconds"] / large["mpx"]) / (small["seconds"] / small["mpx"])
    times = f"{large['seconds'] / large['mpx']:.4f} / {small['seconds'] / small['mpx']:.4f} s/Mpx"
    row(f"{name}: time per pixel", f"{slower:.3f} ({times})", "<= 1.05")


def mask(**device: str) -> None:
    """A mask that leaves 1 % of the image."""
    image = banepa_mosaic(SIDE_100_MPX, SIDE_100_MPX)
    full, part = child("engine_run", image, **device), child("engine_run", image, masked_share=0.01, **device)
    row("mask of 1 %, of the full run's time", f"{100 * part['seconds'] / full['seconds']:.1f} %", "<= 3 %")


def startup(**_: str) -> None:
    """From the plugin's import to the first tile, beyond what QGIS itself takes."""
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process") or "qgis_process"
    image = ROOT / "resources" / "demo" / "buildings.tif"
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small.tif"
        subprocess.run(["gdal_translate", "-q", "-srcwin", "0", "0", "64", "64", image, small], check=True)

        def seconds(*arguments: str) -> float:
            start = time.perf_counter()
            subprocess.run([program, "run", *arguments], check=True, capture_output=True)
            return time.perf_counter() - start

        ours = [
            "recurve:classify",
            "--",
            f"INPUT={small}",
            f"CLASSIFIER={CLASSIFIER}",
            f"OUTPUT={folder}/map.tif",
        ]
        theirs = ["native:rasterlayerproperties", "--", f"INPUT={small}", "BAND=1"]
        pairs = [(seconds(*ours), seconds(*theirs)) for _ in range(5)]
    with_recurve, without = (min(times) for times in zip(*pairs))
    row(
        "start-up beyond QGIS's own",
        f"{with_recurve - without:.2f} s ({with_recurve:.2f} - {without:.2f} s)",
        "<= 1.5 s",
    )


def seams(**device: str) -> None:
    """The map of a 100 Mpx image at four tile sides."""
    image = banepa_mosaic(SIDE_100_MPX, SIDE_100_MPX)
    sides = (512, 1024, 2048, 4096)
    maps = [FOLDER / f"seams_{side}.tif" for side in sides]
    for side, path in zip(sides, maps):
        child("engine_run", image, side_px=side, output=path, **device)
    for side, path in zip(sides[1:], maps[1:]):
        row(f"100 Mpx, codes that differ between sides 512 and {side}", str(differing(maps[0], path)), "0")


def paper_form(**_: str) -> None:
    """The published corrector against a dense CRF and the machine's matrix product."""
    found = paper_form_figures(CLASSIFIER)
    speeds = {side: found[f"corrector {side}"] for side in SIDES_PX}
    shown = ", ".join(f"{speed:.2f} at {side} px" for side, speed in speeds.items())
    best = max(speeds.values())
    row(
        "paper form, Mpx/s against dense CRF's (10 iterations)",
        f"{best / found['crf']:.2f} ({shown}; {found['crf']:.2f})",
        ">= 4",
    )
    flops = best * found["flops"] / 1000
    row(
        "paper form, useful flops against the matrix product's",
        f"{100 * flops / found['gemm']:.0f} % ({flops:.0f} / {found['gemm']:.0f} GFLOP/s)",
        ">= 60 %",
    )


def runtime(**_: str) -> None:
    """The classifier under the engine's and under other settings of ONNX Runtime."""
    found = runtime_settings(CLASSIFIER)
    own, _ = found.pop("engine")
    best = max(speed for speed, same in found.values() if same == 1)
    row(
        "classifier, engine's settings / best other ones in fp32",
        f"{own / best:.2f} ({own:.2f} Mpx/s)",
        ">= 0.9",
    )
    for name, (speed, same) in found.items():
        row(f"classifier, {name}", f"{speed:.2f} Mpx/s, {100 * same:.2f} % of the classes kept", "")


def differing(one: Path, other: Path) -> int:
    """How many pixels of two maps differ."""
    with RasterReader(str(one)) as first, RasterReader(str(other)) as second:
        return sum(
            int(np.count_nonzero(first.read(tile.inner).values != second.read(tile.inner).values))
            for tile in tile_grid(first.grid.extent, 2048, 0, 1)
        )


def row(what: str, measured: str, target: str) -> None:
    """One line of the table."""
    say(f"| {what} | {measured} | {target} |")


PARTS: dict[str, Callable[..., None]] = {
    part.__name__: part for part in (whole, memory, size, mask, startup, seams, paper_form, runtime)
}


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all by default")
    parser.add_argument("--device", default="CPU", choices=DEVICES[1:], help="where the networks run")
    parser.add_argument("--precision", default="fp32", choices=PRECISIONS[1:], help="what they compute in")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    where = {"device": arguments.device, "precision": arguments.precision}
    say(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {arguments.device}, {arguments.precision}\n")
    say("| what | measured | target |\n| --- | --- | --- |")
    for name in arguments.parts or PARTS:
        PARTS[name](**where)


if __name__ == "__main__":
    main()
