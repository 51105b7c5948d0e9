"""What runs leave to go on from is found by its whole name."""

import pytest
from recurve.core.output.finished_tiles import TileFiles, left_by_runs, unfinished_runs
from recurve.core.raster.tiling import Window


def begun(output, run):
    files = TileFiles(output, {"run": run})
    files.open()
    files.put(Window(0, 0, 1, 1), b"tile")
    return files


# a pattern of the first would find the second, or the second's name begins like the first's
@pytest.mark.parametrize(
    ("output", "other"),
    [
        ("map[1].tif", "map1.tif"),
        ("map?.tif", "map1.tif"),
        ("m*.tif", "map1.tif"),
        ("map.tif", "map.tif.recurve-b.tif"),
        ("map.tif", "map.tif.recurve-0123456789ab"),
    ],
)
def test_unfinished_runs_of_other_outputs_are_not_found_and_stay(tmp_path, output, other):
    kept = begun(tmp_path / other, 1)
    old, new = begun(tmp_path / output, 1), begun(tmp_path / output, 2)
    assert new.others == [old.folder]
    new.discard_others()
    assert [path.is_dir() for path in (kept.folder, old.folder, new.folder)] == [True, False, True]
    assert unfinished_runs(tmp_path / other) == [kept.folder]


def test_folders_of_others_stay(tmp_path):
    mine = tmp_path / ".map.tif.recurve-0123456789ab"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    begun(tmp_path / "map.tif", 1).discard_others()
    assert (mine / "notes.txt").exists()


def test_tiles_lie_on_the_disk_of_what_a_link_leads_to(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.tif").symlink_to(tmp_path / "disk" / "real.tif")
    files = begun(tmp_path / "link.tif", 1)
    assert files.folder.parent == tmp_path / "disk"
    assert unfinished_runs(tmp_path / "link.tif") == [files.folder]


def test_kept_trainings_are_found_by_their_whole_name(tmp_path):
    names = [".a[1].onnx.0123456789ab.npz", ".a1.onnx.0123456789ab.npz", ".a[1].onnx.b.onnx.0123456789ab.npz"]
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in left_by_runs(tmp_path / "a[1].onnx", ".", ".npz")] == names[:1]
    assert left_by_runs(tmp_path / "none" / "a.onnx", ".", ".npz") == []
