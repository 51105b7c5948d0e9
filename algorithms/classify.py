"""Image + classifier (+ corrector, + hints) -> map (+ confidence, + scores, + the map after each iteration)."""

from __future__ import annotations

import math
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsRasterLayer,
)

from ..core.errors import RasterError
from ..core.inference.make_map import make_map
from ..core.inference.map_run import MapRun
from ..core.inference.mean_confidence import MeanConfidence
from ..core.inference.resampling import Resampling, resampling_to
from ..models.contract import NetworkContract
from ..models.onnx_file.reading import NetworkFile
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis, say_speed
from .layers.extent import chosen_extent
from .layers.hint_check import placed_hints, say_remarkable
from .layers.hint_layer import HintLayer
from .layers.image import Image
from .layers.place import Place
from .layers.raster_layer import image_file, offline_tiles, raster_layer, say_systems
from .layers.served_image import SERVED, ServedImage, served_image
from .parameters import hints, run
from .parameters.network_files import choose_networks
from .parameters.networks import open_networks
from .parameters.numbers import MORE_THAN_0, number
from .parameters.pretrained import classifier_of, pretrained_parameter
from .setup.packages import add_packages_folder, missing_runtime
from .text.about import plugin_version
from .text.help import called
from .text.image_fit import (
    confidence_warning,
    image_warnings,
    say_bands,
    say_extent,
    say_resampling,
    say_training_data,
)
from .text.map_classes import map_classes
from .text.map_record import classification_record
from .text.translation import tr
from .text.value_fit import value_warnings
from .values import Values


@dataclass(frozen=True)
class _Prepared:
    """What is classified, with what, and how."""

    classifier: NetworkFile
    corrector: NetworkFile | None
    part: run.ImagePart
    resampling: Resampling | None
    hints: HintLayer | None
    only_around_hints: bool
    settings: run.RunSettings


class ClassifyAndCorrect(RecurveAlgorithm):
    """Classifies an image pixel by pixel and corrects the map."""

    prepared: _Prepared

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

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        file = QgsProcessingParameterFile
        self.add_parameters(
            *run.image_parameters(),
            pretrained_parameter(tr("Pretrained network")),
            file(self.CLASSIFIER, tr("Classifier from a file"), extension="onnx", optional=True),
            file(
                self.CORRECTOR,
                tr("Corrector from a file (empty: the network's own, or else the universal one)"),
                extension="onnx",
                optional=True,
            ),
            run.iterations_parameter(),
            *hints.hint_parameters(),
            QgsProcessingParameterBoolean(
                self.RESAMPLE, tr("Resample the image to the network's pixel size"), defaultValue=False
            ),
            run.extent_parameter(),
            number(
                self.PIXEL_SIZE,
                tr("Pixel size of a layer from a server (empty: the network's)"),
                None,
                MORE_THAN_0,
            ),
            *run.run_parameters(),
            advanced=(*run.ADVANCED, *hints.ADVANCED, self.PIXEL_SIZE),
        )

    def prepared_from(self, values: Values) -> _Prepared:
        """Networks and an image that fit each other."""
        is_corrected = not values.has(run.ITERATIONS) or values.whole(run.ITERATIONS) > 0
        classifier, corrector = choose_networks(
            classifier_of(values, self.CLASSIFIER), values.file(self.CORRECTOR), is_corrected
        )
        settings = run.run_settings(values, corrector.contract if corrector else None)
        hint_layer = hints.chosen_hints(values, corrector, settings.iterations)
        layer = raster_layer(values, run.INPUT)
        image = self._image(values, layer, classifier.contract)
        part = run.image_part(values, layer, image, classifier.contract, hint_layer is not None)
        resampling = None
        if values.is_set(self.RESAMPLE):
            stride = math.lcm(*(file.contract.stride for file in (classifier, corrector) if file))
            resampling = resampling_to(classifier.contract, part.grid, stride)
            if hint_layer is not None and resampling is not None:
                raise hints.resampled(values, self.RESAMPLE)
        only_around = values.is_set(hints.ONLY_AROUND_HINTS)
        return _Prepared(classifier, corrector, part, resampling, hint_layer, only_around, settings)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open what was prepared, classify, and say what was done."""
        paths = self.paths = run.output_paths(Values(self, parameters, context))
        prepared, progress = self.prepared, FeedbackProgress(feedback)
        part, resampling, settings = prepared.part, prepared.resampling, prepared.settings
        add_packages_folder()
        with faults_for_qgis():
            networks = open_networks(prepared.classifier, prepared.corrector, settings, progress)
            contract = networks.first.contract
            classes = map_classes(contract.classes)
            place = Place(part.grid, context.transformContext())
            known = placed_hints(prepared.hints, place, classes, feedback)
            with ExitStack() as files:
                reader = files.enter_context(part.open(feedback.isCanceled))
                if isinstance(part.image, ServedImage):
                    progress.say(
                        tr(
                            "Fetched from the server: pixels of {size:.6g} map units.",
                            size=part.grid.affine[1],
                        )
                    )
                say_systems(feedback, part.image.placing)
                say_training_data(contract, progress)
                say_bands(contract, reader, progress)
                say_extent(part.window, reader, progress)
                say_resampling(resampling, reader, progress)
                resample, scale = called(self, self.RESAMPLE), called(self, run.VALUE_SCALE)
                warnings = image_warnings(contract, reader, resampling, resample)
                if not isinstance(
                    part.image, ServedImage
                ):  # pictures, of which each look costs the server's time
                    warnings += value_warnings(contract, reader, part.window, scale)
                for warning in warnings:
                    feedback.pushWarning(warning)
                outputs = run.open_outputs(
                    paths,
                    reader.grid.window(part.window),
                    run.MapClasses(contract.classes),
                    classification_record(networks, plugin_version(), part.scale, resampling),
                    settings.iterations,
                    files,
                )
                confidence = MeanConfidence()
                task = MapRun(
                    reader,
                    networks,
                    part.window,
                    outputs,
                    resampling=resampling,
                    tile_side_px=settings.tile_side_px,
                    keeps_tiles=run.are_kept(paths),
                    hints=None if known is None else known.hints,
                    only_around_hints=prepared.only_around_hints,
                )
                say_remarkable(known, task, classes, feedback)
                started = time.monotonic()
                pixels = make_map(task, progress, confidence)
                say_speed(pixels, time.monotonic() - started, progress)
                if doubt := confidence_warning(contract, confidence, progress):
                    feedback.pushWarning(doubt)
            return dict(paths)

    def _image(self, values: Values, layer: QgsRasterLayer, contract: NetworkContract) -> Image:
        pixel_size = values.number(self.PIXEL_SIZE)
        if layer.providerType() == SERVED and not offline_tiles(layer):
            extent = chosen_extent(values, run.EXTENT, layer.crs(), layer.extent())
            return served_image(layer, extent, pixel_size, contract.pixel_size_m)
        if pixel_size > 0:
            raise RasterError(
                tr(
                    "{pixel_size} is given, and {layer} is a file, which is read at its own: leave it empty, or let "
                    "{resample} bring the image to the network's pixel size.",
                    pixel_size=values.called(self.PIXEL_SIZE),
                    layer=layer.name(),
                    resample=values.called(self.RESAMPLE),
                )
            )
        return image_file(layer, values)
