"""A file of a corrector of any map: checked, opened, proved by its self-test, run with any number of classes."""

import dataclasses

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
from recurve.core.errors import ContractError  # noqa: E402
from recurve.models.contract import METADATA_KEY  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402
from recurve.models.runtime.network import Network  # noqa: E402
from recurve.models.runtime.self_test import CLASSES_OF_ANY_MAP, example_inputs, unpack  # noqa: E402


@pytest.fixture
def doctored(universal_corrector, tmp_path):
    """A function that changes fields of the contract, and the graph, and gives the path of the new file."""

    def change(to_graph=lambda graph: None, **fields):
        model = onnx.load(universal_corrector)
        contract = dataclasses.replace(read_contract(universal_corrector), **fields)
        (entry,) = [entry for entry in model.metadata_props if entry.key == METADATA_KEY]
        entry.value = contract.to_json()
        to_graph(model.graph)
        path = tmp_path / "doctored.onnx"
        path.write_bytes(model.SerializeToString())
        return path

    return change


def test_it_opens_and_passes_its_self_test(universal_corrector):
    network = Network.open(universal_corrector, "CPU")
    assert network.self_test() <= 1e-4
    assert (network.contract.form, network.contract.classes) == ("diffusion", ())
    assert (network.contract.reach_px, network.contract.reach_in_scores_px) == (66, 70)
    network.release_memory()


def test_the_self_test_holds_hints_that_change_something(universal_corrector):
    network = Network.open(universal_corrector, "CPU")
    inputs, expected = unpack(network.contract)
    assert sorted(inputs) == ["hints", "image", "iterations", "scores"]
    assert expected.shape[1] == CLASSES_OF_ANY_MAP
    without = network.scores_of({**inputs, "hints": np.zeros_like(inputs["hints"])})
    assert (without.argmax(axis=1) != expected.argmax(axis=1)).sum() > 2


@pytest.mark.parametrize("classes", [2, 3, 17])
def test_any_number_of_classes_goes_through_one_file(universal_corrector, classes):
    network = Network.open(universal_corrector, "CPU")
    inputs = example_inputs(network.contract.bands, classes, True, 32)
    scores, image = network.upload_scores(inputs["scores"][0]), network.upload(inputs["image"][0])
    assert network.correct(scores, image, 2).numpy().shape == (classes, 32, 32)
    np.testing.assert_array_equal(network.correct(scores, image, 0).numpy(), inputs["scores"][0])
    hints = np.zeros((2, 32, 32), np.float32)
    np.testing.assert_array_equal(
        network.correct(scores, image, 2, hints).numpy(), network.correct(scores, image, 2).numpy()
    )


def test_a_self_test_without_its_hints_is_damaged(universal_corrector, doctored):
    kept = dict(read_contract(universal_corrector).self_test)
    del kept["hints"]
    with pytest.raises(ContractError, match=r"self-test .* is missing or damaged \('hints'\)"):
        Network.open(doctored(self_test=kept), "CPU").self_test()


@pytest.mark.parametrize("name", ["scores", "expected", "hints"])
def test_a_self_test_of_another_shape_is_damaged(universal_corrector, doctored, name):
    kept = read_contract(universal_corrector).self_test
    kept = {**kept, name: {**kept[name], "shape": [1, kept[name]["shape"][1], 12, 48]}}
    with pytest.raises(ContractError, match=rf"self-test .* is missing or damaged \({name} of the shape"):
        Network.open(doctored(self_test=kept), "CPU").self_test()


def test_a_graph_without_the_hints_that_its_contract_promises_is_refused(doctored):
    with pytest.raises(ContractError, match=r"has the inputs .*'hints': 2.* and its contract promises"):
        Network.open(doctored(hint_reach_per_iteration_px=0), "CPU")


def test_a_graph_of_so_many_classes_is_no_corrector_of_any_map(doctored):
    def fix(graph):
        for value in (*graph.input, *graph.output):
            if value.name in ("scores", "corrected_scores"):
                value.type.tensor_type.shape.dim[1].dim_value = 3

    with pytest.raises(ContractError, match=r"'scores': 3.* and its contract promises"):
        Network.open(doctored(fix), "CPU")
