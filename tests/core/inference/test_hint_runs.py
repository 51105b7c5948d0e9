"""Maps with hints: the same for every cut, changed near the hints only, and held where they are certain."""

from collections import Counter

import numpy as np
import pytest
from recurve.core.errors import DeviceMemoryError, RasterError
from recurve.core.inference.halo import halo_px, hint_reach_px
from recurve.core.inference.hint_trust import CERTAIN, LIKELY
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.three_bands import ThreeBands
from recurve.core.raster.tiling import Window

from .conftest import CODES, ITERATIONS, SHAPE, Counted

REACH_PX = 16 * (ITERATIONS + 1)


@pytest.fixture
def hints(point):
    """Some that change the map: one in the middle of a tile of any side, one at an edge, a likely one, one beyond."""
    return [
        point(30, 40, 1),
        point(30, 44, 2),
        point(0, 231, 3),
        point(60, 100, 2, LIKELY),
        point(-5, 20, 1),
    ]


def read_all(paths, read_raster):
    return {name: read_raster(path) for name, path in paths.items()}


@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize("side", [40, 104, 500])
def test_the_map_is_the_same_for_every_cut(hinted, hints, read_raster, side, only):
    whole, _ = hinted(hints, only_around_hints=only)
    tiles, network = hinted(hints, folder="tiles", side=side, only_around_hints=only)
    assert network.hinted_px
    for name, expected in read_all(whole, read_raster).items():
        np.testing.assert_array_equal(read_raster(tiles[name]), expected, name)


def test_an_extent_gives_the_same_pixels_of_the_whole_map(hinted, hints, read_raster):
    extent = Window(13, 22, 71, 90)
    whole, _ = hinted(hints)
    part, _ = hinted(hints, folder="part", extent=extent, side=48)
    for name, expected in read_all(whole, read_raster).items():
        np.testing.assert_array_equal(read_raster(part[name]), expected[(slice(None), *extent.slices())])


def far_from(hints, boxes):
    rows, cols = np.ogrid[: SHAPE[0], : SHAPE[1]]
    far = np.ones(SHAPE, bool)
    for box in boxes:
        away = np.maximum(np.abs(rows - box.row), np.abs(cols - box.col))
        far &= away > REACH_PX
    return far


def test_far_from_hints_nothing_changes_and_near_something_does(hinted, hints, read_raster):
    with_hints, _ = hinted(hints, side=64)
    without, _ = hinted(folder="without", side=64)
    far = far_from(hints, [Window(row, col, 1, 1) for row, col in ((30, 40), (30, 44), (0, 231), (60, 100))])
    assert 0.3 < far.mean() < 0.9
    for name, before in read_all(without, read_raster).items():
        after = read_raster(with_hints[name])
        np.testing.assert_array_equal(after[:, far], before[:, far], name)
    assert (read_raster(with_hints["map"]) != read_raster(without["map"])).sum() > 4


def test_tiles_with_no_hint_near_are_given_none_and_no_more_around(hinted, point, universal):
    _, network = hinted([point(10, 10, 1)], side=40, wanted=("map",))
    _, without = hinted(folder="without", side=40, wanted=("map",))
    near = len(range(0, 10 + REACH_PX + 1, 40)) ** 2
    assert len(network.hinted_px) == near
    assert (Counter(without.areas_px) - Counter(network.areas_px)).total() == near
    assert not Counter(network.areas_px) - Counter(without.areas_px)
    assert min(network.hinted_px) > max(without.areas_px)
    assert halo_px(None, universal.contract, ITERATIONS) == 70 + 4 * ITERATIONS
    assert hint_reach_px(universal.contract, ITERATIONS) == REACH_PX
    assert hint_reach_px(universal.contract, 0) == 0


def test_a_certain_hint_is_held_and_an_intermediate_map_is_that_of_fewer_iterations(
    hinted, point, read_raster
):
    hints = [point(70, 70, 1), point(70, 90, 2), point(71, 110, 3), point(130, 60, 2)]
    paths, _ = hinted(hints, iterations=3)
    found = read_raster(paths["map"])[0]
    assert [found[at] for at in ((70, 70), (70, 90), (71, 110), (130, 60))] == [10, 20, 30, 20]
    iterates = read_raster(paths["iterates"])
    np.testing.assert_array_equal(iterates[3], found)
    two, _ = hinted(hints, folder="two", iterations=2, wanted=("map",))
    np.testing.assert_array_equal(iterates[2], read_raster(two["map"])[0])


def test_only_around_hints_the_map_stays_but_for_what_they_change(hinted, hints, places, read_raster):
    start = read_raster(places[1])[0]
    with_hints, _ = hinted(hints, folder="with")
    without, _ = hinted(folder="without")
    only, _ = hinted(hints, folder="only", side=64, only_around_hints=True)
    found, corrected, plain = (read_raster(paths["map"])[0] for paths in (only, with_hints, without))
    valid = found != 0
    differs = (corrected != plain) & valid
    assert differs.any()
    np.testing.assert_array_equal(found[differs], corrected[differs])
    np.testing.assert_array_equal(found[valid & ~differs], start[valid & ~differs])
    assert (found != corrected)[valid].any()
    none, idle = hinted(folder="none", only_around_hints=True)
    np.testing.assert_array_equal(read_raster(none["map"])[0][valid], start[valid])
    assert idle.areas_px == idle.hinted_px == []


def test_parts_for_want_of_memory_make_the_same_map(hinted, hints, read_raster, universal, recorder):
    class Short(Counted):
        def correct(self, scores, image, iterations, hints=None):
            _, _, height, width = scores.value.shape()
            if height * width > 290**2:
                raise DeviceMemoryError("no room")
            return super().correct(scores, image, iterations, hints)

    whole, _ = hinted(hints)
    network, progress = Short(universal), recorder()
    parts, _ = hinted(hints, folder="parts", network=network, progress=progress)
    assert any("too small" in line for line in progress.lines)
    assert network.hinted_px
    assert network.areas_px
    for name, expected in read_all(whole, read_raster).items():
        np.testing.assert_array_equal(read_raster(parts[name]), expected)


def test_the_bands_are_made_of_the_whole_image(hinted, places, universal, read_raster, point):
    """What the engine gives the network is worked out here without it, for an image without a border."""
    with RasterReader(str(places[0])) as reader:
        made = ThreeBands.of(reader)
        halo = 80
        pixels, valid = reader.read(Window(96 - halo, 96 - halo, 16 + 2 * halo, 16 + 2 * halo))
    image = universal.upload(made.mixed(pixels, valid))
    codes = np.pad(read_raster(places[1])[0], halo, mode="symmetric")[
        96 : 112 + 2 * halo, 96 : 112 + 2 * halo
    ]
    shares = np.full((3, *codes.shape), np.log(0.05), np.float32)
    for place, code in enumerate(CODES):
        shares[place][codes == code] = np.log(0.9)
    scores = universal.upload_scores(shares - shares.mean(axis=0))
    expected = universal.correct(scores, image, ITERATIONS).numpy()[:, halo:-halo, halo:-halo]
    paths, _ = hinted(extent=Window(96, 96, 16, 16))
    np.testing.assert_allclose(read_raster(paths["scores"]), expected, atol=1e-4)


def test_a_hint_of_a_class_that_is_not_there_is_refused(hinted, point):
    with pytest.raises(RasterError, match=r"class number 4, and the map has the classes 1 to 3"):
        hinted([point(5, 5, 4)])


def test_without_iterations_hints_are_refused(hinted, point):
    with pytest.raises(
        RasterError, match=r"tiny diffusion, iterations: 0\) takes none; choose a corrector that"
    ):
        hinted([point(5, 5, 1)], iterations=0)


def test_a_contradiction_is_decided_by_trust_and_then_by_order(hinted, point, read_raster):
    for hints, code in (
        ([point(70, 70, 1), point(70, 70, 2)], 20),
        ([point(70, 70, 3, CERTAIN), point(70, 70, 2, LIKELY)], 30),
    ):
        paths, _ = hinted(hints, wanted=("map",))
        assert read_raster(paths["map"])[0, 70, 70] == code
