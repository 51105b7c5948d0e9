"""Where outputs may go, and under which names: links, folders, endings, styles of others."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
)

LEFT, TOP = 500000.0, 2800000.0
TABLE = "1=Dark,2=Middle,3=Bright"
READ = "would take the place of {path}, which is read as {reader} and would be lost; choose another file to write."
TWICE = "{first} and {second} would both be written to {path}; choose a name of its own for each."


class TestPlaces:
    @pytest.mark.parametrize("output", ["OUTPUT", "CONFIDENCE", "SCORES", "ITERATES"])
    @pytest.mark.parametrize("name", ["out.gpkg", "out.png", "out"])
    def test_another_format_is_refused_before_anything_is_computed(self, asked, tmp_path, output, name):
        said = asked("classify", **{output: tmp_path / name})
        assert said == f"{tmp_path / name} is no name for a GeoTIFF; choose a name that ends in .tif."
        assert asked("assess", DIFFERENCE=tmp_path / name) == said

    def test_a_folder_in_place_of_a_file(self, asked, tmp_path):
        (tmp_path / "taken.tif").mkdir()
        said = asked("classify", OUTPUT=tmp_path / "taken.tif")
        assert (
            said
            == f'"Map" (OUTPUT) is {tmp_path / "taken.tif"}, which is a folder; choose the name of a file.'
        )
        assert "which is a folder" in asked("assess", OUTPUT_HTML=tmp_path / "taken.tif")

    def test_a_name_that_leaves_no_room_beside_it(self, asked, tmp_path):
        for name in ("n" * 246 + ".tif", "ä" * 123 + ".tif"):
            said = asked("classify", OUTPUT=tmp_path / name)
            assert 'of "Map" (OUTPUT) has 250 bytes, and at most 220 leave room' in said
        assert asked("classify", OUTPUT=tmp_path / ("n" * 216 + ".tif")) == ""

    def test_a_folder_that_may_not_be_written_to(self, asked, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)  # root may always
        said = asked("classify", OUTPUT=tmp_path / "map.tif")
        assert (
            said
            == f'You have no right to write to the folder {tmp_path} of "Map" (OUTPUT); choose another one.'
        )

    def test_a_link_into_a_folder_that_does_not_exist(self, asked, tmp_path):
        (tmp_path / "link.tif").symlink_to(tmp_path / "gone" / "real.tif")
        said = asked("classify", OUTPUT=tmp_path / "link.tif")
        assert f"The folder {tmp_path / 'gone'} of " in said

    def test_home_and_blanks_in_what_people_type(self, asked, field, tmp_path, monkeypatch):
        monkeypatch.setenv("HOME", str(tmp_path))
        assert asked("classify", INPUT="~/image.tif", OUTPUT=" ~/map.tif\n") == ""
        said = asked("classify", INPUT="~/outer.vrt", OUTPUT="~/left.tif ")
        assert said == '"Map" (OUTPUT) ' + READ.format(path=field.left, reader='"Image" (INPUT)')
        wrapped = QgsProcessingOutputLayerDefinition("~/left.tif")
        assert asked("classify", INPUT="~/outer.vrt", OUTPUT=wrapped) == said
        assert asked("classify", OUTPUT="~/none/map.tif").startswith(f"The folder {tmp_path / 'none'} of ")


def test_home_is_where_a_run_writes(classify, image, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    results, _ = classify(INPUT="~/image.tif", OUTPUT="~/of home.tif ")
    assert results["OUTPUT"] == str(tmp_path / "of home.tif")
    assert (tmp_path / "of home.tif").exists()


def test_a_name_with_the_sign_that_qgis_writes_options_after(classify, image, read_raster, tmp_path):
    folder = tmp_path / "pipe|name"
    folder.mkdir()
    results, _ = classify(INPUT=image.rename(folder / "image|1.tif"), OUTPUT=folder / "map|1.tif")
    assert read_raster(results["OUTPUT"]).shape == (1, 53, 70)


def test_a_link_stays_a_link(classify, image, read_raster, tmp_path):
    (tmp_path / "disk").mkdir()
    real, link = tmp_path / "disk" / "real.tif", tmp_path / "link.tif"
    real.write_bytes(b"an older map")
    link.symlink_to(real)
    results, _ = classify(INPUT=image, OUTPUT=link)
    assert results["OUTPUT"] == str(link)
    assert link.is_symlink()
    assert read_raster(real).shape == (1, 53, 70)
    assert not [path.name for path in tmp_path.rglob("*") if path.name.startswith(".")]


def test_the_style_of_another_layer_stays_and_the_log_says_so(classify, image, field, tmp_path):
    style = field.shapes.with_suffix(".qml")
    style.write_text("<qgis styleCategories='Symbology'><!-- my own --></qgis>")
    before = style.read_text()
    _, lines = classify(INPUT=image, OUTPUT=tmp_path / "town.tif", SCORES=tmp_path / "scores.tif")
    assert style.read_text() == before
    said = "and is kept: town.tif gets no style of its own, and QGIS opens it in that one."
    (line,) = [line for line in lines if said in line]
    assert line.startswith(f"{style} is the style of town.")
    assert "town.shp" in line


@pytest.mark.parametrize("name", ["map.tif", "net.onnx", "page"])
def test_a_report_takes_no_name_of_another_kind(provider, make_raster, tmp_path, name):
    import processing

    truth = make_raster(np.kron([[1, 2], [2, 1]], np.ones((9, 9), int)).astype(np.uint8), "truth.tif")
    (tmp_path / name).write_bytes(b"somebody's")
    for parameter, ending in (("OUTPUT_HTML", ".html"), ("OUTPUT_JSON", ".json")):
        settings = {"MAPS": [str(truth)], "REFERENCE_RASTER": str(truth), parameter: str(tmp_path / name)}
        with pytest.raises(
            QgsProcessingException, match=rf"is no name for .*; choose one that ends in \{ending}"
        ):
            processing.run("recurve:assess", settings)
    assert (tmp_path / name).read_bytes() == b"somebody's"
