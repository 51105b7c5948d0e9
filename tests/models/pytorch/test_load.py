"""Weights read back from exported files: the same scores, nothing else, and a sentence where there are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

from recurve.core.errors import ContractError  # noqa: E402
from recurve.models.contract import METADATA_KEY  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402
from recurve.models.pytorch.export import export_classifier, export_corrector, largest_difference  # noqa: E402
from recurve.models.pytorch.load import load_classifier, load_corrector  # noqa: E402

WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "weights"
FORMS = ("classifier", "u-net")


@pytest.fixture
def exported(make_torch_network, make_facts, tmp_path):
    """A function that exports a small classifier with learned batch normalisation and gives it with its path."""

    def make(form, bands=3, classes=4):
        network = make_torch_network(form, bands, classes)
        with torch.no_grad():
            for module in network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.weight.uniform_(0.5, 1.5)
                    module.bias.normal_(std=0.3)
        path = tmp_path / f"{form}.onnx"
        export_classifier(network, make_facts("classifier", bands, classes), path)
        return network, path

    return make


def photograph(bands=3, count=1, side=48, seed=1):
    return torch.rand(count, bands, side, side, generator=torch.Generator().manual_seed(seed)) * 255


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (3, 5)])
def test_scores_are_those_of_the_file(exported, form, bands, classes):
    network, path = exported(form, bands, classes)
    loaded = load_classifier(path)
    assert type(loaded) is type(network)
    assert not loaded.training
    assert largest_difference(loaded, path, {"image": photograph(bands).numpy()}) <= 1e-4


@pytest.fixture
def corrector(make_torch_network, make_facts, tmp_path):
    """A small deep corrector that changes scores, with its path."""
    network = make_torch_network("deep", 3, 4)
    path = tmp_path / "corrector.onnx"
    export_corrector(network, make_facts("corrector", 3, 4), path)
    return network, path


def both_inputs(classes=4, side=48):
    scores = torch.randn(1, classes, side, side, generator=torch.Generator().manual_seed(2))
    return {"scores": scores.numpy(), "image": photograph(side=side).numpy(), "iterations": np.array(3)}


def test_corrected_scores_are_those_of_the_file(corrector):
    network, path = corrector
    loaded = load_corrector(path)
    assert not loaded.training
    assert largest_difference(loaded, path, both_inputs()) <= 1e-4
    assert {name: weight.shape for name, weight in loaded.named_parameters()} == {
        name: weight.shape for name, weight in network.named_parameters()
    }


def test_pretrained_corrector_can_be_read():
    path = WEIGHTS / "buildings_corrector.onnx"
    assert largest_difference(load_corrector(path), path, both_inputs(classes=2)) <= 1e-4


def test_corrector_of_other_classes_or_bands_is_refused(corrector):
    _, path = corrector
    contract = read_contract(path)
    load_corrector(path, contract.bands, contract.classes)
    with pytest.raises(ContractError, match=r"corrects the classes .*, and the samples have the classes"):
        load_corrector(path, contract.bands, contract.classes[::-1])
    with pytest.raises(ContractError, match="the samples have the bands b1, b0, b2; both must be the same"):
        load_corrector(path, [contract.bands[i] for i in (1, 0, 2)], contract.classes)


def test_corrector_of_another_form_is_refused(make_torch_network, make_facts, tmp_path):
    export_corrector(make_torch_network("paper"), make_facts("corrector"), tmp_path / "p.onnx")
    with pytest.raises(
        ContractError, match="a corrector of the architecture 'paper', and training goes on from 'deep' only"
    ):
        load_corrector(tmp_path / "p.onnx")


def test_classifier_is_no_corrector_to_start_from(exported):
    with pytest.raises(ContractError, match="is a classifier, and a corrector is needed to start from"):
        load_corrector(exported("u-net")[1])


@pytest.mark.parametrize("name", ["urban", "buildings"])
def test_pretrained_classifiers_can_be_read(name):
    path = WEIGHTS / f"{name}_classifier.onnx"
    loaded = load_classifier(path)
    assert largest_difference(loaded, path, {"image": photograph().numpy()}) <= 1e-4


@pytest.mark.parametrize("form", FORMS)
def test_exporting_what_was_read_gives_the_same_scores(exported, make_facts, tmp_path, form):
    network, path = exported(form)
    again = tmp_path / "again.onnx"
    export_classifier(load_classifier(path), make_facts("classifier"), again)
    assert largest_difference(network, again, {"image": photograph().numpy()}) <= 1e-4


@pytest.mark.parametrize("form", FORMS)
def test_other_classes_leave_all_but_the_last_layer(exported, form):
    _, path = exported(form)
    contract = read_contract(path)
    same = load_classifier(path, contract.bands, contract.classes)
    fewer = load_classifier(path, contract.bands, contract.classes[:2])
    assert fewer(photograph()).shape == (1, 2, 48, 48)
    kept, changed = same.state_dict(), fewer.state_dict()
    assert kept.keys() == changed.keys()
    differs = {name for name in kept if not torch.equal(kept[name], changed[name])}
    assert {name.partition(".")[0] for name in differs} == (
        {"scores", "upsampling"} if form == "classifier" else {"scores"}
    )


def test_renamed_classes_are_other_classes(exported):
    _, path = exported("u-net")
    contract = read_contract(path)
    renamed = [replace(entry, name=f"other {entry.name}") for entry in contract.classes]
    weights = [
        load_classifier(path, classes=classes).scores.weight for classes in (contract.classes, renamed)
    ]
    assert weights[0].shape == weights[1].shape
    assert not torch.equal(*weights)


def test_other_bands_are_refused(exported):
    _, path = exported("u-net")
    bands = read_contract(path).bands
    load_classifier(path, [replace(band, name=band.name.upper(), mean=1.0) for band in bands])
    with pytest.raises(
        ContractError, match="reads the bands b0, b1, b2, and the samples have the bands b0, b1;"
    ):
        load_classifier(path, bands[:2])
    with pytest.raises(ContractError, match="the samples have the bands b1, b0, b2; both must be the same"):
        load_classifier(path, (bands[1], bands[0], bands[2]))


def test_corrector_is_refused(make_torch_network, make_facts, tmp_path):
    export_corrector(make_torch_network("deep"), make_facts("corrector"), tmp_path / "k.onnx")
    with pytest.raises(ContractError, match="is a corrector, and a classifier is needed to start from"):
        load_classifier(tmp_path / "k.onnx")


def test_unknown_form_is_refused(make_network):
    with pytest.raises(
        ContractError, match="of the architecture 'tiny', and training goes on from 'paper', 'u-net' only"
    ):
        load_classifier(make_network("classifier"))


def test_foreign_file_is_refused(exported, tmp_path):
    model = onnx.load(str(exported("u-net")[1]))
    del model.metadata_props[:]
    (tmp_path / "foreign.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(ContractError, match="without Recurve's contract"):
        load_classifier(tmp_path / "foreign.onnx")


def narrower(model):
    """The first convolution loses its last filter."""
    (node, *_) = (node for node in model.graph.node if node.op_type == "Conv")
    (weight,) = (tensor for tensor in model.graph.initializer if tensor.name == node.input[1])
    weight.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(weight)[:-1].copy(), weight.name))


def shorter(model):
    """The last convolution is gone."""
    del model.graph.node[max(i for i, node in enumerate(model.graph.node) if node.op_type == "Conv")]


def longer(model):
    """There is one convolution more."""
    (node, *_) = (node for node in model.graph.node if node.op_type == "Conv")
    model.graph.node.append(node)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("harm", [narrower, shorter, longer])
def test_other_weights_than_the_form_has_are_refused(exported, tmp_path, form, harm):
    model = onnx.load(str(exported(form)[1]))
    harm(model)
    path = tmp_path / "other.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(
        ContractError, match=r"The weights in .*other\.onnx are not those of the architecture"
    ):
        load_classifier(path)


@pytest.mark.parametrize("harm", [narrower, shorter, longer])
def test_other_weights_than_a_corrector_has_are_refused(corrector, tmp_path, harm):
    model = onnx.load(str(corrector[1]))
    harm(model)
    path = tmp_path / "other.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(
        ContractError, match=r"The weights in .*other\.onnx are not those of the architecture 'deep'"
    ):
        load_corrector(path)


def test_normalisation_is_the_files_own_and_not_the_contracts(exported, tmp_path):
    """A network that went on learning on other images documents those, and normalises as it always did."""
    network, path = exported("u-net")
    model = onnx.load(str(path))
    (entry,) = (entry for entry in model.metadata_props if entry.key == METADATA_KEY)
    contract = read_contract(path)
    entry.value = replace(contract, bands=tuple(replace(b, mean=1.0) for b in contract.bands)).to_json()
    path.write_bytes(model.SerializeToString())
    loaded = load_classifier(path)
    np.testing.assert_array_equal(loaded.mean, network.mean)
    np.testing.assert_array_equal(loaded.deviation, network.deviation)
