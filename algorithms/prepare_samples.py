"""Image + labels -> sample set."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.core import (
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBand,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from ..core.errors import Cancelled, LabelError, RasterError, RecurveError
from ..core.raster.band_names import names_of_bands
from ..core.raster.file_reader import RasterReader
from ..core.raster.grid import Grid
from ..core.raster.polygon_mask import PolygonMask
from ..core.raster.tiling import Window
from ..core.samples.labels import LabelledGround
from ..core.samples.prepare import Preparation, ground_size_m, prepare_samples
from ..core.samples.sample_set import SampleSet
from ..core.samples.split import HALO_PX
from ..core.samples.writer import SampleWriter
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis
from .layers.extent import grid_rectangle
from .layers.label_layer import LabelLayer, LabelSettings, label_layer
from .layers.label_polygons import LineWidth
from .layers.polygon_mask import polygon_mask
from .layers.raster_layer import check_shown_as_stored, image_path, raster_layer
from .layers.vector_or_raster import chosen_layer
from .parameters.default_places import free_path
from .text.translation import tr


class PrepareSamples(RecurveAlgorithm):
    """Cuts an image and its labels into a sample set, from which networks learn."""

    group_id = "training"

    INPUT = "INPUT"
    BANDS = "BANDS"
    LABELS = "LABELS"
    CLASS_FIELD = "CLASS_FIELD"
    LABEL_RASTER = "LABEL_RASTER"
    CLASSES = "CLASSES"
    LINE_WIDTH = "LINE_WIDTH"
    LINE_WIDTH_FIELD = "LINE_WIDTH_FIELD"
    AREA = "AREA"
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
        number, kinds = QgsProcessingParameterNumber, QgsProcessing.SourceType
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
            QgsProcessingParameterString(
                self.CLASSES, tr("Classes in order (empty: as the layer shows them)"), optional=True
            ),
            number(
                self.LINE_WIDTH,
                tr("Width of lines in metres"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
            ),
            QgsProcessingParameterField(
                self.LINE_WIDTH_FIELD,
                tr("Field with the width of lines in metres"),
                parentLayerParameterName=self.LABELS,
                optional=True,
            ),
            QgsProcessingParameterFeatureSource(
                self.AREA, tr("Area whose labels count"), [kinds.TypeVectorPolygon], optional=True
            ),
            QgsProcessingParameterString(
                self.BACKGROUND, tr("Class of what no label covers (empty: none)"), optional=True
            ),
            number(
                self.VALIDATION_SHARE,
                tr("Share of the ground for validation (0: none, 1: all)"),
                number.Type.Double,
                defaultValue=0.2,
                minValue=0,
                maxValue=1,
            ),
            number(
                self.BLOCK_SIZE,
                tr("Side of the blocks that stay together in metres (0: automatic)"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
            ),
            number(
                self.CHIP_SIDE,
                tr("Largest chip side in pixels"),
                number.Type.Integer,
                defaultValue=512,
                minValue=64,
                maxValue=8192,
            ),
            number(self.SEED, tr("Seed of chance"), number.Type.Integer, defaultValue=0, minValue=0),
            number(
                self.SIMULATE_MISREGISTRATION,
                tr("Simulated misregistration of training labels in metres"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
            ),
            number(
                self.SIMULATE_OMISSION,
                tr("Simulated omission of training labels in percent"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
                maxValue=100,
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

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse images and labels that do not fit each other, before the run."""
        try:
            layer = raster_layer(self, parameters, self.INPUT, context)
            RasterReader(_file(layer), self._bands(parameters, context)).close()
            self._labels(parameters, context, layer)
            self._known(parameters, context)
        except RecurveError as error:
            return False, str(error)
        return super().checkParameterValues({**parameters, self.INPUT: layer}, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layers what the run needs, in the thread they live in."""
        with faults_for_qgis():
            layer = raster_layer(self, parameters, self.INPUT, context)
            self.image, self.crs = _file(layer), layer.crs()
            self.labels = self._labels(parameters, context, layer)
            area = self.parameterAsSource(parameters, self.AREA, context)
            with RasterReader(self.image, self._bands(parameters, context)) as reader:
                check_shown_as_stored(layer, reader.grid)
                covered = grid_rectangle(reader.grid)
            self.area = None
            if area is not None:
                self.area = polygon_mask(
                    area, self.crs, context.transformContext(), covered, "area", "to label"
                )
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Burn the labels, cut image and labels into chips, and say what was done."""
        settings = Preparation(
            chip_side_px=self.parameterAsInt(parameters, self.CHIP_SIDE, context),
            block_size_m=self.parameterAsDouble(parameters, self.BLOCK_SIZE, context),
            validation_share=self.parameterAsDouble(parameters, self.VALIDATION_SHARE, context),
            seed=self.parameterAsInt(parameters, self.SEED, context),
            misregistration_m=self.parameterAsDouble(parameters, self.SIMULATE_MISREGISTRATION, context),
        )
        omission = self.parameterAsDouble(parameters, self.SIMULATE_OMISSION, context) / 100
        progress = FeedbackProgress(feedback)
        if parameters.get(self.OUTPUT) == QgsProcessing.TEMPORARY_OUTPUT:
            feedback.pushWarning(
                "The sample set goes into a temporary folder, which is deleted when QGIS closes; choose a folder to "
                "keep it."
            )
        try:
            known = self._known(parameters, context)
            bands = self._bands(parameters, context)
            with RasterReader(self.image, bands, is_cancelled=feedback.isCanceled) as reader:
                grid = reader.grid
                burned = self.labels.burned(
                    grid, self.crs, context.transformContext(), self.area, known, feedback
                )
                classes, area = burned.classes, self.area
                if classes.background and area is None and len(burned.labels.boxes):
                    area = _rectangle_around(burned.labels.boxes, grid)
                    feedback.pushWarning(
                        "No area was given, so in the rectangle around the labels everything that no label covers "
                        f"is taken for {classes.entries[classes.background - 1].name}; where that is not so, draw "
                        "the area whose labels are complete."
                    )
                truth = LabelledGround(burned.labels, grid, area, classes.background)
                flawed = LabelledGround(
                    burned.labels.thinned(omission, settings.seed), grid, area, classes.background
                )
                names = names_of_bands(reader.labels, reader.bands)
                folder, size_m = self._folder(parameters, context), ground_size_m(grid)
                with SampleWriter(folder, names, classes.entries, size_m, known) as writer:
                    outcome = prepare_samples(reader, truth, flawed, writer, settings, progress)
                    source = f"{Path(self.image).name} with labels {self.labels.name}"
                    run: dict[str, Any] = {
                        "image": Path(self.image).name,
                        "labels": self.labels.name,
                        "bands": reader.bands,
                    }
                    run.update(asdict(settings), omission=omission, halo_px=HALO_PX, **outcome.record())
                    samples = writer.finish(source, "", run)
        except Cancelled as stopped:
            progress.say(str(stopped))
            return {}
        except RecurveError as error:
            raise QgsProcessingException(str(error)) from error
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

    def _bands(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[int] | None:
        return list(self.parameterAsInts(parameters, self.BANDS, context)) or None

    def _labels(
        self, parameters: dict[str, Any], context: QgsProcessingContext, image: QgsRasterLayer
    ) -> LabelLayer:
        """The label layer, as far as it can be looked at without its features."""
        fields = [
            "".join(self.parameterAsFields(parameters, name, context)[:1])
            for name in (self.CLASS_FIELD, self.LINE_WIDTH_FIELD)
        ]
        settings = LabelSettings(
            class_field=fields[0],
            classes=self.parameterAsString(parameters, self.CLASSES, context).strip(),
            background=self.parameterAsString(parameters, self.BACKGROUND, context).strip(),
            width=LineWidth(self.parameterAsDouble(parameters, self.LINE_WIDTH, context), fields[1]),
        )
        layer = chosen_layer(self, parameters, context, self.LABELS, self.LABEL_RASTER)
        if self.parameterAsDouble(parameters, self.SIMULATE_OMISSION, context) > 0 and isinstance(
            layer, QgsRasterLayer
        ):
            raise LabelError(
                "A share of the labels cannot be left out of a class raster, which has no features; leave the "
                "simulated omission 0, or choose labels of polygons or lines."
            )
        source = self.parameterAsSource(parameters, self.LABELS, context)
        return label_layer(layer, source, settings, image.crs())

    def _folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        return Path(self.parameterAsFileOutput(parameters, self.OUTPUT, context))

    def _known(self, parameters: dict[str, Any], context: QgsProcessingContext) -> SampleSet | None:
        """The sample set that is there already."""
        value = parameters.get(self.OUTPUT)
        if value == QgsProcessing.TEMPORARY_OUTPUT:
            return None
        folder = self._folder(parameters, context)
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
