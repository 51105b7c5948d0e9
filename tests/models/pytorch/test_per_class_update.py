"""The paper form's own backward pass: the same numbers as PyTorch's operators, whatever is worked on at a time."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from recurve.models.pytorch import per_class_update  # noqa: E402
from recurve.models.pytorch.corrector import Corrector  # noqa: E402
from recurve.models.pytorch.per_class_update import PerClassIterates  # noqa: E402

FORMS = ("paper", "paper class-agnostic")


@pytest.fixture(params=[1 << 18, 900], ids=["whole", "in pieces"])
def _piece(request, monkeypatch):
    """Pieces that hold the whole small image, and pieces of two rows, of which the last has one."""
    monkeypatch.setattr(per_class_update, "_PIECE_VALUES", request.param)


def learned(network, iterates, scores, image, weights):
    """Iterates and gradients of all weights and of the scores, for a loss that weighs every score differently."""
    network.zero_grad()
    scores = scores.clone().requires_grad_()
    found = iterates(scores, image, len(weights))
    sum((weight * scores).sum() for weight, scores in zip(weights, found)).backward()
    gradients = {name: parameter.grad.clone() for name, parameter in network.named_parameters()}
    return [iterate.detach() for iterate in found], {**gradients, "scores": scores.grad}


@pytest.mark.usefixtures("_piece")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("batch", [1, 3])
def test_learns_as_step_by_step(make_torch_network, form, batch):
    network = make_torch_network(form, bands=2, classes=3).double()
    torch.manual_seed(1)
    image = (torch.rand(batch, 2, 9, 7) * 255).double()
    scores = torch.randn(batch, 3, 9, 7).double()
    weights = torch.randn(4, batch, 3, 9, 7).double()
    ours = learned(network, network.iterates, scores, image, weights)
    expected = learned(network, lambda *inputs: Corrector.iterates(network, *inputs), scores, image, weights)
    torch.testing.assert_close(ours, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("form", FORMS)
def test_single_precision_is_close(make_torch_network, form):
    network = make_torch_network(form)
    image, scores = torch.rand(2, 3, 40, 36) * 255, torch.randn(2, 4, 40, 36)
    with torch.no_grad():
        expected = network.iterates(scores, image, 5)
    found = network.iterates(scores, image, 5)
    torch.testing.assert_close(torch.stack(found), torch.stack(expected), rtol=0, atol=1e-4)


def test_gradients_are_those_of_the_function():
    """Also where a loss sees only some of the iterates."""
    torch.manual_seed(0)
    classes, hidden = 2, 3
    units = classes * hidden
    shapes = (classes, 4, 5), (units, 4, 5), (classes, hidden, 25), (classes, hidden), (classes,)
    inputs = [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in shapes]
    assert torch.autograd.gradcheck(lambda *given: PerClassIterates.apply(*given, 3)[-1], inputs)


def test_scores_that_need_no_gradient_get_none(make_torch_network):
    network = make_torch_network("paper")
    image, scores = torch.rand(1, 3, 8, 8), torch.randn(1, 4, 8, 8)
    network.iterates(scores, image, 2)[-1].sum().backward()
    assert scores.grad is None
    assert all(parameter.grad is not None for parameter in network.parameters())
