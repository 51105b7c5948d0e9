"""Outputs as QGIS loads them: styled, in order, and fresh where a layer of the same file was there before."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QCoreApplication
from recurve.algorithms.layers import outputs as output_layers
from recurve.models.contract import ClassEntry

OTHERS = tuple(ClassEntry(name, colour) for name, colour in zip("ABC", ("#112233", "#445566", "#778899")))


@pytest.fixture
def load(provider, tiny, image, tmp_path, qgis_new_project):
    """A function that runs recurve:classify and loads its outputs; gives the layers from the top of the tree down."""
    import processing

    def run(**parameters):
        settings = {
            "INPUT": str(image),
            "CLASSIFIER": str(tiny.classifier),
            "CORRECTOR": str(tiny.corrector),
            "OUTPUT": str(tmp_path / "b_map.tif"),
            **parameters,
        }
        processing.runAndLoadResults("recurve:classify", settings)
        QCoreApplication.processEvents()
        return [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]

    return run


def legend(layer):
    renderer = layer.renderer()
    assert isinstance(renderer, QgsPalettedRasterRenderer)
    return [(entry.value, entry.color.name(), entry.label) for entry in renderer.classes()]


def test_all_outputs_are_styled_and_the_map_is_on_top(load, image, tmp_path):
    QgsProject.instance().addMapLayer(QgsRasterLayer(str(image), "image"))
    # by name, QGIS loads them in another order
    names = {"SCORES": "a.tif", "CONFIDENCE": "z.tif", "ITERATES": "c.tif"}
    layers = load(**{parameter: str(tmp_path / name) for parameter, name in names.items()})

    assert [layer.name() for layer in layers] == [
        "Map",
        "Confidence",
        "Scores",
        "Intermediate maps",
        "image",
    ]
    assert legend(layers[0]) == [(1, "#202020", "Dark"), (2, "#3a7d44", "Middle"), (3, "#f2c14e", "Bright")]
    assert isinstance(layers[1].renderer(), QgsSingleBandPseudoColorRenderer)
    assert legend(layers[3]) == legend(layers[0])
    root = QgsProject.instance().layerTreeRoot()
    shown = [root.findLayer(layer.id()).itemVisibilityChecked() for layer in layers]
    assert shown == [True, True, True, False, True]
    assert [root.findLayer(layer.id()).isExpanded() for layer in layers[:4]] == [True, True, True, False]
    assert not output_layers._waiting


def test_a_layer_that_shows_the_file_already_gets_the_new_classes(load, make_network):
    (before,) = load()
    after = load(CLASSIFIER=str(make_network("classifier", classes=OTHERS)), CORRECTOR=None, ITERATIONS=0)

    assert after == [before]
    assert legend(before) == [(1, "#112233", "A"), (2, "#445566", "B"), (3, "#778899", "C")]


def test_a_layer_that_shows_the_file_already_gets_the_new_pixels(load, image):
    left, right, bottom, top = 500000, 500070, 2799947, 2800000
    (before,) = load(EXTENT=f"{left},{left + 20},{top - 30},{top} [EPSG:32640]")
    assert (before.width(), before.height()) == (20, 30)
    load(EXTENT=f"{left},{right},{bottom},{top} [EPSG:32640]")
    assert (before.width(), before.height()) == (70, 53)
    assert before.extent().width() == 70


def test_a_layer_is_refreshed_where_the_new_output_is_not_loaded(
    load, classify, make_network, tmp_path, image
):
    import processing

    (before,) = load()
    processing.run(
        "recurve:classify",
        {
            "INPUT": str(image),
            "CLASSIFIER": str(make_network("classifier", classes=OTHERS)),
            "ITERATIONS": 0,
            "OUTPUT": str(tmp_path / "b_map.tif"),
        },
    )
    assert [name for _, _, name in legend(before)] == ["A", "B", "C"]


def test_what_the_user_has_said_about_a_layer_stays(load, make_raster, scene):
    path = str(make_raster(scene, "nowhere.tif", geotransform=None))
    (layer,) = load(INPUT=path)
    assert not layer.crs().isValid()
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32640"))
    layer.setOpacity(0.4)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(2, 2)])
    load(INPUT=path)
    assert layer.crs().authid() == "EPSG:32640"
    assert layer.opacity() == pytest.approx(0.4)
    assert [part.min() for part in layer.dataProvider().userNoDataValues(1)] == [2]
