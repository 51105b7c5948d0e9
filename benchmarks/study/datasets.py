"""Protocols: which labelled chips teach the classifier, which the corrector, and which judge both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ...core.samples.sample_set import Chip, SampleSet
from ...core.training.chip_scores import by_classifier, out_of_fold, score_chips
from ...core.training.dataset import TrainingData
from ...recipes import train_urban
from ...recipes.banepa import BUILDING_CLASSES, banepa_regions, banepa_samples, coarse_and_accurate
from ...recipes.data import ROAD_CLASSES, ROOT, URBAN_CLASSES, opened, road_samples
from ...recipes.release import WEIGHTS
from ...recipes.steps import learn_classifier
from ...recipes.train_buildings import CLASSIFIER, fine_tuned

FOLDER = ROOT / "build" / "study"
"""Where networks are trained."""
MEASURED = Path(__file__).with_name("measured")
"""The rows: what was measured once is part of the project, and is measured anew where its file is deleted."""
BASES = ("classifier", "fine-tuned classifier")
UNET = replace(CLASSIFIER, learning_rate=1e-3, border_px=16)
EPOCHS_ON_COARSE_LABELS = 8
"""Of correctors; accurate labels go on teaching for longer."""


@dataclass(frozen=True)
class Base:
    """Scores to correct, and the chips they were made of.

    Attributes:
        name: of what made the scores.
        samples: with these scores.
        training: the chips that correctors learn from.
        validation: the chips that choose the best epoch, and the settings of the hand-crafted baselines.
        test: the chips of the test part.
        coarse: chips with coarse labels, from which a corrector may learn what there is to see.
        epochs: how long correctors learn, if not as usual.
        before: other scores of the same chips, of whose correctors those of these scores go on to learn.
    """

    name: str
    samples: SampleSet
    training: list[Chip]
    validation: list[Chip]
    test: list[Chip]
    coarse: tuple[Chip, ...] = ()
    epochs: int = 0
    before: Base | None = None


@dataclass(frozen=True)
class Protocol:
    """One data set of the study, and who learns from which part of it.

    Attributes:
        name: of its folder, and of the part in `make study`.
        title: for the report.
        bases: makes the scores to correct, in a folder, for a seed; what is there is kept.
        classes: their names.
        thin_class: one that is also judged by relaxed precision and recall, as the field does for roads.
        base_names: what `bases` makes.
    """

    name: str
    title: str
    bases: Callable[[Path, int], list[Base]]
    classes: tuple[str, ...] = tuple(entry.name for entry in BUILDING_CLASSES)
    thin_class: str = ""
    base_names: tuple[str, ...] = BASES[:1]


@dataclass(frozen=True)
class Banepa:
    """One way to use the data of Banepa.

    Attributes:
        form: of the classifier.
        shrink: how much wider the pixels are than those of the images.
        is_noisy: whether the classifier's labels are shifted and incomplete.
        accurate_column: with the labels that the corrector learns from.
        test_column: of the test part.
        is_fine_tuned: whether correctors of a fine-tuned classifier are learned as well.
    """

    form: str = "paper"
    shrink: int = 2
    is_noisy: bool = True
    accurate_column: int = 4
    test_column: int = 5
    is_fine_tuned: bool = True


def banepa(folder: Path, seed: int, variant: Banepa = Banepa()) -> list[Base]:
    """The classifier learns from four columns, the corrector from the accurate one.

    Everything is chosen on the accurate column, so the best epoch is mostly the last one there. Where the
    classifier is fine-tuned on that column as well, correctors of it learn from the scores of classifiers that were
    tuned on the other three quarters of the column; and they go on from those of the classifier as it was, because good
    scores teach a corrector little about the image.
    """
    regions = banepa_regions(variant.is_noisy, variant.accurate_column, variant.test_column)
    samples = banepa_samples(folder / "samples", regions, seed, variant.shrink)
    test = samples.of_split("test")
    coarse, accurate = coarse_and_accurate(samples)
    recipe = replace(UNET if variant.form == "u-net" else CLASSIFIER, seed=seed)
    path = folder / "classifier.onnx"
    learn_classifier(TrainingData(samples, coarse, accurate), variant.form, recipe, path)
    scored = score_chips(samples, [*accurate, *test], by_classifier(samples, path))
    bases = [Base(BASES[0], scored, accurate, accurate, test, tuple(coarse))]
    if variant.is_fine_tuned:
        whole, held_out = fine_tuned(samples, accurate, variant.form, path, seed)
        scored = score_chips(samples, [*accurate, *test], out_of_fold(samples, held_out, whole))
        bases.append(Base(BASES[1], scored, accurate, accurate, test, tuple(coarse), before=bases[0]))
    return bases


def dubai(_folder: Path, _seed: int) -> list[Base]:
    """The pretrained classifier; correctors learn on its training chips, from scores of others that never saw it."""
    samples, paths = train_urban.out_of_fold_classifiers()
    train, validation, test = (samples.of_split(name) for name in ("train", "validation", "test"))
    source = out_of_fold(
        samples, {chip.name: paths[chip.fold] for chip in train}, WEIGHTS / "urban_classifier.onnx"
    )
    scored = score_chips(samples, [*train, *validation, *test], source)
    return [Base(BASES[0], scored, train, validation, test, epochs=EPOCHS_ON_COARSE_LABELS)]


def roads(folder: Path, _seed: int) -> list[Base]:
    """One classifier of the paper's form for all seeds; correctors learn as in Dubai, with two folds."""
    shared = folder.parent / "classifiers"
    samples = opened(shared / "samples", road_samples)
    train, validation, test = (samples.of_split(name) for name in ("train", "validation", "test"))
    learn_classifier(
        TrainingData(samples, train, validation), "paper", CLASSIFIER, shared / "classifier.onnx"
    )
    for fold in (0, 1):
        seen = [chip for chip in train if chip.fold != fold]
        path = shared / f"without_{fold}.onnx"
        data = TrainingData(samples, seen, validation)
        learn_classifier(data, "paper", replace(CLASSIFIER, epochs=5), path)
    halves = {chip.name: shared / f"without_{chip.fold}.onnx" for chip in train}
    source = out_of_fold(samples, halves, shared / "classifier.onnx")
    scored = score_chips(samples, [*train, *validation, *test], source)
    return [Base(BASES[0], scored, train, validation, test, epochs=EPOCHS_ON_COARSE_LABELS)]


PROTOCOLS = (
    Protocol("banepa", "Banepa buildings, 0.27 m", banepa, base_names=BASES),
    Protocol("dubai", "Dubai land cover, 1 m", dubai, tuple(entry.name for entry in URBAN_CLASSES)),
    Protocol("roads", "Massachusetts roads, 1 m", roads, tuple(entry.name for entry in ROAD_CLASSES), "road"),
    Protocol("u-net", "Banepa with a u-net as classifier",
             partial(banepa, variant=Banepa(form="u-net", is_fine_tuned=False))),
    Protocol("clean", "Banepa with clean labels for the classifier",
             partial(banepa, variant=Banepa(is_noisy=False, is_fine_tuned=False))),
    Protocol("half", "Banepa buildings, 0.53 m", partial(banepa, variant=Banepa(shrink=4, is_fine_tuned=False))),
    Protocol("rotated", "Banepa, other columns: accurate 1, test 2",
             partial(banepa, variant=Banepa(accurate_column=1, test_column=2, is_fine_tuned=False))),
)  # fmt: skip
