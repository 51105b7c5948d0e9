"""An image, and a look at where each algorithm finds things on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal, osr
from qgis.core import (
    QgsProcessingException,
)
from recurve.tests.algorithms.places.drawing import BOX, SIDE, box_wkt, drawn, labels_in, shown_in


@pytest.fixture
def grey():
    """An image (3, 64, 64) of three grey values; no two of its flips are the same."""
    cells = np.random.default_rng(5).choice([40, 120, 210], (SIDE // 4, SIDE // 4))
    return np.broadcast_to(np.kron(cells, np.ones((4, 4))), (3, SIDE, SIDE)).astype(np.uint8)


@pytest.fixture
def inside():
    """The pixels of `BOX`."""
    found = np.zeros((SIDE, SIDE), bool)
    found[BOX[0] : BOX[2], BOX[1] : BOX[3]] = True
    return found


@pytest.fixture
def raster_in(make_raster):
    """A function: an array as a file in a system, which may be none."""

    def make(array, name, place, crs=""):
        path = make_raster(array, name, geotransform=place, nodata=0)
        raster, system = gdal.Open(str(path), gdal.GA_Update), osr.SpatialReference()
        if crs:
            system.SetFromUserInput(crs)
        raster.SetProjection(system.ExportToWkt() if crs else "")
        raster = None
        return str(path)

    return make


@pytest.fixture
def run(provider, feedback):
    """A function that runs an algorithm and gives its results and what it says."""
    import processing

    def start(algorithm, **parameters):
        told = feedback()
        settings = {k: str(v) if isinstance(v, Path) else v for k, v in parameters.items()}
        try:
            results = processing.run(f"recurve:{algorithm}", settings, feedback=told)
        except QgsProcessingException as error:
            return None, "\n".join([str(error), *told.lines])
        return results, "\n".join(told.lines)

    return start


@pytest.fixture
def pixels_of(run, tmp_path, read_raster, raster_in, tiny):
    """A function: the pixels that each algorithm takes polygons for on an image, by what they are given as."""

    def look(image, place, polygons, crs=""):
        found = {}
        path = image if isinstance(image, str) else image.source()
        stored = gdal.Open(path)
        place_and_crs = stored.GetGeoTransform(can_return_null=True), stored.GetProjection()
        ones = raster_in(np.ones((SIDE, SIDE), np.uint8), "ones.tif", *place_and_crs)
        ones = shown_in(ones, crs) if crs else ones
        for name in ("map", "difference", "area"):
            (tmp_path / f"{name}.tif").unlink(missing_ok=True)
        results, said = run(
            "classify", INPUT=image, CLASSIFIER=tiny.classifier, MASK=polygons, OUTPUT=tmp_path / "map.tif"
        )
        found["mask"] = read_raster(results["OUTPUT"])[0] > 0 if results else said
        _, said = run(
            "assess", MAPS=[ones], REFERENCE=polygons, CLASS_NAME="1", DIFFERENCE=tmp_path / "difference.tif"
        )
        made = tmp_path / "difference.tif"
        found["reference"] = read_raster(made)[0] > 0 if made.exists() else said
        _, said = run(
            "assess", MAPS=[ones], REFERENCE_RASTER=ones, MASK=polygons, DIFFERENCE=tmp_path / "area.tif"
        )
        made = tmp_path / "area.tif"
        found["area"] = read_raster(made)[0] > 0 if made.exists() else said
        folder = tmp_path / f"set{len(list(tmp_path.glob('set*')))}"
        results, said = run(
            "preparesamples",
            INPUT=image,
            LABELS=polygons,
            CLASSES="1",
            BACKGROUND="0",
            VALIDATION_FRACTION=0,
            MASK=drawn(box_wkt(place, (0, 0, SIDE, SIDE)), crs=crs) if crs else None,
            OUTPUT=folder,
        )
        found["labels"] = labels_in(folder, place) == 2 if results else said
        return found

    return look
