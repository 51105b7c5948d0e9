"""To the network's pixel size and back: the right values, and the same ones however the image is cut."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import osr
from recurve.core.errors import DeviceMemoryError, RasterError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.resampling import Resampling, resampling_to
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

FINE = Resampling(15, 4, 4)  # 3.75 pixels of the image in one of the network
WHOLE = Resampling(8, 4, 4)
COARSE = Resampling(3, 8, 8)
UNEVEN = Resampling(14, 4, 20)  # shrinks downwards, grows across
KINDS = [FINE, WHOLE, COARSE, UNEVEN]


def noise(*shape, seed=1):
    return np.random.default_rng(seed).uniform(0, 255, shape).astype(np.float32)


def covered_mean(array, per_in, per_out):
    """Along the last axis, by cutting each place into parts that neither side cuts through."""
    parts = np.repeat(array.astype(np.float64), per_out, axis=-1)
    return parts.reshape(*array.shape[:-1], -1, per_in).mean(axis=-1)


def between_centres(array, per_in, per_out):
    """Along the last axis, numpy's own interpolation."""
    size = array.shape[-1]
    at = (np.arange(size * per_out // per_in) + 0.5) * per_in / per_out - 0.5
    return np.apply_along_axis(
        lambda line: np.interp(at, np.arange(size), line), -1, array.astype(np.float64)
    )


def along(array, per_in, per_out):
    return (covered_mean if per_in > per_out else between_centres)(array, per_in, per_out)


def expected_of(array, rows, cols):
    """Both axes; each is (places in, places out)."""
    return along(np.swapaxes(along(np.swapaxes(array, -1, -2), *rows), -1, -2), *cols)


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_are_means_or_bilinear(kind):
    image = noise(2, kind.period_px * 3, kind.period_px * 4)
    rows, cols = (kind.period_px, kind.network_rows), (kind.period_px, kind.network_cols)
    seen = kind.to_network(image)
    assert seen.dtype == np.float32
    assert seen.shape == (2, kind.network_rows * 3, kind.network_cols * 4)
    np.testing.assert_allclose(seen, expected_of(image, rows, cols), rtol=1e-5)
    back = kind.to_image(seen, Window(0, 0, *image.shape[1:]))
    np.testing.assert_allclose(back, expected_of(seen, rows[::-1], cols[::-1]), rtol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_is_bit_for_bit_the_part_of_the_whole(kind):
    period, (down, across) = kind.period_px, (kind.network_rows, kind.network_cols)
    image = noise(2, period * 9, period * 11)
    part = image[:, 2 * period : 8 * period, 3 * period : 9 * period]
    whole = kind.to_network(image)[:, 3 * down : 7 * down, 4 * across : 8 * across]
    np.testing.assert_array_equal(kind.to_network(part)[:, down : 5 * down, across : 5 * across], whole)
    scores = noise(3, down * 9, across * 11)
    expected = kind.to_image(scores, Window(3 * period + 1, 4 * period + 2, 2 * period, period))
    cut = scores[:, 2 * down :, 3 * across :]
    np.testing.assert_array_equal(
        kind.to_image(cut, Window(period + 1, period + 2, 2 * period, period)), expected
    )


def metric(side_y, side_x):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32640)
    return Grid(10, 10, (5e5, side_x, 0.0, 28e5, 0.0, -side_y), crs.ExportToWkt())


class TestChoice:
    @pytest.fixture
    def contract(self, fake):
        return replace(fake.Stride4Classifier().contract, pixel_size_m=1.0)

    @pytest.mark.parametrize("side_m", [0.0725, 0.2645, 0.3, 0.5, 0.77, 1.3, 3.9, 10.0])
    def test_the_networks_pixel_size_within_2_percent(self, contract, side_m):
        made = resampling_to(contract, metric(side_m, side_m), contract.stride)
        assert made.network_rows == made.network_cols
        assert made.network_rows % contract.stride == 0
        assert side_m * made.period_px / made.network_rows == pytest.approx(1, rel=0.021)

    def test_pixels_that_are_not_square(self, contract):
        made = resampling_to(contract, metric(0.3, 0.45), contract.stride)
        assert 0.3 * made.period_px / made.network_rows == pytest.approx(1, rel=0.021)
        assert 0.45 * made.period_px / made.network_cols == pytest.approx(1, rel=0.021)

    def test_few_pixels_before_it_repeats(self, contract):
        assert resampling_to(contract, metric(0.25, 0.25), contract.stride) == Resampling(16, 4, 4)
        assert resampling_to(contract, metric(2.0, 2.0), contract.stride) == Resampling(2, 4, 4)

    @pytest.mark.parametrize("side_m", [1.0, 1.004, 0.985])
    def test_none_where_it_fits(self, contract, side_m):
        assert resampling_to(contract, metric(side_m, side_m), contract.stride) is None

    @pytest.mark.parametrize("side_m", [0.05, 20.0])
    def test_too_far_away_is_refused(self, contract, side_m):
        sentence = r"pixels are .* m, and the network's 1 m: more than 16 times.*resample the image first"
        with pytest.raises(RasterError, match=sentence):
            resampling_to(contract, metric(side_m, side_m), contract.stride)

    def test_an_unknown_pixel_size_is_refused(self, contract):
        with pytest.raises(RasterError, match=r"no georeferencing.*switch the resampling off"):
            resampling_to(contract, Grid(10, 10, None, ""), contract.stride)


@pytest.fixture
def classify(tmp_path, read_raster):
    """A function that runs the engine and gives map and scores."""

    def run(path, networks, kind, side, extent=None):
        with RasterReader(path) as reader:
            extent = extent or reader.grid.extent
            grid = reader.grid.window(extent)
            with (
                MapWriter(tmp_path / "map.tif", grid, networks[0].contract.classes, {}) as writer,
                ScoresWriter(tmp_path / "scores.tif", grid, networks[0].contract.classes, {}) as scores,
            ):
                make_map(
                    MapRun(
                        reader, Networks(*networks), extent, Outputs(writer, None, scores), None, kind, side
                    ),
                    Quiet(),
                )
        return read_raster(tmp_path / "map.tif")[0], read_raster(tmp_path / "scores.tif")

    return run


def untiled(image, classifier, corrector, iterations, kind):
    """The scores of a whole image in one go, with far more around it than anything depends on."""
    height, width = image.shape[1:]
    margin = kind.period_px * 12
    border = [(0, 0), *((margin, margin + -length % kind.period_px) for length in (height, width))]
    seen = classifier.upload(kind.to_network(np.pad(image, border, mode="symmetric")))
    scores = classifier.classify(seen)
    if iterations:
        scores = corrector.correct(scores, seen, iterations)
    return kind.to_image(scores.numpy(), Window(margin, margin, height, width))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", [1, 20, 47, 0])
def test_the_map_does_not_depend_on_the_tile_side(make_raster, integers, fake, classify, kind, side):
    image = integers(2, 70, 91)
    image[:, 20:33, 40:58] = 0
    networks = fake.Stride4Classifier(), fake.BoxCorrector(), 2
    valid = (image != 0).any(axis=0)
    filled = np.where(valid, image, 100)  # the contract's mean
    scores = untiled(filled, *networks, kind)
    codes, found = classify(make_raster(image, nodata=0), networks, kind, side)
    np.testing.assert_array_equal(found, np.where(valid, scores, np.nan))
    np.testing.assert_array_equal(codes, np.where(valid, scores.argmax(axis=0) + 1, 0))
    assert len(np.unique(codes)) == 4


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cut_at_any_ratio(make_raster, integers, fake, classify, data):
    height, width = data.draw(st.integers(1, 50)), data.draw(st.integers(1, 50))
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    extent = Window(row, col, data.draw(st.integers(1, height - row)), data.draw(st.integers(1, width - col)))
    kind = Resampling(data.draw(st.integers(1, 20)), *(4 * data.draw(st.integers(1, 3)) for _ in range(2)))
    networks = fake.Stride4Classifier(), fake.BoxCorrector(), data.draw(st.integers(0, 1))
    image, side = integers(2, height, width), data.draw(st.integers(8, 60))
    expected = untiled(image, *networks, kind)[(slice(None), *extent.slices())]
    np.testing.assert_array_equal(classify(make_raster(image), networks, kind, side, extent)[1], expected)


@pytest.mark.parametrize("kind", [FINE, COARSE])
def test_a_short_halo_makes_seams(make_raster, integers, fake, classify, kind, monkeypatch):
    image, networks = integers(2, 70, 91), (fake.BoxClassifier(reach=7), None, 0)
    path, expected = make_raster(image), untiled(image, *networks, kind)
    np.testing.assert_array_equal(classify(path, networks, kind, 20)[1], expected)
    exact = Resampling.halo_px
    monkeypatch.setattr(Resampling, "halo_px", lambda self, px: max(0, exact(self, px) - 2 * self.period_px))
    assert (classify(path, networks, kind, 20)[1] != expected).any()


@pytest.mark.parametrize(("kind", "room_px"), [(FINE, 60**2), (COARSE, 300**2)])
def test_a_device_with_little_memory_gives_the_same_map(make_raster, integers, fake, classify, kind, room_px):
    class Small(fake.Stride4Classifier):
        refused = 0

        def classify(self, image):
            if image.shape[1] * image.shape[2] > room_px:
                self.refused += 1
                raise DeviceMemoryError("too small")
            return super().classify(image)

    image, classifier = integers(2, 210, 250), Small()
    expected = untiled(image, fake.Stride4Classifier(), fake.BoxCorrector(), 1, kind)
    found = classify(make_raster(image), (classifier, fake.BoxCorrector(), 1), kind, 500)[1]
    np.testing.assert_array_equal(found, expected)
    assert classifier.refused


def test_pretrained_networks_on_a_real_image(classify):
    """Seen at 1 m, an image of 0.26 m has the same scores, bit for bit, for every tile side."""
    pytest.importorskip("onnxruntime")
    from recurve.models.runtime.network import Network

    root = Path(__file__).resolve().parents[3]
    network = Network.open(root / "models/weights/urban_classifier.onnx", "CPU")
    image = root / "resources/demo/buildings.tif"
    with RasterReader(str(image)) as reader:
        kind = resampling_to(network.contract, reader.grid, network.contract.stride)
    assert (kind.period_px, kind.network_rows) == (15, 4)
    extent = Window(11, 22, 700, 230)
    whole = classify(str(image), (network, None, 0), kind, 4096, extent)[1]
    for side in (100, 333):
        np.testing.assert_array_equal(classify(str(image), (network, None, 0), kind, side, extent)[1], whole)
