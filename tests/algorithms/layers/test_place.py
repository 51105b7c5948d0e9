"""Shapes brought to a raster, and the operations that GDAL's warps are given."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)
from recurve.algorithms.layers.place import Place, Way, crs_wkt, operations
from recurve.algorithms.layers.vector_source import VectorSource, known_system
from recurve.core.errors import LabelError
from recurve.core.raster.grid import Grid
from recurve.core.raster.operation import Placing
from recurve.core.raster.polygon_mask import PolygonMask

WORLD = "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"
KROVAK, DEGREES = "EPSG:5514", "EPSG:4326"


def system(name):
    return QgsCoordinateReferenceSystem(name)


def grid_in(name, left, top, px, rows=40, cols=60, south=1):
    return Grid(rows, cols, (left, px, 0.0, top, 0.0, -south * px), crs_wkt(system(name)))


def way(name, grid, context=None):
    context = context or QgsCoordinateTransformContext()
    return Way(QgsCoordinateTransform(system(name), Place(grid, context).crs, context), grid)


def burned(name, wkt, grid):
    """The pixels of a shape."""
    shape = way(name, grid).bring(QgsGeometry.fromWkt(wkt))
    if shape.isEmpty():
        return np.zeros((grid.height, grid.width), bool)
    return PolygonMask([bytes(shape.asWkb())]).burn(grid.extent, grid)


def centres(grid, name):
    """Where the centres of a grid's pixels lie in a system (height, width, 2), point by point."""
    back = QgsCoordinateTransform(
        system(name), Place(grid, QgsCoordinateTransformContext()).crs, QgsCoordinateTransformContext()
    )
    left, across, _, top, _, down = grid.geotransform
    places = [
        back.transform(
            QgsPointXY(left + (col + 0.5) * across, top + (row + 0.5) * down), Qgis.TransformDirection.Reverse
        )
        for row in range(grid.height)
        for col in range(grid.width)
    ]
    return np.array([(place.x(), place.y()) for place in places]).reshape(grid.height, grid.width, 2)


GRIDS = {
    "a field": grid_in("EPSG:32640", 500000.0, 2800000.0, 0.3),
    "south up": grid_in("EPSG:32640", 500000.0, 2800000.0, 0.3, south=-1),
    "a country": grid_in("EPSG:32640", 100000.0, 4000000.0, 20000.0),
    "over the 180th meridian": grid_in("EPSG:32660", 700000.0, 6700000.0, 5000.0),
    "over the pole": grid_in("EPSG:32661", 1400000.0, 2400000.0, 20000.0),
    "degrees": grid_in(DEGREES, 10.0, 50.0, 0.01),
    "another datum": grid_in(KROVAK, -740000.0, -1040000.0, 1.0),
}


class TestShapes:
    @pytest.mark.parametrize("grid", GRIDS.values(), ids=list(GRIDS))
    @pytest.mark.parametrize("name", [DEGREES, "EPSG:3857"])
    def test_a_rectangle_around_the_world_covers_every_raster(self, grid, name):
        side = 2 * 20037508.342789244
        world = (
            WORLD
            if name == DEGREES
            else QgsGeometry.fromRect(
                QgsGeometry.fromPointXY(QgsPointXY(0, 0)).boundingBox().buffered(side / 2)
            ).asWkt()
        )
        if name == "EPSG:3857" and grid is GRIDS["over the pole"]:
            expected = np.abs(centres(grid, DEGREES)[..., 1]) < 85.0511287798
        else:
            expected = np.ones((grid.height, grid.width), bool)
        np.testing.assert_array_equal(burned(name, world, grid), expected)

    def test_the_surroundings_may_reach_to_where_a_system_has_no_places(self):
        """The whole of Web Mercator, and a rectangle to the poles."""
        half = 20037508.342789244
        grid = grid_in("EPSG:3857", -half, half, half / 20, 40, 40)
        assert burned(DEGREES, WORLD, grid).all()
        north = "POLYGON((-180 0, 180 0, 180 90, -180 90, -180 0))"
        np.testing.assert_array_equal(
            burned(DEGREES, north, grid), np.arange(40)[:, None] + 0 * np.arange(40) < 20
        )

    @pytest.mark.parametrize("grid", GRIDS.values(), ids=list(GRIDS))
    def test_edges_are_straight_in_their_own_system(self, grid):
        """A half of the world, whose border of two points crosses the raster."""
        latitudes = centres(grid, DEGREES)[..., 1]
        middle_y = np.median(latitudes)
        north = f"POLYGON((-180 {middle_y}, 180 {middle_y}, 180 90, -180 90, -180 {middle_y}))"
        found = burned(DEGREES, north, grid)
        slack = 0.1 * np.abs(np.diff(latitudes, axis=0)).max()  # a tenth of a pixel
        clear = np.abs(latitudes - middle_y) > slack
        np.testing.assert_array_equal(found[clear], (latitudes > middle_y)[clear])
        assert 0.2 < found.mean() < 0.8

    def test_small_shapes_are_left_as_they_are_drawn(self):
        """As many corners, where QGIS itself puts them."""
        grid = GRIDS["a field"]
        drawn = QgsGeometry.fromWkt(
            "POLYGON((500002 2799990, 500009 2799991, 500005 2799998, 500002 2799990))"
        )
        there = QgsCoordinateTransform(system("EPSG:32640"), system(DEGREES), QgsCoordinateTransformContext())
        drawn.transform(there)
        expected = QgsGeometry(drawn)
        expected.transform(there, Qgis.TransformDirection.Reverse)
        assert way(DEGREES, grid).bring(drawn).asWkt(6) == expected.asWkt(6)

    def test_what_is_elsewhere_is_empty_wherever_that_is(self):
        grid = GRIDS["a field"]
        for lon, lat in ((-122, 37), (-179, -80), (147, -42), (58, 25)):
            box = f"POLYGON(({lon} {lat}, {lon + 0.1} {lat}, {lon + 0.1} {lat + 0.1}, {lon} {lat}))"
            assert way(DEGREES, grid).bring(QgsGeometry.fromWkt(box)).isEmpty()

    def test_a_shape_that_crosses_itself_is_cut_all_the_same(self):
        bow_tie = "POLYGON((-170 -80, 170 80, 170 -80, -170 80, -170 -80))"
        grid = GRIDS["a country"]
        found, places = burned(DEGREES, bow_tie, grid), centres(grid, DEGREES)
        expected = np.abs(places[..., 1]) < np.abs(places[..., 0]) * 80 / 170
        assert (found != expected).mean() < 0.01
        assert found.any()

    def test_a_line_beside_the_raster_counts_as_far_as_it_is_wide(self):
        grid, line = (
            GRIDS["a field"],
            QgsGeometry.fromWkt("LINESTRING(56.9999 25.3, 56.9999 25.33)"),
        )  # 10 m to the west
        assert way(DEGREES, grid).bring(line).isEmpty()
        assert not way(DEGREES, grid).bring(line, reach_px=15 / 0.3).isEmpty()

    def test_a_line_around_the_world_is_cut(self):
        lat = centres(GRIDS["a field"], DEGREES)[20, 30, 1]
        parallel = QgsGeometry.fromWkt(f"LINESTRING(-180 {lat}, 180 {lat})")
        found = way(DEGREES, GRIDS["a field"]).bring(parallel)
        assert found.boundingBox().width() < 100
        assert found.boundingBox().xMinimum() < 500000 < 500018 < found.boundingBox().xMaximum()


class TestWhereALayerLies:
    def source(self, crs, is_default=False):
        layer = QgsVectorLayer("Polygon?crs=", "drawn", "memory")
        return VectorSource(
            QgsProcessingFeatureSource(layer, QgsProcessingContext()), known_system(crs), is_default
        )

    def bring(self, grid, source):
        shape = QgsGeometry.fromWkt("POLYGON((1 -1, 9 -1, 9 -8, 1 -1))")
        return Place(grid, QgsCoordinateTransformContext()).way_for(source).bring(shape).asWkt()

    UNDEFINED = QgsCoordinateReferenceSystem.fromWkt(
        'GEOGCS["Undefined geographic SRS",DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )

    def test_without_a_system_shapes_are_taken_as_they_are(self):
        photo = Grid(20, 30, None, "")
        assert self.UNDEFINED.isValid()
        expected = QgsGeometry.fromWkt("POLYGON((1 -1, 9 -1, 9 -8, 1 -1))").asWkt()
        for crs in (QgsCoordinateReferenceSystem(), self.UNDEFINED):
            for grid in (photo, GRIDS["a field"]):
                assert self.bring(grid, self.source(crs)) == expected
        assert self.bring(photo, self.source(system(DEGREES), is_default=True)) == expected

    @pytest.mark.parametrize("place", [None, (100.0, 1.0, 0.0, 100.0, 0.0, -1.0)])
    def test_a_system_on_an_image_without_one_is_refused(self, place):
        with pytest.raises(
            LabelError, match=r"drawn have a .*\(EPSG:32640\), and the raster .* has none.*Set CRS of Layer"
        ):
            self.bring(Grid(20, 30, place, ""), self.source(system("EPSG:32640")))


class TestOperations:
    def between(self, source, target, context):
        wkts = crs_wkt(system(source)), crs_wkt(system(target))
        return Placing(operations=operations(context)).operation(*wkts), wkts

    def gdals(self, operation, wkts, x, y):
        raster = gdal.GetDriverByName("MEM").Create("", 2, 2, 1)
        raster.SetGeoTransform((x, 1.0, 0.0, y, 0.0, -1.0))
        options = [f"SRC_SRS={wkts[0]}", f"DST_SRS={wkts[1]}", f"COORDINATE_OPERATION={operation}"]
        return gdal.Transformer(raster, None, options).TransformPoint(0, 0.0, 0.0)[1][:2]

    def test_one_system_needs_none(self):
        assert self.between(DEGREES, DEGREES, QgsCoordinateTransformContext())[0] == ""

    @pytest.mark.parametrize("is_turned", [False, True])
    @pytest.mark.parametrize("is_chosen", [False, True])
    @pytest.mark.parametrize(
        ("source", "target", "x", "y"),
        [
            (KROVAK, DEGREES, -740000.0, -1040000.0),
            (KROVAK, "EPSG:32633", -740000.0, -1040000.0),
            ("EPSG:23030", "EPSG:3035", 440000.0, 4470000.0),
        ],
    )
    def test_gdal_goes_the_way_that_qgis_goes(self, source, target, x, y, is_turned, is_chosen):
        context = QgsCoordinateTransformContext()
        if is_chosen:
            chosen = [
                one for one in QgsDatumTransform.operations(system(source), system(target)) if one.isAvailable
            ][-1]
            assert context.addCoordinateOperation(system(source), system(target), chosen.proj)
        if is_turned:
            source, target = target, source
            place = QgsCoordinateTransform(system(target), system(source), context).transform(
                QgsPointXY(x, y)
            )
            x, y = place.x(), place.y()
        expected = QgsCoordinateTransform(system(source), system(target), context).transform(QgsPointXY(x, y))
        found = self.gdals(*self.between(source, target, context), x, y)
        per_unit = 1e5 if system(target).isGeographic() else 1.0
        assert math.dist(found, (expected.x(), expected.y())) * per_unit < 0.01  # metres
