"""Start scores from maps: values, places, holes, and the same whatever window is asked for."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal, osr
from recurve.core.class_maps import start_scores as map_scores
from recurve.core.class_maps.input_map import read_class_map
from recurve.core.class_maps.start_scores import MapScores, scores_of_class_values, scores_of_probabilities
from recurve.core.errors import Cancelled, RasterError
from recurve.core.progress import Quiet
from recurve.core.raster import warped_reader as warped_raster
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window

TABLE = "10=water,20=wood,30=built-up"


@pytest.fixture
def codes():
    """A map of the codes 10, 20, 30."""
    return np.random.default_rng(3).choice(np.array([10, 20, 30], np.uint8), (40, 60))


@pytest.fixture
def shares():
    """Probabilities (3, 40, 60) that add up to 1."""
    shares = np.random.default_rng(4).dirichlet((1, 1, 1), (40, 60)).transpose(2, 0, 1)
    return np.maximum(shares, 0.01).astype(np.float32)


@pytest.fixture
def grid_of():
    """A function: the grid of a raster."""

    def grid(path):
        with RasterReader(path) as reader:
            return reader.grid

    return grid


@pytest.fixture
def read(fake, grid_of):
    """A function that reads a window of a map, on its own grid by default; gives scores and validity."""

    def run(path, kind="", text="", grid=None, window=None):
        grid = grid or grid_of(path)
        with MapScores(read_class_map(str(path), kind, fake.classes, text), grid) as scores:
            return scores.read(window or grid.extent)

    return run


def degrees_at(x, y):
    """Longitude and latitude of a place in UTM zone 40."""
    metres, degrees = osr.SpatialReference(), osr.SpatialReference()
    metres.ImportFromEPSG(32640)
    degrees.ImportFromEPSG(4326)
    for system in (metres, degrees):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(metres, degrees).TransformPoint(x, y)[:2]


def softmax(scores):
    odds = np.exp(scores.astype(np.float64) - scores.max(axis=0))
    return odds / odds.sum(axis=0)


class TestValues:
    def test_codes(self, make_raster, codes, read):
        scores, valid = read(make_raster(codes), text=TABLE)
        assert valid.all()
        np.testing.assert_array_equal(scores.argmax(axis=0), codes // 10 - 1)
        np.testing.assert_allclose(softmax(scores).max(axis=0), map_scores.CODE_PROBABILITY, rtol=1e-6)
        np.testing.assert_allclose(scores.sum(axis=0), 0, atol=1e-6)

    def test_codes_beyond_a_byte(self, make_raster, codes, read):
        scores, _ = read(
            make_raster(codes.astype(np.int16) * 100 - 1000), text="0=water,1000=wood,2000=built-up"
        )
        np.testing.assert_array_equal(scores.argmax(axis=0), codes // 10 - 1)

    @pytest.mark.parametrize("scale", [1, 100])
    def test_probabilities_on_any_scale(self, make_raster, shares, read, scale):
        scores, valid = read(make_raster(shares * np.float32(scale)), "probabilities")
        assert valid.all()
        np.testing.assert_allclose(softmax(scores), shares / shares.sum(axis=0), atol=1e-6)

    def test_probabilities_in_bytes(self, make_raster, shares, read):
        scores, _ = read(make_raster(np.rint(shares * 255).astype(np.uint8)), "probabilities")
        np.testing.assert_allclose(softmax(scores), shares / shares.sum(axis=0), atol=0.01)

    def test_four_classes_in_bytes_are_no_colours(self, make_raster, fake, grid_of):
        """GDAL calls the fourth band alpha."""
        values = np.random.default_rng(1).integers(0, 255, (4, 9, 9), np.uint8)
        values[3, :4] = 0
        path = make_raster(values, alpha=True)
        classes = [*fake.classes, type(fake.classes[0])("Sand", "#ffff00")]
        with MapScores(read_class_map(str(path), "probabilities", classes), grid_of(path)) as scores:
            found, valid = scores.read(Window(0, 0, 9, 9))
        assert valid.all()
        np.testing.assert_allclose(found, scores_of_probabilities(values), atol=1e-5)

    def test_scores_stay_as_they_are(self, make_raster, read):
        values = np.random.default_rng(5).normal(0, 3, (3, 40, 60)).astype(np.float32)
        values[:, 3:5, 7] = np.nan
        scores, valid = read(make_raster(values, nodata=float("nan")), "scores")
        np.testing.assert_array_equal(valid, np.isfinite(values[0]))
        np.testing.assert_array_equal(scores, np.nan_to_num(values))

    def test_no_probability_is_none(self):
        scores = scores_of_probabilities(np.array([[[1.0]], [[0.0]], [[0.0]]]))
        assert np.isfinite(scores).all()
        assert softmax(scores)[0, 0, 0] > 0.99
        assert scores_of_class_values(np.zeros((1, 1), np.uint8), 3).tolist() == [[[0]], [[0]], [[0]]]


class TestNoData:
    def test_of_codes(self, make_raster, codes, read):
        codes[2:5, 3:9] = 255
        codes[30:, :7] = 77
        scores, valid = read(make_raster(codes, nodata=255), text=f"{TABLE},77=")
        np.testing.assert_array_equal(valid, (codes != 255) & (codes != 77))
        assert (scores[:, ~valid] == 0).all()

    def test_masks(self, make_raster, codes, read):
        mask = np.random.default_rng(6).random(codes.shape) < 0.7
        _, valid = read(make_raster(codes, mask=mask), text=TABLE)
        np.testing.assert_array_equal(valid, mask)

    def test_a_nodata_value_that_is_a_class(self, make_raster, codes, read):
        _, valid = read(make_raster(codes, nodata=10), text=TABLE)
        assert valid.all()

    def test_probabilities_of_nothing(self, make_raster, shares, read):
        shares[:, :, 10:20] = 0
        shares[1, 3, 3] = np.nan
        _, valid = read(make_raster(shares), "probabilities")
        expected = (shares.sum(axis=0) > 0) & np.isfinite(shares).all(axis=0)
        np.testing.assert_array_equal(valid, expected)

    def test_beyond_the_map(self, make_raster, codes, read):
        grid = Grid(60, 80, (499990.0, 1.0, 0.0, 2800010.0, 0.0, -1.0), "")
        scores, valid = read(make_raster(codes), text=TABLE, grid=grid)
        inside = np.zeros((60, 80), bool)
        inside[10:50, 10:70] = True
        np.testing.assert_array_equal(valid, inside)
        np.testing.assert_array_equal(scores[:, 10:50, 10:70].argmax(axis=0), codes // 10 - 1)


class TestPlaces:
    def test_finer_pixels(self, make_raster, codes, read, grid_of):
        fine = Grid(80, 120, (500000.0, 0.5, 0.0, 2800000.0, 0.0, -0.5), grid_of(make_raster(codes)).crs_wkt)
        scores, valid = read(make_raster(codes), text=TABLE, grid=fine)
        assert valid.all()
        np.testing.assert_array_equal(
            scores.argmax(axis=0), np.kron(codes, np.ones((2, 2), np.uint8)) // 10 - 1
        )

    def test_another_system(self, make_raster, fake, read, grid_of):
        """A map in degrees whose left half is water: the border is where the meridian is."""
        codes = np.repeat(np.where(np.arange(400) < 200, 10, 20), 300).reshape(400, 300).T.astype(np.uint8)
        degrees = (56.99, 0.00005, 0.0, degrees_at(500000, 2800300)[1], 0.0, -0.00005)
        path = make_raster(codes, "degrees.tif", geotransform=degrees, epsg=4326)
        metres = Grid(
            200, 300, (499850.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), grid_of(make_raster(codes)).crs_wkt
        )
        scores, valid = read(path, text="10=water,20=wood,30=built-up", grid=metres)
        assert valid.all()
        border = 150  # 57 degrees east are 500000 m
        found = scores.argmax(axis=0)
        assert (found[:, : border - 1] == 0).all()
        assert (found[:, border + 1 :] == 1).all()

    def test_the_same_with_gdals_own_exceptions(self, make_raster, codes, read, grid_of, gdal_exceptions):
        """Other plugins switch them on; coordinates that have no place on the map are no fault."""
        gdal_exceptions(on=True)
        here = grid_of(make_raster(codes))
        path = make_raster(codes, "polar.tif", geotransform=(-2e6, 1e5, 0.0, 2e6, 0.0, -1e5), epsg=3031)
        _, valid = read(path, text=TABLE, grid=here)
        assert not valid.any()
        scores, valid = read(make_raster(codes), text=TABLE, grid=here)
        assert valid.all()
        np.testing.assert_array_equal(scores.argmax(axis=0), codes // 10 - 1)

    def test_scores_between_pixels(self, make_raster, read, grid_of):
        ramp = np.broadcast_to(np.arange(60, dtype=np.float32), (3, 40, 60))
        path = make_raster(np.ascontiguousarray(ramp))
        fine = Grid(80, 120, (500000.0, 0.5, 0.0, 2800000.0, 0.0, -0.5), grid_of(path).crs_wkt)
        scores, _ = read(path, "scores", grid=fine)
        np.testing.assert_allclose(scores[0, 40, 1:-1], np.arange(0.25, 59, 0.5), atol=1e-5)

    def test_without_georeferencing_pixel_by_pixel(self, make_raster, codes, read, grid_of):
        bare = make_raster(codes, geotransform=None)
        for grid in (grid_of(bare), Grid(40, 60, (5.0, 2.0, 0.0, 9.0, 0.0, -2.0), "")):
            scores, valid = read(bare, text=TABLE, grid=grid)
            assert valid.all()
            np.testing.assert_array_equal(scores.argmax(axis=0), codes // 10 - 1)
        with pytest.raises(RasterError, match=r"are not both georeferenced, so they need the same size"):
            read(bare, text=TABLE, grid=Grid(41, 60, None, ""))

    def test_overviews_are_not_looked_at(self, make_raster, codes, read, grid_of):
        path = make_raster(codes)
        expected = read(path, text=TABLE, grid=Grid(10, 15, (500000.0, 4.0, 0, 2800000.0, 0, -4.0), ""))[0]
        raster = gdal.Open(str(path), gdal.GA_Update)
        raster.BuildOverviews("AVERAGE", [2, 4])  # 15 is no code
        raster = None
        found = read(path, text=TABLE, grid=Grid(10, 15, (500000.0, 4.0, 0, 2800000.0, 0, -4.0), ""))[0]
        np.testing.assert_array_equal(found, expected)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_window_has_the_same_scores(make_raster, shares, codes, read, data, monkeypatch):
    """Of a map in degrees that covers a part of the grid; mirrored beyond the grid's edges, bit for bit."""
    monkeypatch.setattr(warped_raster, "BLOCK_PX", 16)
    with RasterReader(make_raster(codes)) as reader:
        crs = reader.grid.crs_wkt
    left, top = degrees_at(500000, 2799955)
    degrees = (left, 0.00001, 0.0, top, 0.0, -0.00001)
    soft = data.draw(st.booleans())
    path = make_raster(shares if soft else codes, "degrees.tif", geotransform=degrees, epsg=4326)
    grid = Grid(45, 50, (499990.0, 0.9, 0.0, 2799960.0, 0.0, -1.1), crs)
    height, width = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60))
    window = Window(data.draw(st.integers(-40, 50)), data.draw(st.integers(-40, 50)), height, width)
    arguments = (path, "probabilities") if soft else (path, "classes", TABLE)
    whole, whole_valid = read(*arguments, grid=grid)
    scores, valid = read(*arguments, grid=grid, window=window)
    border = [(100, 100), (100, 100)]
    rows, cols = (
        slice(window.row + 100, window.row_stop + 100),
        slice(window.col + 100, window.col_stop + 100),
    )
    np.testing.assert_array_equal(scores, np.pad(whole, [(0, 0), *border], mode="symmetric")[:, rows, cols])
    np.testing.assert_array_equal(valid, np.pad(whole_valid, border, mode="symmetric")[rows, cols])
    assert whole_valid.any()
    assert not whole_valid.all()


class TestRefusals:
    def test_unknown_codes(self, make_raster, codes, fake, grid_of):
        codes[0, :3] = (0, 40, 50)
        path = make_raster(codes)
        grid = grid_of(path)
        with MapScores(read_class_map(str(path), "", fake.classes, TABLE), grid) as scores:
            words = r"holds values of no class: 0, 40, 50\. Say in .* '10=Water, 20=Wood, 30=Built-up, 0='"
            with pytest.raises(RasterError, match=words):
                scores.read(grid.extent)
            with pytest.raises(RasterError, match="values of no class: 0, 40, 50"):
                scores.check_values(grid.extent, Quiet())
            scores.check_values(Window(1, 0, 39, 60), Quiet())  # only what is asked for counts

    def test_looking_for_codes_can_be_stopped(self, make_raster, codes, fake, grid_of, recorder):
        path = make_raster(codes)
        scores = MapScores(read_class_map(str(path), "", fake.classes, TABLE), grid_of(path))
        with scores, pytest.raises(Cancelled):
            scores.check_values(scores.grid.extent, recorder(cancel_after=0))

    def test_negative_probabilities(self, make_raster, shares, read):
        shares[1, 5, 5] = -2.5
        with pytest.raises(
            RasterError, match=r"holds -2\.5, and probabilities are never negative; .* 'scores'"
        ):
            read(make_raster(shares), "probabilities")

    def test_another_place(self, make_raster, codes, fake, grid_of):
        path = make_raster(codes, "far.tif", geotransform=(10.0, 0.1, 0.0, 50.0, 0.0, -0.1), epsg=4326)
        grid = grid_of(make_raster(codes))
        with MapScores(read_class_map(str(path), "", fake.classes, TABLE), grid) as scores:
            with pytest.raises(RasterError, match="do not overlap"):
                scores.check_overlap(grid.extent)
            _, valid = scores.read(grid.extent)
            assert not valid.any()


def test_a_map_that_qgis_shows_in_other_values_is_refused(make_raster, codes, read):
    path = make_raster(codes, declared=(1.0, 1.0))
    with pytest.raises(RasterError, match=r"has the scale 1 and the offset 1, .* -unscale"):
        read(path, text=TABLE)


@pytest.mark.parametrize("shift", [0, 1])
def test_masks_of_single_bands(make_raster, masked_bands, shares, read, shift):
    """There are scores where any band is not masked, on the map's own grid and on another."""
    masks = np.zeros((3, 40, 60), np.uint8)
    masks[0, :20], masks[1, :, :10], masks[2, :5] = 255, 255, 255
    files = [make_raster(mask, f"mask{number}.tif") for number, mask in enumerate(masks)]
    path = masked_bands(make_raster(shares), files)
    with RasterReader(str(path)) as reader:
        own = reader.grid
    left, width, _, top, _, height = own.affine
    place = (left - shift * width, width, 0.0, top - shift * height, 0.0, height)
    grid = Grid(40 + 2 * shift, 60 + 2 * shift, place, own.crs_wkt)
    _, valid = read(path, kind="probabilities", grid=grid)
    np.testing.assert_array_equal(valid, np.pad(masks.any(axis=0), shift))
