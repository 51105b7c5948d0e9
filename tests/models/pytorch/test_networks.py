"""The networks in PyTorch: shapes, reach measured pixel by pixel, algebra that must hold exactly."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch")

FORMS = ("deep", "guided", "paper", "paper class-agnostic")
CLASSIFIERS = ("classifier", "u-net")


@pytest.mark.parametrize("form", CLASSIFIERS)
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (3, 5), (7, 3)])
@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (9, 15)])
def test_classifier_shapes(make_torch_network, form, bands, classes, rows, cols):
    network = make_torch_network(form, bands, classes)
    height, width = rows * network.stride, cols * network.stride
    with torch.no_grad():
        scores = network(torch.rand(2, bands, height, width))
    assert scores.shape == (2, classes, height, width)


def test_wrong_number_of_bands_is_refused(make_torch_network):
    with pytest.raises(RuntimeError, match="must match the size"):
        make_torch_network("classifier", 3)(torch.rand(1, 4, 8, 8))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (4, 5)])
def test_corrector_shapes(make_torch_network, form, bands, classes):
    network = make_torch_network(form, bands, classes)
    height, width = (11, 17) if network.stride == 1 else (2 * network.stride, 3 * network.stride)
    scores, image = torch.randn(2, classes, height, width), torch.rand(2, bands, height, width) * 255
    iterates = network.iterates(scores, image, 3)
    assert [iterate.shape for iterate in iterates] == [scores.shape] * 3
    assert torch.equal(network(scores, image, 3), iterates[-1])
    assert network(scores, image, 0) is scores


def test_untrained_corrector_changes_nothing():
    from recurve.models.pytorch.corrector import DeepCorrector, PaperCorrector
    from recurve.models.pytorch.guided_corrector import GuidedCorrector

    scores, image = torch.randn(1, 3, 16, 16), torch.rand(1, 2, 16, 16) * 255
    for kind in (DeepCorrector, PaperCorrector, GuidedCorrector):
        assert torch.equal(kind([100.0] * 2, [50.0] * 2, 3)(scores, image, 4), scores)


def farthest(outputs, inputs, at):
    """Greatest distance (row or column) between pixel `at` of the output and an input pixel it depends on."""
    (gradient,) = torch.autograd.grad(outputs[0, :, at[0], at[1]].sum(), inputs, retain_graph=True)
    touched = gradient.abs().sum(dim=(0, 1)).nonzero()
    return int((touched - torch.tensor(at)).abs().max())


def smooth(network):
    """ReLUs let nothing through where they are off; a slope everywhere shows the whole reach."""
    for name, child in network.named_children():
        if isinstance(child, torch.nn.ReLU):
            setattr(network, name, torch.nn.Softplus())
        smooth(child)
    return network.double()


@pytest.mark.parametrize("form", CLASSIFIERS)
def test_classifier_reach_is_what_it_says(make_torch_network, form):
    """Seen from every place in a cell along the diagonal; rows and columns are treated alike."""
    network = smooth(make_torch_network(form))
    middle = math.ceil(network.reach_px / network.stride) * network.stride
    side = 2 * middle + network.stride
    image = (torch.rand(1, 3, side, side) * 255).double().requires_grad_()
    scores = network(image)
    assert network.reach_px == max(
        farthest(scores, image, (middle + place, middle + place)) for place in range(network.stride)
    )


@pytest.mark.parametrize("form", CLASSIFIERS)
def test_new_last_layer_is_for_other_classes(make_torch_network, form):
    network = make_torch_network(form, classes=4)
    network.make_last_layer(6)
    with torch.no_grad():
        assert network(torch.rand(1, 3, 16, 16)).shape == (1, 6, 16, 16)


@pytest.mark.parametrize("form", FORMS)
def test_corrector_reach_is_what_it_says(make_torch_network, form, monkeypatch):
    from torch.nn import functional

    network = smooth(make_torch_network(form))
    monkeypatch.setattr(functional, "relu", functional.softplus)
    stride, per_iteration = network.stride, network.reach_per_iteration_px
    middle = math.ceil((network.reach_px + 3 * per_iteration) / stride) * stride
    side = 2 * middle + stride
    image = (torch.rand(1, 3, side, side) * 255).double().requires_grad_()
    scores = torch.randn(1, 4, side, side).double().requires_grad_()
    places = [(middle + place, middle + place) for place in range(stride)]  # of a cell, along the diagonal
    for iterations in (1, 3):
        corrected = network(scores, image, iterations)
        assert farthest(corrected, scores, places[0]) == iterations * per_iteration
        through_image = network.reach_px + (iterations - 1) * per_iteration
        assert max(farthest(corrected, image, place) for place in places) == through_image


def test_merged_upsampling_equals_the_deconvolution(make_torch_network):
    from recurve.models.pytorch.classifier import ExportedClassifier

    network = make_torch_network("classifier").double()
    with torch.no_grad():
        network.upsampling.weight.normal_()
        image = (torch.rand(1, 3, 40, 52) * 255).double()
        torch.testing.assert_close(ExportedClassifier(network)(image), network(image), rtol=0, atol=1e-9)


def test_merged_upsampling_can_be_taken_apart(make_torch_network):
    network, other = make_torch_network("classifier"), make_torch_network("classifier", seed=1)
    with torch.no_grad():
        network.upsampling.weight.normal_()
    other.set_merged_upsampling(network.merged_upsampling())
    assert torch.equal(other.upsampling.weight, network.upsampling.weight)


def test_paper_form_equals_the_published_formula(make_torch_network):
    """M, N and the MLPs computed one after the other, class by class, as the paper writes them."""
    from torch.nn import functional

    network = make_torch_network("paper").double()
    scores, image = torch.randn(1, 4, 12, 13).double(), (torch.rand(1, 3, 12, 13) * 255).double()
    bank_m = network.score_filters.view(-1, 1, 5, 5)
    bank_n = network.image_filters.view(-1, 3, 5, 5)
    seen = functional.conv2d((image - network.mean) / network.deviation, bank_n, padding=2)
    changes = []
    for k in range(4):
        felt = functional.conv2d(scores[:, k : k + 1] * network.score_scale, bank_m, padding=2)
        features = torch.cat([felt, seen], dim=1)
        first = torch.cat([network.from_scores[k], network.from_image[k]], dim=1)[:, :, None, None]
        hidden = functional.relu(functional.conv2d(features, first, network.hidden_bias[k]))
        last = network.out[k][None, :, None, None]
        changes.append(functional.conv2d(hidden, last, network.out_bias[k : k + 1]) / network.score_scale)
    expected = scores + torch.cat(changes, dim=1)
    torch.testing.assert_close(network(scores, image, 1), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("form", ["guided", "paper class-agnostic"])
def test_class_agnostic_form_treats_classes_alike(make_torch_network, form):
    network = make_torch_network(form)
    scores, image = torch.randn(1, 4, 12, 13), torch.rand(1, 3, 12, 13) * 255
    order = [2, 0, 3, 1]
    torch.testing.assert_close(network(scores[:, order], image, 3), network(scores, image, 3)[:, order])


def test_parameter_counts():
    from recurve.models.pytorch.corrector import DeepCorrector, PaperCorrector
    from recurve.models.pytorch.unet import UNetClassifier

    def count(network):
        return sum(parameter.numel() for parameter in network.parameters())

    # the paper's own count for three classes, about 9.6 thousand: M 800, N 2400, three MLPs of 2113
    assert count(PaperCorrector([1.0] * 3, [1.0] * 3, 3)) == 800 + 2400 + 3 * 2113
    assert count(DeepCorrector([1.0] * 3, [1.0] * 3, 5)) <= 300_000
    assert count(UNetClassifier([1.0] * 3, [1.0] * 3, 5)) <= 1_000_000
