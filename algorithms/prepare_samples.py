"""Image + labels -> sample set."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.core import (
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBand,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from ..core.errors import LabelError, RasterError
from ..core.progress import Progress
from ..core.raster.band_names import names_of_bands
from ..core.raster.file_reader import RasterReader
from ..core.raster.grid import Grid
from ..core.raster.polygon_mask import PolygonMask
from ..core.raster.tiling import Window
from ..core.samples.labels import LabelledGround
from ..core.samples.prepare import Outcome, Preparation, ground_size_m, prepare_samples
from ..core.samples.sample_set import SampleSet
from ..core.samples.split import HALO_PX
from ..core.samples.writer import SampleWriter
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, stoppable
from .layers.extent import grid_rectangle
from .layers.label_layer import LabelLayer, LabelSettings, label_layer
from .layers.label_polygons import LineWidth, Place
from .layers.polygon_mask import polygon_mask
from .layers.raster_layer import check_shown_as_stored, image_path, raster_layer
from .layers.vector_or_raster import chosen_layer
from .parameters.class_list import class_list_parameter, classes_of
from .parameters.default_places import free_path
from .parameters.numbers import MORE_THAN_0, number, whole_number
from .text.translation import tr
from .values import Values


@dataclass(frozen=True)
class _Prepared:
    """What is cut into samples, how, and where they go.

    Attributes:
        image: its path.
        bands: the bands to learn from.
        place: the image's coordinates.
        labels: what is known about them without their features.
        area: where labels count; None for everywhere.
        settings: how chips are cut and split.
        omission: share of the training labels that are left out.
        folder: of the sample set.
        known: the sample set that is there already.
        is_temporary: whether QGIS deletes the folder when it closes.
    """

    image: str
    bands: tuple[int, ...]
    place: Place
    labels: LabelLayer
    area: PolygonMask | None
    settings: Preparation
    omission: float
    folder: Path
    known: SampleSet | None
    is_temporary: bool


class PrepareSamples(RecurveAlgorithm):
    """Cuts an image and its labels into a sample set, from which networks learn."""

    prepared: _Prepared

    group_id = "training"

    INPUT = "INPUT"
    BANDS = "BANDS"
    LABELS = "LABELS"
    CLASS_FIELD = "CLASS_FIELD"
    LABEL_RASTER = "LABEL_RASTER"
    CLASSES = "CLASSES"
    LINE_WIDTH = "LINE_WIDTH"
    LINE_WIDTH_FIELD = "LINE_WIDTH_FIELD"
    MASK = "MASK"
    BACKGROUND = "BACKGROUND"
    VALIDATION_SHARE = "VALIDATION_SHARE"
    BLOCK_SIZE = "BLOCK_SIZE"
    CHIP_SIDE = "CHIP_SIDE"
    SEED = "SEED"
    SIMULATE_MISREGISTRATION = "SIMULATE_MISREGISTRATION"
    SIMULATE_OMISSION = "SIMULATE_OMISSION"
    OUTPUT = "OUTPUT"
    CHIPS = "CHIPS"
    TRAIN_PIXELS = "TRAIN_PIXELS"
    VALIDATION_PIXELS = "VALIDATION_PIXELS"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "preparesamples"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Prepare samples")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr("Cuts an image and its labels into a sample set, from which networks learn.")

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "training,samples,labels,chips,tiles,dataset,digitize,digitise,annotation,deep learning,machine learning"
        ).split(",")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        kinds = QgsProcessing.SourceType
        parameters = [
            QgsProcessingParameterRasterLayer(self.INPUT, tr("Image")),
            QgsProcessingParameterBand(
                self.BANDS,
                tr("Bands (empty: all)"),
                parentLayerParameterName=self.INPUT,
                optional=True,
                allowMultiple=True,
            ),
            QgsProcessingParameterFeatureSource(
                self.LABELS,
                tr("Labels (polygons or lines)"),
                [kinds.TypeVectorPolygon, kinds.TypeVectorLine],
                optional=True,
            ),
            QgsProcessingParameterField(
                self.CLASS_FIELD,
                tr("Field with the class (empty: all labels are of one class)"),
                parentLayerParameterName=self.LABELS,
                optional=True,
            ),
            QgsProcessingParameterRasterLayer(
                self.LABEL_RASTER, tr("Or labels as a raster of classes"), optional=True
            ),
            class_list_parameter(self.CLASSES, tr("Classes in order (empty: as the layer shows them)")),
            number(self.LINE_WIDTH, tr("Width of lines in metres"), None, MORE_THAN_0),
            QgsProcessingParameterField(
                self.LINE_WIDTH_FIELD,
                tr("Field with the width of lines in metres"),
                parentLayerParameterName=self.LABELS,
                optional=True,
            ),
            QgsProcessingParameterFeatureSource(
                self.MASK, tr("Labelled area"), [kinds.TypeVectorPolygon], optional=True
            ),
            QgsProcessingParameterString(
                self.BACKGROUND, tr("Background class (empty: none)"), optional=True
            ),
            number(
                self.VALIDATION_SHARE,
                tr("Validation fraction (0: no validation, 1: nothing but validation)"),
                0.2,
                0,
                1,
            ),
            number(self.BLOCK_SIZE, tr("Spatial block size in metres (empty: automatic)"), None, MORE_THAN_0),
            whole_number(self.CHIP_SIDE, tr("Largest chip side in pixels"), 512, 64, 8192),
            whole_number(self.SEED, tr("Random seed"), 0, 0),
            number(
                self.SIMULATE_MISREGISTRATION,
                tr("Simulated misregistration of training labels in metres"),
                0,
                0,
            ),
            number(
                self.SIMULATE_OMISSION,
                tr("Simulated omission of training labels in percent"),
                0,
                0,
                100,
            ),
            QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Sample set"), free_path("samples")),
        ]
        self.add_parameters(
            *parameters,
            advanced=(
                self.BANDS,
                self.BLOCK_SIZE,
                self.CHIP_SIDE,
                self.SEED,
                self.SIMULATE_MISREGISTRATION,
                self.SIMULATE_OMISSION,
            ),
        )
        self.addOutput(QgsProcessingOutputNumber(self.CHIPS, tr("Number of chips")))
        self.addOutput(QgsProcessingOutputNumber(self.TRAIN_PIXELS, tr("Labelled training pixels")))
        self.addOutput(QgsProcessingOutputNumber(self.VALIDATION_PIXELS, tr("Labelled validation pixels")))

    def prepared_from(self, values: Values, feedback: QgsProcessingFeedback) -> _Prepared:
        """An image and labels that fit each other."""
        layer = raster_layer(values, self.INPUT)
        image, crs, transforms = _file(layer), layer.crs(), values.context.transformContext()
        with RasterReader(image, values.bands(self.BANDS) or None) as reader:
            check_shown_as_stored(layer, reader.grid)
            bands, covered = reader.bands, grid_rectangle(reader.grid)
        labels = self._labels(values, layer)
        area = values.source(self.MASK)
        mask = (
            None
            if area is None
            else polygon_mask(area, crs, transforms, covered, "labelled area", "to label")
        )
        settings = Preparation(
            chip_side_px=values.whole(self.CHIP_SIDE),
            block_size_m=values.number(self.BLOCK_SIZE),
            validation_share=values.number(self.VALIDATION_SHARE),
            seed=values.whole(self.SEED),
            misregistration_m=values.number(self.SIMULATE_MISREGISTRATION),
        )
        omission = values.number(self.SIMULATE_OMISSION) / 100
        is_temporary = values.given.get(self.OUTPUT) == QgsProcessing.TEMPORARY_OUTPUT
        folder = Path(values.new_file(self.OUTPUT))
        known = None if is_temporary else _known(folder)
        return _Prepared(
            image,
            bands,
            Place(crs, transforms),
            labels,
            mask,
            settings,
            omission,
            folder,
            known,
            is_temporary,
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Burn the labels, cut image and labels into chips, and say what was done."""
        prepared, progress = self.prepared, FeedbackProgress(feedback)
        if prepared.is_temporary:
            feedback.pushWarning(
                "The sample set goes into a temporary folder, which is deleted when QGIS closes; choose a folder to "
                "keep it."
            )
        with stoppable(progress):
            samples, outcome = _cut(prepared, progress, feedback)
            for line in outcome.lines():
                progress.say(line)
            for warning in outcome.warnings:
                feedback.pushWarning(warning)
            train, validation = (samples.class_pixels[split] for split in ("train", "validation"))
            for entry, learned, judged in zip(samples.classes, train, validation):
                progress.say(f"{entry.name}: {learned} training and {judged} validation pixels.")
            return {
                self.OUTPUT: str(samples.folder),
                self.CHIPS: len(samples.chips),
                self.TRAIN_PIXELS: sum(train),
                self.VALIDATION_PIXELS: sum(validation),
            }
        return {}

    def _labels(self, values: Values, image: QgsRasterLayer) -> LabelLayer:
        """The label layer, as far as it can be looked at without its features."""
        settings = LabelSettings(
            class_field=values.field(self.CLASS_FIELD),
            classes=classes_of(values, self.CLASSES),
            background=values.text(self.BACKGROUND),
            width=LineWidth(values.number(self.LINE_WIDTH), values.field(self.LINE_WIDTH_FIELD)),
        )
        layer = chosen_layer(values, self.LABELS, self.LABEL_RASTER)
        if values.number(self.SIMULATE_OMISSION) > 0 and isinstance(layer, QgsRasterLayer):
            raise LabelError(
                "A share of the labels cannot be left out of a class raster, which has no features; leave the "
                "simulated omission 0, or choose labels of polygons or lines."
            )
        return label_layer(layer, values.source(self.LABELS), settings, image.crs())


def _cut(
    prepared: _Prepared, progress: Progress, feedback: QgsProcessingFeedback
) -> tuple[SampleSet, Outcome]:
    """Write the chips.

    Raises:
        LabelError: nothing is labelled, or the sample set that is there does not fit.
        RasterError: image or labels cannot be read.
        Cancelled: the user stopped the run.
    """
    image, labels, settings = prepared.image, prepared.labels, prepared.settings
    with RasterReader(image, prepared.bands, is_cancelled=feedback.isCanceled) as reader:
        grid, area = reader.grid, prepared.area
        burned = labels.burned(grid, prepared.place, area, prepared.known, feedback)
        classes = burned.classes
        if classes.background and area is None and len(burned.labels.boxes):
            area = _rectangle_around(burned.labels.boxes, grid)
            feedback.pushWarning(
                "No labelled area was given, so in the rectangle around the labels everything that no label covers is "
                f"taken for {classes.entries[classes.background - 1].name}; where that is not so, draw the area whose "
                "labels are complete."
            )
        truth = LabelledGround(burned.labels, grid, area, classes.background)
        thinned = burned.labels.thinned(prepared.omission, settings.seed)
        flawed = LabelledGround(thinned, grid, area, classes.background)
        names, size_m = names_of_bands(reader.labels, reader.bands), ground_size_m(grid)
        with SampleWriter(prepared.folder, names, classes.entries, size_m, prepared.known) as writer:
            outcome = prepare_samples(reader, truth, flawed, writer, settings, progress)
            run: dict[str, Any] = {
                "image": Path(image).name,
                "labels": labels.name,
                "bands": reader.bands,
                **asdict(settings),
                "omission": prepared.omission,
                "halo_px": HALO_PX,
                **outcome.record(),
            }
            return writer.finish(f"{Path(image).name} with labels {labels.name}", "", run), outcome


def _known(folder: Path) -> SampleSet | None:
    """The sample set that is there already."""
    if folder.exists() and not folder.is_dir():
        raise LabelError(f"{folder} is a file, and a sample set is a folder; choose another name.")
    return SampleSet.open(folder) if (folder / "samples.json").exists() else None


def _file(layer: QgsRasterLayer) -> str:
    """What GDAL opens to read an image.

    Raises:
        RasterError: the image is no file.
    """
    if layer.providerType() != "gdal":
        raise RasterError(
            f"The layer {layer.name()} comes from QGIS's '{layer.providerType()}' provider, and samples are cut from "
            "files; export the part that is labelled as a GeoTIFF and use that."
        )
    return image_path(layer)


def _rectangle_around(boxes: NDArray[np.int64], grid: Grid) -> PolygonMask:
    """The pixels of a rectangle around rectangles."""
    top, left = boxes[:, :2].min(axis=0).tolist()
    bottom, right = boxes[:, 2:].max(axis=0).tolist()
    rectangle = grid_rectangle(grid, Window(top, left, bottom - top, right - left))
    return PolygonMask([bytes(QgsGeometry.fromRect(rectangle).asWkb())])
