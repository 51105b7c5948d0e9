"""Sample sets that grow: statistics exact, names of their own, nothing left of what was not finished."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.errors import BusyError, LabelError
from recurve.core.raster.grid import Grid
from recurve.core.samples.sample_set import Chip, SampleSet, read_chip
from recurve.core.samples.write_samples import write_samples
from recurve.core.samples.writer import SampleWriter
from recurve.models.contract import Band, ClassEntry

CLASSES = (ClassEntry("dark", "#102030"), ClassEntry("bright", "#ffffff"))
BANDS = ("x", "y")


def chip(name, seed, split="train", dtype=np.uint16):
    image = np.random.default_rng(seed).integers(0, 4000, (2, 30, 40)).astype(dtype)
    return Chip(name, split, 30, 40), image, ((image[0] > 2000) + 1).astype(np.uint8)


def written(folder, *chips, known=None, **settings):
    with SampleWriter(folder, BANDS, CLASSES, 1.0, known) as writer:
        for entry in chips:
            writer.add(*entry, **settings)
        return writer.finish("made", "CC0")


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_growing_gives_the_statistics_of_all_in_one_go(tmp_path):
    chips = [chip("a", 0), chip("b", 1), chip("c", 2, "validation"), chip("d", 3)]
    whole = written(tmp_path / "whole", *chips)
    first = written(tmp_path / "grown", *chips[:1])
    second = written(tmp_path / "grown", *chips[1:3], known=first)
    grown = written(tmp_path / "grown", *chips[3:], known=second)
    assert grown.bands == whole.bands
    assert grown.class_pixels == whole.class_pixels
    assert grown.band_sums == whole.band_sums
    assert [entry.name for entry in grown.chips] == ["a", "b", "c", "d"]
    pixels = np.concatenate(
        [image.reshape(2, -1) for entry, image, _ in chips if entry.split == "train"], axis=1
    )
    assert [band.deviation for band in grown.bands] == pytest.approx(pixels.std(1).tolist(), rel=1e-4)
    assert [band.minimum for band in grown.bands] == pixels.min(1).tolist()


def test_only_valid_pixels_count_in_the_statistics(tmp_path):
    entry, image, labels = chip("a", 0)
    valid = np.random.default_rng(5).random(labels.shape) < 0.5
    samples = written(tmp_path, (entry, image, labels), valid=valid)
    assert [band.mean for band in samples.bands] == pytest.approx(image[:, valid].mean(1).tolist(), rel=1e-4)
    assert samples.band_sums[0] == [valid.sum()] * 2


def test_the_same_chip_is_not_written_twice_and_another_gets_another_name(tmp_path):
    first = written(tmp_path, chip("a", 0))
    with SampleWriter(tmp_path, BANDS, CLASSES, 1.0, first) as writer:
        assert not writer.add(*chip("a", 0))
        assert writer.add(*chip("a", 1))
        assert writer.add(*chip("a", 0, split="validation"))
        samples = writer.finish("other", "")
    assert [entry.name for entry in samples.chips] == ["a", "a_2", "a_3"]
    np.testing.assert_array_equal(read_chip(samples.image_path(samples.chips[0])), chip("a", 0)[1])
    np.testing.assert_array_equal(read_chip(samples.image_path(samples.chips[1])), chip("a", 1)[1])
    assert (samples.source, samples.licence) == ("made; other", "CC0")


@pytest.mark.parametrize("beside", ["images/a.tif", "labels/a.tif", "labels/a.tif.aux.xml"])
def test_files_that_the_set_does_not_list_are_somebodys(tmp_path, beside):
    mine = tmp_path / beside
    mine.parent.mkdir()
    mine.write_text("mine")
    samples = written(tmp_path, chip("a", 0))
    assert mine.read_text() == "mine"
    assert [entry.name for entry in samples.chips] == ["a_2"]
    np.testing.assert_array_equal(read_chip(samples.image_path(samples.chips[0])), chip("a", 0)[1])
    with pytest.raises(LabelError, match="has label 3"):
        written(tmp_path, (*chip("a", 1)[:2], chip("a", 1)[2] + 1), known=samples)
    assert mine.read_text() == "mine"


def test_a_set_that_is_replaced_takes_its_own_chips_with_it(tmp_path):
    write_samples(tmp_path, [chip("a", 0), chip("b", 1)], BANDS, CLASSES, 1.0, "", "")
    (tmp_path / "images" / "mine.tif").write_text("mine")
    samples = write_samples(tmp_path, [chip("a", 2)], BANDS, CLASSES, 1.0, "", "")
    assert [entry.name for entry in samples.chips] == ["a"]
    made = ["images/a.tif", "images/mine.tif", "labels/a.tif", "labels/a.tif.aux.xml", "samples.json"]
    assert files(tmp_path) == made


def test_nothing_is_left_of_a_set_that_was_not_finished(tmp_path):
    with pytest.raises(LabelError, match="has label 3, and there are 2 classes"):
        written(tmp_path / "new", chip("a", 0), (chip("b", 1)[0], *chip("b", 1)[1:2], chip("b", 1)[2] + 1))
    assert not (tmp_path / "new" / "images").exists()
    samples = written(tmp_path / "old", chip("a", 0))
    before = files(tmp_path / "old")
    with pytest.raises(LabelError, match="has label 3"):
        written(
            tmp_path / "old",
            chip("b", 1),
            (chip("c", 1)[0], chip("c", 1)[1], chip("c", 1)[2] + 1),
            known=samples,
        )
    assert files(tmp_path / "old") == before
    assert SampleSet.open(tmp_path / "old") == samples


def test_one_run_at_a_time_writes_a_set(tmp_path):
    with SampleWriter(tmp_path / "set", BANDS, CLASSES, 1.0) as writer:
        writer.add(*chip("a", 0))
        with pytest.raises(BusyError, match=r"set is being written by another run \(process"):
            written(tmp_path / "set", chip("a", 1))
        samples = writer.finish("made", "CC0")
    assert files(tmp_path / "set") == ["images/a.tif", "labels/a.tif", "labels/a.tif.aux.xml", "samples.json"]
    np.testing.assert_array_equal(read_chip(samples.image_path(samples.chips[0])), chip("a", 0)[1])


@pytest.mark.parametrize("is_new", [True, False])
def test_a_set_that_another_run_has_written_meanwhile_is_not_written_over(tmp_path, is_new):
    known = None if is_new else written(tmp_path, chip("a", 0))
    mine = SampleWriter(tmp_path, BANDS, CLASSES, 1.0, known)
    theirs = written(tmp_path, chip("b", 1), known=known)
    before = files(tmp_path)
    with pytest.raises(LabelError, match=r"Another run has written the sample set .*; run again"), mine:
        pass
    assert files(tmp_path) == before
    assert SampleSet.open(tmp_path) == theirs


def test_no_folder_is_left_of_a_new_set_that_was_not_finished(tmp_path):
    for folder in (tmp_path / "in" / "new", tmp_path):
        with pytest.raises(LabelError, match="has no labelled pixel"):
            written(folder)
        assert list(tmp_path.iterdir()) == []


def test_label_chips_have_colours_names_and_a_place(tmp_path):
    grid = Grid(30, 40, (100.0, 2.0, 0.0, 50.0, 0.0, -2.0), "")
    samples = written(tmp_path, chip("a", 0), grid=grid)
    labels = gdal.Open(str(samples.label_path(samples.chips[0])))
    image = gdal.Open(str(samples.image_path(samples.chips[0])))
    assert (
        labels.GetGeoTransform() == image.GetGeoTransform() == grid.geotransform
    )  # GDAL 3.6 reads the names now
    band = labels.GetRasterBand(1)
    assert band.GetCategoryNames() == ["Unlabelled", "dark", "bright"]
    assert band.GetColorTable().GetColorEntry(1) == (0x10, 0x20, 0x30, 255)
    assert band.GetNoDataValue() == 0


def test_a_set_without_training_ground_opens(tmp_path):
    samples = written(tmp_path, chip("a", 0, "validation"))
    assert samples.bands == (Band("x", 0.0, 0.0, 0.0, 1.0), Band("y", 0.0, 0.0, 0.0, 1.0))
    grown = written(tmp_path, chip("b", 1), known=samples)
    assert grown.bands == written(tmp_path / "other", chip("b", 1)).bands


def test_small_numbers_keep_their_digits(tmp_path):
    entry, image, labels = chip("a", 0, dtype=np.float32)
    samples = written(tmp_path, (entry, image * np.float32(1e-6), labels))
    assert samples.bands[0].deviation == pytest.approx(float(image[0].std()) * 1e-6, rel=1e-3)


def test_an_older_set_opens_and_is_not_added_to(tmp_path):
    samples = write_samples(tmp_path, [chip("a", 0)], BANDS, CLASSES, 1.0, "", "")
    record = json.loads((tmp_path / "samples.json").read_text())
    del record["band_sums"], record["runs"]
    for entry in record["chips"]:
        del entry["image"]
    (tmp_path / "samples.json").write_text(json.dumps(record))
    older = SampleSet.open(tmp_path)
    assert older.chips == samples.chips
    with pytest.raises(
        LabelError, match="of an older version, which cannot be added to; choose another folder"
    ):
        SampleWriter(tmp_path, BANDS, CLASSES, 1.0, older)


def test_sets_of_another_kind_are_refused(tmp_path):
    samples = written(tmp_path, chip("a", 0))
    with pytest.raises(LabelError, match="of the bands x, y, and these samples have x; use the same"):
        SampleWriter(tmp_path, ["x"], CLASSES, 1.0, samples)
    with pytest.raises(LabelError, match="of the classes dark, bright, and these samples have bright, dark"):
        SampleWriter(tmp_path, BANDS, CLASSES[::-1], 1.0, samples)
    with pytest.raises(
        LabelError, match="of pixels of 1 m, and this image's are 2 m wide; choose another folder"
    ):
        SampleWriter(tmp_path, BANDS, CLASSES, 2.0, samples)
    with pytest.raises(LabelError, match="a sample set of uint16 values, and this image has uint8"):
        written(tmp_path, chip("b", 1, dtype=np.uint8), known=samples)
    with pytest.raises(LabelError, match="has no labelled pixel; add labels"):
        written(tmp_path / "empty")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "images").write_text("in the way")
    with pytest.raises(LabelError, match=r"cannot be written .*; choose a folder you may write to"):
        written(tmp_path / "set", chip("a", 0))
