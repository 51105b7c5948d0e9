"""The guided form: a filter whose answers are known for simple images."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from torch.nn import functional  # noqa: E402


@pytest.fixture
def corrector():
    """A function that makes a guided corrector that goes wholly along the image's edges and sharpens by a factor."""
    from recurve.models.pytorch.guided_corrector import GuidedCorrector

    def make(sharpening):
        network = GuidedCorrector([100.0] * 3, [50.0] * 3, 2, 2.0)
        with torch.no_grad():
            network.led.fill_(1 + sharpening)
            network.blur.fill_(-sharpening)
        return network.double().eval()

    return make


@pytest.mark.parametrize("sharpening", [0.0, 1.0])
def test_flat_image_is_the_plain_blur(corrector, sharpening):
    scores = torch.randn(1, 2, 40, 40).double()
    flat = torch.full((1, 3, 40, 40), 120.0).double()
    blurred = functional.avg_pool2d(functional.avg_pool2d(scores, 9, 1), 9, 1)  # (1, 2, 24, 24)
    found = corrector(sharpening)(scores, flat, 1)[:, :, 8:-8, 8:-8]
    torch.testing.assert_close(found, blurred, rtol=0, atol=1e-9)


@pytest.mark.parametrize("sharpening", [0.0, 1.0])
def test_a_boundary_moves_to_the_edge_of_the_image(corrector, sharpening):
    image = torch.full((1, 3, 40, 40), 60.0).double()
    image[..., 20:] = 180.0
    column = torch.arange(40.0).double()
    ramp = ((column - 16.5) / 4).clamp(
        -2, 2
    )  # the classifier's boundary, blurred and 3 px too far to the left
    scores = torch.stack([-ramp, ramp])[None, :, None, :].expand(1, 2, 40, 40)
    network = corrector(sharpening)
    wrong = [
        int((network(scores, image, iterations)[0, :, 20].argmax(0) != (column >= 20)).sum())
        for iterations in (0, 1, 2)
    ]
    assert wrong[0] == 3
    assert wrong[1] < wrong[0]
    assert wrong[2] <= wrong[1]
