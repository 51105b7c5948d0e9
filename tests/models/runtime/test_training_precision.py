"""Networks learn in half precision where a CPU has it: their gradients there are those of single precision, nearly."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from recurve.core.training.devices import precision  # noqa: E402
from recurve.models.pytorch.classifier import PaperClassifier  # noqa: E402
from recurve.models.pytorch.corrector import DeepCorrector, PaperCorrector  # noqa: E402
from recurve.models.pytorch.unet import UNetClassifier  # noqa: E402

FORMS = {
    "paper CNN": PaperClassifier,
    "u-net": UNetClassifier,
    "deep": DeepCorrector,
    "paper": PaperCorrector,
}


def gradient(network, image, scores, labels, is_half):
    torch.manual_seed(7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": is_half})
        learning = precision("cpu")
    with learning:
        outputs = [network(image)] if scores is None else network.iterates(scores, image, 3)
    loss = sum(torch.nn.functional.cross_entropy(output.float(), labels) for output in outputs)
    network.zero_grad()
    loss.backward()
    return torch.cat([weight.grad.flatten() for weight in network.parameters()])


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last], ids=["planes", "channels"])
@pytest.mark.parametrize("form", FORMS)
def test_gradients_are_nearly_those_of_single_precision(form, layout):
    """Not so with dilated layers: theirs are no numbers, or the process ends."""
    for bands, classes, batch, side_px in ((1, 2, 2, 64), (3, 2, 2, 128), (5, 7, 3, 80), (10, 15, 1, 112)):
        torch.manual_seed(bands)
        network = FORMS[form]([100.0] * bands, [50.0] * bands, classes).train().to(memory_format=layout)
        for part in network.modules():
            if isinstance(part, torch.nn.Dropout2d):
                part.p = 0.0
        image = 200 * torch.rand(batch, bands, side_px, side_px)
        scores = None
        if hasattr(network, "iterates"):
            scores = 2 * torch.randn(batch, classes, side_px, side_px)
            torch.nn.init.normal_(network.out, std=0.1)
        labels = torch.randint(0, classes, (batch, side_px, side_px))
        single, half = (gradient(network, image, scores, labels, is_half) for is_half in (False, True))
        angle = torch.nn.functional.cosine_similarity(single, half, dim=0)
        assert angle > 0.9, (bands, classes, batch, side_px)
