"""Maps against references on the disk: figures, blocks, grids, areas, and every refusal by its words."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr, osr
from recurve.core.assessment.difference import DIFFERENCE_CLASSES
from recurve.core.assessment.metrics_json import assessment_json
from recurve.core.assessment.reference import PolygonReference, Polygons
from recurve.core.assessment.run import assess_maps
from recurve.core.assessment.task import AssessmentTask
from recurve.core.class_maps.class_matching import Label
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.errors import Cancelled, LabelError, RasterError
from recurve.core.metrics.accuracy import assess
from recurve.core.output.writers import MapWriter
from recurve.core.progress import Quiet

HEIGHT, WIDTH = 45, 61
NAMES = ("No data", "Water", "Wood", "Road")


@pytest.fixture
def scene():
    """A reference of three classes, and two maps: the reference shifted by 2 px, and by 1 px."""
    rng = np.random.default_rng(11)
    patches = np.kron(rng.integers(1, 4, (9, 10)), np.ones((7, 8), int)).astype(np.uint8)
    planes = [patches[s : HEIGHT + s, s : WIDTH + s].copy() for s in (0, 2, 1)]
    planes[0][rng.random((HEIGHT, WIDTH)) < 0.03] = 0
    return planes


@pytest.fixture
def write_map(make_raster):
    """A function that writes codes as a class raster and opens it; `names` are its category names."""

    def write(codes, name, names=(), bands=(), **settings):
        path = make_raster(codes, f"{name}.tif", names=bands, **settings)
        if names:
            raster = gdal.Open(str(path), gdal.GA_Update)
            raster.GetRasterBand(1).SetCategoryNames(list(names))
            raster = None
        return open_class_rasters(str(path), name)

    return write


@pytest.fixture
def rasters(write_map, scene):
    """The scene on the disk, nodata 0: reference, first map, second map."""
    return [write_map(p, name, nodata=0)[0] for p, name in zip(scene, ("truth", "before", "after"))]


def run(maps, reference, *, writer=None, progress=None, tolerances_px=(1, 3), **settings):
    task = AssessmentTask(tuple(maps), reference, tolerances_px, **settings)
    return assess_maps(task, writer, progress or Quiet())


def box(x, y, width, height):
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for across, up in ((0, 0), (width, 0), (width, height), (0, height), (0, 0)):
        ring.AddPoint_2D(x + across, y + up)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


def in_pixels(row, col, height, width):
    """A box of whole pixels of the default geotransform, as WKB."""
    return bytes(box(500000 + col, 2800000 - row - height, width, height).ExportToWkb())


def crs(epsg):
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    return system.ExportToWkt()


UTM = crs(32640)


def test_figures_are_those_of_the_whole_arrays(rasters, scene):
    made = run(rasters[1:], rasters[0])
    assert made.classes == ("1", "2", "3")
    for figures, codes in zip(made.maps, scene[1:]):
        for number, px in enumerate((1, 3)):
            expected = assess(scene[0], codes, 3, px)
            np.testing.assert_array_equal(figures.confusion.counts, expected.confusion)
            np.testing.assert_array_equal(figures.boundary.strips[number], expected.boundary)
    assert made.headline == 1
    assert made.maps[1].mean_boundary_iou(1) == assess(scene[0], scene[2], 3, 3).mean_boundary_iou
    np.testing.assert_array_equal(made.maps[0].mapped_px, np.bincount(scene[1].ravel())[1:])
    assert made.maps[0].pixel_area_m2 == pytest.approx(1, rel=0.01)


def test_repair_and_damage(rasters, scene):
    truth, before, after = scene
    made = run(rasters[1:], rasters[0])
    known = truth > 0
    (change,) = made.changes
    assert change.repaired == np.count_nonzero(known & (before != truth) & (after == truth))
    assert change.damaged == np.count_nonzero(known & (before == truth) & (after != truth))
    wrong = np.count_nonzero(known & (before != truth))
    assert change.repair == pytest.approx(change.repaired / wrong)
    assert change.damage == pytest.approx(change.damaged / (known.sum() - wrong))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(side=st.integers(3, 70), tolerances=st.lists(st.integers(1, 9), min_size=1, max_size=2, unique=True))
def test_every_size_of_block_gives_the_same(rasters, write_map, scene, side, tolerances):
    """With the second map on a grid of its own, strata, and an area."""
    other = write_map(scene[2][3:, 5:], "shifted", nodata=0, geotransform=(500005.3, 1, 0, 2799997.4, 0, -1))
    area = Polygons("area", [in_pixels(4, 3, 30, 50)], UTM)
    maps = (rasters[1], *other)

    def record(block):
        made = run(
            maps,
            rasters[0],
            tolerances_px=tuple(tolerances),
            area=area,
            strata=rasters[2],
            block_side_px=block,
        )
        return assessment_json(made, "test"), made.overview

    (text, overview), (expected, whole) = record(side), record(1000)
    assert text == expected
    np.testing.assert_array_equal(overview, whole)


@pytest.mark.parametrize("side", [16, 500])
def test_the_difference(rasters, scene, tmp_path, read_raster, side):
    truth, before, after = scene
    writer = MapWriter(tmp_path / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    run(rasters[1:], rasters[0], writer=writer, block_side_px=side)
    codes = 1 + 2 * (after != truth) + ((after != truth) == (before != truth)) * (after != truth)
    codes = np.where((before != truth) & (after == truth), 2, codes)
    np.testing.assert_array_equal(read_raster(tmp_path / "difference.tif")[0], np.where(truth > 0, codes, 0))


def test_the_difference_of_one_map_is_right_or_wrong(rasters, scene, tmp_path, read_raster):
    writer = MapWriter(tmp_path / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    made = run(rasters[1:2], rasters[0], writer=writer)
    codes = np.where(scene[0] > 0, np.where(scene[1] == scene[0], 1, 4), 0)
    np.testing.assert_array_equal(read_raster(tmp_path / "difference.tif")[0], codes)
    assert made.changes == ()


def test_nothing_is_left_of_a_run_that_was_stopped(rasters, tmp_path, recorder):
    folder = tmp_path / "out"
    folder.mkdir()
    writer = MapWriter(folder / "difference.tif", rasters[1].grid, DIFFERENCE_CLASSES, {})
    with pytest.raises(Cancelled, match="nothing was written"):
        run(rasters[1:], rasters[0], writer=writer, block_side_px=16, progress=recorder(cancel_after=40))
    assert not list(folder.iterdir())


def test_progress_rises_to_the_end(rasters, recorder):
    told = recorder()
    run(rasters[1:], rasters[0], block_side_px=16, strata=rasters[1], progress=told)
    assert told.fractions == sorted(told.fractions)
    assert told.fractions[-1] == 1.0


def test_memory_is_bounded_by_the_block(write_map, make_raster, tmp_path):
    """A map of 64 Mpx takes less than a byte for each pixel, and most of that for the report's picture."""
    path = tmp_path / "large.tif"
    options = ["SPARSE_OK=TRUE", "TILED=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), 8000, 8000, 1, gdal.GDT_Byte, options)
    raster.SetGeoTransform((500000, 1, 0, 2800000, 0, -1))
    raster.SetProjection(UTM)
    raster = None
    reference = PolygonReference("drawn", {Label(0): Polygons("drawn", [in_pixels(7000, 7500, 90, 80)], UTM)})
    tracemalloc.start()
    try:
        made = run(open_class_rasters(str(path), "large"), reference, block_side_px=512)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made.maps[0].confusion.pixels == 90 * 80
    assert made.maps[0].mapped_px.tolist() == [64_000_000]
    assert peak < 45e6


def test_gdal_may_have_its_exceptions_on(rasters, write_map, scene, gdal_exceptions):
    other = write_map(scene[2], "shifted", nodata=0, geotransform=(500005.3, 1, 0, 2799997.4, 0, -1))
    expected = run((rasters[1], *other), rasters[0])
    gdal_exceptions(True)
    assert assessment_json(run((rasters[1], *other), rasters[0]), "") == assessment_json(expected, "")


class TestClasses:
    def test_names_go_before_codes(self, write_map, scene):
        truth = write_map(scene[0], "truth", NAMES, nodata=0)[0]
        turned = np.array([0, 30, 10, 20], np.uint8)[scene[1]]
        names = [""] * 31
        names[0], names[10], names[20], names[30] = "No data", "wood", "Road", "Water"
        made = run(write_map(turned, "map", names, nodata=0), truth)
        assert made.classes == NAMES[1:]
        expected = assess(scene[0], scene[1], 3).confusion
        np.testing.assert_array_equal(made.maps[0].confusion.counts, expected)

    def test_a_class_table(self, write_map, rasters, scene):
        turned = np.array([0, 300, 100, 200], np.uint16)[scene[1]]
        made = run(write_map(turned, "map"), rasters[0], table={100: "2", 200: "3", 300: "1"})
        expected = assess(scene[0], scene[1], 3).confusion
        np.testing.assert_array_equal(made.maps[0].confusion.counts, expected)

    def test_float_codes(self, write_map, rasters, scene):
        made = run(write_map(scene[1].astype(np.float32), "map"), rasters[0])
        np.testing.assert_array_equal(made.maps[0].confusion.counts, assess(scene[0], scene[1], 3).confusion)

    def test_classes_that_do_not_occur_are_not_in_the_figures(self, write_map, scene):
        truth = np.where(scene[0] == 2, 0, scene[0]).astype(np.uint8)
        mapped = np.where(scene[1] == 2, 1, scene[1]).astype(np.uint8)
        truth[0, 0] = 9  # where the map has no data
        mapped[0, 0] = 0
        made = run(write_map(mapped, "map", nodata=0), write_map(truth, "truth", nodata=0)[0])
        assert made.classes == ("1", "3")

    def test_0_is_unlabelled_unless_someone_says_it_is_a_class(self, write_map, scene):
        truth, mapped = write_map(scene[0], "truth")[0], write_map(scene[1], "map")
        made = run(mapped, truth)
        assert made.classes == ("1", "2", "3")
        assert "pixels of 0 in the reference truth (" in made.warnings[0]
        assert run(mapped, truth, zero_is_a_class=True).classes == ("0", "1", "2", "3")
        assert run(mapped, truth, unlabelled=3).classes == ("0", "1", "2", "3")

    def test_a_mask_of_0_and_1(self, write_map, scene):
        """The trap: without 0 only right pixels would be left."""
        truth, mapped = (write_map((p == 1).astype(np.uint8), n) for p, n in zip(scene, "ab"))
        with pytest.raises(LabelError, match="has the codes 0 and 1 and no nodata value"):
            run(mapped, truth[0])
        made = run(mapped, truth[0], zero_is_a_class=True)
        assert made.classes == ("0", "1")
        np.testing.assert_array_equal(
            made.maps[0].confusion.counts,
            assess(*((p == 1).astype(np.uint8) + 1 for p in scene[:2]), 2).confusion,
        )


class TestIterations:
    def test_each_band_is_a_map(self, write_map, rasters, scene):
        names = ("Iteration 0", "Iteration 1", "Iteration 2")
        planes = np.stack([scene[1], scene[2], scene[0]])
        maps = write_map(planes, "iterates", nodata=0, bands=names)
        assert [one.band for one in maps] == [1, 2, 3]
        made = run(maps, rasters[0])
        assert [one.name for one in made.maps] == list(names)
        assert made.are_iterations
        assert len(made.changes) == 2
        assert made.maps[2].confusion.overall == 1.0
        assert (made.changes[1].repair, made.changes[1].damage) == (1.0, 0.0)

    def test_two_rasters_are_no_iterations(self, rasters):
        assert not run(rasters[1:], rasters[0]).are_iterations


class TestGrids:
    def test_a_reference_of_other_pixels(self, write_map, rasters, scene):
        """Each pixel of the map gets the label at its centre."""
        fine = np.kron(scene[0], np.ones((2, 2), np.uint8))
        geotransform = (499999.0, 0.5, 0, 2800001.0, 0, -0.5)
        fine = np.pad(fine, ((2, 5), (2, 3)))
        truth = write_map(fine, "fine", nodata=0, geotransform=geotransform)[0]
        made = run(rasters[1:2], truth)
        np.testing.assert_array_equal(made.maps[0].confusion.counts, assess(scene[0], scene[1], 3).confusion)

    def test_a_reference_in_another_system(self, rasters, scene, tmp_path):
        """Warped finely to degrees, it says the same but for its outermost pixels."""
        path = str(tmp_path / "degrees.tif")
        gdal.Warp(path, rasters[0].path, dstSRS="EPSG:4326", width=8 * WIDTH, height=8 * HEIGHT)
        truth = open_class_rasters(path, "degrees")[0]
        made = run(rasters[1:2], truth)
        expected = assess(scene[0], scene[1], 3).confusion
        assert np.abs(made.maps[0].confusion.counts - expected).sum() < 0.03 * expected.sum()

    def test_each_map_is_assessed_on_its_own_pixels(self, write_map, rasters, scene):
        coarse = scene[2][::2, ::2]
        maps = write_map(coarse, "coarse", nodata=0, geotransform=(500000.0, 2, 0, 2800000.0, 0, -2))
        made = run((rasters[1], *maps), rasters[0])
        assert made.maps[1].confusion.pixels < made.maps[0].confusion.pixels / 3
        assert made.maps[1].pixel_area_m2 == pytest.approx(4, rel=0.01)
        change = made.changes[0]
        compared = change.both_right + change.repaired + change.damaged + change.both_wrong
        assert compared == made.maps[0].confusion.pixels

    @pytest.mark.parametrize("reference", [0, 1])
    def test_without_georeference(self, write_map, rasters, scene, reference):
        """The same size is enough, also where only one is georeferenced."""
        maps = [write_map(p, n, nodata=0, geotransform=None)[0] for p, n in zip(scene[:2], "ab")]
        made = run(maps[1:], (maps[0], rasters[0])[reference])
        assert made.maps[0].pixel_area_m2 is None
        np.testing.assert_array_equal(made.maps[0].confusion.counts, assess(scene[0], scene[1], 3).confusion)


class TestPolygons:
    def test_polygons_are_the_pixels_whose_centre_is_inside(self, rasters, scene):
        water, wood = in_pixels(2, 3, 20, 10), in_pixels(25, 30, 15, 25)
        shapes = {
            Label(1): Polygons("drawn", [water], UTM),
            Label(2): Polygons("drawn", [wood], UTM),
        }
        made = run(rasters[1:2], PolygonReference("drawn", shapes))
        truth = np.zeros_like(scene[0])
        truth[2:22, 3:13], truth[25:40, 30:55] = 1, 2
        np.testing.assert_array_equal(made.maps[0].confusion.counts, assess(truth, scene[1], 3).confusion)
        assert any("is the edge of what is labelled" in text for text in made.warnings)

    def test_polygons_in_another_system(self, rasters):
        """The same box in degrees."""
        system = osr.SpatialReference()
        system.ImportFromEPSG(32640)
        degrees = osr.SpatialReference()
        degrees.ImportFromEPSG(4326)
        degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        shape = box(500003, 2799978, 10, 20)
        drawn = Polygons("drawn", [bytes(shape.ExportToWkb())], UTM)
        shape.Transform(osr.CoordinateTransformation(system, degrees))
        turned = Polygons("drawn", [bytes(shape.ExportToWkb())], crs(4326))
        made = [
            run(rasters[1:2], PolygonReference("drawn", {Label(1): one})).maps[0].confusion.counts
            for one in (drawn, turned)
        ]
        assert np.abs(made[0] - made[1]).sum() <= 20  # an edge's centres may fall on the other side
        assert abs(made[0].sum() - 200) == 0

    def test_polygons_of_two_classes_on_one_place_do_not_count(self, rasters):
        shapes = {
            Label(1): Polygons("drawn", [in_pixels(0, 0, 10, 10)], UTM),
            Label(2): Polygons("drawn", [in_pixels(5, 5, 10, 10)], UTM),
        }
        made = run(rasters[1:2], PolygonReference("drawn", shapes))
        assert made.maps[0].confusion.pixels == 2 * 75
        assert "25 pixels lie in polygons of two classes" in "".join(made.warnings)

    def test_an_area(self, rasters, scene):
        area = Polygons("area", [in_pixels(10, 20, 12, 30)], UTM)
        made = run(rasters[1:], rasters[0], area=area)
        inside = np.s_[10:22, 20:50]
        np.testing.assert_array_equal(
            made.maps[0].confusion.counts, assess(scene[0][inside], scene[1][inside], 3).confusion
        )
        np.testing.assert_array_equal(
            made.maps[0].mapped_px, np.bincount(scene[1][inside].ravel(), minlength=4)[1:]
        )
        assert made.area == "area"

    def test_blocks_do_not_matter_to_slanted_polygons(self, rasters):
        def triangle(*corners):
            points = ", ".join(f"{500000 + x} {2800000 - y}" for x, y in (*corners, corners[0]))
            return bytes(ogr.CreateGeometryFromWkt(f"POLYGON (({points}))").ExportToWkb())

        shapes = {
            Label(1): Polygons("drawn", [triangle((1.5, 2.5), (40.5, 12.5), (20.5, 44.5))], UTM),
            Label(2): Polygons(
                "drawn", [triangle((10, 0), (60, 20), (55, 40)), triangle((0, 30), (9, 44), (0, 44))], UTM
            ),
        }
        records = [
            assessment_json(run(rasters[1:], PolygonReference("drawn", shapes), block_side_px=side), "")
            for side in (7, 16, 500)
        ]
        assert records[0] == records[1] == records[2]
        assert "lie in polygons of two classes" in records[0]


class TestStrata:
    def test_all_ground_seen_is_certain(self, write_map, scene):
        """A reference everywhere: the estimate is the reference's area, whatever the map says."""
        truth, mapped = np.maximum(scene[0], 1), scene[1]
        made = run(write_map(mapped, "map", nodata=0), write_map(truth, "truth", nodata=0)[0])
        shares = np.bincount(truth.ravel(), minlength=4)[1:] / truth.size
        assert [e.value for e in made.maps[0].areas.share] == pytest.approx(shares.tolist())
        assert [e.half_width for e in made.maps[0].areas.share] == [0, 0, 0]

    def test_the_map_as_its_own_strata_raster_changes_nothing(self, rasters):
        area = {
            "reference": PolygonReference(
                "p",
                {
                    Label(k): Polygons("p", [shape], UTM)
                    for k, shape in (
                        (1, in_pixels(0, 0, 20, 20)),
                        (2, in_pixels(20, 20, 20, 20)),
                        (3, in_pixels(0, 40, 15, 15)),
                    )
                },
            )
        }
        made = [run(rasters[1:2], **area, strata=strata).maps[0].areas for strata in (None, rasters[1])]
        for name in ("share", "precision", "recall"):
            for one, other in zip(getattr(made[0], name), getattr(made[1], name)):
                assert one.value == pytest.approx(other.value)
                assert one.half_width == pytest.approx(other.half_width)

    def test_strata_of_larger_pixels(self, write_map, rasters):
        """Their ground counts, not their number of pixels."""
        strata = np.ones((10, 10), np.uint8)
        strata[:, 5:] = 2
        geotransform = (500000.0, 7.0, 0, 2800000.0, 0, -7.0)
        made = run(rasters[1:2], rasters[0], strata=write_map(strata, "strata", geotransform=geotransform)[0])
        assert made.strata == "strata"
        assert made.maps[0].areas.population_px == pytest.approx(4900, rel=1e-3)


class TestRefusals:
    def refuse(self, words, *arguments, error=LabelError, **settings):
        with pytest.raises(error, match=words):
            run(*arguments, **settings)

    def test_no_common_ground(self, write_map, rasters, scene):
        far = write_map(scene[0], "far", nodata=0, geotransform=(600000.0, 1, 0, 2800000.0, 0, -1))[0]
        self.refuse(
            "The reference far has no labelled pixel on the ground of the map before", rasters[1:2], far
        )

    def test_no_data_where_the_labels_are(self, write_map, rasters, scene):
        truth = np.where(scene[1] == 1, 0, scene[0]).astype(np.uint8)
        mapped = np.where(scene[1] == 1, scene[1], 0).astype(np.uint8)
        maps = write_map(mapped, "map", nodata=0)
        self.refuse(
            "has no data wherever the reference truth has labels",
            maps,
            write_map(truth, "truth", nodata=0)[0],
        )

    def test_no_class_in_common(self, write_map, rasters, scene):
        maps = write_map((scene[1] + 10).astype(np.uint8), "map")
        self.refuse("no class in common: the map has 11, 12, 13, the reference 1, 2, 3", maps, rasters[0])

    def test_an_area_beside_the_map(self, rasters):
        area = Polygons("plot", [in_pixels(500, 500, 5, 5)], UTM)
        self.refuse("has no pixel with a class in the area plot", rasters[1:2], rasters[0], area=area)

    def test_an_area_without_labels(self, rasters, scene, write_map):
        truth = scene[0].copy()
        truth[:20] = 0
        area = Polygons("plot", [in_pixels(0, 0, 10, 10)], UTM)
        reference = write_map(truth, "part", nodata=0)[0]
        self.refuse(
            "has no labelled pixel on the ground of the map before in the area plot",
            rasters[1:2],
            reference,
            area=area,
        )

    def test_measurements(self, write_map, rasters):
        height = np.linspace(0, 9, HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)
        maps = write_map(height, "height")
        self.refuse(
            r"height holds the value 0\.\d+, and the codes of classes are whole",
            maps,
            rasters[0],
            error=RasterError,
        )

    def test_too_many_codes(self, write_map, rasters):
        codes = np.arange(HEIGHT * WIDTH, dtype=np.uint16).reshape(HEIGHT, WIDTH)
        self.refuse(
            "different values and more, and 254 classes",
            write_map(codes, "ids"),
            rasters[0],
            error=RasterError,
        )

    def test_images_and_scores_are_no_maps(self, write_map):
        with pytest.raises(RasterError, match="is an image of colours, not a map"):
            write_map(np.zeros((3, 9, 9), np.uint8), "photo", options=("PHOTOMETRIC=RGB",))
        with pytest.raises(RasterError, match="has 2 bands of Float32: an image, scores or probabilities"):
            write_map(np.zeros((2, 9, 9), np.float32), "scores")

    def test_sizes_without_georeference(self, write_map, rasters, scene):
        other = write_map(scene[0][:-3], "cut", nodata=0, geotransform=None)[0]
        self.refuse("not both are georeferenced", rasters[1:2], other, error=RasterError)


def test_the_record_is_json_without_nan(rasters):
    made = run(rasters[1:], rasters[0])
    record = json.loads(assessment_json(made, "Recurve 0"))
    assert (record["format"], record["version"], record["made_by"]) == ("recurve.assessment", 1, "Recurve 0")
    assert record["maps"][0]["overall_accuracy"] == made.maps[0].confusion.overall
    assert record["maps"][0]["boundary"][1]["tolerance_px"] == 3
    assert record["changes"][0]["to"] == "after"


def test_the_schema_names_every_field(rasters, root):
    record = json.loads(assessment_json(run(rasters[1:], rasters[0]), "Recurve 0"))
    told = (root / "docs" / "assessment_schema.md").read_text(encoding="utf-8")

    def fields(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from fields(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from fields(inner)

    for name in set(fields(record)):
        assert f"`{name}`" in told or f'"{name}"' in told, name
