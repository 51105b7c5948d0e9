"""No algorithm writes over a file it reads, or two outputs into one file: asked before anything is opened."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)
from recurve.algorithms.parameters.pretrained import WEIGHTS

LEFT, TOP = 500000.0, 2800000.0
TABLE = "1=Dark,2=Middle,3=Bright"
READ = "would take the place of {path}, which is read as {reader} and would be lost; choose another file to write."
TWICE = "{first} and {second} would both be written to {path}; choose a name of its own for each."


@pytest.fixture
def field(make_raster, image, scene, tiny, tmp_path):
    """Files that runs read, all of the same ground."""
    right = {"geotransform": (LEFT + 35, 1.0, 0.0, TOP, 0.0, -1.0)}
    halves = [make_raster(scene[..., :35], "left.tif"), make_raster(scene[..., 35:], "right.tif", **right)]
    inner, outer = tmp_path / "inner.vrt", tmp_path / "outer.vrt"
    gdal.BuildVRT(str(inner), [str(path) for path in halves]).FlushCache()
    gdal.BuildVRT(str(outer), [str(inner)]).FlushCache()
    codes = tiny.expected_map(scene)
    maps = tmp_path / "maps.vrt"
    code_map = make_raster(codes, "map_1.tif", nodata=0)
    gdal.BuildVRT(str(maps), [str(code_map)]).FlushCache()
    return SimpleNamespace(
        image=image,
        left=halves[0],
        inner=inner,
        outer=outer,
        codes=code_map,
        maps=maps,
        truth=make_raster(np.roll(codes, 2, 0), "truth.tif", nodata=0),
        iterates=make_raster(np.stack([codes, codes]), "iterates.tif", names=("Iteration 0", "Iteration 1")),
        shapes=shapes(tmp_path / "town.shp"),
    )


def shapes(path):
    """A layer of two squares of the classes Dark and Bright on the image."""
    system = osr.SpatialReference()
    system.ImportFromEPSG(32640)
    driver = {".shp": "ESRI Shapefile", ".geojson": "GeoJSON", ".json": "GeoJSON"}[path.suffix]
    made = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = made.CreateLayer("town", system, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for name, left in (("Dark", LEFT + 5), ("Bright", LEFT + 35)):
        feature = ogr.Feature(layer.GetLayerDefn())
        x, y = (left, left + 25), (TOP - 45, TOP - 5)
        ring = ",".join(f"{x[a]} {y[b]}" for a, b in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        feature.SetField("class", name)
        layer.CreateFeature(feature)
    return path


@pytest.fixture
def settings(field, tiny, tmp_path):
    """What each algorithm needs besides its outputs."""
    return {
        "classify": {"INPUT": field.image, "CLASSIFIER": tiny.classifier, "OUTPUT": tmp_path / "new.tif"},
        "correct": {
            "INPUT": field.image,
            "MAP": field.codes,
            "CLASS_TABLE": TABLE,
            "CORRECTOR": tiny.corrector,
            "OUTPUT": tmp_path / "new.tif",
        },
        "assess": {"MAPS": [str(field.codes)], "REFERENCE_RASTER": field.truth},
        "animate": {"INPUT": field.image, "ITERATES": field.iterates, "OUTPUT": tmp_path / "new.gif"},
        "preparesamples": {
            "INPUT": field.image,
            "LABELS": field.shapes,
            "CLASS_FIELD": "class",
            "OUTPUT": tmp_path / "set",
        },
        "describenetwork": {"NETWORK": tiny.classifier},
    }


@pytest.fixture
def asked(provider, settings):
    """A function: what an algorithm says before a run, in dialogs and commands, and in models and batches.

    Both are asked, and say the same; '' where the run would begin.
    """

    def ask(name, **parameters):
        given = {
            key: str(value) if isinstance(value, Path) else value
            for key, value in {**settings.get(name, {}), **parameters}.items()
        }
        algorithm, context = provider.algorithm(name), QgsProcessingContext()
        context.setProject(QgsProject.instance())
        fits, checked = algorithm.checkParameterValues(given, context)
        said, feedback = [], QgsProcessingFeedback(False)
        run = algorithm.create()
        try:
            run.prepareAlgorithm(given, context, feedback)
        except QgsProcessingException as refused:
            said.append(str(refused))
        assert said == ([] if fits else [checked])
        return "" if fits else checked

    return ask


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

    def test_maps_reference_and_mask_of_an_assessment(self, asked, field, tmp_path):
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

    def test_a_layer_of_which_some_features_are_selected(self, asked, tmp_path, qgis_new_project):
        geojson = shapes(tmp_path / "mask.geojson")
        layer = QgsVectorLayer(str(geojson), "mask")
        layer.selectByExpression("class = 'Dark'")
        QgsProject.instance().addMapLayer(layer)
        for source in (layer, QgsProcessingFeatureSourceDefinition(layer.id(), True)):
            said = asked("assess", MASK=source, OUTPUT_HTML=geojson)
            assert said.endswith(READ.format(path=geojson, reader='"Mask" (MASK)'))

    @pytest.mark.parametrize("kind", ["source", "reference", "name", "id", "virtual"])
    def test_the_layers_behind_a_virtual_one(self, asked, kind, tmp_path, qgis_new_project):
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

    def test_a_table_that_a_layer_is_joined_to(self, asked, field, tmp_path, qgis_new_project):
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
