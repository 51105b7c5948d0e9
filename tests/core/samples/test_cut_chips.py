"""From image and labels to a sample set: what is read, split, kept apart, left out."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr
from recurve.core.errors import Cancelled, LabelError
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window
from recurve.core.samples.block_split import GAP_PX, TRAIN, near
from recurve.core.samples.cut_chips import prepare_samples
from recurve.core.samples.existing_chips import ExistingChips
from recurve.core.samples.labels import LabelledArea, PolygonLabels
from recurve.core.samples.preparation import Preparation
from recurve.core.samples.sample_set import SampleSet, read_chip
from recurve.core.samples.writer import SampleWriter
from recurve.core.training.patches import Augmentation, PatchSource
from recurve.models.contract import ClassEntry

CLASSES = (ClassEntry("background", "#d9d4c7"), ClassEntry("building", "#c0392b"))
LEFT, TOP = 500000.0, 2800000.0


def rectangle(row, col, row_stop, col_stop):
    """A polygon around pixels of an image as `make_raster` places it."""
    left, right, top, bottom = LEFT + col, LEFT + col_stop, TOP - row, TOP - row_stop
    wkt = f"POLYGON(({left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}))"
    return bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())


def buildings(height, width):
    """Squares of 10 px, 30 px apart."""
    return [rectangle(r, c, r + 10, c + 10) for r in range(5, height, 30) for c in range(5, width, 30)]


@pytest.fixture
def image(make_raster, integers):
    return make_raster(integers(2, 600, 900))


@pytest.fixture
def prepare(tmp_path):
    """A function that prepares samples of an image and gives the outcome and the set."""

    def run(path, polygons, area=None, progress=None, folder="set", omission=0.0, codes=2, **settings):
        folder = tmp_path / folder
        known = SampleSet.open(folder) if (folder / "samples.json").exists() else None
        with RasterReader(str(path)) as reader:
            codes = [codes] * len(polygons) if isinstance(codes, int) else codes
            labels = PolygonLabels(polygons, codes, reader.grid)
            ground = [
                LabelledArea(kind, reader.grid, area, int(area is not None))
                for kind in (labels, labels.thinned(omission, 0))
            ]
            with SampleWriter(folder, ["x", "y"], CLASSES, 1.0, known) as writer:
                settings = Preparation(**{"chip_side_px": 200, "block_size_m": 200, **settings})
                outcome = prepare_samples(reader, *ground, writer, settings, progress or Quiet())
                return outcome, writer.finish("made", "")

    return run


def on_the_image(samples, split, shape):
    """The labels of a split where they are on the image; each pixel is in one chip at most."""
    labels, seen = np.zeros(shape, np.uint8), np.zeros(shape, int)
    for chip in samples.of_split(split):
        raster = gdal.Open(str(samples.label_path(chip)))
        left, _, _, top, _, _ = raster.GetGeoTransform()
        row, col = round(TOP - top), round(left - LEFT)
        at = (slice(row, row + chip.height), slice(col, col + chip.width))
        labels[at] = read_chip(samples.label_path(chip))[0]
        seen[at] += 1
    assert seen.max(initial=0) <= 1
    return labels


EVERYWHERE = PolygonMask([rectangle(0, 0, 600, 900)])


def test_chips_are_the_image_and_the_labels_where_they_lie(prepare, image, read_raster):
    _, samples = prepare(image, buildings(600, 900), EVERYWHERE, validation_fraction=0)
    pixels = read_raster(image)
    for chip in samples.chips:
        raster = gdal.Open(str(samples.image_path(chip)))
        left, _, _, top, _, _ = raster.GetGeoTransform()
        row, col = round(TOP - top), round(left - LEFT)
        expected = pixels[:, row : row + chip.height, col : col + chip.width]
        np.testing.assert_array_equal(read_chip(samples.image_path(chip)), expected)
        assert raster.GetSpatialRef().GetAuthorityCode(None) == "32640"
    expected = np.ones((600, 900), np.uint8)
    for row in range(5, 600, 30):
        for col in range(5, 900, 30):
            expected[row : row + 10, col : col + 10] = 2
    np.testing.assert_array_equal(on_the_image(samples, "train", (600, 900)), expected)
    assert samples.class_pixels["train"] == [int((expected == code).sum()) for code in (1, 2)]


def test_a_band_that_is_left_out_as_alpha_is_told(prepare, make_raster, integers):
    pixels = integers(3, 600, 900)
    pixels[2] = 255
    path = make_raster(pixels, alpha=True)
    outcome, samples = prepare(path, buildings(600, 900), EVERYWHERE)
    assert (outcome.alpha_bands, len(samples.bands)) == ([3], 2)
    (line,) = [line for line in outcome.lines() if "Band 3 of the image is marked as transparency" in line]
    assert "choose all bands, here and to classify" in line
    outcome, _ = prepare(make_raster(pixels[:2], "two.tif"), buildings(600, 900), EVERYWHERE, folder="other")
    assert not any("transparency" in line for line in outcome.lines())
    pixels[2] = 80
    path = make_raster(pixels[[0, 2]], "infrared.tif", alpha=True)
    outcome, samples = prepare(path, buildings(600, 900), EVERYWHERE, folder="infrared")
    assert (outcome.alpha_bands, len(samples.bands)) == ([], 2)
    assert any("it is taken for a band of data, such as near infrared" in line for line in outcome.lines())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_labels_of_the_splits_are_a_halo_apart(prepare, image, seed):
    outcome, samples = prepare(image, buildings(600, 900), EVERYWHERE, seed=seed, validation_fraction=0.3)
    train, validation = (on_the_image(samples, split, (600, 900)) > 0 for split in ("train", "validation"))
    assert train.any()
    assert validation.any()
    assert not (near(train, GAP_PX) & validation).any()
    assert (near(train, GAP_PX + 1) & validation).any()  # and not farther than needed
    assert outcome.gap_pixels == 600 * 900 - train.sum() - validation.sum()


def test_growing_keeps_the_halo_and_the_split_of_existing_chips(prepare, image, make_raster, integers):
    left_half, right_half = (
        PolygonMask([rectangle(0, 0, 600, 450)]),
        PolygonMask([rectangle(0, 350, 600, 900)]),
    )
    _, first = prepare(image, buildings(600, 900), left_half, validation_fraction=0.3)
    other = make_raster(integers(2, 600, 900, seed=2), "another_day.tif")
    _, samples = prepare(
        other, buildings(600, 900), right_half, seed=5, validation_fraction=0.5, block_size_m=150
    )
    assert len(samples.chips) > len(first.chips)
    assert {chip.image for chip in samples.chips} == {"image.tif", "another_day.tif"}
    train, validation = np.zeros((2, 600, 900), bool)
    for part in ("image", "another_day"):
        chips = tuple(chip for chip in samples.chips if chip.name.startswith(part))
        for split, found in (("train", train), ("validation", validation)):
            chosen = SampleSet(**{**samples.__dict__, "chips": chips})
            found |= on_the_image(chosen, split, (600, 900)) > 0
    assert train[:, 500:].any()
    assert validation[:, 500:].any()
    assert not (near(train, GAP_PX) & validation).any()


def test_known_ground_is_looked_for_the_way_that_is_chosen(prepare, image, make_raster, integers):
    """Into another system, by an operation that goes 300 m to the east of where GDAL's own would."""
    prepare(image, buildings(600, 900), PolygonMask([rectangle(0, 0, 600, 300)]), validation_fraction=0)
    other = make_raster(integers(2, 600, 900), "other.tif", epsg=32639)
    samples = SampleSet.open(image.parent / "set")

    def to_the_east(source, target):
        assert "zone 40N" in source
        assert "zone 39N" in target
        return "+proj=affine +xoff=300"

    with RasterReader(str(other)) as reader:
        usual, chosen = ExistingChips(samples, reader), ExistingChips(samples, reader, to_the_east)
        windows = [Window(100, 0, 100, 200), Window(100, 350, 100, 200)]
        assert [usual.split_of(window) for window in windows] == [-1, -1]
        assert [chosen.split_of(window) for window in windows] == [-1, TRAIN]
        assert chosen.near_other_split(windows[1], "validation", 0).all()
        assert not chosen.near_other_split(windows[1], "train", 0).any()


def test_the_same_run_twice_changes_nothing(prepare, image):
    settings = {"validation_fraction": 0.3, "misregistration_m": 3.0}
    _, first = prepare(image, buildings(600, 900), EVERYWHERE, **settings)
    outcome, again = prepare(image, buildings(600, 900), EVERYWHERE, **settings)
    assert (outcome.added, outcome.known) == (0, len(first.chips))
    assert (again.chips, again.bands, again.class_pixels) == (first.chips, first.bands, first.class_pixels)


def test_validation_of_its_own_beside_training_ground(prepare, image):
    _, first = prepare(
        image, buildings(600, 900), PolygonMask([rectangle(0, 0, 600, 500)]), validation_fraction=0
    )
    assert not first.of_split("validation")
    right_half = PolygonMask([rectangle(0, 500, 600, 900)])
    outcome, samples = prepare(image, buildings(600, 900), right_half, validation_fraction=1)
    assert samples.of_split("train") == list(first.chips)
    validation = on_the_image(samples, "validation", (600, 900))
    assert not validation[:, : 500 + GAP_PX].any()
    assert validation[:, 500 + GAP_PX :].all()
    assert outcome.gap_pixels == 600 * GAP_PX


def test_simulated_flaws_are_of_training_labels_only(prepare, image):
    precise = prepare(image, buildings(600, 900), EVERYWHERE, validation_fraction=0.3)[1]
    settings = {"validation_fraction": 0.3, "misregistration_m": 4.0, "omission": 0.3}
    flawed = prepare(image, buildings(600, 900), EVERYWHERE, folder="flawed", **settings)[1]
    train, true_train = (on_the_image(samples, "train", (600, 900)) for samples in (flawed, precise))
    np.testing.assert_array_equal(train > 0, true_train > 0)
    assert 0.6 < (train == 2).sum() / (true_train == 2).sum() < 0.8
    moved = (train == 2) & (true_train != 2)
    assert moved.any()
    assert (near(true_train == 2, 5) | ~moved).all()
    for split_of in (flawed, precise):
        assert split_of.of_split("validation")
    np.testing.assert_array_equal(
        on_the_image(flawed, "validation", (600, 900)), on_the_image(precise, "validation", (600, 900))
    )


def test_labels_of_two_classes_on_one_place_are_left_out_and_told(prepare, image):
    """A building on a parcel: the order of the classes' names decides nothing."""
    both = [rectangle(0, 0, 200, 100), rectangle(50, 50, 150, 90)]
    outcome, samples = prepare(image, both, codes=[1, 2], validation_fraction=0)
    labels = on_the_image(samples, "train", (600, 900))
    assert [(labels == code).sum() for code in (0, 1, 2)] == [600 * 900 - 16000, 16000, 0]
    assert outcome.contradictory_pixels == 4000
    (told,) = [warning for warning in outcome.warnings if "different classes" in warning]
    assert "labels of different classes (background, building): 4000 (20 % of those with a label)." in told
    with pytest.raises(LabelError, match=r"is labelled: .*\(background, building\): 4000 \(100 % of those"):
        prepare(image, [both[1]] * 2, codes=[1, 2], folder="nothing")


def test_what_the_set_has_labelled_already_is_told(prepare, image):
    first = [rectangle(0, 0, 100, 100)]
    prepare(image, first, validation_fraction=0)
    outcome, _ = prepare(image, first, validation_fraction=0)
    assert (outcome.known, outcome.known_pixels, outcome.changed_pixels) == (1, 10000, 0)
    assert any(
        "chips of the sample set have already: 10000, of which 0 as" in line for line in outcome.lines()
    )
    assert not any("have another class" in warning for warning in outcome.warnings)
    outcome, _ = prepare(image, [rectangle(0, 0, 100, 50)], codes=1, validation_fraction=0)
    assert (outcome.added, outcome.known_pixels, outcome.changed_pixels) == (1, 5000, 5000)
    (told,) = [warning for warning in outcome.warnings if "have another class" in warning]
    assert "which the sample set has already: 5000. A network would learn both" in told


def test_automatic_blocks_are_smaller_where_there_is_little_ground(prepare, image):
    outcome, samples = prepare(image, buildings(600, 900), EVERYWHERE, block_size_m=0, chip_side_px=512)
    assert max(outcome.block_size_px) <= 256
    assert max(chip.height for chip in samples.chips) <= 256
    assert samples.of_split("validation")
    outcome, _ = prepare(
        image,
        buildings(600, 900),
        EVERYWHERE,
        folder="one split",
        validation_fraction=1,
        block_size_m=0,
        chip_side_px=512,
    )
    assert outcome.block_size_px == (300, 450)


def test_blocks_are_measured_on_the_ground(prepare, make_raster, integers):
    pixel = (77.0, 1e-5, 0.0, 60.0, 0.0, -1e-5)  # at 60 degrees north a degree of longitude is half as long
    path = make_raster(integers(2, 600, 900), geotransform=pixel, epsg=4326)
    polygon = "POLYGON((77 60, 77.009 60, 77.009 59.994, 77 59.994, 77 60))"
    area = [bytes(ogr.CreateGeometryFromWkt(polygon).ExportToWkb())]
    outcome, _ = prepare(path, area, block_size_m=170)
    height, width = outcome.block_size_px
    assert (height, width) == (150, 300)


def test_pixels_without_data_are_unlabelled_and_filled(prepare, make_raster, integers):
    pixels = integers(2, 300, 300, dtype="float32")
    pixels[:, 100:150, :] = -9999
    pixels[0, 7, 7] = np.nan
    path = make_raster(pixels, nodata=-9999)
    outcome, samples = prepare(path, [rectangle(0, 0, 300, 300)], validation_fraction=0)
    labels = on_the_image(samples, "train", (300, 300))
    expected = np.full((300, 300), 2)
    expected[100:150], expected[7, 7] = 0, 0
    np.testing.assert_array_equal(labels, expected)
    assert outcome.invalid_pixels == 50 * 300 + 1
    for chip in samples.chips:
        found = read_chip(samples.image_path(chip))
        assert found.min() >= 1
        assert np.isfinite(found).all()
    assert samples.bands[0].minimum == 1


def test_an_image_without_georeferencing(prepare, make_raster, integers):
    path = make_raster(integers(2, 300, 300), geotransform=None)
    wkt = "POLYGON((20 -10, 120 -10, 120 -60, 20 -60, 20 -10))"
    polygon = bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())
    _, samples = prepare(path, [polygon], validation_fraction=0, chip_side_px=300, block_size_m=300)
    (chip,) = samples.chips
    expected = np.zeros((300, 300))
    expected[10:60, 20:120] = 2
    np.testing.assert_array_equal(read_chip(samples.label_path(chip))[0], expected)
    beside = bytes(ogr.CreateGeometryFromWkt(wkt.replace("20 -", "90 -")).ExportToWkb())
    outcome, grown = prepare(path, [beside], validation_fraction=1, chip_side_px=300, block_size_m=300)
    assert outcome.gap_pixels > 0  # of the same image, so the same ground
    assert len(grown.chips) == 1 + outcome.added


@pytest.mark.parametrize("with_exceptions", [False, True])
def test_networks_can_learn_from_it_however_gdal_reports_failures(
    prepare, image, gdal_exceptions, with_exceptions
):
    gdal_exceptions(with_exceptions)
    for share in (0, 1):  # a new set, and one that grows
        area = PolygonMask([rectangle(0, 300 * share, 600, 300 + 600 * share)])
        _, samples = prepare(image, buildings(600, 900), area, validation_fraction=share)
    patches = PatchSource(samples, samples.of_split("train"), 64, Augmentation())
    batch = patches.draw(4, np.random.default_rng(0))
    assert batch.image.shape == (4, 2, 64, 64)
    assert {1, 2} <= set(np.unique(batch.labels)) <= {0, 1, 2}


class CountingReader(RasterReader):
    """Counts the pixels that are read."""

    pixels = 0

    def _pixels(self, source):
        self.pixels += source.height * source.width
        return super()._pixels(source)


def test_a_huge_image_is_not_read_whole(tmp_path):
    path = str(tmp_path / "huge.tif")
    huge = gdal.GetDriverByName("GTiff").Create(
        path, 50_000, 50_000, 1, options=["SPARSE_OK=TRUE", "TILED=YES"]
    )
    huge.SetGeoTransform((LEFT, 1.0, 0.0, TOP, 0.0, -1.0))
    huge = None
    with CountingReader(path) as reader, SampleWriter(tmp_path / "set", ["x"], CLASSES, 1.0) as writer:
        polygons = [rectangle(49_000, 48_000, 49_800, 48_900), rectangle(10, 10, 60, 60)]
        ground = LabelledArea(PolygonLabels(polygons, [1, 2], reader.grid), reader.grid, None, 0)
        prepare_samples(reader, ground, ground, writer, Preparation(), Quiet())
        assert len(writer.finish("", "").chips) > 2
        assert reader.pixels < 3_000_000


class Stop(Quiet):
    """Cancels after some questions."""

    def __init__(self, after):
        self.left, self.fractions = after, []

    def report(self, fraction):
        self.fractions.append(fraction)

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("after", [0, 5, 20, 25])
def test_a_cancelled_run_leaves_nothing(prepare, image, tmp_path, after):
    with pytest.raises(Cancelled, match="the sample set's folder is as it was before"):
        prepare(image, buildings(600, 900), EVERYWHERE, progress=Stop(after))
    assert not list((tmp_path / "set").rglob("*.*"))


def test_progress_rises_to_one(prepare, image):
    progress = Stop(10**6)
    prepare(image, buildings(600, 900), EVERYWHERE, progress=progress)
    assert progress.fractions == sorted(progress.fractions)
    assert progress.fractions[-1] == 1


class TestRefusals:
    def test_labels_beside_the_image(self, prepare, image):
        with pytest.raises(
            LabelError, match=r"is labelled: the labels .* lie outside the image or are smaller than"
        ):
            prepare(image, [rectangle(0, 2000, 10, 2010)])

    def test_blocks_that_are_too_small(self, prepare, image):
        with pytest.raises(
            LabelError, match=r"Blocks of 50 m are 50 px wide.*choose a block size of 128\.1 m or more"
        ):
            prepare(image, buildings(600, 900), block_size_m=50)

    def test_nothing_but_nodata_under_the_labels(self, prepare, make_raster):
        path = make_raster(np.zeros((2, 300, 300), np.uint8), nodata=0)
        with pytest.raises(
            LabelError, match="can be used: 100 lie where the image has no data, 0 within 64 px"
        ):
            prepare(path, [rectangle(0, 0, 10, 10)])

    def test_a_class_with_few_pixels_and_an_empty_split_are_warned_of(self, prepare, image):
        outcome, _ = prepare(image, [rectangle(0, 0, 10, 10)])
        assert any("class background has few training pixels (0;" in warning for warning in outcome.warnings)
        assert any(
            "class building has few training pixels (100; at least" in text for text in outcome.warnings
        )
        assert any("The validation split has no labelled pixel" in text for text in outcome.warnings)
