"""The diffusion form: what no weights can make it do, and how far it looks."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from recurve.models.pytorch import diffusion_corrector as form  # noqa: E402
from recurve.models.pytorch import processes  # noqa: E402
from recurve.models.pytorch.diffusion_corrector import DiffusionCorrector  # noqa: E402
from recurve.models.pytorch.processes import STILL, Processes, carried, settled  # noqa: E402
from recurve.tests.diffusion_networks import diffusion_network  # noqa: E402

HEIGHT, WIDTH, MIDDLE = 8, 576, 288
"""A strip, in which what is asked for lies across."""


def random_process(classes=3, side=20, seed=0):
    torch.manual_seed(seed)
    source = torch.softmax(torch.randn(1, classes, side, side) * 2, dim=1)
    data = torch.sigmoid(torch.randn(1, 1, side, side) - 2)
    return source, data, torch.softmax(torch.randn(1, 9, side, side), dim=1)


@pytest.mark.parametrize("iterations", [1, 7, 100])
def test_the_process_leaves_no_range_and_sums_to_one(iterations):
    source, *coefficients = random_process()
    values = settled(source, *coefficients, torch.tensor(iterations))
    assert (values >= source.amin(dim=(2, 3), keepdim=True) - 1e-6).all()
    assert (values <= source.amax(dim=(2, 3), keepdim=True) + 1e-6).all()
    # what is too little to move may differ between the classes
    assert (values.sum(dim=1) - 1).abs().max() <= 3 * STILL * iterations


@pytest.mark.parametrize("iterations", [1, 5])
def test_no_class_comes_where_none_of_the_neighbours_has_it(iterations):
    source, *coefficients = random_process()
    source[:, 2] = 0
    source[:, 2, 10, 10] = 1.0
    values = settled(source, *coefficients, torch.tensor(iterations))[0, 2]
    rows, cols = torch.nonzero(values, as_tuple=True)
    assert max((rows - 10).abs().max(), (cols - 10).abs().max()) <= iterations
    assert (values > 0).sum() > 1


def test_the_process_comes_to_an_end(monkeypatch):
    process = random_process(side=40)
    steps = []
    averaged = processes.averaged
    monkeypatch.setattr(processes, "averaged", lambda *given: steps.append(1) or averaged(*given))
    end = settled(*process, torch.tensor(5000))
    assert 10 < len(steps) < 1000
    moved = [
        float((settled(*process, torch.tensor(n)) - settled(*process, torch.tensor(n + 1))).abs().max())
        for n in (1, 4, 16, len(steps))
    ]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] == 0
    assert torch.equal(end, settled(*process, torch.tensor(len(steps))))


def test_a_front_comes_to_an_end_and_never_grows():
    torch.manual_seed(0)
    sources = torch.zeros(1, 2, 12, 30)
    sources[0, 0, 6, 3] = 1.0
    kept, near, far, looks = (torch.rand(1, n, 12, 30) for n in (2, 8, 8, 3))
    found = [carried(sources, kept, near, far, looks, torch.tensor(n)) for n in (1, 2, 50, 10**6)]
    for before, after in zip(found, found[1:]):
        assert (after >= before).all()
    assert torch.equal(found[2], found[3])
    assert found[3].max() == 1
    assert (found[3][:, 1] == 0).all()


def evidence_off(network):
    """The network with its processes only."""
    with torch.no_grad():
        network.fine_out.weight.zero_()
        network.coarse_out.weight[0].zero_()
    return network


@pytest.mark.parametrize("iterations", [1, 4])
def test_without_evidence_a_class_stays_where_it_can_have_come_from(iterations):
    network = evidence_off(diffusion_network())
    scores = torch.randn(1, 3, 96, 96)
    scores[:, 2] = -1e9  # nowhere
    scores[:, 2, 44:52, 44:52] = 20.0
    with torch.no_grad():
        found = network(
            scores, torch.randn(1, 3, 96, 96), torch.zeros(1, 2, 96, 96), torch.tensor(iterations)
        )
    shares = found.exp()
    has_it = shares[0, 2] > shares[0, 2].min() * 1.001
    rows, cols = torch.nonzero(has_it, as_tuple=True)
    # cells that come in on pixels, and the steps on these
    beside = form.CELL_PX * 2 + processes.FINE_STEPS
    away = torch.maximum((rows - 47.5).abs(), (cols - 47.5).abs()).max() - 3.5
    assert 0 < away <= iterations * form.CELL_PX + beside
    assert shares.max() <= 1 + 1e-3


@pytest.mark.parametrize("classes", [2, 5, 11])
def test_the_file_computes_what_the_network_does(tiny_diffusion, universal_corrector, classes):
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(str(universal_corrector), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(classes)
    inputs = {
        "scores": rng.normal(0, 2, (1, classes, 64, 96)).astype(np.float32),
        "image": rng.normal(0, 1, (1, 3, 64, 96)).astype(np.float32),
    }
    for hinted in (False, True):
        inputs["hints"] = np.zeros((1, 2, 64, 96), np.float32)
        if hinted:
            inputs["hints"][0, :, 30, 40], inputs["hints"][0, :, 50, 80] = (classes, 1.0), (1, 0.5)
        for iterations in (0, 1, 9):
            inputs["iterations"] = np.array(iterations)
            (found,) = session.run(None, inputs)
            with torch.no_grad():
                expected = tiny_diffusion(*map(torch.tensor, (inputs[n] for n in ORDER))).numpy()
            np.testing.assert_allclose(found, expected, atol=1e-4)
            assert iterations > 0 or np.array_equal(found, inputs["scores"])


ORDER = ("scores", "image", "hints", "iterations")


def looked_at(name, iterations, hinted=False, vertical=False):
    """How far from a column of what is no number there is some in the scores, at any place of a cell."""
    network = diffusion_network().double()
    torch.manual_seed(1)
    size = (WIDTH, HEIGHT) if vertical else (HEIGHT, WIDTH)
    farthest = 0
    for column in range(MIDDLE, MIDDLE + DiffusionCorrector.stride):
        given = {
            "scores": torch.randn(1, 3, *size).double(),
            "image": torch.randn(1, 3, *size).double(),
            "hints": torch.zeros(1, 2, *size).double(),
        }
        for plane in given:
            if vertical:
                given[plane] = given[plane].transpose(2, 3)
        if hinted:
            given["hints"][0, :, 4, ::40] = torch.tensor([[2.0], [1.0]]).double()
        given[name][:, :, :, column] = torch.nan
        if vertical:
            given = {plane: values.transpose(2, 3) for plane, values in given.items()}
        with torch.no_grad():
            found = network(*given.values(), torch.tensor(iterations))
        axis = 1 if vertical else 0
        seen = torch.isnan(found).any(dim=1)[0].any(dim=axis).nonzero()[:, 0]
        farthest = max(farthest, int((seen - column).abs().max()))
    return farthest


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("iterations", [1, 3])
def test_the_stated_reaches_are_those_there_are(iterations, vertical):
    moved = iterations * DiffusionCorrector.reach_per_iteration_px
    assert looked_at("image", iterations, vertical=vertical) == DiffusionCorrector.reach_px + moved
    assert looked_at("scores", iterations, vertical=vertical) == DiffusionCorrector.reach_in_scores_px + moved


@pytest.mark.parametrize("iterations", [1, 3])
def test_what_carries_a_hint_lies_within_its_reach(iterations):
    more = (iterations + 1) * DiffusionCorrector.hint_reach_per_iteration_px
    moved = iterations * DiffusionCorrector.reach_per_iteration_px
    for name, reach in (
        ("image", DiffusionCorrector.reach_px),
        ("scores", DiffusionCorrector.reach_in_scores_px),
    ):
        assert reach + moved < looked_at(name, iterations, hinted=True) <= reach + moved + more


@pytest.mark.parametrize("iterations", [1, 2, 4])
def test_a_hint_reaches_no_farther_than_stated_and_nearly_so_far(iterations):
    network = diffusion_network().double()
    eager = Processes(lambda *given: settled(*given, still=0.0), carried)
    torch.manual_seed(1)
    scores, image = torch.randn(1, 3, HEIGHT, WIDTH).double(), torch.randn(1, 3, HEIGHT, WIDTH).double()
    hints, farthest = torch.zeros(1, 2, HEIGHT, WIDTH).double(), 0
    with torch.no_grad():
        before = network(scores, image, hints, torch.tensor(iterations), eager)
        for column in range(MIDDLE, MIDDLE + DiffusionCorrector.stride):
            for number in (1, 2, 3):
                hinted = hints.clone()
                hinted[0, :, :, column] = torch.tensor([[number], [1.0]]).double()
                after = network(scores, image, hinted, torch.tensor(iterations), eager)
                seen = (after != before).any(dim=1)[0].any(dim=0).nonzero()[:, 0]
                farthest = max(farthest, int((seen - column).abs().max()))
    step = DiffusionCorrector.hint_reach_per_iteration_px
    assert iterations * step <= farthest <= (iterations + 1) * step


@pytest.mark.parametrize("trust", [1.0, 0.5])
def test_a_hint_that_confirms_changes_nothing_and_one_that_does_not_is_held(universal_corrector, trust):
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(str(universal_corrector), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    inputs = {
        "scores": rng.normal(0, 2, (1, 4, 64, 64)).astype(np.float32),
        "image": rng.normal(0, 1, (1, 3, 64, 64)).astype(np.float32),
        "hints": np.zeros((1, 2, 64, 64), np.float32),
        "iterations": np.array(4),
    }
    (without,) = session.run(None, inputs)
    classes = without.argmax(axis=1)[0] + 1
    rows, cols = rng.integers(0, 64, (2, 40))
    inputs["hints"][0, 0, rows, cols], inputs["hints"][0, 1, rows, cols] = classes[rows, cols], trust
    np.testing.assert_array_equal(session.run(None, inputs)[0], without)
    wrong = classes[rows, cols] % 4 + 1
    inputs["hints"][0, 0, rows, cols] = wrong
    (found,) = session.run(None, inputs)
    is_held = found.argmax(axis=1)[0, rows, cols] + 1 == wrong
    assert is_held.all() if trust == 1 else is_held.mean() > 0.5


def test_a_hint_that_confirms_stops_others(tiny_diffusion):
    torch.manual_seed(3)
    scores, image = torch.randn(1, 3, 64, 64), torch.randn(1, 3, 64, 64)
    hints = torch.zeros(1, 2, 64, 64)
    with torch.no_grad():
        without = tiny_diffusion(scores, image, hints, torch.tensor(4))
        right = without.argmax(dim=1)[0] + 1
        hints[0, 0, 20, 20], hints[0, 1, 20, 20] = right[20, 20] % 3 + 1, 1
        alone = tiny_diffusion(scores, image, hints, torch.tensor(4))
        hints[0, 0, 16:28, 28], hints[0, 1, 16:28, 28] = right[16:28, 28].float(), 1
        stopped = tiny_diffusion(scores, image, hints, torch.tensor(4))
    assert torch.equal(stopped[0, :, 16:28, 28], without[0, :, 16:28, 28])
    changed = [((found - without).abs()[0, :, 16:28, 29:44]).sum() for found in (stopped, alone)]
    assert changed[0] < changed[1]
