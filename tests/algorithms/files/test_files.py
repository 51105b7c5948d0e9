"""No algorithm writes over a file it reads, or two outputs into one file: asked before anything is opened."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from recurve.algorithms.parameters.pretrained import WEIGHTS

LEFT, TOP = 500000.0, 2800000.0
TABLE = "1=Dark,2=Middle,3=Bright"
READ = "would take the place of {path}, which is read as {reader} and would be lost; choose another file to write."
TWICE = "{first} and {second} would both be written to {path}; choose a name of its own for each."


class TestWhatIsRead:
    @pytest.mark.parametrize(("what", "source"), [("image", "image"), ("inner", "left"), ("outer", "left")])
    def test_an_image_and_the_files_it_is_made_of(self, asked, field, what, source, tmp_path):
        given, lost = {"INPUT": getattr(field, what)}, getattr(field, source)
        said = asked("classify", **given, OUTPUT=lost)
        assert said == '"Map" (OUTPUT) ' + READ.format(path=lost, reader='"Image" (INPUT)')
        said = asked("classify", **given, SCORES=lost)
        assert said.startswith(f'"Scores" (SCORES) would take the place of {lost}')
        assert asked("classify", **given, OUTPUT=tmp_path / "map.tif") == ""

    def test_a_map_and_the_files_it_is_made_of(self, asked, field):
        said = asked("correct", MAP=field.maps, OUTPUT=field.codes)
        assert said == '"Map" (OUTPUT) ' + READ.format(path=field.codes, reader='"Map to correct" (MAP)')

    def test_maps_reference_and_mask_of_an_assessment(self, asked, field, tmp_path, shapes):
        for output in ("DIFFERENCE", "OUTPUT_JSON", "OUTPUT_HTML"):
            assert 'read as "Maps" (MAPS)' in asked("assess", **{output: field.codes})
            assert 'read as "Reference as a raster of classes" (REFERENCE_RASTER)' in asked(
                "assess", **{output: field.truth}
            )
        geojson = shapes(tmp_path / "mask.json")
        said = asked("assess", MASK=geojson, OUTPUT_JSON=geojson)
        assert said == '"Metrics" (OUTPUT_JSON) ' + READ.format(path=geojson, reader='"Mask" (MASK)')
        assert asked("assess", MASK=geojson, OUTPUT_JSON=tmp_path / "r.json") == ""

    def test_the_files_beside_a_shapefile(self, asked, field):
        reference = {"REFERENCE": field.shapes, "REFERENCE_RASTER": None, "CLASS_FIELD": "class"}
        lost = field.shapes.with_suffix(".dbf")
        said = asked("assess", **reference, OUTPUT_JSON=lost)
        assert said.endswith(READ.format(path=lost, reader='"Reference" (REFERENCE)'))

    def test_a_layer_of_which_some_features_are_selected(self, asked, tmp_path, qgis_new_project, shapes):
        geojson = shapes(tmp_path / "mask.geojson")
        layer = QgsVectorLayer(str(geojson), "mask")
        layer.selectByExpression("class = 'Dark'")
        QgsProject.instance().addMapLayer(layer)
        for source in (layer, QgsProcessingFeatureSourceDefinition(layer.id(), True)):
            said = asked("assess", MASK=source, OUTPUT_HTML=geojson)
            assert said.endswith(READ.format(path=geojson, reader='"Mask" (MASK)'))

    @pytest.mark.parametrize("kind", ["source", "reference", "name", "id", "virtual"])
    def test_the_layers_behind_a_virtual_one(self, asked, kind, tmp_path, qgis_new_project, shapes):
        geojson, unnamed = shapes(tmp_path / "mask.json"), shapes(tmp_path / "unnamed.json")
        base, other = QgsVectorLayer(str(geojson), "base"), QgsVectorLayer(str(unnamed), "bases")
        QgsProject.instance().addMapLayers([base, other])
        inner = QgsVectorLayer("?query=SELECT * FROM BASE", "inner", "virtual")
        QgsProject.instance().addMapLayer(inner)
        uri = {
            "source": f"?layer=ogr:{geojson}:src:UTF-8&query=select * from src",
            "reference": f"?layer_ref={base.id()}:src&query=select * from src",
            "name": '?query=select * from "base"',
            "id": f'?query=select * from "{base.id()}"',
            "virtual": "?query=select * from inner",
        }[kind]
        layer = QgsVectorLayer(uri, "view", "virtual")
        assert layer.featureCount() == 2
        QgsProject.instance().addMapLayer(layer)
        said = asked("assess", MASK=layer, OUTPUT_JSON=geojson)
        assert said == '"Metrics" (OUTPUT_JSON) ' + READ.format(path=geojson, reader='"Mask" (MASK)')
        assert asked("assess", MASK=layer, OUTPUT_JSON=unnamed) == ""  # the query does not ask for it

    def test_a_table_that_a_layer_is_joined_to(self, asked, field, tmp_path, qgis_new_project, shapes):
        table = shapes(tmp_path / "table.json")
        layer, joined = QgsVectorLayer(str(field.shapes), "town"), QgsVectorLayer(str(table), "table")
        QgsProject.instance().addMapLayers([layer, joined])
        join = QgsVectorLayerJoinInfo()
        join.setJoinLayer(joined)
        join.setJoinFieldName("class")
        join.setTargetFieldName("class")
        assert asked("assess", MASK=layer, OUTPUT_JSON=table) == ""
        layer.addJoin(join)
        said = asked("assess", MASK=layer, OUTPUT_JSON=table)
        assert said == '"Metrics" (OUTPUT_JSON) ' + READ.format(path=table, reader='"Mask" (MASK)')

    def test_image_and_iterates_of_an_animation(self, asked, field, tmp_path):
        png = tmp_path / "photo.png"
        gdal.Translate(str(png), str(field.image), format="PNG")
        said = asked("animate", INPUT=png, OUTPUT=png)
        assert said == '"Animation" (OUTPUT) ' + READ.format(path=png, reader='"Image" (INPUT)')
        link = tmp_path / "iterates.png"
        link.symlink_to(field.iterates)
        said = asked("animate", OUTPUT=link)
        assert said == '"Animation" (OUTPUT) ' + READ.format(
            path=link, reader='"Intermediate maps" (ITERATES)'
        )

    def test_networks(self, asked, tiny, tmp_path):
        said = asked("describenetwork", OUTPUT_HTML=tiny.classifier)
        assert said.endswith(READ.format(path=tiny.classifier, reader='"Network from a file" (NETWORK)'))
        pretrained = WEIGHTS / "buildings_classifier.onnx"
        said = asked("describenetwork", NETWORK=None, PRETRAINED="Buildings", OUTPUT_HTML=pretrained)
        assert said.endswith(READ.format(path=pretrained, reader='"Pretrained network" (PRETRAINED)'))

    def test_the_network_a_training_starts_from_and_its_samples(self, asked, make_samples, tiny, tmp_path):
        pytest.importorskip("torch")
        pytest.importorskip("onnx")
        samples = make_samples()
        given = {"SAMPLES": [str(samples)], "OUTPUT": tmp_path / "new.onnx"}
        assert asked("trainclassifier", **given) == ""
        said = asked("trainclassifier", **{**given, "START": tiny.classifier, "OUTPUT": tiny.classifier})
        assert said == '"Classifier" (OUTPUT) ' + READ.format(
            path=tiny.classifier, reader='"Initial classifier from a file" (START)'
        )
        for lost in (samples / "samples.json", samples / "images" / "train_0.tif"):
            said = asked("trainclassifier", **given, OUTPUT_HTML=lost)
            assert said.endswith(READ.format(path=lost, reader='"Sample sets" (SAMPLES)'))
        assert asked("trainclassifier", **{**given, "OUTPUT": samples / "roofs.onnx"}) == ""

    @pytest.mark.parametrize("kind", ["link", "hard link", "other spelling"])
    def test_by_another_path(self, asked, field, tmp_path, kind):
        other = tmp_path / "other.tif"
        if kind == "link":
            other.symlink_to(field.left)
        elif kind == "hard link":
            os.link(field.left, other)
        else:
            (tmp_path / "below").mkdir()
            other = f"{tmp_path}/below/../left.tif"
        said = asked("classify", INPUT=field.outer, OUTPUT=other)
        assert said == '"Map" (OUTPUT) ' + READ.format(path=other, reader='"Image" (INPUT)')

    def test_a_file_that_describes_the_output(self, asked, field, tmp_path):
        """What lies beside an older output is deleted with it."""
        overviews = tmp_path / "new.tif.ovr"
        overviews.write_bytes(field.image.read_bytes())
        said = asked("classify", INPUT=overviews)
        assert said == '"Map" (OUTPUT) ' + READ.format(path=overviews, reader='"Image" (INPUT)')

    def test_what_an_unfinished_run_has_left(self, asked, field, tmp_path):
        left = tmp_path / ".new.tif.recurve-0123456789ab"
        left.mkdir()
        (left / "run.json").touch()
        rescued = field.image.rename(left / "rescued.tif")
        said = asked("classify", INPUT=rescued)
        assert said == '"Map" (OUTPUT) ' + READ.format(path=rescued, reader='"Image" (INPUT)')


class TestExampleModels:
    """A model's last step would replace what its first one has read, and neither knows of the other."""

    @pytest.fixture
    def buildings(self, image, tiny, tmp_path):
        """An image that is a GeoPackage, as polygons are, and the other parameters of the model."""
        photo = tmp_path / "photo.gpkg"
        gdal.Translate(str(photo), str(image), format="GPKG")
        return {
            "image": photo,
            "classifier": tiny.classifier,
            "classify:Map": tmp_path / "map.tif",
            "attributes:Polygons": tmp_path / "polygons.gpkg",
        }

    def test_polygons_in_place_of_the_image(self, asked, buildings):
        photo = buildings["image"]
        assert asked("buildingstopolygons", **buildings) == ""
        said = asked("buildingstopolygons", **{**buildings, "attributes:Polygons": photo})
        assert said.endswith(READ.format(path=photo, reader='"Image" (image)'))
        assert said.startswith('"Polygons" (attributes:Polygons)')

    def test_polygons_in_place_of_the_map(self, asked, buildings):
        both = {name: buildings["classify:Map"] for name in ("classify:Map", "attributes:Polygons")}
        said = asked("buildingstopolygons", **{**buildings, **both})
        assert f"would both be written to {buildings['classify:Map']}" in said

    @pytest.mark.parametrize("output", ["classifier:Classifier", "corrector:Corrector", "classify:Map"])
    def test_a_network_or_a_map_in_place_of_labels(self, asked, image, field, tmp_path, output):
        given = {
            "image": image,
            "coarse_labels": field.shapes,
            "coarse_area": field.shapes,
            "accurate_area": field.shapes,
            "accurate_labels": field.shapes,
            "classes": "class",
            "classifier:Classifier": tmp_path / "a.onnx",
            "corrector:Corrector": tmp_path / "b.onnx",
            "classify:Map": tmp_path / "map.tif",
        }
        assert asked("trainandclassify", **given) == ""
        said = asked("trainandclassify", **{**given, output: field.shapes})
        assert f"would take the place of {field.shapes}, which is read as" in said


class TestTwoOutputs:
    def test_in_one_file(self, asked, tmp_path):
        report = tmp_path / "r.txt"
        said = asked("assess", OUTPUT_HTML=report, OUTPUT_JSON=report)
        assert said == TWICE.format(
            first='"Report" (OUTPUT_HTML)', second='"Metrics" (OUTPUT_JSON)', path=report
        )
        assert asked("assess", OUTPUT_HTML=tmp_path / "r.html", OUTPUT_JSON=tmp_path / "r.json") == ""

    def test_of_one_style(self, asked, tmp_path):
        said = asked("classify", OUTPUT=tmp_path / "a.tif", CONFIDENCE=tmp_path / "a.tiff")
        assert said == TWICE.format(
            first='"Map" (OUTPUT)', second='"Confidence" (CONFIDENCE)', path=tmp_path / "a.qml"
        )

    def test_temporary_ones_are_never_the_same(self, asked):
        both = {name: "TEMPORARY_OUTPUT" for name in ("OUTPUT", "CONFIDENCE")}
        assert asked("classify", **both) == ""
