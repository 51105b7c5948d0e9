"""Image + classifier (+ corrector) -> map (+ confidence, + scores)."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBand,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import NULL

from ..core.errors import Cancelled, RasterError
from ..core.image_reader import ImageReader
from ..core.map_writer import ConfidenceWriter, MapWriter, ScoresWriter
from ..core.pipeline import classify_raster
from ..core.resampling import Resampling, resampling_to
from ..models.errors import RecurveError
from ..models.precision import PRECISIONS
from ..models.runtime import DEVICES
from . import bridge
from .algorithm import RecurveAlgorithm
from .bridge import tr
from .networks import (
    NetworkPair,
    choose_networks,
    image_warnings,
    open_image,
    open_networks,
    provenance,
    say_bands,
    say_resampling,
)
from .packages import add_packages_folder, missing_runtime
from .served_image import SERVED, ServedImage, served_image


class ClassifyAndCorrect(RecurveAlgorithm):
    """Classifies an image pixel by pixel and corrects the map."""

    INPUT = "INPUT"
    BANDS = "BANDS"
    CLASSIFIER = "CLASSIFIER"
    CORRECTOR = "CORRECTOR"
    ITERATIONS = "ITERATIONS"
    RESAMPLE = "RESAMPLE"
    EXTENT = "EXTENT"
    PIXEL_SIZE = "PIXEL_SIZE"
    MASK = "MASK"
    DEVICE = "DEVICE"
    PRECISION = "PRECISION"
    TILE_SIDE = "TILE_SIDE"
    OUTPUT = "OUTPUT"
    CONFIDENCE = "CONFIDENCE"
    SCORES = "SCORES"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "classify"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Classify and correct")

    def group(self) -> str:
        """The group in the toolbox."""
        return tr("Classification")

    def groupId(self) -> str:
        """The group's id; never changes."""
        return "classification"

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Classifies an image with a convolutional network and corrects the map with a recurrent one."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr("deep learning,neural network,cnn,rnn,onnx,segmentation,land cover,classification").split(
            ","
        )

    def canExecute(self) -> tuple[bool, str]:
        """Whether ONNX Runtime is there, and how to get it."""
        sentence = missing_runtime()
        return not sentence, sentence

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        number, file = QgsProcessingParameterNumber, QgsProcessingParameterFile
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        parameters = [
            QgsProcessingParameterRasterLayer(self.INPUT, tr("Image")),
            QgsProcessingParameterBand(
                self.BANDS,
                tr("Bands"),
                parentLayerParameterName=self.INPUT,
                optional=True,
                allowMultiple=True,
            ),
            file(
                self.CLASSIFIER, tr("Classifier (empty: urban land cover)"), extension="onnx", optional=True
            ),
            file(self.CORRECTOR, tr("Corrector (empty: the classifier's)"), extension="onnx", optional=True),
            number(
                self.ITERATIONS,
                tr("Iterations of the correction (empty: as trained)"),
                number.Type.Integer,
                optional=True,
                minValue=0,
                maxValue=100,
            ),
            QgsProcessingParameterEnum(
                self.RESAMPLE,
                tr("Resample the image"),
                [tr("Off"), tr("To the network's pixel size")],
                defaultValue=0,
            ),
            QgsProcessingParameterExtent(self.EXTENT, tr("Extent (empty: the whole image)"), optional=True),
            number(
                self.PIXEL_SIZE,
                tr("Pixel size of a layer from a server (0: the network's)"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
            ),
            QgsProcessingParameterFeatureSource(self.MASK, tr("Mask"), polygons, optional=True),
            QgsProcessingParameterEnum(
                self.DEVICE, tr("Device"), list(DEVICES), defaultValue=DEVICES[0], usesStaticStrings=True
            ),
            QgsProcessingParameterEnum(
                self.PRECISION,
                tr("Precision"),
                list(PRECISIONS),
                defaultValue=PRECISIONS[0],
                usesStaticStrings=True,
            ),
            number(
                self.TILE_SIDE,
                tr("Tile side in pixels (0: automatic)"),
                number.Type.Integer,
                defaultValue=0,
                minValue=0,
                maxValue=16384,
            ),
            QgsProcessingParameterRasterDestination(self.OUTPUT, tr("Map")),
            QgsProcessingParameterRasterDestination(
                self.CONFIDENCE, tr("Confidence"), optional=True, createByDefault=False
            ),
            QgsProcessingParameterRasterDestination(
                self.SCORES, tr("Scores"), optional=True, createByDefault=False
            ),
        ]
        self.add_parameters(
            *parameters, advanced=(self.BANDS, self.PIXEL_SIZE, self.DEVICE, self.PRECISION, self.TILE_SIDE)
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse networks and images that do not fit each other, before the run."""
        try:
            pair = self._networks(parameters, context)
            layer = bridge.raster_layer(self, parameters, self.INPUT, context)
            image = self._image(parameters, context, pair, layer)
            with open_image(image, self._bands(parameters, context), pair) as reader:
                self._resampling(parameters, context, pair, reader)
        except RecurveError as error:
            return False, str(error)
        sentence = missing_runtime()
        if sentence:
            return False, sentence
        return super().checkParameterValues({**parameters, self.INPUT: layer}, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layers what the run needs, in the thread they live in."""
        with bridge.faults_for_qgis():
            self.pair = self._networks(parameters, context)
            layer = bridge.raster_layer(self, parameters, self.INPUT, context)
            self.image = self._image(parameters, context, self.pair, layer)
            self.bands = self._bands(parameters, context)
            with open_image(self.image, self.bands, self.pair) as reader:
                self.window, self.mask = reader.grid.extent, None
                extent = self.parameterAsExtent(parameters, self.EXTENT, context, layer.crs())
                polygons = self.parameterAsSource(parameters, self.MASK, context)
                if isinstance(self.image, ServedImage):
                    self.window = self.image.window
                elif not extent.isNull() or polygons is not None:
                    bridge.check_shown_as_stored(layer, reader.grid)
                    if not extent.isNull():
                        self.window = bridge.extent_window(extent, reader.grid)
                if polygons is not None:
                    covered = bridge.grid_rectangle(reader.grid, self.window)
                    self.mask = bridge.polygon_mask(
                        polygons, layer.crs(), context.transformContext(), covered
                    )
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open what was prepared, classify, and say what was done."""
        outputs = {
            name: path
            for name in (self.OUTPUT, self.CONFIDENCE, self.SCORES)
            if (path := self.parameterAsOutputLayer(parameters, name, context))
        }
        iterations = self._iterations(parameters, context)
        side_px = self.parameterAsInt(parameters, self.TILE_SIDE, context)
        device = self.parameterAsEnumString(parameters, self.DEVICE, context)
        precision = self.parameterAsEnumString(parameters, self.PRECISION, context)
        progress = bridge.FeedbackProgress(feedback)
        add_packages_folder()
        try:
            classifier, corrector = open_networks(self.pair, device, precision, iterations, progress)
            with ExitStack() as files:
                reader = files.enter_context(
                    open_image(self.image, self.bands, self.pair, self.mask, feedback.isCanceled)
                )
                if isinstance(self.image, ServedImage):
                    progress.say(f"Fetched from the server: pixels of {reader.grid.affine[1]:.6g} map units.")
                say_bands(self.pair.classifier.contract, reader, progress)
                resampling = self._resampling(parameters, context, self.pair, reader)
                say_resampling(resampling, reader, progress)
                for warning in image_warnings(self.pair.classifier.contract, reader, resampling):
                    feedback.pushWarning(warning)
                grid, classes = reader.grid.window(self.window), classifier.contract.classes
                made_by = provenance(self.pair, classifier, iterations, bridge.plugin_version(), resampling)
                confidence_path, scores_path = outputs.get(self.CONFIDENCE), outputs.get(self.SCORES)
                map_writer = MapWriter(outputs[self.OUTPUT], grid, classes, made_by)
                confidence = ConfidenceWriter(confidence_path, grid, made_by) if confidence_path else None
                scores = ScoresWriter(scores_path, grid, classes, made_by) if scores_path else None
                for writer in filter(None, (map_writer, confidence, scores)):
                    files.enter_context(writer)
                started = time.monotonic()
                classify_raster(
                    reader,
                    classifier,
                    corrector,
                    iterations,
                    self.window,
                    side_px,
                    map_writer,
                    confidence,
                    scores,
                    progress,
                    resampling,
                )
                seconds = time.monotonic() - started
        except Cancelled as stopped:
            progress.say(str(stopped))
            return {}
        except RecurveError as error:
            raise QgsProcessingException(str(error)) from error
        megapixels = self.window.height * self.window.width / 1e6
        progress.say(f"{megapixels:.2f} Mpx in {seconds:.1f} s: {megapixels / max(seconds, 1e-9):.2f} Mpx/s.")
        return outputs

    def _networks(self, parameters: dict[str, Any], context: QgsProcessingContext) -> NetworkPair:
        return choose_networks(
            self.parameterAsFile(parameters, self.CLASSIFIER, context),
            self.parameterAsFile(parameters, self.CORRECTOR, context),
        )

    def _image(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        pair: NetworkPair,
        layer: QgsRasterLayer,
    ) -> str | ServedImage:
        pixel_size = self.parameterAsDouble(parameters, self.PIXEL_SIZE, context)
        if layer.providerType() == SERVED:
            extent = self.parameterAsExtent(parameters, self.EXTENT, context, layer.crs())
            return served_image(layer, extent, pixel_size, pair.classifier.contract.pixel_size_m)
        if pixel_size > 0:
            raise RasterError(
                f"A PIXEL_SIZE is given, and {layer.name()} is a file, which is read at its own: leave it 0, or let "
                "RESAMPLE bring the image to the network's pixel size."
            )
        return bridge.image_path(layer)

    def _bands(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[int]:
        return list(self.parameterAsInts(parameters, self.BANDS, context))

    def _resampling(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        pair: NetworkPair,
        reader: ImageReader,
    ) -> Resampling | None:
        if self.parameterAsEnum(parameters, self.RESAMPLE, context) == 0:
            return None
        return resampling_to(pair.classifier.contract, reader.grid)

    def _iterations(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int:
        """As the user says, or as the corrector was trained; 0 where there is no corrector."""
        if self.pair.corrector is None:
            return 0
        if parameters.get(self.ITERATIONS) in (None, NULL, ""):
            return self.pair.corrector.contract.iterations
        return int(self.parameterAsInt(parameters, self.ITERATIONS, context))
