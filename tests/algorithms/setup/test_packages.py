"""What QGIS lacks: how it is found, how it is told, and that it is found once it is there."""

from __future__ import annotations

import importlib
import os
import shlex
import subprocess
import sys
from pathlib import PureWindowsPath

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from recurve.algorithms.setup import packages

# as in one session of QGIS: asked, installed, asked again; where ONNX Runtime is for the tests is left out
INSTALLED_MEANWHILE = """
import sys
from pathlib import Path

names, folder, is_there = sys.argv[1].split(","), Path(sys.argv[2]), sys.argv[3] == "True"
import recurve.algorithms.setup.packages as packages

packages.packages_folder = lambda: folder
sys.path[:] = [place for place in sys.path if not any((Path(place) / name).exists() for name in names)]
if is_there:
    folder.mkdir()
asked = packages.missing_training if len(names) > 1 else packages.missing_runtime
sentence = asked()
assert sentence and all(name in sentence.splitlines()[0] for name in names), sentence
assert asked() == sentence
for name in names:
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text("answer = 42")
assert asked() == "", asked()
for name in names:
    assert __import__(name).answer == 42
"""


@pytest.fixture
def python(root, tmp_path):
    """A function that runs code with arguments in a Python of its own, which finds the plugin."""
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "recurve").symlink_to(root, target_is_directory=True)
    path = os.pathsep.join([str(tmp_path / "plugins"), *sys.path])

    def run(code, *arguments):
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            env={"PYTHONPATH": path, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def nothing_there(monkeypatch):
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)


@pytest.fixture(params=["classify", "correct", "trainclassifier", "traincorrector"])
def algorithm(request, provider):
    """Those that need Python packages."""
    return provider.algorithm(request.param)


def rendered(html):
    """The lines that a window shows."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText().splitlines()


class TestInstalledMeanwhile:
    @pytest.mark.parametrize("is_there", [False, True])
    @pytest.mark.parametrize("names", ["onnxruntime", "torch,onnx,onnxruntime"])
    def test_is_found_and_can_be_imported(self, names, is_there, python, tmp_path):
        """The folder was not there before, or it was, without the packages."""
        ran = python(INSTALLED_MEANWHILE, names, tmp_path / "packages", is_there)
        assert ran.returncode == 0, ran.stderr


class TestWhatIsTold:
    def test_nothing_when_it_is_there(self, qgis_processing):
        assert packages.missing_runtime() == ""

    def test_a_sentence_and_the_command_in_a_line_of_its_own(self, qgis_processing, nothing_there):
        sentence, command = packages.missing_runtime().splitlines()
        folder = f"{QgsApplication.qgisSettingsDirPath()}recurve/packages"
        assert "needs the Python package onnxruntime" in sentence
        assert "in a terminal" in sentence
        assert shlex.split(command)[1:] == [
            *("-m", "pip", "install", "--no-deps"),
            *("--target", folder, "onnxruntime"),
        ]

    def test_each_command_of_several_is_a_line(self, qgis_processing, nothing_there):
        sentence, torch, others = packages.missing_training().splitlines()
        assert "torch, onnx, onnxruntime" in sentence
        assert shlex.split(torch)[-1] == "torch"
        assert shlex.split(others)[-3:] == ["onnx==1.18.*", "protobuf", "onnxruntime"]
        assert ";" not in torch + others

    def test_windows_show_what_is_typed(self, qgis_processing, nothing_there, monkeypatch, tmp_path):
        """Nothing of it is taken for a tag: of a folder called `<old>`, HTML would show nothing."""
        monkeypatch.setattr(packages, "packages_folder", lambda: tmp_path / "<old> & new")
        monkeypatch.setattr(packages.sys, "path", list(sys.path))
        text = packages.missing_training()
        assert [line for line in rendered(packages.as_html(text)) if line] == text.splitlines()

    def test_a_message_box_takes_it_for_plain_text(self, qgis_processing, nothing_there):
        assert not Qt.mightBeRichText(packages.missing_training())
        assert not Qt.mightBeRichText(packages.missing_runtime())


class TestShells:
    def test_a_path_with_blanks_and_more(self, qgis_processing, monkeypatch, tmp_path):
        folder = tmp_path / "it's $HOME & more"
        monkeypatch.setattr(packages, "packages_folder", lambda: folder)
        ran = subprocess.run(
            ["sh", "-c", f"printf '%s\\n' {packages.install_command()}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert str(folder) in ran.stdout.splitlines()

    def test_windows(self, qgis_processing, nothing_there, monkeypatch):
        """Quoted where cmd needs it and nowhere else: PowerShell takes a quoted program for a text."""
        monkeypatch.setattr(packages.sys, "platform", "win32")
        monkeypatch.setattr(packages.sys, "path", list(sys.path))
        folder = PureWindowsPath(r"C:\Users\Jane Doe\recurve\packages")
        monkeypatch.setattr(packages, "packages_folder", lambda: folder)
        monkeypatch.setattr(packages, "_python", lambda: r"C:\OSGeo4W\apps\Python312\python.exe")
        sentence, torch, others = packages.missing_training().splitlines()
        program = r'C:\OSGeo4W\apps\Python312\python.exe -m pip install --upgrade --target "C:\Users\Jane Doe'
        assert torch == program + r'\recurve\packages" torch'
        assert others.endswith(r'\packages" --no-deps onnx==1.18.* protobuf onnxruntime')
        assert "OSGeo4W Shell" in sentence
        assert "PowerShell, with & " in sentence

    @pytest.mark.parametrize("inside", ["MacOS/bin/python3", "MacOS/python"])
    def test_the_python_in_the_bundle_of_a_mac(self, inside, monkeypatch, tmp_path):
        """QGIS.app had its prefix in Contents/MacOS, and has it in Contents/Frameworks."""
        python = tmp_path / inside
        python.parent.mkdir(parents=True)
        python.touch()
        prefix = tmp_path / ("MacOS" if "bin" in inside else "Frameworks")
        monkeypatch.setattr(packages.sys, "platform", "darwin")
        monkeypatch.setattr(packages.sys, "prefix", str(prefix))
        assert packages._python() == str(python)


class TestWhereItIsTold:
    """Windows ask `canExecute` and show HTML; all else ends in `checkParameterValues` or a run, as plain text."""

    def test_toolbox_and_locator(self, algorithm, nothing_there):
        can, html = algorithm.canExecute()
        assert not can
        assert [line for line in rendered(html) if line] == algorithm.missing_packages().splitlines()

    def test_beside_the_parameters_whichever_way_the_dialog_was_opened(self, algorithm, nothing_there):
        assert algorithm.shortHelpString().startswith(algorithm.canExecute()[1])

    def test_no_batch_which_would_open_without_asking(self, algorithm, nothing_there, monkeypatch):
        batch = QgsProcessingAlgorithm.Flag.FlagSupportsBatch
        assert not algorithm.flags() & batch
        monkeypatch.undo()
        assert algorithm.flags() & batch

    def test_a_run_that_nothing_was_checked_for(self, algorithm, feedback, nothing_there):
        """A row of a batch, or a step of a model."""
        told = feedback()
        _, succeeded = algorithm.create().run({}, QgsProcessingContext(), told)
        assert not succeeded
        assert told.lines == [algorithm.missing_packages()]

    def test_help_in_qgis_process_which_shows_html_as_it_is(self, algorithm, nothing_there):
        for command in algorithm.missing_packages().splitlines()[1:]:
            assert command in algorithm.shortHelpString()

    def test_others_need_nothing(self, provider, nothing_there):
        for algorithm in provider.algorithms():
            if algorithm.name() in ("preparesamples", "assess", "animate", "describenetwork"):
                assert algorithm.canExecute() == (True, ""), algorithm.name()


def test_the_folder_comes_last_and_once(qgis_processing):
    packages.add_packages_folder()
    packages.add_packages_folder()
    assert sys.path.count(str(packages.packages_folder())) == 1
    assert sys.path[-1] == str(packages.packages_folder())


class TestTriton:
    """PyTorch's compiler ends a QGIS with windows: a training finds none."""

    @pytest.fixture
    def there(self, monkeypatch, tmp_path):
        (tmp_path / "triton").mkdir()
        (tmp_path / "triton" / "__init__.py").write_text("answer = 42")
        monkeypatch.setattr(packages, "packages_folder", lambda: tmp_path)
        loaded = sys.modules.pop("triton", None)
        yield
        sys.modules.pop("triton", None)
        if loaded is not None:
            sys.modules["triton"] = loaded

    def test_it_is_not_found_in_a_training(self, there):
        with packages.packages_first(), pytest.raises(ImportError):
            importlib.import_module("triton")

    def test_it_is_found_again_after_one(self, there, monkeypatch, tmp_path):
        with packages.packages_first():
            pass
        monkeypatch.syspath_prepend(tmp_path)
        assert importlib.import_module("triton").answer == 42

    def test_one_training_ends_while_another_goes_on(self, there):
        first, second = packages.packages_first(), packages.packages_first()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        with pytest.raises(ImportError):
            importlib.import_module("triton")
        second.__exit__(None, None, None)
        assert "triton" not in sys.modules

    def test_what_another_plugin_has_loaded_stays(self, there, monkeypatch, tmp_path):
        monkeypatch.syspath_prepend(tmp_path)
        loaded = importlib.import_module("triton")
        with packages.packages_first():
            assert importlib.import_module("triton") is loaded
        assert sys.modules["triton"] is loaded

    def test_pytorchs_optimisers_do_without_it(self, there, python, tmp_path):
        pytest.importorskip("torch")
        (tmp_path / "triton" / "__init__.py").write_text("import os; os._exit(9)")
        code = (
            "import sys; import recurve.algorithms.setup.packages as packages; from pathlib import Path\n"
            "packages.packages_folder = lambda: Path(sys.argv[1])\n"
            "with packages.packages_first():\n"
            "    import torch\n"
            "    torch.optim.AdamW([torch.zeros(1, requires_grad=True)])\n"
        )
        ran = python(code, tmp_path)
        assert ran.returncode == 0, ran.stderr
