"""A corrector of any map behind a classifier, which sees its own bands."""

from contextlib import ExitStack

import numpy as np
import pytest
from recurve.core.errors import RasterError
from recurve.core.inference.hints import Hints
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.resampling import Resampling
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.three_bands import ThreeBands
from recurve.models.runtime.network import Network


@pytest.fixture
def classify_any(make_raster, make_network, universal, tmp_path):
    """Classifies an image of two bands and corrects the map; gives the paths of map and scores."""
    rng = np.random.default_rng(2)
    grey = rng.integers(20, 230, (15, 17)).repeat(8, axis=0).repeat(8, axis=1)
    image = np.clip(grey + rng.integers(-30, 30, (2, 120, 136)), 1, 255).astype(np.uint8)
    path = make_raster(image)
    classifier = Network.open(make_network("classifier", bands=("one", "two")), "CPU")

    def run(folder, side=0, hints=(), iterations=1, network=None, **settings):
        (tmp_path / folder).mkdir()
        paths = [tmp_path / folder / name for name in ("map.tif", "scores.tif")]
        with ExitStack() as files:
            reader = files.enter_context(RasterReader(str(path)))
            classes = classifier.contract.classes
            writers = (
                files.enter_context(MapWriter(paths[0], reader.grid, classes, {})),
                files.enter_context(ScoresWriter(paths[1], reader.grid, classes, {})),
            )
            networks = Networks(network or classifier, universal, iterations)
            outputs = Outputs(writers[0], scores=writers[1])
            known = Hints(hints, 120, 136) if hints else None
            make_map(
                MapRun(
                    reader,
                    networks,
                    reader.grid.extent,
                    outputs,
                    tile_side_px=side,
                    hints=known,
                    **settings,
                ),
                Quiet(),
            )
        return paths

    run.image, run.classifier, run.path = image, classifier, path
    return run


@pytest.mark.parametrize("side", [24, 64])
def test_the_map_is_the_same_for_every_cut(classify_any, read_raster, point, side):
    hints = [point(30, 40, 1), point(80, 90, 3)]
    for whole, tiles in zip(classify_any("whole", hints=hints), classify_any("tiles", side, hints)):
        np.testing.assert_array_equal(read_raster(tiles), read_raster(whole))


def test_the_corrector_sees_bands_made_of_the_image_and_the_classifier_its_own(
    classify_any, universal, read_raster
):
    halo = 80
    padded = np.pad(classify_any.image, [(0, 0), (halo, halo), (halo, halo)], mode="symmetric")
    with RasterReader(str(classify_any.path)) as reader:
        made = ThreeBands.of(reader).mixed(padded)
    classifier = classify_any.classifier
    scores = classifier.classify(classifier.upload(padded))
    expected = universal.correct(scores, universal.upload(made), 1).numpy()[:, halo:-halo, halo:-halo]
    found = read_raster(classify_any("found")[1])
    np.testing.assert_array_equal(found, expected)


def test_only_around_hints_the_classifiers_map_stays(classify_any, read_raster, point):
    plain = read_raster(classify_any("plain", iterations=0)[0])[0]
    hints = [point(30, 40, 1), point(30, 41, 2)]
    only = read_raster(classify_any("only", 40, hints, only_around_hints=True)[0])[0]
    changed = only != plain
    assert changed.sum() > 0
    assert not changed[65:].any()
    assert not changed[:, 75:].any()


def test_hints_need_the_images_own_pixels(classify_any, point):
    with pytest.raises(RasterError, match=r"Hints were given, and they work only on the image's own pixels"):
        classify_any("resampled", hints=[point(5, 5, 1)], resampling=Resampling(2, 8, 8))


def test_hints_need_a_classifier_of_known_reach(classify_any, make_network, point):
    unknown = Network.open(make_network("classifier", bands=("one", "two"), reach_px=None), "CPU")
    with pytest.raises(RasterError, match=r"with a classifier whose receptive field is known"):
        classify_any("blended", hints=[point(5, 5, 1)], network=unknown)


def test_a_classifier_of_unknown_reach_is_blended_and_corrected(classify_any, make_network, read_raster):
    unknown = Network.open(make_network("classifier", bands=("one", "two"), reach_px=None), "CPU")
    blended = read_raster(classify_any("blended", 64, network=unknown)[1])
    whole = read_raster(classify_any("whole")[1])
    np.testing.assert_allclose(blended, whole, atol=1e-3)
