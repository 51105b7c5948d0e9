"""What the two training algorithms share: parameters, sample sets, and how a run ends in QGIS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ...core.errors import Cancelled, RasterError, RecurveError
from ...core.progress import Progress
from ...core.samples.sample_set import SampleSet
from ...core.training.corrector_worth import NotBetter
from ...core.training.dataset import open_samples
from ...core.training.devices import DEVICES
from ...core.training.report import write_report
from ..feedback import FeedbackProgress
from ..setup.packages import add_packages_folder, packages_first, training_commands
from ..text.translation import tr
from ..values import Values
from .choice import choice
from .default_places import free_path, offered_beside, offered_path, unused_path, was_offered
from .numbers import MORE_THAN_0, number, whole_number

if TYPE_CHECKING:
    from ...core.training.result import TrainedNetwork

SAMPLES, EPOCHS, BATCH, LEARNING_RATE = "SAMPLES", "EPOCHS", "BATCH", "LEARNING_RATE"
DEVICE, THREADS, SEED, NAME = "DEVICE", "THREADS", "SEED", "NAME"
OUTPUT, OUTPUT_HTML, MEAN_IOU = "OUTPUT", "OUTPUT_HTML", "MEAN_IOU"
ADVANCED = (LEARNING_RATE, DEVICE, THREADS, SEED, NAME)
_MAX_SEED, _MAX_THREADS = 2**31 - 1, 1024


def samples_parameter() -> QgsProcessingParameterDefinition:
    """The sample sets: folders, or their samples.json, which the dialog can choose."""
    return QgsProcessingParameterMultipleLayers(SAMPLES, tr("Sample sets"), QgsProcessing.SourceType.TypeFile)


def learning_parameters(epochs: int, batch: int) -> list[QgsProcessingParameterDefinition]:
    """How long and how fast a network learns.

    Args:
        epochs: the default of EPOCHS.
        batch: the default of BATCH.
    """
    return [
        whole_number(EPOCHS, tr("Epochs, at most"), epochs, 1, 10_000),
        whole_number(BATCH, tr("Batch size"), batch, 1, 4096),
        number(LEARNING_RATE, tr("Learning rate (empty: the architecture's own)"), None, MORE_THAN_0, 1),
    ]


def run_parameters(output_label: str, stem: str) -> list[QgsProcessingParameterDefinition]:
    """Where a network is trained, and what comes out.

    Args:
        output_label: what the network is called in the dialog.
        stem: of its file's name, where the user gives none.
    """
    output = offered_path(stem, ".onnx")
    files, pages = tr("ONNX files (*.onnx)"), tr("HTML files (*.html)")
    return [
        choice(DEVICE, tr("Device"), DEVICES),
        whole_number(
            THREADS,
            tr("Threads on the CPU (empty: as many as there are free cores)"),
            None,
            1,
            _MAX_THREADS,
        ),
        whole_number(SEED, tr("Random seed"), 0, 0, _MAX_SEED),
        QgsProcessingParameterString(NAME, tr("Name of the network (empty: the file's)"), optional=True),
        QgsProcessingParameterFileDestination(OUTPUT, output_label, files, output),
        QgsProcessingParameterFileDestination(
            OUTPUT_HTML, tr("Report"), pages, offered_beside(output, ".html"), optional=True
        ),
    ]


def mean_iou_output() -> QgsProcessingOutputNumber:
    """How well the network did."""
    return QgsProcessingOutputNumber(MEAN_IOU, tr("Mean IoU on the validation chips"))


@dataclass(frozen=True)
class TrainingOutputs:
    """Where a training writes.

    Attributes:
        network: the .onnx file.
        report: the HTML file; '' for none.
        is_temporary: whether QGIS deletes the network when it closes.
    """

    network: Path
    report: str
    is_temporary: bool


def sample_folders(values: Values) -> list[Path]:
    """The folders of the sample sets a user gave: as such, or as files in them, as the dialog lists them."""
    return list(dict.fromkeys(_folder(Path(path)) for path in values.files(SAMPLES) if path))


def samples_of(values: Values) -> SampleSet:
    """The sample sets a user gave, as one.

    Raises:
        LabelError: there is none, one is damaged, or they do not go together.
    """
    return open_samples(sample_folders(values))


def outputs_of(values: Values) -> TrainingOutputs:
    """Where the network and the report go.

    Raises:
        RasterError: the network's name does not end in .onnx.
    """
    network = unused_path(values.new_file(OUTPUT))
    if network and Path(network).suffix.lower() != ".onnx":
        raise RasterError(
            tr("The network {output} must be a file whose name ends in .onnx; add that.", output=network)
        )
    # where nothing is given, QGIS would take what the dialog offers
    report = values.new_file(OUTPUT_HTML) if values.has(OUTPUT_HTML) else ""
    if was_offered(report):  # then it follows the network
        beside = Path(network).with_suffix(".html")
        # of an older network of this name the report goes with it; another page is nobody's to replace
        is_anothers = beside.exists() and not Path(network).exists()
        report = free_path(beside.with_name(f"{beside.stem}_report.html")) if is_anothers else str(beside)
    return TrainingOutputs(Path(network), report, values.is_temporary(OUTPUT))


def new_files(values: Values) -> dict[str, str]:
    """The same by parameter, for `RecurveAlgorithm.new_files`."""
    outputs = outputs_of(values)
    return {OUTPUT: str(outputs.network), **({OUTPUT_HTML: outputs.report} if outputs.report else {})}


def run_training(
    train: Callable[[Progress], TrainedNetwork], outputs: TrainingOutputs, feedback: QgsProcessingFeedback
) -> dict[str, Any]:
    """Train, write the report, and give what QGIS wants to know.

    Args:
        train: trains and exports the network.
        outputs: where it writes.
        feedback: QGIS's.

    Raises:
        QgsProcessingException: the training failed, was stopped by the user, or brought a corrector that does not help.
    """
    progress = FeedbackProgress(feedback)
    if outputs.is_temporary:
        feedback.pushWarning(
            tr(
                "The network goes into a temporary file, which is deleted when QGIS closes, and a training that is "
                "cancelled cannot be resumed; choose a file to keep it."
            )
        )
    add_packages_folder()
    try:
        with packages_first():
            trained = train(progress)
    except NotBetter as outcome:
        has_report = _write_report(outputs.report, outcome.trained, tr("What was learned is kept."), feedback)
        where = [tr("More is in the report {path}.", path=outputs.report)] if has_report else []
        raise QgsProcessingException(" ".join([str(outcome), *where])) from outcome
    except ImportError as error:
        raise QgsProcessingException(
            tr(
                "What training needs cannot be loaded ({error}). Restart QGIS and train before other plugins load "
                "older versions of the same packages, or install them anew:",
                error=error,
            )
            + "\n"
            + "\n".join(training_commands())
        ) from error
    except Cancelled as stop:
        lost = tr(
            "Training was cancelled. Its network was to go into a temporary file, so nothing of it is kept."
        )
        raise QgsProcessingException(lost if outputs.is_temporary else str(stop)) from stop
    except RecurveError as error:
        raise QgsProcessingException(str(error)) from error
    results: dict[str, Any] = {OUTPUT: str(trained.path), MEAN_IOU: trained.accuracy.mean_iou}
    progress.say(
        tr(
            "Exported: epoch {epoch}, mean IoU {percent:.1f} %.",
            epoch=trained.best.epoch,
            percent=100 * trained.accuracy.mean_iou,
        )
    )
    kept = tr("The network was trained and is in {path}.", path=trained.path)
    if _write_report(outputs.report, trained, kept, feedback):
        results[OUTPUT_HTML] = outputs.report
    return results


def _write_report(path: str, trained: TrainedNetwork, kept: str, feedback: QgsProcessingFeedback) -> bool:
    """Write the report; whether there is one. Without it nothing else is lost, and `kept` says so."""
    if not path:
        return False
    try:
        missing = write_report(path, trained)
    except RecurveError as error:
        feedback.pushWarning(f"{error} {kept}")
        return False
    if missing:
        feedback.pushWarning(missing)
    return True


def _folder(path: Path) -> Path:
    if not path.is_file():
        return path
    return next((folder for folder in path.parents if (folder / "samples.json").is_file()), path)
