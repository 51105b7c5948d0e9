"""The report: what is in it, with and without matplotlib, and that it stands alone."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace

import numpy as np
import pytest
from recurve.core.assessment.report import assessment_report, summary, text_table
from recurve.core.metrics.confusion import Confusion


def test_what_is_in_it(assessment):
    pytest.importorskip("matplotlib")
    page = assessment_report(assessment, "Recurve 1").html()
    for words in (
        "Reference: truth. Made by Recurve 1.",
        "Note: Mind this.",
        "Repair and damage since Iteration 0",
        "The figures after each iteration.",
        "Boundary IoU at each tolerance",
        "a random sample of each stratum",
    ):
        assert words in page
    assert "Water &amp; &lt;b&gt;ice" in page
    assert "<b>ice" not in page
    # bars, curves, difference, and one confusion matrix each of the first and the last iteration
    assert page.count("<img") == 5
    assert re.findall("<h2>(Iteration [0-9])</h2>", page) == ["Iteration 0", "Iteration 3"]


def test_it_stands_alone(assessment):
    pytest.importorskip("matplotlib")
    page = assessment_report(assessment, "Recurve 1").html()
    assert "http" not in page
    assert "<script" not in page
    for source in re.findall('src="([^"]{0,22})', page):
        assert source == "data:image/png;base64,"


def test_without_matplotlib_there_are_tables(assessment, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    page = assessment_report(assessment, "Recurve 1").html()
    assert "There are no pictures, because this QGIS has no matplotlib" in page
    assert "<img" not in page
    assert page.count("The same in percent of each row.") == 2


def test_one_map(assessment):
    single = replace(assessment, maps=assessment.maps[:1], changes=(), are_iterations=False)
    page = assessment_report(single, "Recurve 1").html()
    assert "<h1>Accuracy of a map</h1>" in page
    assert "Where the map is right" in page
    assert "Repair and damage" not in page


def test_areas_are_in_hectares_or_pixels(assessment):
    """Twice the pixels that have a reference, of 4 m2 each: 240 px of the first half are 0.096 ha."""
    page = assessment_report(assessment, "Recurve 1").html()
    assert "Estimated (ha)" in page
    assert "<td>0.096</td><td>± 0</td>" in page
    flat = replace(assessment, maps=tuple(replace(one, pixel_area_m2=None) for one in assessment.maps))
    assert "Estimated (px)" in assessment_report(flat, "Recurve 1").html()


def test_strata_without_reference_are_told(assessment):
    areas = replace(assessment.maps[0].areas, left_out=20_000.0)
    page = assessment_report(
        replace(assessment, maps=(replace(assessment.maps[0], areas=areas),), changes=()), "Recurve 1"
    ).html()
    assert "2 ha are in strata without any reference pixel" in page


def test_the_summary_as_text(assessment):
    lines = text_table(*summary(assessment))
    assert lines[0].split("  ")[0] == "Map"
    assert "Boundary IoU, 2 px" in lines[0]  # the nearest to 3 px
    assert lines[-1].startswith("Iteration 3")
    assert lines[-1].split()[2:4] == ["1.000", "1.000"]
    assert len({len(line) for line in lines}) == 1


def test_figures_that_cannot_be_told_are_dashes(assessment):
    alone = Confusion(np.array([[0, 0], [0, 0]]))
    lines = text_table(*summary(replace(assessment, maps=(replace(assessment.maps[0], confusion=alone),))))
    assert lines[1].split()[2:4] == ["-", "-"]
