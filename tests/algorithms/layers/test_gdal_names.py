"""What GDAL names other than by a file is taken like a file; nothing that was given is left out without a word."""

from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import QgsProcessing, QgsProcessingException, QgsRasterLayer


@pytest.fixture
def part_of_a_geopackage(image, tmp_path):
    path = tmp_path / "two.gpkg"
    for options in (["RASTER_TABLE=a"], ["RASTER_TABLE=b", "APPEND_SUBDATASET=YES"]):
        gdal.Translate(str(path), str(image), format="GPKG", creationOptions=["TILE_FORMAT=PNG", *options])
    return f"GPKG:{path}:b"


def archived(tmp_path, *paths):
    archive = tmp_path / "files.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in paths:
            made.write(path, path.name)
    return f"/vsizip/{archive}"


def test_part_of_a_geopackage_is_an_image(classify, image, part_of_a_geopackage, read_raster):
    expected, _ = classify(INPUT=image, ITERATIONS=0)
    expected = read_raster(expected["OUTPUT"])
    found, _ = classify(INPUT=part_of_a_geopackage, ITERATIONS=0)
    np.testing.assert_array_equal(read_raster(found["OUTPUT"]), expected)


def test_no_map_of_a_list_is_left_out(provider, make_raster, tmp_path):
    import processing

    truth = np.kron([[1, 2], [2, 1]], np.ones((9, 9), int)).astype(np.uint8)
    one, other = make_raster(truth, "one.tif"), make_raster(truth[::-1], "other.tif")
    maps = [str(one), f"{archived(tmp_path, other)}/other.tif"]
    settings = {"REFERENCE_RASTER": str(one), "MAPS": maps, "OUTPUT_JSON": str(tmp_path / "metrics.json")}
    processing.run("recurve:assess", settings)
    metrics = json.loads((tmp_path / "metrics.json").read_text())
    assert [(each["name"], each["overall_accuracy"]) for each in metrics["maps"]] == [
        ("one", 1),
        ("other", 0),
    ]


def test_a_map_of_a_list_that_is_not_there_is_refused(provider, make_raster, tmp_path):
    import processing

    one = make_raster(np.kron([[1, 2], [2, 1]], np.ones((9, 9), int)).astype(np.uint8), "one.tif")
    settings = {"REFERENCE_RASTER": str(one), "MAPS": [str(one), "/vsizip/no.zip/other.tif"]}
    with pytest.raises(QgsProcessingException, match=r"other\.tif cannot be opened as a raster"):
        processing.run("recurve:assess", settings)


def test_labels_in_an_archive(provider, image, tmp_path):
    import processing

    labels = tmp_path / "labels.geojson"
    corners = [[500002, 2799998], [500020, 2799998], [500020, 2799980], [500002, 2799980], [500002, 2799998]]
    polygon = {"type": "Polygon", "coordinates": [corners]}
    crs = '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32640"}}'
    feature = f'{{"type": "Feature", "properties": {{}}, "geometry": {polygon}}}'.replace("'", '"')
    labels.write_text(f'{{"type": "FeatureCollection", {crs}, "features": [{feature}]}}')
    settings = {
        "INPUT": str(image),
        "CLASSES": "roof",
        "BACKGROUND": "other",
        "OUTPUT": QgsProcessing.TEMPORARY_OUTPUT,
    }
    results = []
    for given in (str(labels), f"{archived(tmp_path, labels)}/labels.geojson"):
        made = processing.run("recurve:preparesamples", {**settings, "LABELS": given})
        results.append((made["TRAIN_PIXELS"], made["VALIDATION_PIXELS"]))
    assert results[0] == results[1]
    assert results[0][0] > 300


def test_tiles_in_a_file_that_qgis_shows_like_a_server(classify, make_raster, scene, tmp_path, read_raster):
    place = (9512345.0, 0.2985821417, 0, 3201234.0, 0, -0.2985821417)
    image = make_raster(scene, geotransform=place, epsg=3857)
    path = tmp_path / "offline.mbtiles"
    gdal.Translate(str(path), str(image), format="MBTiles", creationOptions=["TILE_FORMAT=PNG"])
    layer = QgsRasterLayer(f"type=mbtiles&url=file://{path}", "offline", "wms")
    assert layer.providerType() == "wms"
    expected = read_raster(classify(INPUT=path, ITERATIONS=0)[0]["OUTPUT"])
    np.testing.assert_array_equal(read_raster(classify(INPUT=layer, ITERATIONS=0)[0]["OUTPUT"]), expected)
