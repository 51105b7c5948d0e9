"""Files that are read and written are known to be the same, however they are called."""

import os

import pytest
from recurve.core import file_clash
from recurve.core.file_clash import Clash, file_key, find_clash


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "image.tif"
    path.write_bytes(b"pixels")
    return path


def clash(read, written):
    return find_clash(
        {name: [str(path) for path in paths] for name, paths in read.items()},
        {name: [str(path) for path in paths] for name, paths in written.items()},
    )


@pytest.mark.parametrize("kind", ["itself", "dots", "relative", "link", "hard link", "linked folder"])
def test_a_file_by_another_path(image, tmp_path, monkeypatch, kind):
    other = tmp_path / "other.tif"
    if kind == "itself":
        other = image
    elif kind == "dots":
        (tmp_path / "below").mkdir()
        other = tmp_path / "below" / ".." / "image.tif"
    elif kind == "relative":
        monkeypatch.chdir(tmp_path)
        other = "image.tif"
    elif kind == "link":
        other.symlink_to(image)
    elif kind == "hard link":
        os.link(image, other)
    else:
        (tmp_path / "linked").symlink_to(tmp_path)
        other = tmp_path / "linked" / "image.tif"
    assert clash({"INPUT": [image]}, {"OUTPUT": [other]}) == Clash(
        str(other), "OUTPUT", "INPUT", is_read=True
    )
    assert clash({"INPUT": [other]}, {"OUTPUT": [image]}) == Clash(
        str(image), "OUTPUT", "INPUT", is_read=True
    )


def test_other_files_are_none(image, tmp_path):
    copy = tmp_path / "copy.tif"
    copy.write_bytes(image.read_bytes())
    assert (
        clash({"INPUT": [image], "MASK": [image]}, {"OUTPUT": [copy], "SCORES": [tmp_path / "new.tif"]})
        is None
    )


def test_two_outputs_in_a_file_that_is_not_there_yet(tmp_path):
    (tmp_path / "linked").symlink_to(tmp_path)
    written = {"A": [tmp_path / "x", tmp_path / "r.txt"], "B": [tmp_path / "linked" / "r.txt"]}
    assert clash({}, written) == Clash(str(tmp_path / "linked" / "r.txt"), "B", "A", is_read=False)
    assert clash({}, {"A": [tmp_path / "r.txt", tmp_path / "r.txt"]}) is None


@pytest.mark.parametrize("ignores_case", [False, True])
def test_upper_and_lower_case_where_the_disk_takes_them_for_the_same(tmp_path, monkeypatch, ignores_case):
    monkeypatch.setattr(file_clash, "_ignores_case", lambda folder: ignores_case)
    written = {"A": [tmp_path / "Karte Ä.tif"], "B": [tmp_path / "karte A\u0308.TIF"]}
    assert (clash({}, written) is not None) == ignores_case


def test_this_disk_tells_whether_it_ignores_case(tmp_path):
    (tmp_path / "Probe").mkdir()
    assert file_clash._ignores_case(tmp_path / "Probe") == (tmp_path / "pROBE").exists()


def test_a_folder_stands_for_all_in_it(tmp_path):
    images = tmp_path / "set" / "images"
    images.mkdir(parents=True)
    (images / "a.tif").write_bytes(b"")
    for made in ("a.tif", "new.tif"):
        assert clash({"SAMPLES": [images]}, {"OUTPUT": [images / made]}).path == str(images / made)
    assert clash({"SAMPLES": [images]}, {"OUTPUT": [tmp_path / "set" / "network.onnx"]}) is None
    assert clash({"INPUT": [images / "a.tif"]}, {"OUTPUT": [images]}).path == str(images / "a.tif")
    assert clash({"INPUT": [tmp_path / "a.tif"]}, {"OUTPUT": [images]}) is None


def test_names_that_no_file_can_have(tmp_path):
    assert file_key("a\0b") != file_key("a")
    assert clash({"INPUT": ["/vsicurl/http://server/image.tif"]}, {"OUTPUT": [tmp_path / "map.tif"]}) is None
