"""A profile in which nothing was installed: what the toolbox says, and what happens when a user does as it says."""

import re
import shlex
import subprocess

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")


@pytest.fixture(scope="module")
def bare(qgis, unpacked):
    """What was told: first the packages are not there, then they are."""
    for name in ("onnxruntime", "torch"):
        found = subprocess.run(["/usr/bin/python3", "-c", f"import {name}"], capture_output=True, check=False)
        if found.returncode == 0:
            pytest.skip(f"this system's own Python has {name}")
    return qgis(
        "missing_packages",
        packages=False,
        algorithms=["recurve:classify", "recurve:trainclassifier"],
        packages_folder=folder(unpacked),
        source=unpacked / "packages",
    )


def folder(unpacked):
    return unpacked / "profiles" / "default" / "recurve" / "packages"


def commands(box):
    """The lines of a message that a user copies into a terminal, as the shell takes them apart."""
    lines = [line for line in box["text"].splitlines() if "pip install" in line]
    return [list(shlex.shlex(line, posix=True, punctuation_chars="<>;&|")) for line in lines]


def test_the_commands_are_shown_as_they_are_typed(bare, unpacked):
    """One a line, and nothing of them taken for HTML."""
    told = bare.check()
    assert told["without"] == []
    runtime, training = (commands(box) for box in told["boxes"][:2])
    pip = ["/usr/bin/python3", "-m", "pip", "install"]
    target = ["--target", str(folder(unpacked))]
    assert runtime == [[*pip, "--no-deps", *target, "onnxruntime"]]
    torch, others = training
    assert torch[:4] == others[:4] == pip
    assert torch[-3:] == [*target, "torch"]
    assert {"protobuf", "onnxruntime", *target} <= set(others)
    assert any(re.fullmatch(r"onnx[<=].+", part) for part in others)  # with its version: "<" is not lost


def test_what_was_installed_is_found_without_a_restart(bare):
    assert bare.check()["with"] == ["recurve:classify", "recurve:trainclassifier"]
