"""References of other pixels, of polygons, in areas; strata."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from recurve.core.assessment.metrics_json import assessment_json
from recurve.core.assessment.reference import PolygonReference
from recurve.core.class_maps.class_matching import Label
from recurve.core.class_maps.class_raster import open_class_rasters
from recurve.core.errors import LabelError
from recurve.core.metrics.accuracy import assess

HEIGHT, WIDTH = 45, 61  # of the scene


class TestGrids:
    def test_a_reference_of_other_pixels(self, write_map, rasters, scene, run):
        """Each pixel of the map gets the label at its centre."""
        fine = np.kron(scene[0], np.ones((2, 2), np.uint8))
        geotransform = (499999.0, 0.5, 0, 2800001.0, 0, -0.5)
        fine = np.pad(fine, ((2, 5), (2, 3)))
        truth = write_map(fine, "fine", nodata=0, geotransform=geotransform)[0]
        made = run(rasters[1:2], truth)
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts, assess(scene[0], scene[1], 3).confusion
        )

    def test_a_reference_in_another_system(self, rasters, scene, tmp_path, run):
        """Warped finely to degrees, it says the same but for its outermost pixels."""
        path = str(tmp_path / "degrees.tif")
        gdal.Warp(path, rasters[0].path, dstSRS="EPSG:4326", width=8 * WIDTH, height=8 * HEIGHT)
        truth = open_class_rasters(path, "degrees")[0]
        made = run(rasters[1:2], truth)
        expected = assess(scene[0], scene[1], 3).confusion
        assert np.abs(made.maps[0].confusion.where_mapped.counts - expected).sum() < 0.03 * expected.sum()

    def test_each_map_is_assessed_on_its_own_pixels(self, write_map, rasters, scene, run):
        coarse = scene[2][::2, ::2]
        maps = write_map(coarse, "coarse", nodata=0, geotransform=(500000.0, 2, 0, 2800000.0, 0, -2))
        made = run((rasters[1], *maps), rasters[0])
        assert made.maps[1].confusion.pixels < made.maps[0].confusion.pixels / 3
        assert made.maps[1].pixel_area_m2 == pytest.approx(4, rel=0.01)
        change = made.changes[0]
        compared = change.both_right + change.repaired + change.damaged + change.both_wrong
        assert compared == made.maps[0].confusion.pixels

    @pytest.mark.parametrize("reference", [0, 1])
    def test_without_georeference(self, write_map, rasters, scene, reference, run):
        """The same size is enough, also where only one is georeferenced."""
        maps = [write_map(p, n, nodata=0, geotransform=None)[0] for p, n in zip(scene[:2], "ab")]
        made = run(maps[1:], (maps[0], rasters[0])[reference])
        assert made.maps[0].pixel_area_m2 is None
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts, assess(scene[0], scene[1], 3).confusion
        )

    def test_an_area_on_a_reference_without_georeference(
        self, write_map, rasters, scene, run, in_pixels, drawn
    ):
        """It is drawn on the map, whose pixels are those of the reference."""
        truth = write_map(scene[0], "plain", nodata=0, geotransform=None)[0]
        area = drawn("area", in_pixels(10, 20, 12, 30))
        made = run(rasters[1:2], truth, area=area)
        inside = np.s_[10:22, 20:50]
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts,
            assess(scene[0][inside], scene[1][inside], 3).confusion,
        )

    def test_areas_of_classes_side_by_side_in_a_polar_projection(self, write_map, run):
        """Mapped areas are the sums of the pixels' own, not of the rows' mean; in any blocks the same."""
        codes = np.ones((112, 76), np.uint8)
        codes[:, 23:54] = 2
        maps = write_map(codes, "ice", geotransform=(-3850000.0, 1e5, 0, 5850000.0, 0, -1e5), epsg=3411)
        sizes = [run(maps, maps[0], block_side_px=side).maps[0].mapped_size.tolist() for side in (17, 2048)]
        assert sizes[0] == sizes[1]
        axis, squared = 6378273.0, 1 - (6356889.449 / 6378273.0) ** 2
        places = np.stack(np.meshgrid(np.arange(76 * 4), np.arange(112 * 4)), axis=-1).reshape(-1, 2) + 0.5
        places = places * (25e3, -25e3) + (-3850000.0, 5850000.0)
        source = osr.SpatialReference()
        source.ImportFromEPSG(3411)
        target = source.CloneGeogCS()
        for one in (source, target):
            one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        found = osr.CoordinateTransformation(source, target).TransformPoints(places)
        latitude = np.radians(np.array(found)[:, 1])
        parallel = axis * np.cos(latitude) / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        areas = (25e3 * parallel / np.hypot(*places.T)) ** 2
        fine = np.kron(codes, np.ones((4, 4), np.uint8)).ravel()
        assert sizes[0] == pytest.approx([areas[fine == code].sum() for code in (1, 2)], rel=2e-4)


class TestPolygons:
    def test_polygons_are_the_pixels_whose_centre_is_inside(self, rasters, scene, run, in_pixels, drawn):
        water, wood = in_pixels(2, 3, 20, 10), in_pixels(25, 30, 15, 25)
        shapes = {
            Label(1): drawn("drawn", water),
            Label(2): drawn("drawn", wood),
        }
        made = run(rasters[1:2], PolygonReference("drawn", shapes))
        truth = np.zeros_like(scene[0])
        truth[2:22, 3:13], truth[25:40, 30:55] = 1, 2
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts, assess(truth, scene[1], 3).confusion
        )
        assert any("is the edge of what is labelled" in text for text in made.warnings)

    def test_polygons_of_two_classes_on_one_place_do_not_count(self, rasters, run, in_pixels, drawn):
        shapes = {
            Label(1): drawn("drawn", in_pixels(0, 0, 10, 10)),
            Label(2): drawn("drawn", in_pixels(5, 5, 10, 10)),
        }
        made = run(rasters[1:2], PolygonReference("drawn", shapes))
        assert made.maps[0].confusion.pixels == 2 * 75
        told = "25 pixels (14.3 % of those in the reference) lie in polygons of different classes of"
        assert f"{told} the reference drawn (1, 2) and" in "".join(made.warnings)

    def test_an_area(self, rasters, scene, run, in_pixels, drawn):
        area = drawn("area", in_pixels(10, 20, 12, 30))
        made = run(rasters[1:], rasters[0], area=area)
        inside = np.s_[10:22, 20:50]
        np.testing.assert_array_equal(
            made.maps[0].confusion.where_mapped.counts,
            assess(scene[0][inside], scene[1][inside], 3).confusion,
        )
        np.testing.assert_array_equal(
            made.maps[0].mapped_px, np.bincount(scene[1][inside].ravel(), minlength=4)[1:]
        )
        assert made.area == "area"

    def test_blocks_do_not_matter_to_slanted_polygons(self, rasters, run, drawn):
        def triangle(*corners):
            points = ", ".join(f"{500000 + x} {2800000 - y}" for x, y in (*corners, corners[0]))
            return bytes(ogr.CreateGeometryFromWkt(f"POLYGON (({points}))").ExportToWkb())

        shapes = {
            Label(1): drawn("drawn", triangle((1.5, 2.5), (40.5, 12.5), (20.5, 44.5))),
            Label(2): drawn(
                "drawn", triangle((10, 0), (60, 20), (55, 40)), triangle((0, 30), (9, 44), (0, 44))
            ),
        }
        records = [
            assessment_json(run(rasters[1:], PolygonReference("drawn", shapes), block_side_px=side), "")
            for side in (7, 16, 500)
        ]
        assert records[0] == records[1] == records[2]
        assert "lie in polygons of different classes" in records[0]


class TestStrata:
    def test_all_ground_seen_is_certain(self, write_map, scene, run):
        """A reference everywhere: the estimate is the reference's area, whatever the map says."""
        truth, mapped = np.maximum(scene[0], 1), scene[1]
        made = run(write_map(mapped, "map", nodata=0), write_map(truth, "truth", nodata=0)[0])
        shares = np.bincount(truth.ravel(), minlength=4)[1:] / truth.size
        assert [e.value for e in made.maps[0].areas.share] == pytest.approx(shares.tolist())
        assert [e.half_width for e in made.maps[0].areas.share] == [0, 0, 0]

    def test_the_map_as_its_own_strata_raster_changes_nothing(self, rasters, run, in_pixels, drawn):
        area = {
            "reference": PolygonReference(
                "p",
                {
                    Label(k): drawn("p", shape)
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

    def test_strata_of_larger_pixels(self, write_map, rasters, run):
        """Their ground counts, not their number of pixels."""
        strata = np.ones((10, 10), np.uint8)
        strata[:, 5:] = 2
        geotransform = (500000.0, 7.0, 0, 2800000.0, 0, -7.0)
        made = run(rasters[1:2], rasters[0], strata=write_map(strata, "strata", geotransform=geotransform)[0])
        assert made.strata == "strata"
        assert made.maps[0].areas.population == pytest.approx(4900, rel=1e-3)

    @pytest.mark.parametrize("is_placed", [True, False])
    def test_an_area_cuts_the_strata_too(self, write_map, scene, run, in_pixels, drawn, is_placed):
        """With a reference everywhere the estimate is the reference's area in the area, like that of what is mapped."""
        truth = write_map(np.maximum(scene[0], 1), "truth", nodata=0)[0]
        strata = np.ones((HEIGHT, WIDTH), np.uint8)
        strata[15:] = 2
        place = {} if is_placed else {"geotransform": None}
        made = run(
            write_map(scene[1], "map", nodata=0),
            truth,
            area=drawn("area", in_pixels(5, 7, 25, 30)),
            strata=write_map(strata, "strata", **place)[0],
        )
        one = made.maps[0]
        assert one.areas.population == pytest.approx(750, rel=1e-3)
        assert one.areas.population == pytest.approx(one.mapped_size.sum(), rel=1e-9)
        shares = np.bincount(np.maximum(scene[0], 1)[5:30, 7:37].ravel(), minlength=4)[1:] / 750
        assert [e.value for e in one.areas.share] == pytest.approx(shares.tolist())

    def test_strata_beside_the_area_are_refused(self, write_map, rasters, run, in_pixels, drawn):
        strata = np.zeros((HEIGHT, WIDTH), np.uint8)
        strata[40:] = 1
        with pytest.raises(LabelError, match="The strata strata have no pixel with a value in the area area"):
            run(
                rasters[1:2],
                rasters[0],
                area=drawn("area", in_pixels(5, 7, 25, 30)),
                strata=write_map(strata, "strata", nodata=0)[0],
            )
