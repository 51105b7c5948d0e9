"""Sample sets + (a classifier or a map) -> a corrector and a report on its training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
)

from ..core.class_maps.input_map import read_class_map
from ..core.errors import LabelError
from ..core.progress import Progress
from ..core.raster.operation import AS_THE_FILE_SAYS, Placing
from ..core.samples.sample_set import SampleSet
from ..core.training.chip_scores import StartScoreSource, by_classifier, by_map
from ..core.training.corrector import FORMS, CorrectorSettings, train_corrector
from ..core.training.dataset import check_samples
from ..models.contract import MAP_KINDS
from .algorithm import RecurveAlgorithm
from .layers.raster_layer import image_path, placing, raster_layer, say_systems
from .parameters import training
from .parameters.choice import choice
from .parameters.class_list import class_table_of, class_table_parameter
from .parameters.numbers import whole_number
from .parameters.pretrained import PRETRAINED, classifier_of, pretrained_parameter
from .setup.packages import add_packages_folder, missing_training
from .text.translation import tr
from .values import Values

if TYPE_CHECKING:
    from ..core.training.result import TrainedNetwork

_USUAL = CorrectorSettings()
_AUTO = "auto"


@dataclass(frozen=True)
class _Prepared:
    """What is learned from, what is corrected, how it is learned, and where the network goes."""

    samples: SampleSet
    score_source: StartScoreSource
    settings: CorrectorSettings
    outputs: training.TrainingOutputs
    placing: Placing


class TrainCorrector(RecurveAlgorithm):
    """Trains a corrector on sample sets, for a classifier or for maps of any origin."""

    prepared: _Prepared

    group_id = "training"

    SAMPLES = training.SAMPLES
    CLASSIFIER = "CLASSIFIER"
    MAP = "MAP"
    MAP_KIND = "MAP_KIND"
    CLASS_TABLE = "CLASS_TABLE"
    ARCHITECTURE = "ARCHITECTURE"
    START = "START"
    ITERATIONS = "ITERATIONS"
    FILTERS = "FILTERS"
    HIDDEN = "HIDDEN"
    EPOCHS = training.EPOCHS
    BATCH = training.BATCH
    LEARNING_RATE = training.LEARNING_RATE
    DEVICE = training.DEVICE
    THREADS = training.THREADS
    SEED = training.SEED
    NAME = training.NAME
    EXPORT_ALWAYS = "EXPORT_ALWAYS"
    OUTPUT = training.OUTPUT
    OUTPUT_HTML = training.OUTPUT_HTML

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "traincorrector"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Train corrector")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Trains a recurrent network on a few accurate labels, to correct the maps of a classifier or of any origin."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "train,deep learning,machine learning,neural network,rnn,pytorch,samples,corrector,refine,boundaries,smooth"
        ).split(",")

    def missing_packages(self) -> str:
        """Without PyTorch, ONNX and ONNX Runtime it cannot run."""
        return missing_training()

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        parameters = [
            training.samples_parameter(),
            pretrained_parameter(tr("Pretrained network whose maps it will correct")),
            QgsProcessingParameterFile(
                self.CLASSIFIER, tr("Classifier from a file"), extension="onnx", optional=True
            ),
            QgsProcessingParameterRasterLayer(self.MAP, tr("Map of the area of the samples"), optional=True),
            choice(self.MAP_KIND, tr("Kind of map"), (_AUTO, *MAP_KINDS)),
            class_table_parameter(
                self.CLASS_TABLE, tr("Class table of the map (empty: as the map says)"), raster=self.MAP
            ),
            choice(self.ARCHITECTURE, tr("Architecture"), FORMS),
            QgsProcessingParameterFile(
                self.START, tr("Initial corrector (fine-tuning)"), extension="onnx", optional=True
            ),
            whole_number(self.ITERATIONS, tr("Iterations"), _USUAL.iterations, 1, 50),
            whole_number(self.FILTERS, tr("Filters (empty: the architecture's own number)"), None, 1, 512),
            whole_number(self.HIDDEN, tr("Hidden units"), _USUAL.hidden, 1, 512),
            *training.learning_parameters(_USUAL.epochs, _USUAL.batch),
            QgsProcessingParameterBoolean(
                self.EXPORT_ALWAYS,
                tr("Write the corrector even if it does not help"),
                defaultValue=False,
            ),
            *training.run_parameters(tr("Corrector"), "corrector"),
        ]
        self.add_parameters(
            *parameters,
            advanced=(
                *training.ADVANCED,
                self.MAP_KIND,
                self.CLASS_TABLE,
                self.FILTERS,
                self.HIDDEN,
                self.EXPORT_ALWAYS,
            ),
        )
        self.addOutput(training.mean_iou_output())

    def prepared_from(self, values: Values) -> _Prepared:
        """Samples that something can be learned from, what makes the maps to correct, and how it is learned."""
        samples = training.samples_of(values)
        check_samples(samples, needs_every_class=False)
        score_source, place = self._score_source(values, samples)
        start = values.file(self.START)
        outputs = training.outputs_of(values, start, classifier_of(values, self.CLASSIFIER))
        settings = CorrectorSettings(
            form=values.choice(self.ARCHITECTURE),
            start=Path(start) if start else None,
            iterations=values.whole(self.ITERATIONS),
            filters=values.whole(self.FILTERS),
            hidden=values.whole(self.HIDDEN),
            epochs=values.whole(self.EPOCHS),
            batch=values.whole(self.BATCH),
            learning_rate=values.number(self.LEARNING_RATE),
            device=values.choice(self.DEVICE),
            seed=values.whole(self.SEED),
            name=values.text(self.NAME),
            threads=values.whole(self.THREADS),
            export_always=values.is_set(self.EXPORT_ALWAYS),
        )
        return _Prepared(samples, score_source, settings, outputs, place)

    def processAlgorithm(
        self, _parameters: dict[str, Any], _context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Score, train, export, report."""
        prepared, outputs = self.prepared, self.prepared.outputs
        say_systems(feedback, prepared.placing)

        def train(progress: Progress) -> TrainedNetwork:
            return train_corrector(
                prepared.samples, prepared.score_source, prepared.settings, outputs.network, progress
            )

        return training.run_training(train, outputs, feedback)

    def _score_source(self, values: Values, samples: SampleSet) -> tuple[StartScoreSource, Placing]:
        """The classifier or the map, whichever was given, and what is known of the map's place."""
        classifier, has_map = classifier_of(values, self.CLASSIFIER), values.has(self.MAP)
        if bool(classifier) == has_map:
            if has_map:
                fault = tr("Both a classifier and a map are given")
            else:
                fault = tr("Neither a classifier nor a map is given")
            raise LabelError(
                tr(
                    "{fault}, and a corrector learns to correct one of them: choose {pretrained}, {classifier} or "
                    "{map}.",
                    fault=fault,
                    pretrained=values.called(PRETRAINED),
                    classifier=values.called(self.CLASSIFIER),
                    map=values.called(self.MAP),
                )
            )
        add_packages_folder()
        if classifier:
            return by_classifier(samples, Path(classifier)), AS_THE_FILE_SAYS
        kind, layer = values.choice(self.MAP_KIND), raster_layer(values, self.MAP)
        table = class_table_of(values, self.CLASS_TABLE)
        place = placing(layer, values.context.transformContext())
        kind = "" if kind == _AUTO else kind
        return by_map(read_class_map(image_path(layer), kind, samples.classes, table, placing=place)), place
