"""An image and its label layer become a sample set."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.core import QgsGeometry, QgsProcessingFeedback

from ...core.errors import LabelError
from ...core.progress import Progress
from ...core.raster.band_names import names_of_bands
from ...core.raster.grid import Grid
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.tiling import Window
from ...core.samples.block_split import GAP_PX
from ...core.samples.cut_chips import prepare_samples
from ...core.samples.labels import LabelledArea
from ...core.samples.outcome import Outcome
from ...core.samples.pixel_size import pixel_size_m_of
from ...core.samples.preparation import Preparation
from ...core.samples.sample_set import LIST, SampleSet
from ...core.samples.writer import SampleWriter
from ..text.translation import tr
from ..text.value_fit import nodata_warnings
from .extent import grid_rectangle
from .image import ImageFile
from .label_layer import LabelLayer
from .place import Place, operations


@dataclass(frozen=True)
class SampleTask:
    """What is cut into samples, how, and where they go.

    Attributes:
        image: the file.
        bands: the bands to learn from.
        place: where the image lies.
        labels: what is known about them without their features.
        area: labelled area; None for everywhere.
        settings: how chips are cut and split.
        omission: share of the training labels that are left out.
        folder: of the sample set.
        known: the sample set that is there already.
        is_temporary: whether QGIS deletes the folder when it closes.
    """

    image: ImageFile
    bands: tuple[int, ...]
    place: Place
    labels: LabelLayer
    area: PolygonMask | None
    settings: Preparation
    omission: float
    folder: Path
    known: SampleSet | None
    is_temporary: bool


def cut_samples(
    task: SampleTask, progress: Progress, feedback: QgsProcessingFeedback
) -> tuple[SampleSet, Outcome]:
    """Write the chips.

    Raises:
        LabelError: nothing is labelled, or the sample set that is there does not fit.
        RasterError: image or labels cannot be read.
        Cancelled: the user stopped the run.
    """
    labels, settings, name = task.labels, task.settings, Path(task.image.path).name
    with task.image.open(task.bands, is_cancelled=feedback.isCanceled) as reader:
        grid, area = reader.grid, task.area
        burned = labels.burned(task.place, area, task.known, feedback)
        classes = burned.classes
        if classes.background and area is None and len(burned.labels.boxes):
            area = _rectangle_around(burned.labels.boxes, grid)
            feedback.pushWarning(
                tr(
                    "No labelled area was given, so in the rectangle around the labels everything that no label covers "
                    "is taken for {background}; where that is not so, draw the area whose labels are complete.",
                    background=classes.entries[classes.background - 1].name,
                )
            )
        for warning in nodata_warnings(reader, grid.extent):
            feedback.pushWarning(warning)
        truth = LabelledArea(burned.labels, grid, area, classes.background)
        thinned = burned.labels.thinned(task.omission, settings.seed)
        flawed = LabelledArea(thinned, grid, area, classes.background)
        names, size_m = names_of_bands(reader.labels, reader.bands), pixel_size_m_of(grid)
        with SampleWriter(task.folder, names, classes.entries, size_m, task.known) as writer:
            ways = operations(task.place.transform_context)
            outcome = prepare_samples(reader, truth, flawed, writer, settings, progress, ways)
            run: dict[str, Any] = {
                "image": name,
                "labels": labels.name,
                "bands": reader.bands,
                **asdict(settings),
                "omission": task.omission,
                "gap_px": GAP_PX,
                **outcome.record(),
            }
            return writer.finish(f"{name} with labels {labels.name}", "", run), outcome


def known_samples(folder: Path) -> SampleSet | None:
    """The sample set that is in a folder already; None where there is none.

    Raises:
        LabelError: the folder is a file, or its sample set is damaged.
    """
    if folder.exists() and not folder.is_dir():
        raise LabelError(
            tr("{folder} is a file, and a sample set is a folder; choose another name.", folder=folder)
        )
    return SampleSet.open(folder) if (folder / LIST).exists() else None


def _rectangle_around(boxes: NDArray[np.int64], grid: Grid) -> PolygonMask:
    """The pixels of a rectangle around rectangles."""
    top, left = boxes[:, :2].min(axis=0).tolist()
    bottom, right = boxes[:, 2:].max(axis=0).tolist()
    rectangle = grid_rectangle(grid, Window(top, left, bottom - top, right - left))
    return PolygonMask([bytes(QgsGeometry.fromRect(rectangle).asWkb())])
