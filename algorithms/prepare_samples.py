"""Image + labels -> sample set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
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
from ..core.raster.operation import Placing
from ..core.samples.preparation import Preparation
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis
from .layers.bands import chosen_bands
from .layers.image import check_no_palette
from .layers.label_layer import LabelLayer, LabelSettings, label_layer
from .layers.label_polygons import LineWidth
from .layers.label_raster import LabelRaster
from .layers.place import Place
from .layers.polygon_mask import polygon_mask
from .layers.raster_layer import (
    check_shown_as_stored,
    image_file,
    offline_tiles,
    placing,
    raster_layer,
    say_systems,
)
from .layers.samples import SampleTask, cut_samples, known_samples
from .layers.vector_or_raster import chosen_layer
from .layers.vector_source import vector_source
from .parameters.class_list import class_list_parameter, classes_of
from .parameters.default_places import offered_path, unused_path
from .parameters.numbers import MORE_THAN_0, number, whole_number
from .text.translation import tr
from .values import Values


class PrepareSamples(RecurveAlgorithm):
    """Cuts an image and its labels into a sample set, from which networks learn."""

    prepared: SampleTask

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
    VALIDATION_FRACTION = "VALIDATION_FRACTION"
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

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        kinds, usual = QgsProcessing.SourceType, Preparation()
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
                self.LABEL_RASTER, tr("Labels as a raster of classes"), optional=True
            ),
            class_list_parameter(
                self.CLASSES,
                tr("Classes in order (empty: as the layer shows them)"),
                vector=self.LABELS,
                field=self.CLASS_FIELD,
                raster=self.LABEL_RASTER,
            ),
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
                self.VALIDATION_FRACTION,
                tr("Validation fraction (0: no validation, 1: nothing but validation)"),
                usual.validation_fraction,
                0,
                1,
            ),
            number(self.BLOCK_SIZE, tr("Spatial block size in metres (empty: automatic)"), None, MORE_THAN_0),
            whole_number(self.CHIP_SIDE, tr("Largest chip side in pixels"), usual.chip_side_px, 64, 8192),
            whole_number(self.SEED, tr("Random seed"), usual.seed, 0),
            number(
                self.SIMULATE_MISREGISTRATION,
                tr("Simulated misregistration of training labels in metres"),
                usual.misregistration_m,
                0,
            ),
            number(
                self.SIMULATE_OMISSION,
                tr("Simulated omission of training labels in percent"),
                0,
                0,
                100,
            ),
            QgsProcessingParameterFolderDestination(self.OUTPUT, tr("Sample set"), offered_path("samples")),
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

    def prepared_from(self, values: Values) -> SampleTask:
        """An image and labels that fit each other."""
        layer = raster_layer(values, self.INPUT)
        _check_file(layer)
        image = image_file(layer, values)
        with image.open(chosen_bands(values, self.BANDS, image) or None) as reader:
            check_shown_as_stored(layer, reader.grid)
            check_no_palette(reader)
            bands, place = reader.bands, Place(reader.grid, values.context.transformContext())
        labels = self._labels(values, place)
        area = vector_source(values, self.MASK)
        mask = None if area is None else polygon_mask(area, place, None, "labelled area")
        settings = Preparation(
            chip_side_px=values.whole(self.CHIP_SIDE),
            block_size_m=values.number(self.BLOCK_SIZE),
            validation_fraction=values.number(self.VALIDATION_FRACTION),
            seed=values.whole(self.SEED),
            misregistration_m=values.number(self.SIMULATE_MISREGISTRATION),
        )
        omission = values.number(self.SIMULATE_OMISSION) / 100
        is_temporary = values.is_temporary(self.OUTPUT)
        folder = Path(unused_path(values.new_file(self.OUTPUT)))
        known = None if is_temporary else known_samples(folder)
        return SampleTask(
            image,
            bands,
            place,
            labels,
            mask,
            settings,
            omission,
            folder,
            known,
            is_temporary,
        )

    def processAlgorithm(
        self, _parameters: dict[str, Any], _context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Burn the labels, cut image and labels into chips, and say what was done."""
        prepared, progress = self.prepared, FeedbackProgress(feedback)
        if prepared.is_temporary:
            feedback.pushWarning(
                tr(
                    "The sample set goes into a temporary folder, which is deleted when QGIS closes; choose a folder "
                    "to keep it."
                )
            )
        labels = prepared.labels.source
        known = [labels.placing] if isinstance(labels, LabelRaster) else []
        say_systems(feedback, prepared.image.placing, *known)
        with faults_for_qgis():
            samples, outcome = cut_samples(prepared, progress, feedback)
            for line in outcome.lines():
                progress.say(line)
            for warning in outcome.warnings:
                feedback.pushWarning(warning)
            train, validation = (samples.class_pixels[split] for split in ("train", "validation"))
            for entry, learned, judged in zip(samples.classes, train, validation):
                progress.say(
                    tr(
                        "Pixels of {name}: {training} for training, {validation} for validation.",
                        name=entry.name,
                        training=learned,
                        validation=judged,
                    )
                )
            return {
                self.OUTPUT: str(samples.folder),
                self.CHIPS: len(samples.chips),
                self.TRAIN_PIXELS: sum(train),
                self.VALIDATION_PIXELS: sum(validation),
            }

    def _labels(self, values: Values, place: Place) -> LabelLayer:
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
                tr(
                    "Labels cannot be omitted from a class raster, which has no features; leave the simulated "
                    "omission 0, or choose labels of polygons or lines."
                )
            )
        source, known = vector_source(values, self.LABELS), Placing()
        if source is not None:
            place.way_for(source)  # or nothing tells where it lies
        elif isinstance(layer, QgsRasterLayer):
            known = placing(layer, place.transform_context)
        return label_layer(layer, source, settings, known)


def _check_file(layer: QgsRasterLayer) -> None:
    """See that GDAL reads an image.

    Raises:
        RasterError: the image is no file.
    """
    if layer.providerType() != "gdal" and not offline_tiles(layer):
        raise RasterError(
            tr(
                "The layer {layer} comes from QGIS's '{provider}' provider, and samples are cut from files; export "
                "the labelled part as a GeoTIFF and use that file.",
                layer=layer.name(),
                provider=layer.providerType(),
            )
        )
