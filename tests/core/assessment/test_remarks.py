"""What the warnings of an assessment say: what its figures cannot see, and what they leave out."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from recurve.core.assessment.beside import share_beside
from recurve.core.assessment.metrics_json import assessment_json
from recurve.core.assessment.reference import PolygonReference
from recurve.core.assessment.report import assessment_report
from recurve.core.class_maps.class_matching import Label
from recurve.core.raster.grid import Grid

SQUARE = (20, 20)


@pytest.fixture
def mapped(write_map):
    """Buildings (1) in the upper half; 0 is a class with a name."""
    codes = np.zeros(SQUARE, np.uint8)
    codes[:10] = 1
    return write_map(codes, "map", names=("background", "building"), nodata=255)


def told(made, words):
    return [text for text in made.warnings if words in text]


class TestOneClass:
    """Buildings in the left half, where the map has half of them: its false alarms lie where nothing is labelled."""

    SAID = (
        "The reference {} has only the class building on the map map: overall accuracy is the recall of building, and "
        "where a map has building in error cannot be seen, so its precision and the estimated areas say nothing. Give "
        "a reference that has the other classes too"
    )

    def test_of_a_raster(self, write_map, mapped, run):
        codes = np.zeros(SQUARE, np.uint8)
        codes[:, :10] = 1
        truth = write_map(codes, "truth", nodata=0)[0]
        made = run(mapped, truth)
        confusion = made.maps[0].confusion
        assert confusion.overall == 0.5
        assert 1 in confusion.precision
        advice = ", or say that 0 is a class if it is one in this reference."
        assert told(made, "has only the class") == [self.SAID.format("truth") + advice]
        assert not told(run(mapped, truth, zero_is_a_class=True), "has only the class")

    def test_of_polygons(self, mapped, run, in_pixels, drawn):
        shapes = {Label(1): drawn("drawn", in_pixels(0, 0, 20, 10))}
        made = run(mapped, PolygonReference("drawn", shapes))
        advice = ", or a background class for what no polygon covers."
        assert told(made, "has only the class") == [self.SAID.format("drawn") + advice]
        assert not told(run(mapped, PolygonReference("drawn", shapes, Label(0))), "has only the class")


def test_how_classes_were_matched_is_in_report_and_record(write_map, mapped, run):
    made = run(mapped, write_map(np.eye(20, dtype=np.uint8), "truth")[0], zero_is_a_class=True)
    said = "Classes are matched by value: 0 = background, 1 = building."
    assert json.loads(assessment_json(made, ""))["matching"] == [said]
    assert said in assessment_report(made, "Recurve 1").html()


class TestUnseenStrata:
    """The map's class 3 has no reference pixel; the reference has it once, where the map has 1."""

    @pytest.fixture
    def made(self, write_map, run):
        codes = np.ones(SQUARE, np.uint8)
        codes[5:10], codes[10:] = 2, 3
        truth = codes.copy()
        truth[10:] = 0
        truth[0] = 3
        return run(write_map(codes, "map", nodata=0), write_map(truth, "truth", nodata=0)[0])

    def test_nothing_is_said_of_the_class(self, made):
        (one,) = json.loads(assessment_json(made, ""))["maps"]
        nothing = {"value": None, "half_width_95": None}
        areas = one["areas"]
        assert areas["area"][2] == areas["share"][2] == areas["recall"][2] == areas["precision"][2] == nothing
        assert [e["value"] for e in areas["share"][:2]] == pytest.approx([0.4, 0.5])
        assert [e["value"] for e in areas["precision"][:2]] == pytest.approx([0.8, 1])
        page = assessment_report(made, "Recurve 1").html()
        row = page[page.index("Mapped (ha)") :].split("<tr>")[3]
        assert row.count("<td>-</td>") == 4

    def test_what_is_left_out_is_told(self, made):
        size = made.maps[0].areas.left_out / 10_000
        assert size == pytest.approx(0.02, rel=1e-2)
        assert told(made, "leave out") == [
            f"The area estimates leave out {size:,.4g} ha (50 %) that the map map has as 3, because no reference pixel "
            "lies there: nothing is known of it. Give a reference with pixels there."
        ]

    def test_strata_of_their_own_are_told_once(self, write_map, run):
        codes = np.ones(SQUARE, np.uint8)
        truth, strata = codes.copy(), codes.copy()
        truth[10:], strata[10:] = 0, 2
        maps = [*write_map(codes, "a", nodata=0), *write_map(codes, "b", nodata=0)]
        made = run(maps, write_map(truth, "truth", nodata=0)[0], strata=write_map(strata, "strata")[0])
        (said,) = told(made, "leave out")
        assert "(50 %) of the strata strata, because no reference pixel lies there" in said

    def test_a_class_with_some_reference_is_known(self, rasters, run):
        made = run(rasters[1:2], rasters[0])
        assert not any(math.isnan(share.value) for share in made.maps[0].areas.share)
        assert not told(made, "leave out")


class TestBeside:
    def test_a_reference_that_reaches_beyond_the_map(self, write_map, mapped, run):
        codes = np.ones((20, 40), np.uint8)
        codes[:, ::2] = 0
        truth = write_map(codes, "truth", geotransform=(500010.0, 1, 0, 2800000.0, 0, -1))[0]
        made = run(mapped, truth, zero_is_a_class=True)
        assert told(made, "reaches beyond") == [
            "The reference truth reaches beyond the map map; what lies there (about 75 % of its extent) does not count."
        ]
        (one,) = json.loads(assessment_json(made, ""))["maps"]
        assert one["reference_beside_share"] == 0.75
        assert one["polygons_partly_beside"] is None

    def test_a_reference_inside_the_map(self, write_map, mapped, run):
        truth = write_map(
            np.eye(5, dtype=np.uint8), "truth", geotransform=(500010.0, 1, 0, 2799990.0, 0, -1)
        )[0]
        made = run(mapped, truth, zero_is_a_class=True)
        assert made.maps[0].reference_beside_share == 0
        assert not told(made, "reaches beyond")

    def test_in_another_system(self, crs):
        """A degree by a degree, and its western half in a projection, where its middle meridian is straight."""
        degrees = Grid(100, 100, (56.5, 0.01, 0, 1.0, 0, -0.01), crs(4326))
        west = Grid(200, 200, (400_000.0, 500, 0, 200_000.0, 0, -1500), crs(32640))
        assert share_beside(degrees, west) == pytest.approx(0.5, abs=1e-3)

    def test_nobody_knows_where_it_lies(self, crs):
        assert share_beside(Grid(9, 9, None, ""), Grid(9, 9, (0.0, 1, 0, 0, 0, -1), crs(32640))) is None

    def test_polygons_that_reach_beyond_the_map(self, mapped, run, in_pixels, drawn):
        shapes = {
            Label(1): drawn("drawn", in_pixels(0, 0, 5, 5), in_pixels(-3, 0, 5, 5), in_pixels(90, 0, 5, 5)),
            Label(0): drawn("drawn", in_pixels(15, 15, 5, 50)),
        }
        made = run(mapped, PolygonReference("drawn", shapes))
        assert told(made, "Polygons of") == [
            "Polygons of the reference drawn wholly beside the map map: 1 of 4; partly: 2. What lies there does not "
            "count."
        ]
        (one,) = json.loads(assessment_json(made, ""))["maps"]
        assert (one["polygons_beside"], one["polygons_partly_beside"]) == (1, 2)
        assert one["reference_beside_share"] is None


def test_maps_that_lack_the_same_pixels_are_told_in_one_sentence(write_map, rasters, scene, run):
    maps = []
    for name, plane in zip("ab", scene[1:]):
        part = plane.copy()
        part[:20] = 0
        maps += write_map(part, name, nodata=0)
    (said,) = told(run(maps, rasters[0]), "no class on")
    assert said.startswith("The map a has no class on ")
    assert "; likewise b): they count as missed. Overall accuracy of a is " in said
