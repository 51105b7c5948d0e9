"""Small networks with the numbers that training would give them, and the facts about them."""

from __future__ import annotations

import pytest
from recurve.core.errors import ContractError
from recurve.models.contract import Band, ClassEntry, NetworkFacts
from recurve.models.onnx_file.reading import read_contract


@pytest.fixture
def make_facts():
    """A function that makes the facts about a network for so many bands and classes."""

    def make(role, bands=3, classes=4):
        corrects = role == "corrector"
        return NetworkFacts(
            role=role,
            name="small",
            bands=tuple(Band(f"b{i}", 0.0, 255.0, 100.0 + i, 40.0 + i) for i in range(bands)),
            classes=tuple(ClassEntry(f"c{i}", "#102030") for i in range(classes)),
            pixel_size_m=1.0,
            pixel_size_range_m=(0.5, 2.0),
            training={},
            iterations=5 if corrects else 0,
            classifier_sha256="map" if corrects else "",
        )

    return make


@pytest.fixture
def make_torch_network():
    """A function that makes a PyTorch network with random weights, none of them zero, in evaluation mode."""
    torch = pytest.importorskip("torch")
    from recurve.models.pytorch.classifier import PaperClassifier
    from recurve.models.pytorch.corrector import DeepCorrector, PaperCorrector
    from recurve.models.pytorch.guided_corrector import GuidedCorrector
    from recurve.models.pytorch.unet import UNetClassifier

    def make(form, bands=3, classes=4, seed=0):
        torch.manual_seed(seed)
        statistics = [100.0 + i for i in range(bands)], [40.0 + i for i in range(bands)]
        network = {
            "classifier": lambda: PaperClassifier(*statistics, classes),
            "u-net": lambda: UNetClassifier(*statistics, classes),
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
            network(image) if form in ("classifier", "u-net") else network.guide(image)
        return network.eval()

    return make


@pytest.fixture(scope="session")
def seeds(make_network):
    """Bytes of a classifier and a corrector with self-tests, from which the fuzzed files are made."""
    onnxruntime = pytest.importorskip("onnxruntime")
    from recurve.models.runtime.network import Network
    from recurve.models.runtime.self_test import example_inputs, pack

    found = {}
    for role in ("classifier", "corrector"):
        plain = Network.open(make_network(role), "CPU")
        contract = plain.contract
        inputs = example_inputs(contract.bands, len(contract.classes), role == "corrector")
        session = onnxruntime.InferenceSession(str(plain.path), providers=["CPUExecutionProvider"])
        scores = session.run(None, inputs)[0]
        path = make_network(role, self_test=pack(inputs, scores))
        assert Network.open(path, "CPU").self_test() == 0
        found[role] = path.read_bytes()
    return found


@pytest.fixture
def refused(tmp_path):
    """A function that opens a model or bytes, expects a refusal, and gives the sentence."""
    pytest.importorskip("onnxruntime")
    from recurve.models.runtime.network import Network

    def check(content):
        path = tmp_path / "hostile.onnx"
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        for way in (read_contract, Network.open):
            with pytest.raises(ContractError) as refusal:
                way(path)
            assert str(path) in str(refusal.value)
        return str(refusal.value)

    return check


@pytest.fixture
def classifier_model(seeds):
    """A tiny classifier as a model of the ONNX library, to be fuzzed."""
    return pytest.importorskip("onnx").load_from_string(seeds["classifier"])


@pytest.fixture
def corrector_model(seeds):
    """A tiny corrector as a model of the ONNX library, to be fuzzed."""
    return pytest.importorskip("onnx").load_from_string(seeds["corrector"])
