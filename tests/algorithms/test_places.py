"""Where things lie: the same answer of all algorithms, whatever says it and whichever way rows run."""

from __future__ import annotations

import gc
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from recurve.core.samples.sample_set import SampleSet, read_chip

LEFT, TOP, SIDE = 500000.0, 2800000.0, 64
UTM = (LEFT, 1.0, 0.0, TOP, 0.0, -1.0)
DEGREES = (57.0, 1e-5, 0.0, 25.3, 0.0, -1e-5)
KROVAK = (-740000.0, 1.0, 0.0, -1040000.0, 0.0, -1.0)
PIXELS = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
WORLD = "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"
BOX = (20, 10, 50, 42)
"""First row and column of what is drawn, and those after the last."""


@pytest.fixture(autouse=True)
def _layers_go_before_qgis():
    yield
    gc.collect()


@pytest.fixture
def grey():
    """An image (3, 64, 64) of three grey values; no two of its flips are the same."""
    cells = np.random.default_rng(5).choice([40, 120, 210], (SIDE // 4, SIDE // 4))
    return np.broadcast_to(np.kron(cells, np.ones((4, 4))), (3, SIDE, SIDE)).astype(np.uint8)


@pytest.fixture
def inside():
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


def shown_in(path, crs):
    """A raster as a layer whose system a user has set."""
    layer = QgsRasterLayer(path, Path(path).stem)
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    return layer


def box_wkt(place, box=BOX):
    x = sorted(place[0] + place[1] * col for col in (box[1], box[3]))
    y = sorted(place[3] + place[5] * row for row in (box[0], box[2]))
    return QgsGeometry.fromRect(QgsRectangle(x[0], y[0], x[1], y[1])).asWkt(10)


def drawn(*wkts, crs="EPSG:32640", to="", context=None, values=None):
    """A layer of polygons, drawn in one system and kept in another."""
    layer = QgsVectorLayer(f"Polygon?crs={to or crs}&field=class:string", "drawn", "memory")
    for number, wkt in enumerate(wkts):
        feature, shape = QgsFeature(layer.fields()), QgsGeometry.fromWkt(wkt)
        if to:
            systems = QgsCoordinateReferenceSystem(crs), QgsCoordinateReferenceSystem(to)
            shape.transform(QgsCoordinateTransform(*systems, context or QgsCoordinateTransformContext()))
        feature.setGeometry(shape)
        feature.setAttribute(0, values[number] if values else "1")
        layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


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
        stored = gdal.Open(path).GetGeoTransform(can_return_null=True)
        ones = raster_in(np.ones((SIDE, SIDE), np.uint8), "ones.tif", stored)
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


def labels_in(folder, place):
    """The labels of a sample set where they lie on its image."""
    samples, found = SampleSet.open(folder), np.zeros((SIDE, SIDE), np.uint8)
    for chip in samples.chips:
        left, _, _, top, _, _ = gdal.Open(str(samples.label_path(chip))).GetGeoTransform()
        row, col = round((top - place[3]) / place[5]), round((left - place[0]) / place[1])
        found[row : row + chip.height, col : col + chip.width] = read_chip(samples.label_path(chip))[0]
    return found


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


class TestTheSystemThatQgisShows:
    """What a user sets for a layer counts, not what its file says."""

    @pytest.fixture(params=["", "EPSG:4326"])
    def file_crs(self, request):
        """What the file says: nothing, or something wrong."""
        return request.param

    def test_polygons_and_outputs(self, pixels_of, raster_in, grey, inside, file_crs, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", UTM, file_crs), "EPSG:32640")
        found = pixels_of(image, UTM, drawn(box_wkt(UTM), to="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)
        for name in ("map.tif", "difference.tif"):
            assert QgsRasterLayer(str(tmp_path / name), "made").crs().authid() == "EPSG:32640"

    def test_it_is_said(self, run, raster_in, grey, tiny, file_crs, tmp_path):
        image = raster_in(grey, "image.tif", UTM, file_crs)
        _, said = run(
            "classify",
            INPUT=shown_in(image, "EPSG:32640"),
            CLASSIFIER=tiny.classifier,
            OUTPUT=tmp_path / "m.tif",
        )
        told = "EPSG:4326 - WGS 84" if file_crs else "none"
        shown = "EPSG:32640 - WGS 84 / UTM zone 40N, as in QGIS; its file says:"
        assert f"The coordinate reference system of image is {shown} {told}." in said
        _, said = run("classify", INPUT=image, CLASSIFIER=tiny.classifier, OUTPUT=tmp_path / "m.tif")
        assert "as in QGIS" not in said

    def test_the_pixel_size(self, run, raster_in, grey, tiny, file_crs, tmp_path):
        fine = raster_in(grey, "image.tif", (LEFT, 0.5, 0.0, TOP, 0.0, -0.5), file_crs)
        results, said = run(
            "classify",
            INPUT=shown_in(fine, "EPSG:32640"),
            CLASSIFIER=tiny.classifier,
            RESAMPLE=True,
            OUTPUT=tmp_path / "map.tif",
        )
        assert results, said
        assert "Resampled: pixels of 0.5 x 0.5 m become 1 x 1 m" in said

    def test_the_width_of_lines(self, run, raster_in, grey, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", DEGREES), "EPSG:4326")
        line = QgsVectorLayer("LineString?crs=EPSG:4326", "roads", "memory")
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt("LINESTRING(56.9 25.29968, 57.1 25.29968)"))
        line.dataProvider().addFeature(feature)
        results, said = run(
            "preparesamples",
            INPUT=image,
            LABELS=line,
            CLASSES="road",
            BACKGROUND="other",
            LINE_WIDTH=10,
            VALIDATION_FRACTION=0,
            OUTPUT=tmp_path / "set",
        )
        assert results, said
        labels = labels_in(tmp_path / "set", DEGREES)
        assert (labels == 2).sum(axis=0) * 1.108 == pytest.approx(10, abs=1.2)  # metres of a pixel's height

    def test_a_map_to_correct(self, run, raster_in, grey, make_network, tmp_path, read_raster, tiny):
        """A map in degrees whose file says nothing of it, and an image in UTM."""
        image, codes = raster_in(grey, "image.tif", UTM, "EPSG:32640"), tiny.expected_map(grey)
        there = raster_in(codes, "codes.tif", UTM, "EPSG:32640")
        gdal.Warp(str(tmp_path / "degrees.tif"), there, dstSRS="EPSG:4326", xRes=2e-6, yRes=2e-6)
        degrees = gdal.Open(str(tmp_path / "degrees.tif"))
        silent = raster_in(read_raster(tmp_path / "degrees.tif"), "silent.tif", degrees.GetGeoTransform())
        made = {}
        for name, given in (
            ("told", str(tmp_path / "degrees.tif")),
            ("shown", shown_in(silent, "EPSG:4326")),
        ):
            results, said = run(
                "correct",
                INPUT=image,
                MAP=given,
                CORRECTOR=make_network("corrector"),
                ITERATIONS=0,
                CLASS_TABLE="1=dark,2=middle,3=bright",
                OUTPUT=tmp_path / f"{name}.tif",
            )
            assert results, said
            made[name] = read_raster(results["OUTPUT"])
        np.testing.assert_array_equal(made["shown"], made["told"])
        assert made["told"].any()

    def test_an_animation(self, run, raster_in, grey, tmp_path):
        image = shown_in(raster_in(grey, "image.tif", UTM), "EPSG:32640")
        maps = raster_in(np.stack([grey[0] % 3, grey[0] % 2]), "maps.tif", UTM, "EPSG:4326")
        parameters = {"INPUT": image, "OUTPUT": tmp_path / "a.gif"}
        assert run("animate", ITERATES=shown_in(maps, "EPSG:32640"), **parameters)[0]
        assert "are not those of the maps" in run("animate", ITERATES=maps, **parameters)[1]


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


class TestShapesOfTheWholeWorld:
    @pytest.mark.parametrize("place", [UTM, (LEFT, 1.0, 0.0, TOP - SIDE, 0.0, 1.0)])
    def test_they_cover_all(self, pixels_of, raster_in, grey, place):
        image = shown_in(raster_in(grey, "image.tif", place, "EPSG:32640"), "EPSG:32640")
        found = pixels_of(image, place, drawn(WORLD, crs="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, np.ones((SIDE, SIDE), bool), err_msg=name)

    def test_others_of_their_layer_count_too(self, pixels_of, raster_in, grey, inside):
        """All over the world, where UTM does not reach, and one on the image."""
        image = shown_in(raster_in(grey, "image.tif", UTM, "EPSG:32640"), "EPSG:32640")
        there = QgsGeometry.fromWkt(box_wkt(UTM))
        there.transform(
            QgsCoordinateTransform(
                QgsCoordinateReferenceSystem("EPSG:32640"),
                QgsCoordinateReferenceSystem("EPSG:4326"),
                QgsCoordinateTransformContext(),
            )
        )
        far = [
            f"POLYGON(({x} {y}, {x + 1} {y}, {x} {y + 1}, {x} {y}))"
            for x, y in ((-123, 0), (-179, -80), (147, 0))
        ]
        found = pixels_of(image, UTM, drawn(*far, there.asWkt(12), crs="EPSG:4326"), "EPSG:32640")
        for name, pixels in found.items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)

    def test_an_extent(self, run, raster_in, grey, tiny, tmp_path, read_raster):
        image = raster_in(grey, "image.tif", UTM, "EPSG:32640")
        results, said = run(
            "classify",
            INPUT=image,
            CLASSIFIER=tiny.classifier,
            EXTENT="-180,180,-90,90 [EPSG:4326]",
            OUTPUT=tmp_path / "map.tif",
        )
        assert results, said
        assert read_raster(results["OUTPUT"]).shape == (1, SIDE, SIDE)


class TestNoSystem:
    """Images without a system, and layers that say that they have none, each in the way of its format."""

    @pytest.fixture(params=["GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf"])
    def saved(self, request, tmp_path, qgis_new_project):
        """A polygon in pixels of the image, saved without a system."""
        suffix = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "GeoJSON": "geojson", "FlatGeobuf": "fgb"}[
            request.param
        ]
        layer, path = drawn(box_wkt(PIXELS), crs=""), str(tmp_path / f"drawn.{suffix}")
        layer.setCrs(QgsCoordinateReferenceSystem())
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = request.param
        error = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, path, QgsCoordinateTransformContext(), options
        )
        assert error[0] == QgsVectorFileWriter.NoError, error
        return path

    def test_they_are_drawn_on_the_image(self, pixels_of, raster_in, grey, inside, saved):
        image = raster_in(grey, "photo.tif", None)
        for name, pixels in pixels_of(image, PIXELS, saved).items():
            np.testing.assert_array_equal(pixels, inside, err_msg=name)

    @pytest.mark.parametrize("place", [None, UTM])
    def test_a_layer_with_a_system_is_refused_by_all(self, pixels_of, raster_in, grey, place):
        image = raster_in(grey, "photo.tif", place)
        refused = "The shapes of drawn have a coordinate reference system (EPSG:32640), and the raster"
        for name, said in pixels_of(image, UTM, drawn(box_wkt(place or PIXELS))).items():
            assert f"{refused} that they are brought to has none, so nothing tells where they lie" in said, (
                name
            )


class TestRowsAndColumnsThatRunTheOtherWay:
    WAYS = tuple(itertools.product((1, -1), (1, -1)))[1:]

    @pytest.fixture(params=WAYS, ids=["rows to the north", "columns to the west", "both"])
    def turned(self, request, raster_in):
        """A function: an array with north above, stored another way over the same ground; and its geotransform."""
        east, south = request.param
        place = (LEFT if east > 0 else LEFT + SIDE, east, 0.0, TOP if south > 0 else TOP - SIDE, 0.0, -south)

        def make(array, name):
            array = array if array.ndim == 3 else array[None]
            return raster_in(
                np.ascontiguousarray(array[:, ::south, ::east]), name, place, "EPSG:32640"
            ), place

        make.back = lambda array: array[..., ::south, ::east]
        return make

    def test_polygons(self, pixels_of, turned, grey, inside):
        path, place = turned(grey, "image.tif")
        image = shown_in(path, "EPSG:32640")
        for crs in ("", "EPSG:4326"):
            polygons = drawn(box_wkt(UTM), to=crs)
            for name, pixels in pixels_of(image, place, polygons, "EPSG:32640").items():
                np.testing.assert_array_equal(turned.back(pixels), inside, err_msg=name)

    def test_classify_and_correct(
        self, run, turned, raster_in, grey, tiny, tmp_path, read_raster, make_network
    ):
        """The map of the image as it is stored, and a map with north above brought onto it."""
        image, place = turned(grey, "image.tif")
        expected = tiny.expected_map(turned.back(grey))
        results, said = run(
            "classify", INPUT=image, CLASSIFIER=tiny.classifier, ITERATIONS=0, OUTPUT=tmp_path / "map.tif"
        )
        assert results, said
        np.testing.assert_array_equal(read_raster(results["OUTPUT"])[0], expected)
        assert gdal.Open(results["OUTPUT"]).GetGeoTransform() == place
        codes = raster_in(tiny.expected_map(grey), "codes.tif", UTM, "EPSG:32640")
        for kind in ("classes", "probabilities"):
            given = codes
            if kind == "probabilities":
                shares = (
                    np.stack([tiny.expected_map(grey) == code for code in (1, 2, 3)]).astype(np.float32)
                    + 0.01
                )
                given = raster_in(shares, "shares.tif", UTM, "EPSG:32640")
            results, said = run(
                "correct",
                INPUT=image,
                MAP=given,
                MAP_KIND=kind,
                CORRECTOR=make_network("corrector"),
                ITERATIONS=0,
                CLASS_TABLE="1=dark,2=middle,3=bright",
                OUTPUT=tmp_path / f"corrected {kind}.tif",
            )
            assert results, said
            np.testing.assert_array_equal(
                turned.back(read_raster(results["OUTPUT"])[0]), tiny.expected_map(grey)
            )

    def test_rasters_as_reference_strata_and_labels(
        self, run, turned, raster_in, grey, tiny, tmp_path, read_raster
    ):
        codes = tiny.expected_map(grey)
        there, place = turned(codes, "turned.tif")
        north = raster_in(codes, "north.tif", UTM, "EPSG:32640")
        for map_path, reference in ((north, there), (there, north)):
            results, said = run(
                "assess",
                MAPS=[map_path],
                REFERENCE_RASTER=reference,
                STRATA=reference,
                DIFFERENCE=tmp_path / "difference.tif",
            )
            assert results, said
            assert results["OVERALL_ACCURACY"] == 1
            assert (read_raster(tmp_path / "difference.tif") == 1).all()
        image, _ = turned(grey, "image.tif")
        results, said = run(
            "preparesamples", INPUT=image, LABEL_RASTER=north, VALIDATION_FRACTION=0, OUTPUT=tmp_path / "set"
        )
        assert results, said
        np.testing.assert_array_equal(turned.back(labels_in(tmp_path / "set", place)), codes)


class TestTheSameImage:
    """Photographs without georeferencing, as cameras name them: IMG_0001 in the folder of each flight."""

    LABELS = ((0, 0, 400, 200), (0, 200, 400, 400))

    @pytest.fixture
    def photo(self, make_raster, tmp_path):
        """A function: a photograph of a seed's ground in a folder."""

        def make(folder, seed, name="IMG_0001.tif"):
            (tmp_path / folder).mkdir(exist_ok=True)
            pixels = np.random.default_rng(seed).integers(1, 250, (3, 400, 400)).astype(np.uint8)
            return make_raster(pixels, f"{folder}/{name}", geotransform=None)

        return make

    @pytest.fixture
    def add(self, run, tmp_path):
        """A function that adds a photograph to the sample set, and gives the pixels of each split."""

        def start(image, **parameters):
            labels = drawn(*(box_wkt(PIXELS, box) for box in self.LABELS), crs="", values=("a", "b"))
            settings = {"BLOCK_SIZE": 200, "CHIP_SIDE": 200, **parameters}
            results, said = run(
                "preparesamples",
                INPUT=image,
                LABELS=labels,
                CLASS_FIELD="class",
                OUTPUT=tmp_path / "set",
                **settings,
            )
            assert results, said
            record = json.loads((tmp_path / "set" / "samples.json").read_text())
            return {split: sum(pixels) for split, pixels in record["class_pixels"].items()}, said

        return start

    def test_another_photograph_of_the_same_name_is_other_ground(self, photo, add):
        first, _ = add(photo("flight1", 1), VALIDATION_FRACTION=0)
        both, said = add(photo("flight2", 2), VALIDATION_FRACTION=1)
        assert first == {"train": 160000, "validation": 0, "test": 0}
        assert both == {"train": 160000, "validation": 160000, "test": 0}
        assert "in the sample set already" not in said

    @pytest.mark.parametrize(("folder", "name"), [("flight1", "IMG_0001.tif"), ("moved", "roofs.tif")])
    def test_the_same_one_is_known_again_wherever_it_lies(self, photo, add, folder, name):
        first, _ = add(photo("flight1", 1), VALIDATION_FRACTION=0.3)
        again, _ = add(photo(folder, 1, name), VALIDATION_FRACTION=0.3, SEED=7)
        train, validation = first["train"], first["validation"]
        is_named_so = name == "IMG_0001.tif"
        assert again == {
            "train": train * (1 if is_named_so else 2),
            "validation": validation * (1 if is_named_so else 2),
            "test": 0,
        }

    def test_a_set_that_knows_names_only_is_not_mixed_up(self, photo, add, tmp_path):
        """Of an older version: the name has to do."""
        add(photo("flight1", 1), VALIDATION_FRACTION=0)
        path = tmp_path / "set" / "samples.json"
        record = json.loads(path.read_text())
        for chip in record["chips"]:
            del chip["image_sha256"]
        path.write_text(json.dumps(record))
        both, _ = add(photo("other", 2, "IMG_0002.tif"), VALIDATION_FRACTION=1)
        assert both["validation"] == 160000
        with pytest.raises(AssertionError, match="within 64 px of the other split"):
            add(photo("flight2", 3), VALIDATION_FRACTION=1)
