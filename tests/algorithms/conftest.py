"""The provider in a QGIS, and the algorithm run the way users run it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["LC_ALL"] = "C.UTF-8"  # before QGIS starts: the tests read English

pytest.importorskip("qgis.core")


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
