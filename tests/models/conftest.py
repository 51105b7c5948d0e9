"""Small networks with the numbers that training would give them, and their contracts."""

from __future__ import annotations

import pytest
from recurve.models.contract import Band, ClassEntry, NetworkContract


@pytest.fixture
def make_contract():
    """A function that makes a contract for so many bands and classes."""

    def make(role, bands=3, classes=4, **fields):
        corrects = role == "corrector"
        settings = {
            "role": role,
            "name": "small",
            "form": "?",
            "bands": tuple(Band(f"b{i}", 0.0, 255.0, 100.0 + i, 40.0 + i) for i in range(bands)),
            "classes": tuple(ClassEntry(f"c{i}", "#102030") for i in range(classes)),
            "pixel_size_m": 1.0,
            "pixel_size_range_m": (0.5, 2.0),
            "reach_px": 0,
            "reach_per_iteration_px": 1 if corrects else 0,
            "stride": 1,
            "iterations": 5 if corrects else 0,
            "classifier_sha256": "map" if corrects else "",
            "training": {},
            "self_test": {},
        }
        return NetworkContract(**{**settings, **fields})

    return make


@pytest.fixture
def make_torch_network():
    """A function that makes a PyTorch network with random weights, none of them zero, in evaluation mode."""
    torch = pytest.importorskip("torch")
    from recurve.models.classifier import PaperClassifier
    from recurve.models.corrector import DeepCorrector, PaperCorrector
    from recurve.models.guided_corrector import GuidedCorrector

    def make(form, bands=3, classes=4, seed=0):
        torch.manual_seed(seed)
        statistics = [100.0 + i for i in range(bands)], [40.0 + i for i in range(bands)]
        network = {
            "classifier": lambda: PaperClassifier(*statistics, classes),
            "deep": lambda: DeepCorrector(*statistics, classes, 1.5),
            "guided": lambda: GuidedCorrector(*statistics, classes, 1.5),
            "paper": lambda: PaperCorrector(*statistics, classes, 1.5),
            "paper class-agnostic": lambda: PaperCorrector(*statistics, classes, 1.5, class_agnostic=True),
        }[form]()
        with torch.no_grad():
            for parameter in network.parameters():
                if not parameter.any():
                    parameter.normal_(std=0.1)
            # batch normalisation sees some images, so that merging it is not the identity
            network.train()
            image = torch.rand(4, bands, 32, 32) * 255
            network(image) if form == "classifier" else network.guide(image)
        return network.eval()

    return make
