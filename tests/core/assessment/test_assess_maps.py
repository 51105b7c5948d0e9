"""Maps against references: figures, blocks, the difference, classes, iterations."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal
from recurve.core.assessment.difference import DIFFERENCE_CLASSES
from recurve.core.assessment.metrics_json import assessment_json
from recurve.core.assessment.reference import PolygonReference
from recurve.core.class_maps.class_matching import Label
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.errors import Cancelled, LabelError
from recurve.core.metrics.accuracy import assess
from recurve.core.output.writers import MapWriter

NAMES = ("No data", "Water", "Wood", "Road")


def test_figures_are_those_of_the_whole_arrays(rasters, scene, run):
    made = run(rasters[1:], rasters[0])
    assert made.classes == ("1", "2", "3")
    for figures, codes in zip(made.maps, scene[1:]):
        for number, px in enumerate((1, 3)):
            expected = assess(scene[0], codes, 3, px)
            np.testing.assert_array_equal(figures.confusion.where_mapped.counts, expected.confusion)
            np.testing.assert_array_equal(figures.boundary.strips[number], expected.boundary)
    assert made.headline == 1
    assert made.maps[1].mean_boundary_iou(1) == assess(scene[0], scene[2], 3, 3).mean_boundary_iou
    np.testing.assert_array_equal(made.maps[0].mapped_px, np.bincount(scene[1].ravel())[1:])
    assert made.maps[0].pixel_area_m2 == pytest.approx(1, rel=0.01)


def test_repair_and_damage(rasters, scene, run):
    truth, before, after = scene
    made = run(rasters[1:], rasters[0])
    known = truth > 0
    (change,) = made.changes
    assert change.repaired == np.count_nonzero(known & (before != truth) & (after == truth))
    assert change.damaged == np.count_nonzero(known & (before == truth) & (after != truth))
    wrong = np.count_nonzero(known & (before != truth))
    assert change.repair == pytest.approx(change.repaired / wrong)
    assert change.damage == pytest.approx(change.damaged / (known.sum() - wrong))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(side=st.integers(3, 70), tolerances=st.lists(st.integers(1, 9), min_size=1, max_size=2, unique=True))
def test_every_size_of_block_gives_the_same(
    rasters, write_map, scene, side, tolerances, run, in_pixels, drawn
):
    """With the second map on a grid of its own, strata, and an area."""
    other = write_map(scene[2][3:, 5:], "shifted", nodata=0, geotransform=(500005.3, 1, 0, 2799997.4, 0, -1))
    area = drawn("area", in_pixels(4, 3, 30, 50))
    maps = (rasters[1], *other)

    def record(block):
        made = run(
            maps,
            rasters[0],
            tolerances_px=tuple(tolerances),
            area=area,
            strata=rasters[2],
            block_side_px=block,
        )
        return assessment_json(made, "test"), made.overview

    (text, overview), (expected, whole) = record(side), record(1000)
    assert text == expected
    np.testing.assert_array_equal(overview, whole)


@pytest.mark.parametrize("side", [16, 500])
def test_the_difference(rasters, scene, tmp_path, read_raster, side, run):
    truth, before, after = scene
    writer = MapWriter(tmp_path / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    run(rasters[1:], rasters[0], writer=writer, block_side_px=side)
    codes = 1 + 2 * (after != truth) + ((after != truth) == (before != truth)) * (after != truth)
    codes = np.where((before != truth) & (after == truth), 2, codes)
    np.testing.assert_array_equal(read_raster(tmp_path / "difference.tif")[0], np.where(truth > 0, codes, 0))


def test_the_difference_of_one_map_is_right_or_wrong(rasters, scene, tmp_path, read_raster, run):
    writer = MapWriter(tmp_path / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    made = run(rasters[1:2], rasters[0], writer=writer)
    codes = np.where(scene[0] > 0, np.where(scene[1] == scene[0], 1, 4), 0)
    np.testing.assert_array_equal(read_raster(tmp_path / "difference.tif")[0], codes)
    assert made.changes == ()


def test_the_picture_has_north_above(write_map, scene, run):
    """Maps whose rows run to the north, against the same ones with north above."""
    north = [
        write_map(plane, f"{name}{number}", nodata=0)[0]
        for number, (plane, name) in enumerate(zip(scene, "abc"))
    ]
    place = (500000.0, 1.0, 0.0, 2800000.0 - scene[0].shape[0], 0.0, 1.0)
    south = [
        write_map(np.ascontiguousarray(plane[::-1]), f"south{number}", nodata=0, geotransform=place)[0]
        for number, plane in enumerate(scene)
    ]
    pictures = [run(maps[1:], maps[0]).overview for maps in (north, south)]
    np.testing.assert_array_equal(*pictures)


def test_nothing_is_left_of_a_run_that_was_stopped(rasters, tmp_path, recorder, run):
    folder = tmp_path / "out"
    folder.mkdir()
    writer = MapWriter(folder / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    with pytest.raises(Cancelled, match="nothing was written"):
        run(rasters[1:], rasters[0], writer=writer, block_side_px=16, progress=recorder(cancel_after=40))
    assert not list(folder.iterdir())


def test_progress_rises_to_the_end(rasters, recorder, run):
    told = recorder()
    run(rasters[1:], rasters[0], block_side_px=16, strata=rasters[1], progress=told)
    assert told.fractions == sorted(told.fractions)
    assert told.fractions[-1] == 1.0


def test_memory_is_bounded_by_the_block(write_map, make_raster, tmp_path, run, in_pixels, utm, drawn):
    """A map of 64 Mpx takes less than a byte for each pixel, and most of that for the report's picture."""
    path = tmp_path / "large.tif"
    options = ["SPARSE_OK=TRUE", "TILED=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), 8000, 8000, 1, gdal.GDT_Byte, options)
    raster.SetGeoTransform((500000, 1, 0, 2800000, 0, -1))
    raster.SetProjection(utm)
    raster = None
    reference = PolygonReference("drawn", {Label(0): drawn("drawn", in_pixels(7000, 7500, 90, 80))})
    tracemalloc.start()
    try:
        made = run(open_class_rasters(str(path), "large"), reference, block_side_px=512)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made.maps[0].confusion.pixels == 90 * 80
    assert made.maps[0].mapped_px.tolist() == [64_000_000]
    assert peak < 45e6


def test_gdal_may_have_its_exceptions_on(rasters, write_map, scene, gdal_exceptions, run):
    other = write_map(scene[2], "shifted", nodata=0, geotransform=(500005.3, 1, 0, 2799997.4, 0, -1))
    expected = run((rasters[1], *other), rasters[0])
    gdal_exceptions(True)
    assert assessment_json(run((rasters[1], *other), rasters[0]), "") == assessment_json(expected, "")


class TestClasses:
    def test_names_go_before_codes(self, write_map, scene, run):
        truth = write_map(scene[0], "truth", NAMES, nodata=0)[0]
        turned = np.array([0, 30, 10, 20], np.uint8)[scene[1]]
        names = [""] * 31
        names[0], names[10], names[20], names[30] = "No data", "wood", "Road", "Water"
        made = run(write_map(turned, "map", names, nodata=0), truth)
        assert made.classes == NAMES[1:]
        expected = assess(scene[0], scene[1], 3).confusion
        np.testing.assert_array_equal(made.maps[0].confusion.where_mapped.counts, expected)

    def test_a_class_table(self, write_map, rasters, scene, run):
        turned = np.array([0, 300, 100, 200], np.uint16)[scene[1]]
        made = run(write_map(turned, "map"), rasters[0], table={100: "2", 200: "3", 300: "1"})
        expected = assess(scene[0], scene[1], 3).confusion
        np.testing.assert_array_equal(made.maps[0].confusion.where_mapped.counts, expected)

    def test_float_codes(self, write_map, rasters, scene, run):
        made = run(write_map(scene[1].astype(np.float32), "map"), rasters[0])
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts, assess(scene[0], scene[1], 3).confusion
        )

    def test_classes_that_do_not_occur_are_not_in_the_figures(self, write_map, scene, run):
        truth = np.where(scene[0] == 2, 0, scene[0]).astype(np.uint8)
        mapped = np.where(scene[1] == 2, 1, scene[1]).astype(np.uint8)
        made = run(write_map(mapped, "map", nodata=0), write_map(truth, "truth", nodata=0)[0])
        assert made.classes == ("1", "3")

    def test_0_is_unlabelled_unless_someone_says_it_is_a_class(self, write_map, scene, run):
        truth, mapped = write_map(scene[0], "truth")[0], write_map(scene[1], "map")
        made = run(mapped, truth)
        assert made.classes == ("1", "2", "3")
        assert "pixels of 0 in the reference truth (" in made.warnings[0]
        assert run(mapped, truth, zero_is_a_class=True).classes == ("0", "1", "2", "3")
        assert run(mapped, truth, unlabelled=3).classes == ("0", "1", "2", "3")

    def test_a_mask_of_0_and_1(self, write_map, scene, run):
        """The trap: without 0 only right pixels would be left."""
        truth, mapped = (write_map((p == 1).astype(np.uint8), n) for p, n in zip(scene, "ab"))
        with pytest.raises(LabelError, match="has the class values 0 and 1 and no nodata value"):
            run(mapped, truth[0])
        made = run(mapped, truth[0], zero_is_a_class=True)
        assert made.classes == ("0", "1")
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts,
            assess(*((p == 1).astype(np.uint8) + 1 for p in scene[:2]), 2).confusion,
        )


class TestIterations:
    def test_each_band_is_a_map(self, write_map, rasters, scene, run):
        names = ("Iteration 0", "Iteration 1", "Iteration 2")
        planes = np.stack([scene[1], scene[2], scene[0]])
        maps = write_map(planes, "iterates", nodata=0, bands=names)
        assert [one.band for one in maps] == [1, 2, 3]
        made = run(maps, rasters[0])
        assert [one.name for one in made.maps] == list(names)
        assert made.are_iterations
        assert len(made.changes) == 2
        assert made.maps[2].confusion.overall == 1.0
        assert (made.changes[1].repair, made.changes[1].damage) == (1.0, 0.0)

    def test_two_rasters_are_no_iterations(self, rasters, run):
        assert not run(rasters[1:], rasters[0]).are_iterations
