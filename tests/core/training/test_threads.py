"""Threads of a training: as many as are free, asleep while they wait, and told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")

from recurve.core.training import threads as training_threads  # noqa: E402
from recurve.core.training.threads import use_threads  # noqa: E402

READER = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("recurve", sys.argv[1], submodule_search_locations=[sys.argv[2]])
sys.modules["recurve"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
from recurve.core.progress import Quiet
from recurve.core.training.threads import use_threads
seen = []
os.environ.pop("OMP_WAIT_POLICY", None)
import builtins
load = builtins.__import__
def watching(name, *rest, **more):
    if name == "torch" and "torch" not in sys.modules:
        seen.append(os.environ.get("OMP_WAIT_POLICY"))
    return load(name, *rest, **more)
builtins.__import__ = watching
use_threads(1, Quiet())
print(seen, os.environ.get("OMP_WAIT_POLICY"))
"""


@pytest.fixture(autouse=True)
def _same_threads_afterwards():
    number = torch.get_num_threads()
    yield
    torch.set_num_threads(number)


@pytest.fixture
def eight(monkeypatch):
    """A PyTorch that takes eight threads by itself."""
    monkeypatch.setattr(training_threads, "_most_threads", lambda: 8)


@pytest.mark.parametrize(("free", "number"), [(0, 1), (0.4, 1), (1.5, 2), (3.4, 3), (7.9, 8), (30, 8)])
def test_as_many_as_are_free_and_at_least_one(eight, monkeypatch, impatient, free, number):
    monkeypatch.setattr(training_threads, "free_cores", lambda: float(free))
    log = impatient()
    use_threads(0, log)
    assert torch.get_num_threads() == number
    (line,) = log.lines
    assert f"Threads of PyTorch: {number}," in line
    assert f"about {free:.1f} of the processor's cores are free" in line


def test_as_many_as_are_asked_for(eight, monkeypatch, impatient):
    monkeypatch.setattr(training_threads, "free_cores", None)  # is not looked at
    log = impatient()
    use_threads(3, log)
    assert torch.get_num_threads() == 3
    assert log.lines == ["Threads of PyTorch: 3, as chosen."]


@pytest.mark.parametrize("own", [{}, {"GOMP_SPINCOUNT": "100"}])
def test_waiting_threads_sleep_unless_the_user_says_otherwise(root, own):
    environment = {
        name: value for name, value in os.environ.items() if name not in training_threads._POLICIES
    }
    told = subprocess.run(
        [sys.executable, "-c", READER, str(root / "__init__.py"), str(root)],
        env={**environment, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == (["[None]", "None"] if own else ["['PASSIVE']", "None"])
