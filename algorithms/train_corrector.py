"""Sample sets + (a classifier or a map) -> a corrector and a report on its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.class_maps.input_map import ClassMap, read_class_map
from ..core.errors import LabelError, RecurveError
from ..core.samples.sample_set import SampleSet
from ..core.training.chip_scores import ScoreMaker, by_classifier, by_map
from ..core.training.corrector import FORMS, CorrectorSettings, train_corrector
from ..core.training.dataset import check_samples
from ..models.contract import MAP_KINDS
from .algorithm import RecurveAlgorithm
from .feedback import faults_for_qgis
from .layers.raster_layer import image_path, raster_layer
from .parameters import training
from .parameters.pretrained import PRETRAINED, classifier_of, pretrained_parameter, with_title
from .setup.packages import add_packages_folder, missing_training
from .text.help import called
from .text.translation import tr

_USUAL = CorrectorSettings()
_AUTO = "auto"


class TrainCorrector(RecurveAlgorithm):
    """Trains a corrector on sample sets, for a classifier or for maps of any origin."""

    group_id = "training"

    SAMPLES = training.SAMPLES
    CLASSIFIER = "CLASSIFIER"
    MAP = "MAP"
    MAP_KIND = "MAP_KIND"
    CLASS_TABLE = "CLASS_TABLE"
    FORM = "FORM"
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
    REPORT = training.REPORT

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "traincorrector"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Train corrector")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Trains a recurrent network on a few precise labels, to correct the maps of a classifier or of any origin."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "train,deep learning,machine learning,neural network,rnn,pytorch,samples,corrector,refine,boundaries,smooth"
        ).split(",")

    def missing_packages(self) -> str:
        """Without PyTorch, ONNX and ONNX Runtime it cannot run."""
        return missing_training()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        parameters = [
            training.samples_parameter(),
            pretrained_parameter(tr("Pretrained network whose maps it will correct")),
            QgsProcessingParameterFile(
                self.CLASSIFIER, tr("Or a classifier from a file"), extension="onnx", optional=True
            ),
            QgsProcessingParameterRasterLayer(
                self.MAP, tr("Or a map of the same ground, as it will correct them"), optional=True
            ),
            training.choice(self.MAP_KIND, tr("Kind of map"), (_AUTO, *MAP_KINDS)),
            QgsProcessingParameterString(
                self.CLASS_TABLE, tr("Class table of the map (10=building, 20=road)"), optional=True
            ),
            training.choice(self.FORM, tr("Form"), FORMS),
            QgsProcessingParameterFile(
                self.START, tr("Go on from this corrector"), extension="onnx", optional=True
            ),
            training.whole_number(self.ITERATIONS, tr("Iterations"), _USUAL.iterations, 1, 50),
            training.whole_number(
                self.FILTERS, tr("Filters (0: the form's own number)"), _USUAL.filters, 0, 512
            ),
            training.whole_number(self.HIDDEN, tr("Hidden units"), _USUAL.hidden, 1, 512),
            *training.learning_parameters(_USUAL.epochs, _USUAL.batch),
            QgsProcessingParameterBoolean(
                self.EXPORT_ALWAYS,
                tr("Write the corrector even if it does not help"),
                defaultValue=False,
                optional=True,  # models that were saved before do not have it
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

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse samples that nothing can be learned from, and what does not fit them, before the run."""
        sentence = missing_training()
        if sentence:
            return False, sentence
        try:
            samples = self._samples(parameters, context)
            check_samples(samples, needs_every_class=False)
            self._maker(parameters, context, samples)
            training.check_file_name(
                self.parameterAsFileOutput(parameters, self.OUTPUT, context),
                self.parameterAsFile(parameters, self.START, context),
                classifier_of(self, parameters, context, self.CLASSIFIER),
            )
            parameters = with_title(self, parameters, context)
        except RecurveError as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the map's layer where its pixels are, in the thread it lives in."""
        super().prepareAlgorithm(parameters, context, feedback)
        with faults_for_qgis():
            self.samples = self._samples(parameters, context)
            self.maker = self._maker(parameters, context, self.samples)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Score, train, export, report."""
        start = self.parameterAsFile(parameters, self.START, context)
        settings = CorrectorSettings(
            form=self.parameterAsEnumString(parameters, self.FORM, context),
            start=Path(start) if start else None,
            iterations=self.parameterAsInt(parameters, self.ITERATIONS, context),
            filters=self.parameterAsInt(parameters, self.FILTERS, context),
            hidden=self.parameterAsInt(parameters, self.HIDDEN, context),
            epochs=self.parameterAsInt(parameters, self.EPOCHS, context),
            batch=self.parameterAsInt(parameters, self.BATCH, context),
            learning_rate=self.parameterAsDouble(parameters, self.LEARNING_RATE, context),
            device=self.parameterAsEnumString(parameters, self.DEVICE, context),
            seed=self.parameterAsInt(parameters, self.SEED, context),
            name=self.parameterAsString(parameters, self.NAME, context),
            threads=self.parameterAsInt(parameters, self.THREADS, context),
            export_always=self.parameterAsBoolean(parameters, self.EXPORT_ALWAYS, context),
        )
        output, report = training.output_paths(self, parameters, context)
        return training.run_training(
            lambda progress: train_corrector(self.samples, self.maker, settings, output, progress),
            parameters,
            report,
            feedback,
        )

    def _samples(self, parameters: dict[str, Any], context: QgsProcessingContext) -> SampleSet:
        return training.samples_of(self.parameterAsFileList(parameters, self.SAMPLES, context))

    def _maker(
        self, parameters: dict[str, Any], context: QgsProcessingContext, samples: SampleSet
    ) -> ScoreMaker:
        """The classifier or the map, whichever was given."""
        classifier = classifier_of(self, parameters, context, self.CLASSIFIER)
        has_map = bool(parameters.get(self.MAP))
        if bool(classifier) == has_map:
            raise LabelError(
                f"{'Both a classifier and a map are' if has_map else 'Neither a classifier nor a map is'} given, and a "
                f"corrector learns to correct one of them: choose {called(self, PRETRAINED)}, "
                f"{called(self, self.CLASSIFIER)} or {called(self, self.MAP)}."
            )
        add_packages_folder()
        if classifier:
            return by_classifier(samples, Path(classifier))
        layer = raster_layer(self, parameters, self.MAP, context)
        return by_map(self._class_map(parameters, context, image_path(layer), samples))

    def _class_map(
        self, parameters: dict[str, Any], context: QgsProcessingContext, path: str, samples: SampleSet
    ) -> ClassMap:
        kind = self.parameterAsEnumString(parameters, self.MAP_KIND, context)
        text = self.parameterAsString(parameters, self.CLASS_TABLE, context)
        return read_class_map(path, "" if kind == _AUTO else kind, samples.classes, text)
