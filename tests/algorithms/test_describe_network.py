"""The report: what is in it, with and without ONNX Runtime, and what a hostile network cannot put into it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("onnxruntime")

from qgis.core import QgsProcessingException, QgsProcessingParameterDefinition
from recurve.algorithms import describe_network
from recurve.algorithms.setup import packages
from recurve.algorithms.text import network_report
from recurve.models.contract import Band, ClassEntry
from recurve.models.onnx_file.reading import file_sha256
from recurve.models.runtime.devices import DeviceReport
from recurve.models.runtime.session import DEVICES

HOSTILE = '<img src="x" onerror="alert(1)"> & "more" \u202e'


@pytest.fixture
def describe(provider, feedback):
    """A function that runs recurve:describenetwork and gives its results and the log's text."""
    import processing

    def run(told=None, **parameters):
        told = told or feedback()
        parameters = {name: str(value) for name, value in parameters.items()}
        return processing.run("recurve:describenetwork", parameters, feedback=told), "\n".join(told.lines)

    return run


@pytest.fixture
def page(tmp_path):
    return tmp_path / "report.html"


def test_parameters_are_optional(provider):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    algorithm = provider.algorithm("describenetwork")
    assert all(parameter.flags() & optional for parameter in algorithm.parameterDefinitions())


def test_outputs_for_the_results_viewer_and_for_models(provider):
    outputs = provider.algorithm("describenetwork").outputDefinitions()
    assert sorted((output.name(), output.type()) for output in outputs) == [
        ("DEVICES", "outputString"),
        ("OUTPUT_HTML", "outputHtml"),
        ("SELF_TEST", "outputString"),
    ]


def test_a_corrector_of_any_map(describe, page, universal):
    _, log = describe(NETWORK=universal, OUTPUT_HTML=page)
    assert "made for: maps of any classes; images of any bands, of which three are made" in log
    assert "hints: carried 1 px per iteration" in log
    assert "class 1" not in log


def test_a_corrector_that_takes_no_hints(describe, page, tiny):
    assert "hints: not taken" in describe(NETWORK=tiny.corrector, OUTPUT_HTML=page)[1]


def test_the_first_pretrained_network_is_told_of_when_none_is_chosen(describe, page):
    results, log = describe(OUTPUT_HTML=page)
    assert "buildings_classifier.onnx" in log
    assert "class 2: building (#c0392b)" in log
    assert results["OUTPUT_HTML"] == str(page)
    assert "CPU" in results["DEVICES"].split(",")
    result = json.loads(results["SELF_TEST"])
    assert sorted(result) == sorted(DEVICES[1:])
    assert result["CPU"]["passed"]
    assert result["CPU"]["difference"] <= result["CPU"]["tolerance"]


def test_a_corrector(describe, root):
    path = root / "models" / "weights" / "buildings_corrector.onnx"
    results, log = describe(NETWORK=path)
    assert f"SHA-256: {file_sha256(path)}" in log
    assert "role: corrector" in log
    assert "iterations: 5" in log
    assert json.loads(results["SELF_TEST"])["CPU"]["passed"]


def test_what_a_report_of_a_fault_needs(describe):
    _, log = describe()
    for name in ("Recurve", "QGIS", "GDAL", "Operating system", "Cores", "Python", "numpy", "ONNX Runtime"):
        assert re.search(f"^  {name}: .*[0-9]", log, re.M), name
    assert str(packages.packages_folder()) in log
    for device in DEVICES:
        assert f"Device {device}\n  runs on: " in log


def test_the_page_says_what_the_log_says(describe, page):
    _, log = describe(OUTPUT_HTML=page)
    texts = [text for text in Texts(page.read_text(encoding="utf-8")).found if text.strip()]
    assert len(texts) > 60
    for text in texts:
        assert text in log or text.startswith("body{")  # the page's style


class Texts(HTMLParser):
    """The texts and the tags of a page."""

    def __init__(self, page):
        super().__init__()
        self.found, self.tags = [], set()
        self.feed(page)

    def handle_data(self, data):
        self.found.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)


def test_nothing_in_a_network_is_taken_for_html(describe, page, make_network):
    network = make_network(
        "classifier",
        name=HOSTILE,
        form=HOSTILE,
        bands=(HOSTILE, "green", "blue"),
        classes=tuple(ClassEntry(f"{HOSTILE}{n}", "#000000") for n in range(3)),
        training={HOSTILE: [HOSTILE, "\x1b[2J", "\0", "\u2028"]},
    )
    _, log = describe(NETWORK=network, OUTPUT_HTML=page)
    content = page.read_text(encoding="utf-8")
    assert "<img" not in content
    assert Texts(content).tags == {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "tr", "th", "td",
    }  # fmt: skip
    assert HOSTILE in Texts(content).found
    for character in "\x1b\0":
        assert character not in content
        assert character not in log


def test_a_network_without_a_self_test(describe, tiny):
    results, log = describe(NETWORK=tiny.classifier)
    assert "self-test: failed" in log
    assert "The self-test of network tiny classifier is missing or damaged" in log
    result = json.loads(results["SELF_TEST"])["CPU"]
    assert not result["passed"]
    assert "missing or damaged" in result["reason"]


def test_without_onnx_runtime_all_but_the_devices(describe, page, monkeypatch):
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    results, log = describe(OUTPUT_HTML=page)
    assert "class 2: building" in log
    assert packages.install_command() in log
    assert "GDAL: " in log
    assert "Device CPU" not in log
    assert (results["DEVICES"], results["SELF_TEST"]) == ("", "{}")
    assert "pip install" in page.read_text(encoding="utf-8")


def test_it_can_run_without_onnx_runtime(provider, monkeypatch):
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    assert provider.algorithm("describenetwork").canExecute()[0]


def test_other_devices(describe, monkeypatch):
    """A computer with a CUDA that computes nonsense."""
    reports = {
        "CPU": DeviceReport("CPU", "CPU", 1e-6, ()),
        "CUDA": DeviceReport("CUDA", "CUDA", None, ("gives other scores on CUDA",)),
        "auto": DeviceReport("auto", "CUDA", None, ("gives other scores on CUDA",)),
    }
    away = DeviceReport("?", "", None, ("not here",))
    monkeypatch.setattr(describe_network, "try_device", lambda path, device: reports.get(device, away))
    results, log = describe()
    assert results["DEVICES"] == "CUDA,CPU"
    assert json.loads(results["SELF_TEST"])["CUDA"] == {
        "passed": False,
        "reason": "gives other scores on CUDA",
    }
    assert "Device CUDA\n  runs on: CUDA\n  self-test: failed\n  remark: gives other scores on CUDA" in log


def test_libraries_of_another_system(monkeypatch):
    monkeypatch.setattr(network_report, "nvidia_libraries", lambda cuda_version: [])
    assert network_report.libraries_section().lines()[1:] == [
        "  CUDA: there is none for this operating system"
    ]


def test_cancelled(describe, feedback):
    results, log = describe(feedback(cancel_after=1))
    assert "DEVICES" not in results
    assert "Device CPU" not in log


class TestRefusals:
    def refusal(self, describe, feedback, **parameters):
        told = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            describe(told, **parameters)
        return "\n".join([str(refused.value), *told.lines])

    def test_a_file_that_is_missing(self, describe, feedback, tmp_path):
        message = self.refusal(describe, feedback, NETWORK=tmp_path / "gone.onnx")
        assert "gone.onnx cannot be read" in message

    def test_a_file_that_is_no_network(self, describe, feedback, tmp_path, page):
        (tmp_path / "text.onnx").write_text("not a network")
        message = self.refusal(describe, feedback, NETWORK=tmp_path / "text.onnx", OUTPUT_HTML=page)
        assert "text.onnx is not an ONNX file or is damaged" in message
        assert not page.exists()

    def test_a_network_that_wants_other_files(self, describe, feedback, tiny, tmp_path):
        onnx = pytest.importorskip("onnx")
        model = onnx.load(str(tiny.classifier))
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="../../etc/passwd")
        (tmp_path / "spy.onnx").write_bytes(model.SerializeToString())
        message = self.refusal(describe, feedback, NETWORK=tmp_path / "spy.onnx")
        assert "in another file (external data)" in message

    def test_a_folder_that_is_missing(self, describe, feedback, tmp_path):
        message = self.refusal(describe, feedback, OUTPUT_HTML=tmp_path / "none" / "report.html")
        assert 'none of "Report" (OUTPUT_HTML) does not exist; create it' in message

    def test_an_older_report_stays_when_the_disk_is_full(self, describe, feedback, page, monkeypatch):
        page.write_text("older")

        def full(path, *arguments, **settings):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(describe_network.Path, "write_text", full)
        message = self.refusal(describe, feedback, OUTPUT_HTML=page)
        assert "(No space left on device)" in message
        assert page.read_text() == "older"
        assert [path.name for path in page.parent.iterdir()] == [page.name]


def test_bands_are_told_with_their_numbers():
    band = Band("red", 0.0, 255.0, 105.123, 74.15)
    assert network_report._band(band) == "red: 0 to 255, mean 105.1, deviation 74.15"
