"""Map of any origin + image + corrector -> corrected map (+ confidence, + scores, + the map after each iteration)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from ..core.class_maps.input_map import ClassMap, read_class_map
from ..core.class_maps.start_scores import MapScores
from ..core.errors import ContractError, RecurveError
from ..core.inference.run import MapRun, make_map
from ..core.inference.tile_inference import Networks
from ..models.contract import MAP_KINDS
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis, stoppable, timed
from .layers.image import open_image
from .layers.outputs import refresh_layers
from .layers.raster_layer import image_path, raster_layer
from .parameters import run as run_parameters
from .parameters.networks import NetworkFile, map_provenance, network_file, open_corrector
from .setup.packages import add_packages_folder, missing_runtime
from .text.about import plugin_version
from .text.class_map import map_warnings, say_map
from .text.image_fit import image_warnings, say_bands
from .text.translation import tr


class CorrectMap(RecurveAlgorithm):
    """Corrects a map that any tool has made."""

    group_id = "classification"

    MAP = "MAP"
    MAP_KIND = "MAP_KIND"
    CLASS_TABLE = "CLASS_TABLE"
    CORRECTOR = "CORRECTOR"

    AUTO = "auto"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "correct"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Correct a map")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Corrects a classification map of any origin with a recurrent network that follows the edges of an image."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "correction,post-processing,smooth,sharpen,majority filter,boundaries,edges,rnn,onnx,machine learning,"
            "segmentation,land cover,building,footprint,map"
        ).split(",")

    def missing_packages(self) -> str:
        """Without ONNX Runtime it cannot run."""
        return missing_runtime()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        self.add_parameters(
            *run_parameters.image_parameters(),
            QgsProcessingParameterRasterLayer(self.MAP, tr("Map to correct")),
            QgsProcessingParameterEnum(
                self.MAP_KIND,
                tr("Kind of map"),
                [self.AUTO, *MAP_KINDS],
                defaultValue=self.AUTO,
                usesStaticStrings=True,
            ),
            QgsProcessingParameterString(
                self.CLASS_TABLE, tr("Class table (empty: as the map says)"), optional=True
            ),
            QgsProcessingParameterFile(self.CORRECTOR, tr("Corrector"), extension="onnx"),
            run_parameters.iterations_parameter(),
            run_parameters.extent_parameter(),
            *run_parameters.run_parameters(),
            advanced=run_parameters.ADVANCED,
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse a corrector, an image and a map that do not fit each other, before the run."""
        try:
            file = self._corrector(parameters, context)
            layer = raster_layer(self, parameters, run_parameters.INPUT, context)
            class_map, map_layer = self._map(parameters, context, file)
            bands = self.parameterAsInts(parameters, run_parameters.BANDS, context)
            with (
                open_image(image_path(layer), bands, file.contract) as reader,
                MapScores(class_map, reader.grid) as start,
            ):
                start.check_overlap(reader.grid.extent)
        except RecurveError as error:
            return False, str(error)
        sentence = missing_runtime()
        if sentence:
            return False, sentence
        layers = {run_parameters.INPUT: layer, self.MAP: map_layer}
        return super().checkParameterValues({**parameters, **layers}, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layers what the run needs, in the thread they live in."""
        super().prepareAlgorithm(parameters, context, feedback)
        with faults_for_qgis():
            self.corrector = self._corrector(parameters, context)
            layer = raster_layer(self, parameters, run_parameters.INPUT, context)
            self.image = image_path(layer)
            self.bands = list(self.parameterAsInts(parameters, run_parameters.BANDS, context))
            self.class_map, _ = self._map(parameters, context, self.corrector)
            with open_image(self.image, self.bands, self.corrector.contract) as reader:
                place = parameters, context, layer, reader.grid
                self.window = run_parameters.covered_area(self, *place)
                self.mask = run_parameters.covered_polygons(self, *place, self.window)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open what was prepared, correct, and say what was done."""
        paths = self.paths = run_parameters.output_paths(self, parameters, context)
        contract, class_map = self.corrector.contract, self.class_map
        iterations = run_parameters.iterations_of(self, parameters, context, contract)
        side_px = self.parameterAsInt(parameters, run_parameters.TILE_SIDE, context)
        device = self.parameterAsEnumString(parameters, run_parameters.DEVICE, context)
        precision = self.parameterAsEnumString(parameters, run_parameters.PRECISION, context)
        progress = FeedbackProgress(feedback)
        add_packages_folder()
        with stoppable(progress):
            corrector = open_corrector(self.corrector, device, precision, iterations, progress)
            with ExitStack() as files:
                reader = files.enter_context(
                    open_image(self.image, self.bands, contract, self.mask, feedback.isCanceled)
                )
                start = files.enter_context(MapScores(class_map, reader.grid, feedback.isCanceled))
                say_bands(contract, reader, progress)
                say_map(class_map, progress)
                for warning in (*image_warnings(contract, reader), *map_warnings(class_map, contract)):
                    feedback.pushWarning(warning)
                version = plugin_version()
                outputs = run_parameters.open_outputs(
                    paths,
                    reader.grid.window(self.window),
                    class_map.classes,
                    map_provenance(class_map, self.corrector, corrector, iterations, version),
                    iterations,
                    files,
                    class_map.codes,
                    class_map.nodata,
                )
                with timed(self.window, progress):
                    networks = Networks(None, corrector, iterations)
                    run = MapRun(reader, networks, self.window, outputs, start, tile_side_px=side_px)
                    make_map(run, progress)
            return dict(paths)
        return {}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Refresh layers that show the outputs' files already."""
        refresh_layers(self.paths, context)
        return {}

    def _corrector(self, parameters: dict[str, Any], context: QgsProcessingContext) -> NetworkFile:
        path = self.parameterAsFile(parameters, self.CORRECTOR, context)
        if not path:
            raise ContractError("No corrector was given; choose one that was trained on maps like this one.")
        return network_file(Path(path), "corrector")

    def _map(
        self, parameters: dict[str, Any], context: QgsProcessingContext, file: NetworkFile
    ) -> tuple[ClassMap, QgsRasterLayer]:
        """What the user says of the map, and its layer."""
        layer = raster_layer(self, parameters, self.MAP, context)
        kind = self.parameterAsEnumString(parameters, self.MAP_KIND, context)
        class_map = read_class_map(
            image_path(layer),
            "" if kind == self.AUTO else kind,
            file.contract.classes,
            self.parameterAsString(parameters, self.CLASS_TABLE, context),
            file.contract.map_kind,
        )
        return class_map, layer
