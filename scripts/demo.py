"""`make demo`: two real images through QGIS, as any user would run them, measured against their references.

Each number of iterations is a run of its own of `recurve:classify` in `qgis_process`. Then the map that the classifier
alone has made of the buildings is corrected without any training, by `recurve:correct` with the corrector that it takes
where none is given; and once more with five hints. Maps and pictures are left in `build/demo`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from osgeo import gdal

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "build/qgis/profiles/default/python/plugins"))

from recurve.core.metrics.accuracy import Accuracy, assess  # noqa: E402
from recurve.models.contract import ClassEntry  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402
from recurve.scripts.demo_hints import hints_in_largest_pieces, write_hints  # noqa: E402
from recurve.scripts.demo_pictures import Panel, draw  # noqa: E402

IMAGES = ROOT / "resources" / "demo"
WEIGHTS = ROOT / "models" / "weights"
RESULTS = ROOT / "build" / "demo"
HINT_COUNT = 5


@dataclass(frozen=True)
class Demo:
    """An image with its reference and the networks made for it; there may be no pretrained corrector."""

    name: str
    image: Path
    reference: Path
    classifier: Path
    corrector: Path


DEMOS = tuple(
    Demo(
        name,
        IMAGES / image,
        IMAGES / f"{name}_reference.tif",
        WEIGHTS / f"{name}_classifier.onnx",
        WEIGHTS / f"{name}_corrector.onnx",
    )
    for name, image in (("urban", "urban.jpg"), ("buildings", "buildings.tif"))
)


def main() -> None:
    """Run, measure, draw."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for demo in DEMOS:
        with_own_networks(demo)
    without_training(DEMOS[1])


def with_own_networks(demo: Demo) -> None:
    """An image by the networks made for it, one run for each number of iterations."""
    contract = read_contract(demo.classifier)
    iterations = read_contract(demo.corrector).iterations if demo.corrector.exists() else 0
    start = time.monotonic()
    maps = [classify(demo, count) for count in range(iterations + 1)]
    reference = read(demo.reference)[0]
    accuracies = [assess(reference, codes, len(contract.classes)) for codes in maps]
    print(f"\n{demo.image.name}: {contract.name}, {len(maps)} runs in {time.monotonic() - start:.0f} s\n")
    print(table("iterations", {str(t): accuracy for t, accuracy in enumerate(accuracies)}, contract.classes))
    panels = [Panel("image", read(demo.image)[:3].transpose(1, 2, 0))]
    panels.append(Panel(f"classifier: mean IoU {100 * accuracies[0].mean_iou:.1f}", maps[0]))
    if iterations:
        title = f"corrected, {iterations} iterations: {100 * accuracies[-1].mean_iou:.1f}"
        panels.append(Panel(title, maps[-1]))
    picture = RESULTS / f"{demo.name}.png"
    draw(picture, [*panels, Panel("reference", reference)], contract.classes)
    print(f"\n{picture.relative_to(ROOT)}")


def without_training(demo: Demo) -> None:
    """The classifier's map, corrected by the universal corrector, without hints and with hints."""
    contract, reference, start = read_contract(demo.classifier), read(demo.reference)[0], time.monotonic()
    given = {"INPUT": demo.image, "MAP": RESULTS / f"{demo.name}_0.tif"}
    bare = read(given["MAP"])[0]
    corrected = run("recurve:correct", RESULTS / f"{demo.name}_untrained.tif", **given)
    hints, layer = hints_in_largest_pieces(corrected, reference, HINT_COUNT), RESULTS / "hints.gpkg"
    write_hints(layer, hints, [entry.name for entry in contract.classes], demo.image)
    hinted = run("recurve:correct", RESULTS / f"{demo.name}_hints.tif", HINTS=layer, **given)
    names = ("classifier", "corrected without training", f"the same with {len(hints)} hints")
    maps = dict(zip(names, (bare, corrected, hinted)))
    accuracies = {name: assess(reference, codes, len(contract.classes)) for name, codes in maps.items()}
    print(f"\n{demo.image.name}: the universal corrector, 2 runs in {time.monotonic() - start:.0f} s\n")
    print(table("map", accuracies, contract.classes))
    was, now = corrected == reference, hinted == reference
    print(
        "\nThe universal corrector has learned from maps of other places and from other parts of this town, not from "
        "this image or\nthis classifier.\n"
        f"The hints are placed by the reference, in the middles of the {len(hints)} largest wrong pieces that the "
        f"correction has left\n({', '.join(str(hint.piece_px) for hint in hints)} px): as if by a person who knows "
        f"the place.\nThey make {np.count_nonzero(now & ~was)} wrong pixels right and "
        f"{np.count_nonzero(was & ~now)} right ones wrong."
    )
    panels = [
        Panel(f"{name}: {'mean IoU ' * (name == 'classifier')}{100 * accuracies[name].mean_iou:.1f}", codes)
        for name, codes in maps.items()
    ]
    panels[-1] = replace(panels[-1], hints=hints)
    image = Panel("image", read(demo.image)[:3].transpose(1, 2, 0))
    picture = RESULTS / "hints.png"
    draw(picture, [image, *panels, Panel("reference", reference)], contract.classes)
    print(f"\n{picture.relative_to(ROOT)}")


def classify(demo: Demo, iterations: int) -> np.ndarray:
    """The map of an image after so many iterations (height, width)."""
    output = RESULTS / f"{demo.name}_{iterations}.tif"
    networks = {"CLASSIFIER": demo.classifier, "ITERATIONS": iterations}
    return run("recurve:classify", output, INPUT=demo.image, **networks)


def run(algorithm: str, output: Path, **parameters: Path | int) -> np.ndarray:
    """Run an algorithm in a QGIS process of its own; the map that it has written (height, width)."""
    given = [f"{name}={value}" for name, value in {**parameters, "OUTPUT": output}.items()]
    command = [str(ROOT / "scripts" / "bin" / "qgis_process"), "run", algorithm, "--", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nfailed with status {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return read(output)[0]


def read(path: Path) -> np.ndarray:
    """A uint8 raster as (bands, height, width)."""
    raster = gdal.Open(str(path))
    if raster is None:
        sys.exit(f"{path} cannot be read ({gdal.GetLastErrorMsg()}).")
    return np.frombuffer(raster.ReadRaster(), np.uint8).reshape(-1, raster.RasterYSize, raster.RasterXSize)


def table(first: str, accuracies: dict[str, Accuracy], classes: tuple[ClassEntry, ...]) -> str:
    """The figures of maps, in percent; the first column says whose they are."""
    head = [first, "accuracy", "mean IoU", *(entry.name for entry in classes), "boundary IoU"]
    rows = [
        [name, *(f"{100 * value:.1f}" for value in (a.overall, a.mean_iou, *a.iou, a.mean_boundary_iou))]
        for name, a in accuracies.items()
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join("  ".join(cell.rjust(w) for cell, w in zip(row, widths)) for row in [head, *rows])


if __name__ == "__main__":
    main()
