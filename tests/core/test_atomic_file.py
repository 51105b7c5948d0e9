"""Files that are written whole or not at all, by several runs at once."""

from pathlib import Path

from recurve.core.atomic_file import write_text


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
