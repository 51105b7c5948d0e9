"""A temporary folder of the suite's own, QGIS's and every child's included, that is removed at the end."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

# What pytest, Qt, QGIS, PyTorch and ONNX Runtime leave behind, which is theirs to tidy up.
_OF_OTHERS = re.compile(
    r"pytest-of-.*|QGIS3.*|qgis.*|qt_temp.*|processing_.*|oauth2-cache|torchinductor_.*|runtime-.*|\.ses"
)


# On import, before QGIS starts (see pyproject.toml). Who looks for a fault keeps the tests' folders with --basetemp.
tempfile.tempdir = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="recurve-tests-")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Nothing of ours may be left in it."""
    left = sorted(
        path.name for path in Path(tempfile.gettempdir()).iterdir() if not _OF_OTHERS.fullmatch(path.name)
    )
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.temporary_files_left = left


def pytest_terminal_summary(terminalreporter, config):
    left = getattr(config, "temporary_files_left", None)
    if left:
        terminalreporter.section("temporary files left behind", red=True)
        terminalreporter.line("\n".join(left))


def pytest_unconfigure():
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    del os.environ["TMPDIR"]
    tempfile.tempdir = None
