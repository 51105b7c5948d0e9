"""recurve:traincorrector the way users run it: for a classifier, for a map, refused by a sentence."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("torch")
pytest.importorskip("onnx")

from qgis.core import QgsProcessingException
from recurve.algorithms.parameters.pretrained import BUILDINGS
from recurve.core.samples.sample_set import read_chip, write_chip
from recurve.core.training.dataset import open_samples
from recurve.models.onnx_file.reading import file_sha256, read_contract

pytestmark = pytest.mark.usefixtures("few_steps")

NAMES, BANDS = ("Dark", "Middle", "Bright"), ("red", "green", "blue")  # of the tiny classifier


def thirds(labels):
    """Labels of all three classes."""
    changed = labels.copy()
    changed[: len(labels) // 3][labels[: len(labels) // 3] == 2] = 3
    return changed


@pytest.fixture
def folder(make_samples):
    return make_samples(names=NAMES, bands=BANDS, edit=thirds)


@pytest.fixture
def output(tmp_path):
    return tmp_path / "corrector.onnx"


@pytest.fixture
def train(provider, output, feedback, folder):
    """A function that runs the algorithm quickly and gives its results and the log's lines."""
    import processing

    def run(recorder=None, **parameters):
        recorder = recorder or feedback()
        settings = {"SAMPLES": [str(folder)], "EPOCHS": 1, "BATCH": 2, "ITERATIONS": 2, "DEVICE": "CPU"}
        settings |= {"OUTPUT": str(output), "EXPORT_ALWAYS": True, **parameters}
        return processing.run("recurve:traincorrector", settings, feedback=recorder), recorder.lines

    return run


@pytest.fixture
def refusal(train, feedback):
    """A function that runs the algorithm, expects it to refuse, and gives all that the user reads."""

    def run(**parameters):
        recorder = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            train(recorder, **parameters)
        return "\n".join([str(refused.value), *recorder.lines])

    return run


def test_trains_a_corrector_that_classify_takes(train, tiny, folder, output, tmp_path, classify, read_raster):
    results, lines = train(CLASSIFIER=str(tiny.classifier), OUTPUT_HTML=str(tmp_path / "report.html"))
    assert results["OUTPUT"] == str(output)
    assert 0 < results["MEAN_IOU"] <= 1
    contract = read_contract(output)
    assert contract.classifier_sha256 == file_sha256(tiny.classifier)
    assert contract.training["trained_iterations"] == 2
    log = "\n".join(lines)
    assert "Start scores: tiny classifier, kept as scores/" in log
    assert "The scores to correct: validation mean IoU" in log
    assert "validation mean IoU after each iteration" in log
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "iteration 2" in page
    samples = open_samples([folder])
    image = samples.image_path(samples.chips[0])
    _, lines = classify(INPUT=str(image), CORRECTOR=str(output), OUTPUT=str(tmp_path / "map.tif"))
    assert any(line.startswith(f"Corrector: corrector. Iterations: {contract.iterations}.") for line in lines)
    assert read_raster(tmp_path / "map.tif").shape == (1, 96, 96)


def test_trains_for_a_map_of_another_origin(train, folder, output, make_raster):
    samples = open_samples([folder])
    for chip in samples.chips:
        like = make_raster(np.zeros((1, chip.height, chip.width), np.uint8), "like.tif")
        write_chip(samples.image_path(chip), read_chip(samples.image_path(chip)), like=like)
    codes = np.random.default_rng(0).choice([10, 20, 30], (100, 100)).astype(np.uint8)
    path = make_raster(codes, "map.tif")
    _, lines = train(MAP=str(path), CLASS_TABLE="10=Dark,20=Middle,30=Bright", ARCHITECTURE="paper")
    contract = read_contract(output)
    assert (contract.classifier_sha256, contract.map_kind, contract.form) == ("map", "classes", "paper")
    assert any("Start scores: the map map.tif (classes)" in line for line in lines)


def test_goes_on_from_a_corrector(train, tiny, output, tmp_path):
    first = tmp_path / "first.onnx"
    train(CLASSIFIER=str(tiny.classifier), OUTPUT=str(first))
    _, lines = train(CLASSIFIER=str(tiny.classifier), START=str(first))
    assert output.exists()
    assert "Going on from first: its architecture 'deep' and its sizes are kept." in lines


def test_corrector_that_does_not_help_is_not_written(refusal, train, make_samples, output, tmp_path):
    sides = {"train": [64], "validation": [64]}
    folder = make_samples("even", names=NAMES, bands=BANDS, edit=thirds, sides=sides)
    samples, report = open_samples([folder]), tmp_path / "report.html"
    (judged,) = samples.of_split("validation")
    settings = {
        "SAMPLES": [str(folder)],
        "MAP": str(samples.label_path(judged)),  # right wherever it is judged
        "CLASS_TABLE": "1=Dark,2=Middle,3=Bright",
        "OUTPUT_HTML": str(report),
    }
    message = refusal(EXPORT_ALWAYS=False, **settings)
    assert "because it does not help: the validation map has a mean IoU of 100.0 % as it is" in message
    assert f"More is in the report {report}." in message
    assert "No corrector was written" in report.read_text(encoding="utf-8")
    assert not output.exists()
    _, lines = train(**settings)
    assert output.exists()
    assert "This training was begun before and goes on from its last whole epoch." in lines


def test_cancelled_run_is_an_error_and_the_same_command_goes_on(train, tiny, output, feedback):
    settings = {"CLASSIFIER": str(tiny.classifier), "EPOCHS": 2}
    with pytest.raises(
        QgsProcessingException, match=r"cancelled\. What was learned is kept: the same command"
    ):
        train(feedback(cancel_after=6), **settings)
    assert not output.exists()
    train(**settings)
    assert output.exists()


class TestRefusals:
    def test_neither_classifier_nor_map(self, refusal):
        assert "Neither a classifier nor a map is given" in refusal()

    def test_both(self, refusal, tiny, image):
        message = refusal(CLASSIFIER=str(tiny.classifier), MAP=str(image))
        assert "Both a classifier and a map are given" in message

    def test_a_corrector_as_classifier(self, refusal, tiny):
        assert "and a classifier is needed here" in refusal(CLASSIFIER=str(tiny.corrector))

    def test_start_of_another_form(self, refusal, tiny):
        message = refusal(CLASSIFIER=str(tiny.classifier), START=str(tiny.corrector))
        assert "training goes on from 'deep' only" in message

    def test_output_that_is_read(self, refusal, tiny):
        for parameter in ("START", "CLASSIFIER"):
            network = str(tiny.corrector if parameter == "START" else tiny.classifier)
            message = refusal(**{"CLASSIFIER": str(tiny.classifier), parameter: network, "OUTPUT": network})
            assert f'"Corrector" (OUTPUT) would take the place of {network}, which is read as' in message
            assert f"({parameter}) and would be lost; choose another file to write" in message

    def test_classifier_of_other_bands(self, refusal, make_network):
        message = refusal(CLASSIFIER=str(make_network("classifier", bands=("grey",))))
        assert "has the bands grey, and the samples have red, green, blue" in message

    def test_a_picture_as_map(self, refusal, image):
        assert "say which kind of map it is" in refusal(MAP=str(image))

    def test_map_of_another_place(self, refusal, make_raster):
        path = make_raster(np.ones((9, 9), np.uint8), "far.tif", geotransform=(0.0, 1, 0, 9e6, 0, -1))
        message = refusal(MAP=str(path))
        assert "far.tif" in message

    def test_class_table_that_does_not_fit(self, refusal, make_raster):
        path = make_raster(np.ones((9, 9), np.uint8), "map.tif")
        message = refusal(MAP=str(path), CLASS_TABLE="1=Water")
        assert "the network's classes are Dark, Middle, Bright" in message

    def test_a_class_without_labels(self, refusal, make_samples, tiny):
        folder = make_samples("two", names=NAMES, bands=BANDS)
        message = refusal(SAMPLES=[str(folder)], CLASSIFIER=str(tiny.classifier))
        assert "Too few training pixels are labelled for Bright (0 px)" in message


def test_offers_architectures_by_name(provider):
    definition = provider.algorithm("traincorrector").parameterDefinition("ARCHITECTURE")
    assert definition.options() == ["deep", "paper", "paper class-agnostic"]
    assert definition.defaultValue() == "deep"


def test_corrects_the_maps_of_a_pretrained_network(train, make_samples, output):
    folder = make_samples("pretrained", names=("background", "building"), bands=("red", "green", "blue"))
    train(SAMPLES=[str(folder)], PRETRAINED="Buildings")
    assert read_contract(output).classifier_sha256 == file_sha256(BUILDINGS.path)
