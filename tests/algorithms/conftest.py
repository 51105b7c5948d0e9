"""The provider in a QGIS, and the algorithm run the way users run it."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import numpy as np
import pytest

os.environ["LC_ALL"] = "C.UTF-8"  # before QGIS starts: the tests read English

pytest.importorskip("qgis.core")


@pytest.fixture(scope="module", autouse=True)
def _layers_go_before_qgis():
    """QGIS 3.22 never lets go of an exception that a Python algorithm has raised.

    Its traceback keeps the layers it was given, and to close those after QGIS has ended is a segmentation fault.
    """
    yield
    for kept in gc.get_objects():
        frame = (
            kept.tb_frame if type(kept) is TracebackType else None
        )  # isinstance asks objects for their class
        while frame is not None:  # and those that called it
            with suppress(RuntimeError):  # a frame that still runs
                frame.clear()
            frame = frame.f_back
    gc.collect()


@pytest.fixture(scope="module")
def provider(qgis_processing):
    """The plugin's provider, taken away again because QGIS refuses the same id twice."""
    from qgis.core import QgsApplication
    from recurve.plugin import RecurvePlugin

    plugin = RecurvePlugin(None)
    plugin.initProcessing()
    assert plugin.provider is not None
    yield plugin.provider
    plugin.unload()
    assert QgsApplication.processingRegistry().providerById("recurve") is None
    gc.collect()  # the traceback of a refusal keeps a context whose layers must not be closed after QGIS has ended


@pytest.fixture(autouse=True)
def _universal_corrector(shipped):
    """The one that comes with Recurve may change: in its place is a tiny one, whose answer can be told without it."""


class Feedback:
    """What QGIS was told; cancels once so many progress reports have come."""

    def __new__(cls, cancel_after=None):
        from qgis.core import QgsProcessingFeedback

        class Recorder(QgsProcessingFeedback):
            def __init__(self):
                super().__init__(False)
                self.lines, self.fractions = [], []
                self.progressChanged.connect(self.note)

            def note(self, percent):
                self.fractions.append(percent / 100)
                if cancel_after is not None and len(self.fractions) >= cancel_after:
                    self.cancel()

            def pushInfo(self, info):
                self.lines.append(info)

            def pushWarning(self, warning):
                self.lines.append(warning)

            def reportError(self, error, fatalError=False):  # noqa: N803 (QGIS's name)
                self.lines.append(error)

        return Recorder()


@pytest.fixture
def feedback():
    """Makes a feedback that keeps what it was told, and cancels after some reports."""
    return Feedback


@pytest.fixture
def scene():
    """An image (3, 53, 70) of flat patches and noise; neither side is a multiple of the stride."""
    rng = np.random.default_rng(7)
    patches = np.kron(rng.integers(20, 235, (8, 10)), np.ones((7, 7)))[:53, :70]
    return np.clip(patches + rng.normal(0, 12, (3, 53, 70)), 1, 255).astype(np.uint8)


@pytest.fixture
def image(make_raster, scene):
    """The scene as a file."""
    return make_raster(scene)


@pytest.fixture
def made_files():
    """A function: what is in a folder besides the image and the statistics that QGIS writes down beside it."""
    return lambda folder: {path.name for path in folder.iterdir()} - {"image.tif", "image.tif.aux.xml"}


@pytest.fixture
def classify(provider, tiny, tmp_path):
    """A function that runs recurve:classify with the tiny networks and gives its results and the log's lines."""
    import processing

    def run(feedback=None, **parameters):
        feedback = feedback or Feedback()
        settings = {
            "CLASSIFIER": str(tiny.classifier),
            "CORRECTOR": str(tiny.corrector),
            "OUTPUT": str(tmp_path / "map.tif"),
        }
        settings.update(parameters)
        settings = {
            name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
        }
        results = processing.run("recurve:classify", settings, feedback=feedback)
        return results, feedback.lines

    return run


@pytest.fixture
def refusal(classify, tmp_path):
    """A function that runs recurve:classify, expects it to refuse, and gives all that the user reads."""
    from qgis.core import QgsProcessingException

    def run(**parameters):
        feedback = Feedback()
        with pytest.raises(QgsProcessingException) as refused:
            classify(feedback, **parameters)
        assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".recurve-")]
        return "\n".join([str(refused.value), *feedback.lines])

    return run


@pytest.fixture(scope="session")
def qgis_process():
    """Where the real qgis_process is; Debian 12's wrapper of that name passes an option that its QGIS refuses."""
    path = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if path is None:
        pytest.skip("there is no qgis_process")
    return path


@pytest.fixture(scope="session")
def make_profile():
    """A function: a QGIS profile with the plugin in it, and the environment in which qgis_process uses it."""

    def make(folder, root):
        plugins = folder / "profiles" / "default" / "python" / "plugins"
        plugins.mkdir(parents=True)
        (plugins / "recurve").symlink_to(root, target_is_directory=True)
        return {
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PATH": os.defpath,  # without a virtual environment, whose packages QGIS would see
            "QGIS_CUSTOM_CONFIG_PATH": str(folder),
            "QT_QPA_PLATFORM": "offscreen",
            "TMPDIR": tempfile.gettempdir(),
            "XDG_RUNTIME_DIR": str(folder),
        }

    return make


@pytest.fixture(scope="session")
def call(qgis_process):
    """A function that runs the real qgis_process."""

    def run(environment, *arguments, before=None):
        return subprocess.run(
            [qgis_process, *map(str, arguments)],
            env=environment,
            preexec_fn=before,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def profile(tmp_path_factory, root, make_profile, call):
    """The plugin enabled, ONNX Runtime in its folder."""
    onnxruntime = pytest.importorskip("onnxruntime")
    folder = tmp_path_factory.mktemp("profile")
    environment = make_profile(folder, root)
    packages = folder / "profiles" / "default" / "recurve" / "packages"
    packages.mkdir(parents=True)
    (packages / "onnxruntime").symlink_to(Path(onnxruntime.__file__).parent, target_is_directory=True)
    enabled = call(environment, "plugins", "enable", "recurve")
    assert enabled.returncode == 0, enabled.stderr
    return environment


@pytest.fixture
def run(profile, call, tiny, tmp_path):
    """A function that runs recurve:classify; OUTPUT is map.tif in the test's folder."""

    def classify(*, before=None, environment=profile, **parameters):
        settings = {
            "CLASSIFIER": tiny.classifier,
            "CORRECTOR": tiny.corrector,
            "OUTPUT": tmp_path / "map.tif",
            **parameters,
        }
        arguments = [
            f"{name}={value}"
            for name, values in settings.items()
            if values is not None
            for value in (values if isinstance(values, list) else [values])
        ]
        return call(environment, "run", "recurve:classify", "--", *arguments, before=before)

    return classify
