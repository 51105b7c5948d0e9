"""Labelled pixels that a map has no class for: they count as missed, and everything says so."""

from __future__ import annotations

import json

import numpy as np
import pytest
from recurve.core.assessment.difference import DIFFERENCE_CLASSES
from recurve.core.assessment.metrics_json import assessment_json
from recurve.core.assessment.reference import PolygonReference
from recurve.core.assessment.report import assessment_report
from recurve.core.class_maps.class_matching import Label
from recurve.core.errors import LabelError
from recurve.core.output.writers import MapWriter


@pytest.fixture
def halves():
    """A mask of buildings in the left half, and a map that has missed the upper half of them."""
    truth = np.zeros((100, 100), np.uint8)
    truth[:, :50] = 1
    mapped = truth.copy()
    mapped[:50] = 0
    return truth, mapped


def test_no_data_is_missed(write_map, halves, run):
    truth, mapped = (write_map(plane, name) for plane, name in zip(halves, ("truth", "map")))
    whole = run(mapped, truth[0], zero_is_a_class=True).maps[0].confusion
    assert whole.counts.tolist() == [[5000, 0, 0], [2500, 2500, 0]]
    assert (whole.overall, whole.kappa) == (0.75, 0.5)
    made = run(write_map(halves[1], "map", nodata=0), truth[0], zero_is_a_class=True)
    confusion = made.maps[0].confusion
    assert made.classes == ("0", "1")
    assert confusion.counts.tolist() == [[0, 0, 5000], [0, 2500, 2500]]
    assert confusion.pixels == 10_000
    assert confusion.overall == 0.25
    assert confusion.recall.tolist() == [0, 0.5]
    assert confusion.iou.tolist() == [0, 0.5]
    assert confusion.f1.tolist() == pytest.approx([0, 2 / 3])
    assert np.isnan(confusion.precision[0])
    assert confusion.precision[1] == 1
    assert confusion.kappa == pytest.approx((0.25 - 0.125) / (1 - 0.125))
    (told,) = [text for text in made.warnings if "no class on" in text]
    assert told == (
        "The map map has no class on 7,500 of the 10,000 labelled pixels of the reference (75 %): they count as "
        "missed. Overall accuracy is 0.250, and 1.000 without them. To assess only where the map has data, give a mask "
        "of that area. 0 is a class of the reference and the map's nodata value; if it is the class there too, say so "
        "in the class table (0=0, and the other values)."
    )


def test_the_class_table_makes_a_nodata_value_a_class(write_map, halves, run):
    truth = write_map(halves[0], "truth")[0]
    mapped = write_map(halves[1], "map", nodata=0)
    made = run(mapped, truth, zero_is_a_class=True, table={0: "0", 1: "1"})
    assert made.maps[0].confusion.overall == 0.75
    assert not [text for text in made.warnings if "no class on" in text]
    moved = write_map(np.pad(halves[0], 3), "moved", geotransform=(499997.0, 1, 0, 2800003.0, 0, -1))[0]
    made = run(mapped, moved, zero_is_a_class=True, table={0: "0", 1: "1"})
    assert made.maps[0].confusion.overall == 0.75
    left_out = run(mapped, truth, zero_is_a_class=True, table={0: "", 1: "1"})
    assert left_out.maps[0].confusion.overall == 0.25
    assert "is the map's nodata" not in "".join(left_out.warnings)


def test_0_of_a_reference_is_a_class_though_it_is_its_nodata_value(write_map, halves, run):
    truth = write_map(halves[0], "truth", nodata=0)[0]
    made = run(write_map(halves[1], "map"), truth, zero_is_a_class=True)
    assert made.maps[0].confusion.counts.tolist() == [[5000, 0, 0], [2500, 2500, 0]]


def test_0_of_a_map_that_stands_for_nothing(write_map, halves, run):
    """The reference has no class 0, so the map's 0 is none: half of the buildings are missed."""
    truth = write_map(halves[0], "truth", nodata=0)[0]
    made = run(write_map(halves[1], "map"), truth)
    assert made.maps[0].confusion.counts.tolist() == [[2500, 2500]]
    assert made.maps[0].confusion.overall == 0.5


def test_a_background_of_polygons_counts_where_the_map_has_no_data(write_map, halves, run, in_pixels, drawn):
    shapes = {Label(1): drawn("drawn", in_pixels(0, 0, 100, 50))}
    made = run(write_map(halves[1], "map", nodata=0), PolygonReference("drawn", shapes, Label(0)))
    assert made.maps[0].confusion.counts.tolist() == [[0, 0, 5000], [0, 2500, 2500]]


def test_a_mask_restricts_it(write_map, halves, run, in_pixels, drawn):
    truth = write_map(halves[0], "truth")[0]
    area = drawn("plot", in_pixels(50, 0, 50, 50))
    made = run(write_map(halves[1], "map", nodata=0), truth, zero_is_a_class=True, area=area)
    assert made.maps[0].confusion.pixels == 2500
    assert made.maps[0].confusion.overall == 1
    assert not [text for text in made.warnings if "no class on" in text]
    page = assessment_report(made, "Recurve 1").html()
    assert (
        "Every labelled pixel of the reference on the map&#x27;s pixels and in the mask plot counts" in page
    )


def test_maps_that_lack_other_pixels_have_the_same_denominators(
    write_map, rasters, scene, run, tmp_path, read_raster
):
    """A pixel without a class is wrong, also between maps and in the difference."""
    other = scene[2].copy()
    other[:20] = 0
    writer = MapWriter(tmp_path / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    made = run((rasters[1], *write_map(other, "other", nodata=0)), rasters[0], writer=writer)
    truth, before, _ = scene
    known = truth > 0
    assert {one.confusion.pixels for one in made.maps} == {np.count_nonzero(known)}
    (change,) = made.changes
    was, is_right = known & (before == truth), known & (other == truth)
    assert change.damaged == np.count_nonzero(was & ~is_right)
    assert change.no_data == np.count_nonzero(known[:20])
    assert change.both_right + change.repaired + change.damaged + change.both_wrong == known.sum()
    codes = read_raster(tmp_path / "difference.tif")[0]
    np.testing.assert_array_equal(codes > 0, known)
    assert np.count_nonzero(codes == 3) == change.damaged


def test_iterations_that_lack_the_same_pixels_are_told_once(write_map, rasters, scene, run):
    planes = np.stack([scene[1], scene[2]])
    planes[:, :20] = 0
    made = run(write_map(planes, "iterates", nodata=0, bands=("Iteration 0", "Iteration 1")), rasters[0])
    assert len([text for text in made.warnings if "no class on" in text]) == 1


def test_boundaries_are_missed_too(write_map, halves, run):
    """The map's own border of buildings is right; that of the background is nowhere."""
    truth = halves[0]
    mapped = np.where(truth == 1, 1, 0).astype(np.uint8)
    boundary = (
        run(write_map(mapped, "map", nodata=0), write_map(truth, "truth")[0], zero_is_a_class=True)
        .maps[0]
        .boundary
    )
    assert boundary.iou[0].tolist() == [0, 1]
    assert boundary.contours.tolist() == [[0, 0], [100, 100]]
    assert boundary.f1[0].tolist() == [0, 0]


def test_every_record_adds_up(write_map, halves, run, in_pixels, drawn):
    shapes = {
        Label(1): drawn("drawn", in_pixels(0, 0, 100, 50), in_pixels(900, 0, 9, 9)),
        Label(0): drawn("drawn", in_pixels(0, 40, 100, 60)),
    }
    made = run(write_map(halves[1], "map", nodata=0), PolygonReference("drawn", shapes))
    (one,) = json.loads(assessment_json(made, "Recurve 1"))["maps"]
    assert sum(map(sum, one["confusion"])) == one["pixels"] == 9000
    assert [row[-1] for row in one["confusion"]] == [2000, 5000]
    assert (one["no_data_px"], one["no_data_share"]) == (7000, pytest.approx(7 / 9))
    assert (one["contradictory_px"], one["contradictory_share"]) == (1000, 0.1)
    assert one["polygons_beside"] == 1
    assert (one["overall_accuracy"], one["overall_accuracy_where_mapped"]) == (pytest.approx(2 / 9), 1)
    page = assessment_report(made, "Recurve 1").html()
    for words in (
        "<td>9,000</td><td>7,000 (77.8 %)</td><td>1.000</td><td>1,000 (10.0 %)</td><td>1</td>",
        "<th>No data in the map</th>",
        "of the mapped part only",
        "Polygons of the reference drawn wholly beside the map map: 1 of 3; partly: 0.",
        "1,000 pixels (10 % of those in the reference) lie in polygons of different classes",
    ):
        assert words in page


class TestStrata:
    def test_the_unmapped_part_is_in_no_stratum(self, write_map, halves, run):
        made = run(write_map(halves[1], "map", nodata=0), write_map(halves[0], "t")[0], zero_is_a_class=True)
        areas = made.maps[0].areas
        assert areas.sample_px == 2500
        assert areas.population == made.maps[0].mapped_size.sum()
        assert areas.overall.value == 1

    def test_strata_of_their_own_have_missed_pixels(self, write_map, halves, run):
        strata = np.ones((100, 100), np.uint8)
        strata[:, 90:] = 0
        truth = write_map(halves[0], "truth")[0]
        mapped = write_map(halves[1], "map", nodata=0)
        made = run(mapped, truth, zero_is_a_class=True, strata=write_map(strata, "strata", nodata=0)[0])
        areas = made.maps[0].areas
        assert (areas.sample_px, made.maps[0].without_stratum_px) == (9000, 1000)
        assert areas.overall.value == pytest.approx(2500 / 9000)
        assert areas.share[1].value == pytest.approx(5 / 9)
        assert areas.recall[1].value == pytest.approx(0.5)
        told = "1,000 of the 10,000 labelled pixels lie where the strata strata have no value"
        assert told in "".join(made.warnings)

    def test_strata_elsewhere_are_refused(self, write_map, rasters, scene, run):
        far = write_map(scene[0], "far", nodata=0, geotransform=(600000.0, 1, 0, 2800000.0, 0, -1))[0]
        with pytest.raises(
            LabelError, match="The strata far have no value wherever the reference truth has labels"
        ):
            run(rasters[1:2], rasters[0], strata=far)


class TestPolygonsBeside:
    @pytest.mark.parametrize("background", [None, Label(2)])
    def test_polygons_that_lie_on_no_map_are_refused(self, rasters, run, in_pixels, drawn, background):
        shapes = {Label(1): drawn("drawn", in_pixels(500, 500, 5, 5))}
        with pytest.raises(LabelError, match="No polygon of the reference drawn overlaps the map before"):
            run(rasters[1:], PolygonReference("drawn", shapes, background))

    def test_on_one_of_two_maps(self, write_map, rasters, scene, run, in_pixels, drawn):
        far = write_map(scene[0], "far", nodata=0, geotransform=(600000.0, 1, 0, 2800000.0, 0, -1))
        shapes = {Label(1): drawn("drawn", in_pixels(5, 5, 5, 5))}
        with pytest.raises(LabelError, match="overlaps the map far"):
            run((rasters[1], *far), PolygonReference("drawn", shapes, Label(2)))

    def test_a_polygon_of_several_parts_is_one(self, rasters, run, box, drawn):
        from osgeo import ogr

        both = ogr.Geometry(ogr.wkbMultiPolygon)
        both.AddGeometry(box(500003, 2799978, 10, 20))
        both.AddGeometry(box(700000, 2799978, 10, 20))
        shapes = {Label(1): drawn("drawn", bytes(both.ExportToWkb()))}
        made = run(rasters[1:2], PolygonReference("drawn", shapes))
        assert made.maps[0].polygons_beside == 0


def test_areas_in_degrees_are_those_of_each_row(write_map, run):
    """Of two classes with as many pixels each, the one nearer to the equator is larger."""
    mapped = np.ones((100, 100), np.uint8)
    mapped[:50] = 2
    degrees = {"geotransform": (10.0, 0.01, 0, 70.0, 0, -0.7), "epsg": 4326}
    for strata in (None, write_map(mapped, "strata", **degrees)[0]):
        made = run(
            write_map(mapped, "map", **degrees), write_map(mapped, "truth", **degrees)[0], strata=strata
        )
        (one,) = json.loads(assessment_json(made, ""))["maps"]
        assert one["mapped_px"] == [5000, 5000]
        assert one["areas"]["unit"] == "m2"
        # on the sphere of the ellipsoid's area: 40.63 and 25.94 Mha
        assert one["areas"]["mapped"] == pytest.approx([406.3e9, 259.4e9], rel=5e-3)
        assert [e["value"] for e in one["areas"]["area"]] == pytest.approx(one["areas"]["mapped"])
        assert [e["half_width_95"] for e in one["areas"]["area"]] == [0, 0]
        assert one["areas"]["population"] == pytest.approx(sum(one["areas"]["mapped"]))


def test_a_sample_in_degrees_counts_by_its_area(write_map, run):
    """One class is mapped, and the reference has two: their areas are those of the ground, not of the pixels."""
    truth = np.ones((100, 100), np.uint8)
    truth[:50] = 2
    degrees = {"geotransform": (10.0, 0.01, 0, 70.0, 0, -0.7), "epsg": 4326}
    made = run(write_map(np.ones_like(truth), "map", **degrees), write_map(truth, "truth", **degrees)[0])
    share = 406.3 / (406.3 + 259.4)
    assert [e.value for e in made.maps[0].areas.share] == pytest.approx([share, 1 - share], rel=5e-3)
    assert made.maps[0].areas.overall.value == pytest.approx(share, rel=5e-3)
    assert made.maps[0].confusion.overall == 0.5
