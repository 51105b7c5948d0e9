"""What is measured on places left out, with networks that are made up."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("torch")

from recurve.benchmarks.hint_methods import disc
from recurve.benchmarks.hint_pictures import draw, most_wrong, window_around
from recurve.benchmarks.hint_places import Click
from recurve.benchmarks.hint_protocol import BUDGETS, ITERATIONS, changes, measured
from recurve.benchmarks.hint_report import first_figures, net_per_hint
from recurve.benchmarks.hint_report import report as hint_report
from recurve.benchmarks.left_out import (
    JudgedImage,
    codes_of,
    middle,
    named_networks,
    read_row,
    spread,
    write_row,
)
from recurve.benchmarks.universal import corrected
from recurve.benchmarks.universal_networks import UniversalNetwork
from recurve.benchmarks.universal_report import report as universal_report
from recurve.recipes.universal_starts import scores_of, shares_of_codes

KINDS = ("forest, classes", "CNN, probabilities")
IDENTITY = {"sha256": "0", "iterations": 8, "caution": None}


@pytest.fixture
def image():
    """A square that the map lacks, one that it has, and unlabelled ground."""
    truth = np.ones((96, 128), np.uint8)
    truth[20:60, 20:60] = truth[30:50, 90:110] = 2
    truth[:8] = 0
    mapped = np.where(np.arange(128) < 64, 1, np.maximum(truth, 1)).astype(np.uint8)
    start = scores_of(shares_of_codes(mapped.astype(int) - 1, 2))
    colours = np.full((3, 96, 128), 90, np.uint8)
    return JudgedImage(colours, np.zeros((3, 96, 128), np.float32), truth, dict.fromkeys(KINDS, start), 2)


@pytest.fixture
def network():
    """It leaves a map as it is, and gives a disc around a hint its class."""

    def run(scores, _, hints, iterations):
        clicks = [Click(row, col, int(hints[0, row, col])) for row, col in np.argwhere(hints[1] > 0)]
        codes = disc(codes_of(scores), clicks if iterations else [])
        return scores_of(shares_of_codes(codes.astype(int) - 1, 2))

    return UniversalNetwork("fold_here", 8, IDENTITY, run)


def row_of(network, kinds, **more):
    about = {"place": "here", "group": "here", "pixel_m": 0.5}
    return {**about, "family": network.family, "identity": network.identity, "kinds": kinds, **more}


def test_images_are_spread_evenly_and_all_taken_if_few():
    assert spread(3, 6) == [0, 1, 2]
    assert spread(30, 4) == [0, 10, 19, 29]


def test_the_middle_of_an_image():
    assert middle((100, 40), 50) == (slice(25, 75), slice(0, 40))


def test_a_network_names_what_it_has_not_learned_from(tmp_path):
    path = tmp_path / "fold_banepa+inria-austin.pt"
    assert named_networks([str(path), "a.onnx=dubai"], "") == [
        (path, ["banepa", "inria-austin"]),
        (type(path)("a.onnx"), ["dubai"]),
    ]
    with pytest.raises(ValueError, match=r"pilot\.pt does not say which groups were left out"):
        named_networks(["pilot.pt"], "")


def test_a_row_comes_back(tmp_path):
    path = tmp_path / "network" / "place.json"
    assert read_row(path) == {}
    write_row(path, {"share": 1 / 3, "pieces": [[1, 2]]})
    assert read_row(path) == {"share": 0.333333, "pieces": [[1, 2]]}


def test_what_is_unlabelled_is_neither_repaired_nor_damaged():
    truth = np.array([[1, 1, 2, 2, 0, 0]], np.uint8)
    without = np.array([[1, 2, 1, 2, 1, 2]], np.uint8)
    assert changes(truth, without, np.array([[2, 1, 2, 2, 2, 1]], np.uint8)) == (2, 1)
    assert changes(truth, without, without) == (0, 0)


def test_a_network_that_does_nothing_gains_nothing(image, network):
    kinds = corrected(network, [image, image])
    for kind in kinds.values():
        assert kind["before"] == kind["after"]
        assert kind["truth"]["mean_iou"] == 1
        assert kind["truth"]["pixels"] == 2 * 88 * 128
    lines = universal_report([row_of(network, kinds)], {}).splitlines()
    assert "| fold |  | +0.0 | +0.0 | 0 of 2 | 1.00 |" in lines


def test_each_hand_crafted_method_has_one_setting_for_all_cases(image, network):
    kinds = corrected(network, [image])
    before = {name: kind["before"]["mean_iou"] for name, kind in kinds.items()}

    def made(gain):
        return {"mean_iou": gain, "mean_boundary_iou": 0.5}

    gains = {KINDS[0]: (0.10, 0.04), KINDS[1]: (-0.09, 0.02)}
    filters = {
        name: {"sieve": {"8": made(before[name] + one), "32": made(before[name] + other)}}
        for name, (one, other) in gains.items()
    }
    lines = universal_report([row_of(network, kinds)], {"here": filters}).splitlines()
    told = next(line for line in lines if line.startswith("| sieve"))
    assert told.startswith("| sieve | 32 | +3.0 | +2.0 | 0 of 2 |")


def test_hints_are_measured_as_the_protocol_says(image, network):
    kinds = measured(network, [image], alone=True)
    for kind in kinds.values():
        cells = {(cell["placement"], cell["budget"]): cell for cell in kind["budgets"]}
        assert {budget for placement, budget in cells if placement == "largest"} == {0, *BUDGETS}
        # 0.012 Mpx, so a budget is one hint; a disc of 10 px lies wholly in the square
        assert cells["largest", 10]["hints"] == 1
        assert net_per_hint(cells["largest", 10]) == 317
        assert cells["largest", 0]["repaired"] == cells["confirming", 5]["damaged"] == 0
        assert kind["first"] == {"fold": [[1600, 317, 317, 0]]}
        assert {cell["iterations"] for cell in kind["iterations"]} == set(ITERATIONS)
    text = hint_report([row_of(network, kinds, is_twin=False)])
    assert "| fold | middle | 2 | 1600 | 19.8 | 19.8 | 0.00 | 317 |" in text.splitlines()


def test_the_shares_of_pieces_are_taken_one_by_one_and_pooled():
    figures = first_figures(np.array([[100, 100, 120, 0], [900, 0, 0, 60]], float))
    assert figures == ["2", "500", "50.0", "10.0", "0.50", "30"]


def test_without_rows_nothing_is_told():
    assert universal_report([], {}) == hint_report([]) == "No place has been measured yet."


def test_a_window_stays_in_the_image():
    assert window_around(Click(2, 95, 1), (60, 100), 40) == (slice(0, 40), slice(60, 100))
    assert window_around(Click(2, 95, 1), (30, 100), 40) == (slice(0, 30), slice(60, 100))


def test_the_picture_is_small(image, network, tmp_path):
    pytest.importorskip("matplotlib")
    chosen, piece = most_wrong(network, [image])
    assert piece.size == 1600
    draw(network, chosen, piece, tmp_path / "hints.png")
    assert (tmp_path / "hints.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "hints.png").stat().st_size < 400_000
