"""Classifiers of unknown reach: scores that fade into each other, no visible seams, nothing lost, bounded memory."""

import tracemalloc
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from recurve.core.errors import Cancelled, DeviceMemoryError, RasterError
from recurve.core.inference.blending import CONTEXT_PX, FADE_PX, FadedAxis
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.resampling import Resampling
from recurve.core.inference.seams import seam_ratio
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window, tile_grid

ROOT = Path(__file__).resolve().parents[3]


def with_reach(classifier, reach_px):
    """A classifier, fake or real, that states another reach."""
    contract = replace(classifier.contract, reach_px=reach_px)
    try:
        return replace(classifier, contract=contract)
    except TypeError:
        classifier.contract = contract
        return classifier


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def classify(folder):
    """Runs the engine on a file; gives the paths of map, confidence and scores."""

    def run(
        path, classifier, corrector=None, iterations=0, *, side, extent=None, progress=None, resampling=None
    ):
        paths = [folder / name for name in ("map.tif", "confidence.tif", "scores.tif")]
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(str(path)))
            extent = extent or reader.grid.extent
            grid, classes = reader.grid.window(extent), classifier.contract.classes
            writers = [
                stack.enter_context(MapWriter(paths[0], grid, classes, {})),
                stack.enter_context(ConfidenceWriter(paths[1], grid, {})),
                stack.enter_context(ScoresWriter(paths[2], grid, classes, {})),
            ]
            progress = progress or Quiet()
            make_map(
                MapRun(
                    reader,
                    Networks(classifier, corrector, iterations),
                    extent,
                    Outputs(*writers),
                    None,
                    resampling,
                    side,
                ),
                progress,
            )
        return paths

    return run


@pytest.mark.parametrize("side", [3, 40, FADE_PX, 200, 1000])
def test_weights_add_up_to_1(side):
    starts = [*range(-7, 1000, side)]
    axis = FadedAxis(starts, 1000)
    total = sum(axis.weights(start, -50, 1050) for start in starts)
    np.testing.assert_allclose(total, 1, atol=1e-12)
    touching = [set(axis.touching(row, row + 1)) for row in range(-7, 1000)]
    for start in starts:
        weights = axis.weights(start, -7, 1000)
        assert weights.min() >= -1e-12
        assert all(start in touching[number] for number in np.flatnonzero(np.abs(weights) > 1e-12))


@pytest.mark.parametrize("side", [64, 150, 0])
@pytest.mark.parametrize("iterations", [0, 3])
@pytest.mark.parametrize("extent", [None, Window(7, 5, 203, 229)])
def test_a_classifier_that_looks_less_far_gets_its_untiled_scores(
    make_raster, integers, classify, read_raster, fake, side, iterations, extent
):
    """All that a blended score can differ by is the rounding of a mean of equal numbers."""
    image, corrector = integers(2, 260, 250), fake.BoxCorrector()
    codes, scores = fake.untiled_map(image, fake.Stride4Classifier(), corrector, iterations)
    blended = with_reach(fake.Stride4Classifier(), None)
    paths = classify(make_raster(image), blended, corrector, iterations, side=side, extent=extent)
    at = extent.slices() if extent else (slice(None), slice(None))
    np.testing.assert_allclose(read_raster(paths[2]), scores[(slice(None), *at)], atol=1e-4)
    is_clear = np.diff(np.sort(scores, axis=0)[-2:], axis=0)[0] > 0.5
    assert is_clear.mean() > 0.5
    np.testing.assert_array_equal(read_raster(paths[0])[0][is_clear[at]], codes[at][is_clear[at]])


@pytest.mark.parametrize("resampling", [Resampling(6, 8, 4), Resampling(5, 8, 8)])
def test_resampled_too(make_raster, integers, classify, read_raster, fake, resampling):
    path, corrector = make_raster(integers(2, 260, 250)), fake.BoxCorrector()
    exact, blended = fake.Stride4Classifier(), with_reach(fake.Stride4Classifier(), None)
    scores = read_raster(classify(path, exact, corrector, 2, side=90, resampling=resampling)[2])
    found = read_raster(classify(path, blended, corrector, 2, side=90, resampling=resampling)[2])
    np.testing.assert_allclose(found, scores, atol=1e-3)


def test_the_context_is_all_that_counts_as_known(make_raster, integers, classify, read_raster, fake):
    """If a classifier that looks one pixel farther got the same scores, the test above would prove nothing."""

    class Spyglass(fake.BoxClassifier):
        """Looks at itself and at two pixels at the end of its reach."""

        def classify(self, image):
            here = image.array.sum(axis=0).astype(np.int64)
            around = np.pad(here, self.reach)
            total = here + around[: here.shape[0], : here.shape[1]]
            total += around[2 * self.reach :, 2 * self.reach :]
            return fake.Scores(np.stack([(total * factor) % 31 for factor in (3, 7, 11)]))

    image = integers(2, 150, 150)
    for reach, is_same in ((CONTEXT_PX, True), (CONTEXT_PX + 1, False)):
        scores = fake.untiled_map(image, Spyglass(reach))[1]
        found = read_raster(classify(make_raster(image), with_reach(Spyglass(reach), None), side=60)[2])
        assert np.allclose(found, scores, atol=1e-4) == is_same


def test_the_log_says_so(make_raster, integers, classify, fake, recorder):
    progress, exact = recorder(), recorder()
    path = make_raster(integers(2, 90, 90))
    classify(path, with_reach(fake.BoxClassifier(), None), side=40, progress=progress)
    assert f"blended over {2 * FADE_PX} px, and the map depends slightly" in progress.lines[1]
    assert progress.fractions == [number / 9 for number in range(1, 10)]
    classify(path, fake.BoxClassifier(), side=40, progress=exact)
    assert not any("blended" in line for line in exact.lines)


def stop_and_go(classify, recorder, path, make_classifier, stops_in):
    """Runs that are stopped after each step of one kind, until one ends; how many there were."""
    runs = 0
    while True:
        runs += 1
        progress = recorder(cancel_after=2 if stops_in == "writing" else None)
        classifier = make_classifier()
        if stops_in == "scoring":
            progress.is_cancelled = lambda classifier=classifier: len(classifier.shapes) >= 2
        try:
            paths = classify(path, classifier, side=70, progress=progress)
        except Cancelled:
            continue
        return runs, paths, progress


@pytest.mark.parametrize(("stops_in", "least"), [("scoring", 8), ("writing", 4)])
def test_a_stopped_run_goes_on_to_the_same_bytes(
    make_raster, integers, folder, classify, fake, recorder, stops_in, least
):
    """16 tiles, each with up to 8 around: stopped while their scores are made, or between two tiles."""
    path = make_raster(integers(2, 280, 280))

    def make():
        return with_reach(fake.BoxClassifier(reach=5), None)

    undisturbed = make()
    paths = classify(path, undisturbed, side=70)
    assert len(undisturbed.shapes) == 16  # each tile is inferred once
    expected = [output.read_bytes() for output in paths]
    for output in paths:
        output.unlink()
    runs, paths, progress = stop_and_go(classify, recorder, path, make, stops_in)
    assert runs >= least
    assert [output.read_bytes() for output in paths] == expected
    assert not any("of another kind" in line for line in progress.lines)
    assert sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(".")) == []


def test_scores_of_another_run_are_not_used_and_go(make_raster, integers, folder, classify, fake, recorder):
    path = make_raster(integers(2, 200, 200))
    with pytest.raises(Cancelled):
        classify(path, with_reach(fake.BoxClassifier(), None), side=70, progress=recorder(cancel_after=1))
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 4
    progress = recorder()
    classify(path, fake.BoxClassifier(), side=70, progress=progress)
    assert any("An unfinished run of another kind" in line for line in progress.lines)
    assert not [entry for entry in folder.iterdir() if entry.is_dir()]


def test_a_run_that_fails_at_once_leaves_nothing(make_raster, integers, folder, classify, fake):
    classifier = with_reach(fake.BoxClassifier(), None)
    classifier.classify = lambda image: 1 / 0
    with pytest.raises(ZeroDivisionError):
        classify(make_raster(integers(2, 90, 90)), classifier, side=40)
    assert list(folder.iterdir()) == []


def test_too_little_memory_ends_the_run(make_raster, integers, classify, fake):
    """Cut into parts, the tile would get other scores."""

    def short_of_memory(image):
        raise DeviceMemoryError("no room; choose a smaller tile side")

    classifier = with_reach(fake.BoxClassifier(), None)
    classifier.classify = short_of_memory
    with pytest.raises(DeviceMemoryError, match="smaller tile side"):
        classify(make_raster(integers(2, 90, 90)), classifier, side=0)


def test_scores_that_vanish_are_told(make_raster, integers, folder, classify, fake):
    classifier = with_reach(fake.BoxClassifier(), None)
    real = classifier.classify

    def vanish(image):
        for kept in folder.glob(".map.tif.*/*.tile"):
            kept.unlink()
        return real(image)

    classifier.classify = vanish
    with pytest.raises(RasterError, match=r"cannot be (read back|written)"):
        classify(make_raster(integers(2, 90, 90)), classifier, side=40)


def test_invalid_pixels_get_no_class_and_empty_tiles_cost_nothing(
    make_raster, integers, classify, read_raster, fake
):
    image = integers(2, 400, 100)
    image[:, 150:] = 0
    classifier = with_reach(fake.BoxClassifier(), None)
    paths = classify(make_raster(image, nodata=0), classifier, side=100)
    assert len(classifier.shapes) == 3  # the third counts for the second, the fourth for none
    np.testing.assert_array_equal(read_raster(paths[0])[0] != 0, image[0] != 0)


def test_memory_and_disk_do_not_grow_with_the_image(make_raster, integers, folder, classify, fake):
    """Two columns of tiles: their scores wait in three rows at the most, however many there are."""

    def waiting():
        runs = [run for run in folder.glob(".map.tif.*/run.json") if "overlapping scores" in run.read_text()]
        return sum(len(list(run.parent.glob("*.tile"))) for run in runs)

    peaks, most_files = [], []
    for rows in (4, 16):
        path = make_raster(integers(2, 100 * rows, 200))
        classifier = with_reach(fake.BoxClassifier(), None)
        real, counts = classifier.classify, []

        def count(image, real=real, counts=counts):
            counts.append(waiting())
            return real(image)

        classifier.classify = count
        tracemalloc.start()
        classify(path, classifier, side=100)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(counts) == 2 * rows
        most_files.append(max(counts))
    assert peaks[1] < 1.1 * peaks[0]
    assert most_files[0] == most_files[1] <= 6


@pytest.fixture(scope="module")
def global_classifier(make_global_classifier):
    """The pretrained classifier with a look at the whole image, which no halo can hold."""
    from recurve.models.runtime.network import Network

    return Network.open(make_global_classifier(), "CPU")


def test_no_seams_are_seen_in_the_map_of_a_classifier_that_looks_everywhere(
    global_classifier, classify, read_raster
):
    """Averaged over where the borders lie: some of them always meet an edge of the image by chance."""
    image, side = ROOT / "resources/demo/urban.jpg", 128

    def mean_seam_ratio(reach_px, starts):
        ratios = []
        for start in starts:
            with RasterReader(str(image)) as reader:
                grid = reader.grid
            extent = Window(start, start, grid.height - start, grid.width - start)
            tiles = tile_grid(extent, side, 0, stride=4)
            paths = classify(image, with_reach(global_classifier, reach_px), side=side, extent=extent)
            windows = [tile.inner.relative_to(extent) for tile in tiles]
            ratios.append(seam_ratio(read_raster(paths[0])[0], windows, stride=4))
        return np.mean(ratios)

    assert mean_seam_ratio(None, (0, 32, 64, 96)) <= 1.1
    assert mean_seam_ratio(CONTEXT_PX + FADE_PX, (0, 64)) > 2  # read as far, and cut
    assert mean_seam_ratio(0, (0, 64)) > 5
