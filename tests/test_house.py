"""The house: no file grows too long to be read at one sitting."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [path for path in ROOT.iterdir() if path.is_dir() and path.name != "build" and path.name[0] != "."]
SOURCES = [*ROOT.glob("*.py"), *(file for folder in FOLDERS for file in folder.rglob("*.py"))]
LONGEST, LONGEST_TEST = 300, 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_stay_short(path):
    is_test = path.relative_to(ROOT).parts[0] == "tests"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= (LONGEST_TEST if is_test else LONGEST), f"{path} has {len(lines)} lines: split it"
