"""Fixtures: a field of files that a run may read, settings of every algorithm, and what it is refused with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)

LEFT, TOP = 500000.0, 2800000.0
TABLE = "1=Dark,2=Middle,3=Bright"
READ = "would take the place of {path}, which is read as {reader} and would be lost; choose another file to write."
TWICE = "{first} and {second} would both be written to {path}; choose a name of its own for each."


@pytest.fixture
def field(make_raster, image, scene, tiny, tmp_path):
    """Files that runs read, all of the same ground."""
    right = {"geotransform": (LEFT + 35, 1.0, 0.0, TOP, 0.0, -1.0)}
    halves = [make_raster(scene[..., :35], "left.tif"), make_raster(scene[..., 35:], "right.tif", **right)]
    inner, outer = tmp_path / "inner.vrt", tmp_path / "outer.vrt"
    gdal.BuildVRT(str(inner), [str(path) for path in halves]).FlushCache()
    gdal.BuildVRT(str(outer), [str(inner)]).FlushCache()
    codes = tiny.expected_map(scene)
    maps = tmp_path / "maps.vrt"
    code_map = make_raster(codes, "map_1.tif", nodata=0)
    gdal.BuildVRT(str(maps), [str(code_map)]).FlushCache()
    return SimpleNamespace(
        image=image,
        left=halves[0],
        inner=inner,
        outer=outer,
        codes=code_map,
        maps=maps,
        truth=make_raster(np.roll(codes, 2, 0), "truth.tif", nodata=0),
        iterates=make_raster(np.stack([codes, codes]), "iterates.tif", names=("Iteration 0", "Iteration 1")),
        shapes=shapes_at(tmp_path / "town.shp"),
    )


@pytest.fixture(name="shapes")
def _shapes():
    return shapes_at


def shapes_at(path):
    """A layer of two squares of the classes Dark and Bright on the image."""
    system = osr.SpatialReference()
    system.ImportFromEPSG(32640)
    driver = {".shp": "ESRI Shapefile", ".geojson": "GeoJSON", ".json": "GeoJSON"}[path.suffix]
    made = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = made.CreateLayer("town", system, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for name, left in (("Dark", LEFT + 5), ("Bright", LEFT + 35)):
        feature = ogr.Feature(layer.GetLayerDefn())
        x, y = (left, left + 25), (TOP - 45, TOP - 5)
        ring = ",".join(f"{x[a]} {y[b]}" for a, b in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        feature.SetField("class", name)
        layer.CreateFeature(feature)
    return path


@pytest.fixture
def settings(field, tiny, tmp_path):
    """What each algorithm needs besides its outputs."""
    return {
        "classify": {"INPUT": field.image, "CLASSIFIER": tiny.classifier, "OUTPUT": tmp_path / "new.tif"},
        "correct": {
            "INPUT": field.image,
            "MAP": field.codes,
            "CLASS_TABLE": TABLE,
            "CORRECTOR": tiny.corrector,
            "OUTPUT": tmp_path / "new.tif",
        },
        "assess": {"MAPS": [str(field.codes)], "REFERENCE_RASTER": field.truth},
        "animate": {"INPUT": field.image, "ITERATES": field.iterates, "OUTPUT": tmp_path / "new.gif"},
        "preparesamples": {
            "INPUT": field.image,
            "LABELS": field.shapes,
            "CLASS_FIELD": "class",
            "OUTPUT": tmp_path / "set",
        },
        "describenetwork": {"NETWORK": tiny.classifier},
    }


@pytest.fixture
def asked(provider, settings):
    """A function: what an algorithm says before a run, in dialogs and commands, and in models and batches.

    Both are asked, and say the same; '' where the run would begin.
    """

    def ask(name, **parameters):
        given = {
            key: str(value) if isinstance(value, Path) else value
            for key, value in {**settings.get(name, {}), **parameters}.items()
        }
        algorithm, context = provider.algorithm(name), QgsProcessingContext()
        context.setProject(QgsProject.instance())
        fits, checked = algorithm.checkParameterValues(given, context)
        said, feedback = [], QgsProcessingFeedback(False)
        run = algorithm.create()
        try:
            run.prepareAlgorithm(given, context, feedback)
        except QgsProcessingException as refused:
            said.append(str(refused))
        assert said == ([] if fits else [checked])
        return "" if fits else checked

    return ask
