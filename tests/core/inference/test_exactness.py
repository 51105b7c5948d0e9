"""No seams, on the pretrained networks and a real image: not one code, and not one bit of a score, differs."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("onnxruntime")

from recurve.core.class_maps.input_map import read_class_map
from recurve.core.class_maps.start_scores import MapScores
from recurve.core.inference.halo import halo_px
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import IteratesWriter, MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window
from recurve.models.contract import NetworkFacts
from recurve.models.runtime.network import Network

ROOT = Path(__file__).resolve().parents[3]
WHOLE = 4096


@pytest.fixture(scope="module", params=["urban", "buildings"])
def case(request):
    """The real image and the pretrained networks for it."""
    (image,) = [
        p for p in (ROOT / "resources/demo").glob(f"{request.param}.*") if p.suffix in (".jpg", ".tif")
    ]
    weights = ROOT / "models" / "weights"
    classifier = Network.open(weights / f"{request.param}_classifier.onnx", "CPU")
    corrector = weights / f"{request.param}_corrector.onnx"
    return image, classifier, Network.open(corrector, "CPU") if corrector.exists() else None


@pytest.fixture
def run(tmp_path, read_raster):
    """A function that runs the engine and gives map and scores."""

    def classify(image, classifier, corrector, iterations, side_px, extent=None):
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(str(image)))
            extent = extent or reader.grid.extent
            grid, classes = reader.grid.window(extent), classifier.contract.classes
            map_writer = stack.enter_context(MapWriter(tmp_path / "map.tif", grid, classes, {}))
            scores_writer = stack.enter_context(ScoresWriter(tmp_path / "scores.tif", grid, classes, {}))
            make_map(
                MapRun(
                    reader,
                    Networks(classifier, corrector, iterations),
                    extent,
                    Outputs(map_writer, None, scores_writer),
                    tile_side_px=side_px,
                ),
                Quiet(),
            )
        return read_raster(tmp_path / "map.tif")[0], read_raster(tmp_path / "scores.tif")

    return classify


def test_map_does_not_depend_on_the_tile_side(case, run):
    image, classifier, corrector = case
    whole, whole_scores = run(image, classifier, corrector, 5, WHOLE)
    assert len(np.unique(whole)) == len(
        classifier.contract.classes
    )  # a map of one class could not show a seam
    for side in (64, 200, 512):
        codes, scores = run(image, classifier, corrector, 5, side)
        assert np.count_nonzero(codes != whole) == 0, f"tile side {side}"
        np.testing.assert_array_equal(scores, whole_scores, f"tile side {side}")


def test_map_of_an_extent_is_a_part_of_the_whole_map(case, run):
    image, classifier, corrector = case
    whole, whole_scores = run(image, classifier, corrector, 3, WHOLE)
    part, part_scores = run(image, classifier, corrector, 3, 100, Window(33, 50, 151, 201))
    np.testing.assert_array_equal(part, whole[33:184, 50:251])
    np.testing.assert_array_equal(part_scores, whole_scores[:, 33:184, 50:251])


def test_a_corrector_with_larger_cells_than_its_classifier(run, tmp_path):
    """The deep form has cells of 8 px, the classifier of 4: tiles keep the phase of both, at any extent."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from recurve.models.pytorch.corrector import DeepCorrector
    from recurve.models.pytorch.export import export_corrector

    classifier = Network.open(ROOT / "models/weights/buildings_classifier.onnx", "CPU")
    contract = classifier.contract
    torch.manual_seed(0)
    network = DeepCorrector(
        [band.mean for band in contract.bands], [band.deviation for band in contract.bands], 2
    )
    with torch.no_grad():
        network.out.normal_()
    facts = NetworkFacts(
        "corrector",
        "deep",
        contract.bands,
        contract.classes,
        contract.pixel_size_m,
        contract.pixel_size_range_m,
        training={},
        iterations=3,
        classifier_sha256=classifier.sha256,
    )
    export_corrector(network, facts, tmp_path / "deep.onnx")
    corrector = Network.open(tmp_path / "deep.onnx", "CPU")
    assert (classifier.contract.stride, corrector.contract.stride) == (4, 8)
    image = ROOT / "resources/demo/buildings.tif"
    whole, whole_scores = run(image, classifier, corrector, 3, WHOLE)
    assert np.count_nonzero(whole != run(image, classifier, None, 0, WHOLE)[0]) > whole.size / 100
    for side, extent in ((64, None), (100, None), (90, Window(21, 37, 151, 203))):
        codes, scores = run(image, classifier, corrector, 3, side, extent)
        at = extent.slices() if extent else np.s_[:, :]
        np.testing.assert_array_equal(codes, whole[at], f"tile side {side}")
        np.testing.assert_array_equal(scores, whole_scores[(slice(None), *at)], f"tile side {side}")


@pytest.fixture
def crop(case, make_raster, read_raster):
    """A piece of the real image in a file of its own, and the untiled map of it, by iterations."""
    image, classifier, corrector = case
    pixels = np.ascontiguousarray(read_raster(image)[:, 40:157, 30:173])
    path = make_raster(pixels)

    @cache
    def untiled(iterations):
        contracts = classifier.contract, corrector.contract if corrector and iterations else None
        stride = math.lcm(*(contract.stride for contract in contracts if contract))
        halo = -(-halo_px(*contracts, iterations) // stride) * stride
        border = [(halo, halo + -length % stride) for length in pixels.shape[1:]]
        padded = classifier.upload(np.pad(pixels, [(0, 0), *border], mode="symmetric"))
        scores = classifier.classify(padded)
        if corrector and iterations:
            scores = corrector.correct(scores, padded, iterations)
        return scores.codes()[halo : halo + pixels.shape[1], halo : halo + pixels.shape[2]]

    return path, pixels.shape[1:], untiled


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cut_of_a_real_image(case, crop, run, data):
    path, (height, width), untiled = crop
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    extent = Window(row, col, data.draw(st.integers(1, height - row)), data.draw(st.integers(1, width - col)))
    side, iterations = data.draw(st.integers(24, 150)), data.draw(st.sampled_from([0, 1, 5]))
    codes, _ = run(path, *case[1:], iterations, side, extent)
    assert np.count_nonzero(codes != untiled(iterations)[extent.slices()]) == 0


def test_a_short_halo_makes_seams(case, run):
    """The check above can fail: one step of the stride less, and the classifier's scores differ.

    What a corrected score takes from the outermost pixels is less than float32 shows, so there it takes more steps.
    """
    image, classifier, corrector = case
    for iterations, missing_px in ((0, 5), (5, 21)):
        _, whole = run(image, classifier, corrector, iterations, WHOLE)
        _, exact = run(image, classifier, corrector, iterations, 64)
        np.testing.assert_array_equal(exact, whole)
        stated = replace(classifier.contract, reach_px=classifier.contract.reach_px - missing_px)
        short = replace(classifier, contract=stated)
        guided = corrector and replace(corrector, contract=replace(corrector.contract, reach_px=0))
        _, seams = run(image, short, guided, iterations, 64)
        assert np.count_nonzero(seams != whole) > 0, f"{iterations} iterations"


def test_no_iterations_give_the_classifiers_map(case, run):
    image, classifier, corrector = case
    plain, plain_scores = run(image, classifier, None, 0, 200)
    codes, scores = run(image, classifier, corrector, 0, 200)
    np.testing.assert_array_equal(codes, plain)
    np.testing.assert_array_equal(scores, plain_scores)


def test_a_given_map_and_its_iterates_do_not_depend_on_the_tile_side(case, tmp_path, read_raster):
    """From the classifier's scores as a file; the map without iterates is the last of them."""
    image, classifier, corrector = case
    extent, paths = (
        Window(20, 30, 150, 210),
        [tmp_path / name for name in ("map.tif", "scores.tif", "iterates.tif")],
    )
    classes = classifier.contract.classes
    with RasterReader(str(image)) as reader:
        grid, part = reader.grid, reader.grid.window(extent)
        given = tmp_path / "given.tif"
        with (
            MapWriter(paths[0], grid, classes, {}) as writer,
            ScoresWriter(given, grid, classes, {}) as scores_writer,
        ):
            make_map(
                MapRun(
                    reader, Networks(classifier, None, 0), grid.extent, Outputs(writer, None, scores_writer)
                ),
                Quiet(),
            )
        described = read_class_map(str(given), "scores", classes)

        def correct(side_px, with_iterates):
            with ExitStack() as stack:
                start = stack.enter_context(MapScores(described, grid))
                outputs = Outputs(
                    stack.enter_context(MapWriter(paths[0], part, classes, {})),
                    scores=stack.enter_context(ScoresWriter(paths[1], part, classes, {})),
                    iterates=stack.enter_context(IteratesWriter(paths[2], part, classes, {}, 3))
                    if with_iterates
                    else None,
                )
                make_map(
                    MapRun(
                        reader, Networks(None, corrector, 3), extent, outputs, start, tile_side_px=side_px
                    ),
                    Quiet(),
                )
            return [read_raster(path) for path in paths[: 3 if with_iterates else 2]]

        codes, scores = correct(WHOLE, False)
        assert len(np.unique(codes)) > 1
        for side in (WHOLE, 64, 100):
            found = correct(side, True)
            np.testing.assert_array_equal(found[0], codes)
            np.testing.assert_array_equal(found[1], scores)
            np.testing.assert_array_equal(found[2][-1:], codes)
            assert (found[2][0] != codes[0]).any()
