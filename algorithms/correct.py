"""Map of any origin + image (+ corrector, + hints) -> corrected map (+ confidence, + scores, + intermediate maps)."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)

from ..core.class_maps.input_map import ClassMap, read_class_map
from ..core.class_maps.own_classes import OwnMap, read_own_map
from ..core.class_maps.start_scores import MapScores
from ..core.inference.make_map import make_map
from ..core.inference.map_run import MapRun
from ..core.output.class_value_writer import ClassValues, code_type
from ..core.progress import Quiet
from ..models.contract import MAP_KINDS, NetworkContract
from ..models.onnx_file.reading import NetworkFile
from .algorithm import RecurveAlgorithm
from .feedback import FeedbackProgress, faults_for_qgis, say_speed
from .layers.hint_check import placed_hints, say_remarkable
from .layers.hint_layer import HintLayer
from .layers.place import Place
from .layers.raster_layer import image_file, image_path, placing, raster_layer, say_systems
from .parameters import hints, run
from .parameters.choice import choice
from .parameters.class_list import class_table_of, class_table_parameter
from .parameters.network_files import network_file, universal_corrector
from .parameters.networks import open_corrector
from .setup.packages import add_packages_folder, missing_runtime
from .text.about import plugin_version
from .text.class_map import map_warnings, say_map
from .text.help import called
from .text.image_fit import image_warnings, say_bands, say_extent
from .text.map_classes import map_classes
from .text.map_record import correction_record
from .text.translation import tr
from .text.value_fit import value_warnings
from .values import Values


@dataclass(frozen=True)
class _Prepared:
    """What is corrected, with what, and how."""

    corrector: NetworkFile
    class_map: ClassMap | OwnMap
    part: run.ImagePart
    hints: HintLayer | None
    only_around_hints: bool
    settings: run.RunSettings


class CorrectMap(RecurveAlgorithm):
    """Corrects a map that any tool has made."""

    prepared: _Prepared

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

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        self.add_parameters(
            *run.image_parameters(),
            QgsProcessingParameterRasterLayer(self.MAP, tr("Map to correct")),
            QgsProcessingParameterFile(
                self.CORRECTOR, tr("Corrector (empty: the universal one)"), extension="onnx", optional=True
            ),
            choice(self.MAP_KIND, tr("Kind of map"), (self.AUTO, *MAP_KINDS)),
            class_table_parameter(
                self.CLASS_TABLE, tr("Class table of the map (empty: as the map says)"), raster=self.MAP
            ),
            run.iterations_parameter(),
            *hints.hint_parameters(),
            run.extent_parameter(),
            *run.run_parameters(),
            advanced=(*run.ADVANCED, *hints.ADVANCED),
        )

    def prepared_from(self, values: Values) -> _Prepared:
        """A corrector, an image and a map that fit each other."""
        path = values.file(self.CORRECTOR)
        corrector = network_file(Path(path), "corrector") if path else universal_corrector()
        contract = corrector.contract
        layer, map_layer = raster_layer(values, run.INPUT), raster_layer(values, self.MAP)
        image, class_map = image_file(layer, values), self._map(values, map_layer, contract)
        settings = run.run_settings(values, contract)
        hint_layer = hints.chosen_hints(values, corrector, settings.iterations)
        part = run.image_part(values, layer, image, contract, hint_layer is not None)
        if isinstance(class_map, ClassMap):
            code_type((*class_map.class_values, class_map.nodata))  # what could not be written in the end
            with MapScores(class_map, part.grid) as start:
                start.check_overlap(part.window)
        only_around = values.is_set(hints.ONLY_AROUND_HINTS)
        return _Prepared(corrector, class_map, part, hint_layer, only_around, settings)

    def _map(self, values: Values, layer: QgsRasterLayer, contract: NetworkContract) -> ClassMap | OwnMap:
        """What the map's values mean: the corrector's classes, or for one of any map its own, as far as known."""
        kind = values.choice(self.MAP_KIND)
        kind = "" if kind == self.AUTO else kind
        path, table = image_path(layer), class_table_of(values, self.CLASS_TABLE)
        placed = placing(layer, values.context.transformContext())
        if contract.any_map:
            own = read_own_map(path, kind, table, placed)
            return own if own.needs_pixels else own.class_map(Quiet())
        return read_class_map(path, kind, contract.classes, table, contract.map_kind, placed)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Open what was prepared, correct, and say what was done."""
        paths = self.paths = run.output_paths(Values(self, parameters, context))
        prepared, progress = self.prepared, FeedbackProgress(feedback)
        part, settings = prepared.part, prepared.settings
        add_packages_folder()
        with faults_for_qgis():
            class_map = prepared.class_map
            if isinstance(class_map, OwnMap):
                class_map = class_map.class_map(progress)
            classes = map_classes(class_map.classes, class_map.class_values)
            place = Place(part.grid, context.transformContext())
            known = placed_hints(prepared.hints, place, classes, feedback)
            networks = open_corrector(prepared.corrector, settings, progress)
            contract = networks.first.contract
            with ExitStack() as files:
                reader = files.enter_context(part.open(feedback.isCanceled))
                start = files.enter_context(MapScores(class_map, reader.grid, feedback.isCanceled))
                say_systems(feedback, part.image.placing, class_map.placing)
                say_bands(contract, reader, progress)
                say_extent(part.window, reader, progress)
                say_map(class_map, progress)
                scale = called(self, run.VALUE_SCALE)
                warnings = (
                    image_warnings(contract, reader),
                    value_warnings(contract, reader, part.window, scale),
                )
                for warning in chain(*warnings, map_warnings(class_map, contract)):
                    feedback.pushWarning(warning)
                outputs = run.open_outputs(
                    paths,
                    reader.grid.window(part.window),
                    run.MapClasses(class_map.classes, ClassValues(class_map.class_values, class_map.nodata)),
                    correction_record(networks, plugin_version(), part.scale, class_map),
                    settings.iterations,
                    files,
                )
                task = MapRun(
                    reader,
                    networks,
                    part.window,
                    outputs,
                    start,
                    tile_side_px=settings.tile_side_px,
                    keeps_tiles=run.are_kept(paths),
                    hints=None if known is None else known.hints,
                    only_around_hints=prepared.only_around_hints,
                )
                say_remarkable(known, task, classes, feedback)
                started = time.monotonic()
                say_speed(make_map(task, progress), time.monotonic() - started, progress)
            return dict(paths)
