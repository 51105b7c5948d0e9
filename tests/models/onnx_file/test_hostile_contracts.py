"""Contracts and self-tests made to harm: refused with a sentence, whatever is in them."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recurve.core.errors import ContractError
from recurve.models.contract import NetworkContract
from recurve.models.runtime.self_test import unpack

onnx = pytest.importorskip("onnx")

few = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = [
    None, True, 0, -1, 254, 255, 10**29, 1e39, float("nan"), float("inf"), "", "map", "a" * 10_000, "\ud800",
    "a\0b", "\x1b[2J", "<script>", [], [[]], {}, {"zlib": ""}, [1, 2], ["a"] * 300,
]  # fmt: skip


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def contract_of(model):
    return json.loads(model.metadata_props[0].value)


def with_contract(model, text):
    model.metadata_props[0].value = text
    return model


class TestContracts:
    """Metadata made to harm."""

    def test_two_contracts(self, classifier_model, refused):
        classifier_model.metadata_props.append(classifier_model.metadata_props[0])
        assert "has 2 contracts" in refused(classifier_model)

    def test_too_large(self, classifier_model, refused):
        assert "bytes, and at most 16777216 are read" in refused(
            with_contract(classifier_model, " " * (17 << 20))
        )

    def test_no_text(self, classifier_model, refused):
        assert "damaged" in refused(
            with_contract(classifier_model, "not text")
            .SerializeToString()
            .replace(b"not text", b"not \xfftxt")
        )

    @pytest.mark.parametrize(
        "text", ["[" * 100_000, '{"a":' * 100_000, "[" * (16 << 20), "\0", "NaN", "9" * 5000]
    )
    def test_no_json(self, classifier_model, refused, text):
        assert "contract" in refused(with_contract(classifier_model, text))

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("training", {"a": "\ud800"}, "half a character"),
            ("training", {"\udfff": 1}, "half a character"),
            ("name", "a\0b", "'name' must be"),
            ("name", "a" * 201, "'name' must be"),
            ("pixel_size_m", 10**29, "'pixel_size_range_m' must be"),
            ("pixel_size_m", 1e39, "'pixel_size_m' must be"),
            ("pixel_size_m", float("inf"), "'pixel_size_m' must be"),
            ("reach_px", 10**29, "'reach_px' must be"),
            ("format_version", 10**29, "update Recurve"),
            ("x" * 100_000, 1, "is unknown"),
        ],
    )
    def test_values(self, classifier_model, refused, field, value, words):
        text = json.dumps({**contract_of(classifier_model), field: value})
        sentence = refused(with_contract(classifier_model, text))
        assert words in sentence
        assert len(sentence) < 1000

    def test_a_number_of_many_digits(self, classifier_model, refused):
        """Python would need minutes for a million of them, and refuses more than 4300 where it is new enough."""
        text = json.dumps({**contract_of(classifier_model), "training": {"epochs": "?"}})
        text = text.replace('"?"', "1" + "0" * 1_000_000)
        assert "a number of 1000001 digits" in refused(with_contract(classifier_model, text))

    def test_nested(self, classifier_model, refused):
        training = json.loads('{"a":' * 40 + "1" + "}" * 40)
        text = json.dumps({**contract_of(classifier_model), "training": training})
        assert "nested more than 32 deep" in refused(with_contract(classifier_model, text))

    def test_tens_of_thousands_of_bands(self, classifier_model, refused):
        record = contract_of(classifier_model)
        record["bands"] = "?"
        band = '{"name":"b","minimum":0,"maximum":1,"mean":0,"deviation":1}'
        text = json.dumps(record).replace('"?"', "[" + ",".join([band] * 50_000) + "]")
        assert "at most 4096 bands" in refused(with_contract(classifier_model, text))


class TestSelfTests:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("image", {"shape": [1, 3, 10**9, 10**9]}),
            ("image", {"shape": [1, 3, 1 << 40, 1 << 40]}),
            ("image", {"shape": [10**29]}),
            ("image", {"shape": [float("inf")]}),
            ("image", {"shape": [-1, -3, 24, 24]}),
            ("image", {"shape": [1, 3, 12, 48]}),
            ("image", {"shape": None}),
            ("image", {"dtype": "object"}),
            ("image", {"dtype": ["float32"]}),
            ("image", {"zlib": base64.b64encode(zlib.compress(bytes(1 << 30), 9)).decode()}),
            ("image", {"zlib": "€"}),
            ("image", {"zlib": 7}),
            ("scores", {"shape": [1, 3, 576, 1]}),
            ("iterations", {"zlib": base64.b64encode(zlib.compress((2**62).to_bytes(8, "little"))).decode()}),
            ("iterations", {"zlib": base64.b64encode(zlib.compress(b"\xff" * 8)).decode()}),
        ],
    )
    def test_damaged(self, corrector_model, name, fields):
        contract = contract_of(corrector_model)
        contract["self_test"][name].update(fields)
        with pytest.raises(ContractError, match=r"self-test .* is missing or damaged"):
            unpack(NetworkContract.from_json(json.dumps(contract, default=str)))


class TestProperties:
    """Some hundred cases of each kind, in this process: none of them reaches ONNX Runtime's own code."""

    @few
    @given(text=st.text() | json_values.map(json.dumps))
    def test_any_text(self, text):
        with pytest.raises(ContractError):
            NetworkContract.from_json(text)

    @few
    @given(data=st.data())
    def test_any_value_in_any_field(self, seeds, data):
        record = contract_of(onnx.load_from_string(seeds[data.draw(st.sampled_from(sorted(seeds)))]))
        field = data.draw(st.sampled_from(sorted(record)))
        record[field] = data.draw(json_values)
        try:
            contract = NetworkContract.from_json(json.dumps(record))
            contract.to_json().encode()
            unpack(contract)
        except ContractError as error:
            assert 20 < len(str(error)) < 1000  # noqa: PT017
