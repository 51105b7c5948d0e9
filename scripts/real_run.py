"""`make real-run`: from an image and digitised buildings to an assessed map, with `qgis_process` only.

Runs the commands of `docs/banepa.md` in order, as a new user would, and writes that page: each command with the output
it really had, how long it took, and the pictures. Each step is left out where its result is there already.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from osgeo import gdal

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("RECURVE_DATA", ROOT.parent / "shared" / "data")) / "banepa-buildings"
RUN = ROOT / "build" / "banepa"
PAGE = ROOT / "docs" / "banepa.md"
_PROGRESS = re.compile(r"^(?:[\d.]+(?=[A-Z])|\.+(?=\d))")  # the bar that qgis_process draws into its log
COLUMN_PX = 256  # the data's chips at half resolution


@dataclass(frozen=True)
class Step:
    """A command, what it is for, and the file it makes, by which it is known to be done."""

    title: str
    why: str
    command: Sequence[str]
    makes: str


def steps() -> list[Step]:
    """All commands, in order; paths are relative to the folder of the run."""
    image, classifier, corrector = "image.tif", "classifier.onnx", "corrector.onnx"
    outlines = "$DATA/buildings_osm.geojson"
    shared = [f"INPUT={image}", f"LABELS={outlines}", "CLASSES=building", "BACKGROUND=background"]
    return [
        Step(
            "The image",
            "Drone imagery of Banepa, Nepal, averaged to pixels of 0.27 m on the ground.",
            ["gdal_translate", "-q", "-outsize", "50%", "50%", "-r", "average", "$DATA/banepa_rgb.vrt", image],
            image,
        ),
        *(
            Step(
                f"Where: {what}",
                "In QGIS one would draw a polygon.",
                _run("native:extenttolayer", f"INPUT={_extent(first, last)}", f"OUTPUT={name}.gpkg"),
                f"{name}.gpkg",
            )
            for name, what, first, last in (
                ("coarse_area", "two thirds of the town, with coarse labels", 0, 4),
                ("accurate_area", "a strip with accurate labels", 4, 5),
                ("test_area", "a held-out strip", 5, 6),
            )
        ),
        Step(
            "Coarse samples",
            "Labels as OpenStreetMap has them in many places: shifted by up to 3 m, a tenth of the buildings missing. "
            "Here these flaws are simulated.",
            _run(
                "recurve:preparesamples", *shared, "MASK=coarse_area.gpkg", "VALIDATION_FRACTION=0.1",
                "SIMULATE_MISREGISTRATION=3", "SIMULATE_OMISSION=10", "OUTPUT=coarse",
            ),
            "coarse/samples.json",
        ),
        Step(
            "Accurate samples",
            "The strip whose outlines were drawn with care.",
            _run(
                "recurve:preparesamples", *shared, "MASK=accurate_area.gpkg", "VALIDATION_FRACTION=0.25",
                "OUTPUT=accurate",
            ),
            "accurate/samples.json",
        ),
        Step(
            "Classifier",
            "The network of the paper, from the coarse samples.",
            _run("recurve:trainclassifier", "SAMPLES=coarse", f"OUTPUT={classifier}", "OUTPUT_HTML=classifier.html"),
            classifier,
        ),
        Step(
            "Corrector",
            "From the accurate samples, for this classifier.",
            _run(
                "recurve:traincorrector", "SAMPLES=accurate", f"CLASSIFIER={classifier}", f"OUTPUT={corrector}",
                "OUTPUT_HTML=corrector.html",
            ),
            corrector,
        ),
        Step(
            "Map",
            "Of the held-out strip, with the maps of all iterations.",
            _run(
                "recurve:classify", f"INPUT={image}", f"CLASSIFIER={classifier}", f"CORRECTOR={corrector}",
                f"EXTENT={_extent(5, 6)}", "OUTPUT=map.tif", "ITERATES=iterates.tif",
            ),
            "map.tif",
        ),
        Step(
            "Accuracy",
            "After each iteration, by the outlines as they are.",
            _run(
                "recurve:assess", "MAPS=iterates.tif", f"REFERENCE={outlines}", "MASK=test_area.gpkg",
                "CLASS_NAME=building", "BACKGROUND=background", "OUTPUT_HTML=assessment.html",
                "OUTPUT_JSON=assessment.json",
            ),
            "assessment.json",
        ),
        Step(
            "To look at",
            "The map as it is corrected.",
            _run(
                "recurve:animate", f"INPUT={image}", "ITERATES=iterates.tif", f"EXTENT={_extent(5, 6, rows=(2, 4))}",
                "OUTPUT=correction.gif",
            ),
            "correction.gif",
        ),
    ]  # fmt: skip


def main() -> None:
    """Run what is not done yet, write the page."""
    if not DATA.is_dir():
        raise SystemExit(
            f"{DATA} does not exist: models/weights/README.md says where to get it and how to arrange it, and "
            "RECURVE_DATA names the folder above it."
        )
    RUN.mkdir(parents=True, exist_ok=True)
    told = [run(step) for step in steps()]
    PAGE.write_text(page(told), encoding="utf-8")
    shutil.copy(RUN / "correction.gif", PAGE.parent / "correction.gif")


def run(step: Step) -> tuple[Step, str, float]:
    """A step with its output and its duration in seconds; read from its log where it was done before."""
    log = RUN / f"{step.makes.replace('/', '_')}.log"
    if not ((RUN / step.makes).exists() and log.exists()):
        say(f"{step.title}: {shown(step.command)}")
        start = time.monotonic()
        command = [part.replace("$DATA", str(DATA)) for part in step.command]
        done = subprocess.run(command, cwd=RUN, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - start
        output = told(done.stdout) + ("" if done.returncode == 0 else f"\n{done.stderr}")
        if done.returncode != 0:
            raise SystemExit(f"{shown(step.command)} failed after {seconds:.0f} s:\n{output}")
        log.write_text(f"{seconds:.1f}\n{output}", encoding="utf-8")
    seconds_text, _, output = log.read_text(encoding="utf-8").partition("\n")
    return step, output, float(seconds_text)


def told(output: str) -> str:
    """What `qgis_process` says without its bars of progress, the list of inputs and paths of this machine."""
    lines = [_PROGRESS.sub("", line).strip() for line in output.splitlines()]
    if "Inputs" in lines and "Results" in lines:
        start, stop = lines.index("Inputs"), lines.index("Results")
        blank = next(number for number in range(start + 3, stop) if not lines[number])
        lines = lines[blank:stop]
    kept = [line for line in lines if line and not set(line) <= {"-"} and not line.endswith("- done.")]
    return "\n".join(kept).replace(str(DATA), "$DATA").replace(f"{RUN}/", "").replace(str(ROOT), "recurve")


def page(told_steps: Sequence[tuple[Step, str, float]]) -> str:
    """The page of the documentation."""
    total = sum(seconds for _, _, seconds in told_steps) / 60
    parts = [
        "# From an image and outlines to an assessed map\n",
        "Everything a user does to get networks for their own images, with `qgis_process` only; in QGIS the same "
        "algorithms are in the toolbox. `make real-run` runs these commands and writes this page, with the output they "
        f"had ({date.today()}, {os.cpu_count()} cores, {platform.machine()}; {total:.0f} minutes together).\n",
        "Imagery: OpenAerialMap contributors, CC BY 4.0. Outlines: (c) OpenStreetMap contributors, ODbL 1.0; both as "
        "sample data of HOT's fAIr project. `$DATA` is the folder with `banepa_rgb.vrt` and `buildings_osm.geojson`. "
        "`qgis_process` is the one in `scripts/bin`.\n",
        "![The map of a part of Banepa as it is corrected, beside the image](correction.gif)\n",
    ]
    for step, output, seconds in told_steps:
        text = f"## {step.title}\n\n{step.why}\n\n```sh\n{shown(step.command)}\n```\n\n"
        text += f"```text\n{output}\n```\n\n" if output.strip() else ""
        parts.append(f"{text}*{seconds:.0f} s*\n")
    return "\n".join(parts)


def shown(command: Sequence[str]) -> str:
    """A command as one types it."""
    first, *rest = command
    words = [Path(first).name, *rest]
    return " ".join(word if re.fullmatch(r"[\w./:=$%,-]+", word) else shlex.quote(word) for word in words)


def say(text: str) -> None:
    """One line for whoever waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _run(algorithm: str, *parameters: str) -> list[str]:
    return [str(ROOT / "scripts" / "bin" / "qgis_process"), "run", algorithm, "--", *parameters]


def _extent(first: int, last: int, rows: tuple[int, int] = (0, 8)) -> str:
    """Some columns and rows of the data's chips, in the image's coordinates."""
    left, width, _, top, _, height = gdal.Open(str(DATA / "banepa_rgb.vrt")).GetGeoTransform()
    side_x, side_y = 2 * COLUMN_PX * width, 2 * COLUMN_PX * height
    xs, ys = [left + side_x * n for n in (first, last)], sorted(top + side_y * n for n in rows)
    return f"{xs[0]:.3f},{xs[1]:.3f},{ys[0]:.3f},{ys[1]:.3f} [EPSG:3857]"


if __name__ == "__main__":
    main()
