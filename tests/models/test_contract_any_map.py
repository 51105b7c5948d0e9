"""What the file of a corrector of any map says about itself, and how far its tiles have to see."""

import json

import pytest
from recurve.core.errors import ContractError
from recurve.core.inference.halo import halo_px, hint_reach_px
from recurve.models.contract import MADE_BANDS, Band, ClassEntry, NetworkContract

CLASSES = (ClassEntry("water", "#0000ff"), ClassEntry("wood", "#00ff00"))
ANY_MAP = {
    "role": "corrector",
    "name": "Universal",
    "form": "diffusion",
    "bands": MADE_BANDS,
    "classes": (),
    "pixel_size_m": 1.0,
    "pixel_size_range_m": (0.1, 10.0),
    "reach_px": 66,
    "reach_per_iteration_px": 4,
    "stride": 8,
    "iterations": 8,
    "classifier_sha256": "map",
    "training": {},
    "self_test": {},
    "any_map": True,
    "reach_in_scores_px": 70,
    "hint_reach_per_iteration_px": 16,
}
PLAIN = {
    **ANY_MAP,
    "any_map": False,
    "classes": CLASSES,
    "bands": (Band("red", 0.0, 255.0, 100.0, 50.0),),
    "reach_in_scores_px": 0,
    "hint_reach_per_iteration_px": 0,
}
CLASSIFIER = {
    **PLAIN,
    "role": "classifier",
    "reach_per_iteration_px": 0,
    "iterations": 0,
    "classifier_sha256": "",
}


def test_json_there_and_back():
    contract = NetworkContract(**ANY_MAP)
    assert NetworkContract.from_json(contract.to_json()) == contract
    assert contract.takes_hints
    assert contract.keeps_start


def test_files_from_before_say_nothing_of_it():
    contract = NetworkContract(**PLAIN)
    record = json.loads(contract.to_json())
    assert not {"any_map", "reach_in_scores_px", "hint_reach_per_iteration_px"} & record.keys()
    assert NetworkContract.from_json(json.dumps(record)) == contract
    assert not contract.takes_hints
    assert not contract.keeps_start


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({**ANY_MAP, "any_map": 1}, "any_map"),
        ({**ANY_MAP, "classes": CLASSES}, "classes"),
        ({**ANY_MAP, "bands": PLAIN["bands"]}, "bands"),
        ({**ANY_MAP, "bands": tuple(Band(name, 0.0, 1.0, 0.5, 1.0) for name in "abc")}, "bands"),
        ({**ANY_MAP, "classifier_sha256": "a" * 64}, "classifier_sha256"),
        ({**ANY_MAP, "map_kind": "classes"}, "map_kind"),
        ({**ANY_MAP, "reach_in_scores_px": -1}, "reach_in_scores_px"),
        ({**ANY_MAP, "reach_in_scores_px": 1.5}, "reach_in_scores_px"),
        ({**ANY_MAP, "hint_reach_per_iteration_px": 257}, "hint_reach_per_iteration_px"),
        ({**PLAIN, "classes": ()}, "classes"),
        ({**CLASSIFIER, "any_map": True}, "any_map"),
        ({**CLASSIFIER, "reach_in_scores_px": 3}, "reach_in_scores_px"),
        ({**CLASSIFIER, "hint_reach_per_iteration_px": 3}, "hint_reach_per_iteration_px"),
    ],
)
def test_wrong_field_is_refused_by_name(fields, field):
    with pytest.raises(ContractError, match=f"'{field}' must be"):
        NetworkContract(**fields)


def test_halo_of_a_corrector_that_looks_around_in_the_scores():
    corrector, classifier = NetworkContract(**ANY_MAP), NetworkContract(**{**CLASSIFIER, "reach_px": 40})
    assert halo_px(None, corrector, 8) == 8 * 4 + 70
    assert halo_px(classifier, corrector, 8) == 8 * 4 + 40 + 70
    assert halo_px(classifier, corrector, 0) == 40
    assert hint_reach_px(corrector, 8) == 9 * 16
    assert hint_reach_px(corrector, 0) == 0
