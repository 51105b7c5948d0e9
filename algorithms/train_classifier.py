"""Sample sets -> a classifier and a report on its training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
)

from ..core.errors import RecurveError
from ..core.samples.sample_set import SampleSet
from ..core.training.classifier import CLASS_WEIGHTS, NETWORKS, ClassifierSettings, train_classifier
from ..core.training.dataset import check_samples
from .algorithm import RecurveAlgorithm
from .feedback import faults_for_qgis
from .parameters import training
from .parameters.pretrained import classifier_of, pretrained_parameter, with_title
from .setup.packages import missing_training
from .text.translation import tr

_USUAL = ClassifierSettings()


class TrainClassifier(RecurveAlgorithm):
    """Trains a classifier on sample sets."""

    group_id = "training"

    SAMPLES = training.SAMPLES
    NETWORK = "NETWORK"
    START = "START"
    EPOCHS = training.EPOCHS
    BATCH = training.BATCH
    LEARNING_RATE = training.LEARNING_RATE
    CLASS_WEIGHTS = "CLASS_WEIGHTS"
    LABEL_SMOOTHING = "LABEL_SMOOTHING"
    DEVICE = training.DEVICE
    THREADS = training.THREADS
    SEED = training.SEED
    NAME = training.NAME
    OUTPUT = training.OUTPUT
    REPORT = training.REPORT

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "trainclassifier"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Train classifier")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr("Trains a convolutional network on sample sets, to classify images with.")

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "train,fine-tune,deep learning,machine learning,neural network,cnn,u-net,pytorch,samples,classifier"
        ).split(",")

    def missing_packages(self) -> str:
        """Without PyTorch, ONNX and ONNX Runtime it cannot run."""
        return missing_training()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        epochs, batch, learning_rate = training.learning_parameters(_USUAL.epochs, _USUAL.batch)
        parameters = [
            training.samples_parameter(),
            training.choice(self.NETWORK, tr("Network"), NETWORKS),
            pretrained_parameter(tr("Start from a pretrained network (fine-tuning)")),
            QgsProcessingParameterFile(
                self.START, tr("Or start from a classifier in a file"), extension="onnx", optional=True
            ),
            epochs,
            batch,
            learning_rate,
            training.choice(self.CLASS_WEIGHTS, tr("Weights of the classes"), CLASS_WEIGHTS),
            QgsProcessingParameterNumber(
                self.LABEL_SMOOTHING,
                tr("Label smoothing"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=_USUAL.label_smoothing,
                minValue=0,
                maxValue=0.5,
            ),
            *training.run_parameters(tr("Classifier"), "classifier"),
        ]
        self.add_parameters(
            *parameters, advanced=(*training.ADVANCED, self.CLASS_WEIGHTS, self.LABEL_SMOOTHING)
        )
        self.addOutput(training.mean_iou_output())

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse samples that nothing can be learned from, before the run."""
        sentence = missing_training()
        if sentence:
            return False, sentence
        try:
            samples = self._samples(parameters, context)
            check_samples(samples)
            training.check_file_name(
                self.parameterAsFileOutput(parameters, self.OUTPUT, context),
                classifier_of(self, parameters, context, self.START),
            )
            parameters = with_title(self, parameters, context)
        except RecurveError as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Train, export, report."""
        with faults_for_qgis():
            start = classifier_of(self, parameters, context, self.START)
            samples = self._samples(parameters, context)
        settings = ClassifierSettings(
            network=self.parameterAsEnumString(parameters, self.NETWORK, context),
            start=Path(start) if start else None,
            epochs=self.parameterAsInt(parameters, self.EPOCHS, context),
            batch=self.parameterAsInt(parameters, self.BATCH, context),
            learning_rate=self.parameterAsDouble(parameters, self.LEARNING_RATE, context),
            class_weights=self.parameterAsEnumString(parameters, self.CLASS_WEIGHTS, context),
            label_smoothing=self.parameterAsDouble(parameters, self.LABEL_SMOOTHING, context),
            device=self.parameterAsEnumString(parameters, self.DEVICE, context),
            seed=self.parameterAsInt(parameters, self.SEED, context),
            name=self.parameterAsString(parameters, self.NAME, context),
            threads=self.parameterAsInt(parameters, self.THREADS, context),
        )
        output, report = training.output_paths(self, parameters, context)
        return training.run_training(
            lambda progress: train_classifier(samples, settings, output, progress),
            parameters,
            report,
            feedback,
        )

    def _samples(self, parameters: dict[str, Any], context: QgsProcessingContext) -> SampleSet:
        return training.samples_of(self.parameterAsFileList(parameters, self.SAMPLES, context))
