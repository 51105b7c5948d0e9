"""recurve:newhintlayer: an empty layer whose form offers a map's classes, and that is never written over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from recurve.algorithms.layers import new_hints

from .conftest import at


@pytest.fixture
def codes():
    """A map of the codes 10, 20, 30."""
    return np.resize(np.array([10, 20, 30], np.uint8), (53, 70))


@pytest.fixture
def make(provider, tmp_path, feedback):
    """A function that runs recurve:newhintlayer, and gives the layer as QGIS opens its file, and the log."""
    import processing

    def run(**parameters):
        told = feedback()
        settings = {"OUTPUT": tmp_path / "hints.gpkg", **parameters}
        settings = {
            name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
        }
        path = processing.run("recurve:newhintlayer", settings, feedback=told)["OUTPUT"]
        return QgsVectorLayer(path, "hints", "ogr"), told.lines

    return run


def offered(layer, field):
    """What the form offers for a field: what is written for each shown name."""
    setup = layer.editorWidgetSetup(layer.fields().indexOf(field))
    assert setup.type() == "ValueMap"
    return {shown: value for entry in setup.config()["map"] for shown, value in entry.items()}


def test_the_form_offers_the_classes_by_name(make, make_raster, codes):
    layer, lines = make(MAP=make_raster(codes), CLASS_TABLE="10=water,20=Fields wet,30=,40=road")
    assert {name: int(value) for name, value in offered(layer, "class").items()} == {
        "water": 10,
        "Fields wet": 20,
        "road": 40,
    }
    assert offered(layer, "trust") == {"certain": "certain", "likely": "likely"}
    assert "The form of the hints offers these classes: 10 = water, 20 = Fields wet, 40 = road." in lines
    assert layer.crs().authid() == "EPSG:32640"
    assert layer.featureCount() == 0


def test_a_new_feature_is_certain_and_shown_in_the_colour_of_its_class(make, make_raster, codes):
    layer, _ = make(MAP=make_raster(codes))
    trust = layer.fields().indexOf("trust")
    assert QgsVectorLayerUtils.createFeature(layer)[trust] == "certain"
    categories = {
        int(one.value()): one.symbol().color().name() for one in layer.renderer().categories() if one.value()
    }
    assert list(categories) == [10, 20, 30]
    assert len(set(categories.values())) == 3


@pytest.mark.parametrize(("shapes", "geometry"), [("points", 0), ("lines", 1), ("polygons", 2)])
def test_what_is_drawn(make, make_raster, codes, shapes, geometry):
    assert make(MAP=make_raster(codes), SHAPES=shapes)[0].geometryType() == geometry


def test_hints_that_were_drawn_are_not_written_over(make, make_raster, codes, tmp_path):
    path = make_raster(codes)
    layer, _ = make(MAP=path)
    drawn = QgsFeature(layer.fields())
    drawn.setGeometry(QgsGeometry.fromWkt(at(3, 3)))
    assert layer.dataProvider().addFeatures([drawn])[0]
    with pytest.raises(QgsProcessingException, match="exists already, and the hints in it would be lost"):
        make(MAP=path)
    assert QgsVectorLayer(str(tmp_path / "hints.gpkg"), "hints", "ogr").featureCount() == 1


def test_another_format_would_lose_the_form(make, make_raster, codes, tmp_path):
    with pytest.raises(
        QgsProcessingException, match=r"the layer is written as a GeoPackage, .* ends in .gpkg"
    ):
        make(MAP=make_raster(codes), OUTPUT=tmp_path / "hints.shp")


def test_a_temporary_layer(make, make_raster, codes):
    assert make(MAP=make_raster(codes), OUTPUT="TEMPORARY_OUTPUT")[0].isValid()


def test_what_the_run_loads_has_the_form_too(provider, make_raster, codes, tmp_path):
    import processing

    output = str(tmp_path / "hints.gpkg")
    processing.runAndLoadResults("recurve:newhintlayer", {"MAP": str(make_raster(codes)), "OUTPUT": output})
    try:
        loaded = QgsProject.instance().mapLayers().values()  # others may be there from before
        (layer,) = (layer for layer in loaded if layer.source().startswith(output))
        assert list(offered(layer, "class")) == ["class 10", "class 20", "class 30"]
        assert not new_hints._waiting
    finally:
        QgsProject.instance().removeAllMapLayers()
