"""recurve:classify through processing.run: what it makes, of which pixels, and what it says."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from recurve.models.onnx_file.reading import file_sha256


@pytest.fixture
def mask_layer(qgis_new_project):
    """A function that adds a polygon layer to the project."""

    def make(*texts, crs="EPSG:32640"):
        layer = QgsVectorLayer(f"Polygon?crs={crs}", "fields", "memory")
        for text in texts:
            feature = QgsFeature()
            feature.setGeometry(QgsGeometry.fromWkt(text))
            layer.dataProvider().addFeature(feature)
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


def box(left, bottom, right, top):
    return f"POLYGON(({left} {bottom}, {right} {bottom}, {right} {top}, {left} {top}, {left} {bottom}))"


class TestMap:
    def test_0_iterations_give_the_classifiers_map(self, classify, image, scene, tiny, read_raster):
        results, _ = classify(INPUT=image, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))

    def test_the_correction_changes_it_and_iterations_default_to_the_contract(
        self, classify, image, read_raster
    ):
        maps = {}
        for iterations in (None, 0, 2, 3):
            results, _ = classify(INPUT=image, ITERATIONS=iterations)
            maps[iterations] = read_raster(results["OUTPUT"])[0]
        np.testing.assert_array_equal(maps[None], maps[3])
        assert (maps[3] != maps[0]).any()
        assert (maps[3] != maps[2]).any()

    @pytest.mark.parametrize("side", [1, 16, 33, 1000])
    def test_the_tile_side_does_not_matter(self, classify, image, read_raster, tmp_path, side):
        outputs = {"CONFIDENCE": str(tmp_path / "confidence.tif"), "SCORES": str(tmp_path / "scores.tif")}
        whole, _ = classify(INPUT=image, **outputs)
        expected = [read_raster(whole[name]) for name in ("OUTPUT", "CONFIDENCE", "SCORES")]
        tiled, _ = classify(INPUT=image, TILE_SIDE=side, **outputs)
        for name, array in zip(("OUTPUT", "CONFIDENCE", "SCORES"), expected):
            np.testing.assert_allclose(read_raster(tiled[name]), array, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(read_raster(tiled["OUTPUT"]), expected[0])

    def test_grid_colours_names_and_provenance_are_in_the_file(self, classify, image, tiny, root):
        results, _ = classify(INPUT=image)
        made, source = gdal.Open(results["OUTPUT"]), gdal.Open(str(image))
        assert made.GetGeoTransform() == source.GetGeoTransform()
        assert made.GetSpatialRef().IsSame(source.GetSpatialRef())
        assert (made.RasterXSize, made.RasterYSize, made.RasterCount) == (70, 53, 1)
        band = made.GetRasterBand(1)
        assert band.DataType == gdal.GDT_Byte
        assert band.GetNoDataValue() == 0
        assert band.GetCategoryNames() == ["No data", "Dark", "Middle", "Bright"]
        assert band.GetColorTable().GetColorEntry(2) == (0x3A, 0x7D, 0x44, 255)
        assert band.GetDefaultRAT().GetRowCount() == 3
        metadata = made.GetMetadata()
        assert metadata["RECURVE_CLASSIFIER_SHA256"] == file_sha256(tiny.classifier)
        assert metadata["RECURVE_CORRECTOR_SHA256"] == file_sha256(tiny.corrector)
        assert metadata["RECURVE_ITERATIONS"] == "3"
        assert metadata["RECURVE_DEVICE"] == "CPU"
        assert f"version={metadata['RECURVE_VERSION']}\n" in (root / "metadata.txt").read_text(
            encoding="utf-8"
        )

    def test_confidence_and_scores(self, classify, image, read_raster, tmp_path):
        outputs = {"CONFIDENCE": str(tmp_path / "confidence.tif"), "SCORES": str(tmp_path / "scores.tif")}
        results, _ = classify(INPUT=image, **outputs)
        assert set(results) == {"OUTPUT", "CONFIDENCE", "SCORES"}
        codes, percent, scores = (read_raster(results[name]) for name in ("OUTPUT", "CONFIDENCE", "SCORES"))
        assert scores.shape == (3, 53, 70)
        assert scores.dtype == np.float32
        np.testing.assert_array_equal(codes[0], scores.argmax(axis=0) + 1)
        odds = np.exp(scores.astype(np.float64) - scores.max(axis=0))
        softmax = odds / odds.sum(axis=0)
        np.testing.assert_allclose(percent[0], 100 * softmax.max(axis=0), atol=0.51)

    def test_only_what_is_asked_for_is_written(self, classify, image, tmp_path, made_files):
        results, _ = classify(INPUT=image)
        assert set(results) == {"OUTPUT"}
        assert made_files(tmp_path) == {"map.tif", "map.tif.aux.xml", "map.qml"}

    def test_a_temporary_output(self, classify, image, scene, tiny, read_raster):
        results, _ = classify(INPUT=image, ITERATIONS=0, OUTPUT="TEMPORARY_OUTPUT")
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))

    def test_a_layer_as_input(self, classify, image, scene, tiny, read_raster):
        results, _ = classify(INPUT=QgsRasterLayer(str(image), "scene"), ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))

    def test_bands_in_another_order(self, classify, make_raster, scene, tiny, read_raster):
        extra = np.full_like(scene[:1], 255)
        path = make_raster(np.concatenate([extra, scene[::-1]]))
        results, _ = classify(
            INPUT=path, BANDS=["4", "3", "2"], ITERATIONS=0
        )  # as qgis_process hands them over
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))

    def test_bands_by_their_names(self, classify, make_raster, scene, tiny, read_raster):
        extra = np.full_like(scene[:1], 255)
        path = make_raster(np.concatenate([scene[::-1], extra]), names=["blue", "green", "red", "nir"])
        results, lines = classify(INPUT=path, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))
        assert "Bands of the image: red = 3, green = 2, blue = 1 (so named in the image)." in lines

    @pytest.mark.parametrize("dtype", ["uint16", "int16", "float32"])
    def test_types(self, classify, make_raster, scene, tiny, read_raster, dtype):
        results, _ = classify(INPUT=make_raster(scene.astype(dtype)), ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))

    def test_values_in_other_units(self, classify, make_raster, scene, tiny, read_raster):
        path = make_raster((scene / 255).astype(np.float32))
        results, lines = classify(INPUT=path, ITERATIONS=0)
        assert any('set "Multiply the image\'s values by" (VALUE_SCALE) to 255.' in line for line in lines)
        assert (read_raster(results["OUTPUT"])[0] != tiny.expected_map(scene)).any()
        results, lines = classify(INPUT=path, ITERATIONS=0, VALUE_SCALE=255)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))
        assert not any("expect a poor map" in line for line in lines)

    @pytest.mark.parametrize("shape", [(1, 1), (1, 9), (3, 2), (4, 4)])
    def test_images_smaller_than_the_halo(self, classify, make_raster, scene, tiny, read_raster, shape):
        small = scene[:, : shape[0], : shape[1]]
        results, _ = classify(INPUT=make_raster(small), ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(small))
        results, _ = classify(INPUT=make_raster(small))
        assert read_raster(results["OUTPUT"]).shape == (1, *shape)

    def test_an_output_that_is_there_is_replaced(self, classify, image, scene, tiny, read_raster, tmp_path):
        (tmp_path / "map.tif").write_bytes(b"an older map")
        results, _ = classify(INPUT=image, ITERATIONS=0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))


class TestResample:
    """The tiny network is for pixels of 1 m; its classes are grey values, so a flat patch keeps its class."""

    FINE = (500000.0, 0.25, 0.0, 2800000.0, 0.0, -0.25)

    def test_the_network_sees_its_pixel_size_and_the_map_has_the_images(
        self, classify, make_raster, scene, tiny, read_raster
    ):
        fine = np.kron(scene, np.ones((1, 4, 4), np.uint8))
        fine[:, :40, :60] = 0
        path = make_raster(fine, geotransform=self.FINE, nodata=0)
        results, lines = classify(INPUT=path, ITERATIONS=0, RESAMPLE=True)
        found, made = read_raster(results["OUTPUT"])[0], gdal.Open(results["OUTPUT"])
        assert found.shape == fine.shape[1:]
        assert made.GetGeoTransform() == self.FINE
        assert made.GetMetadata()["RECURVE_RESAMPLE"] == "4 x 4 pixels"
        assert (
            "Resampled: pixels of 0.25 x 0.25 m become 1 x 1 m for the networks; the map has the image's pixels."
            in lines
        )
        assert not any("expect a poor map" in line for line in lines)
        np.testing.assert_array_equal(found == 0, (fine == 0).all(axis=0))
        # the middles of the network's cells of 4 x 4 m, where no other cell's scores come in
        expected = tiny.expected_map(scene)[2:-1:4, 2:-1:4]
        at = np.ix_(range(10, 208, 16), range(10, 272, 16))
        same = found[at][3:, 4:] == expected[: len(found[at]), : found[at].shape[1]][3:, 4:]
        assert same.all()

    @pytest.mark.parametrize("side", [1, 50])
    def test_the_tile_side_does_not_matter(self, classify, make_raster, scene, read_raster, tmp_path, side):
        path = make_raster(scene, geotransform=(500000.0, 0.3, 0.0, 2800000.0, 0.0, -0.45))
        outputs = {"CONFIDENCE": str(tmp_path / "confidence.tif"), "SCORES": str(tmp_path / "scores.tif")}
        maps = []
        for tile_side in (None, side):
            results, _ = classify(INPUT=path, RESAMPLE=True, TILE_SIDE=tile_side, **outputs)
            maps.append([read_raster(results[name]) for name in ("OUTPUT", "CONFIDENCE", "SCORES")])
        for whole, tiled in zip(*maps):
            np.testing.assert_allclose(tiled, whole, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(maps[0][0], maps[1][0])

    def test_an_image_that_fits_stays_as_it_is(self, classify, image, scene, tiny, read_raster):
        results, lines = classify(INPUT=image, ITERATIONS=0, RESAMPLE=True)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))
        assert not any("Resampled" in line for line in lines)

    def test_without_georeferencing_is_refused(self, refusal, make_raster, scene):
        message = refusal(INPUT=make_raster(scene, geotransform=None), RESAMPLE=True)
        assert "The image has no georeferencing, so its pixel size is unknown" in message


class TestExtent:
    def test_the_same_pixels_as_in_the_whole_map(self, classify, image, read_raster):
        whole, _ = classify(INPUT=image)
        expected = read_raster(whole["OUTPUT"])[0]
        part, _ = classify(INPUT=image, EXTENT="500005,500032,2799957,2799990 [EPSG:32640]")
        np.testing.assert_array_equal(read_raster(part["OUTPUT"])[0], expected[10:43, 5:32])
        assert gdal.Open(part["OUTPUT"]).GetGeoTransform() == (500005, 1, 0, 2799990, 0, -1)

    def test_in_other_coordinates(self, classify, image, read_raster):
        results, _ = classify(INPUT=image, EXTENT="56,58,25,26 [EPSG:4326]")
        assert read_raster(results["OUTPUT"]).shape == (1, 53, 70)

    def test_without_georeferencing(self, classify, make_raster, scene, tiny, read_raster):
        path = make_raster(scene, geotransform=None)
        results, _ = classify(INPUT=path, ITERATIONS=0, EXTENT="4,20,-16,-8")
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene)[8:16, 4:20])
        assert gdal.Open(results["OUTPUT"]).GetGeoTransform(can_return_null=True) is None

    def test_beside_the_image_is_refused(self, refusal, image, tmp_path):
        message = refusal(INPUT=image, EXTENT="0,10,0,10 [EPSG:32640]")
        assert "is outside the image, which covers" in message
        assert "choose an extent that overlaps the image" in message
        assert not (tmp_path / "map.tif").exists()


class TestMask:
    def test_pixels_outside_have_no_data(
        self, classify, image, scene, tiny, read_raster, mask_layer, tmp_path
    ):
        layer = mask_layer(box(500010, 2799960, 500030, 2799990), box(500040, 2799950, 500041, 2799951))
        outputs = {"CONFIDENCE": str(tmp_path / "confidence.tif"), "SCORES": str(tmp_path / "scores.tif")}
        results, _ = classify(INPUT=image, MASK=layer, ITERATIONS=0, **outputs)
        inside = np.zeros((53, 70), bool)
        inside[10:40, 10:30] = inside[49, 40] = True
        expected = np.where(inside, tiny.expected_map(scene), 0)
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0] > 0, inside)
        # every pixel inside is what it is without a mask: the networks see what lies beside it
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
        np.testing.assert_array_equal(read_raster(results["CONFIDENCE"])[0] == 255, ~inside)
        np.testing.assert_array_equal(np.isnan(read_raster(results["SCORES"])), np.stack([~inside] * 3))

    def test_selected_features_only(self, classify, image, read_raster, mask_layer):
        layer = mask_layer(box(500000, 2799960, 500010, 2800000), box(500020, 2799960, 500030, 2800000))
        layer.selectByIds([max(layer.allFeatureIds())])
        mask = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
        results, _ = classify(INPUT=image, MASK=mask)
        inside = np.zeros((53, 70), bool)
        inside[:40, 20:30] = True
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0] > 0, inside)

    def test_none_selected_is_not_everywhere(self, refusal, image, mask_layer):
        layer = mask_layer(box(500000, 2799960, 500010, 2800000))
        mask = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
        assert "The mask fields has no polygon to use; draw or select some" in refusal(INPUT=image, MASK=mask)

    @pytest.mark.parametrize("given", ["none.gpkg", 5, QgsProcessingFeatureSourceDefinition("nowhere", True)])
    def test_what_cannot_be_opened_is_not_everywhere(self, provider, image, tiny, given):
        parameters = {"INPUT": str(image), "CLASSIFIER": str(tiny.classifier), "MASK": given, "ITERATIONS": 0}
        algorithm = provider.algorithm("classify").create()
        with pytest.raises(
            QgsProcessingException, match="which cannot be opened as a vector layer; choose a layer"
        ):
            algorithm.prepareAlgorithm(parameters, QgsProcessingContext(), QgsProcessingFeedback(False))

    def test_in_other_coordinates(self, classify, image, read_raster, mask_layer):
        layer = mask_layer(
            box(56, 25, 57.0003, 25.5), crs="EPSG:4326"
        )  # the meridian at 500000 m is 57 degrees
        results, _ = classify(INPUT=image, MASK=layer)
        inside = read_raster(results["OUTPUT"])[0] > 0
        assert inside[:, :29].all()
        assert not inside[:, 32:].any()

    def test_beside_the_image_is_refused(self, refusal, image, mask_layer, tmp_path):
        message = refusal(INPUT=image, MASK=mask_layer(box(0, 0, 10, 10)))
        assert "No polygon of the mask fields (1 in all) overlaps the part of the image" in message
        assert not (tmp_path / "map.tif").exists()

    def test_beside_the_extent_is_refused(self, refusal, image, mask_layer):
        layer = mask_layer(box(500040, 2799960, 500050, 2799990))
        message = refusal(INPUT=image, MASK=layer, EXTENT="500000,500020,2799960,2800000 [EPSG:32640]")
        assert "overlaps the part of the image that counts" in message


class TestLog:
    def test_names_device_networks_iterations_tiles_and_speed(self, classify, image):
        _, lines = classify(INPUT=image, TILE_SIDE=32)
        log = "\n".join(lines)
        for words in (
            "Device: CPU. Precision: fp32.",
            "Classifier: tiny classifier.",
            "Corrector: tiny corrector. Iterations: 3.",
            "Tiles: 6, read",
            "Mpx/s",
        ):
            assert words in log

    def test_says_why_a_map_is_not_corrected(self, classify, image, make_network):
        other = make_network("classifier", name="another")
        _, lines = classify(INPUT=image, CLASSIFIER=other, CORRECTOR=None, ITERATIONS=0)
        assert "0 iterations: the map is not corrected." in lines

    def test_speed_is_that_of_the_pixels_with_a_class(self, classify, make_raster, mask_layer):
        scene = np.random.default_rng(0).integers(1, 250, (3, 400, 500)).astype(np.uint8)
        path, mask = make_raster(scene), mask_layer(box(500000, 2799900, 500100, 2800000))
        assert any("0.20 Mpx mapped in " in line for line in classify(INPUT=path)[1])
        assert any("0.01 Mpx mapped in " in line for line in classify(INPUT=path, MASK=mask)[1])

    def test_says_how_much_of_the_image_an_extent_is(self, classify, image):
        _, lines = classify(INPUT=image, EXTENT="500005,500032,2799957,2799990 [EPSG:32640]")
        assert "Extent: 27 x 33 of the image's 70 x 53 pixels." in lines
        assert not any(line.startswith("Extent:") for line in classify(INPUT=image)[1])

    def test_warns_of_pixels_of_another_size(self, classify, make_raster, scene):
        path = make_raster(scene, geotransform=(500000.0, 10.0, 0.0, 2800000.0, 0.0, -10.0))
        _, lines = classify(INPUT=path)
        assert any("pixels are 10 m wide, 10 times those" in line for line in lines)

    def test_progress_rises_to_the_end(self, classify, image, feedback):
        told = feedback()
        classify(told, INPUT=image, TILE_SIDE=16)
        assert told.fractions == sorted(told.fractions)
        assert told.fractions[-1] == 1


def test_files_are_looked_at_once_before_the_run(provider, image, tiny, tmp_path, monkeypatch):
    """What the dialog checks is what the run is prepared from: each file is opened once for it."""
    from recurve.algorithms.layers import image as layers_image
    from recurve.algorithms.parameters import network_files

    opened = []

    class Reader(layers_image.RasterReader):
        def __init__(self, path, *arguments):
            opened.append(path)
            super().__init__(path, *arguments)

    read_network = network_files.read_network
    monkeypatch.setattr(layers_image, "RasterReader", Reader)
    monkeypatch.setattr(
        network_files, "read_network", lambda path: opened.append(str(path)) or read_network(path)
    )
    parameters = {"INPUT": str(image), "CLASSIFIER": str(tiny.classifier), "CORRECTOR": str(tiny.corrector)}
    parameters["OUTPUT"] = str(tmp_path / "map.tif")
    accepted, message = provider.algorithm("classify").checkParameterValues(
        parameters, QgsProcessingContext()
    )
    assert accepted, message
    assert sorted(opened) == sorted([str(image), str(tiny.classifier), str(tiny.corrector)])
