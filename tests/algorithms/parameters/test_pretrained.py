"""The list of networks that come with Recurve: what it says, what is taken, what is refused."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from recurve.algorithms.parameters import pretrained
from recurve.models.onnx_file.reading import read_contract


@pytest.mark.parametrize("network", pretrained.NETWORKS)
def test_a_title_says_pixels_bands_classes_and_place(network):
    contract = read_contract(network.path)
    assert [band.name for band in contract.bands] == ["red", "green", "blue"]
    smallest, largest = contract.pixel_size_range_m
    for word in (
        "RGB",
        *(entry.name for entry in contract.classes),
        f"{smallest} to {largest} m",
        network.place,
    ):
        assert word in network.title


def test_every_classifier_that_comes_along_is_in_the_list():
    assert {network.path for network in pretrained.NETWORKS} == set(
        pretrained.WEIGHTS.glob("*_classifier.onnx")
    )


@pytest.mark.parametrize("chosen", ["Urban land cover", pretrained.URBAN.title])
def test_a_network_is_chosen_by_its_title_or_by_its_name(classify, image, chosen):
    _, log = classify(INPUT=image, PRETRAINED=chosen, CLASSIFIER=None, CORRECTOR=None)
    contract = read_contract(pretrained.URBAN.path)
    assert f"Classifier: {contract.name}." in log


def test_no_network_is_taken_that_nobody_chose(refusal, image):
    message = refusal(INPUT=image, CLASSIFIER=None, CORRECTOR=None)
    assert "No network is chosen, and none fits every image: choose one of the pretrained networks" in message


def test_a_list_entry_and_a_file_are_too_much(refusal, image):
    assert 'Both "Pretrained network" (PRETRAINED) Buildings and' in refusal(
        INPUT=image, PRETRAINED="Buildings", CORRECTOR=None
    )


def test_an_unknown_name_is_refused_with_those_there_are(refusal, image):
    message = refusal(INPUT=image, PRETRAINED="Forests", CLASSIFIER=None, CORRECTOR=None)
    assert "(PRETRAINED) is 'Forests', and must be one of Buildings, Urban land cover" in message


def test_nothing_is_chosen_in_the_dialog_unless_the_user_does(provider):
    definition = provider.algorithm("classify").parameterDefinition("PRETRAINED")
    assert definition.defaultValue() is None
    assert definition.options() == [network.title for network in pretrained.NETWORKS]
