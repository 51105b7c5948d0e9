"""Image + classifier (+ corrector) -> map (+ confidence, + scores, + the map after each iteration)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsRasterLayer,
)

from ..core.errors import RasterError, RecurveError
from ..core.inference.resampling import Resampling, resampling_to
from ..core.inference.run import MapRun, make_map
from ..core.inference.tile_inference import Networks
from ..core.raster.image_reader import ImageReader
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis, stoppable, timed
from .layers.image import open_image
from .layers.outputs import refresh_layers
from .layers.raster_layer import image_path, raster_layer
from .layers.served_image import SERVED, ServedImage, served_image
from .parameters import run as run_parameters
from .parameters.networks import NetworkPair, choose_networks, open_networks, provenance
from .parameters.pretrained import classifier_of, pretrained_parameter, with_title
from .setup.packages import add_packages_folder, missing_runtime
from .text.about import plugin_version
from .text.help import called
from .text.image_fit import confidence_warning, image_warnings, say_bands, say_ground, say_resampling
from .text.translation import tr


class ClassifyAndCorrect(RecurveAlgorithm):
    """Classifies an image pixel by pixel and corrects the map."""

    group_id = "classification"

    CLASSIFIER = "CLASSIFIER"
    CORRECTOR = "CORRECTOR"
    RESAMPLE = "RESAMPLE"
    PIXEL_SIZE = "PIXEL_SIZE"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "classify"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Classify and correct")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Classifies an image with a convolutional network and corrects the map with a recurrent one."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "deep learning,machine learning,neural network,cnn,rnn,onnx,segmentation,land cover,classification,"
            "building,footprint,roof,orthophoto,aerial image,satellite image"
        ).split(",")

    def missing_packages(self) -> str:
        """Without ONNX Runtime it cannot run."""
        return missing_runtime()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        number, file = QgsProcessingParameterNumber, QgsProcessingParameterFile
        self.add_parameters(
            *run_parameters.image_parameters(),
            pretrained_parameter(tr("Pretrained network")),
            file(self.CLASSIFIER, tr("Or a classifier from a file"), extension="onnx", optional=True),
            file(
                self.CORRECTOR,
                tr("Corrector from a file (empty: the one made for the network, if there is one)"),
                extension="onnx",
                optional=True,
            ),
            run_parameters.iterations_parameter(),
            QgsProcessingParameterEnum(
                self.RESAMPLE,
                tr("Resample the image"),
                [tr("Off"), tr("To the network's pixel size")],
                defaultValue=0,
            ),
            run_parameters.extent_parameter(),
            number(
                self.PIXEL_SIZE,
                tr("Pixel size of a layer from a server (0: the network's)"),
                number.Type.Double,
                defaultValue=0,
                minValue=0,
            ),
            *run_parameters.run_parameters(),
            advanced=(*run_parameters.ADVANCED, self.PIXEL_SIZE),
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse networks and images that do not fit each other, before the run."""
        try:
            pair = self._networks(parameters, context)
            layer = raster_layer(self, parameters, run_parameters.INPUT, context)
            image = self._image(parameters, context, pair, layer)
            with open_image(image, self._bands(parameters, context), pair.classifier.contract) as reader:
                self._resampling(parameters, context, pair, reader)
        except RecurveError as error:
            return False, str(error)
        sentence = missing_runtime()
        if sentence:
            return False, sentence
        parameters = with_title(self, parameters, context)
        return super().checkParameterValues({**parameters, run_parameters.INPUT: layer}, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layers what the run needs, in the thread they live in."""
        super().prepareAlgorithm(parameters, context, feedback)
        with faults_for_qgis():
            self.pair = self._networks(parameters, context)
            layer = raster_layer(self, parameters, run_parameters.INPUT, context)
            self.image = self._image(parameters, context, self.pair, layer)
            self.bands = self._bands(parameters, context)
            with open_image(self.image, self.bands, self.pair.classifier.contract) as reader:
                place = parameters, context, layer, reader.grid
                if isinstance(self.image, ServedImage):
                    self.window = self.image.window
                else:
                    self.window = run_parameters.covered_area(self, *place)
                self.mask = run_parameters.covered_polygons(self, *place, self.window)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open what was prepared, classify, and say what was done."""
        paths = self.paths = run_parameters.output_paths(self, parameters, context)
        iterations = self._iterations(parameters, context)
        side_px = self.parameterAsInt(parameters, run_parameters.TILE_SIDE, context)
        device = self.parameterAsEnumString(parameters, run_parameters.DEVICE, context)
        precision = self.parameterAsEnumString(parameters, run_parameters.PRECISION, context)
        progress = FeedbackProgress(feedback)
        add_packages_folder()
        with stoppable(progress):
            classifier, corrector = open_networks(self.pair, device, precision, iterations, progress)
            contract = classifier.contract
            with ExitStack() as files:
                reader = files.enter_context(
                    open_image(self.image, self.bands, contract, self.mask, feedback.isCanceled)
                )
                if isinstance(self.image, ServedImage):
                    progress.say(f"Fetched from the server: pixels of {reader.grid.affine[1]:.6g} map units.")
                say_ground(contract, progress)
                say_bands(contract, reader, progress)
                resampling = self._resampling(parameters, context, self.pair, reader)
                say_resampling(resampling, reader, progress)
                for warning in image_warnings(contract, reader, resampling, called(self, self.RESAMPLE)):
                    feedback.pushWarning(warning)
                grid = reader.grid.window(self.window)
                made_by = provenance(self.pair, classifier, iterations, plugin_version(), resampling)
                outputs = run_parameters.open_outputs(
                    paths, grid, contract.classes, made_by, iterations, files
                )
                with timed(self.window, progress):
                    networks = Networks(classifier, corrector, iterations)
                    run = MapRun(
                        reader,
                        networks,
                        self.window,
                        outputs,
                        resampling=resampling,
                        tile_side_px=side_px,
                    )
                    confidence = make_map(run, progress)
                if doubt := confidence_warning(contract, confidence, progress):
                    feedback.pushWarning(doubt)
            return dict(paths)
        return {}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Refresh layers that show the outputs' files already."""
        refresh_layers(self.paths, context)
        return {}

    def _networks(self, parameters: dict[str, Any], context: QgsProcessingContext) -> NetworkPair:
        return choose_networks(
            classifier_of(self, parameters, context, self.CLASSIFIER),
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
            extent = self.parameterAsExtent(parameters, run_parameters.EXTENT, context, layer.crs())
            return served_image(layer, extent, pixel_size, pair.classifier.contract.pixel_size_m)
        if pixel_size > 0:
            raise RasterError(
                f"{called(self, self.PIXEL_SIZE)} is given, and {layer.name()} is a file, which is read at its "
                f"own: leave it 0, or let {called(self, self.RESAMPLE)} bring the image to the network's pixel "
                "size."
            )
        return image_path(layer)

    def _bands(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[int]:
        return list(self.parameterAsInts(parameters, run_parameters.BANDS, context))

    def _resampling(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        pair: NetworkPair,
        reader: ImageReader,
    ) -> Resampling | None:
        if self.parameterAsEnum(parameters, self.RESAMPLE, context) == 0:
            return None
        return resampling_to(pair.classifier.contract, reader.grid, pair.stride)

    def _iterations(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int:
        """As the user says, or as was best in training; 0 where there is no corrector."""
        if self.pair.corrector is None:
            return 0
        return run_parameters.iterations_of(self, parameters, context, self.pair.corrector.contract)
