"""The commands that the README prints are commands: known to qgis_process, called as the README says."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest

pytest.importorskip("qgis.core")


@pytest.fixture(scope="module")
def commands(root):
    """The words of each `qgis_process` line."""
    lines = re.findall(r"^ {4}(qgis_process .*)$", (root / "README.md").read_text(encoding="utf-8"), re.M)
    assert lines
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def parameters_of(root, profile):
    """A function: the names of an algorithm's or a model's parameters, as qgis_process knows them."""
    path, known = f"{root / 'scripts' / 'bin'}:{profile['PATH']}", {}

    def ask(algorithm):
        if algorithm not in known:
            ran = subprocess.run(
                ["qgis_process", "help", algorithm],
                env={**profile, "PATH": path},
                cwd=root,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert ran.returncode == 0, ran.stderr
            listed = ran.stdout.partition("\nArguments\n")[2].partition("\nOutputs\n")[0]
            known[algorithm] = set(re.findall(r"^([\w:]+): ", listed, re.M))
        return known[algorithm]

    return ask


def test_algorithms_and_parameters_exist(commands, parameters_of):
    for _, verb, algorithm, separator, *settings in commands:
        assert (verb, separator) == ("run", "--")
        assert {setting.partition("=")[0] for setting in settings} <= parameters_of(algorithm), algorithm


def test_input_files_of_the_checkout_exist(commands, root):
    for _, _, algorithm, _, *settings in commands:
        for word in (algorithm, *(setting.partition("=")[2] for setting in settings)):
            if word.startswith(("resources/", "models/")):
                assert (root / word).is_file(), word
