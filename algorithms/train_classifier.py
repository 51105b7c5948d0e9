"""Sample sets -> a classifier and a report on its training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
)

from ..core.progress import Progress
from ..core.samples.sample_set import SampleSet
from ..core.training.classifier import CLASS_WEIGHTS, NETWORKS, ClassifierSettings, train_classifier
from ..core.training.dataset import check_samples
from .algorithm import RecurveAlgorithm
from .parameters import training
from .parameters.choice import choice
from .parameters.numbers import number
from .parameters.pretrained import classifier_of, pretrained_parameter
from .setup.packages import missing_training
from .text.translation import tr
from .values import Values

if TYPE_CHECKING:
    from ..core.training.result import TrainedNetwork

_USUAL = ClassifierSettings()


@dataclass(frozen=True)
class _Prepared:
    """What is learned from, how, and where the network goes."""

    samples: SampleSet
    settings: ClassifierSettings
    outputs: training.TrainingOutputs


class TrainClassifier(RecurveAlgorithm):
    """Trains a classifier on sample sets."""

    prepared: _Prepared

    group_id = "training"

    SAMPLES = training.SAMPLES
    ARCHITECTURE = "ARCHITECTURE"
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
    OUTPUT_HTML = training.OUTPUT_HTML

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

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        epochs, batch, learning_rate = training.learning_parameters(_USUAL.epochs, _USUAL.batch)
        parameters = [
            training.samples_parameter(),
            choice(self.ARCHITECTURE, tr("Architecture"), NETWORKS),
            pretrained_parameter(tr("Pretrained network as initial classifier (fine-tuning)")),
            QgsProcessingParameterFile(
                self.START,
                tr("Initial classifier from a file (fine-tuning)"),
                extension="onnx",
                optional=True,
            ),
            epochs,
            batch,
            learning_rate,
            choice(self.CLASS_WEIGHTS, tr("Class weights"), CLASS_WEIGHTS),
            number(self.LABEL_SMOOTHING, tr("Label smoothing"), _USUAL.label_smoothing, 0, 0.5),
            *training.run_parameters(tr("Classifier"), "classifier"),
        ]
        self.add_parameters(
            *parameters, advanced=(*training.ADVANCED, self.CLASS_WEIGHTS, self.LABEL_SMOOTHING)
        )
        self.addOutput(training.mean_iou_output())

    def new_files(self, values: Values) -> dict[str, str]:
        """The network and its report, which goes with the network where nothing else is said."""
        return training.new_files(values)

    def prepared_from(self, values: Values) -> _Prepared:
        """Samples that something can be learned from, and how."""
        samples = training.samples_of(values)
        check_samples(samples)
        start = classifier_of(values, self.START)
        outputs = training.outputs_of(values)
        settings = ClassifierSettings(
            network=values.choice(self.ARCHITECTURE),
            start=Path(start) if start else None,
            epochs=values.whole(self.EPOCHS),
            batch=values.whole(self.BATCH),
            learning_rate=values.number(self.LEARNING_RATE),
            class_weights=values.choice(self.CLASS_WEIGHTS),
            label_smoothing=values.number(self.LABEL_SMOOTHING),
            device=values.choice(self.DEVICE),
            seed=values.whole(self.SEED),
            name=values.text(self.NAME),
            threads=values.whole(self.THREADS),
        )
        return _Prepared(samples, settings, outputs)

    def processAlgorithm(
        self, _parameters: dict[str, Any], _context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Train, export, report."""
        samples, settings, outputs = self.prepared.samples, self.prepared.settings, self.prepared.outputs

        def train(progress: Progress) -> TrainedNetwork:
            return train_classifier(samples, settings, outputs.network, progress)

        return training.run_training(train, outputs, feedback)
