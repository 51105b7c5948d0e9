"""The scores a corrector learns to correct: made once by what the user will run, and kept beside the chips."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ...models.contract import TRAINED_ON_MAPS, differing_names
from ...models.onnx_file.reading import file_sha256
from ...models.runtime.network import Network
from ..atomic_file import part_of
from ..class_maps.class_occurrence import check_occurrence
from ..class_maps.input_map import ClassMap
from ..class_maps.map_file import CLASSES
from ..class_maps.start_scores import MapScores
from ..errors import Cancelled, ContractError, LabelError
from ..inference.make_map import make_map
from ..inference.map_run import MapRun
from ..inference.outputs import Outputs
from ..inference.tile_inference import Networks
from ..output.memory import MemoryOutput
from ..output.no_data import NO_CLASS, NO_SCORE
from ..progress import Progress, Quiet, stop_if_cancelled
from ..raster.file_stamps import file_stamps
from ..raster.gdal_errors import gdal_failures
from ..samples.sample_set import Chip, SampleSet, read_chip, write_chip
from ..translation import tr, word

Scores = NDArray[np.float32]
_IMAGE = "RECURVE_IMAGE_SHA256"
_DIGITS = 12  # of a digest: enough to tell the sources of one sample set apart


@dataclass(frozen=True)
class StartScoreSource:
    """Where the scores of chips come from.

    Attributes:
        name: for people.
        folder: of its scores in a sample set; scores of several sources lie side by side.
        classifier_sha256: of the classifier, or 'map'.
        map_kind: of maps: their kind, one of `MAP_KINDS`; of a classifier ''.
        pixel_size_range_m: smallest and largest pixel size it is made for, m; None where nobody knows.
        scores_of: makes the scores (classes, height, width) of a chip of a sample set.
        samples_sha256: fingerprint of the samples that a classifier was trained on; '' where it is not known.
        check: sees that the source fits all the chips together, before the first is scored; None where nothing is to
            be seen.
    """

    name: str
    folder: str
    classifier_sha256: str
    map_kind: str
    pixel_size_range_m: tuple[float, float] | None
    scores_of: Callable[[SampleSet, Chip], Scores] = field(repr=False)
    samples_sha256: str = ""
    check: Callable[[SampleSet, Sequence[Chip], Progress], None] | None = field(default=None, repr=False)


def by_classifier(samples: SampleSet, path: Path) -> StartScoreSource:
    """Scores by the very file and engine that the user will run.

    Args:
        samples: whose bands and classes the classifier must have.
        path: the classifier's file.

    Raises:
        ContractError: the file is no classifier of Recurve, or has other bands or classes.
    """
    network = Network.open(path, "CPU")
    contract = network.contract
    if contract.role != "classifier":
        raise ContractError(
            tr(
                "{path} is a {role} ({name}), and a classifier is needed here; choose a classifier.",
                path=path,
                role=word(contract.role),
                name=contract.name,
            )
        )
    for what, names, needed in differing_names(samples, contract):
        raise ContractError(
            tr(
                "The classifier {path} has the {what} {needed}, and the samples have {names}; prepare the samples "
                "with the same in the same order, or choose another classifier.",
                path=path,
                what=word(what),
                needed=needed,
                names=names,
            )
        )
    return StartScoreSource(
        contract.name,
        network.sha256[:_DIGITS],
        network.sha256,
        "",
        contract.pixel_size_range_m,
        lambda found, chip: run_engine(found, chip, network, None, 0)[0],
        str(contract.training.get("samples_sha256", "")),
    )


def out_of_fold(samples: SampleSet, held_out: Mapping[str, Path], whole: Path) -> StartScoreSource:
    """Scores of chips by classifiers that have not seen them; of all others by the one that has seen all.

    Args:
        samples: the sample set.
        held_out: the file of the classifier for each chip that correctors learn from, by name.
        whole: the file of the classifier for the rest, which is the one that will be corrected.

    Raises:
        ContractError: see `by_classifier`.
    """
    sources = {path: by_classifier(samples, path) for path in {*held_out.values(), whole}}
    parts = sorted((name, sources[path].folder) for name, path in held_out.items())
    digest = hashlib.sha256(repr((parts, sources[whole].folder)).encode()).hexdigest()
    return replace(
        sources[whole],
        folder=f"out-of-fold-{digest[:_DIGITS]}",
        scores_of=lambda found, chip: sources[held_out.get(chip.name, whole)].scores_of(found, chip),
    )


def by_map(class_map: ClassMap) -> StartScoreSource:
    """Scores from a map of any origin that covers the samples, warped onto each chip.

    Args:
        class_map: as from `read_class_map`, with the classes of the samples.
    """

    def scores_of(samples: SampleSet, chip: Chip) -> Scores:
        with samples.image_reader(chip) as reader, MapScores(class_map, reader.grid) as maps:
            extent = reader.grid.extent
            maps.check_overlap(extent)
            scores, valid = maps.read(extent)
        if not valid.any():
            raise LabelError(
                tr(
                    "The map {map} has no data on the chip {chip}; a corrector learns from map and labels of the same "
                    "area: choose a map that covers all samples, or samples from the area of the map only.",
                    map=class_map.path,
                    chip=samples.image_path(chip),
                )
            )
        return scores

    def check(samples: SampleSet, chips: Sequence[Chip], progress: Progress) -> None:
        """One chip need not have every class; all of them together should, see `check_occurrence`."""
        occurring: set[int] = set()
        for chip in chips:
            stop_if_cancelled(progress)
            with samples.image_reader(chip) as reader, MapScores(class_map, reader.grid) as maps:
                occurring |= maps.occurring(reader.grid.extent, progress)
            if len(occurring) == len(class_map.classes):
                return
        check_occurrence(class_map, occurring, progress)

    path = Path(class_map.path)
    state: tuple[object, ...] = (class_map.path, class_map.kind, class_map.table)
    state += (file_stamps(class_map.path), class_map.placing.crs_wkt)
    digest = hashlib.sha256(repr(state).encode("utf-8", "surrogateescape")).hexdigest()
    return StartScoreSource(
        f"the map {path.name} ({class_map.kind})",
        f"map-{digest[:_DIGITS]}",
        TRAINED_ON_MAPS,
        class_map.kind,
        None,
        scores_of,
        check=check if class_map.kind == CLASSES and class_map.table.is_assumed else None,
    )


def score_chips(
    samples: SampleSet, chips: Sequence[Chip], source: StartScoreSource, progress: Progress | None = None
) -> SampleSet:
    """Write the scores of chips into their sample sets; what is there already of the very same image is left as it is.

    Args:
        samples: the sample set.
        chips: which of its chips.
        source: where the scores come from.
        progress: told the share done, asked before each chip whether to stop.

    Returns:
        The sample set with these scores.

    Raises:
        Cancelled: the user stopped; the finished chips are kept.
        LabelError: the folder cannot be written.
        RasterError: a map to learn from does not fit the chips.
    """
    progress = progress or Quiet()
    if source.check is not None:
        source.check(samples, chips, progress)
    scored = replace(samples, scores_source=source.folder)
    for number, chip in enumerate(chips):
        if progress.is_cancelled():
            raise Cancelled(
                tr(
                    "Scoring was cancelled. What was scored is kept: the same command, or Run with the same settings, "
                    "goes on from the chips that are scored."
                )
            )
        path, image = scored.score_path(chip), samples.image_path(chip)
        image_sha256 = file_sha256(image)
        if _scored_image(path) != image_sha256:
            # where the image has no data, nothing is known
            _write(path, np.nan_to_num(source.scores_of(samples, chip), nan=0.0), image, image_sha256)
        progress.report((number + 1) / len(chips))
    return scored


def score_deviation(samples: SampleSet, chips: Sequence[Chip]) -> float:
    """Mean standard deviation of the scores of chips, which a corrector scales them by."""
    spread = float(np.mean([read_chip(samples.score_path(chip)).std() for chip in chips]))
    if spread == 0:
        raise LabelError(
            tr(
                "The scores of all training chips are the same everywhere, so there is no map to correct; check the "
                "classifier or map in this area."
            )
        )
    return spread


def run_engine(
    samples: SampleSet, chip: Chip, classifier: Network, corrector: Network | None, iterations: int
) -> tuple[Scores, NDArray[np.uint8]]:
    """Run the engine on one chip.

    Returns:
        Scores (classes, height, width) and map (height, width).
    """
    networks = Networks(classifier, corrector, iterations)
    with samples.image_reader(chip) as reader, TemporaryDirectory() as folder:
        grid, beside = reader.grid, Path(folder)
        codes = MemoryOutput(beside / "map", grid, 1, NO_CLASS)
        scores = MemoryOutput(beside / "scores", grid, len(samples.classes), NO_SCORE)
        make_map(MapRun(reader, networks, grid.extent, Outputs(codes, scores=scores)), Quiet())
    return scores.values, codes.values[0]


def _scored_image(path: Path) -> str:
    """Digest of the image whose scores a file holds; '' without a file, and where an older version has written it."""
    with gdal_failures():
        try:
            dataset = gdal.Open(str(path))
        except RuntimeError:  # GDAL's own exceptions are on
            return ""
    return "" if dataset is None else dataset.GetMetadataItem(_IMAGE) or ""


def _write(path: Path, scores: Scores, image: Path, image_sha256: str) -> None:
    temporary = part_of(path)
    try:
        write_chip(temporary, scores, like=image, provenance={_IMAGE: image_sha256})
        temporary.replace(path)
    except OSError as error:
        raise LabelError(
            tr(
                "The scores {path} cannot be written ({error}); they are kept beside the samples: copy the sample set "
                "to a folder that can be written, on a disk with room.",
                path=path,
                error=error.strerror or error,
            )
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
