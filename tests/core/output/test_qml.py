from xml.etree import ElementTree

from recurve.core.output.qml import map_style
from recurve.models.contract import ClassEntry


def test_names_are_text_whatever_is_in_them():
    style = map_style([(7, ClassEntry('<"&>', "#010203"))], band=2)

    (renderer,) = ElementTree.fromstring(style).iter("rasterrenderer")
    (entry,) = renderer.iter("paletteEntry")
    assert renderer.get("band") == "2"
    assert (entry.get("value"), entry.get("color"), entry.get("label")) == ("7", "#010203", '<"&>')
