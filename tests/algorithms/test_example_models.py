"""The models of resources/models: built from the present parameters, and run as the modeler runs them."""

import itertools
import math

import pytest

pytest.importorskip("qgis.core")

import numpy as np
from osgeo import gdal, osr
from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import NULL
from recurve.algorithms.parameters.pretrained import BUILDINGS
from recurve.models.onnx_file.reading import file_sha256, read_contract
from recurve.scripts import example_models
from recurve.scripts.buildings_to_polygons import BUILDING

OWN = "+proj=tmerc +lat_0=65 +lon_0=39 +k=0.5 +datum=WGS84"  # a system that is in no list
LON, LAT = 39.0, 65.0  # far enough north for a pixel of Web Mercator to be less than half a metre


def pixel_of_a_metre(system):
    """How far a metre on the ground at LON, LAT goes along x and y."""
    axis_m, squared_eccentricity, lat = 6378137.0, 0.00669437999, math.radians(LAT)
    flatness = 1 - squared_eccentricity * math.sin(lat) ** 2
    east, north = axis_m / math.sqrt(flatness), axis_m * (1 - squared_eccentricity) / flatness**1.5
    return {
        "EPSG:32637": (0.9996, 0.9996),
        "EPSG:4326": (math.degrees(1 / east) / math.cos(lat), math.degrees(1 / north)),
        "EPSG:3857": (axis_m / east / math.cos(lat), axis_m / north / math.cos(lat)),
        OWN: (0.5, 0.5),
    }[system]


SYSTEMS = ("EPSG:32637", "EPSG:4326", "EPSG:3857", OWN)


@pytest.fixture
def run_model(provider, feedback):
    """A function that runs a model's file; some of its parameters may be left out, as in qgis_process."""
    import processing

    def run(name, recorder=None, **parameters):
        model = QgsProcessingModelAlgorithm()
        assert model.fromFile(str(example_models.FOLDER / f"{name}.model3"))
        is_valid, faults = model.validate()
        assert is_valid, faults
        recorder = recorder or feedback()
        return processing.run(model, parameters, feedback=recorder), recorder.lines

    return run


def test_files_are_built_from_the_present_steps(provider, tmp_path):
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
                **{
                    "image": str(image),
                    "classifier": str(tiny.classifier),
                    "classify:Map": str(tmp_path / "map.tif"),
                    "attributes:Polygons": str(tmp_path / "polygons.gpkg"),
                    **parameters,
                },
            )
            layer = QgsVectorLayer(results["attributes:Polygons"], "polygons", "ogr")
            return [(QgsGeometry(f.geometry()), f.attributeMap()) for f in layer.getFeatures()]

        return made

    @pytest.fixture
    def image_in(self, image):
        """A function: the scene with pixels of a metre on the ground, in a coordinate reference system."""

        def made(system):
            raster, reference = gdal.Open(str(image), gdal.GA_Update), osr.SpatialReference()
            reference.SetFromUserInput(system)
            degrees = osr.SpatialReference()
            degrees.ImportFromEPSG(4326)
            for each in (reference, degrees):
                each.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
            left, top, _ = osr.CoordinateTransformation(degrees, reference).TransformPoint(LON, LAT)
            width, height = pixel_of_a_metre(system)
            raster.SetGeoTransform((left, width, 0.0, top, 0.0, -height))
            raster.SetProjection(reference.ExportToWkt())
            return str(image)

        return made

    def test_an_image_is_all_that_is_needed(self, run_model, root, tmp_path, read_raster):
        image = root / "resources" / "demo" / "buildings.tif"
        outputs = {"classify:Map": str(tmp_path / "map.tif"), "attributes:Polygons": "TEMPORARY_OUTPUT"}
        results, lines = run_model("buildings_to_polygons", image=str(image), **outputs)
        contract = read_contract(BUILDINGS.path)
        assert any(contract.name in line for line in lines)
        found = results["attributes:Polygons"]
        assert {feature["class"] for feature in found.getFeatures()} == {BUILDING}
        assert contract.classes[BUILDING - 1].name == "building"
        assert all(50 <= feature["confidence"] <= 100 for feature in found.getFeatures())
        pixel_m2 = (gdal.Open(str(image)).GetGeoTransform()[1] * math.cos(math.radians(27.63))) ** 2
        shown = (read_raster(tmp_path / "map.tif") == BUILDING).sum() * pixel_m2
        assert sum(feature["area_m2"] for feature in found.getFeatures()) == pytest.approx(shown, rel=0.02)

    def test_without_simplification_they_cover_what_the_map_shows(self, polygons, tmp_path, read_raster):
        found = polygons(class_value=2, smallest=1, tolerance=0)
        count = (read_raster(tmp_path / "map.tif") == 2).sum()
        assert sum(geometry.area() for geometry, _ in found) == pytest.approx(count, rel=1e-9)

    def test_a_corrector_of_ones_own_is_used(self, polygons, tiny, tmp_path, read_raster):
        maps = []
        for parameters in ({}, {"corrector": str(tiny.corrector)}):
            polygons(**parameters)
            maps.append(read_raster(tmp_path / "map.tif"))
        assert (maps[0] != maps[1]).any()

    def test_attributes(self, polygons, classify, image, tmp_path, read_raster):
        classify(INPUT=image, CORRECTOR=None, CONFIDENCE=tmp_path / "confidence.tif")
        confidence, found = read_raster(tmp_path / "confidence.tif"), polygons()
        assert found
        for geometry, attributes in found:
            assert attributes["class"] == 2
            # on the ground against UTM, whose scale is within 0.1 % of 1 here
            assert attributes["area_m2"] == pytest.approx(geometry.area(), rel=2e-3)
            assert confidence.min() <= attributes["confidence"] <= confidence.max()

    @pytest.mark.parametrize(("code", "is_told"), [(2, False), (7, True)])
    def test_a_class_that_the_map_has_not_is_told(self, run_model, image, tiny, tmp_path, code, is_told):
        outputs = {"classify:Map": str(tmp_path / "map.tif"), "attributes:Polygons": "TEMPORARY_OUTPUT"}
        results, lines = run_model(
            "buildings_to_polygons",
            image=str(image),
            classifier=str(tiny.classifier),
            class_value=code,
            **outputs,
        )
        assert (results["attributes:Polygons"].featureCount() == 0) == is_told
        told = [line for line in lines if line.endswith("Describe network lists them in this order.")]
        assert bool(told) == is_told, lines

    def test_small_parts_are_dropped_by_default_too(self, polygons):
        assert all(geometry.area() >= 50 for geometry, _ in polygons())
        assert any(geometry.area() < 50 for geometry, _ in polygons(smallest=1, tolerance=0))

    def test_neighbours_keep_their_borders_in_common(self, polygons):
        """All three classes of the scene, simplified by more than a pixel, still fill it without overlap."""
        parts = [g for code in (1, 2, 3) for g, _ in polygons(class_value=code, smallest=10, tolerance=1.5)]
        together = QgsGeometry.unaryUnion(parts)
        assert sum(part.area() for part in parts) == pytest.approx(together.area(), rel=1e-9)
        assert together.area() == pytest.approx(53 * 70, rel=0.02)
        assert all(
            one.intersection(other).area() == pytest.approx(0, abs=1e-6)
            for one, other in itertools.combinations(parts, 2)
        )

    @pytest.mark.parametrize("system", SYSTEMS)
    def test_areas_are_in_square_metres_in_any_system(
        self, polygons, image_in, tmp_path, read_raster, system
    ):
        found = polygons(image=image_in(system), smallest=1, tolerance=0)
        count = (read_raster(tmp_path / "map.tif") == 2).sum()
        assert sum(attributes["area_m2"] for _, attributes in found) == pytest.approx(count, rel=1e-3)

    def test_the_tolerance_is_in_metres_in_any_system(self, polygons, image_in):
        """3 m, at which many of the tiny classifier's steps of 4 m become a slope; a few, just at 3 m, as it falls."""
        simple = [polygons(image=image_in(system), smallest=10, tolerance=3) for system in SYSTEMS]
        exact = polygons(image=image_in(SYSTEMS[0]), smallest=10, tolerance=0)
        corners = [
            sum(geometry.constGet().nCoordinates() for geometry, _ in found) for found in (exact, *simple)
        ]
        areas = [sum(attributes["area_m2"] for _, attributes in found) for found in simple]
        assert corners[1] < 0.8 * corners[0]
        assert corners[2:] == pytest.approx(corners[1:2] * 3, rel=0.05)
        assert areas[1:] == pytest.approx(areas[:1] * 3, rel=0.02)

    def test_an_image_without_a_system_is_refused(self, polygons, feedback, make_raster, scene, tmp_path):
        for placed in (None, (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), (0.0, 0.3, 0.0, 0.0, 0.0, -0.3)):
            image = make_raster(scene, geotransform=placed)
            gdal.Open(str(image), gdal.GA_Update).SetProjection("")
            told = feedback()
            with pytest.raises(QgsProcessingException):
                polygons(image=str(image), recorder=told)
            assert any("The image has no coordinate reference system" in line for line in told.lines)
            assert not (tmp_path / "map.tif").exists()


def test_training_and_classification_in_one_model(run_model, make_raster, roofs, tmp_path, monkeypatch):
    """Labels of two areas become a classifier and a corrector, and those a map of all."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import processing
    from recurve.core.training import recipe as schedule

    torch.set_num_threads(1)
    monkeypatch.setattr(schedule, "_MIN_STEPS", 4)
    monkeypatch.setattr(schedule, "_MAX_STEPS", 4)
    grey, labels = roofs(384, 1100, 2)
    image = make_raster(grey, "image.tif")
    roofs_only = make_raster((labels == 2).astype(np.uint8), "roofs.tif", nodata=0)
    outlines = str(tmp_path / "roofs.gpkg")
    processing.run("gdal:polygonize", {"INPUT": str(roofs_only), "BAND": 1, "FIELD": "a", "OUTPUT": outlines})
    areas = {}
    for name, left, right in (("coarse_area", 0, 560), ("accurate_area", 560, 1100)):
        extent = f"{500000 + left},{500000 + right},{2800000 - 384},2800000 [EPSG:32640]"
        areas[name] = str(tmp_path / f"{name}.gpkg")
        processing.run("native:extenttolayer", {"INPUT": extent, "OUTPUT": areas[name]})

    results, _ = run_model(
        "train_and_classify",
        image=str(image),
        coarse_labels=outlines,
        accurate_labels=outlines,
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


class TestWhatPeopleType:
    """The models in the toolbox are as strict as the algorithms in them."""

    @pytest.fixture
    def refused(self, provider):
        """A function: the sentence in which a model refuses values before it runs."""

        def one(**parameters):
            model = provider.algorithm("buildingstopolygons").create()
            accepted, sentence = model.checkParameterValues(parameters, QgsProcessingContext())
            assert not accepted
            return sentence

        return one

    def test_an_unknown_id(self, refused):
        assert "There is no parameter tolerances; did you mean tolerance? The parameters are " in refused(
            tolerances=1
        )

    def test_a_number_that_is_none(self, refused):
        assert "(tolerance) is 'nan', and a number is needed here." in refused(tolerance="nan")
        assert "(smallest) is 2.5, and a whole number is needed here." in refused(smallest=2.5)

    def test_null_is_the_default_also_in_the_run(self, provider, feedback, image, tiny, tmp_path):
        import processing

        given = {
            "image": str(image),
            "classifier": str(tiny.classifier),
            "classify:Map": str(tmp_path / "map.tif"),
        }
        counts = []
        for name, smallest in (("default", {}), ("null", {"smallest": NULL, "tolerance": NULL})):
            made = processing.run(
                "recurve:buildingstopolygons",
                {**given, **smallest, "attributes:Polygons": str(tmp_path / f"{name}.gpkg")},
                feedback=feedback(),
            )
            counts.append(QgsVectorLayer(str(made["attributes:Polygons"]), name, "ogr").featureCount())
        assert counts[0] == counts[1] > 0

    def test_a_fraction_in_a_step(self, provider, image, tiny, feedback):
        """QGIS checks no value of a step."""
        step = QgsProcessingModelChildAlgorithm("recurve:classify")
        step.setChildId("classify")
        for name, value in {
            "INPUT": str(image),
            "CLASSIFIER": str(tiny.classifier),
            "ITERATIONS": 2.5,
        }.items():
            step.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
        model = QgsProcessingModelAlgorithm("m", "m")
        model.addChildAlgorithm(step)
        told = feedback()
        _, succeeded = model.run({}, QgsProcessingContext(), told)
        assert not succeeded
        assert any("(ITERATIONS) is 2.5, and a whole number is needed here." in line for line in told.lines)
