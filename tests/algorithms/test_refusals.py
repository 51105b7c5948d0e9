"""recurve:classify through processing.run: what it refuses and in which words."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")


class TestRefusals:
    def test_a_network_that_is_missing(self, refusal, image, tmp_path):
        message = refusal(INPUT=image, CLASSIFIER=tmp_path / "none.onnx", CORRECTOR=None)
        assert "none.onnx cannot be read" in message

    def test_a_network_that_is_none(self, refusal, image, tmp_path):
        (tmp_path / "text.onnx").write_text("not a network")
        message = refusal(INPUT=image, CLASSIFIER=tmp_path / "text.onnx", CORRECTOR=None)
        assert "text.onnx is not an ONNX file or is damaged" in message

    def test_a_network_that_is_cut_short(self, refusal, image, tiny, tmp_path):
        (tmp_path / "short.onnx").write_bytes(tiny.classifier.read_bytes()[:-40])
        message = refusal(INPUT=image, CLASSIFIER=tmp_path / "short.onnx", CORRECTOR=None)
        assert "short.onnx is not an ONNX file or is damaged" in message

    def test_a_network_of_someone_else(self, refusal, image, tmp_path, tiny):
        onnx = pytest.importorskip("onnx")
        model = onnx.load(str(tiny.classifier))
        del model.metadata_props[:]
        onnx.save(model, str(tmp_path / "foreign.onnx"))
        message = refusal(INPUT=image, CLASSIFIER=tmp_path / "foreign.onnx", CORRECTOR=None)
        assert "foreign.onnx is an ONNX file without Recurve's contract" in message

    def test_a_corrector_for_another_classifier(self, refusal, image, make_network):
        other = make_network("corrector", classifier_sha256="0" * 64)
        assert "was trained for another classifier" in refusal(INPUT=image, CORRECTOR=other)

    def test_too_few_bands(self, refusal, make_raster, scene):
        message = refusal(INPUT=make_raster(scene[:1]))
        assert (
            "The number of bands in the image is 1, and the classifier tiny classifier needs 3 (red, green, blue)"
            in message
        )

    def test_too_many_bands_chosen(self, refusal, image):
        assert "The number of bands chosen is 2, and the classifier" in refusal(INPUT=image, BANDS=[1, 2])

    def test_a_band_that_is_not_there(self, refusal, image):
        assert "Band 4 was asked for, and" in refusal(INPUT=image, BANDS=[1, 2, 4])

    def test_an_empty_file(self, refusal, tmp_path):
        (tmp_path / "empty.tif").touch()
        message = refusal(INPUT=tmp_path / "empty.tif")
        assert "empty.tif cannot be opened as a raster" in message

    def test_a_file_that_is_missing(self, refusal, tmp_path):
        assert "none.tif cannot be opened as a raster" in refusal(INPUT=tmp_path / "none.tif")

    def test_a_file_by_its_address(self, refusal, image):
        assert "Give the path alone, without file://." in refusal(INPUT=image.as_uri())

    def test_no_image(self, refusal):
        assert 'No image was given as "Image" (INPUT)' in refusal(INPUT="")

    def test_a_rotated_image(self, refusal, make_raster, scene):
        path = make_raster(scene, geotransform=(500000.0, 1.0, 0.2, 2800000.0, 0.2, -1.0))
        assert "is rotated against its coordinate system" in refusal(INPUT=path)

    def test_nothing_but_nodata(self, refusal, make_raster, scene, tmp_path):
        message = refusal(INPUT=make_raster(np.zeros_like(scene), nodata=0))
        assert "No pixel of" in message
        assert not (tmp_path / "map.tif").exists()

    @pytest.mark.parametrize("name", ["OUTPUT", "CONFIDENCE", "SCORES"])
    def test_the_image_as_output(self, refusal, image, name):
        before = image.read_bytes()
        message = refusal(INPUT=image, **{name: image})
        assert (
            f'would take the place of {image}, which is read as "Image" (INPUT) and would be lost' in message
        )
        assert image.read_bytes() == before

    def test_two_outputs_in_one_file(self, refusal, image, tmp_path):
        message = refusal(INPUT=image, CONFIDENCE=tmp_path / "map.tif")
        both = '"Map" (OUTPUT) and "Confidence" (CONFIDENCE)'
        assert f"{both} would both be written to {tmp_path / 'map.tif'}" in message

    def test_another_format(self, refusal, image, tmp_path):
        message = refusal(INPUT=image, OUTPUT=tmp_path / "map.png")
        assert ".tif" in message
        assert not (tmp_path / "map.png").exists()

    def test_a_folder_that_is_missing(self, refusal, image, tmp_path):
        message = refusal(INPUT=image, OUTPUT=tmp_path / "none" / "map.tif")
        assert 'none of "Map" (OUTPUT) does not exist; create it' in message

    def test_a_device_that_is_not_here(self, refusal, image):
        message = refusal(INPUT=image, DEVICE="DirectML")
        assert "The network cannot run on DirectML" in message

    def test_onnxruntime_is_missing(self, refusal, image, monkeypatch):
        from recurve.algorithms.setup import packages

        monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
        message = refusal(INPUT=image)
        assert "needs the Python package onnxruntime" in message
        assert "-m pip install" in message


def test_can_execute_says_how_to_get_onnxruntime(provider, monkeypatch):
    from recurve.algorithms.setup import packages

    algorithm = provider.algorithm("classify")
    assert algorithm.canExecute() == (True, "")
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    can, sentence = algorithm.canExecute()
    assert not can
    assert "-m pip install" in sentence


def test_an_output_in_a_folder_that_does_not_exist_is_refused_before_the_run(refusal, image, tmp_path):
    message = refusal(INPUT=image, CONFIDENCE=str(tmp_path / "nowhere" / "confidence.tif"))
    assert 'nowhere of "Confidence" (CONFIDENCE) does not exist; create it' in message
    assert not (tmp_path / "map.tif").exists()


def test_a_text_where_a_number_belongs_is_refused(refusal, image, tmp_path):
    message = refusal(INPUT=image, ITERATIONS="abc")
    assert "\"Iterations of the correction\" (ITERATIONS) is 'abc', and a number is needed here" in message
    assert not (tmp_path / "map.tif").exists()


def test_what_only_the_preparation_refuses_is_told_once_and_before_the_run(classify, image, feedback):
    """QGIS would tell it to the feedback and raise 'There were errors executing the algorithm'."""
    from qgis.core import QgsProcessingException

    told = feedback()
    with pytest.raises(QgsProcessingException) as refused:
        classify(told, INPUT=image, EXTENT="0,10,0,10")
    sentence = "is outside the image, which covers"
    assert (str(refused.value).count(sentence), "\n".join(told.lines).count(sentence)) == (1, 1)
