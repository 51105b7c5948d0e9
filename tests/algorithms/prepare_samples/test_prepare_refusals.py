"""What recurve:preparesamples refuses, by its words."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingException, QgsProcessingFeatureSourceDefinition, QgsProject

LEFT, TOP = 500000.0, 2800000.0  # of the rasters that `make_raster` writes


def test_no_labels(refusal):
    said = refusal()
    assert "No labels are given, and one of these is needed: Labels (polygons or lines) (LABELS) or " in said


def test_labels_of_both_kinds(refusal, image, layer, two):
    assert "Two kinds of labels are given" in refusal(LABELS=layer(*two), LABEL_RASTER=str(image))


def test_labels_that_cannot_be_opened(refusal, tmp_path, layer):
    said = refusal(LABELS=str(tmp_path / "none.gpkg"))
    assert "(LABELS) cannot be opened as a vector layer; choose a layer" in said


def test_a_raster_in_the_place_of_polygons(refusal, image):
    assert "A raster is given as LABELS; give it as Labels as" in refusal(LABELS=str(image))


def test_points(refusal, layer):
    points = layer((f"POINT({LEFT} {TOP})", "road"), kind="Point")
    assert "labels are polygons or lines; choose such a layer" in refusal(LABELS=points)


def test_lines_without_width(refusal, layer):
    line = layer((f"LINESTRING({LEFT} {TOP}, {LEFT + 9} {TOP - 9})", "road"), kind="LineString")
    assert "are lines, which have no width of their own; give the width" in refusal(LABELS=line)


def test_a_field_that_is_not_there(refusal, layer, two):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="kind")
    assert "The labels labels have no field kind; choose one of class, width." in said


def test_several_classes_without_a_field(refusal, layer, two):
    said = refusal(LABELS=layer(*two), CLASSES="road,building")
    assert "The classes road, building are given, and no field that tells which label is of which" in said


def test_a_single_class(refusal, layer, two):
    said = refusal(LABELS=layer(*two))
    assert "have only the class labels, and a network learns to tell classes apart" in said


def test_labels_beside_the_image(refusal, square, layer):
    said = refusal(LABELS=layer((square(0, 5000, 9, 5009), "road")), CLASS_FIELD="class")
    assert "No feature of the labels labels can be used on the image, which covers" in said


def test_labels_that_only_touch_the_image(refusal, square, layer):
    said = refusal(LABELS=layer((square(10, 300, 20, 309), "road")), BACKGROUND="other")
    assert "No pixel of" in said


def test_an_area_beside_the_image(refusal, square, layer, two):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="class", MASK=layer((square(0, 5000, 9, 5009), None)))
    assert (
        "No polygon of the labelled area labels (1 in all) overlaps the part of the image that counts" in said
    )


def test_no_label_in_the_area(refusal, square, layer, two):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="class", MASK=layer((square(200, 200, 250, 250), None)))
    assert "No pixel of" in said
    assert "the labels (inside the area, if one is given)" in said


def test_an_image_without_a_system_and_labels_with_one(refusal, make_raster, layer, two):
    path = make_raster(np.ones((1, 50, 50), np.uint8), geotransform=None)
    said = refusal(INPUT=path, LABELS=layer(*two), CLASS_FIELD="class")
    assert "The shapes of labels have a coordinate reference system (EPSG:32640), and the raster" in said
    assert "nothing tells where they lie on it; set that of the raster (Layer > Set CRS of Layer" in said


def test_a_rotated_image(refusal, make_raster, layer, two):
    path = make_raster(np.ones((1, 50, 50), np.uint8), geotransform=(LEFT, 1.0, 0.2, TOP, 0.2, -1.0))
    assert "is rotated against its coordinate system" in refusal(INPUT=path, LABELS=layer(*two))


def test_a_band_that_is_not_there(refusal, layer, two):
    assert "Band 9 was asked for, and" in refusal(LABELS=layer(*two), BANDS=[1, 9])


def test_an_image_that_cannot_be_read(refusal, tmp_path, layer, two):
    (tmp_path / "empty.tif").touch()
    assert "cannot be opened as a raster" in refusal(INPUT=tmp_path / "empty.tif", LABELS=layer(*two))


def test_omission_of_a_class_raster(refusal, image):
    said = refusal(LABEL_RASTER=str(image), SIMULATE_OMISSION=10)
    assert "cannot be omitted from a class raster, which has no features" in said


def test_a_picture_of_classes(refusal, image):
    assert "has 3 bands, and a class raster has one" in refusal(LABEL_RASTER=str(image))


def test_a_file_as_output(refusal, image, layer, two):
    assert "is a file, and a sample set is a folder" in refusal(LABELS=layer(*two), OUTPUT=image)


def test_a_damaged_set(prepare, tmp_path, layer, two):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "samples.json").write_text("{}")
    with pytest.raises(QgsProcessingException, match=r"samples\.json is damaged"):
        prepare(LABELS=layer(*two), CLASS_FIELD="class")


@pytest.fixture
def nothing_selected(layer, two):
    """A layer of two features of which only the selected ones count, and none is selected."""
    made = layer(*two)
    QgsProject.instance().addMapLayer(made, False)
    yield QgsProcessingFeatureSourceDefinition(made.id(), selectedFeaturesOnly=True)
    QgsProject.instance().takeMapLayer(made)


def test_no_label_is_selected(refusal, nothing_selected):
    said = refusal(LABELS=nothing_selected, CLASS_FIELD="class")
    assert (
        "The labels labels have no feature to use; draw some, select some if only the selected ones" in said
    )


def test_no_polygon_of_the_area_is_selected(refusal, layer, two, nothing_selected):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="class", MASK=nothing_selected)
    assert "The labelled area labels has no polygon to use; draw or select some" in said


def test_an_area_that_cannot_be_opened_is_not_everywhere(refusal, layer, two, tmp_path):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="class", MASK=str(tmp_path / "none.gpkg"))
    assert "none.gpkg', which cannot be opened as a vector layer" in said


def test_a_field_for_the_width_that_is_not_there(refusal, layer, two):
    said = refusal(LABELS=layer(*two), CLASS_FIELD="class", LINE_WIDTH_FIELD="wide")
    assert "The labels labels have no field wide; choose one of class, width." in said
