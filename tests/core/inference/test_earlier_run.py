"""A run into finished outputs with other hints: little is computed, and every byte is that of a full run."""

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.errors import Cancelled
from recurve.core.inference.earlier_run import EarlierRun, hint_record, run_record
from recurve.core.inference.hint_trust import LIKELY
from recurve.core.inference.hints import Hints
from recurve.core.output.class_value_writer import ClassValues
from recurve.core.output.writers import ConfidenceWriter, MapWriter
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window
from recurve.models.contract import ClassEntry


def computed(network):
    return sum(network.areas_px) + sum(network.hinted_px)


def same_bytes(paths, others):
    for name, path in paths.items():
        assert path.read_bytes() == others[name].read_bytes(), name
        assert path.with_suffix(".qml").exists() == others[name].with_suffix(".qml").exists()


@pytest.fixture
def before(point):
    return [point(30, 40, 1), point(120, 60, 2, LIKELY), point(170, 200, 3)]


@pytest.mark.parametrize("side", [72, 0])
@pytest.mark.parametrize("only", [False, True])
def test_with_one_hint_more_only_what_it_reaches_is_computed(hinted, point, before, side, only, recorder):
    now, settings = [*before, point(40, 180, 2)], {"side": side, "only_around_hints": only}
    hinted(before, **settings)
    progress = recorder()
    paths, network = hinted(now, progress=progress, **settings)
    assert any("Only the hints differ from those of the finished outputs" in line for line in progress.lines)
    full, everything = hinted(now, folder="full", **settings)
    same_bytes(paths, full)
    assert 0 < computed(network) < 0.8 * computed(everything)


@pytest.mark.parametrize(
    "change", ["all removed", "the first given", "one removed", "class", "trust", "order"]
)
def test_any_change_of_hints_gives_what_a_full_run_gives(hinted, point, before, change):
    first, _, third = before
    earlier, now = {
        "all removed": (before, []),
        "the first given": ([], before),
        "one removed": (before, [first, third]),
        "class": (before, [first, point(120, 60, 3, LIKELY), third]),
        "trust": (before, [first, point(120, 60, 2), third]),
        "order": ([point(30, 40, 2), first], [first, point(30, 40, 2)]),
    }[change]
    hinted(earlier)
    paths, network = hinted(now)
    full, everything = hinted(now, folder="full")
    same_bytes(paths, full)
    assert 0 < computed(network) < computed(everything)


def test_the_same_hints_again_compute_nothing(hinted, before):
    paths, _ = hinted(before)
    bytes_before = {name: path.read_bytes() for name, path in paths.items()}
    again, network = hinted(before)
    assert computed(network) == 0
    assert bytes_before == {name: path.read_bytes() for name, path in again.items()}


@pytest.mark.parametrize("change", ["iterations", "side", "only", "output", "edited", "another file"])
def test_nothing_is_taken_over_from_outputs_of_another_run(hinted, before, point, change, tmp_path):
    wanted = ("map", "confidence")
    paths, _ = hinted(before, wanted=wanted if change != "output" else ("map",))
    settings = {"wanted": wanted}
    if change == "iterations":
        settings["iterations"] = 2
    elif change == "side":
        settings["side"] = 64
    elif change == "only":
        settings["only_around_hints"] = True
    elif change == "edited":
        dataset = gdal.Open(str(paths["map"]), gdal.GA_Update)
        noise = np.random.default_rng(0).integers(0, 255, (60, 60), np.uint8)
        dataset.GetRasterBand(1).WriteRaster(0, 0, 60, 60, noise.tobytes())
        dataset = None
    elif change == "another file":
        shutil.copy(paths["confidence"], paths["map"])
    now = [*before, point(40, 180, 2)]
    paths, network = hinted(now, **settings)
    full, everything = hinted(now, folder="full", **settings)
    assert computed(network) == computed(everything)
    same_bytes(paths, full)


def test_a_stopped_run_goes_on_with_the_same_hints_only(hinted, point, before, recorder):
    hinted(before, side=72)
    now = [*before, point(40, 180, 2)]
    full, _ = hinted(now, folder="full", side=72)
    stops, progress = 0, recorder(cancel_after=4)
    with pytest.raises(Cancelled, match="goes on from its finished tiles"):
        hinted(now, side=72, progress=progress)
    others = recorder()
    paths, _ = hinted([*before, point(40, 180, 3)], folder="out", side=72, progress=others)
    assert any(
        "An unfinished run of another kind (image, map, networks, hints" in line for line in others.lines
    )
    assert not any("were finished before" in line for line in others.lines)
    while True:
        progress = recorder(cancel_after=4)
        try:
            paths, _ = hinted(now, side=72, progress=progress)
            break
        except Cancelled:
            stops += 1
    assert stops > 0
    assert any("were finished before and are kept" in line for line in progress.lines)
    same_bytes(paths, full)


def test_the_record_says_where_hints_are_and_no_more_than_what_counts(point):
    hints = Hints([point(3, 4, 1), point(-9, 4, 1), point(5, 6, 2)], 20, 30)
    record = run_record({"a": 1}, hints)
    assert [box for _, *box in json.loads(record["RECURVE_HINTS"])] == [[3, 4, 1, 1], [5, 6, 1, 1]]
    assert record["RECURVE_RUN"] == run_record({"a": 1}, None)["RECURVE_RUN"]
    assert record["RECURVE_RUN"] != run_record({"a": 2}, hints)["RECURVE_RUN"]
    assert hint_record(None) == []


def stale(before, now, window, reach_px=10):
    record = run_record({}, now)
    writers = [SimpleNamespace(earlier_items=lambda: run_record({}, before))] * 2
    return EarlierRun(SimpleNamespace(writers=writers), record, reach_px).stale(window)


@pytest.mark.parametrize(
    "text", ["[[", "7", '["a"]', '[["a"]]', '[["a", 1, 2, 0, 0]]', '[["a", 1, 2, "x", 1]]']
)
def test_a_record_that_somebody_has_changed_is_not_used(text):
    record = run_record({}, None)
    writers = [SimpleNamespace(earlier_items=lambda: {**record, "RECURVE_HINTS": text})]
    window = Window(0, 0, 9, 9)
    assert EarlierRun(SimpleNamespace(writers=writers), record, 5).stale(window) == window


def test_what_is_stale_lies_around_the_hints_that_differ(point):
    whole = Window(0, 0, 200, 300)
    one, two, three = point(50, 60, 1), point(100, 200, 2), point(150, 100, 1)
    hints = lambda *given: Hints(given, 200, 300)  # noqa: E731
    assert stale(hints(one, two), hints(one, two), whole) is None
    assert stale(hints(one), hints(one, two), whole) == Window(90, 190, 21, 21)
    assert stale(hints(one), hints(one, two), Window(0, 0, 90, 300)) is None
    assert stale(hints(one, two), hints(three, one), whole) == Window(90, 90, 71, 121)
    assert stale(hints(one, two), hints(two, one), whole) == Window(40, 50, 71, 161)
    assert stale(hints(one, one), hints(one), whole) == Window(40, 50, 21, 21)
    assert stale(None, hints(two), Window(95, 0, 50, 195)) == Window(95, 190, 16, 5)


def test_tiles_without_data_stay_so(hinted, before, read_raster):
    """A part of a tile in which nothing is valid, and tiles that hold nothing at all."""
    from osgeo import ogr
    from recurve.core.inference.hints import Hint

    shape = ogr.CreateGeometryFromWkt("POINT (20.5 160.5)")  # where the image has no data
    now, settings = [*before, Hint(bytes(shape.ExportToWkb()), 1)], {"side": 16}
    settings["extent"] = Window(144, 0, 48, 64)
    hinted(before, **settings)
    paths, _ = hinted(now, **settings)
    full, _ = hinted(now, folder="full", **settings)
    same_bytes(paths, full)
    assert (read_raster(paths["map"])[0, 6:26, 10:40] == 0).all()
    assert np.isnan(read_raster(paths["scores"])[:, 6:26, 10:40]).all()


def test_a_confidence_in_the_place_of_a_map_is_not_taken_for_it(tmp_path):
    """Both are bytes, and 255 stands for no data in both where a map says so."""
    grid, record = (
        Grid(40, 50, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), ""),
        {"RECURVE_RUN": "a", "RECURVE_HINTS": "[]"},
    )
    classes = [ClassEntry("road", "#102030"), ClassEntry("roof", "#405060")]
    path = tmp_path / "out.tif"
    with ConfidenceWriter(path, grid, record) as writer:
        writer.begin({}, [grid.extent])
        writer.write(np.full((40, 50), 2, np.uint8), grid.extent)
    assert ConfidenceWriter(path, grid, {}).earlier_items()["RECURVE_RUN"] == "a"
    assert not MapWriter(path, grid, classes, {}, ClassValues((1, 2), 255)).earlier_items()
