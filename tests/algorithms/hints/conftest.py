"""Layers of hints on the rasters of `make_raster`, and recurve:correct with a corrector that takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

LEFT, TOP = 500000.0, 2800000.0  # of the rasters that `make_raster` writes


def at(row, col):
    """The middle of a pixel, as text."""
    return f"POINT({LEFT + col + 0.5} {TOP - row - 0.5})"


def square(row, col, row_stop, col_stop):
    """A polygon from its first and to its last row and column, as text."""
    left, right, top, bottom = LEFT + col, LEFT + col_stop, TOP - row, TOP - row_stop
    corners = (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
    return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"


@pytest.fixture
def drawn():
    """A function: a layer in memory of features (shape as text, values of the fields)."""

    def make(*features, kind="Point", crs="EPSG:32640", fields=("class:string", "trust:string")):
        described = "&".join(f"field={field}" for field in fields)
        layer = QgsVectorLayer(f"{kind}?crs={crs}&{described}", "hints", "memory")
        assert layer.isValid()
        for shape, *values in features:
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(shape) if shape else QgsGeometry())
            feature.setAttributes([*values, *[None] * (len(fields) - len(values))])
            assert layer.dataProvider().addFeatures([feature])[0]
        return layer

    return make


@pytest.fixture
def correct(provider, shipped, image, tmp_path, feedback):
    """A function that runs recurve:correct with the universal corrector, and gives its results and the log's lines."""
    import processing

    def run(told=None, **parameters):
        told = told or feedback()
        settings = {"INPUT": image, "OUTPUT": tmp_path / "corrected.tif", **parameters}
        settings = {
            name: str(value) if isinstance(value, Path) else value for name, value in settings.items()
        }
        return processing.run("recurve:correct", settings, feedback=told), told.lines

    return run


@pytest.fixture
def refusal(correct, feedback, tmp_path):
    """A function that runs recurve:correct, expects it to refuse, and gives all that the user reads."""

    def run(**parameters):
        told = feedback()
        with pytest.raises(QgsProcessingException) as refused:
            correct(told, **parameters)
        assert not (tmp_path / "corrected.tif").exists()
        return "\n".join([str(refused.value), *told.lines])

    return run
