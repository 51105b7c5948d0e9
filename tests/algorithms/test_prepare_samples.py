"""recurve:preparesamples through processing.run: classes, labels of all kinds, refusals by their words."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from recurve.core.samples.sample_set import SampleSet, read_chip

LEFT, TOP = 500000.0, 2800000.0
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
        settings = {"INPUT": image, "OUTPUT": tmp_path / "set", "VALIDATION_SHARE": 0, **parameters}
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


def ring(row, col, row_stop, col_stop):
    left, right, top, bottom = LEFT + col, LEFT + col_stop, TOP - row, TOP - row_stop
    return f"{left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}"


def square(*sides):
    return f"POLYGON(({ring(*sides)}))"


def layer(*features, kind="Polygon", crs="EPSG:32640", fields="field=class:string&field=width:double"):
    """A layer called labels; features are (wkt, class) or (wkt, class, width)."""
    made = QgsVectorLayer(f"{kind}?crs={crs}&{fields}", "labels", "memory")
    for wkt, *attributes in features:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes([*attributes, None, None][: made.fields().count()])
        made.dataProvider().addFeature(feature)
    made.updateExtents()
    return made


def labels_of(samples):
    """The labels of all chips where they lie on the image."""
    found = np.zeros((SIDE, SIDE), np.uint8)
    for chip in samples.chips:
        left, _, _, top, _, _ = gdal.Open(str(samples.label_path(chip))).GetGeoTransform()
        row, col = round(TOP - top), round(left - LEFT)
        found[row : row + chip.height, col : col + chip.width] += read_chip(samples.label_path(chip))[0]
    return found


def painted(*boxes):
    """Codes, later boxes over earlier ones."""
    expected = np.zeros((SIDE, SIDE), np.uint8)
    for row, col, row_stop, col_stop, code in boxes:
        expected[row:row_stop, col:col_stop] = code
    return expected


TWO = ((square(10, 20, 60, 80), "road"), (square(40, 50, 100, 140), "building"))


def names(samples):
    return [entry.name for entry in samples.classes]


class TestPolygons:
    def test_classes_are_the_sorted_values_and_the_last_one_wins(self, prepare):
        results, samples, log = prepare(LABELS=layer(*TWO), CLASS_FIELD="class")
        assert names(samples) == ["building", "road"]
        expected = painted((40, 50, 100, 140, 1), (10, 20, 60, 80, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert [band.name for band in samples.bands] == ["red", "green", "blue"]
        assert samples.pixel_size_m == pytest.approx(1, rel=0.01)
        assert samples.source == "image.tif with labels labels"
        assert results["CHIPS"] == len(samples.chips)
        assert (results["TRAIN_PIXELS"], results["VALIDATION_PIXELS"]) == (int((expected > 0).sum()), 0)
        assert "road: 3000 training and 0 validation pixels." in log

    def test_classes_as_written(self, prepare):
        _, samples, log = prepare(
            LABELS=layer(*TWO), CLASS_FIELD="class", CLASSES="road:#ff0000,building,wood"
        )
        assert names(samples) == ["road", "building", "wood"]
        assert samples.classes[0].colour == "#ff0000"
        expected = painted((10, 20, 60, 80, 1), (40, 50, 100, 140, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "The class wood has 0 train pixels" in log

    def test_classes_as_a_flat_list(self, prepare):
        cells = ["road", "Road", "#ff0000", "building", "House", ""]
        _, samples, _ = prepare(LABELS=layer(*TWO), CLASS_FIELD="class", CLASSES=cells)
        assert names(samples) == ["Road", "House"]
        assert samples.classes[0].colour == "#ff0000"
        expected = painted((10, 20, 60, 80, 1), (40, 50, 100, 140, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)

    def test_classes_as_the_layer_shows_them(self, prepare):
        shown = layer(*TWO)
        categories = []
        for value, colour, label in (
            ("road", "#112233", "Road"),
            ("building", "#445566", ""),
            ("", "#000000", "x"),
        ):
            symbol = QgsSymbol.defaultSymbol(shown.geometryType())
            symbol.setColor(QColor(colour))
            categories.append(QgsRendererCategory(value, symbol, label))
        shown.setRenderer(QgsCategorizedSymbolRenderer("class", categories))
        _, samples, _ = prepare(LABELS=shown, CLASS_FIELD="class")
        assert [(entry.name, entry.colour) for entry in samples.classes] == [
            ("Road", "#112233"),
            ("building", "#445566"),
        ]

    def test_one_class_and_background_in_an_area(self, prepare):
        _, samples, log = prepare(
            LABELS=layer(*TWO), CLASSES="house", BACKGROUND="other", MASK=layer((square(0, 0, 90, 120), None))
        )
        assert names(samples) == ["other", "house"]
        expected = painted((0, 0, 90, 120, 1), (10, 20, 60, 80, 2), (40, 50, 90, 120, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "No labelled area was given" not in log

    def test_background_without_an_area_is_in_the_rectangle_around_the_labels(self, prepare):
        _, samples, log = prepare(LABELS=layer(*TWO), BACKGROUND="other")
        assert names(samples) == ["other", "labels"]
        expected = painted((10, 20, 100, 140, 1), (10, 20, 60, 80, 2), (40, 50, 100, 140, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "No labelled area was given, so in the rectangle around the labels everything" in log

    def test_whole_numbers_as_classes(self, prepare):
        numbers = layer(
            (square(10, 20, 60, 80), 10), (square(70, 20, 90, 80), 2), fields="field=class:double"
        )
        _, samples, _ = prepare(LABELS=numbers, CLASS_FIELD="class", CLASSES="10=road,2=wood")
        assert names(samples) == ["road", "wood"]
        np.testing.assert_array_equal(labels_of(samples), painted((10, 20, 60, 80, 1), (70, 20, 90, 80, 2)))

    def test_reprojected(self, prepare):
        to_degrees = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:32640"),
            QgsCoordinateReferenceSystem("EPSG:4326"),
            QgsCoordinateTransformContext(),
        )
        features = []
        for wkt, name in TWO:
            geometry = QgsGeometry.fromWkt(wkt)
            geometry.transform(to_degrees)
            features.append((geometry.asWkt(12), name))
        _, samples, _ = prepare(LABELS=layer(*features, crs="EPSG:4326"), CLASS_FIELD="class")
        expected = painted((40, 50, 100, 140, 1), (10, 20, 60, 80, 2))
        assert (labels_of(samples) != expected).mean() < 0.002

    def test_what_is_left_out_is_named_and_counted(self, prepare):
        crossing = f"POLYGON(({LEFT + 200} {TOP - 200}, {LEFT + 250} {TOP - 250}, {LEFT + 250} {TOP - 200}, "
        crossing += f"{LEFT + 200} {TOP - 250}, {LEFT + 200} {TOP - 200}))"
        _, samples, log = prepare(
            LABELS=layer(
                *TWO,
                (crossing, "road"),
                *[(square(0, 5000 + shift, 10, 5010 + shift), "road") for shift in range(7)],
                (square(120, 20, 130, 30), "mistyped"),
                (square(120, 40, 130, 50), None),
                ("POLYGON EMPTY", "road"),
            ),
            CLASS_FIELD="class",
            CLASSES="road,building",
            BACKGROUND="other",
            MASK=layer((square(0, 0, 300, 300), None)),
        )
        assert "1 label feature (id 3) with an invalid shape repaired" in log
        assert "7 label features (id 4, 5, 6, 7, 8, ...) beside the image left out" in log
        assert (
            "1 label feature (id 11) of the unknown class 'mistyped' left out; the ground there stays" in log
        )
        assert "1 label feature (id 12) without a class left out" in log
        assert "1 label feature (id 13) without a shape left out" in log
        found = labels_of(samples)
        assert not found[120:130, 20:30].any()
        assert not found[120:130, 40:50].any()
        assert (found[200:250, 200:250] == 2).sum() == pytest.approx(1250, abs=60)


class TestLines:
    def test_half_of_the_width_on_each_side(self, prepare):
        line = f"LINESTRING({LEFT + 50} {TOP - 100}, {LEFT + 250} {TOP - 100})"
        other = f"LINESTRING({LEFT + 50} {TOP - 200}, {LEFT + 250} {TOP - 200})"
        lines = layer((line, "road", 20), (other, "path"), kind="LineString")
        _, samples, _ = prepare(
            LABELS=lines, CLASS_FIELD="class", LINE_WIDTH=4, LINE_WIDTH_FIELD="width", CLASSES="path,road"
        )
        found = labels_of(samples)
        assert found[:, 150].nonzero()[0].tolist() == [*range(90, 110), *range(198, 202)]
        assert (found[100, 52:248] == 2).all()
        assert (found[200, 52:248] == 1).all()

    def test_the_width_is_on_the_ground_where_pixels_are_not_square(self, prepare, make_raster):
        pixels = np.random.default_rng(0).integers(1, 250, (1, SIDE, SIDE)).astype(np.uint8)
        path = make_raster(pixels, geotransform=(77.0, 1e-5, 0.0, 60.0, 0.0, -1e-5), epsg=4326)
        cross = "MULTILINESTRING((77.0005 59.9985, 77.0025 59.9985), (77.0015 59.9995, 77.0015 59.9975))"
        lines = layer((cross, "road"), kind="MultiLineString", crs="EPSG:4326")
        _, samples, _ = prepare(INPUT=path, LABELS=lines, LINE_WIDTH=20, BACKGROUND="other", BLOCK_SIZE=500)
        labels = read_chip(samples.label_path(samples.chips[0]))[0]
        origin = gdal.Open(str(samples.label_path(samples.chips[0]))).GetGeoTransform()
        row, col = round((60 - origin[3]) / -1e-5), round((origin[0] - 77) / 1e-5)
        wide = (labels[100 - row] == 2).sum() * 0.558  # metres of a pixel's width at 60 degrees north
        high = (labels[:, 100 - col] == 2).sum() * 1.114
        assert (wide, high) == (pytest.approx(20, abs=1.2), pytest.approx(20, abs=1.2))

    def test_lines_without_a_width_are_named(self, prepare):
        line = f"LINESTRING({LEFT + 50} {TOP - 100}, {LEFT + 250} {TOP - 100})"
        lines = layer((line, "road", 20), (line, "path", 0), kind="LineString")
        _, _, log = prepare(LABELS=lines, CLASS_FIELD="class", CLASSES="road,path", LINE_WIDTH_FIELD="width")
        assert "1 label feature (id 2) without a width left out" in log


class TestRasters:
    @pytest.fixture
    def classes(self, make_raster):
        """Values 0 (no data), 3 and 7 on the image's pixels."""
        values = painted((10, 20, 60, 80, 3), (40, 50, 100, 140, 7))
        return make_raster(values, "classes.tif", nodata=0), values

    def test_values(self, prepare, classes):
        path, values = classes
        _, samples, _ = prepare(LABEL_RASTER=path)
        assert names(samples) == ["3", "7"]
        np.testing.assert_array_equal(labels_of(samples), np.select([values == 3, values == 7], [1, 2]))

    def test_as_written_and_unknown_values(self, prepare, classes):
        path, values = classes
        _, samples, log = prepare(LABEL_RASTER=path, CLASSES="7=house", BACKGROUND="other")
        assert names(samples) == ["other", "house"]
        np.testing.assert_array_equal(labels_of(samples), np.select([values == 3, values == 7], [0, 2], 1))
        assert "2400 label pixels with values of no class (3) left out" in log

    def test_as_the_layer_shows_them(self, prepare, classes):
        shown = QgsRasterLayer(str(classes[0]), "classes")
        entries = [
            QgsPalettedRasterRenderer.Class(value, QColor(colour), name)
            for value, colour, name in (
                (7, "#112233", "House"),
                (3, "#445566", "Road"),
                (9, "#000000", "Gone"),
            )
        ]
        shown.setRenderer(QgsPalettedRasterRenderer(shown.dataProvider(), 1, entries))
        _, samples, _ = prepare(LABEL_RASTER=shown)
        assert [(entry.name, entry.colour) for entry in samples.classes] == [
            ("House", "#112233"),
            ("Road", "#445566"),
        ]

    def test_as_the_attribute_table_says(self, prepare, classes):
        raster = gdal.Open(str(classes[0]))
        table = gdal.RasterAttributeTable()
        table.CreateColumn("Value", gdal.GFT_Integer, gdal.GFU_MinMax)
        table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
        table.SetRowCount(2)
        for row, (value, name) in enumerate(((3, "Road"), (7, "House"))):
            table.SetValueAsInt(row, 0, value)
            table.SetValueAsString(row, 1, name)
        raster.GetRasterBand(1).SetDefaultRAT(table)
        raster = None
        assert names(prepare(LABEL_RASTER=classes[0])[1]) == ["Road", "House"]


class TestGrowing:
    def test_labels_of_some_classes_fit_a_set_of_more(self, prepare):
        prepare(LABELS=layer(*TWO), CLASS_FIELD="class", CLASSES="wood,road,building")
        results, samples, _ = prepare(
            LABELS=layer((square(150, 20, 250, 80), "road")), CLASS_FIELD="class", BACKGROUND="wood"
        )
        assert names(samples) == ["wood", "road", "building"]
        assert samples.class_pixels["train"][1] == 60 * 50 - 20 * 30 + 6000
        assert len(samples.runs) == 2
        assert results["TRAIN_PIXELS"] == sum(samples.class_pixels["train"])

    def test_settings_are_written_down(self, prepare):
        _, samples, _ = prepare(
            LABELS=layer(*TWO), CLASS_FIELD="class", SEED=3, SIMULATE_MISREGISTRATION=2, SIMULATE_OMISSION=50
        )
        (run,) = json.loads((samples.folder / "samples.json").read_text())["runs"]
        assert (run["seed"], run["misregistration_m"], run["omission"], run["halo_px"]) == (3, 2, 0.5, 64)
        assert run["labels"] == "labels"
        assert samples.class_pixels["train"].count(0) == 1  # one of the two features was left out

    def test_another_set_is_refused_and_stays(self, prepare, feedback, tmp_path):
        prepare(LABELS=layer(*TWO), CLASS_FIELD="class")
        before = (tmp_path / "set" / "samples.json").read_bytes()
        with pytest.raises(
            QgsProcessingException, match="is a sample set of the classes building, road, and these"
        ):
            prepare(LABELS=layer(*TWO), CLASS_FIELD="class", CLASSES="road,building")
        with pytest.raises(
            QgsProcessingException, match="of the bands red, green, blue, and these samples have red"
        ):
            prepare(LABELS=layer(*TWO), CLASS_FIELD="class", BANDS=[1])
        assert (tmp_path / "set" / "samples.json").read_bytes() == before


class TestRefusals:
    def test_no_labels(self, refusal):
        said = refusal()
        assert "Nothing is given, and one is needed: Labels (polygons or lines) (LABELS), or " in said

    def test_labels_of_both_kinds(self, refusal, image):
        assert "Two kinds of labels are given" in refusal(LABELS=layer(*TWO), LABEL_RASTER=str(image))

    def test_labels_that_cannot_be_opened(self, refusal, tmp_path):
        said = refusal(LABELS=str(tmp_path / "none.gpkg"))
        assert "(LABELS) cannot be opened as a vector layer; choose a layer" in said

    def test_a_raster_in_the_place_of_polygons(self, refusal, image):
        assert "A raster is given as LABELS; give it as Or labels as" in refusal(LABELS=str(image))

    def test_points(self, refusal):
        points = layer((f"POINT({LEFT} {TOP})", "road"), kind="Point")
        assert "labels are polygons or lines; choose such a layer" in refusal(LABELS=points)

    def test_lines_without_width(self, refusal):
        line = layer((f"LINESTRING({LEFT} {TOP}, {LEFT + 9} {TOP - 9})", "road"), kind="LineString")
        assert "are lines, which have no width of their own; give the width" in refusal(LABELS=line)

    def test_a_field_that_is_not_there(self, refusal):
        said = refusal(LABELS=layer(*TWO), CLASS_FIELD="kind")
        assert "The labels labels have no field kind; choose one of class, width." in said

    def test_several_classes_without_a_field(self, refusal):
        said = refusal(LABELS=layer(*TWO), CLASSES="road,building")
        assert "The classes road, building are given, and no field that tells which label is of which" in said

    def test_a_single_class(self, refusal):
        said = refusal(LABELS=layer(*TWO))
        assert "have only the class labels, and a network learns to tell classes apart" in said

    def test_labels_beside_the_image(self, refusal):
        said = refusal(LABELS=layer((square(0, 5000, 9, 5009), "road")), CLASS_FIELD="class")
        assert "No feature of the labels labels can be used on the image, which covers" in said

    def test_labels_that_only_touch_the_image(self, refusal):
        said = refusal(LABELS=layer((square(10, SIDE, 20, SIDE + 9), "road")), BACKGROUND="other")
        assert "No pixel of" in said

    def test_an_area_beside_the_image(self, refusal):
        said = refusal(LABELS=layer(*TWO), CLASS_FIELD="class", MASK=layer((square(0, 5000, 9, 5009), None)))
        assert "polygons of the labelled area labels overlaps the part of the image to label" in said

    def test_no_label_in_the_area(self, refusal):
        said = refusal(
            LABELS=layer(*TWO), CLASS_FIELD="class", MASK=layer((square(200, 200, 250, 250), None))
        )
        assert "No pixel of" in said
        assert "the labels (inside the area, if one is given)" in said

    def test_an_image_without_a_system_and_labels_with_one(self, refusal, make_raster):
        path = make_raster(np.ones((1, 50, 50), np.uint8), geotransform=None)
        said = refusal(INPUT=path, LABELS=layer(*TWO), CLASS_FIELD="class")
        assert (
            "The shapes of labels are in EPSG:32640, and the raster that they are brought to has none" in said
        )

    def test_a_rotated_image(self, refusal, make_raster):
        path = make_raster(np.ones((1, 50, 50), np.uint8), geotransform=(LEFT, 1.0, 0.2, TOP, 0.2, -1.0))
        assert "is rotated against its coordinate system" in refusal(INPUT=path, LABELS=layer(*TWO))

    def test_a_band_that_is_not_there(self, refusal):
        assert "Band 9 was asked for, and" in refusal(LABELS=layer(*TWO), BANDS=[1, 9])

    def test_an_image_that_cannot_be_read(self, refusal, tmp_path):
        (tmp_path / "empty.tif").touch()
        assert "cannot be opened as a raster" in refusal(INPUT=tmp_path / "empty.tif", LABELS=layer(*TWO))

    def test_omission_of_a_class_raster(self, refusal, image):
        said = refusal(LABEL_RASTER=str(image), SIMULATE_OMISSION=10)
        assert "cannot be left out of a class raster, which has no features" in said

    def test_a_picture_of_classes(self, refusal, image):
        assert "has 3 bands, and a class raster has one" in refusal(LABEL_RASTER=str(image))

    def test_a_file_as_output(self, refusal, image):
        assert "is a file, and a sample set is a folder" in refusal(LABELS=layer(*TWO), OUTPUT=image)

    def test_a_damaged_set(self, prepare, tmp_path):
        (tmp_path / "set").mkdir()
        (tmp_path / "set" / "samples.json").write_text("{}")
        with pytest.raises(QgsProcessingException, match=r"samples\.json is damaged"):
            prepare(LABELS=layer(*TWO), CLASS_FIELD="class")


def test_an_image_in_pixels_and_labels_without_a_system(prepare, make_raster):
    path = make_raster(np.full((1, 100, 100), 7, np.uint8), geotransform=None)
    drawn = layer(("POLYGON((20 -10, 60 -10, 60 -50, 20 -50, 20 -10))", "road"), crs="")
    _, samples, _ = prepare(INPUT=path, LABELS=drawn, CLASS_FIELD="class", BACKGROUND="other")
    (chip,) = samples.chips
    expected = np.zeros((100, 100))
    expected[10:50, 20:60] = 2
    np.testing.assert_array_equal(read_chip(samples.label_path(chip))[0], expected)


def test_a_cancelled_run_leaves_nothing(prepare, feedback, tmp_path):
    with pytest.raises(QgsProcessingException, match="The run was stopped"):
        prepare(feedback(cancel_after=1), LABELS=layer(*TWO), CLASS_FIELD="class")
    assert not list((tmp_path / "set").rglob("*.*"))


def test_a_temporary_folder(prepare):
    results, samples, _ = prepare(LABELS=layer(*TWO), CLASS_FIELD="class", OUTPUT="TEMPORARY_OUTPUT")
    assert samples.chips
    assert results["OUTPUT"] != "TEMPORARY_OUTPUT"


def test_image_and_labels_are_needed_only(provider):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    algorithm = provider.algorithm("preparesamples")
    needed = [
        parameter.name()
        for parameter in algorithm.parameterDefinitions()
        if not parameter.flags() & optional and parameter.defaultValue() is None
    ]
    assert needed == ["INPUT"]  # and labels of one kind or the other
    assert [(output.name(), output.type()) for output in algorithm.outputDefinitions()] == [
        ("OUTPUT", "outputFolder"),
        ("CHIPS", "outputNumber"),
        ("TRAIN_PIXELS", "outputNumber"),
        ("VALIDATION_PIXELS", "outputNumber"),
    ]
