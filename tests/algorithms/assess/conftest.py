"""Two maps and a reference, polygons to compare them with, and recurve:assess through processing.run."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsRectangle,
    QgsVectorLayer,
)

LEFT, TOP = 500000, 2800000


@pytest.fixture
def planes():
    """A reference of two classes with unlabelled pixels, and two maps."""
    rng = np.random.default_rng(2)
    patches = np.kron(rng.integers(1, 3, (8, 9)), np.ones((6, 7), int)).astype(np.uint8)
    made = [patches[s : 40 + s, s : 50 + s].copy() for s in (0, 2, 1)]
    made[0][:3] = 0
    return made


@pytest.fixture
def paths(make_raster, planes):
    return [make_raster(p, f"{n}.tif", nodata=0) for p, n in zip(planes, ("truth", "before", "after"))]


@pytest.fixture
def run(provider, feedback, paths, tmp_path):
    """A function that runs recurve:assess on the two maps and gives its results and the log's text."""
    import processing

    def start(told=None, **parameters):
        told = told or feedback()
        settings = {"MAPS": [str(p) for p in paths[1:]], **parameters}
        if not {"REFERENCE", "REFERENCE_RASTER"} & set(parameters):
            settings["REFERENCE_RASTER"] = str(paths[0])
        return processing.run("recurve:assess", settings, feedback=told), "\n".join(told.lines)

    return start


@pytest.fixture
def refusal(run, feedback):
    """A function that runs recurve:assess, expects it to refuse, and gives all that the user reads."""

    def start(**parameters):
        told = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            run(told, **parameters)
        return "\n".join([str(refused.value), *told.lines])

    return start


@pytest.fixture
def polygons():
    """A function that makes a layer of boxes (row, column, height, width) with a class each."""

    def make(boxes, values, kind="string", crs="EPSG:32640"):
        layer = QgsVectorLayer(f"Polygon?crs={crs}&field=kind:{kind}", "drawn", "memory")
        features = []
        for (row, col, height, width), value in zip(boxes, values):
            feature = QgsFeature(layer.fields())
            rectangle = QgsRectangle(LEFT + col, TOP - row - height, LEFT + col + width, TOP - row)
            feature.setGeometry(QgsGeometry.fromRect(rectangle))
            feature.setAttribute(0, value)
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        return layer

    return make
