"""Scores of chips: made once by what the user will run, kept per source, made anew when the image changes."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

from osgeo import gdal
from recurve.core.class_maps.input_map import read_class_map
from recurve.core.class_maps.start_scores import scores_of_class_values
from recurve.core.errors import Cancelled, ContractError, LabelError, RasterError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.operation import Placing
from recurve.core.samples.sample_set import read_chip, write_chip
from recurve.core.training.chip_scores import (
    by_classifier,
    by_map,
    out_of_fold,
    run_engine,
    score_chips,
    score_deviation,
)
from recurve.core.training.dataset import open_samples
from recurve.models.contract import ClassEntry
from recurve.models.runtime.network import Network

NAMES = ("Dark", "Middle", "Bright")  # of the tiny networks
BANDS = ("red", "green", "blue")


@pytest.fixture
def samples(make_samples):
    sides = {"train": [48, 48], "validation": [32]}
    return open_samples([make_samples(names=NAMES, bands=BANDS, sides=sides)])


def test_scores_are_those_of_the_file(samples, tiny):
    source = by_classifier(samples, tiny.classifier)
    scored = score_chips(samples, samples.chips, source)
    network = Network.open(tiny.classifier, "CPU")
    for chip in samples.chips:
        expected = network.classify(network.upload(read_chip(samples.image_path(chip)))).numpy()
        np.testing.assert_array_equal(read_chip(scored.score_path(chip)), expected)
    assert scored.score_path(chip).parent.name == network.sha256[:12]
    assert score_deviation(scored, scored.chips) > 0


@pytest.fixture
def on_disk(tmp_path):
    """A function: scores and map of a chip as a user gets them, in files."""

    def run(samples, chip, networks):
        map_path, scores_path = tmp_path / "map.tif", tmp_path / "scores.tif"
        with (
            samples.image_reader(chip) as reader,
            MapWriter(map_path, reader.grid, samples.classes, {}) as codes,
            ScoresWriter(scores_path, reader.grid, samples.classes, {}) as scores,
        ):
            make_map(MapRun(reader, networks, reader.grid.extent, Outputs(codes, scores=scores)), Quiet())
        return read_chip(scores_path), read_chip(map_path)[0]

    return run


@pytest.mark.parametrize("kind", ["of a known reach", "blended", "corrected", "with a hole"])
def test_scores_in_memory_are_those_in_a_file_bit_for_bit(
    samples, tiny, make_global_classifier, on_disk, kind, make_raster
):
    classifier = Network.open(tiny.classifier, "CPU")
    corrector = Network.open(tiny.corrector, "CPU") if kind == "corrected" else None
    chip = samples.chips[0]
    if kind == "blended":
        classifier = Network.open(make_global_classifier(), "CPU")
        samples = replace(samples, classes=classifier.contract.classes)
    if kind == "with a hole":
        image = read_chip(samples.image_path(chip)).astype(np.float32)
        image[:, 10:20, 30:] = -1
        samples.image_path(chip).write_bytes(make_raster(image, "holes.tif", nodata=-1).read_bytes())
    scores, codes = run_engine(samples, chip, classifier, corrector, 2)
    expected_scores, expected_codes = on_disk(samples, chip, Networks(classifier, corrector, 2))
    assert scores.dtype == np.float32
    assert scores.tobytes() == expected_scores.tobytes()
    np.testing.assert_array_equal(codes, expected_codes)
    assert np.isnan(scores).any() == (codes == 0).any() == (kind == "with a hole")
    assert len(np.unique(scores)) > 100


def test_scores_of_several_sources_lie_side_by_side(samples, tiny, make_network):
    other = by_classifier(samples, make_network("classifier", name="another"))
    source = by_classifier(samples, tiny.classifier)
    paths = {score_chips(samples, samples.chips, m).score_path(samples.chips[0]) for m in (source, other)}
    assert len(paths) == 2
    assert all(path.exists() for path in paths)


def test_out_of_fold_each_chip_has_the_scores_of_its_own_source(samples, tiny, make_network):
    other = make_network("classifier", name="another")
    held_out, rest = samples.of_split("train")[:1], samples.chips[1:]
    source = out_of_fold(samples, {held_out[0].name: other}, tiny.classifier)
    scored = score_chips(samples, samples.chips, source)
    for path, chips in ((other, held_out), (tiny.classifier, rest)):
        alone = score_chips(samples, chips, by_classifier(samples, path))
        for chip in chips:
            np.testing.assert_array_equal(
                read_chip(scored.score_path(chip)), read_chip(alone.score_path(chip))
            )
    assert source.classifier_sha256 == Network.open(tiny.classifier, "CPU").sha256
    assert out_of_fold(samples, {rest[0].name: other}, tiny.classifier).folder != source.folder


def test_what_is_scored_is_not_scored_again_unless_its_image_is_another(samples, tiny):
    made = []
    source = by_classifier(samples, tiny.classifier)

    def scores_of(found, chip):
        made.append(chip.name)
        return source.scores_of(found, chip)

    counted = replace(source, scores_of=scores_of)
    scored = score_chips(samples, samples.chips, counted)
    score_chips(samples, samples.chips, counted)
    assert len(made) == 3
    later = scored.score_path(samples.chips[1]).stat().st_mtime_ns + 10**9
    os.utime(samples.image_path(samples.chips[1]), ns=(later, later))  # as in a copy
    score_chips(samples, samples.chips, counted)
    assert len(made) == 3
    image = samples.image_path(samples.chips[2])
    image.write_bytes(image.read_bytes()[:-1] + b"\7")
    os.utime(image, ns=(0, 0))  # as from a backup
    score_chips(samples, samples.chips, counted)
    assert made[3:] == [samples.chips[2].name]


def test_scores_that_nobody_knows_the_image_of_are_made_anew(samples, tiny):
    source = by_classifier(samples, tiny.classifier)
    path = score_chips(samples, samples.chips, source).score_path(samples.chips[0])
    before = read_chip(path)
    for write in (lambda: write_chip(path, before + 1), lambda: path.write_bytes(b"half a chip")):
        write()
        score_chips(samples, samples.chips, source)
        np.testing.assert_array_equal(read_chip(path), before)


def test_cancelled_scoring_keeps_what_is_done(samples, tiny):
    class OneChip(Quiet):
        asked = 0

        def is_cancelled(self):
            self.asked += 1
            return self.asked > 1

    source = by_classifier(samples, tiny.classifier)
    with pytest.raises(Cancelled, match="goes on from the chips that are scored"):
        score_chips(samples, samples.chips, source, OneChip())
    folder = samples.folder / "scores" / source.folder
    assert [path.name for path in folder.iterdir()] == [f"{samples.chips[0].name}.tif"]


def test_place_without_data_has_scores_of_nothing(samples, tiny):
    source = by_classifier(samples, tiny.classifier)
    holes = replace(source, scores_of=lambda found, chip: np.full((3, 48, 48), np.nan, np.float32))
    scored = score_chips(samples, samples.chips[:1], holes)
    assert not read_chip(scored.score_path(samples.chips[0])).any()
    with pytest.raises(LabelError, match="are the same everywhere"):
        score_deviation(scored, samples.chips[:1])


def test_folder_that_cannot_be_written_is_a_sentence(samples, tiny):
    (samples.folder / "scores").write_text("a file where the folder should be")
    with pytest.raises(LabelError, match=r"cannot be written .*; they are kept beside the samples"):
        score_chips(samples, samples.chips, by_classifier(samples, tiny.classifier))


def test_what_does_not_fit_the_samples_is_refused(samples, tiny, make_network):
    with pytest.raises(ContractError, match=r"is a corrector .*, and a classifier is needed here"):
        by_classifier(samples, tiny.corrector)
    with pytest.raises(ContractError, match="has the bands grey, and the samples have red, green, blue"):
        by_classifier(samples, make_network("classifier", bands=("grey",)))
    other = replace(samples, classes=(*samples.classes[:2], ClassEntry("Water", "#0000ff")))
    with pytest.raises(
        ContractError, match="has the classes Dark, Middle, Bright, and the samples have Dark, Mid"
    ):
        by_classifier(other, tiny.classifier)


class TestMaps:
    @pytest.fixture
    def placed(self, samples, make_raster):
        """The sample set on some ground: its first chip at 500000, 2800000."""
        for chip in samples.chips:
            like = make_raster(np.zeros((1, chip.height, chip.width), np.uint8), "like.tif")
            write_chip(samples.image_path(chip), read_chip(samples.image_path(chip)), like=like)
        return samples

    def test_codes_of_the_same_ground_become_scores(self, placed, make_raster):
        codes = np.random.default_rng(0).choice([10, 20, 30], (60, 60)).astype(np.uint8)
        path = make_raster(codes, "map.tif")
        class_map = read_class_map(str(path), "", placed.classes, "10=Dark, 20=Middle, 30=Bright")
        source = by_map(class_map)
        assert (source.classifier_sha256, source.map_kind) == ("map", "classes")
        scored = score_chips(placed, placed.chips, source)
        chip = placed.chips[0]
        expected = scores_of_class_values(codes[: chip.height, : chip.width] // 10, 3)
        np.testing.assert_array_equal(read_chip(scored.score_path(chip)), expected)

    def test_the_system_that_is_told_counts(self, placed, make_raster):
        """Of a map whose file says another one; scores by the one are none by the other."""
        codes = np.random.default_rng(0).integers(1, 4, (60, 60)).astype(np.uint8)
        right = str(make_raster(codes, "right.tif"))
        told = Placing(gdal.Open(right).GetProjection())
        wrong = str(make_raster(codes, "wrong.tif", epsg=32641))
        maps = [
            read_class_map(path, "", placed.classes, placing=placing)
            for path, placing in ((right, Placing()), (wrong, told), (wrong, Placing()))
        ]
        sources = [by_map(one) for one in maps]
        assert sources[1].folder != sources[2].folder
        chip = placed.chips[0]
        scored = [score_chips(placed, [chip], source).score_path(chip) for source in sources[:2]]
        np.testing.assert_array_equal(*(read_chip(path) for path in scored))
        with pytest.raises(RasterError, match="do not overlap"):
            score_chips(placed, [chip], sources[2])

    def test_a_mask_whose_nodata_value_is_a_class_is_refused_at_once(self, placed, make_raster):
        codes = np.random.default_rng(0).integers(0, 3, (60, 60)).astype(np.uint8)
        path = make_raster(codes, "map.tif", nodata=0)
        source = by_map(read_class_map(str(path), "", placed.classes))
        words = r"of them it has only 1, 2 where .*, and 0 is its nodata value.* '0=Dark, 1=Middle, 2=Bright'"
        for _ in range(2):  # nothing of it is kept
            with pytest.raises(RasterError, match=words):
                score_chips(placed, placed.chips, source)
        told = by_map(read_class_map(str(path), "", placed.classes, "0=Dark, 1=Middle, 2=Bright"))
        scored = score_chips(placed, placed.chips, told)
        chip = placed.chips[0]
        expected = scores_of_class_values(codes[: chip.height, : chip.width] + 1, 3)
        np.testing.assert_array_equal(read_chip(scored.score_path(chip)), expected)

    def test_all_chips_together_need_every_class(self, placed, make_raster, recorder):
        chip, beyond = placed.chips[0], placed.chips[-1].height
        assert chip.height > beyond
        codes = np.ones((60, 60), np.uint8)
        codes[beyond, :2] = (2, 3)  # on the larger chips alone
        told = recorder()
        source = by_map(read_class_map(str(make_raster(codes, nodata=0)), "", placed.classes))
        score_chips(placed, placed.chips[::-1], source, told)
        assert not told.lines
        codes[beyond, 1] = 2
        source = by_map(read_class_map(str(make_raster(codes)), "", placed.classes))
        score_chips(placed, placed.chips, source, told)
        assert "These classes do not occur where the map is needed: Bright." in told.lines[0]

    def test_another_map_at_the_same_place_is_another_source(self, placed, make_raster):
        folders = set()
        for size in (60, 61):
            path = make_raster(np.ones((size, size), np.uint8), "map.tif")
            folders.add(by_map(read_class_map(str(path), "", placed.classes)).folder)
        assert len(folders) == 2

    def test_map_without_data_on_a_chip_is_refused(self, placed, make_raster):
        path = make_raster(np.zeros((60, 60), np.uint8), "map.tif", nodata=0)
        source = by_map(read_class_map(str(path), "classes", placed.classes))
        with pytest.raises(
            LabelError, match=r"has no data on the chip .*; a corrector learns from map and labels"
        ):
            score_chips(placed, placed.chips, source)
