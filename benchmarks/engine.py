"""How close the engine is to the bare networks, in time and memory: `make bench-engine`, PARTS= for some parts of it.

Each part prints what it measured in this run beside the target it is held against. Runs whose memory counts are
processes of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable

import numpy as np

from ..core.inference.make_map import MapRun, make_map
from ..core.inference.mean_confidence import MeanConfidence
from ..core.inference.outputs import Outputs
from ..core.inference.tile_inference import Networks
from ..core.output.writers import MapWriter
from ..core.progress import Quiet
from ..core.raster.file_reader import RasterReader
from ..core.raster.polygon_mask import PolygonMask
from ..core.raster.tiling import AUTOMATIC_SIDE_PX, tile_grid
from ..models.runtime.network import Network
from ..models.runtime.precision import PRECISIONS
from ..models.runtime.session import DEVICES
from ..recipes.data import ROOT
from .corrector_forms import say
from .crf_comparison import SIDES_PX, paper_form_figures, runtime_settings
from .mosaic import FOLDER, banepa_mosaic
from .null_network import null_classifier

WEIGHTS = ROOT / "models" / "weights"
CLASSIFIER, CORRECTOR = WEIGHTS / "buildings_classifier.onnx", WEIGHTS / "buildings_corrector.onnx"
SIDE_100_MPX = 10_000
COMMON_SIDE_PX = 1250


def engine_run(
    image: Path,
    *,
    null: bool = False,
    masked_share: float = 1.0,
    device: str = "CPU",
    precision: str = "fp32",
    side_px: int = 0,
    output: Path | None = None,
) -> dict[str, float]:
    """The whole engine on an image, in this process.

    Args:
        image: what to classify.
        null: a network that computes next to nothing instead of the pretrained ones.
        masked_share: share of the image that a mask leaves to classify.
        device: where the networks run.
        precision: what they compute in.
        side_px: largest tile side; 0 for the automatic one.
        output: where the map is kept; None to throw it away.

    Returns:
        Seconds of the run, Mpx of the image, and the process's peak resident memory so far in MiB.
    """
    with TemporaryDirectory(dir=FOLDER) as name, ExitStack() as stack:
        if null:
            classifier, corrector, iterations = Network.open(null_classifier(Path(name)), device), None, 0
        else:
            classifier, corrector = (
                Network.open(path, device, precision) for path in (CLASSIFIER, CORRECTOR)
            )
            iterations = corrector.contract.iterations
        mask = _mask(image, masked_share) if masked_share < 1 else None
        reader = stack.enter_context(RasterReader(str(image), mask=mask))
        start = time.perf_counter()
        with MapWriter(
            output or Path(name) / "map.tif", reader.grid, classifier.contract.classes, {}
        ) as writer:
            make_map(
                MapRun(
                    reader,
                    Networks(classifier, corrector, iterations),
                    reader.grid.extent,
                    Outputs(writer),
                    tile_side_px=side_px,
                ),
                Quiet(),
                MeanConfidence(),  # as classify asks for it
            )
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "mpx": reader.grid.height * reader.grid.width / 1e6, "peak_mib": peak}


def bare_run(
    image: Path, *, defaults: bool, device: str = "CPU", precision: str = "fp32"
) -> dict[str, float]:
    """The bare `session.run` of both networks on as many pixels, one array per tile, without halo, reading or writing.

    Args:
        image: gives the pixels, read beforehand, and the tiles.
        defaults: sessions with ONNX Runtime's own settings instead of the engine's.
        device: where the networks run.
        precision: what they compute in.
    """
    import onnxruntime

    networks = [Network.open(path, device, precision) for path in (CLASSIFIER, CORRECTOR)]
    sessions = [network._session for network in networks]
    if defaults:
        sessions = [
            onnxruntime.InferenceSession(str(path), providers=session.get_providers())
            for path, session in zip((CLASSIFIER, CORRECTOR), sessions)
        ]
    iterations = np.array(networks[1].contract.iterations)
    with RasterReader(str(image)) as reader:
        windows = [tile.inner for tile in tile_grid(reader.grid.extent, AUTOMATIC_SIDE_PX, 0, 4)]
        pixels = [reader.read(window).values[None].astype(np.float32) for window in windows[:4]]

    def tile(number: int, window: Any) -> None:
        array = np.ascontiguousarray(
            pixels[number % len(pixels)][:, :, : window.height // 4 * 4, : window.width // 4 * 4]
        )
        scores = sessions[0].run(None, {"image": array})[0]
        sessions[1].run(None, {"scores": scores, "image": array, "iterations": iterations})

    tile(0, windows[0])
    start = time.perf_counter()
    for number, window in enumerate(windows):
        tile(number, window)
    return {"seconds": time.perf_counter() - start, "mpx": reader.grid.height * reader.grid.width / 1e6}


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


def child(task: str, image: Path, **settings: Any) -> dict[str, float]:
    """A run in a process of its own."""
    arguments = json.dumps({"image": str(image), **settings}, default=str)
    command = [sys.executable, "-m", __spec__.name, "--child", task, arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{task} {arguments} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(what: str, measured: str, target: str) -> None:
    """One line of the table."""
    say(f"| {what} | {measured} | {target} |")


def _mask(image: Path, share: float) -> PolygonMask:
    """A square in the image's middle that covers a share of it."""
    from osgeo import ogr

    with RasterReader(str(image)) as reader:
        height, width = reader.grid.height, reader.grid.width
    half = 0.5 * (share * height * width) ** 0.5
    x, y = width / 2, -height / 2
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    ring = ", ".join(f"{px} {py}" for px, py in [*corners, corners[0]])
    return PolygonMask([bytes(ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))").ExportToWkb())])


PARTS: dict[str, Callable[..., None]] = {
    part.__name__: part for part in (whole, memory, size, mask, startup, seams, paper_form, runtime)
}


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of {', '.join(PARTS)}; all by default")
    parser.add_argument("--device", default="CPU", choices=DEVICES[1:], help="where the networks run")
    parser.add_argument("--precision", default="fp32", choices=PRECISIONS[1:], help="what they compute in")
    parser.add_argument("--child", nargs=2, metavar=("TASK", "SETTINGS"))
    arguments = parser.parse_args()
    if arguments.child:
        task, settings = arguments.child[0], json.loads(arguments.child[1])
        image, output = Path(settings.pop("image")), settings.pop("output", None)
        settings.update({"output": Path(output)} if output else {})
        run = {"engine_run": engine_run, "bare_run": bare_run}[task]
        sys.stdout.write(json.dumps(run(image, **settings)) + "\n")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    where = {"device": arguments.device, "precision": arguments.precision}
    say(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {arguments.device}, {arguments.precision}\n")
    say("| what | measured | target |\n| --- | --- | --- |")
    for name in arguments.parts or PARTS:
        PARTS[name](**where)


if __name__ == "__main__":
    main()
