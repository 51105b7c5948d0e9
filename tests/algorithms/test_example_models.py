"""The models of resources/models: built from the present parameters, and run as the modeler runs them."""

import importlib.util
import itertools
import sys

import pytest

pytest.importorskip("qgis.core")

import numpy as np
from osgeo import gdal
from qgis.core import QgsGeometry, QgsProcessingModelAlgorithm, QgsVectorLayer
from recurve.models.network_file import file_sha256, read_contract


@pytest.fixture
def example_models(root, provider, monkeypatch):
    spec = importlib.util.spec_from_file_location("example_models", root / "scripts" / "example_models.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run_model(example_models, feedback):
    """A function that runs a model's file; some of its parameters may be left out, as in qgis_process."""
    import processing

    def run(name, **parameters):
        model = QgsProcessingModelAlgorithm()
        assert model.fromFile(str(example_models.FOLDER / f"{name}.model3"))
        is_valid, faults = model.validate()
        assert is_valid, faults
        said = feedback()
        return processing.run(model, parameters, feedback=said), said.lines

    return run


def test_files_are_built_from_the_present_steps(example_models, tmp_path):
    assert {path.stem for path in example_models.FOLDER.glob("*.model3")} == set(example_models.MODELS)
    for name, build in example_models.MODELS.items():
        build().toFile(str(tmp_path / name))
        built, kept = QgsProcessingModelAlgorithm(), QgsProcessingModelAlgorithm()
        assert built.fromFile(str(tmp_path / name))
        assert kept.fromFile(str(example_models.FOLDER / f"{name}.model3"))
        assert built.toVariant() == kept.toVariant(), f"{name}.model3 is old: run make models"


class TestBuildingsToPolygons:
    @pytest.fixture
    def polygons(self, run_model, image, tiny, tmp_path):
        """A function: geometries and attributes of what the model makes of the scene."""

        def made(**parameters):
            results, _ = run_model(
                "buildings_to_polygons",
                image=str(image),
                classifier=str(tiny.classifier),
                **{
                    "classify:Map": str(tmp_path / "map.tif"),
                    "classify:Confidence": str(tmp_path / "confidence.tif"),
                    "attributes:Polygons": str(tmp_path / "polygons.gpkg"),
                    **parameters,
                },
            )
            layer = QgsVectorLayer(results["attributes:Polygons"], "polygons", "ogr")
            return [(QgsGeometry(f.geometry()), f.attributeMap()) for f in layer.getFeatures()]

        return made

    def test_without_simplification_they_cover_what_the_map_shows(self, polygons, tmp_path, read_raster):
        found = polygons(code=2, smallest=1, tolerance=0)
        assert sum(geometry.area() for geometry, _ in found) == (read_raster(tmp_path / "map.tif") == 2).sum()

    def test_a_corrector_of_ones_own_is_used(self, polygons, tiny, tmp_path, read_raster):
        maps = []
        for parameters in ({}, {"corrector": str(tiny.corrector)}):
            polygons(**parameters)
            maps.append(read_raster(tmp_path / "map.tif"))
        assert (maps[0] != maps[1]).any()

    def test_attributes(self, polygons, tmp_path, read_raster):
        confidence = read_raster(tmp_path / "confidence.tif") if polygons() else None
        found = polygons()
        assert found
        for geometry, attributes in found:
            assert attributes["class"] == 2
            # an equal-area system against UTM, whose scale is within 0.1 % of 1 here
            assert attributes["area_m2"] == pytest.approx(geometry.area(), rel=2e-3)
            assert confidence.min() <= attributes["confidence"] <= confidence.max()

    def test_small_parts_are_dropped_by_default_too(self, polygons):
        assert all(geometry.area() >= 50 for geometry, _ in polygons())
        assert any(geometry.area() < 50 for geometry, _ in polygons(smallest=1, tolerance=0))

    def test_neighbours_keep_their_borders_in_common(self, polygons):
        """All three classes of the scene, simplified by more than a pixel, still fill it without overlap."""
        parts = [g for code in (1, 2, 3) for g, _ in polygons(code=code, smallest=10, tolerance=1.5)]
        together = QgsGeometry.unaryUnion(parts)
        assert sum(part.area() for part in parts) == pytest.approx(together.area(), rel=1e-9)
        assert together.area() == pytest.approx(53 * 70, rel=0.02)
        assert all(
            one.intersection(other).area() == pytest.approx(0, abs=1e-9)
            for one, other in itertools.combinations(parts, 2)
        )


def test_training_and_classification_in_one_model(run_model, make_raster, roofs, tmp_path, monkeypatch):
    """Labels of two areas become a classifier and a corrector, and those a map of all."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import processing
    from recurve.core import trained_network

    torch.set_num_threads(1)
    monkeypatch.setattr(trained_network, "_MIN_STEPS", 4)
    monkeypatch.setattr(trained_network, "_MAX_STEPS", 4)
    grey, labels = roofs(384, 1100, 2)
    image = make_raster(grey, "image.tif")
    roofs_only = make_raster((labels == 2).astype(np.uint8), "roofs.tif", nodata=0)
    outlines = str(tmp_path / "roofs.gpkg")
    processing.run("gdal:polygonize", {"INPUT": str(roofs_only), "BAND": 1, "FIELD": "a", "OUTPUT": outlines})
    areas = {}
    for name, left, right in (("rough_area", 0, 560), ("precise_area", 560, 1100)):
        extent = f"{500000 + left},{500000 + right},{2800000 - 384},2800000 [EPSG:32640]"
        areas[name] = str(tmp_path / f"{name}.gpkg")
        processing.run("native:extenttolayer", {"INPUT": extent, "OUTPUT": areas[name]})

    results, _ = run_model(
        "train_and_classify",
        image=str(image),
        rough_labels=outlines,
        precise_labels=outlines,
        **areas,
        classifier_epochs=1,
        corrector_epochs=1,
        **{
            "classifier:Classifier": str(tmp_path / "classifier.onnx"),
            "corrector:Corrector": str(tmp_path / "corrector.onnx"),
            "classify:Map": str(tmp_path / "map.tif"),
        },
    )

    # the defaults, which qgis_process leaves out
    made = read_contract(results["corrector:Corrector"])
    assert [entry.name for entry in made.classes] == [
        "background",
        "building",
    ]  # the defaults, left out as in qgis_process
    assert made.classifier_sha256 == file_sha256(results["classifier:Classifier"])
    drawn = gdal.Open(results["classify:Map"])
    assert (drawn.RasterYSize, drawn.RasterXSize) == labels.shape
    assert drawn.GetRasterBand(1).GetDefaultRAT().GetValueAsString(1, 1) == "building"
