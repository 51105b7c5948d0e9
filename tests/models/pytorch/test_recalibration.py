"""Normalisations that are made to learn again: the same scores before and while they learn."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from recurve.models.pytorch.recalibration import recalibrate  # noqa: E402


def photographs(count=4, side=96):
    """Other images than those that the normalisations of `make_torch_network` have seen."""
    return 60 + 30 * torch.rand(count, 3, side, side, generator=torch.Generator().manual_seed(1))


def learning(network):
    """In training mode, but for what is left out by chance."""
    network.train()
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout2d):
            module.eval()
    return network


@pytest.mark.parametrize("form", ["classifier", "u-net"])
def test_classifier_begins_to_learn_from_the_same_scores(make_torch_network, form):
    network, images = make_torch_network(form), photographs()
    before = network(images).detach()
    recalibrate(network, [images[:2], images[2:]])
    assert not network.training
    torch.testing.assert_close(network(images), before, rtol=0, atol=1e-4 * float(before.abs().max()))
    found = learning(network)(images).detach()
    torch.testing.assert_close(found, before, rtol=0, atol=1e-3 * float(before.abs().max()))


def test_corrector_begins_to_learn_from_the_same_scores(make_torch_network):
    network, images = make_torch_network("deep"), photographs()
    scores = torch.randn(4, 4, 96, 96, generator=torch.Generator().manual_seed(2))
    before = network(scores, images, 3).detach()
    network.rescale(7.0)
    recalibrate(network, [images])
    found = learning(network)(scores, images, 3).detach()
    torch.testing.assert_close(found, before, rtol=0, atol=1e-3 * float(before.abs().max()))


@pytest.mark.parametrize("deviation", [7.0, 0.4])
def test_a_rescaled_corrector_computes_the_same_from_weights_for_other_scores(make_torch_network, deviation):
    network, images = make_torch_network("deep"), photographs(1)
    scores = torch.randn(1, 4, 96, 96, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        network.out_bias.normal_()
        before = network(scores, images, 3)
        filters = network.score_filters.weight * network.score_scale
        network.rescale(deviation)
        after = network(scores, images, 3)
    torch.testing.assert_close(after, before, rtol=0, atol=1e-4 * float(before.abs().max()))
    assert float(network.score_scale) == pytest.approx(2 / deviation)  # as of a new one for such scores
    torch.testing.assert_close(network.score_filters.weight, filters * deviation / 2)
    assert float((before - scores).abs().max()) > 0.1


def test_needs_an_image(make_torch_network):
    with pytest.raises(ValueError, match="without an image"):
        recalibrate(make_torch_network("u-net"), [])
