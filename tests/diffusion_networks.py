"""A tiny diffusion corrector with random weights, as PyTorch network and as file: what it does is the form's."""

from __future__ import annotations

import pytest


def diffusion_network(seed=0):
    """Random weights that move boundaries and let hints spread; batch normalisation has seen something."""
    import torch
    from recurve.models.pytorch.diffusion_corrector import DiffusionCorrector

    torch.manual_seed(seed)
    network = DiffusionCorrector((8, 8, 8), 8)
    with torch.no_grad():
        for layer in (network.fine_out, network.coarse_out, network.fine, network.coarse):
            layer.weight.normal_(std=0.3)
        network.train()
        for _ in range(3):
            scores, image = torch.randn(2, 3, 64, 64) * 2, torch.randn(2, 3, 64, 64)
            network(scores, image, torch.zeros(2, 2, 64, 64), torch.tensor(2))
    return network.eval()


def diffusion_facts(iterations=3):
    """What its file says about itself."""
    from recurve.models.contract import MADE_BANDS, NetworkFacts

    return NetworkFacts(
        role="corrector",
        name="tiny diffusion",
        bands=MADE_BANDS,
        classes=(),
        pixel_size_m=1.0,
        pixel_size_range_m=(0.1, 10.0),
        training={},
        iterations=iterations,
        classifier_sha256="map",
        any_map=True,
    )


@pytest.fixture(scope="session")
def tiny_diffusion():
    """The network in PyTorch."""
    pytest.importorskip("torch")
    return diffusion_network()


@pytest.fixture(scope="session")
def universal_corrector(tiny_diffusion, tmp_path_factory):
    """The path of its file."""
    pytest.importorskip("onnxruntime")
    from recurve.models.pytorch.export_diffusion import export_diffusion

    path = tmp_path_factory.mktemp("network") / "universal_corrector.onnx"
    export_diffusion(tiny_diffusion, diffusion_facts(), path)
    return path
