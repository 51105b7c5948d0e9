"""Fuzzed files: a sentence, never a crash, never a look into another file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recurve.core.errors import ContractError
from recurve.models.onnx_file.reading import read_contract

pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

CASES = 10_000
BATCH = 500
CASES_SCRIPT = Path(__file__).with_name("hostile_cases.py")
few = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestSpecialFiles:
    def test_pipe(self, tmp_path):
        """Opening one would wait for ever."""
        os.mkfifo(tmp_path / "pipe.onnx")
        with pytest.raises(ContractError, match=r"pipe\.onnx is not a file; choose"):
            read_contract(tmp_path / "pipe.onnx")

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev", "a\0b", "x" * 5000, ""])
    def test_no_file(self, path):
        with pytest.raises(ContractError, match=r"choose an \.onnx file"):
            read_contract(path)

    def test_without_an_end(self, tmp_path):
        path = tmp_path / "sparse.onnx"
        with path.open("wb") as file:
            file.truncate(3 << 30)
        with pytest.raises(ContractError, match="larger than an ONNX file can be"):
            read_contract(path)


class TestProperties:
    """Some hundred cases of each kind, in this process: none of them reaches ONNX Runtime's own code."""

    @few
    @given(content=st.binary(max_size=400))
    def test_any_bytes(self, tmp_path, content):
        path = tmp_path / "any.onnx"
        path.write_bytes(content)
        with pytest.raises(ContractError, match=r"damaged|without Recurve's contract"):
            read_contract(path)

    @few
    @given(data=st.data())
    def test_any_cut(self, seeds, tmp_path, data):
        content = seeds["corrector"]
        path = tmp_path / "cut.onnx"
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        with pytest.raises(ContractError):
            read_contract(path)


@pytest.fixture
def open_cases(root, seeds, tmp_path):
    """A function that lets a child process, which may die, open the cases of a range, and gives what came of each."""
    folder, current = tmp_path / "seeds", tmp_path / "current"
    folder.mkdir()
    current.mkdir()
    (current / "canary.bin").write_bytes(bytes(1 << 16))
    for role, content in seeds.items():
        (folder / f"{role}.onnx").write_bytes(content)

    def run(numbers, script=CASES_SCRIPT):
        found, start, grown_mib = {}, numbers.start, 0
        while start < numbers.stop:
            stop = min(start + BATCH, numbers.stop)
            ran = subprocess.run(
                [sys.executable, str(script), str(root), str(folder), str(start), str(stop)],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                cwd=current,
                timeout=600,
                check=False,
            )
            lines = [json.loads(line) for line in ran.stdout.splitlines()]
            assert lines, ran.stderr
            found.update({line["number"]: line for line in lines if "outcome" in line})
            if ran.returncode == 0:
                grown_mib = max(grown_mib, lines[-1]["grown_mib"])
                start = stop
            else:
                last = lines[-1]
                outcome = f"killed the process ({ran.returncode})"
                found[last["number"]] = {**last, "outcome": outcome, "sentence": ran.stderr[-500:]}
                start = last["number"] + 1
        return found, grown_mib

    return run


def check_cases(numbers, found):
    """Nothing but sentences and networks may have come of these cases; how many of each."""
    assert sorted(found) == list(numbers)
    for number, result in found.items():
        kind, outcome, sentence = result["kind"], result["outcome"], result["sentence"]
        case = f"case {number} ({kind}): {outcome}: {sentence}"
        assert outcome in ("loaded", "refused"), case
        assert result["others"] == [], f"{case}; opened {result['others']}"
        assert result["forbidden"] == [], f"{case}; {result['forbidden']}"
        if outcome == "refused":
            assert 30 < len(sentence) < 1500, case
            assert "Traceback" not in sentence, case
        if kind == "point_to_other_files":
            assert "external data" in sentence, case
    return Counter(result["outcome"] for result in found.values())


def test_some_hundred_cases(open_cases):
    numbers = range(CASES, CASES + 400)
    found, _ = open_cases(numbers)
    outcomes = check_cases(numbers, found)
    assert outcomes["loaded"] > 10, "the fuzzing is too coarse to reach ONNX Runtime"
    assert outcomes["refused"] > 200


@pytest.mark.slow
def test_ten_thousand_cases(open_cases, capsys):
    found, grown_mib = open_cases(range(CASES))
    outcomes = check_cases(range(CASES), found)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{len(found)} hostile cases: {outcomes['refused']} refused with a sentence, {outcomes['loaded']} "
            f"loaded, 0 crashes, 0 other files opened, at most {grown_mib} MiB of memory"
        )


def test_a_child_that_dies_is_noticed(open_cases, tmp_path):
    script = tmp_path / "dies.py"
    script.write_text(
        "import json, os, sys\n"
        "print(json.dumps({'number': int(sys.argv[3]), 'kind': 'deadly'}), flush=True)\n"
        "os.abort()\n"
    )
    found, _ = open_cases(range(2), script)
    assert [result["outcome"] for result in found.values()] == ["killed the process (-6)"] * 2
    with pytest.raises(AssertionError, match=r"case 0 \(deadly\): killed the process"):
        check_cases(range(2), found)
