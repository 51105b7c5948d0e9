"""recurve:correct through processing.run: maps of any origin, what comes out, and what is refused in which words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import QgsProcessingException, QgsRasterLayer
from recurve.algorithms.parameters import network_files
from recurve.models.onnx_file.reading import file_sha256

TABLE = "10=dark,20=middle,30=bright"


@pytest.fixture
def codes(scene, tiny):
    """A map (53, 70) of the scene in the codes 10, 20, 30."""
    return 10 * tiny.expected_map(scene)


@pytest.fixture
def code_map(make_raster, codes):
    """The same as a file."""
    return make_raster(codes, "codes.tif")


@pytest.fixture(scope="session")
def corrector(make_network):
    """A corrector trained on maps, which does not say of which kind."""
    return make_network("corrector")


@pytest.fixture
def correct(provider, corrector, image, tmp_path, feedback):
    """A function that runs recurve:correct and gives its results and the log's lines."""
    import processing

    def run(told=None, **parameters):
        told = told or feedback()
        settings = {"INPUT": image, "CORRECTOR": corrector, "OUTPUT": tmp_path / "map.tif", **parameters}
        settings = {
            name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
        }
        return processing.run("recurve:correct", settings, feedback=told), told.lines

    return run


@pytest.fixture
def refusal(correct, feedback):
    """A function that runs recurve:correct, expects it to refuse, and gives all that the user reads."""

    def run(**parameters):
        told = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            correct(told, **parameters)
        return "\n".join([str(refused.value), *told.lines])

    return run


class TestMap:
    def test_0_iterations_give_the_maps_own_codes(self, correct, code_map, codes, read_raster):
        results, _ = correct(MAP=code_map, CLASS_TABLE=TABLE, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes)

    def test_the_correction_changes_it_and_iterations_default_to_the_contract(
        self, correct, code_map, codes, read_raster, tmp_path
    ):
        iterates = {"ITERATES": tmp_path / "iterates.tif"}
        results, lines = correct(MAP=code_map, CLASS_TABLE=TABLE, **iterates)
        every = read_raster(results["ITERATES"])
        assert every.shape == (4, 53, 70)
        np.testing.assert_array_equal(every[0], codes)
        np.testing.assert_array_equal(every[-1], read_raster(results["OUTPUT"])[0])
        assert (every[0] != every[-1]).any()
        assert set(np.unique(every)) == {10, 20, 30}
        for words in (
            "Corrector: tiny corrector. Iterations: 3.",
            "Class values of the map: 10 = Dark, 20 = Middle, 30 = Bright.",
        ):
            assert words in lines
        assert any(line.startswith("Device: CPU. Precision: fp32.") for line in lines)
        without, _ = correct(MAP=code_map, CLASS_TABLE=TABLE)
        np.testing.assert_array_equal(read_raster(without["OUTPUT"])[0], every[-1])

    @pytest.mark.parametrize("side", [16, 33])
    def test_the_tile_side_does_not_matter(self, correct, code_map, read_raster, tmp_path, side):
        names = ("OUTPUT", "CONFIDENCE", "SCORES", "ITERATES")
        outputs = {name: tmp_path / f"{name}.tif" for name in names}
        whole, _ = correct(MAP=code_map, CLASS_TABLE=TABLE, **outputs)
        expected = [read_raster(whole[name]) for name in names]
        tiled, _ = correct(MAP=code_map, CLASS_TABLE=TABLE, TILE_SIDE=side, **outputs)
        for name, array in zip(names, expected):
            np.testing.assert_array_equal(read_raster(tiled[name]), array)

    def test_a_map_of_recurve_keeps_its_names_and_colours(self, classify, correct, image, tmp_path):
        made, _ = classify(INPUT=image, OUTPUT=str(tmp_path / "classified.tif"))
        results, lines = correct(MAP=made["OUTPUT"], MAP_KIND="classes")
        written = gdal.Open(results["OUTPUT"])
        metadata, band = written.GetMetadata(), written.GetRasterBand(1)
        assert band.GetCategoryNames() == ["No data", "Dark", "Middle", "Bright"]
        assert band.GetColorTable().GetColorEntry(2) == (0x3A, 0x7D, 0x44, 255)
        assert metadata["RECURVE_MAP"] == made["OUTPUT"]
        assert metadata["RECURVE_MAP_KIND"] == "classes"
        assert metadata["RECURVE_ITERATIONS"] == "3"
        assert not any("expect a poor" in line for line in lines)

    def test_an_extent(self, correct, code_map, read_raster):
        whole, _ = correct(MAP=code_map, CLASS_TABLE=TABLE)
        expected = read_raster(whole["OUTPUT"])[0]
        part, _ = correct(
            MAP=code_map, CLASS_TABLE=TABLE, EXTENT="500010,500040,2799960,2799990 [EPSG:32640]"
        )
        np.testing.assert_array_equal(read_raster(part["OUTPUT"])[0], expected[10:40, 10:40])

    def test_a_layer_as_map(self, correct, code_map, codes, read_raster):
        results, _ = correct(MAP=QgsRasterLayer(str(code_map), "codes"), CLASS_TABLE=TABLE, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes)

    def test_a_coarser_map_in_other_coordinates(self, correct, make_raster, read_raster, tmp_path):
        """In UTM zone 39, for an image in zone 40."""
        grid = {"geotransform": (499900, 5, 0, 2800100, 0, -5)}
        near = gdal.Open(str(make_raster(np.full((1, 60, 60), 20, np.uint8), "near.tif", **grid)))
        far = gdal.Warp("", near, format="MEM", dstSRS="EPSG:32639", dstNodata=255)
        path = str(tmp_path / "zone39.tif")
        gdal.GetDriverByName("GTiff").CreateCopy(path, far)
        results, _ = correct(MAP=path, CLASS_TABLE=TABLE, ITERATIONS=0)
        assert (read_raster(results["OUTPUT"])[0] == 20).all()


class TestKinds:
    def test_scores_of_the_classifier_give_the_map_of_classify(
        self, classify, correct, image, tiny, read_raster, tmp_path
    ):
        """The way from image to map in two steps: the same codes, and no warning."""
        one_step, _ = classify(INPUT=image, OUTPUT=str(tmp_path / "one.tif"))
        expected = read_raster(one_step["OUTPUT"])[0]
        scores, _ = classify(INPUT=image, ITERATIONS=0, SCORES=str(tmp_path / "scores.tif"))
        results, lines = correct(MAP=scores["SCORES"], MAP_KIND="scores", CORRECTOR=tiny.corrector)
        found = read_raster(results["OUTPUT"])[0]
        # at the image's edge classify has the classifier's own scores of the mirrored image, here they are mirrored
        np.testing.assert_array_equal(found[6:-6, 6:-6], expected[6:-6, 6:-6])
        assert not any("expect a poor" in line for line in lines)
        assert "Bands (scores) of the map: 1 = Dark, 2 = Middle, 3 = Bright." in lines
        metadata = gdal.Open(results["OUTPUT"]).GetMetadata()
        assert metadata["RECURVE_CLASSIFIER_SHA256"] == file_sha256(tiny.classifier)

    @pytest.mark.parametrize("scale", [1, 255])
    def test_probabilities(self, correct, make_raster, codes, read_raster, scale):
        shares = np.where(codes // 10 - 1 == np.arange(3)[:, None, None], 0.6, 0.2)
        values = np.rint(shares * scale).astype(np.uint8) if scale > 1 else shares.astype(np.float32)
        results, _ = correct(
            MAP=make_raster(values, "soft.tif"),
            MAP_KIND="probabilities",
            ITERATIONS=0,
            CONFIDENCE="TEMPORARY_OUTPUT",
        )
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes // 10)
        assert (read_raster(results["CONFIDENCE"]) == 60).all()

    def test_as_the_corrector_says(self, correct, make_raster, make_network, codes, read_raster):
        shares = np.where(codes // 10 - 1 == np.arange(3)[:, None, None], 0.6, 0.2).astype(np.float32)
        of_probabilities = make_network("corrector", map_kind="probabilities")
        path = make_raster(shares, "soft.tif")
        results, lines = correct(MAP=path, ITERATIONS=0, CORRECTOR=of_probabilities)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes // 10)
        assert not any("expect a poor" in line for line in lines)
        _, lines = correct(MAP=path, MAP_KIND="scores", CORRECTOR=of_probabilities)
        assert any(
            "trained on maps of probabilities, and this map holds scores: expect" in line for line in lines
        )

    def test_a_corrector_of_a_classifier_warns(self, correct, code_map, tiny):
        _, lines = correct(MAP=code_map, CLASS_TABLE=TABLE, CORRECTOR=tiny.corrector)
        assert any(
            "this map (classes) is not known to be made by it: expect a poor" in line for line in lines
        )


class TestRefusals:
    def test_several_bands_of_an_unknown_kind(self, refusal, make_raster):
        path = make_raster(np.ones((3, 53, 70), np.float32), "soft.tif")
        assert "which may hold probabilities or scores: say which kind of map it is" in refusal(MAP=path)

    def test_another_number_of_bands(self, refusal, make_raster):
        path = make_raster(np.ones((2, 53, 70), np.float32), "soft.tif")
        message = refusal(MAP=path, MAP_KIND="scores")
        assert "has 2 bands, and a map of scores needs one for each of the network's 3 classes" in message

    def test_unknown_codes(self, refusal, code_map, tmp_path):
        message = refusal(MAP=code_map)
        assert "holds values of no class: 10, 20, 30. Say in a class table" in message
        assert not (tmp_path / "map.tif").exists()

    def test_a_mask_whose_nodata_value_is_a_class(
        self, refusal, correct, make_raster, codes, read_raster, tmp_path
    ):
        path = make_raster((codes // 10 - 1).astype(np.uint8), "mask.tif", nodata=0)
        message = refusal(MAP=path)
        assert "of them it has only 1, 2 where" in message
        assert "0 is its nodata value" in message
        assert not (tmp_path / "map.tif").exists()
        results, _ = correct(MAP=path, CLASS_TABLE="0=dark,1=middle,2=bright", ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], codes // 10 - 1)

    def test_a_class_without_a_code(self, refusal, code_map):
        message = refusal(MAP=code_map, CLASS_TABLE="10=dark,20=middle")
        assert "The class table '10=dark,20=middle' has no value for Bright" in message

    def test_another_place(self, refusal, make_raster, codes):
        path = make_raster(codes, "far.tif", geotransform=(10.0, 0.01, 0.0, 50.0, 0.0, -0.01), epsg=4326)
        assert "do not overlap" in refusal(MAP=path, CLASS_TABLE=TABLE)

    def test_no_map(self, refusal):
        assert 'No raster was given as "Map to correct" (MAP)' in refusal(MAP="")

    def test_no_corrector_where_the_universal_one_is_missing(self, refusal, code_map, monkeypatch, tmp_path):
        monkeypatch.setattr(network_files, "universal_path", lambda: tmp_path / "none.onnx")
        message = refusal(MAP=code_map, CORRECTOR="")
        assert "The universal corrector, which comes with Recurve" in message
        assert "install Recurve again, or choose the file of a corrector" in message

    def test_a_classifier_as_corrector(self, refusal, code_map, tiny):
        message = refusal(MAP=code_map, CORRECTOR=tiny.classifier)
        assert "is a classifier (tiny classifier), and a corrector is needed here" in message

    def test_too_few_bands_of_the_image(self, refusal, code_map, make_raster, scene):
        message = refusal(INPUT=make_raster(scene[:1], "grey.tif"), MAP=code_map, CLASS_TABLE=TABLE)
        assert (
            "The number of bands in the image is 1, and the corrector tiny corrector needs 3 (red, green, blue)"
            in message
        )

    def test_the_map_as_output(self, refusal, code_map):
        before = code_map.read_bytes()
        message = refusal(MAP=code_map, CLASS_TABLE=TABLE, OUTPUT=code_map)
        assert f'would take the place of {code_map}, which is read as "Map to correct" (MAP)' in message
        assert code_map.read_bytes() == before


class TestStopped:
    def test_a_stopped_run_goes_on(self, correct, code_map, read_raster, feedback, tmp_path):
        whole, _ = correct(MAP=code_map, CLASS_TABLE=TABLE, OUTPUT=tmp_path / "whole.tif")
        with pytest.raises(QgsProcessingException, match="goes on from its finished tiles"):
            correct(feedback(cancel_after=4), MAP=code_map, CLASS_TABLE=TABLE, TILE_SIDE=16)
        results, lines = correct(MAP=code_map, CLASS_TABLE=TABLE, TILE_SIDE=16)
        assert any("tiles were finished before and are kept" in line for line in lines)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"]), read_raster(whole["OUTPUT"]))


def test_from_outside(profile, call, image, code_map, codes, corrector, read_raster, tmp_path):
    """The real qgis_process, in a process without anything of the tests."""
    settings = {
        "INPUT": image,
        "MAP": code_map,
        "MAP_KIND": "classes",
        "CLASS_TABLE": TABLE,
        "CORRECTOR": corrector,
        "DEVICE": "CPU",
        "OUTPUT": tmp_path / "map.tif",
        "ITERATES": tmp_path / "iterates.tif",
    }
    arguments = [f"{name}={value}" for name, value in settings.items()]
    done = call(profile, "run", "recurve:correct", "--", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    iterates = read_raster(tmp_path / "iterates.tif")
    np.testing.assert_array_equal(iterates[0], codes)
    np.testing.assert_array_equal(iterates[-1], read_raster(tmp_path / "map.tif")[0])
    refused = call(profile, "run", "recurve:correct", "--", *[a for a in arguments if "CLASS_TABLE" not in a])
    assert refused.returncode != 0
    assert "holds values of no class: 10, 20, 30." in refused.stdout + refused.stderr
