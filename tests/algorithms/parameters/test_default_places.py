"""Networks, reports and sample sets that were given no place: kept where the user finds them again."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("torch")
pytest.importorskip("onnx")

from qgis.core import QgsProcessingContext, QgsProject

pytestmark = pytest.mark.usefixtures("few_steps")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user without documents, and a project that is not saved."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    QgsProject.instance().clear()
    yield folder
    QgsProject.instance().clear()


@pytest.fixture
def offered(provider):
    """A function: what a dialog that is opened now offers for an output."""

    def look(algorithm, name="OUTPUT"):
        opened = provider.algorithm(algorithm).create()
        return Path(opened.parameterDefinition(name).defaultValue())

    return look


@pytest.fixture
def train(provider, feedback, make_samples):
    """A function that runs trainclassifier quickly and gives its results and the log's lines."""
    import processing

    folder = str(make_samples())

    def run(recorder=None, **parameters):
        recorder = recorder or feedback()
        settings = {"SAMPLES": [folder], "EPOCHS": 2, "BATCH": 2, "DEVICE": "CPU", **parameters}
        settings = {
            name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
        }
        return processing.run("recurve:trainclassifier", settings, feedback=recorder), recorder.lines

    return run


ALGORITHMS = [
    ("trainclassifier", "classifier", ".onnx"),
    ("traincorrector", "corrector", ".onnx"),
    ("preparesamples", "samples", ""),
]


@pytest.mark.parametrize(("algorithm", "stem", "suffix"), ALGORITHMS)
def test_without_a_project_it_is_the_documents(offered, home, algorithm, stem, suffix):
    path = offered(algorithm)
    assert (path.name, path.parent.name) == (stem + suffix, "Recurve")
    assert path.is_relative_to(home)


@pytest.mark.parametrize(("algorithm", "stem", "suffix"), ALGORITHMS)
def test_with_a_saved_project_it_is_its_folder_and_the_next_free_name(
    offered, tmp_path, algorithm, stem, suffix
):
    folder = tmp_path / "project"
    folder.mkdir()
    assert QgsProject.instance().write(str(folder / "town.qgz"))
    for name in (stem, f"{stem}_2", f"{stem}_3"):
        path = offered(algorithm)
        assert path == folder / f"{name}{suffix}"
        path.touch()


def test_the_documents_folder_is_made_when_it_is_needed(train, offered):
    path, report = offered("trainclassifier"), offered("trainclassifier", "OUTPUT_HTML")
    assert not path.parent.exists()
    results, _ = train(OUTPUT=path, OUTPUT_HTML=report)
    assert results["OUTPUT"] == str(path)
    assert path.exists()
    assert report == path.with_suffix(".html")
    assert report.exists()


def test_folders_that_nobody_offers_are_refused_as_before(provider, make_samples, tmp_path):
    parameters = {"SAMPLES": [str(make_samples("other"))], "OUTPUT": str(tmp_path / "none" / "network.onnx")}
    accepted, sentence = provider.algorithm("trainclassifier").checkParameterValues(
        parameters, QgsProcessingContext()
    )
    assert not accepted
    assert "does not exist; create it" in sentence


def test_a_report_left_as_offered_follows_the_network(train, offered, tmp_path):
    output = tmp_path / "roofs.onnx"
    results, _ = train(OUTPUT=output, OUTPUT_HTML=offered("trainclassifier", "OUTPUT_HTML"))
    assert results["OUTPUT_HTML"] == str(tmp_path / "roofs.html")
    assert (tmp_path / "roofs.html").exists()


def test_a_report_that_is_given_or_left_out_stays_so(train, tmp_path):
    output = tmp_path / "roofs.onnx"
    results, _ = train(OUTPUT=output, OUTPUT_HTML=tmp_path / "page.html")
    assert results["OUTPUT_HTML"] == str(tmp_path / "page.html")
    results, _ = train(OUTPUT=output)
    assert "OUTPUT_HTML" not in results
    assert {path.suffix for path in tmp_path.glob("*.*")} == {".onnx", ".html"}
    assert not (tmp_path / "roofs.html").exists()


def test_a_temporary_network_is_warned_of(train, tmp_path):
    results, lines = train(OUTPUT="TEMPORARY_OUTPUT")
    assert Path(results["OUTPUT"]).exists()
    assert any("a temporary file, which is deleted when QGIS closes" in line for line in lines)
    _, lines = train(OUTPUT=tmp_path / "network.onnx")
    assert not any("a temporary file" in line for line in lines)


def test_a_second_run_from_the_same_dialog_loses_nothing(train, offered):
    place = offered("trainclassifier")
    first = train(OUTPUT=place)[0]["OUTPUT"]
    kept = Path(first).read_bytes()
    second = train(OUTPUT=place, SEED=1)[0]["OUTPUT"]
    assert (Path(first).name, Path(second).name) == ("classifier.onnx", "classifier_2.onnx")
    assert Path(first).read_bytes() == kept


def test_a_path_of_the_users_own_is_written_over(train, tmp_path):
    own = tmp_path / "own.onnx"
    assert [train(OUTPUT=own, SEED=seed)[0]["OUTPUT"] for seed in (0, 1)] == [str(own)] * 2


def test_a_report_left_as_offered_replaces_no_page_of_anothers(train, offered, tmp_path):
    pages = [tmp_path / "net.html", tmp_path / "net_report.html"]
    for page in pages:
        page.write_text("mine")
    results, _ = train(OUTPUT=tmp_path / "net.onnx", OUTPUT_HTML=offered("trainclassifier", "OUTPUT_HTML"))
    assert [page.read_text() for page in pages] == ["mine"] * 2
    assert Path(results["OUTPUT_HTML"]).name == "net_report_2.html"


def test_a_folder_that_may_not_be_entered_is_no_fault(offered, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    assert offered("preparesamples").name == "samples"
