"""Shapes and rasters go one way from system to system in all algorithms: QGIS's, with the project's choice."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
    QgsProject,
    QgsRectangle,
)
from recurve.tests.algorithms.places.drawing import KROVAK, SIDE, box_wkt, drawn, labels_in, shown_in


class TestOneWay:
    """In EPSG:5514, PROJ's choice for a place is 7 m from QGIS's first one."""

    @pytest.fixture(params=["QGIS's own choice", "the project's"])
    def context(self, request, qgis_new_project):
        context = QgsCoordinateTransformContext()
        if request.param == "the project's":
            systems = QgsCoordinateReferenceSystem("EPSG:5514"), QgsCoordinateReferenceSystem("EPSG:4326")
            operation = [one.proj for one in QgsDatumTransform.operations(*systems) if one.isAvailable][-1]
            assert context.addCoordinateOperation(*systems, operation)
            QgsProject.instance().setTransformContext(context)
        yield context
        QgsProject.instance().setTransformContext(QgsCoordinateTransformContext())

    def test_polygons(self, pixels_of, raster_in, grey, inside, context):
        image = shown_in(raster_in(grey, "image.tif", KROVAK, "EPSG:5514"), "EPSG:5514")
        polygons = drawn(box_wkt(KROVAK), crs="EPSG:5514", to="EPSG:4326", context=context)
        found = pixels_of(image, KROVAK, polygons, "EPSG:5514")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)

    def test_rasters(self, run, raster_in, grey, context, tmp_path, read_raster, make_network, tiny):
        """A map in degrees, finer than the image: each pixel of the image has the code at its centre."""
        image = raster_in(grey, "image.tif", KROVAK, "EPSG:5514")
        to_degrees = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:5514"), QgsCoordinateReferenceSystem("EPSG:4326"), context
        )
        ground = to_degrees.transformBoundingBox(QgsRectangle(-740010, -1040074, -739926, -1039990))
        step, codes = 2e-6, np.random.default_rng(2).integers(1, 4, (9, 9)).astype(np.uint8)
        rows, cols = round(ground.height() / step), round(ground.width() / step)
        fine = codes[np.ix_(np.arange(rows) * 9 // rows, np.arange(cols) * 9 // cols)]
        place = (ground.xMinimum(), step, 0.0, ground.yMaximum(), 0.0, -step)
        coarse = raster_in(np.ascontiguousarray(fine), "codes.tif", place, "EPSG:4326")
        expected, near = np.zeros((SIDE, SIDE), np.uint8), np.zeros((SIDE, SIDE), bool)
        for row, col in itertools.product(range(SIDE), range(SIDE)):
            at = to_degrees.transform(KROVAK[0] + col + 0.5, KROVAK[3] - row - 0.5)
            y, x = (place[3] - at.y()) / step, (at.x() - place[0]) / step
            around = fine[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2]
            expected[row, col], near[row, col] = fine[int(y), int(x)], (around != fine[int(y), int(x)]).any()
        corrector = make_network("corrector")
        results, said = run(
            "correct",
            INPUT=image,
            MAP=coarse,
            CORRECTOR=corrector,
            ITERATIONS=0,
            CLASS_TABLE="1=dark,2=middle,3=bright",
            OUTPUT=tmp_path / "corrected.tif",
        )
        assert results, said
        corrected = read_raster(results["OUTPUT"])[0]
        np.testing.assert_array_equal(corrected[~near], expected[~near])
        _, said = run(
            "preparesamples", INPUT=image, LABEL_RASTER=coarse, VALIDATION_FRACTION=0, OUTPUT=tmp_path / "set"
        )
        np.testing.assert_array_equal(labels_in(tmp_path / "set", KROVAK)[~near], expected[~near])
        truth = raster_in(expected, "truth.tif", KROVAK, "EPSG:5514")
        results, said = run(
            "assess", MAPS=[truth], REFERENCE_RASTER=coarse, DIFFERENCE=tmp_path / "difference.tif"
        )
        assert results, said
        assert (read_raster(tmp_path / "difference.tif")[0][~near] == 1).all()
