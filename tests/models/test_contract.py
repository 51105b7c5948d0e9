"""The contract: there and back, and every field that does not fit refused by its name."""

from __future__ import annotations

import dataclasses
import json

import pytest
from recurve.core.errors import ContractError
from recurve.core.inference.halo import halo_px
from recurve.models.contract import Band, ClassEntry, NetworkContract, NetworkFacts

CLASSIFIER = {
    "role": "classifier",
    "name": "Test",
    "form": "paper",
    "bands": (Band("red", 0.0, 255.0, 100.0, 50.0),),
    "classes": (ClassEntry("water", "#0000ff"), ClassEntry("Straße", "#00FF00")),
    "pixel_size_m": 1.0,
    "pixel_size_range_m": (0.5, 2.0),
    "reach_px": 37,
    "reach_per_iteration_px": 0,
    "stride": 4,
    "iterations": 0,
    "classifier_sha256": "",
    "training": {"data": "none"},
    "self_test": {},
}
CORRECTOR = {
    **CLASSIFIER,
    "role": "corrector",
    "stride": 1,
    "iterations": 5,
    "reach_px": 32,
    "reach_per_iteration_px": 2,
    "classifier_sha256": "a" * 64,
}

WRONG = [
    ("role", "model"),
    ("name", ""),
    ("name", 3),
    ("form", ""),
    ("bands", ()),
    ("bands", (Band("red", 0.0, 255.0, 100.0, 0.0),)),
    ("bands", (Band("red", 0.0, 255.0, float("nan"), 1.0),)),
    ("classes", (ClassEntry("alone", "#000000"),)),
    ("classes", (ClassEntry("a", "#000000"), ClassEntry("a", "#111111"))),
    ("classes", (ClassEntry("a", "red"), ClassEntry("b", "#111111"))),
    ("classes", tuple(ClassEntry(f"c{i}", "#000000") for i in range(255))),
    ("pixel_size_m", 0.0),
    ("pixel_size_m", True),
    ("pixel_size_range_m", (2.0, 3.0)),
    ("pixel_size_range_m", (1.0,)),
    ("reach_px", -1),
    ("reach_px", 10**9),
    ("reach_px", True),
    ("reach_px", "37"),
    ("reach_per_iteration_px", 1),
    ("stride", 0),
    ("iterations", 5),
    ("classifier_sha256", "map"),
    ("training", "none"),
    ("self_test", []),
    ("format_version", 0),
    ("map_kind", "classes"),
    ("map_kind", None),
]
WRONG_OF_A_CORRECTOR = [
    ("reach_per_iteration_px", 0),
    ("stride", 0),
    ("stride", 257),
    ("iterations", 0),
    ("classifier_sha256", ""),
    ("classifier_sha256", "A" * 64),
    ("map_kind", "classes"),
]


OF_MAPS = {**CORRECTOR, "classifier_sha256": "map"}


@pytest.mark.parametrize("fields", [CLASSIFIER, CORRECTOR, OF_MAPS, {**OF_MAPS, "map_kind": "probabilities"}])
def test_json_there_and_back(fields):
    contract = NetworkContract(**fields)
    assert NetworkContract.from_json(contract.to_json()) == contract


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_wrong_field_is_refused_by_name(field, value):
    with pytest.raises(ContractError, match=f"'{field}' must be"):
        NetworkContract(**{**CLASSIFIER, field: value})


@pytest.mark.parametrize(("field", "value"), WRONG_OF_A_CORRECTOR)
def test_wrong_field_of_a_corrector_is_refused_by_name(field, value):
    with pytest.raises(ContractError, match=f"'{field}' must be"):
        NetworkContract(**{**CORRECTOR, field: value})


KNOWN_BEFORE = {field.name for field in dataclasses.fields(NetworkFacts)}


@pytest.mark.parametrize(("field", "value"), [wrong for wrong in WRONG if wrong[0] in KNOWN_BEFORE])
def test_wrong_fact_is_refused_before_a_training_and_not_after_it(field, value):
    facts = {name: value for name, value in CLASSIFIER.items() if name in KNOWN_BEFORE}
    with pytest.raises(ContractError, match=f"'{field}' must be"):
        NetworkFacts(**{**facts, field: value})


@pytest.mark.parametrize("field", [*CLASSIFIER, "format_version"])
def test_missing_field_is_refused_by_name(field):
    record = json.loads(NetworkContract(**CLASSIFIER).to_json())
    del record[field]
    with pytest.raises(ContractError, match=f"'{field}'"):
        NetworkContract.from_json(json.dumps(record))


def test_files_from_before_kinds_of_maps_read_and_stay_as_they_are():
    contract = NetworkContract(**OF_MAPS)
    assert "map_kind" not in json.loads(contract.to_json())
    assert NetworkContract.from_json(contract.to_json()).map_kind == ""
    with pytest.raises(ContractError, match=r"'map_kind' must be one of classes, probabilities, scores"):
        NetworkContract(**{**OF_MAPS, "map_kind": "labels"})


def test_unknown_field_is_refused_by_name():
    record = json.loads(NetworkContract(**CLASSIFIER).to_json())
    with pytest.raises(ContractError, match="'surprise' is unknown"):
        NetworkContract.from_json(json.dumps({**record, "surprise": 1}))


def test_newer_format_is_refused_with_the_way_out():
    record = json.loads(NetworkContract(**CLASSIFIER).to_json())
    with pytest.raises(ContractError, match=r"written in format 2.*update Recurve"):
        NetworkContract.from_json(json.dumps({**record, "format_version": 2}))


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "[" * 100_000, '{"format_version": "1"}'])
def test_other_text_is_refused(text):
    with pytest.raises(ContractError, match=r"contract|Contract"):
        NetworkContract.from_json(text)


@pytest.mark.parametrize("bands", [None, "red", [{}], [{"name": "red"}], [[1, 2, 3, 4, 5]]])
def test_bands_of_another_shape_are_refused(bands):
    record = json.loads(NetworkContract(**CLASSIFIER).to_json())
    with pytest.raises(ContractError, match="'bands'"):
        NetworkContract.from_json(json.dumps({**record, "bands": bands}))


def test_unknown_reach():
    contract = NetworkContract(**{**CLASSIFIER, "reach_px": None})
    assert NetworkContract.from_json(contract.to_json()) == contract
    with pytest.raises(ValueError, match="receptive field radius of Test is unknown"):
        halo_px(contract, None, 0)
    with pytest.raises(ContractError, match=r"'reach_px' must be 0 to 4096 px, or null for a classifier"):
        NetworkContract(**{**CORRECTOR, "reach_px": None})


def test_halo():
    classifier, corrector = NetworkContract(**CLASSIFIER), NetworkContract(**CORRECTOR)
    assert halo_px(classifier, None, 5) == 37
    assert halo_px(classifier, corrector, 0) == 37
    assert halo_px(classifier, corrector, 5) == 37 + 10
    far = NetworkContract(**{**CORRECTOR, "reach_px": 50})
    assert halo_px(classifier, far, 5) == 50 + 10
    assert halo_px(None, corrector, 5) == 32 + 10
    assert halo_px(None, corrector, 0) == 0
