from xml.etree import ElementTree

import pytest
from recurve.core.output.qml import confidence_style, map_style, styled_raster
from recurve.models.contract import ClassEntry


def test_names_are_text_whatever_is_in_them():
    style = map_style("map.tif", [(7, ClassEntry('<"&>', "#010203"))], band=2)

    (renderer,) = ElementTree.fromstring(style).iter("rasterrenderer")
    (entry,) = renderer.iter("paletteEntry")
    assert renderer.get("band") == "2"
    assert (entry.get("value"), entry.get("color"), entry.get("label")) == ("7", "#010203", '<"&>')


def test_a_style_says_which_raster_it_was_made_for(tmp_path):
    name, path = 'a "map" <1> of Größe.tif', tmp_path / "style.qml"
    for style in (map_style(name, [(7, ClassEntry("A", "#010203"))]), confidence_style(name)):
        path.write_text(style, encoding="utf-8")
        assert styled_raster(path) == name


@pytest.mark.parametrize(
    "text", ["", "no XML", "<qgis version='3.22'><pipe/></qgis>", "<!DOCTYPE qgis><qgis/>"]
)
def test_a_style_of_another_program_is_of_no_raster(tmp_path, text):
    (tmp_path / "style.qml").write_text(text)
    assert styled_raster(tmp_path / "style.qml") == ""
    assert styled_raster(tmp_path / "none.qml") == ""
