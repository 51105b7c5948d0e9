"""NVIDIA's libraries: which are needed, and that they are found without being loaded."""

from __future__ import annotations

import sys

import pytest
from recurve.models.runtime import libraries
from recurve.models.runtime.libraries import nvidia_libraries


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A computer on which no folder is searched but those a test names."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages")])
    monkeypatch.setattr(libraries, "_configured", lambda: iter(()))
    monkeypatch.setenv("LD_LIBRARY_PATH", "")
    monkeypatch.setattr(libraries.Path, "is_file", lambda path: path.exists() and tmp_path in path.parents)
    return tmp_path


@pytest.mark.parametrize(
    ("cuda", "name"),
    [
        ("12.8", "libcublas.so.12"),
        ("12.8", "libcufft.so.11"),
        ("13.0", "libcublas.so.13"),
        ("13.0", "libcufft.so.12"),
        ("", "libcublas.so.13"),
        ("nonsense", "libcudnn.so.9"),
    ],
)
def test_versions_follow_cuda(nowhere, cuda, name):
    found = {library.name: library.path for library in nvidia_libraries(cuda)}
    assert name in found
    assert set(found.values()) == {None}


def test_found_in_a_package_and_not_loaded(nowhere):
    """An empty file could not be loaded."""
    folder = nowhere / "packages" / "nvidia" / "cu13" / "lib"
    folder.mkdir(parents=True)
    (folder / "libcudart.so.13").touch()
    found = {library.name: library.path for library in nvidia_libraries("13.0")}
    assert found["libcudart.so.13"] == folder / "libcudart.so.13"
    assert found["libcublas.so.13"] is None


def test_found_where_the_linker_is_told_to_look(nowhere, monkeypatch):
    (nowhere / "libcuda.so.1").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", f":{nowhere}")
    found = {library.name: library.path for library in nvidia_libraries("13.0")}
    assert found["libcuda.so.1"] == nowhere / "libcuda.so.1"


def test_other_systems(nowhere, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert "cudart64_13.dll" in [library.name for library in nvidia_libraries("13.0")]
    monkeypatch.setattr(sys, "platform", "darwin")
    assert nvidia_libraries("") == []
