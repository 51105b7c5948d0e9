"""What people type and models hand over: read as it is meant, or refused by words; never taken for something else."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback, QgsProperty
from qgis.PyQt.QtCore import NULL
from recurve.algorithms.parameters.given import understood
from recurve.algorithms.parameters.pretrained import BUILDINGS, URBAN
from recurve.core.errors import ParameterError

ALGORITHMS = (
    "animate",
    "assess",
    "classify",
    "correct",
    "describenetwork",
    "preparesamples",
    "trainclassifier",
    "traincorrector",
)


@pytest.fixture
def read(provider):
    """A function: what an algorithm takes from the values it was given."""

    def one(algorithm, **parameters):
        return understood(provider.algorithm(algorithm), parameters, QgsProcessingContext())

    return one


@pytest.fixture
def refused(read):
    """A function: the sentence in which an algorithm refuses values."""

    def one(algorithm, **parameters):
        with pytest.raises(ParameterError) as error:
            read(algorithm, **parameters)
        return str(error.value)

    return one


class TestNumbers:
    @pytest.mark.parametrize(
        ("given", "number"),
        [
            (3, 3),
            (3.0, 3),
            ("3", 3),
            (" 3.0 ", 3),
            ("1e1", 10),
            (np.int64(4), 4),
            ("", 20),
            (None, 20),
            (NULL, 20),
        ],
    )
    def test_are_taken_as_they_are_meant(self, read, given, number):
        assert read("trainclassifier", EPOCHS=given).whole("EPOCHS") == number

    @pytest.mark.parametrize("given", [2**40, str(2**40), float(2**40)])
    def test_large_ones_are_not_cut(self, read, given):
        assert read("preparesamples", SEED=given).whole("SEED") == 2**40
        assert read("assess", UNLABELLED=4294967295).whole("UNLABELLED") == 4294967295

    @pytest.mark.parametrize("given", [2.5, "2.5", "2.7"])
    def test_a_fraction_is_no_whole_number(self, refused, given):
        sentence = refused("classify", ITERATIONS=given)
        assert f"(ITERATIONS) is {given}, and a whole number is needed here." in sentence

    @pytest.mark.parametrize(
        "given",
        ["nan", "inf", math.nan, math.inf, "1e999", "0,5", "20 %", "1_0", "0x10", "abc", True, [3], {}],
    )
    def test_what_is_none_is_refused(self, refused, given):
        for algorithm, name in (("classify", "ITERATIONS"), ("preparesamples", "VALIDATION_FRACTION")):
            assert f"({name}) is '{given}', and a number is needed here." in refused(
                algorithm, **{name: given}
            )

    @pytest.mark.parametrize(
        ("algorithm", "name", "given", "range_"),
        [
            ("classify", "ITERATIONS", 101, "from 0 to 100"),
            ("classify", "ITERATIONS", -1, "from 0 to 100"),
            ("classify", "TILE_SIDE", 1e9, "from 1 to 16384"),
            ("preparesamples", "SEED", -1, "0 or more"),
            ("preparesamples", "BLOCK_SIZE", 0, "more than 0"),
            ("trainclassifier", "LEARNING_RATE", 2, "more than 0 and at most 1"),
        ],
    )
    def test_bounds_are_told(self, refused, algorithm, name, given, range_):
        assert f"({name}) is {given}, and must be {range_}." in refused(algorithm, **{name: given})


class TestExpressions:
    def test_are_evaluated(self, read):
        assert read("classify", ITERATIONS=QgsProperty.fromExpression("1+1")).whole("ITERATIONS") == 2
        assert read("classify", ITERATIONS=QgsProperty.fromValue("3")).whole("ITERATIONS") == 3

    @pytest.mark.parametrize("expression", ["NULL", "nullif(1, 1)", "''"])
    def test_null_is_empty(self, read, expression):
        assert not read("classify", ITERATIONS=QgsProperty.fromExpression(expression)).has("ITERATIONS")

    @pytest.mark.parametrize(
        ("expression", "fault"),
        [("1+", "syntax error"), ('"no_field"', "no_field"), ("@nowhere", "@nowhere")],
    )
    def test_those_that_cannot_be_evaluated_are_no_null(self, refused, expression, fault):
        sentence = refused("classify", ITERATIONS=QgsProperty.fromExpression(expression))
        assert (
            f"(ITERATIONS) is given by the expression {expression}, which cannot be evaluated: " in sentence
        )
        assert fault in sentence

    def test_a_fraction_is_refused_in_the_run_of_a_model_too(self, provider):
        """Models and batches prepare an algorithm without a check before."""
        algorithm, told = provider.algorithm("classify").create(), QgsProcessingFeedback(False)
        with pytest.raises(QgsProcessingException, match=r"is 2\.5, and a whole number is needed here"):
            algorithm.prepareAlgorithm({"ITERATIONS": 2.5}, QgsProcessingContext(), told)
        with pytest.raises(
            QgsProcessingException, match="There is no parameter ITERATION; did you mean ITERATIONS"
        ):
            algorithm.prepareAlgorithm({"ITERATION": 2}, QgsProcessingContext(), told)


class TestChoices:
    @pytest.mark.parametrize("given", ["CUDA", "cuda", " Cuda ", 1, "1", 1.0, ["CUDA"]])
    def test_by_name_in_any_case_and_by_number(self, read, provider, given):
        second = provider.algorithm("classify").parameterDefinition("DEVICE").options()[1]
        assert second == "CUDA"
        assert read("classify", DEVICE=given).choice("DEVICE") == second

    @pytest.mark.parametrize(
        ("given", "network"),
        [
            (0, BUILDINGS),
            ("buildings", BUILDINGS),
            ("1", URBAN),
            ("urban land COVER", URBAN),
            (URBAN.title, URBAN),
        ],
    )
    def test_pretrained_networks(self, read, given, network):
        assert read("classify", PRETRAINED=given).choice("PRETRAINED") == network.title

    @pytest.mark.parametrize("given", ["", None, NULL])
    def test_nothing_is_the_default(self, read, given):
        assert read("classify", PRECISION=given).choice("PRECISION") == "auto"
        assert not read("classify", PRETRAINED=given).has("PRETRAINED")

    @pytest.mark.parametrize("given", ["GPU", 9, "-1", 0.5, True, ["CPU", "CUDA"]])
    def test_others_are_refused_with_those_there_are(self, refused, provider, given):
        options = ", ".join(provider.algorithm("classify").parameterDefinition("DEVICE").options())
        sentence = refused("classify", DEVICE=given)
        assert f"(DEVICE) is '{given}', and must be one of {options}" in sentence


class TestBoxes:
    @pytest.mark.parametrize(
        ("given", "ticked"),
        [
            (True, True),
            ("true", True),
            ("Yes", True),
            (1, True),
            ("Off", False),
            ("no", False),
            ("FALSE", False),
            (0, False),
            (NULL, False),
        ],
    )
    def test_words(self, read, given, ticked):
        assert read("classify", RESAMPLE=given).is_set("RESAMPLE") is ticked

    @pytest.mark.parametrize("given", ["maybe", 2, "nan", [1]])
    def test_other_words(self, refused, given):
        assert f"(RESAMPLE) is '{given}', and must be true or false." in refused("classify", RESAMPLE=given)


class TestTexts:
    @pytest.mark.parametrize(
        ("given", "text"), [("Wald", "Wald"), (5, "5"), (NULL, ""), (None, ""), ("", "")]
    )
    def test_are_texts(self, read, given, text):
        assert read("preparesamples", BACKGROUND=given).text("BACKGROUND") == text

    @pytest.mark.parametrize("given", [math.nan, math.inf, [1, 2], {"a": 1}])
    def test_what_is_none(self, refused, given):
        for algorithm, name in (
            ("preparesamples", "BACKGROUND"),
            ("classify", "CORRECTOR"),  # QGIS would take it for none, and Recurve another corrector
        ):
            assert f"({name}) is {given}, and a text is needed here." in refused(algorithm, **{name: given})

    def test_paths(self, read, tmp_path):
        assert read("classify", CORRECTOR=tmp_path / "a.onnx").file("CORRECTOR") == str(tmp_path / "a.onnx")

    def test_an_empty_list_of_tolerances_is_not_the_default(self, read):
        assert read("assess", TOLERANCES="").text("TOLERANCES") == ""

    @pytest.mark.parametrize("given", ["my;field", ["my;field"]])
    def test_a_field_is_one(self, read, given):
        assert read("preparesamples", CLASS_FIELD=given).field("CLASS_FIELD") == "my;field"

    @pytest.mark.parametrize("given", [["a", "b"], 5, math.nan])
    def test_a_field_is_not_several(self, refused, given):
        assert "and the name of one field is needed here" in refused("preparesamples", CLASS_FIELD=given)

    def test_null_in_a_list_of_sets_is_no_set_called_0(self, read):
        assert read("trainclassifier", SAMPLES=["a", NULL, None]).files("SAMPLES") == ["a"]


class TestIds:
    @pytest.mark.parametrize(
        ("algorithm", "name", "nearest"),
        [
            ("classify", "ITERATION", "ITERATIONS"),
            ("classify", "iterations", "ITERATIONS"),
            ("assess", "TOLERANCE", "TOLERANCES"),
            ("preparesamples", "VALIDATION_FRACTIONS", "VALIDATION_FRACTION"),
        ],
    )
    def test_misspelt_ones(self, refused, algorithm, name, nearest):
        assert f"There is no parameter {name}; did you mean {nearest}? " in refused(algorithm, **{name: 3})

    def test_former_ones(self, refused):
        sentence = refused("preparesamples", AREA="area.gpkg")
        assert (
            "There is no parameter AREA in this version; leave it out, or choose one of INPUT, " in sentence
        )
        assert ", MASK, " in sentence

    @pytest.mark.parametrize("name", ALGORITHMS)
    def test_all_that_there_are_are_known(self, provider, read, name):
        definitions = provider.algorithm(name).parameterDefinitions()
        given = {d.name(): d.defaultValue() for d in definitions}
        assert {n for n in given if read(name, **given).has(n)} == {
            n for n, v in given.items() if v is not None
        }

    def test_are_refused_in_a_run(self, refusal, image, tmp_path):
        assert "There is no parameter AREA in this version" in refusal(INPUT=image, AREA="area.gpkg")
        assert not (tmp_path / "map.tif").exists()


class TestWhatOnlyQgisRefuses:
    def test_an_output_that_is_needed(self, refusal, image):
        message = refusal(INPUT=image, OUTPUT=None)
        assert '"Map" (OUTPUT) is empty, and needed is the path of what is written.' in message
        assert "Incorrect parameter value" not in message

    def test_an_output_that_is_no_path(self, refusal, image):
        message = refusal(INPUT=image, CONFIDENCE=[1])
        assert "\"Confidence\" (CONFIDENCE) is '[1]', and needed is the path of what is written." in message

    def test_a_network_of_another_name(self, refusal, image, tiny, tmp_path):
        (tmp_path / "network.bin").write_bytes(Path(tiny.classifier).read_bytes())
        message = refusal(INPUT=image, CLASSIFIER=tmp_path / "network.bin", CORRECTOR=None, ITERATIONS=0)
        assert "network.bin', and needed is a file whose name ends in .onnx." in message
