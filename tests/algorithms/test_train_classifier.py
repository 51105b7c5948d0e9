"""recurve:trainclassifier the way users run it: from a sample set to a network that recurve:classify takes."""

from __future__ import annotations

import re

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch
from qgis.core import QgsProcessingContext, QgsProcessingException
from recurve.algorithms.parameters.pretrained import BUILDINGS
from recurve.core.errors import RasterError
from recurve.core.reports import html
from recurve.core.training.dataset import open_samples
from recurve.models.onnx_file.reading import file_sha256, read_contract

pytestmark = pytest.mark.usefixtures("few_steps")


@pytest.fixture
def output(tmp_path):
    return tmp_path / "roofs.onnx"


@pytest.fixture
def train(provider, output, feedback):
    """A function that runs the algorithm quickly and gives its results and the log's lines."""
    import processing

    def run(samples, recorder=None, **parameters):
        recorder = recorder or feedback()
        settings = {"SAMPLES": [str(samples)] if not isinstance(samples, list) else [str(s) for s in samples]}
        settings |= {"EPOCHS": 1, "BATCH": 2, "DEVICE": "CPU", "OUTPUT": str(output), **parameters}
        return processing.run("recurve:trainclassifier", settings, feedback=recorder), recorder.lines

    return run


@pytest.fixture
def refusal(train, feedback):
    """A function that runs the algorithm, expects it to refuse, and gives all that the user reads."""

    def run(samples, **parameters):
        recorder = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            train(samples, recorder, **parameters)
        return "\n".join([str(refused.value), *recorder.lines])

    return run


def test_trains_a_network_that_classify_takes(train, make_samples, output, tmp_path, classify, read_raster):
    folder = make_samples()
    results, lines = train(folder, EPOCHS=2, OUTPUT_HTML=str(tmp_path / "report.html"), NAME="My roofs")
    assert results["OUTPUT"] == str(output)
    assert results["OUTPUT_HTML"] == str(tmp_path / "report.html")
    assert 0 < results["MEAN_IOU"] <= 1
    log = "\n".join(lines)
    assert (
        "Training a network of the architecture 'paper' on CPU. Epochs: at most 2. Steps per epoch: 3." in log
    )
    assert re.search(r"Epoch 1 of 2: loss \d.*validation mean IoU [\d.]+ %.*Mpx/s.*left", log)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Training of My roofs" in page
    samples = open_samples([folder])
    image = samples.image_path(samples.chips[0])
    bare = {"CLASSIFIER": str(output), "CORRECTOR": None, "ITERATIONS": 0}
    classify(INPUT=str(image), **bare, OUTPUT=str(tmp_path / "map.tif"))
    codes = read_raster(tmp_path / "map.tif")[0]
    assert codes.shape == (96, 96)
    assert set(np.unique(codes)) <= {1, 2}


@pytest.mark.parametrize(
    ("given", "expected"), [(2, "Threads of PyTorch: 2, as chosen."), (None, "cores are free now")]
)
def test_threads_are_as_asked_or_as_many_as_are_free(train, make_samples, output, given, expected):
    _, lines = train(make_samples(), THREADS=given)
    assert any(expected in line for line in lines)
    assert read_contract(output).training["threads"] == [given or 1]


def test_goes_on_from_a_pretrained_network(train, make_samples, output):
    train(make_samples(bands=("red", "green", "blue")), PRETRAINED="Buildings")
    assert read_contract(output).training["start"]["sha256"] == file_sha256(BUILDINGS.path)


def test_report_is_not_needed(train, make_samples):
    results, _ = train(make_samples(), OUTPUT_HTML=None)
    assert "OUTPUT_HTML" not in results


def test_report_that_cannot_be_written_loses_nothing(train, make_samples, output, tmp_path, monkeypatch):
    def full(*_):
        raise RasterError("The report cannot be written (No space left on device)")

    monkeypatch.setattr(html, "write_text", full)
    results, lines = train(make_samples(), OUTPUT_HTML=str(tmp_path / "report.html"))
    assert output.exists()
    assert "OUTPUT_HTML" not in results
    assert any("The network was trained and is in" in line for line in lines)


@pytest.mark.parametrize(
    "given",
    [
        lambda folder: [folder],
        lambda folder: [folder / "samples.json"],
        lambda folder: sorted(path for path in folder.rglob("*") if path.is_file()),
    ],
    ids=["folder", "samples.json", "every file of it"],
)
def test_sample_set_is_taken_as_the_dialog_gives_it(train, make_samples, given):
    _, lines = train(given(make_samples()))
    assert any(
        "Training chips: 1. Validation chips, which choose the best epoch: 1." in line for line in lines
    )


def test_several_sample_sets(train, make_samples):
    folders = [make_samples("a"), make_samples("b", sides={"train": [64, 64]}, seed=4)]
    _, lines = train(folders)
    assert any("patches of 64 x 64 px. Training chips: 3." in line for line in lines)


def test_cancelled_run_is_an_error_and_the_same_command_goes_on(train, make_samples, output, feedback):
    folder = make_samples()
    with pytest.raises(
        QgsProcessingException, match=r"cancelled\. What was learned is kept: the same command"
    ):
        train(folder, feedback(cancel_after=4), EPOCHS=2)
    assert not output.exists()
    _, lines = train(folder, EPOCHS=2)
    assert any("goes on from its last whole epoch" in line for line in lines)
    assert output.exists()


def test_a_cancelled_training_into_a_temporary_file_says_that_nothing_is_kept(train, make_samples, feedback):
    with pytest.raises(QgsProcessingException, match="into a temporary file, so nothing of it is kept"):
        train(make_samples(), feedback(cancel_after=4), EPOCHS=2, OUTPUT="TEMPORARY_OUTPUT")


class TestRefusals:
    def test_no_sample_set(self, refusal, tmp_path):
        assert "nowhere does not exist; choose a folder made as a sample set" in refusal(tmp_path / "nowhere")
        assert "has no readable samples.json; choose a folder" in refusal(tmp_path)

    def test_an_image_in_place_of_a_sample_set(self, refusal, image):
        needed = (
            "image.tif is a file, and a sample set is a folder with a samples.json; choose a folder made as a"
        )
        assert needed in refusal(image)

    def test_sets_that_differ(self, refusal, make_samples):
        folders = [make_samples("a"), make_samples("b", names=("ground", "house"))]
        assert "sets that are used together need the same classes in the same order" in refusal(folders)

    def test_one_class(self, refusal, make_samples, output):
        assert "a network learns to tell classes apart" in refusal(make_samples(edit=np.ones_like))
        assert not output.exists()

    def test_chips_smaller_than_the_network_sees(self, refusal, make_samples):
        folder = make_samples(sides={"train": [32] * 4, "validation": [32]})
        assert "largest training chip is 32 px wide" in refusal(folder)

    def test_network_of_another_name(self, refusal, make_samples, tmp_path):
        message = refusal(make_samples(), OUTPUT=str(tmp_path / "roofs.pt"))
        assert "must be a file whose name ends in .onnx" in message

    def test_start_that_is_no_classifier(self, refusal, make_samples, tiny):
        assert "is a corrector, and a classifier is needed to start from" in refusal(
            make_samples(), START=str(tiny.corrector)
        )

    def test_output_that_is_read(self, refusal, make_samples, tiny):
        message = refusal(make_samples(), START=str(tiny.classifier), OUTPUT=str(tiny.classifier))
        assert 'is read as "Initial classifier from a file" (START) and would be lost' in message

    def test_device_that_is_not_there(self, refusal, make_samples, monkeypatch):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
        assert "has no CUDA here; choose 'auto' or 'CPU'" in refusal(make_samples(), DEVICE="CUDA")

    @pytest.mark.parametrize("missing", ["torch", "onnx", "onnxruntime"])
    def test_without_what_training_needs(self, provider, make_samples, missing, monkeypatch):
        import importlib.util

        find_spec = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util,
            "find_spec",
            lambda name, *more: None if name == missing else find_spec(name, *more),
        )
        algorithm = provider.algorithm("trainclassifier")
        assert not algorithm.canExecute()[0]
        sentence = algorithm.missing_packages()
        assert f"Training needs the Python packages {missing}, which this QGIS has not got" in sentence
        command = (
            "torch"
            if missing == "torch"
            else "'onnx==1.18\\.\\*' protobuf"
            if missing == "onnx"
            else "onnxruntime"
        )
        assert re.search(rf"\n\S+ -m pip install --upgrade --target \S+ (--no-deps )?{command}$", sentence)
        accepted, same = algorithm.checkParameterValues(
            {"SAMPLES": [str(make_samples())], "OUTPUT": "network.onnx"}, QgsProcessingContext()
        )
        assert (accepted, same) == (False, sentence)


def test_packages_that_cannot_be_loaded_are_a_sentence(refusal, make_samples, monkeypatch):
    from recurve.algorithms import train_classifier

    def load(*arguments):
        raise ImportError("cannot import name 'equal_valued' from 'sympy.core.numbers'")

    monkeypatch.setattr(train_classifier, "train_classifier", load)
    message = refusal(make_samples())
    assert "What training needs cannot be loaded (cannot import name 'equal_valued'" in message
    assert "Restart QGIS" in message


def test_recurves_packages_come_first_only_while_it_trains():
    import sys

    from recurve.algorithms.setup.packages import packages_first, packages_folder

    before = list(sys.path)
    with packages_first():
        assert sys.path[0] == str(packages_folder())
    assert sys.path == before


def test_offers_networks_and_devices_by_name(provider):
    algorithm = provider.algorithm("trainclassifier")
    for name, options in (
        ("ARCHITECTURE", ["paper", "u-net"]),
        ("CLASS_WEIGHTS", ["none", "balanced"]),
        ("DEVICE", ["auto", "CUDA", "CPU"]),
    ):
        definition = algorithm.parameterDefinition(name)
        assert (definition.options(), definition.defaultValue()) == (options, options[0])
        assert definition.usesStaticStrings()
    outputs = {output.name(): output.type() for output in algorithm.outputDefinitions()}
    assert outputs == {"OUTPUT": "outputFile", "OUTPUT_HTML": "outputHtml", "MEAN_IOU": "outputNumber"}
