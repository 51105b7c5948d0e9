"""Maps of any origin corrected by the engine: the same for every cut, unchanged by 0 iterations, every iterate kept."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal, osr
from recurve.core.class_maps.input_map import read_class_map
from recurve.core.class_maps.start_scores import MapScores
from recurve.core.errors import Cancelled, DeviceMemoryError, RasterError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.class_value_writer import ClassValues
from recurve.core.output.writers import ConfidenceWriter, IteratesWriter, MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.operation import Placing
from recurve.core.raster.tiling import Window
from recurve.core.reports.animation import read_iterates
from recurve.models.contract import ClassEntry

TABLE = "10=water,20=wood,30=built-up"
NAMES = ("map.tif", "confidence.tif", "scores.tif", "iterates.tif")


@pytest.fixture
def codes():
    """A map (61, 83) of the codes 10, 20, 30."""
    return np.random.default_rng(3).choice(np.array([10, 20, 30], np.uint8), (61, 83))


@pytest.fixture
def image(make_raster, integers):
    """An image of as many pixels, as a file."""
    return make_raster(integers(2, 61, 83))


@pytest.fixture
def correct(folder, fake):
    """Runs the whole engine on an image and a map; gives the paths of map, confidence, scores and iterates."""

    def run(
        image,
        path,
        corrector,
        iterations,
        *,
        text=TABLE,
        kind="",
        side=0,
        extent=None,
        progress=None,
        **known,
    ):
        paths = [folder / name for name in NAMES]
        described = read_class_map(str(path), kind, fake.classes, text, **known)
        with RasterReader(image) as reader, MapScores(described, reader.grid) as start:
            extent = extent or reader.grid.extent
            grid, class_values = (
                reader.grid.window(extent),
                ClassValues(described.class_values, described.nodata),
            )
            with (
                MapWriter(paths[0], grid, described.classes, {}, class_values) as map_writer,
                ConfidenceWriter(paths[1], grid, {}) as confidence,
                ScoresWriter(paths[2], grid, described.classes, {}) as scores,
                IteratesWriter(paths[3], grid, described.classes, {}, iterations, class_values) as iterates,
            ):
                outputs = Outputs(map_writer, confidence, scores, iterates)
                networks = Networks(None, corrector, iterations)
                make_map(
                    MapRun(reader, networks, extent, outputs, start, tile_side_px=side), progress or Quiet()
                )
        return paths

    return run


@pytest.fixture
def untiled(fake, integers):
    """A function: the scores (iterations + 1, 3, height, width) of the whole image in one go, mirrored with numpy."""

    def run(path, corrector, iterations, text=TABLE, kind=""):
        pixels = integers(2, 61, 83)
        halo = corrector.reach + iterations * corrector.per_iteration
        border = [(0, 0), (halo, halo), (halo, halo)]
        image = fake.Image(np.pad(pixels.astype(np.float32), border, mode="symmetric"))
        described = read_class_map(str(path), kind, fake.classes, text)
        with RasterReader(path) as reader, MapScores(described, reader.grid) as start:
            scores = np.pad(start.read(reader.grid.extent)[0], border, mode="symmetric")
        every = [corrector.correct(fake.Scores(scores), image, n).array for n in range(iterations + 1)]
        return np.stack(every)[:, :, halo : halo + 61, halo : halo + 83]

    return run


@pytest.mark.parametrize("side", [16, 33, 64, 0, 500])
@pytest.mark.parametrize("iterations", [0, 3])
def test_same_map_for_every_side(
    make_raster, codes, image, correct, untiled, read_raster, fake, side, iterations
):
    path, corrector = make_raster(codes, "codes.tif"), fake.BoxCorrector()
    expected = untiled(path, corrector, iterations)
    paths = correct(image, path, corrector, iterations, side=side)
    np.testing.assert_array_equal(read_raster(paths[2]), expected[-1].astype(np.float32))
    np.testing.assert_array_equal(read_raster(paths[1])[0], fake.decide(expected[-1])[1])
    np.testing.assert_array_equal(read_raster(paths[3]), 10 * (expected.argmax(axis=1) + 1))
    np.testing.assert_array_equal(read_raster(paths[0])[0], read_raster(paths[3])[-1])
    np.testing.assert_array_equal(read_raster(paths[3])[0], codes)  # after 0 iterations: the map's own codes


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cut(make_raster, codes, image, correct, untiled, read_raster, fake, data):
    row, col = data.draw(st.integers(0, 60)), data.draw(st.integers(0, 82))
    extent = Window(row, col, data.draw(st.integers(1, 61 - row)), data.draw(st.integers(1, 83 - col)))
    side, iterations = data.draw(st.integers(8, 60)), data.draw(st.integers(0, 3))
    path, corrector = make_raster(codes, "codes.tif"), fake.BoxCorrector()
    expected = untiled(path, corrector, iterations)[-1]
    paths = correct(image, path, corrector, iterations, side=side, extent=extent)
    expected = expected[(slice(None), *extent.slices())].astype(np.float32)
    np.testing.assert_array_equal(read_raster(paths[2]), expected)


def test_a_halo_one_pixel_short_makes_seams(make_raster, codes, image, correct, untiled, read_raster, fake):
    path = make_raster(codes, "codes.tif")
    for stated in (2, 1):
        corrector = fake.BoxCorrector(reach=0, stated_per_iteration=stated)
        tiled = read_raster(correct(image, path, corrector, 2, side=16)[2])
        expected = untiled(path, corrector, 2)[-1].astype(np.float32)
        assert (tiled == expected).all() == (stated == 2)


@pytest.mark.parametrize("side", [20, 0])
def test_a_map_on_another_grid(make_raster, image, correct, read_raster, fake, side):
    """A map in degrees of a part of the image: not one pixel depends on the tiles, and beyond it there is no data."""
    shares = np.random.default_rng(4).dirichlet((1, 1, 1), (30, 40)).transpose(2, 0, 1).astype(np.float32)
    degrees = (57.0001, 0.00001, 0.0, 0.0, 0.0, -0.00001)
    with RasterReader(image) as reader:
        y = reader.grid.geotransform[3]
    systems = osr.SpatialReference(), osr.SpatialReference()
    for system, code in zip(systems, (32640, 4326)):
        system.ImportFromEPSG(code)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    top = osr.CoordinateTransformation(*systems).TransformPoint(500010, y - 10)[1]
    path = make_raster(shares, "soft.tif", geotransform=(*degrees[:3], top, *degrees[4:]), epsg=4326)
    corrector, kind = fake.BoxCorrector(), "probabilities"
    whole = [read_raster(p) for p in correct(image, path, corrector, 2, kind=kind, text="", side=500)]
    for array, p in zip(whole, correct(image, path, corrector, 2, kind=kind, text="", side=side)):
        np.testing.assert_array_equal(read_raster(p), array)
    assert (whole[0][0, :8] == 0).all()
    assert (whole[0][0, 12:40, 14:45] > 0).all()
    assert np.isnan(whole[2][:, :8]).all()
    assert (whole[1][0, :8] == 255).all()


def test_holes_of_image_and_map_are_holes(make_raster, integers, codes, correct, read_raster, fake):
    pixels = integers(2, 61, 83)
    pixels[:, 5:9, 5:30] = 0
    codes[20:30, 40:50] = 99
    image, path = make_raster(pixels, nodata=0), make_raster(codes, "codes.tif", nodata=99)
    found = read_raster(correct(image, path, fake.BoxCorrector(), 2, side=20)[0])[0]
    np.testing.assert_array_equal(found == 99, (pixels == 0).all(axis=0) | (codes == 99))


def test_a_small_device_makes_the_same_map(
    make_raster, codes, correct, read_raster, fake, integers, recorder
):
    image = make_raster(integers(2, 200, 180), "large.tif")
    path = make_raster(np.tile(codes, (4, 3))[:200, :180], "codes.tif")
    plenty = [read_raster(p) for p in correct(image, path, fake.BoxCorrector(), 2)]
    corrector, progress = fake.BoxCorrector(), recorder()
    real = corrector.upload

    def short_of_memory(pixels):
        if pixels.shape[1] * pixels.shape[2] > 130 * 130:
            raise DeviceMemoryError("no room")
        return real(pixels)

    corrector.upload = short_of_memory
    parts = [read_raster(p) for p in correct(image, path, corrector, 2, progress=progress)]
    for whole, in_parts in zip(plenty, parts):
        np.testing.assert_array_equal(in_parts, whole)
    assert any("too small" in line for line in progress.lines)


class TestCodes:
    def test_are_written_as_they_came(self, make_raster, codes, image, correct, fake):
        path = make_raster(codes, "codes.tif", nodata=7)
        raster = gdal.Open(str(path), gdal.GA_Update)
        palette = gdal.ColorTable()
        palette.SetColorEntry(20, (1, 2, 3, 255))
        raster.GetRasterBand(1).SetColorTable(palette)
        raster = None
        paths = correct(image, path, fake.BoxCorrector(), 2)
        for p, bands in ((paths[0], 1), (paths[3], 3)):
            made = gdal.Open(str(p))
            assert made.RasterCount == bands
            for number in range(1, bands + 1):
                band = made.GetRasterBand(number)
                assert band.DataType == gdal.GDT_Byte
                assert band.GetNoDataValue() == 7
                assert band.GetCategoryNames()[20] == "Wood"
                assert band.GetCategoryNames()[7] == "No data"
                table = band.GetDefaultRAT()
                rows = [[table.GetValueAsInt(row, column) for column in (0, 2, 3, 4)] for row in range(3)]
                assert rows[1] == [20, 1, 2, 3]
                assert [row[0] for row in rows] == [10, 20, 30]
        made, iterates = (gdal.Open(str(paths[place])) for place in (0, 3))
        assert made.GetRasterBand(1).GetColorTable().GetColorEntry(20) == (1, 2, 3, 255)
        names = [iterates.GetRasterBand(n).GetDescription() for n in (1, 2, 3)]
        assert names == ["Iteration 0", "Iteration 1", "Iteration 2"]
        shown = read_iterates(str(paths[3]), None)
        assert shown.names == names
        # what a palette would say, which such a file cannot have
        assert shown.classes[20] == ClassEntry("Wood", "#010203")
        assert 'band="3"' in paths[3].with_suffix(".qml").read_text(encoding="utf-8")

    def test_beyond_a_byte(self, make_raster, codes, image, correct, read_raster, fake):
        many = codes.astype(np.uint16) * 100
        path, text = make_raster(many, "codes.tif"), "1000=water,2000=wood,3000=built-up"
        paths = correct(image, path, fake.BoxCorrector(), 0, text=text, side=20)
        np.testing.assert_array_equal(read_raster(paths[0])[0], many)
        np.testing.assert_array_equal(read_raster(paths[3])[0], many)
        made = gdal.Open(str(paths[0]))
        assert made.GetRasterBand(1).GetDefaultRAT().GetValueAsInt(2, 0) == 3000

    @pytest.mark.parametrize("values", [(-1, 9, 19), (1001, 111011, 70000)])
    def test_below_0_and_beyond_two_bytes(
        self, make_raster, codes, image, correct, read_raster, fake, values
    ):
        own = np.select([codes == 10, codes == 20, codes == 30], values).astype(np.int32)
        text = ",".join(f"{value}={name}" for value, name in zip(values, ("water", "wood", "built-up")))
        paths = correct(image, make_raster(own, "codes.tif"), fake.BoxCorrector(), 0, text=text, side=20)
        for path in (paths[0], paths[3]):
            made = gdal.Open(str(path))
            assert made.GetRasterBand(1).DataType == gdal.GDT_Int32
            assert made.GetRasterBand(1).GetDefaultRAT().GetValueAsInt(1, 0) == values[1]
            np.testing.assert_array_equal(read_raster(path)[0], own)

    def test_that_cannot_be_written_are_told(self, make_raster, codes, image, correct, fake):
        path = make_raster(codes.astype(np.uint32) + 2**31, "codes.tif")
        classes = ((10, "water"), (20, "wood"), (30, "built-up"))
        text = ",".join(f"{2**31 + code}={name}" for code, name in classes)
        with pytest.raises(
            RasterError, match=r"The class value 2147483658 cannot be written: a map has values from -"
        ):
            correct(image, path, fake.BoxCorrector(), 1, text=text)


class TestResume:
    def test_a_stopped_run_goes_on_to_the_same_bytes(
        self, make_raster, codes, image, correct, folder, fake, recorder, hidden
    ):
        path = make_raster(codes, "codes.tif")
        paths = correct(image, path, fake.BoxCorrector(), 2, side=16)
        undisturbed = [p.read_bytes() for p in paths]
        for p in paths:
            p.unlink()
        stops = 0
        while True:
            progress = recorder(cancel_after=5)
            try:
                correct(image, path, fake.BoxCorrector(), 2, side=16, progress=progress)
            except Cancelled:
                stops += 1
            else:
                break
        assert stops > 2
        assert any("tiles were finished before and are kept." in line for line in progress.lines)
        assert [p.read_bytes() for p in paths] == undisturbed
        assert hidden(folder) == []

    @pytest.mark.parametrize("other", ["map", "table", "kind", "way"])
    def test_tiles_of_another_map_are_not_used(
        self, make_raster, image, correct, read_raster, fake, recorder, other
    ):
        values = np.random.default_rng(5).random((3, 61, 83)).astype(np.float32)
        path = make_raster(values, "soft.tif")
        given = {"text": "1=water,2=wood,3=built-up", "kind": "probabilities", "side": 16}
        with pytest.raises(Cancelled):
            correct(image, path, fake.BoxCorrector(), 1, **given, progress=recorder(cancel_after=9))
        if other == "map":
            make_raster(values[::-1], "soft.tif")
        elif other == "table":
            given["text"] = "1=wood,2=water,3=built-up"
        elif other == "way":  # 7 m to the east, as if QGIS had learned of a better operation
            given["placing"] = Placing(operations=lambda *_: "+proj=affine +xoff=7")
        else:
            given["kind"] = "scores"
        progress = recorder()
        found = [
            read_raster(p) for p in correct(image, path, fake.BoxCorrector(), 1, **given, progress=progress)
        ]
        assert any("An unfinished run of another kind" in line for line in progress.lines)
        assert not any("are kept" in line for line in progress.lines)
        for array, p in zip(found, correct(image, path, fake.BoxCorrector(), 1, **given)):
            np.testing.assert_array_equal(read_raster(p), array)


class TestRefusals:
    def test_unknown_codes_before_anything_is_computed(
        self, make_raster, codes, image, correct, folder, fake, visible, hidden
    ):
        codes[60, 82] = 40
        with pytest.raises(RasterError, match="holds values of no class: 40"):
            correct(image, make_raster(codes, "codes.tif"), fake.BoxCorrector(), 1, side=16)
        assert visible(folder) == []
        assert hidden(folder) == []

    def test_another_place(self, make_raster, codes, image, correct, fake):
        path = make_raster(codes, "codes.tif", geotransform=(0.0, 1.0, 0.0, 0.0, 0.0, -1.0))
        with pytest.raises(RasterError, match="do not overlap"):
            correct(image, path, fake.BoxCorrector(), 1)

    def test_nothing_left(self, make_raster, codes, image, correct, folder, fake):
        path = make_raster(np.full_like(codes, 99), "codes.tif", nodata=99)
        with pytest.raises(RasterError, match="outside of the mask or without data in the map"):
            correct(image, path, fake.BoxCorrector(), 1)
        assert list(folder.iterdir()) == []

    def test_too_many_bands(self, make_raster, integers, codes, correct, fake):
        image = make_raster(integers(3, 61, 83))
        with pytest.raises(RasterError, match=r"is 3, and the corrector needs 2 \(b0, b1\)"):
            correct(image, make_raster(codes, "codes.tif"), fake.BoxCorrector(), 1)


def test_iterates_of_a_classifier(make_raster, integers, folder, fake, read_raster):
    """Classifier's map first, corrected map last; the map is the one without them."""
    image = integers(2, 61, 83)
    expected = [
        fake.untiled_map(image, fake.Stride4Classifier(), fake.BoxCorrector(), n)[0] for n in range(4)
    ]
    with RasterReader(make_raster(image)) as reader:
        grid, networks = reader.grid, (fake.Stride4Classifier(), fake.BoxCorrector(), 3)
        with (
            MapWriter(folder / "map.tif", grid, fake.classes, {}) as writer,
            IteratesWriter(folder / "iterates.tif", grid, fake.classes, {}, 3) as iterates,
        ):
            make_map(
                MapRun(
                    reader,
                    Networks(*networks),
                    grid.extent,
                    Outputs(writer, iterates=iterates),
                    tile_side_px=16,
                ),
                Quiet(),
            )
    np.testing.assert_array_equal(read_raster(folder / "iterates.tif"), expected)
    np.testing.assert_array_equal(read_raster(folder / "map.tif")[0], expected[-1])


def test_blended_tiles_have_no_iterates(make_raster, integers, folder, fake):
    classifier = fake.BoxClassifier()
    classifier.contract = type(classifier.contract)(**{**vars(classifier.contract), "reach_px": None})

    def run():
        with (
            RasterReader(make_raster(integers(2, 30, 30))) as reader,
            MapWriter(folder / "map.tif", reader.grid, fake.classes, {}) as writer,
            IteratesWriter(folder / "iterates.tif", reader.grid, fake.classes, {}, 0) as iterates,
        ):
            make_map(
                MapRun(
                    reader,
                    Networks(classifier, None, 0),
                    reader.grid.extent,
                    Outputs(writer, iterates=iterates),
                    tile_side_px=16,
                ),
                Quiet(),
            )

    with pytest.raises(RasterError, match="there are no maps after each iteration; leave that output empty"):
        run()
    assert list(folder.iterdir()) == []
