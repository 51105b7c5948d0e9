"""recurve:animate through processing.run."""

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("PIL.Image")

from PIL import Image
from qgis.core import QgsProcessingException


@pytest.fixture
def animate(provider, feedback):
    import processing

    def run(**parameters):
        recorder = feedback()
        texts = {name: str(value) for name, value in parameters.items()}
        return processing.run("recurve:animate", texts, feedback=recorder), recorder.lines

    return run


@pytest.fixture
def iterates(make_raster):
    codes = np.ones((4, 53, 70), np.uint8)
    codes[2:, 20:30, 20:30] = 2
    return make_raster(codes, "iterates.tif", names=[f"Iteration {number}" for number in range(4)])


def test_a_frame_for_each_band_of_the_extent(animate, image, iterates, tmp_path):
    results, lines = animate(
        INPUT=image,
        ITERATES=iterates,
        EXTENT="500010,500040,2799960,2799990",
        SCALE=2,
        OUTPUT=tmp_path / "correction.png",
    )

    assert "Maps shown: 4, of 30 x 30 pixels." in lines
    with Image.open(results["OUTPUT"]) as made:
        assert made.n_frames == 2  # frames that are alike are one that is shown longer
        assert made.size[0] == 2 * 60 + 8


@pytest.fixture
def refused(provider, feedback):
    def run(**parameters):
        import processing

        recorder = feedback()
        with pytest.raises(QgsProcessingException) as refusal:
            processing.run(
                "recurve:animate", {name: str(value) for name, value in parameters.items()}, feedback=recorder
            )
        return "\n".join([str(refusal.value), *recorder.lines])

    return run


def test_a_raster_without_iterations_is_refused(refused, image, make_raster, tmp_path):
    iterates_of_one = make_raster(np.ones((1, 53, 70), np.uint8), "one.tif")
    output = tmp_path / "a.gif"
    message = refused(INPUT=image, ITERATES=iterates_of_one, OUTPUT=output)
    assert "does not have a band of class values for each iteration" in message
    assert not output.exists()


def test_an_image_in_place_of_intermediate_maps_is_refused_before_the_run(refused, image, tmp_path):
    said = refused(INPUT=image, ITERATES=image, OUTPUT=tmp_path / "a.gif")
    assert (
        said.count("and those of maps after each iteration Iteration 0, Iteration 1 and so on") == 2
    )  # as refusal and in the log
    assert "image.tif are called '', '', ''" in said


def test_another_kind_of_picture_is_refused_before_the_run(refused, image, iterates, tmp_path):
    said = refused(INPUT=image, ITERATES=iterates, OUTPUT=tmp_path / "a.mp4")
    assert said.count("a.mp4 is no name for an animation; choose one that ends in .gif, .png, .webp") == 2
