"""Progress, log and faults reach QGIS."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingException
from recurve.algorithms.feedback import FeedbackProgress, faults_for_qgis
from recurve.core.errors import RasterError


class TestFeedbackProgress:
    def test_reports_percent_and_lines(self, feedback):
        told = feedback()
        progress = FeedbackProgress(told)
        progress.report(0.25)
        progress.say("line")
        assert told.fractions == [0.25]
        assert told.lines == ["line"]

    def test_asks_for_cancel(self, feedback):
        told = feedback()
        progress = FeedbackProgress(told)
        assert progress.is_cancelled() is False
        told.cancel()
        assert progress.is_cancelled() is True


def test_only_our_faults_become_sentences():
    with pytest.raises(QgsProcessingException, match="a sentence"), faults_for_qgis():
        raise RasterError("a sentence")
    with pytest.raises(ZeroDivisionError), faults_for_qgis():
        raise ZeroDivisionError
