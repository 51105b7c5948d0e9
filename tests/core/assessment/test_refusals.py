"""What cannot be assessed is refused, by its words."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.core.errors import LabelError, RasterError

HEIGHT, WIDTH = 45, 61  # of the scene


@pytest.fixture
def refuse(run):
    """A function that expects an assessment to be refused."""

    def check(words, *arguments, error=LabelError, **settings):
        with pytest.raises(error, match=words):
            run(*arguments, **settings)

    return check


class TestRefusals:
    def test_no_common_ground(self, write_map, rasters, scene, refuse):
        far = write_map(scene[0], "far", nodata=0, geotransform=(600000.0, 1, 0, 2800000.0, 0, -1))[0]
        refuse("The reference far has no labelled pixel where the map before lies", rasters[1:2], far)

    def test_no_data_where_the_labels_are(self, write_map, rasters, scene, refuse):
        truth = np.where(scene[1] == 1, 0, scene[0]).astype(np.uint8)
        mapped = np.where(scene[1] == 1, scene[1], 0).astype(np.uint8)
        maps = write_map(mapped, "map", nodata=0)
        refuse(
            "has no data wherever the reference truth has labels",
            maps,
            write_map(truth, "truth", nodata=0)[0],
        )

    def test_no_class_in_common(self, write_map, rasters, scene, refuse):
        maps = write_map((scene[1] + 10).astype(np.uint8), "map")
        refuse("no class in common: the map has 11, 12, 13, the reference 1, 2, 3", maps, rasters[0])

    def test_an_area_beside_the_map(self, rasters, refuse, in_pixels, drawn):
        area = drawn("plot", in_pixels(500, 500, 5, 5))
        refuse("has no pixel with a class in the area plot", rasters[1:2], rasters[0], area=area)

    def test_an_area_without_labels(self, rasters, scene, write_map, refuse, in_pixels, drawn):
        truth = scene[0].copy()
        truth[:20] = 0
        area = drawn("plot", in_pixels(0, 0, 10, 10))
        reference = write_map(truth, "part", nodata=0)[0]
        refuse(
            "has no labelled pixel where the map before lies in the area plot",
            rasters[1:2],
            reference,
            area=area,
        )

    def test_measurements(self, write_map, rasters, refuse):
        height = np.linspace(0, 9, HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)
        maps = write_map(height, "height")
        refuse(
            r"height holds the value 0\.\d+, and class values are whole",
            maps,
            rasters[0],
            error=RasterError,
        )

    def test_too_many_codes(self, write_map, rasters, refuse):
        codes = np.arange(HEIGHT * WIDTH, dtype=np.uint16).reshape(HEIGHT, WIDTH)
        refuse(
            "different values or more, and at most 254 classes",
            write_map(codes, "ids"),
            rasters[0],
            error=RasterError,
        )

    def test_images_and_scores_are_no_maps(self, write_map):
        with pytest.raises(RasterError, match="is an image of colours, not a map"):
            write_map(np.zeros((3, 9, 9), np.uint8), "photo", options=("PHOTOMETRIC=RGB",))
        with pytest.raises(
            RasterError,
            match="has 2 bands of Float32 and names no classes: an image, scores or probabilities",
        ):
            write_map(np.zeros((2, 9, 9), np.float32), "scores")

    def test_sizes_without_georeference(self, write_map, rasters, scene, refuse):
        other = write_map(scene[0][:-3], "cut", nodata=0, geotransform=None)[0]
        refuse("not both are georeferenced", rasters[1:2], other, error=RasterError)
