"""The assessment as QGIS runs it: parameters, outputs, and every refusal by its words."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
)
from recurve.core.metrics.accuracy import assess

LEFT, TOP = 500000, 2800000


def test_figures_report_and_difference(run, planes, tmp_path, read_raster):
    page, record, difference = (tmp_path / name for name in ("report.html", "figures.json", "difference.tif"))
    results, log = run(OUTPUT_HTML=str(page), OUTPUT_JSON=str(record), DIFFERENCE=str(difference))
    expected = assess(planes[0], planes[2], 2, 3)
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected.overall)
    assert results["MEAN_IOU"] == pytest.approx(expected.mean_iou)
    assert results["BOUNDARY_IOU"] == pytest.approx(expected.mean_boundary_iou)
    assert f"{expected.mean_iou:.3f}" in log
    assert f"after {expected.overall:.3f}" in " ".join(log.split())
    figures = json.loads(record.read_text(encoding="utf-8"))
    assert figures["maps"][1]["mean_iou"] == pytest.approx(expected.mean_iou)
    assert [one["name"] for one in figures["maps"]] == ["before", "after"]
    known = planes[0] > 0
    codes = read_raster(difference)[0]
    assert (codes[~known] == 0).all()
    assert np.count_nonzero(codes == 2) == figures["changes"][0]["repaired_px"] > 0
    raster = gdal.Open(str(difference))
    assert raster.GetRasterBand(1).GetDefaultRAT().GetValueAsString(1, 1) == "Repaired"
    text = page.read_text(encoding="utf-8")
    for words in (
        "Accuracy of maps",
        "Repair and damage since before",
        "Boundary F1 at each tolerance",
        "ha",
    ):
        assert words in text
    assert "<script" not in text
    assert "http" not in text


def test_layers_and_a_text_for_one_map(run, paths, planes):
    layer = QgsRasterLayer(str(paths[2]), "my map")
    results, log = run(MAPS=layer, REFERENCE_RASTER=QgsRasterLayer(str(paths[0]), "my truth"))
    assert results["MEAN_IOU"] == pytest.approx(assess(planes[0], planes[2], 2).mean_iou)
    assert "my map" in log
    assert "Classes are matched by value: 1, 2." in log
    assert run(MAPS=str(paths[2]))[0]["MEAN_IOU"] == results["MEAN_IOU"]


def test_polygons_of_codes_and_what_they_leave_out(run, planes, polygons, tmp_path):
    boxes, page = [(0, 0, 12, 20), (20, 20, 15, 25), (30, 0, 5, 5), (0, 30, 4, 4)], tmp_path / "report.html"
    reference = polygons(boxes, [1, 2, None, None], "integer")
    results, log = run(REFERENCE=reference, CLASS_FIELD="kind", OUTPUT_HTML=str(page))
    truth = np.zeros_like(planes[0])
    truth[0:12, 0:20], truth[20:35, 20:45] = 1, 2
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(truth, planes[2], 2).overall)
    said = "Polygons of drawn without a class are left out: 2 (id 3, 4)."
    assert said in log
    assert said in page.read_text(encoding="utf-8")


def test_only_the_selected_polygons(run, planes, polygons, qgis_new_project):
    layer = polygons([(0, 0, 12, 20), (20, 20, 15, 25), (36, 0, 4, 50)], [1, 2, 2], "integer")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([1, 2])
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    results, _ = run(REFERENCE=chosen, CLASS_FIELD="kind")
    truth = np.zeros_like(planes[0])
    truth[0:12, 0:20], truth[20:35, 20:45] = 1, 2
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(truth, planes[2], 2).overall)


def test_polygons_of_names_with_a_class_table(run, planes, polygons):
    boxes = [(0, 0, 12, 20), (20, 20, 15, 25)]
    results, _ = run(
        REFERENCE=polygons(boxes, ["Wood", "Water"]), CLASS_FIELD="kind", CLASS_TABLE="1=water,2=wood"
    )
    truth = np.zeros_like(planes[0])
    truth[0:12, 0:20], truth[20:35, 20:45] = 2, 1
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(truth, planes[2], 2).overall)


def test_what_no_polygon_covers_may_be_a_class(run, planes, polygons):
    """As with buildings: one class was drawn, without a field for it, in an area where nothing was forgotten."""
    boxes = [(0, 0, 12, 20), (20, 20, 15, 25)]
    area = polygons([(0, 0, 30, 40)], [""])
    names = {"CLASS_NAME": "Wood", "BACKGROUND": "Water", "CLASS_TABLE": "1=water,2=wood"}
    results, _ = run(REFERENCE=polygons(boxes, ["", ""]), MASK=area, **names)
    truth = np.zeros_like(planes[0])
    truth[:30, :40] = 1
    for row, col, height, width in boxes:
        truth[row : min(row + height, 30), col : min(col + width, 40)] = 2
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(truth, planes[2], 2).overall)


def test_polygons_without_a_class_are_no_background(run, planes, polygons):
    boxes = [(0, 0, 12, 20), (20, 20, 15, 25)]
    results, _ = run(REFERENCE=polygons(boxes, [2, None], "integer"), CLASS_FIELD="kind", BACKGROUND="1")
    truth = np.ones_like(planes[0])
    truth[0:12, 0:20], truth[20:35, 20:45] = 2, 0
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(truth, planes[2], 2).overall)


def test_names_that_int_takes_for_numbers(run, planes, polygons, paths):
    """'1_1' and '1_2' are names of sub-classes, also where a map has them."""
    for path in paths[1:]:
        raster = gdal.Open(str(path), gdal.GA_Update)
        raster.GetRasterBand(1).SetCategoryNames(["", "1_1", "1_2"])
        raster = None
    layer = polygons([(0, 0, 20, 50), (20, 0, 20, 50)], ["1_1", "1_2"])
    expected = assess(halves(planes[2].shape), planes[2], 2).overall
    for table in ("", "1=1_1,2=1_2"):
        results, _ = run(REFERENCE=layer, CLASS_FIELD="kind", CLASS_TABLE=table)
        assert results["OVERALL_ACCURACY"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("double", (1.0, 2.0000000298), ""),
        ("string", ("01", " 2.0"), ""),
        ("bool", (True, False), ""),
        ("string", ("Wood", "water"), ""),
    ],
)
def test_values_of_polygons_in_other_forms(run, planes, polygons, make_raster, kind, values, told):
    codes = np.where(planes[2] == 1, 1, 0 if kind == "bool" else 2).astype(np.uint8)
    path = str(make_raster(codes, "map.tif", nodata=9))
    raster = gdal.Open(path, gdal.GA_Update)
    raster.GetRasterBand(1).SetCategoryNames(["0", "WOOD", "Water"])
    raster = None
    layer = polygons([(0, 0, 20, 50), (20, 0, 20, 50)], values, kind)
    results, _ = run(MAPS=[path], REFERENCE=layer, CLASS_FIELD="kind")
    expected = assess(halves(codes.shape), np.where(codes == 1, 1, 2).astype(np.uint8), 2).overall
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected)


def test_forms_of_one_class_are_one_and_told(run, polygons, planes):
    layer = polygons([(0, 0, 20, 25), (0, 25, 20, 25), (20, 0, 20, 50)], ["Wood", "wood ", "Water"])
    results, log = run(REFERENCE=layer, CLASS_FIELD="kind", CLASS_TABLE="1=WOOD,2=water", BACKGROUND="water")
    expected = assess(halves(planes[2].shape), planes[2], 2).overall
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected)
    assert "Some classes in drawn are written in several forms" in log
    assert "Wood: 'Wood' (1), 'wood ' (1)" in log


def test_polygons_of_the_background_contradict_others(run, polygons):
    layer = polygons([(0, 0, 20, 50), (10, 0, 20, 50)], ["1", "2"], "string")
    _, log = run(REFERENCE=layer, CLASS_FIELD="kind", BACKGROUND="2")
    assert "500 pixels (25 % of those in the reference) lie in polygons of different classes" in log
    assert "(1, 2) and do not count" in log


def test_codes_beyond_24_bits(run, planes, make_raster):
    """They differ by 1, which 32-bit numbers cannot tell."""
    large = [(plane.astype(np.float64) + 2**40) * (plane > 0) for plane in planes]
    truth, mapped = (str(make_raster(p, f"{n}.tif", nodata=0)) for n, p in zip("ab", large))
    results, _ = run(MAPS=[mapped], REFERENCE_RASTER=truth)
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(planes[0], planes[1], 2).overall)


def halves(shape):
    """1 in the upper 20 rows, 2 below."""
    codes = np.full(shape, 2, np.uint8)
    codes[:20] = 1
    return codes


def test_polygons_in_degrees(run, planes, polygons):
    """Long polygons are bent a little: a pixel of the edge may fall on the other side."""
    layer = polygons([(1, 1, 12, 20), (20, 20, 15, 25)], [1, 2], "integer")
    told = [
        run(REFERENCE=drawn, CLASS_FIELD="kind")[0]["OVERALL_ACCURACY"]
        for drawn in (layer, reprojected(layer))
    ]
    assert told[0] == pytest.approx(told[1], abs=0.02)


def reprojected(layer):
    import processing

    made = processing.run(
        "native:reprojectlayer", {"INPUT": layer, "TARGET_CRS": "EPSG:4326", "OUTPUT": "TEMPORARY_OUTPUT"}
    )["OUTPUT"]
    assert made.extent().yMaximum() < 90
    return made


def test_an_area_and_strata(run, planes, polygons, paths):
    results, _ = run(MASK=polygons([(5, 5, 20, 30)], ["x"]), STRATA=str(paths[1]))
    inside = np.s_[5:25, 5:35]
    expected = assess(planes[0][inside], planes[2][inside], 2)
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected.overall)


def test_iterations(run, make_raster, planes, tmp_path):
    path = make_raster(
        np.stack([planes[1], planes[2], planes[0]]), "iterates.tif", nodata=0,
        names=("Iteration 0", "Iteration 1", "Iteration 2"),
    )  # fmt: skip
    record = tmp_path / "figures.json"
    results, log = run(MAPS=[str(path)], OUTPUT_JSON=str(record))
    figures = json.loads(record.read_text(encoding="utf-8"))
    assert figures["are_iterations"]
    assert [one["name"] for one in figures["maps"]] == ["Iteration 0", "Iteration 1", "Iteration 2"]
    assert results["OVERALL_ACCURACY"] == 1.0
    assert "Iteration 2" in log


def test_maps_of_one_name_are_told_apart(run, make_raster, planes, tmp_path, paths):
    record = tmp_path / "figures.json"
    layers = [QgsRasterLayer(str(path), "map") for path in paths[1:]]
    run(MAPS=layers, OUTPUT_JSON=str(record))
    names = [one["name"] for one in json.loads(record.read_text(encoding="utf-8"))["maps"]]
    assert names == ["map (1)", "map (2)"]


def test_an_unlabelled_value(run, make_raster, planes):
    truth = make_raster(np.where(planes[0] == 0, 7, planes[0]).astype(np.uint8), "sevens.tif")
    results, _ = run(REFERENCE_RASTER=str(truth), UNLABELLED=7)
    assert results["OVERALL_ACCURACY"] == pytest.approx(assess(planes[0], planes[2], 2).overall)


def test_0_may_be_a_class(run, refusal, make_raster, planes):
    """As in masks of 0 and 1, which have no nodata value."""
    truth, mapped = (
        make_raster((p == 1).astype(np.uint8), f"{n}.tif") for p, n in zip(planes[::2], ("a", "b"))
    )
    message = refusal(MAPS=[str(mapped)], REFERENCE_RASTER=str(truth))
    assert "Set the unlabelled value to 0 if it is unlabelled, or say that 0 is a class" in message
    results, _ = run(MAPS=[str(mapped)], REFERENCE_RASTER=str(truth), ZERO_IS_A_CLASS=True)
    expected = assess((planes[0] == 1) + np.uint8(1), (planes[2] == 1) + np.uint8(1), 2)
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected.overall)
    message = refusal(MAPS=[str(mapped)], REFERENCE_RASTER=str(truth), ZERO_IS_A_CLASS=True, UNLABELLED=0)
    assert "is given as 0, and 0 is said to be a class; choose one of both" in message


def test_what_a_map_has_no_class_for_is_missed(run, make_raster, planes):
    """As a mask of buildings from a raster calculator: 0 is its nodata value, and a class of the reference."""
    truth = make_raster((planes[0] == 1).astype(np.uint8), "buildings.tif")
    mapped = make_raster((planes[2] == 1).astype(np.uint8), "mapped.tif", nodata=0)
    settings = {"MAPS": [str(mapped)], "REFERENCE_RASTER": str(truth), "ZERO_IS_A_CLASS": True}
    results, log = run(**settings)
    right = np.count_nonzero((planes[0] == 1) & (planes[2] == 1))
    assert results["OVERALL_ACCURACY"] == pytest.approx(right / planes[0].size)
    assert "The map mapped has no class on" in log
    results, log = run(**settings, CLASS_TABLE="0=0,1=1")
    expected = assess((planes[0] == 1) + np.uint8(1), (planes[2] == 1) + np.uint8(1), 2)
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected.overall)
    assert "has no class on" not in log


def test_polygons_on_no_map(refusal, polygons):
    """With a background, all of the map would be that, and nearly all of it right."""
    layer = polygons([(500, 500, 5, 5)], ["x"])
    said = refusal(REFERENCE=layer, CLASS_NAME="2", BACKGROUND="1")
    assert "No polygon of the reference drawn overlaps the map before" in said


def test_cancelled(run, feedback, tmp_path):
    page, difference = tmp_path / "report.html", tmp_path / "difference.tif"
    with pytest.raises(QgsProcessingException, match=r"The assessment was stopped; nothing was written\."):
        run(feedback(cancel_after=1), OUTPUT_HTML=str(page), DIFFERENCE=str(difference))
    assert not page.exists()
    assert not difference.exists()


def test_from_outside(profile, call, paths, planes, tmp_path):
    """The real qgis_process, several maps."""
    page = tmp_path / "report.html"
    maps = [f"MAPS={path}" for path in paths[1:]]
    ran = call(
        profile, "run", "recurve:assess", "--", *maps, f"REFERENCE_RASTER={paths[0]}", f"OUTPUT_HTML={page}"
    )
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"before +0\.\d{3} .*\nafter +0\.\d{3} ", ran.stdout)
    found = re.search(r"MEAN_IOU:\s+(\S+)", ran.stdout)
    assert float(found[1]) == pytest.approx(assess(planes[0], planes[2], 2).mean_iou)
    assert "Repair and damage since before" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("turned", ["south-up", "west-right"])
def test_polygons_on_a_turned_map_whose_pixels_are_not_square(run, make_raster, polygons, turned):
    """QGIS warps such a map to square pixels, which moves its extent and not its place."""
    codes = np.random.default_rng(3).integers(1, 3, (50, 15)).astype(np.uint8)
    left, top = LEFT + 7.76, TOP - 7.36
    settings = {
        "south-up": (codes[::-1], (left, 0.5, 0.0, top - 50, 0.0, 1.0)),
        "west-right": (codes[:, ::-1], (left + 7.5, -0.5, 0.0, top, 0.0, -1.0)),
    }
    drawn = polygons([(10, 9, 30, 5)], ["1"])
    # pixels whose centres are in the box
    rows = [row for row in range(50) if 10 < 7.36 + row + 0.5 < 40]
    cols = [col for col in range(15) if 9 < 7.76 + (col + 0.5) * 0.5 < 14]
    expected = (codes[np.ix_(rows, cols)] == 1).mean()
    pixels, geotransform = settings[turned]
    path = make_raster(np.ascontiguousarray(pixels), "turned.tif", geotransform=geotransform)
    results, _ = run(MAPS=[str(path)], REFERENCE=drawn, CLASS_FIELD="kind")
    assert results["OVERALL_ACCURACY"] == pytest.approx(expected)
