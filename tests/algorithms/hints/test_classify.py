"""recurve:classify with the universal corrector where a classifier has none of its own, and with hints."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import QgsProcessingException
from recurve.models.onnx_file.reading import file_sha256

from .conftest import at

ITERATIONS = 3


@pytest.fixture
def flat(make_raster):
    """An image (3, 53, 70) whose left half is dark and whose right half is bright."""
    pixels = np.full((3, 53, 70), 40, np.uint8)
    pixels[:, :, 36:] = 210
    return make_raster(pixels, "flat.tif")


def test_a_classifier_without_a_corrector_takes_the_universal_one(classify, flat, shipped, read_raster):
    results, lines = classify(INPUT=flat, CORRECTOR=None)
    assert "Corrector: tiny universal corrector. Iterations: 3." in lines
    assert any(
        "made for maps of any classes, and not for this classifier; 0 iterations" in line for line in lines
    )
    assert gdal.Open(results["OUTPUT"]).GetMetadata()["RECURVE_CORRECTOR_SHA256"] == file_sha256(shipped)
    assert {1, 3} <= set(np.unique(read_raster(results["OUTPUT"])))


def test_0_iterations_give_the_classifiers_own_map(classify, image, scene, tiny, read_raster):
    results, lines = classify(INPUT=image, CORRECTOR=None, ITERATIONS=0)
    np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], tiny.expected_map(scene))
    assert "0 iterations: the map is not corrected." in lines


@pytest.mark.parametrize("side", [None, 16])
def test_hints_by_name_and_by_value(classify, flat, drawn, read_raster, tmp_path, side):
    without, _ = classify(INPUT=flat, CORRECTOR=None, OUTPUT=tmp_path / "without.tif")
    expected = read_raster(without["OUTPUT"])[0].copy()
    expected[20 - ITERATIONS : 21 + ITERATIONS, 10 - ITERATIONS : 11 + ITERATIONS] = 2
    expected[40 - ITERATIONS : 41 + ITERATIONS, 60 - ITERATIONS : 61 + ITERATIONS] = 1
    results, lines = classify(
        INPUT=flat, CORRECTOR=None, TILE_SIDE=side, HINTS=drawn((at(20, 10), "middle"), (at(40, 60), "1"))
    )
    np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
    assert "Hints: 2 by the field class (Dark 1, Middle 1)." in lines


def test_only_around_hints_the_classifiers_map_changes(classify, image, scene, tiny, drawn, read_raster):
    codes = tiny.expected_map(scene)
    other = codes[20, 10] % 3 + 1
    results, _ = classify(
        INPUT=image, CORRECTOR=None, HINTS=drawn((at(20, 10), str(other))), ONLY_AROUND_HINTS=True
    )
    found = read_raster(results["OUTPUT"])[0]
    assert found[20, 10] == other
    far = np.ones(codes.shape, bool)
    far[20 - ITERATIONS : 21 + ITERATIONS, 10 - ITERATIONS : 11 + ITERATIONS] = False
    np.testing.assert_array_equal(found[far], codes[far])


def test_what_the_classifier_was_sure_of_is_told(classify, flat, drawn):
    _, lines = classify(INPUT=flat, CORRECTOR=None, HINTS=drawn((at(20, 10), "bright")))
    (told,) = [line for line in lines if "overturn a class" in line]
    assert "above 95 %: 1, id 1 at 500010.5, 2799979.5: Dark 100 %, now Bright." in told


class TestRefusals:
    def test_a_pair_that_takes_no_hints(self, classify, flat, drawn, shipped):
        with pytest.raises(QgsProcessingException) as refused:
            classify(INPUT=flat, HINTS=drawn((at(20, 10), "bright")))
        assert "Hints are given, and the corrector tiny corrector" in str(refused.value)
        assert f"such as the universal one ({shipped})" in str(refused.value)

    def test_resampling(self, classify, flat, drawn, make_network):
        network = make_network("classifier", name="for 2 m", pixel_size_m=2.0, pixel_size_range_m=(1.5, 3.0))
        settings = {"INPUT": flat, "CLASSIFIER": network, "CORRECTOR": None, "RESAMPLE": True}
        with pytest.raises(
            QgsProcessingException, match="hints work on the image's own pixels only; untick it"
        ):
            classify(**settings, HINTS=drawn((at(20, 10), "bright")))

    def test_a_classifier_that_looks_everywhere(self, classify, flat, drawn, make_global_classifier):
        """Whether it does is measured when it is opened."""
        settings = {"INPUT": flat, "CLASSIFIER": make_global_classifier(), "CORRECTOR": None}
        with pytest.raises(QgsProcessingException, match="with a classifier whose receptive field is known"):
            classify(**settings, HINTS=drawn((at(20, 10), "road")))
