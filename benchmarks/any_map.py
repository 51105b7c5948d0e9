"""A map that is not ours, corrected, against hand-crafted filters: `make bench-any-map`.

A pixel-wise random forest of scikit-learn classifies Banepa at 0.53 m, from columns 0-3. A corrector learns from its
map on column 4 how to correct such maps; the settings of the other methods are chosen on the same column by grid
search. All are judged on column 5, which is looked at once, by the same figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..core.class_maps.input_map import read_class_map
from ..core.class_maps.start_scores import MapScores
from ..core.inference.make_map import make_map
from ..core.inference.map_run import MapRun
from ..core.inference.outputs import Outputs
from ..core.inference.tile_inference import Networks
from ..core.metrics.accuracy import Accuracy, assess
from ..core.output.class_value_writer import ClassValues
from ..core.output.writers import MapWriter
from ..core.progress import Quiet
from ..core.raster.file_reader import RasterReader
from ..core.raster.tiling import Window
from ..core.samples.sample_set import Chip, SampleSet
from ..core.samples.writer import SampleWriter
from ..core.training.chip_scores import by_map
from ..core.training.corrector import CorrectorSettings, train_corrector
from ..models.contract import ClassEntry
from ..models.runtime.network import Network
from ..recipes.banepa import BANEPA_PIXEL_M, BUILDING_CLASSES
from ..recipes.data import ROOT, data_folder
from . import baselines
from .corrector_forms import say

FOLDER = ROOT / "build" / "any_map"
SHRINK = 4  # of the data's pixels, to 0.53 m
SIDE_PX = 512 // SHRINK  # of a chip of the data
CODES = (10, 20)  # as another tool might number the classes
TREES, LEARNED_PX = 60, 60_000
GAP_PX = 24  # between what a corrector learns from and what chooses its epoch
Codes = NDArray[np.uint8]
Method = Callable[[Codes, NDArray[np.float32]], Codes]


def main() -> None:
    """Classify, correct in all ways, judge."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    image_path, truth_path = _halved("banepa_rgb", "average"), _halved("banepa_mask", "mode")
    with RasterReader(str(image_path)) as reader:
        image, grid = reader.read(reader.grid.extent).values.astype(np.float32), reader.grid
    with RasterReader(str(truth_path)) as reader:
        truth = (reader.read(reader.grid.extent).values[0] + 1).astype(np.uint8)
    columns = {"learned": slice(0, 4 * SIDE_PX), "chosen on": _column(4), "judged on": _column(5)}
    codes = random_forest(image, truth, columns["learned"])
    map_path = FOLDER / "forest.tif"
    with MapWriter(map_path, grid, BUILDING_CLASSES, {}, ClassValues(CODES)) as writer:
        writer.begin({}, [grid.extent])
        writer.write(codes, grid.extent)
    start = time.monotonic()
    corrected = corrected_map(image_path, map_path, truth)
    minutes = (time.monotonic() - start) / 60

    chosen, judged = columns["chosen on"], columns["judged on"]
    rows = [
        ("the random forest's map", _score(truth, codes, judged)),
        ("corrector", _score(truth, corrected, judged)),
    ]
    for name, settings, method in methods():
        best = max(
            settings, key=lambda s, m=method: _score(truth, _on(m(s), codes, image, chosen), chosen).mean_iou
        )
        rows.append((f"{name} {_told(best)}", _score(truth, _on(method(best), codes, image, judged), judged)))
    say(f"{time.strftime('%Y-%m-%d')}; the corrector was trained in {minutes:.0f} minutes\n")
    say("| method | mean IoU | building IoU | mean boundary IoU |\n| --- | --- | --- | --- |")
    for name, found in rows:
        say(
            f"| {name} | {100 * found.mean_iou:.1f} | {100 * found.iou[1]:.1f} | {100 * found.mean_boundary_iou:.1f} |"
        )


def random_forest(image: NDArray[np.float32], truth: Codes, columns: slice) -> Codes:
    """The map of a random forest that sees each pixel's colours and their means and spreads around it.

    Args:
        image: (bands, height, width).
        truth: (height, width), class values from 1.
        columns: what it learns from.
    """
    from scipy.ndimage import uniform_filter
    from sklearn.ensemble import RandomForestClassifier

    layers = [*image]
    for side in (5, 11):
        means = [uniform_filter(band, side) for band in image]
        squares = [uniform_filter(band**2, side) for band in image]
        layers += [*means, *(np.sqrt(np.maximum(s - m**2, 0)) for s, m in zip(squares, means))]
    features = np.stack(layers, axis=-1)
    known, labels = features[:, columns].reshape(-1, len(layers)), truth[:, columns].ravel()
    rng = np.random.default_rng(0)
    some = rng.choice(len(labels), LEARNED_PX, replace=False)
    forest = RandomForestClassifier(TREES, min_samples_leaf=5, n_jobs=-1, random_state=0)
    forest.fit(known[some], labels[some])
    codes: Codes = forest.predict(features.reshape(-1, len(layers))).reshape(truth.shape).astype(np.uint8)
    return codes


def corrected_map(image: Path, map_path: Path, truth: Codes) -> Codes:
    """The map, corrected by a corrector that has learned from it on column 4; all through the files of a user."""
    samples = _samples(image, truth)
    corrector_path = FOLDER / "corrector.onnx"
    class_map = read_class_map(str(map_path), "classes", BUILDING_CLASSES)
    if not corrector_path.exists():
        settings = CorrectorSettings(epochs=30, device="CPU")
        train_corrector(samples, by_map(class_map), settings, corrector_path, _Said())
    corrector = Network.open(corrector_path, "CPU")
    output = FOLDER / "corrected.tif"
    with (
        RasterReader(str(image)) as reader,
        MapScores(class_map, reader.grid) as start,
        MapWriter(output, reader.grid, BUILDING_CLASSES, {}) as writer,
    ):
        iterations = corrector.contract.iterations
        make_map(
            MapRun(reader, Networks(None, corrector, iterations), reader.grid.extent, Outputs(writer), start),
            Quiet(),
        )
    with RasterReader(str(output)) as reader:
        return reader.read(reader.grid.extent).values[0]


def methods() -> Iterable[tuple[str, list[dict[str, Any]], Callable[[dict[str, Any]], Method]]]:
    """Each method by hand: its name, the settings that are tried, and what it does with one of them."""
    sizes = [{"smallest": smallest} for smallest in (4, 8, 16, 32, 64, 128)]
    yield "sieve", sizes, lambda s: lambda c, _: baselines.sieve(c, **s)
    for name, settings, method in baselines.methods():
        yield name, settings, partial(_of_codes, method)


def _of_codes(method: Callable[..., Codes], settings: dict[str, Any]) -> Method:
    """A method of shares as one of class values; the map is 90 % sure."""
    return lambda codes, image: method(baselines.shares_of_codes(codes, 2), image, **settings)


def _on(method: Method, codes: Codes, image: NDArray[np.float32], columns: slice) -> Codes:
    """A method on some columns and what lies within 64 px of them, as a map of all pixels."""
    wider = slice(max(columns.start - 64, 0), min(columns.stop + 64, codes.shape[1]))
    made = codes.copy()
    made[:, wider] = method(np.ascontiguousarray(codes[:, wider]), np.ascontiguousarray(image[:, :, wider]))
    return made


def _score(truth: Codes, codes: Codes, columns: slice) -> Accuracy:
    return assess(truth[:, columns], codes[:, columns], 2)


def _samples(image: Path, truth: Codes) -> SampleSet:
    """Column 4: rows 0-2 and 4-6 to learn from, rows 3 and 7 to choose the epoch, a gap between them."""
    folder = FOLDER / "samples"
    if (folder / "samples.json").exists():
        return SampleSet.open(folder)
    parts = (
        ("rows_0_2", "train", 0, 3 * SIDE_PX - GAP_PX),
        ("rows_4_6", "train", 4 * SIDE_PX + GAP_PX, 7 * SIDE_PX - GAP_PX),
        ("row_3", "validation", 3 * SIDE_PX, 4 * SIDE_PX),
        ("row_7", "validation", 7 * SIDE_PX, 8 * SIDE_PX),
    )
    classes: tuple[ClassEntry, ...] = BUILDING_CLASSES
    bands, column = ("red", "green", "blue"), _column(4)
    with (
        RasterReader(str(image)) as reader,
        SampleWriter(folder, bands, classes, 2 * BANEPA_PIXEL_M) as writer,
    ):
        for name, split, first, stop in parts:
            window = Window(first, column.start, stop - first, SIDE_PX)
            pixels, _ = reader.read(window)
            labels = np.ascontiguousarray(truth[window.slices()])
            chip = Chip(name, split, window.height, window.width)
            writer.add(chip, np.ascontiguousarray(pixels), labels, grid=reader.grid.window(window))
        writer.finish("Banepa, Nepal", "imagery CC BY 4.0, outlines ODbL 1.0")
    return SampleSet.open(folder)


def _halved(name: str, resampling: str) -> Path:
    """A raster of the data at 0.53 m."""
    path = FOLDER / f"{name}.tif"
    if not path.exists():
        whole = gdal.Open(str(data_folder("banepa-buildings") / f"{name}.vrt"))
        size = {"width": whole.RasterXSize // SHRINK, "height": whole.RasterYSize // SHRINK}
        gdal.Translate(str(path), whole, resampleAlg=resampling, noData="none", **size)
    return path


def _column(number: int) -> slice:
    return slice(number * SIDE_PX, (number + 1) * SIDE_PX)


def _told(settings: dict[str, Any]) -> str:
    return "(" + ", ".join(f"{name} {value}" for name, value in settings.items()) + ")"


class _Said(Quiet):
    def say(self, text: str) -> None:
        say(text)


if __name__ == "__main__":
    main()
