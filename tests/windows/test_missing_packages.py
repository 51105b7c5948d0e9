"""A profile in which nothing was installed: what the toolbox says, and what happens when a user does as it says."""

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
    """The lines of a message that a user copies into a terminal."""
    return [line.strip() for line in box["text"].splitlines() if "pip install" in line]


def test_the_commands_are_shown_as_they_are_typed(bare, unpacked):
    """One a line, and nothing of them taken for HTML."""
    told = bare.check()
    assert told["without"] == []
    runtime, training = (commands(box) for box in told["boxes"][:2])
    pip = f'"/usr/bin/python3" -m pip install {{}}--target "{folder(unpacked)}" {{}}'
    assert runtime == [pip.format("--no-deps ", "onnxruntime")]
    assert len(training) == 2
    assert all(line.startswith('"/usr/bin/python3" -m pip install ') for line in training)
    assert f'--target "{folder(unpacked)}"' in training[0]
    assert training[0].endswith(" torch")
    assert '"onnx<1.19" protobuf' in training[1]


def test_what_was_installed_is_found_without_a_restart(bare):
    assert bare.check()["with"] == ["recurve:classify", "recurve:trainclassifier"]
