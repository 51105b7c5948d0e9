"""recurve:preparesamples through processing.run, and labels that are drawn on its image."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer
from recurve.core.samples.sample_set import SampleSet

LEFT, TOP = 500000.0, 2800000.0  # of the rasters that `make_raster` writes
SIDE = 300


@pytest.fixture
def image(make_raster):
    """An image of 300 x 300 px of 1 m."""
    pixels = np.random.default_rng(0).integers(1, 250, (3, SIDE, SIDE)).astype(np.uint8)
    return make_raster(pixels, names=("red", "green", "blue"))


@pytest.fixture
def prepare(provider, feedback, image, tmp_path):
    """A function that runs recurve:preparesamples, all into training, and gives results, set and log."""
    import processing

    def run(told=None, **parameters):
        told = told or feedback()
        settings = {"INPUT": image, "OUTPUT": tmp_path / "set", "VALIDATION_FRACTION": 0, **parameters}
        settings = {k: str(v) if hasattr(v, "joinpath") else v for k, v in settings.items()}
        results = processing.run("recurve:preparesamples", settings, feedback=told)
        samples = SampleSet.open(results["OUTPUT"]) if results else None
        return results, samples, "\n".join(told.lines)

    return run


@pytest.fixture
def refusal(prepare, feedback, tmp_path):
    """A function that runs it, expects it to refuse, and gives all that the user reads."""

    def run(**parameters):
        told = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            prepare(told, **parameters)
        assert not (tmp_path / "set" / "images").exists()
        return "\n".join([str(refused.value), *told.lines])

    return run


@pytest.fixture
def square():
    """A function: a polygon from its first and to its last row and column in the image, as text."""

    def make(row, col, row_stop, col_stop):
        left, right, top, bottom = LEFT + col, LEFT + col_stop, TOP - row, TOP - row_stop
        corners = (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
        return f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"

    return make


@pytest.fixture
def layer():
    """A function that makes a layer called labels; features are (wkt, class) or (wkt, class, width)."""

    def make(*features, kind="Polygon", crs="EPSG:32640", fields="field=class:string&field=width:double"):
        made = QgsVectorLayer(f"{kind}?crs={crs}&{fields}", "labels", "memory")
        for wkt, *attributes in features:
            feature = QgsFeature(made.fields())
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            feature.setAttributes([*attributes, None, None][: made.fields().count()])
            made.dataProvider().addFeature(feature)
        made.updateExtents()
        return made

    return make


@pytest.fixture
def two(square):
    """Two features that overlap."""
    return (square(10, 20, 60, 80), "road"), (square(40, 50, 100, 140), "building")
