"""recurve:preparesamples: classes, labels of all kinds, sample sets that grow."""

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
    QgsGeometry,
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSymbol,
)
from qgis.PyQt.QtGui import QColor
from recurve.core.samples.sample_set import read_chip

LEFT, TOP = 500000.0, 2800000.0
SIDE = 300


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


def names(samples):
    return [entry.name for entry in samples.classes]


class TestPolygons:
    def test_classes_are_the_sorted_values_and_what_contradicts_is_left_out(self, prepare, layer, two):
        results, samples, log = prepare(LABELS=layer(*two), CLASS_FIELD="class")
        assert names(samples) == ["building", "road"]
        expected = painted((40, 50, 100, 140, 1), (10, 20, 60, 80, 2), (40, 50, 60, 80, 0))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert [band.name for band in samples.bands] == ["red", "green", "blue"]
        assert samples.pixel_size_m == pytest.approx(1, rel=0.01)
        assert samples.source == "image.tif with labels labels"
        assert results["CHIPS"] == len(samples.chips)
        assert (results["TRAIN_PIXELS"], results["VALIDATION_PIXELS"]) == (int((expected > 0).sum()), 0)
        assert "Pixels of road: 2400 for training, 0 for validation." in log
        assert (
            "Pixels in labels of different classes (building, road): 600 (7.69 % of those with a label)"
            in log
        )

    def test_classes_as_written(self, prepare, layer, two):
        _, samples, log = prepare(
            LABELS=layer(*two), CLASS_FIELD="class", CLASSES="road:#ff0000,building,wood"
        )
        assert names(samples) == ["road", "building", "wood"]
        assert samples.classes[0].colour == "#ff0000"
        expected = painted((10, 20, 60, 80, 1), (40, 50, 100, 140, 2), (40, 50, 60, 80, 0))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "The class wood has few training pixels (0;" in log

    def test_classes_as_a_flat_list(self, prepare, layer, two):
        cells = ["road", "Road", "#ff0000", "building", "House", ""]
        _, samples, _ = prepare(LABELS=layer(*two), CLASS_FIELD="class", CLASSES=cells)
        assert names(samples) == ["Road", "House"]
        assert samples.classes[0].colour == "#ff0000"
        expected = painted((10, 20, 60, 80, 1), (40, 50, 100, 140, 2), (40, 50, 60, 80, 0))
        np.testing.assert_array_equal(labels_of(samples), expected)

    def test_classes_as_the_layer_shows_them(self, prepare, layer, two):
        shown = layer(*two)
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

    def test_one_class_and_background_in_an_area(self, prepare, square, layer, two):
        _, samples, log = prepare(
            LABELS=layer(*two), CLASSES="house", BACKGROUND="other", MASK=layer((square(0, 0, 90, 120), None))
        )
        assert names(samples) == ["other", "house"]
        expected = painted((0, 0, 90, 120, 1), (10, 20, 60, 80, 2), (40, 50, 90, 120, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "No labelled area was given" not in log

    def test_background_without_an_area_is_in_the_rectangle_around_the_labels(self, prepare, layer, two):
        _, samples, log = prepare(LABELS=layer(*two), BACKGROUND="other")
        assert names(samples) == ["other", "labels"]
        expected = painted((10, 20, 100, 140, 1), (10, 20, 60, 80, 2), (40, 50, 100, 140, 2))
        np.testing.assert_array_equal(labels_of(samples), expected)
        assert "No labelled area was given, so in the rectangle around the labels everything" in log

    def test_whole_numbers_as_classes(self, prepare, square, layer):
        numbers = layer(
            (square(10, 20, 60, 80), 10), (square(70, 20, 90, 80), 2), fields="field=class:double"
        )
        _, samples, _ = prepare(LABELS=numbers, CLASS_FIELD="class", CLASSES="10=road,2=wood")
        assert names(samples) == ["road", "wood"]
        np.testing.assert_array_equal(labels_of(samples), painted((10, 20, 60, 80, 1), (70, 20, 90, 80, 2)))

    def test_reprojected(self, prepare, layer, two):
        to_degrees = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:32640"),
            QgsCoordinateReferenceSystem("EPSG:4326"),
            QgsCoordinateTransformContext(),
        )
        features = []
        for wkt, name in two:
            geometry = QgsGeometry.fromWkt(wkt)
            geometry.transform(to_degrees)
            features.append((geometry.asWkt(12), name))
        _, samples, _ = prepare(LABELS=layer(*features, crs="EPSG:4326"), CLASS_FIELD="class")
        expected = painted((40, 50, 100, 140, 1), (10, 20, 60, 80, 2), (40, 50, 60, 80, 0))
        assert (labels_of(samples) != expected).mean() < 0.002

    def test_what_is_left_out_is_named_and_counted(self, prepare, square, layer, two):
        crossing = f"POLYGON(({LEFT + 200} {TOP - 200}, {LEFT + 250} {TOP - 250}, {LEFT + 250} {TOP - 200}, "
        crossing += f"{LEFT + 200} {TOP - 250}, {LEFT + 200} {TOP - 200}))"
        _, samples, log = prepare(
            LABELS=layer(
                *two,
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
        assert (
            "Labels with an invalid shape are repaired; please look at them (Check validity): 1 (id 3)."
            in log
        )
        assert "Labels outside the image are left out: 7 (id 4, 5, 6, 7, 8, ...)." in log
        assert (
            "Labels of the unknown class 'mistyped' are left out, and the area there stays unlabelled: 1 (id 11)."
            in log
        )
        assert "Labels without a class are left out, and the area there stays unlabelled: 1 (id 12)." in log
        assert "Labels without a shape are left out: 1 (id 13)." in log
        found = labels_of(samples)
        assert not found[120:130, 20:30].any()
        assert not found[120:130, 40:50].any()
        assert (found[200:250, 200:250] == 2).sum() == pytest.approx(1250, abs=60)


class TestLines:
    def test_half_of_the_width_on_each_side(self, prepare, layer):
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

    def test_the_width_is_on_the_ground_where_pixels_are_not_square(self, prepare, make_raster, layer):
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

    def test_lines_without_a_width_are_named(self, prepare, layer):
        line = f"LINESTRING({LEFT + 50} {TOP - 100}, {LEFT + 250} {TOP - 100})"
        lines = layer((line, "road", 20), (line, "path", 0), kind="LineString")
        _, _, log = prepare(LABELS=lines, CLASS_FIELD="class", CLASSES="road,path", LINE_WIDTH_FIELD="width")
        assert "Labels without a width are left out: 1 (id 2)." in log

    def test_widths_that_are_no_numbers_are_named(self, prepare, layer):
        line = f"LINESTRING({LEFT + 50} {TOP - 100}, {LEFT + 250} {TOP - 100})"
        values = [(line, "road", "20"), (line, "path", "3,5"), (line, "path", "nan"), (line, "path", None)]
        lines = layer(*values, kind="LineString", fields="field=class:string&field=width:string")
        given = {"CLASS_FIELD": "class", "CLASSES": "road,path", "LINE_WIDTH_FIELD": "width", "LINE_WIDTH": 4}
        _, _, log = prepare(LABELS=lines, **given)
        assert (
            "Lines whose width is no number take the width of all lines, or else are left out: 2 (id 2, 3)."
            in log
        )


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

    def test_the_nodata_value_is_a_class_if_it_is_listed(self, prepare, refusal, make_raster):
        values = painted((10, 20, 60, 80, 1))
        path = make_raster(values, "mask.tif", nodata=0)
        message = refusal(LABEL_RASTER=path)
        assert "mask.tif has only the class 1 on the image: 0 is its nodata value" in message
        assert "for example '0=background,1=1'" in message
        assert "'0=background,1=building'" in refusal(LABEL_RASTER=path, CLASSES="1=building")
        _, samples, _ = prepare(LABEL_RASTER=path, CLASSES="0=background,1=building")
        assert names(samples) == ["background", "building"]
        np.testing.assert_array_equal(labels_of(samples), values + 1)

    def test_a_listed_nodata_value_is_none_beyond_the_raster(self, prepare, make_raster):
        values = painted((10, 20, 60, 80, 1))[:100]
        path = make_raster(values, "mask.tif", nodata=0)
        _, samples, _ = prepare(LABEL_RASTER=path, CLASSES="0=background,1=building")
        assert samples.class_pixels["train"] == [100 * SIDE - 3000, 3000]

    def test_as_written_and_unknown_values(self, prepare, classes):
        path, values = classes
        _, samples, log = prepare(LABEL_RASTER=path, CLASSES="7=house", BACKGROUND="other")
        assert names(samples) == ["other", "house"]
        np.testing.assert_array_equal(labels_of(samples), np.select([values == 3, values == 7], [0, 2], 1))
        assert "whose values are no class (3) are left out, and the area there stays unlabelled: 2400." in log

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

    def test_names_go_before_a_palette_that_has_none(self, prepare, classes):
        """As the maps of national agencies, which have an attribute table and colours."""
        raster = gdal.Open(str(classes[0]), gdal.GA_Update)
        palette = gdal.ColorTable()
        for value, colour in ((3, (70, 107, 159)), (7, (104, 171, 95))):
            palette.SetColorEntry(value, (*colour, 255))
        raster.GetRasterBand(1).SetColorTable(palette)
        table = gdal.RasterAttributeTable()
        table.CreateColumn("Value", gdal.GFT_Integer, gdal.GFU_MinMax)
        table.CreateColumn("Land Cover Class", gdal.GFT_String, gdal.GFU_Name)
        table.SetRowCount(2)
        for row, (value, name) in enumerate(((3, "Open Water"), (7, "Deciduous Forest"))):
            table.SetValueAsInt(row, 0, value)
            table.SetValueAsString(row, 1, name)
        raster.GetRasterBand(1).SetDefaultRAT(table)
        raster = None
        _, samples, _ = prepare(LABEL_RASTER=classes[0])
        assert [(entry.name, entry.colour) for entry in samples.classes] == [
            ("Open Water", "#466b9f"),
            ("Deciduous Forest", "#68ab5f"),
        ]

    @pytest.mark.parametrize(
        ("dtype", "factor"), [("int32", 100_001), ("uint32", 500_000_000), ("float64", 2**40 + 1)]
    )
    def test_values_of_any_size(self, prepare, make_raster, dtype, factor):
        values = painted((10, 20, 60, 80, 3), (40, 50, 100, 140, 7))
        path = make_raster(values.astype(dtype) * factor, "large.tif", nodata=0)
        _, samples, _ = prepare(LABEL_RASTER=path)
        assert names(samples) == [str(3 * factor), str(7 * factor)]
        np.testing.assert_array_equal(labels_of(samples), np.select([values == 3, values == 7], [1, 2]))

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
    def test_labels_of_some_classes_fit_a_set_of_more(self, prepare, square, layer, two):
        prepare(LABELS=layer(*two), CLASS_FIELD="class", CLASSES="wood,road,building")
        results, samples, _ = prepare(
            LABELS=layer((square(150, 20, 250, 80), "road")), CLASS_FIELD="class", BACKGROUND="wood"
        )
        assert names(samples) == ["wood", "road", "building"]
        assert samples.class_pixels["train"][1] == 60 * 50 - 20 * 30 + 6000
        assert len(samples.runs) == 2
        assert results["TRAIN_PIXELS"] == sum(samples.class_pixels["train"])

    def test_settings_are_written_down(self, prepare, layer, two):
        _, samples, _ = prepare(
            LABELS=layer(*two), CLASS_FIELD="class", SEED=3, SIMULATE_MISREGISTRATION=2, SIMULATE_OMISSION=50
        )
        (run,) = json.loads((samples.folder / "samples.json").read_text())["runs"]
        assert (run["seed"], run["misregistration_m"], run["omission"], run["gap_px"]) == (3, 2, 0.5, 64)
        assert run["labels"] == "labels"
        assert samples.class_pixels["train"].count(0) == 1  # one of the two features was left out

    def test_another_set_is_refused_and_stays(self, prepare, feedback, tmp_path, layer, two):
        prepare(LABELS=layer(*two), CLASS_FIELD="class")
        before = (tmp_path / "set" / "samples.json").read_bytes()
        with pytest.raises(
            QgsProcessingException, match="is a sample set of the classes building, road, and these"
        ):
            prepare(LABELS=layer(*two), CLASS_FIELD="class", CLASSES="road,building")
        with pytest.raises(
            QgsProcessingException, match="of the bands red, green, blue, and these samples have red"
        ):
            prepare(LABELS=layer(*two), CLASS_FIELD="class", BANDS=[1])
        assert (tmp_path / "set" / "samples.json").read_bytes() == before


def test_an_image_in_pixels_and_labels_without_a_system(prepare, make_raster, layer):
    path = make_raster(np.full((1, 100, 100), 7, np.uint8), geotransform=None)
    drawn = layer(("POLYGON((20 -10, 60 -10, 60 -50, 20 -50, 20 -10))", "road"), crs="")
    _, samples, _ = prepare(INPUT=path, LABELS=drawn, CLASS_FIELD="class", BACKGROUND="other")
    (chip,) = samples.chips
    expected = np.zeros((100, 100))
    expected[10:50, 20:60] = 2
    np.testing.assert_array_equal(read_chip(samples.label_path(chip))[0], expected)


def test_a_cancelled_run_leaves_nothing(prepare, feedback, tmp_path, layer, two):
    with pytest.raises(QgsProcessingException, match="The run was stopped"):
        prepare(feedback(cancel_after=1), LABELS=layer(*two), CLASS_FIELD="class")
    assert not list((tmp_path / "set").rglob("*.*"))


def test_a_temporary_folder(prepare, layer, two):
    results, samples, _ = prepare(LABELS=layer(*two), CLASS_FIELD="class", OUTPUT="TEMPORARY_OUTPUT")
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
