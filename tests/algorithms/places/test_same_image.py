"""Which photograph a sample set knows already."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from recurve.tests.algorithms.places.drawing import PIXELS, box_wkt, drawn


class TestTheSameImage:
    """Photographs without georeferencing, as cameras name them: IMG_0001 in the folder of each flight."""

    LABELS = ((0, 0, 400, 200), (0, 200, 400, 400))

    @pytest.fixture
    def photo(self, make_raster, tmp_path):
        """A function: a photograph of a seed's ground in a folder."""

        def make(folder, seed, name="IMG_0001.tif"):
            (tmp_path / folder).mkdir(exist_ok=True)
            pixels = np.random.default_rng(seed).integers(1, 250, (3, 400, 400)).astype(np.uint8)
            return make_raster(pixels, f"{folder}/{name}", geotransform=None)

        return make

    @pytest.fixture
    def add(self, run, tmp_path):
        """A function that adds a photograph to the sample set, and gives the pixels of each split."""

        def start(image, **parameters):
            labels = drawn(*(box_wkt(PIXELS, box) for box in self.LABELS), crs="", values=("a", "b"))
            settings = {"BLOCK_SIZE": 200, "CHIP_SIDE": 200, **parameters}
            results, said = run(
                "preparesamples",
                INPUT=image,
                LABELS=labels,
                CLASS_FIELD="class",
                OUTPUT=tmp_path / "set",
                **settings,
            )
            assert results, said
            record = json.loads((tmp_path / "set" / "samples.json").read_text())
            return {split: sum(pixels) for split, pixels in record["class_pixels"].items()}, said

        return start

    def test_another_photograph_of_the_same_name_is_other_ground(self, photo, add):
        first, _ = add(photo("flight1", 1), VALIDATION_FRACTION=0)
        both, said = add(photo("flight2", 2), VALIDATION_FRACTION=1)
        assert first == {"train": 160000, "validation": 0, "test": 0}
        assert both == {"train": 160000, "validation": 160000, "test": 0}
        assert "in the sample set already" not in said

    @pytest.mark.parametrize(("folder", "name"), [("flight1", "IMG_0001.tif"), ("moved", "roofs.tif")])
    def test_the_same_one_is_known_again_wherever_it_lies(self, photo, add, folder, name):
        first, _ = add(photo("flight1", 1), VALIDATION_FRACTION=0.3)
        again, _ = add(photo(folder, 1, name), VALIDATION_FRACTION=0.3, SEED=7)
        train, validation = first["train"], first["validation"]
        is_named_so = name == "IMG_0001.tif"
        assert again == {
            "train": train * (1 if is_named_so else 2),
            "validation": validation * (1 if is_named_so else 2),
            "test": 0,
        }

    def test_a_set_that_knows_names_only_is_not_mixed_up(self, photo, add, tmp_path):
        """Of an older version: the name has to do."""
        add(photo("flight1", 1), VALIDATION_FRACTION=0)
        path = tmp_path / "set" / "samples.json"
        record = json.loads(path.read_text())
        for chip in record["chips"]:
            del chip["image_sha256"]
        path.write_text(json.dumps(record))
        both, _ = add(photo("other", 2, "IMG_0002.tif"), VALIDATION_FRACTION=1)
        assert both["validation"] == 160000
        with pytest.raises(AssertionError, match="within 64 px of the other split"):
            add(photo("flight2", 3), VALIDATION_FRACTION=1)
