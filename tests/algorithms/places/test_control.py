"""Images placed by control points, or by the model of their sensor."""

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal, osr
from qgis.core import (
    QgsRasterLayer,
)
from recurve.tests.algorithms.places.drawing import LEFT, SIDE, TOP, UTM, box_wkt, drawn


class TestControl:
    """Images that QGIS places by control points or by the model of their sensor."""

    @pytest.fixture(params=["points", "model"])
    def placed(self, request, raster_in, grey):
        path = raster_in(grey, f"{request.param}.tif", None)
        raster, system = gdal.Open(path, gdal.GA_Update), osr.SpatialReference()
        if request.param == "points":
            system.ImportFromEPSG(32640)
            corners = itertools.product((0, SIDE), (0, SIDE))
            raster.SetGCPs([gdal.GCP(LEFT + x, TOP - y, 0, x, y) for x, y in corners], system.ExportToWkt())
        else:
            one, none = " 1", " 0"
            settings = dict.fromkeys(("LINE_OFF", "SAMP_OFF", "LINE_SCALE", "SAMP_SCALE"), str(SIDE // 2))
            settings |= {"LAT_OFF": "25.3", "LONG_OFF": "57", "LAT_SCALE": "0.01", "LONG_SCALE": "0.01"}
            settings |= {"HEIGHT_OFF": "100", "HEIGHT_SCALE": "500"}
            settings |= {"LINE_NUM_COEFF": "0 0 -1" + none * 17, "SAMP_NUM_COEFF": "0 1" + none * 18}
            settings |= dict.fromkeys(("LINE_DEN_COEFF", "SAMP_DEN_COEFF"), one + none * 19)
            raster.SetMetadata(settings, "RPC")
        raster = None
        return path

    def test_maps_lie_where_the_image_lies(self, run, placed, tiny, tmp_path, make_network):
        outputs = {name: tmp_path / f"{name}.tif" for name in ("OUTPUT", "CONFIDENCE", "SCORES", "ITERATES")}
        results, said = run(
            "classify", INPUT=placed, CLASSIFIER=tiny.classifier, CORRECTOR=tiny.corrector, **outputs
        )
        assert results, said
        assert (
            "is placed by control points or by the model of its sensor, so its pixel size is not known"
            in said
        )
        made = {"corrected": tmp_path / "corrected.tif", "difference": tmp_path / "difference.tif", **outputs}
        results, said = run(
            "correct",
            INPUT=placed,
            MAP=outputs["OUTPUT"],
            CORRECTOR=make_network("corrector"),
            OUTPUT=made["corrected"],
        )
        assert results, said
        results, said = run(
            "assess",
            MAPS=[str(made["corrected"])],
            REFERENCE_RASTER=outputs["OUTPUT"],
            DIFFERENCE=made["difference"],
        )
        assert results, said
        image = QgsRasterLayer(placed, "image")
        assert image.extent().xMinimum() != 0
        for path in made.values():
            layer = QgsRasterLayer(str(path), "made")
            assert layer.crs() == image.crs()
            assert layer.extent().toString(6) == image.extent().toString(6)

    def test_places_on_them_are_refused(self, run, placed, tiny, tmp_path):
        polygons, images = drawn(box_wkt(UTM)), {"INPUT": placed, "CLASSIFIER": tiny.classifier}
        words = "control points or by the model of its sensor, and Recurve finds extents, masks, labels and references"
        results, _ = run("classify", **images, OUTPUT=tmp_path / "map.tif")
        references = {"REFERENCE": polygons, "CLASS_NAME": "1", "OUTPUT_JSON": tmp_path / "a.json"}
        said = [
            run("classify", **images, MASK=polygons, OUTPUT=tmp_path / "m.tif")[1],
            run("preparesamples", INPUT=placed, LABELS=polygons, CLASSES="1", OUTPUT=tmp_path / "set")[1],
            run("assess", MAPS=[results["OUTPUT"]], **references)[1],
        ]
        for text in said:
            assert words in text
            assert "warp the image first" in text
        assert not list(tmp_path.glob("m.tif")) + list(tmp_path.glob("a.json")) + list(tmp_path.glob("set"))

    def test_resampling_is_refused_with_the_reason(self, run, placed, tiny, tmp_path):
        _, said = run(
            "classify", INPUT=placed, CLASSIFIER=tiny.classifier, RESAMPLE=True, OUTPUT=tmp_path / "m.tif"
        )
        assert (
            "The image is placed by control points or by the model of its sensor, so its pixel size is unknown"
            in said
        )
