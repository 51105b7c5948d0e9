"""Files that are written whole or not at all, by several runs at once, and through links."""

from pathlib import Path

import pytest
from recurve.core.atomic_file import behind_link, whole_file, write_text
from recurve.core.errors import RasterError


def test_two_runs_at_once_do_not_delete_each_others_part(tmp_path, monkeypatch):
    path, replace, texts = tmp_path / "report.html", Path.replace, iter(["another run's"])

    def replace_after_another_run(part, target):
        for text in texts:
            write_text(path, text)
            assert path.read_text() == text
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", replace_after_another_run)
    write_text(path, "mine")
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "disk").mkdir()
    real, link = tmp_path / "disk" / "real.html", tmp_path / "link.html"
    real.write_text("old")
    link.symlink_to("disk/real.html")
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["disk", "link.html", "real.html"]


def test_a_link_to_nothing_yet(tmp_path):
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "real.html")
    assert behind_link(link) == tmp_path / "real.html"
    write_text(link, "new")
    assert (tmp_path / "real.html").read_text() == "new"


def test_what_fails_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old")

    def fail():
        with whole_file(path) as file:
            file.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [(made.name, made.read_text()) for made in tmp_path.iterdir()] == [("report.html", "old")]
    with pytest.raises(RasterError, match="cannot be written"):
        write_text(tmp_path / "none" / "report.html", "")
