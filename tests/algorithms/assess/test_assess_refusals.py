"""What recurve:assess refuses, by its words, and how tolerances may be written."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)
from recurve.algorithms.assess import parse_tolerances
from recurve.core.errors import LabelError


@pytest.mark.parametrize("text", ["1,2,5", "1;2;5", " 5 , 2 ,1", "1 2 5", "[1, 2, 5]", "5.0,1,2,2"])
def test_tolerances_in_several_ways(text):
    assert parse_tolerances(text) == (1, 2, 5)


def test_tolerances(refusal):
    for text in ("0", "1,x", "", "500", "1.5", "nan", "1,,2", "3 %", "1e999"):
        with pytest.raises(LabelError, match="whole numbers from 1 to 100"):
            parse_tolerances(text)
    assert "The tolerances are '1.5', and needed are whole numbers" in refusal(TOLERANCES="1.5")


def test_polygons_without_a_class_field(refusal, polygons):
    layer = polygons([(0, 0, 5, 5)], ["x"])
    assert "is not set; choose one of their fields (kind)" in refusal(REFERENCE=layer)
    assert "have no field 'no'; choose one of their fields" in refusal(REFERENCE=layer, CLASS_FIELD="no")


def test_points(refusal):
    layer = QgsVectorLayer("Point?field=kind:string", "points", "memory")
    assert "points has no polygons" in refusal(REFERENCE=layer, CLASS_FIELD="kind")


def test_polygons_without_classes(refusal, polygons):
    layer = polygons([(0, 0, 5, 5)], [""])
    assert "have no class in the field kind" in refusal(REFERENCE=layer, CLASS_FIELD="kind")


def test_no_polygon_is_selected(refusal, polygons):
    layer = polygons([(0, 0, 5, 5)], ["x"])
    QgsProject.instance().addMapLayer(layer, False)
    none = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    assert "The reference drawn has no polygon to use; draw some, select some" in refusal(
        REFERENCE=none, CLASS_FIELD="kind"
    )
    assert "The mask drawn has no polygon to use; draw or select some" in refusal(MASK=none)
    QgsProject.instance().takeMapLayer(layer)


def test_a_mask_that_cannot_be_opened_is_not_none(refusal, tmp_path):
    for mask in (str(tmp_path / "none.gpkg"), 5):
        assert f"(MASK) is '{mask}', which cannot be opened as a vector layer" in refusal(MASK=mask)


def test_names_that_the_map_has_not(refusal, polygons):
    layer = polygons([(0, 0, 5, 5)], ["Wood"])
    assert "has class values without names (1, 2)" in refusal(REFERENCE=layer, CLASS_FIELD="kind")


def test_a_class_table_that_cannot_be_read(refusal):
    assert "has the entry 'water', and each needs" in refusal(CLASS_TABLE="water")


def test_a_map_that_is_no_raster(refusal, paths, tmp_path):
    (tmp_path / "text.tif").write_text("not a raster")
    message = refusal(MAPS=[str(paths[1]), str(tmp_path / "text.tif")])
    assert "text.tif cannot be opened as a raster" in message


def test_a_reference_of_several_bands(refusal, make_raster, planes):
    path = make_raster(np.stack(planes[:2]), "two.tif")
    assert "two has 2 bands, and one is needed" in refusal(REFERENCE_RASTER=str(path))


def test_ground_elsewhere(refusal, make_raster, planes, tmp_path):
    away = make_raster(planes[0], "away.tif", nodata=0, geotransform=(400000.0, 1, 0, 2800000.0, 0, -1))
    page = tmp_path / "report.html"
    message = refusal(REFERENCE_RASTER=str(away), OUTPUT_HTML=str(page))
    assert "The reference away has no labelled pixel where the map before lies" in message
    assert not page.exists()


def test_a_folder_that_is_missing(refusal, tmp_path):
    message = refusal(OUTPUT_JSON=str(tmp_path / "none" / "figures.json"))
    assert "does not exist; create it" in message
