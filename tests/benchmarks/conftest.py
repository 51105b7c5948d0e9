"""What the tests of the measurements share."""

from __future__ import annotations

import pytest


@pytest.fixture
def report(tmp_path):
    """The table of `benchmarks/gpu.py`, empty."""
    from recurve.benchmarks.gpu_proof.report import Report

    return Report(tmp_path / "gpu.json")
