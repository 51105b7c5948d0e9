"""The engine on an image, and the bare networks on as many pixels; in processes of their own, whose memory counts."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ..core.inference.make_map import make_map
from ..core.inference.map_run import MapRun
from ..core.inference.mean_confidence import MeanConfidence
from ..core.inference.outputs import Outputs
from ..core.inference.tile_inference import Networks
from ..core.output.writers import MapWriter
from ..core.progress import Quiet
from ..core.raster.file_reader import RasterReader
from ..core.raster.polygon_mask import PolygonMask
from ..core.raster.tiling import AUTOMATIC_SIDE_PX, tile_grid
from ..models.runtime.network import Network
from ..recipes.data import ROOT
from .mosaic import FOLDER
from .null_network import null_classifier

WEIGHTS = ROOT / "models" / "weights"
CLASSIFIER, CORRECTOR = WEIGHTS / "buildings_classifier.onnx", WEIGHTS / "buildings_corrector.onnx"


def child(task: str, image: Path, **settings: Any) -> dict[str, float]:
    """A run in a process of its own."""
    arguments = json.dumps({"image": str(image), **settings}, default=str)
    command = [sys.executable, "-m", __spec__.name, task, arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{task} {arguments} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


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


def main() -> None:
    """What `child` starts: a task and its settings as JSON; the last line of the output is what was found."""
    task, settings = sys.argv[1], json.loads(sys.argv[2])
    image, output = Path(settings.pop("image")), settings.pop("output", None)
    settings.update({"output": Path(output)} if output else {})
    run = {"engine_run": engine_run, "bare_run": bare_run}[task]
    sys.stdout.write(json.dumps(run(image, **settings)) + "\n")


if __name__ == "__main__":
    main()
