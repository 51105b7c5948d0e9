"""Labels on an image's grid, against hand-drawn arrays."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from recurve.core.errors import Cancelled, LabelError, RasterError
from recurve.core.raster.grid import Grid
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window
from recurve.core.samples.labels import LabelledArea, PolygonLabels, RasterLabels

GRID = Grid(6, 8, (100.0, 2.0, 0.0, 50.0, 0.0, -2.0), "")


def wkb(wkt):
    return bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())


def rectangle(row, col, row_stop, col_stop):
    """A polygon around pixels of `GRID`."""
    left, right, top, bottom = 100 + 2 * col, 100 + 2 * col_stop, 50 - 2 * row, 50 - 2 * row_stop
    return wkb(f"POLYGON(({left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}))")


def drawn(*rows):
    return np.array([[int(code) for code in row] for row in rows], np.uint8)


def codes_of(ground, window=GRID.extent, **shift):
    return ground.codes(window, **shift)


def ground(labels, area=None, background=0):
    return LabelledArea(labels, GRID, area, background)


class TestPolygons:
    OVERLAP = drawn("00222200", "01002200", "01002200", "01110000", "00000000", "00000000")

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_pixels_of_two_classes_are_left_out_whatever_the_order(self, order):
        polygons, codes = [rectangle(0, 2, 3, 6), rectangle(1, 1, 4, 4)], [2, 1]
        labels = PolygonLabels([polygons[i] for i in order], [codes[i] for i in order], GRID)
        look = ground(labels).look(GRID.extent)
        np.testing.assert_array_equal(look.codes, self.OVERLAP)
        assert (look.contradictory_px, look.contradicting) == (4, {1, 2})

    def test_pixels_of_two_classes_do_not_become_background(self):
        labels = PolygonLabels([rectangle(0, 2, 3, 6), rectangle(1, 1, 4, 4)], [3, 2], GRID)
        area = PolygonMask([rectangle(0, 0, 2, 8)])
        look = ground(labels, area, background=1).look(GRID.extent)
        expected = drawn("11333311", "12003311", "00000000", "00000000", "00000000", "00000000")
        np.testing.assert_array_equal(look.codes, expected)
        assert (look.contradictory_px, look.contradicting) == (2, {2, 3})

    def test_two_polygons_of_one_class_do_not_contradict(self):
        labels = PolygonLabels(
            [rectangle(0, 0, 3, 3), rectangle(1, 1, 4, 4), rectangle(5, 5, 6, 6)], [1, 1, 2], GRID
        )
        look = ground(labels).look(GRID.extent)
        assert look.contradictory_px == 0
        assert int((look.codes == 1).sum()) == 14

    def test_a_window_is_a_part_of_the_whole(self):
        labels = PolygonLabels([rectangle(0, 2, 3, 6), rectangle(1, 1, 4, 4)], [2, 1], GRID)
        whole = codes_of(ground(labels))
        for window in (Window(1, 2, 4, 3), Window(2, 5, 4, 3), Window(5, 7, 1, 1)):
            np.testing.assert_array_equal(codes_of(ground(labels), window), whole[window.slices()])

    def test_holes_stay_free(self):
        ring = "POLYGON((102 48, 112 48, 112 40, 102 40, 102 48), (104 46, 110 46, 110 42, 104 42, 104 46))"
        expected = drawn("00000000", "01111100", "01000100", "01000100", "01111100", "00000000")
        np.testing.assert_array_equal(codes_of(ground(PolygonLabels([wkb(ring)], [1], GRID))), expected)

    def test_background_is_what_no_label_covers_inside_the_area(self):
        labels = PolygonLabels([rectangle(1, 1, 3, 3), rectangle(4, 0, 6, 2)], [2, 2], GRID)
        area = PolygonMask([rectangle(0, 0, 4, 5)])
        expected = drawn("11111000", "12211000", "12211000", "11111000", "00000000", "00000000")
        np.testing.assert_array_equal(codes_of(ground(labels, area, background=1)), expected)

    def test_an_area_without_background_only_cuts_labels_off(self):
        labels = PolygonLabels([rectangle(1, 1, 3, 3)], [2], GRID)
        area = PolygonMask([rectangle(0, 0, 2, 5)])
        expected = drawn("00000000", "02200000", "00000000", "00000000", "00000000", "00000000")
        np.testing.assert_array_equal(codes_of(ground(labels, area)), expected)

    def test_ground_of_an_unknown_class_does_not_become_background(self):
        labels = PolygonLabels([rectangle(1, 1, 3, 3), rectangle(2, 2, 4, 4)], [2, 0], GRID)
        area = PolygonMask([rectangle(0, 0, 4, 5)])
        expected = drawn("11111000", "12211000", "12201000", "11001000", "00000000", "00000000")
        expected[2, 2] = 2  # a known class is there too
        np.testing.assert_array_equal(codes_of(ground(labels, area, background=1)), expected)

    def test_a_shift_moves_the_labels_and_not_the_area(self):
        labels = PolygonLabels([rectangle(1, 1, 3, 3)], [2], GRID)
        area = PolygonMask([rectangle(0, 0, 4, 5)])
        expected = drawn("11111000", "11111000", "11122000", "11122000", "00000000", "00000000")
        shifted = codes_of(ground(labels, area, background=1), shift_px=(1.2, 1.8))
        np.testing.assert_array_equal(shifted, expected)

    def test_thinned_leaves_out_a_share_of_the_features_by_seed(self):
        polygons = [rectangle(row, col, row + 1, col + 1) for row in range(0, 6, 2) for col in range(0, 8, 2)]
        labels = PolygonLabels(polygons, [1] * 12, GRID)
        first, again, other = (codes_of(ground(labels.thinned(0.25, seed))) for seed in (3, 3, 4))
        assert first.sum() == other.sum() == 9
        np.testing.assert_array_equal(first, again)
        assert (first != other).any()
        np.testing.assert_array_equal(codes_of(ground(labels.thinned(0, 0))), codes_of(ground(labels)))

    def test_boxes_are_of_each_part_on_the_image(self):
        parts = wkb(
            "MULTIPOLYGON(((102 48, 105 48, 105 45, 102 48)), ((110 42, 112 42, 112 40, 110 42)), "
            "((0 0, 1 0, 1 1, 0 0)))"
        )
        assert PolygonLabels([parts], [1], GRID).boxes.tolist() == [[1, 1, 3, 3], [4, 5, 5, 6]]

    def test_what_is_no_polygon_is_refused(self):
        with pytest.raises(RasterError, match="labels holds points or lines, and needs polygons"):
            PolygonLabels([wkb("LINESTRING(0 0, 1 1)")], [1], GRID)


class TestRasters:
    IMAGE = Grid(40, 50, (500000.0, 2.0, 0.0, 2800000.0, 0.0, -2.0), "")

    @pytest.fixture
    def image(self, make_raster):
        """A grid of 40 x 50 pixels of 2 m in UTM."""
        system = osr.SpatialReference()
        system.ImportFromEPSG(32640)
        return Grid(40, 50, (500000.0, 2.0, 0.0, 2800000.0, 0.0, -2.0), system.ExportToWkt())

    def test_the_same_pixels(self, make_raster, image):
        values = np.random.default_rng(0).choice([0, 3, 7, 200], (40, 50)).astype(np.uint8)
        path = make_raster(values, geotransform=image.geotransform, nodata=200)
        labels = RasterLabels(str(path), {3: 1, 7: 2}, image)
        whole = LabelledArea(labels, image, None, 0).codes(image.extent)
        np.testing.assert_array_equal(whole, np.select([values == 3, values == 7], [1, 2], 0))
        window = Window(11, 13, 20, 9)
        found = labels.burn(window, np.full((20, 9), 9, np.uint8))
        inside = values[window.slices()]
        np.testing.assert_array_equal(
            found, np.select([inside == 200, inside == 3, inside == 7], [9, 1, 2], 0)
        )

    def test_the_mask_of_the_band(self, make_raster, masked_bands, image):
        values = np.random.default_rng(0).choice([3, 7], (40, 50)).astype(np.uint8)
        mask = np.where(np.arange(50) < 20, np.full((40, 50), 255), 0).astype(np.uint8)
        masks = [make_raster(mask, "mask.tif", geotransform=image.geotransform)]
        path = masked_bands(make_raster(values, geotransform=image.geotransform), masks)
        found = RasterLabels(str(path), {3: 1, 7: 2}, image).burn(
            image.extent, np.full((40, 50), 9, np.uint8)
        )
        np.testing.assert_array_equal(found, np.where(mask > 0, np.where(values == 3, 1, 2), 9))

    def test_values_that_qgis_shows_as_others_are_refused(self, make_raster, image):
        path = make_raster(np.ones((40, 50), np.uint8), declared=(2.0, 0.0))
        with pytest.raises(RasterError, match=r"has the scale 2 and the offset 0, .* -unscale"):
            RasterLabels(str(path), {1: 1}, image)

    def test_other_pixels_and_the_part_they_cover(self, make_raster, image):
        values = np.repeat(np.repeat([[1, 2], [2, 1]], 10, axis=0), 10, axis=1).astype(np.int16)
        path = make_raster(values, geotransform=(500010.0, 1.0, 0.0, 2799990.0, 0.0, -1.0))
        found = RasterLabels(str(path), {1: 1, 2: 2}, image).burn(image.extent, np.zeros((40, 50), np.uint8))
        expected = np.zeros((40, 50), np.uint8)
        expected[5:15, 5:15] = values[::2, ::2]
        np.testing.assert_array_equal(found, expected)

    def test_another_coordinate_system(self, tmp_path, make_raster, image):
        values = np.repeat(np.repeat([[1, 2], [2, 1]], 10, axis=0), 10, axis=1).astype(np.uint8)
        path = make_raster(values, geotransform=(500020.0, 2.0, 0.0, 2799980.0, 0.0, -2.0))
        gdal.Warp(
            str(tmp_path / "degrees.tif"), str(path), dstSRS="EPSG:4326", xRes=4e-6, yRes=4e-6, dstNodata=0
        )
        found = RasterLabels(str(tmp_path / "degrees.tif"), {1: 1, 2: 2}, image)
        codes = found.burn(image.extent, np.zeros((40, 50), np.uint8))
        expected = np.zeros((40, 50), np.uint8)
        expected[10:30, 10:30] = values
        assert (codes != expected).mean() < 0.02  # edges move by a part of a pixel

    def test_values_are_counted_where_they_are_looked_for(self, make_raster, image):
        values = np.zeros((40, 50), np.float32)
        values[:5, :5], values[39, 49] = 3, 7
        path = make_raster(values, geotransform=image.geotransform)
        labels = RasterLabels(str(path), {}, image)
        assert labels.values(labels.boxes) == {0: 1974, 3: 25, 7: 1}
        assert labels.values(labels.boxes[:0]) == {}

    def test_shifted_by_whole_pixels(self, make_raster, image):
        values = np.arange(2000).reshape(40, 50).astype(np.int16) % 3
        path = make_raster(values, geotransform=image.geotransform)
        labels = RasterLabels(str(path), {1: 1, 2: 2}, image)
        found = labels.burn(image.extent, np.full((40, 50), 9, np.uint8), (2.2, -1.4))
        np.testing.assert_array_equal(found[2:, :-1], values[:-2, 1:])
        assert (found[:2] == 9).all()
        assert (found[:, -1] == 9).all()

    def test_refusals(self, make_raster, image):
        path = str(make_raster(np.full((40, 50), 1.5, np.float32), geotransform=image.geotransform))
        labels = RasterLabels(path, {}, image)
        with pytest.raises(
            LabelError, match=r"holds the value 1\.5, and a class raster has whole numbers; choose"
        ):
            labels.values(labels.boxes)
        path = str(make_raster(np.ones((3, 40, 50), np.uint8), geotransform=image.geotransform))
        with pytest.raises(LabelError, match="has 3 bands, and a class raster has one; choose the raster"):
            RasterLabels(path, {}, image)
        with pytest.raises(RasterError, match="cannot be opened as a raster"):
            RasterLabels("/nowhere.tif", {}, image)
        path = str(make_raster(np.ones((40, 50), np.uint8), geotransform=image.geotransform))
        labels = RasterLabels(path, {}, image, is_cancelled=lambda: True)
        with pytest.raises(Cancelled):
            labels.values(labels.boxes)
