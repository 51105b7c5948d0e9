"""How sure the networks were of a map: the mean of what CONFIDENCE holds, of the pixels this run has classified."""

import numpy as np
import pytest
from recurve.core.errors import Cancelled
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.mean_confidence import MeanConfidence
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader


@pytest.fixture
def mean(folder, fake):
    """A function that classifies an image in tiles of 16 px and gives the mean confidence of the run."""

    def run(path, progress=None):
        with (
            RasterReader(path) as reader,
            MapWriter(folder / "map.tif", reader.grid, fake.classes, {}) as writer,
        ):
            confidence = MeanConfidence()
            make_map(
                MapRun(
                    reader,
                    Networks(fake.BoxClassifier(), fake.BoxCorrector(), 2),
                    reader.grid.extent,
                    Outputs(writer),
                    tile_side_px=16,
                ),
                progress or Quiet(),
                confidence,
            )
            return confidence

    return run


def test_it_is_the_mean_of_the_valid_pixels(make_raster, integers, mean, classify, read_raster, fake):
    image = integers(2, 60, 70)
    image[:, :30, :20] = 0
    path = make_raster(image, nodata=0)
    confidence = read_raster(classify(path, fake.BoxClassifier(), fake.BoxCorrector(), 2)[1])[0]
    found = mean(path)
    assert found.pixels == 60 * 70 - 30 * 20 == np.count_nonzero(confidence != 255)
    assert found.percent == pytest.approx(confidence[confidence != 255].mean())


def test_tiles_of_an_earlier_run_are_not_in_it(make_raster, integers, mean, recorder):
    path = make_raster(integers(2, 64, 64))
    with pytest.raises(Cancelled):
        mean(path, recorder(cancel_after=12))
    assert 0 < mean(path).pixels < 64 * 64


def test_nothing_classified_is_no_number():
    assert np.isnan(MeanConfidence().percent)
    assert not MeanConfidence().is_low(2)


@pytest.mark.parametrize(
    ("percent", "classes", "low"), [(73, 5, True), (74, 5, False), (83, 2, True), (84, 2, False)]
)
def test_low_is_less_than_two_thirds_of_the_way_from_guessing_to_certainty(percent, classes, low):
    found = MeanConfidence()
    found.add(np.full((4, 5), percent, np.uint8), np.ones((4, 5), bool))
    assert found.is_low(classes) is low
