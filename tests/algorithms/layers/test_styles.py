"""What QGIS shows of an output that is opened again, without anybody having styled it."""

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsPalettedRasterRenderer, QgsRasterLayer, QgsSingleBandPseudoColorRenderer


def opened(path):
    layer = QgsRasterLayer(str(path), "output")
    assert layer.isValid()
    return layer


def test_a_map_opens_with_the_colours_and_names_of_its_classes(classify, image):
    results, _ = classify(INPUT=image)

    layer = opened(results["OUTPUT"])
    renderer = layer.renderer()

    assert isinstance(renderer, QgsPalettedRasterRenderer)
    found = [(entry.value, entry.color.name(), entry.label) for entry in renderer.classes()]
    assert found == [(1, "#202020", "Dark"), (2, "#3a7d44", "Middle"), (3, "#f2c14e", "Bright")]


def test_confidence_opens_with_a_ramp_from_0_to_100(classify, image, tmp_path):
    results, _ = classify(INPUT=image, CONFIDENCE=str(tmp_path / "confidence.tif"))

    layer = opened(results["CONFIDENCE"])
    renderer = layer.renderer()

    assert isinstance(renderer, QgsSingleBandPseudoColorRenderer)
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    assert [item.value for item in items] == sorted(item.value for item in items)
    assert (items[0].value, items[-1].value) == (0, 100)
    assert items[0].color.lightness() < items[-1].color.lightness()


def test_a_style_of_an_older_output_goes(classify, image, tmp_path):
    classify(INPUT=image)
    style = tmp_path / "map.qml"
    old = style.read_bytes()
    style.write_text("not a style")

    results, _ = classify(INPUT=image, ITERATIONS=0)

    assert style.read_bytes() == old
    assert opened(results["OUTPUT"]).isValid()
