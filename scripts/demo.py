"""`make demo`: two real images through QGIS, as any user would run them, measured against their references.

Each number of iterations is a run of its own of `recurve:classify` in `qgis_process`. Maps and pictures are left in
`build/demo`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "build/qgis/profiles/default/python/plugins"))

from recurve.core.metrics.accuracy import Accuracy, assess  # noqa: E402
from recurve.models.contract import ClassEntry, NetworkContract  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402

IMAGES = ROOT / "resources" / "demo"
WEIGHTS = ROOT / "models" / "weights"
RESULTS = ROOT / "build" / "demo"


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
        contract = read_contract(demo.classifier)
        iterations = read_contract(demo.corrector).iterations if demo.corrector.exists() else 0
        start = time.monotonic()
        maps = [classify(demo, count) for count in range(iterations + 1)]
        reference = read(demo.reference)[0]
        accuracies = [assess(reference, codes, len(contract.classes)) for codes in maps]
        print(f"\n{demo.image.name}: {contract.name}, {len(maps)} runs in {time.monotonic() - start:.0f} s\n")
        print(table(accuracies, contract.classes))
        picture = RESULTS / f"{demo.name}.png"
        draw(picture, demo, contract, maps, reference, accuracies)
        print(f"\n{picture.relative_to(ROOT)}")


def classify(demo: Demo, iterations: int) -> np.ndarray:
    """Run `recurve:classify` in a QGIS process of its own; its map (height, width)."""
    output = RESULTS / f"{demo.name}_{iterations}.tif"
    command = [
        str(ROOT / "scripts" / "bin" / "qgis_process"), "run", "recurve:classify", "--",
        f"INPUT={demo.image}", f"CLASSIFIER={demo.classifier}", f"ITERATIONS={iterations}", f"OUTPUT={output}",
    ]  # fmt: skip
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


def table(accuracies: list[Accuracy], classes: tuple[ClassEntry, ...]) -> str:
    """The figures of each iteration, in percent."""
    head = ["iterations", "accuracy", "mean IoU", *(entry.name for entry in classes), "boundary IoU"]
    rows = [
        [str(t), *(f"{100 * value:.1f}" for value in (a.overall, a.mean_iou, *a.iou, a.mean_boundary_iou))]
        for t, a in enumerate(accuracies)
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join("  ".join(cell.rjust(w) for cell, w in zip(row, widths)) for row in [head, *rows])


def draw(
    path: Path,
    demo: Demo,
    contract: NetworkContract,
    maps: list[np.ndarray],
    reference: np.ndarray,
    accuracies: list[Accuracy],
) -> None:
    """Image, classifier's map, corrected map and reference side by side."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import patches, pyplot

    colours = np.array(
        [[255, 255, 255], *(tuple(bytes.fromhex(entry.colour[1:])) for entry in contract.classes)], np.uint8
    )
    panels = [
        ("image", read(demo.image)[:3].transpose(1, 2, 0)),
        (f"classifier: mean IoU {100 * accuracies[0].mean_iou:.1f}", colours[maps[0]]),
        *(
            (f"corrected, {count} iterations: {100 * accuracies[count].mean_iou:.1f}", colours[maps[count]])
            for count in range(1, len(maps))[-1:]
        ),
        ("reference", colours[reference]),
    ]
    height, width = reference.shape
    size = (3.5 * len(panels), 3.5 * height / width + 0.7)
    figure, axes = pyplot.subplots(1, len(panels), figsize=size)
    for axis, (title, pixels) in zip(axes, panels):
        axis.imshow(pixels, interpolation="nearest")
        axis.set_title(title, fontsize=10)
        axis.axis("off")
    keys = [
        patches.Patch(color=tuple(colour / 255), label=entry.name)
        for entry, colour in zip(contract.classes, colours[1:])
    ]
    figure.legend(handles=keys, loc="lower center", ncol=len(keys), frameon=False, fontsize=9)
    figure.tight_layout(rect=(0, 0.35 / figure.get_figheight(), 1, 1))
    figure.savefig(path, dpi=90)
    pyplot.close(figure)


if __name__ == "__main__":
    main()
