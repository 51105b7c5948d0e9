"""Sample sets and a classifier (or maps of any origin) to a corrector's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...models.onnx_file.reading import NetworkFile, read_network
from ..progress import Part, Progress
from ..run_lock import RunLock
from ..samples.sample_set import Chip, SampleSet
from ..translation import tr
from .checkpoint import checkpoint_path, saying_what_is_kept
from .chip_scores import StartScoreSource, score_chips, score_deviation
from .corrector_worth import NotBetter, advice, best_iterations, chosen, refusal
from .dataset import MAX_PIXEL_RATIO, TrainingData, check_samples, fingerprint
from .devices import training_device
from .facts import corrector_facts, start_record, training_record
from .fitting import (
    CORRECTOR_COLOURS_AND_SCALE,
    Unrolling,
    fit_corrector,
    halo_px_of,
    recalibrate_on,
    say_plan,
)
from .history import best_of
from .recipe import Recipe, TrainingRun, patch_side_px, patience_of, steps_per_epoch
from .result import TrainedNetwork, check_output, examples_of
from .threads import use_threads
from .validation_accuracy import validate_on

if TYPE_CHECKING:
    from ...models.pytorch.corrector import Corrector, DeepCorrector

FORMS = ("deep", "paper", "paper class-agnostic")

_PATCH_PX = 128
_STRIDE_PX = 16  # patches are multiples of it, for speed
_BORDER_PX = 12
_SMALLEST_REACH_PX = 32  # of the deep form's layers on the image: less would be border only
_LEARNING_RATE = 3e-3
_GOING_ON = 1 / 3  # of the learning rate
_FILTERS = {"deep": 24, "paper": 32, "paper class-agnostic": 32}
_TRAINED_ON_THESE = (
    "The classifier was trained on these very samples. Where it has learned, its maps are better than elsewhere, so "
    "the corrector learns to correct less than there is to correct: label another area for it."
)
_SCORING, _FITTING = 0.05, 0.98  # where these parts of a run end


@dataclass(frozen=True)
class CorrectorSettings:
    """What the user says about the training of a corrector.

    Attributes:
        form: one of `FORMS`; with `start` its form and sizes are taken.
        start: the file of a deep corrector to go on from: same bands and classes. Where a map is good already, a
            corrector that has learned to correct poorer ones learns more from it than a new one.
        iterations: how often the update is applied in training, and at most by default in use.
        filters: of the deep form: channels of the layers on the image; of the paper's: filters on scores and on the
            image. 0 for the form's own number.
        hidden: hidden units of the update.
        epochs: how many at most.
        batch: batch size: patches in a training step.
        learning_rate: at the start; 0 for the usual one.
        device: one of `devices.DEVICES`.
        seed: random seed.
        name: what people call the network; empty for the name of its file.
        threads: of PyTorch on the CPU; 0 for as many as there are free cores.
        export_always: whether a corrector is exported that makes the validation map no better.
    """

    form: str = FORMS[0]
    start: Path | None = None
    iterations: int = 5
    filters: int = 0
    hidden: int = 32
    epochs: int = 20
    batch: int = 2
    learning_rate: float = 0.0
    device: str = "auto"
    seed: int = 0
    name: str = ""
    threads: int = 0
    export_always: bool = False


def train_corrector(
    samples: SampleSet,
    source: StartScoreSource,
    settings: CorrectorSettings,
    output: Path,
    progress: Progress,
) -> TrainedNetwork:
    """Train a corrector of scores whose source stays as it is; export it in its best state and prove the file.

    By default the file applies it as often as was best on the validation chips.

    Args:
        samples: as from `open_samples`; the scores are kept beside its chips.
        source: where the scores come from that the corrector will start from.
        settings: what the user says.
        output: the .onnx file to write.
        progress: told the share done and lines for the log, asked within each step whether to stop.

    Raises:
        LabelError: nothing can be learned from the samples, or the loss became NaN or infinite.
        ContractError: there is no going on from the corrector to start from.
        ExportError: the file does not compute what the network does.
        Cancelled: the user stopped; the same call goes on from the chips that are scored and the last whole epoch.
        NotBetter: it makes the validation map no better. Nothing is exported, and the same call with `export_always`
            does so without training again.
        BusyError: another run trains into the same file.
    """
    use_threads(settings.threads, progress)
    device = training_device(settings.device)
    is_agnostic = settings.start is None and settings.form == "paper class-agnostic"
    remarks = check_samples(samples, needs_every_class=not is_agnostic)
    check_output(output)
    with RunLock(output):
        return _trained(samples, source, settings, output, device, remarks, progress)


def _trained(
    samples: SampleSet,
    source: StartScoreSource,
    settings: CorrectorSettings,
    output: Path,
    device: str,
    remarks: list[str],
    progress: Progress,
) -> TrainedNetwork:
    from ...models.pytorch.export import export_corrector

    facts = corrector_facts(
        samples,
        settings.name or output.stem,
        _pixel_sizes_m(samples, source),
        settings.iterations,
        source.classifier_sha256,
        source.map_kind,
    )
    file = read_network(settings.start) if settings.start else None
    start, origin = _start(samples, file, progress), start_record(file)
    data, recipe = TrainingData.of(samples), _recipe(samples, settings)
    progress.say(
        tr(
            "Start scores: {name}, kept as scores/{folder} in the sample set.",
            name=source.name,
            folder=source.folder,
        )
    )
    data = replace(data, samples=score_chips(samples, data.chips, source, Part(progress, 0, _SCORING)))
    network = _going_on(start, data, recipe) if start else new_corrector(data.samples, data.train, settings)
    identity: dict[str, Any] = {
        "network": [network.form, settings.iterations, settings.filters, settings.hidden],
        "start": origin.get("sha256", ""),
        "scores": source.folder,
        "samples": fingerprint(samples, data.chips),
    }
    if source.samples_sha256 == identity["samples"]:
        remarks.append(tr(_TRAINED_ON_THESE))
    checkpoint = checkpoint_path(output, recipe, identity, progress)
    run = TrainingRun(recipe, checkpoint, device)
    say_plan(network.form, data, run, remarks, progress)
    with saying_what_is_kept(checkpoint):
        before = validate_on(data.samples, data.validation, _unchanged, 0, progress=progress)[0]
    progress.say(
        tr("The scores to correct: validation mean IoU {percent:.1f} %.", percent=100 * before.mean_iou)
    )
    results = fit_corrector(
        network, data, Unrolling(settings.iterations), run, Part(progress, _SCORING, _FITTING)
    )
    best = best_of(results)
    after = [accuracy.mean_iou for accuracy in best.validation]
    iterations = best_iterations(after)
    accuracy = best.validation[iterations - 1]
    progress.say(chosen(before.mean_iou, after))
    record = {
        **training_record(samples, identity["samples"], results, accuracy, settings.seed, origin),
        "start_scores": source.name,
        "uncorrected_mean_iou": round(before.mean_iou, 4),
        "trained_iterations": settings.iterations,
    }
    facts = replace(facts, iterations=iterations, training={**facts.training, **record})

    def iterates(image: Any, scores: Any) -> list[Any]:
        return [scores, *network.iterates(scores, image, settings.iterations)]

    halo_px = halo_px_of(network, settings.iterations)
    examples = examples_of(data.samples, data.validation, iterates, halo_px, device)
    trained = TrainedNetwork(output, facts, network.form, run, results, before, examples, remarks)
    sentence = refusal(before.mean_iou, after)
    if sentence and not settings.export_always:
        remarks.append(sentence)
        raise NotBetter(sentence, replace(trained, is_exported=False))
    for remark in advice(before.mean_iou, after):
        remarks.append(remark)
        progress.say(remark)
    export_corrector(network.cpu(), facts, output)
    checkpoint.unlink(missing_ok=True)
    progress.report(1)
    return trained


def new_corrector(samples: SampleSet, chips: Sequence[Chip], settings: CorrectorSettings) -> Corrector:
    """An untrained corrector, which changes nothing.

    Args:
        samples: whose bands, classes and scores it is for.
        chips: whose scores tell how far apart scores are.
        settings: its form, sizes and the seed of its first weights.
    """
    import torch

    from ...models.pytorch.corrector import DeepCorrector, PaperCorrector

    means, deviations = ([getattr(band, name) for band in samples.bands] for name in ("mean", "deviation"))
    classes, spread = len(samples.classes), score_deviation(samples, chips)
    torch.manual_seed(settings.seed)
    filters = settings.filters or _FILTERS[settings.form]
    if settings.form == "deep":
        return _for_speed(DeepCorrector(means, deviations, classes, spread, filters, settings.hidden))
    is_agnostic = settings.form == "paper class-agnostic"
    return PaperCorrector(means, deviations, classes, spread, filters, settings.hidden, is_agnostic)


def _start(samples: SampleSet, file: NetworkFile | None, progress: Progress) -> DeepCorrector | None:
    from ...models.pytorch.load import load_corrector

    if file is None:
        return None
    network = load_corrector(file, samples.bands, samples.classes)
    progress.say(
        tr(
            "Going on from {name}: its architecture '{form}' and its sizes are kept.",
            name=file.contract.name,
            form=network.form,
        )
    )
    return network


def _going_on(network: DeepCorrector, data: TrainingData, recipe: Recipe) -> Corrector:
    network.rescale(score_deviation(data.samples, data.train))
    recalibrate_on(network, data, recipe, CORRECTOR_COLOURS_AND_SCALE)
    return _for_speed(network)


def _for_speed(network: DeepCorrector) -> DeepCorrector:
    """The deep form learns half as fast again where channels lie together."""
    import torch

    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _recipe(samples: SampleSet, settings: CorrectorSettings) -> Recipe:
    side_px = patch_side_px(samples.of_split("train"), _PATCH_PX, _STRIDE_PX, _SMALLEST_REACH_PX)
    return Recipe(
        epochs=settings.epochs,
        steps=steps_per_epoch(samples, settings.batch, side_px),
        batch=settings.batch,
        side_px=side_px,
        learning_rate=settings.learning_rate or _LEARNING_RATE * (_GOING_ON if settings.start else 1),
        weight_decay=0.01,
        border_px=_BORDER_PX,
        seed=settings.seed,
        patience=patience_of(settings.epochs),
    )


def _pixel_sizes_m(samples: SampleSet, source: StartScoreSource) -> tuple[float, float]:
    """What the scores' source is made for, and in any case the samples' own pixel size."""
    size_m = samples.pixel_size_m
    low_m, high_m = source.pixel_size_range_m or (size_m / MAX_PIXEL_RATIO, size_m * MAX_PIXEL_RATIO)
    return min(low_m, size_m), max(high_m, size_m)


def _unchanged(_image: Any, scores: Any) -> list[Any]:
    return [scores]
