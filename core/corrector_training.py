"""Sample sets and a classifier (or maps of any origin) to a corrector's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..models.network_file import read_contract
from .assessment import Accuracy
from .chip_scores import ScoreMaker, score_chips, score_deviation
from .classifier_training import recalibrate_on, say_plan
from .corrector_worth import NotBetter, advice, best_iterations, chosen, refusal
from .epochs import EpochResult, best_of, said
from .patches import Augmentation, PatchSource
from .progress import Part, Progress, Quiet
from .samples import Chip, SampleSet
from .trained_network import (
    TrainedNetwork,
    check_output,
    checkpoint_path,
    examples_of,
    patience_of,
    steps_per_epoch,
)
from .training import Recipe, fit, training_device
from .training_contract import contract_of, start_record, training_record, with_record
from .training_samples import MAX_PIXEL_RATIO, check_samples, fingerprint, patch_side_px
from .training_threads import use_threads
from .validation import validate_on

if TYPE_CHECKING:
    from ..models.corrector import Corrector, DeepCorrector

FORMS = ("deep", "paper", "paper class-agnostic")
COLOURS_AND_SCALE = Augmentation(brightness=0.8, contrast=0.6, gamma=0.5, scale=1.5)
"""Stronger than a classifier's: precise labels are few, and what they look like must not be learnt by heart."""

_PATCH_PX = 128
_STRIDE_PX = 16  # patches are multiples of it, for speed
_BORDER_PX = 12
_SMALLEST_REACH_PX = 32  # of the deep form's layers on the image: less would be border only
_LEARNING_RATE = 3e-3
_GOING_ON = 1 / 3  # of the learning rate
_FILTERS = {"deep": 24, "paper": 32, "paper class-agnostic": 32}
_SAME_GROUND = (
    "The classifier was trained on these very samples. On ground it has learned from its maps are better than "
    "elsewhere, so the corrector learns to correct less than there is to correct: label some other ground for it."
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
        batch: patches per step.
        learning_rate: at the start; 0 for the usual one.
        device: one of `training.DEVICES`.
        seed: where chance comes from.
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
    samples: SampleSet, maker: ScoreMaker, settings: CorrectorSettings, output: Path, progress: Progress
) -> TrainedNetwork:
    """Train a corrector of scores whose maker stays as it is; export it in its best state and prove the file.

    By default the file applies it as often as was best on the validation chips.

    Args:
        samples: as from `open_samples`; the scores are kept beside its chips.
        maker: where the scores come from that the corrector will start from.
        settings: what the user says.
        output: the .onnx file to write.
        progress: told the share done and lines for the log, asked within each step whether to stop.

    Raises:
        LabelError: nothing can be learned from the samples, or the loss is not a number any more.
        ContractError: there is no going on from the corrector to start from.
        ExportError: the file does not compute what the network does.
        Cancelled: the user stopped; the same call goes on from the chips that are scored and the last whole epoch.
        NotBetter: it makes the validation map no better. Nothing is exported, and the same call with `export_always`
            does so without training again.
    """
    from ..models.export import export_corrector

    use_threads(settings.threads, progress)
    device = training_device(settings.device)
    is_agnostic = settings.start is None and settings.form == "paper class-agnostic"
    remarks = check_samples(samples, needs_every_class=not is_agnostic)
    check_output(output)
    contract = contract_of(
        samples,
        "corrector",
        settings.name or output.stem,
        _pixel_sizes_m(samples, maker),
        iterations=settings.iterations,
        classifier_sha256=maker.classifier_sha256,
        map_kind=maker.map_kind,
    )
    start, origin = _start(samples, settings, progress), start_record(settings.start)
    train, validation = samples.of_split("train"), samples.of_split("validation")
    recipe = _recipe(samples, settings)
    progress.say(f"Start scores: {maker.name}, kept as scores/{maker.folder} in the sample set.")
    samples = score_chips(samples, [*train, *validation], maker, Part(progress, 0, _SCORING))
    network = _going_on(start, samples, train, recipe) if start else new_corrector(samples, train, settings)
    identity: dict[str, Any] = {
        "network": [network.form, settings.iterations, settings.filters, settings.hidden],
        "start": origin.get("sha256", ""),
        "scores": maker.folder,
        "samples": fingerprint(samples, [*train, *validation]),
    }
    if maker.samples_sha256 == identity["samples"]:
        remarks.append(_SAME_GROUND)
    checkpoint = checkpoint_path(output, recipe, identity, progress)
    say_plan(network.form, recipe, train, validation, device, remarks, progress)
    before = validate_on(samples, validation, _unchanged, 0, progress=progress)[0]
    progress.say(f"The scores to correct: validation mean IoU {100 * before.mean_iou:.1f} %.")
    results = fit_corrector(
        network,
        samples,
        train,
        validation,
        settings.iterations,
        recipe,
        checkpoint,
        Part(progress, _SCORING, _FITTING),
        device,
    )
    best = best_of(results)
    after = [accuracy.mean_iou for accuracy in best.validation]
    iterations = best_iterations(after)
    accuracy = best.validation[iterations - 1]
    progress.say(chosen(before.mean_iou, after))
    contract = with_record(
        replace(contract, iterations=iterations),
        {
            **training_record(samples, identity["samples"], results, accuracy, settings.seed, origin),
            "start_scores": maker.name,
            "uncorrected_mean_iou": round(before.mean_iou, 4),
            "trained_iterations": settings.iterations,
        },
    )

    def iterates(image: Any, scores: Any) -> list[Any]:
        return [scores, *network.iterates(scores, image, settings.iterations)]

    examples = examples_of(samples, validation, iterates, _halo_px(network, settings.iterations), device)
    trained = TrainedNetwork(output, contract, recipe, results, before, examples, device, remarks)
    sentence = refusal(before.mean_iou, after)
    if sentence and not settings.export_always:
        remarks.append(sentence)
        contract = replace(contract, form=network.form)
        raise NotBetter(sentence, replace(trained, contract=contract, is_exported=False))
    for remark in advice(before.mean_iou, after):
        remarks.append(remark)
        progress.say(remark)
    export_corrector(network.cpu(), contract, output)
    checkpoint.unlink(missing_ok=True)
    progress.report(1)
    return replace(trained, contract=read_contract(output))


def fit_corrector(
    network: Corrector,
    samples: SampleSet,
    chips: Sequence[Chip],
    judged_on: Sequence[Chip],
    iterations: int,
    recipe: Recipe,
    checkpoint: Path,
    progress: Progress | None = None,
    device: str = "cpu",
    every_iterate: bool = True,
    starts_anywhere: bool = True,
) -> list[EpochResult]:
    """Train a corrector in place, with a line for the log after each epoch.

    Args:
        network: the corrector.
        samples: the sample set, with the scores of all chips below.
        chips: the chips to learn from.
        judged_on: the chips whose mean IoU chooses the best epoch.
        iterations: how often the update is applied.
        recipe: how to train.
        checkpoint: where the training is kept, and gone on from.
        progress: see `fit`.
        device: PyTorch's.
        every_iterate: whether the loss is on every iterate or on the last one only.
        starts_anywhere: whether half of the steps start where up to `iterations` iterations have led already, so that
            the process learns to stay where it has arrived; of one iteration that is not asked.
    """
    import torch

    progress = progress or Quiet()
    patches = PatchSource(
        samples, chips, recipe.side_px, COLOURS_AND_SCALE, with_scores=True, border_px=recipe.border_px
    )

    def predict(image: Any, scores: Any) -> list[Any]:
        if starts_anywhere and iterations > 1 and network.training and torch.rand(()) < 0.5:
            with torch.no_grad():
                scores = network(scores, image, int(torch.randint(1, iterations + 1, ())))
        iterates = network.iterates(scores, image, iterations)
        return iterates if every_iterate or not network.training else iterates[-1:]

    def validate() -> list[Accuracy]:
        halo_px = _halo_px(network, iterations)
        return validate_on(samples, judged_on, predict, halo_px, progress=progress, device=device)

    epochs = fit(network, predict, patches, validate, recipe, checkpoint, progress, device)
    return said(epochs, recipe.epochs, progress)


def new_corrector(samples: SampleSet, chips: Sequence[Chip], settings: CorrectorSettings) -> Corrector:
    """An untrained corrector, which changes nothing.

    Args:
        samples: whose bands, classes and scores it is for.
        chips: whose scores tell how far apart scores are.
        settings: its form, sizes and the seed of its first weights.
    """
    import torch

    from ..models.corrector import DeepCorrector, PaperCorrector

    means, deviations = ([getattr(band, name) for band in samples.bands] for name in ("mean", "deviation"))
    classes, spread = len(samples.classes), score_deviation(samples, chips)
    torch.manual_seed(settings.seed)
    filters = settings.filters or _FILTERS[settings.form]
    if settings.form == "deep":
        return _for_speed(DeepCorrector(means, deviations, classes, spread, filters, settings.hidden))
    is_agnostic = settings.form == "paper class-agnostic"
    return PaperCorrector(means, deviations, classes, spread, filters, settings.hidden, is_agnostic)


def _start(samples: SampleSet, settings: CorrectorSettings, progress: Progress) -> DeepCorrector | None:
    from ..models.trained_weights import load_corrector

    if settings.start is None:
        return None
    network = load_corrector(settings.start, samples.bands, samples.classes)
    progress.say(
        f"Going on from {read_contract(settings.start).name}: its form '{network.form}' and its sizes are kept."
    )
    return network


def _going_on(network: DeepCorrector, samples: SampleSet, chips: Sequence[Chip], recipe: Recipe) -> Corrector:
    network.rescale(score_deviation(samples, chips))
    recalibrate_on(network, samples, chips, recipe, COLOURS_AND_SCALE)
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


def _halo_px(network: Corrector, iterations: int) -> int:
    return network.reach_px + iterations * network.reach_per_iteration_px


def _pixel_sizes_m(samples: SampleSet, maker: ScoreMaker) -> tuple[float, float]:
    """What the scores' maker is made for, and in any case the samples' own pixel size."""
    size_m = samples.pixel_size_m
    low_m, high_m = maker.pixel_size_range_m or (size_m / MAX_PIXEL_RATIO, size_m * MAX_PIXEL_RATIO)
    return min(low_m, size_m), max(high_m, size_m)


def _unchanged(image: Any, scores: Any) -> list[Any]:
    return [scores]
