"""No seams: the map does not depend on how the image is cut; and nothing is left behind, whatever happens."""

import threading
from contextlib import ExitStack

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recurve.core.errors import Cancelled, RasterError
from recurve.core.grid import Grid
from recurve.core.map_writer import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.pipeline import classify_raster
from recurve.core.polygon_mask import PolygonMask
from recurve.core.progress import Quiet
from recurve.core.raster import RasterReader
from recurve.core.tiles import Window
from recurve.models.errors import DeviceError

LONG_S = 60  # only ever waited for where a test is about to fail


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def classify(folder, fake):
    """Runs the whole engine on a file; gives the paths of map, confidence and scores."""

    def run(path, classifier, corrector=None, iterations=0, *, side=0, extent=None, progress=None, mask=None):
        paths = [folder / name for name in ("map.tif", "confidence.tif", "scores.tif")]
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(path, mask=mask))
            extent = extent or reader.grid.extent
            grid = reader.grid.window(extent)
            writers = [
                stack.enter_context(MapWriter(paths[0], grid, fake.classes, {})),
                stack.enter_context(ConfidenceWriter(paths[1], grid, {})),
                stack.enter_context(ScoresWriter(paths[2], grid, fake.classes, {})),
            ]
            classify_raster(
                reader, classifier, corrector, iterations, extent, side, *writers, progress or Quiet()
            )
        return paths

    yield run
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("recurve-")]


def visible(folder):
    """What a user sees in a folder; the finished tiles of a stopped run are hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def hidden(folder):
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def assert_is_untiled(paths, read_raster, expected_codes, expected_scores, extent=None):
    at = extent.slices() if extent else (slice(None), slice(None))
    np.testing.assert_array_equal(read_raster(paths[0])[0], expected_codes[at])
    np.testing.assert_array_equal(read_raster(paths[2]), expected_scores[(slice(None), *at)])


# Sides: small, one that is rounded up to the stride, one near the image's, automatic, and more than the whole.
SIDES = [16, 33, 64, 0, 500]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("kind", ["BoxClassifier", "Stride4Classifier"])
@pytest.mark.parametrize("iterations", [0, 3])
def test_same_map_for_every_side(make_raster, integers, classify, read_raster, fake, side, kind, iterations):
    image, classifier, corrector = integers(2, 61, 83), getattr(fake, kind)(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, iterations)
    paths = classify(make_raster(image), classifier, corrector, iterations, side=side)
    assert_is_untiled(paths, read_raster, *expected)
    np.testing.assert_array_equal(read_raster(paths[1])[0], fake.decide(expected[1])[1])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("extent", [Window(5, 7, 41, 30), Window(60, 82, 1, 1), Window(3, 0, 58, 83)])
def test_an_extent_gives_the_same_pixels_of_the_whole_map(
    make_raster, integers, classify, read_raster, fake, side, extent
):
    image, classifier, corrector = integers(2, 61, 83), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, 2)
    path = make_raster(image)
    paths = classify(path, classifier, corrector, 2, side=side, extent=extent)
    assert_is_untiled(paths, read_raster, *expected, extent)
    with RasterReader(path) as whole, RasterReader(paths[0]) as part:
        assert part.grid.geotransform == whole.grid.window(extent).geotransform


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (2, 3), (13, 29), (97, 31)])
@pytest.mark.parametrize("side", [7, 0])
def test_tiny_and_prime_images(make_raster, integers, classify, read_raster, fake, shape, side):
    """Most are smaller than the halo of 7 + 4 x 2 px and are mirrored several times over."""
    image, classifier, corrector = integers(2, *shape), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, 4)
    assert_is_untiled(
        classify(make_raster(image), classifier, corrector, 4, side=side), read_raster, *expected
    )


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cut_of_any_image(make_raster, integers, classify, read_raster, fake, data):
    height, width = data.draw(st.integers(1, 50)), data.draw(st.integers(1, 50))
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    extent = Window(row, col, data.draw(st.integers(1, height - row)), data.draw(st.integers(1, width - col)))
    side, iterations = data.draw(st.integers(8, 60)), data.draw(st.integers(0, 3))
    image, classifier, corrector = integers(2, height, width), fake.Stride4Classifier(), fake.BoxCorrector()
    expected = fake.untiled_map(image, classifier, corrector, iterations)
    paths = classify(make_raster(image), classifier, corrector, iterations, side=side, extent=extent)
    assert_is_untiled(paths, read_raster, *expected, extent)


def test_a_halo_one_pixel_short_makes_seams(make_raster, integers, classify, read_raster, fake):
    """If these maps were the same, the tests above would prove nothing."""
    image = integers(2, 61, 83)
    path = make_raster(image)
    for stated in (5, 4):
        classifier = fake.BoxClassifier(reach=5, stated_reach=stated)
        expected = fake.untiled_map(image, fake.BoxClassifier(reach=5))[0]
        tiled = read_raster(classify(path, classifier, side=16)[0])[0]
        assert (tiled == expected).all() == (stated == 5)
    for stated in (7, 6):  # with a corrector: 3 px beyond one iteration of 4 px
        corrector = fake.BoxCorrector(reach=3, per_iteration=4, stated_per_iteration=stated - 3)
        expected = fake.untiled_map(image, fake.BoxClassifier(), fake.BoxCorrector(4, 3), 1)[0]
        tiled = read_raster(classify(path, fake.BoxClassifier(), corrector, 1, side=16)[0])[0]
        assert (tiled == expected).all() == (stated == 7)


def test_no_iterations_is_the_classifiers_map(make_raster, integers, classify, read_raster, fake):
    image, classifier = integers(2, 30, 40), fake.BoxClassifier()
    expected = fake.untiled_map(image, classifier)
    path = make_raster(image)
    for corrector, iterations in ((fake.BoxCorrector(), 0), (None, 5)):
        paths = classify(path, classifier, corrector, iterations, side=16)
        assert_is_untiled(paths, read_raster, *expected)


def test_an_accelerator_sees_one_shape(make_raster, integers, classify, fake):
    classifier = fake.BoxClassifier()
    classify(make_raster(integers(2, 61, 83)), classifier, side=16)
    assert set(classifier.shapes) == {(2, 16 + 6, 14 + 6)}  # 83 px are six tiles of at most 14 px


def test_a_small_image_is_not_run_at_the_size_of_a_large_tile(make_raster, integers, classify, fake):
    classifier = fake.BoxClassifier()
    classify(make_raster(integers(2, 70, 53)), classifier)
    assert classifier.shapes == [(2, 76, 59)]


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
@pytest.mark.parametrize("side", [16, 0])
def test_invalid_pixels_are_filled_and_get_no_class(
    make_raster, integers, classify, read_raster, fake, dtype, side
):
    image = integers(2, 40, 50, dtype)
    image[:, 10:30, 5:17] = 0
    filled = np.where((image == 0).all(axis=0), 100, image)  # the contract's mean
    codes, scores = fake.untiled_map(filled, fake.BoxClassifier())
    hole = (image == 0).all(axis=0)
    paths = classify(make_raster(image, nodata=0), fake.BoxClassifier(), side=side)
    assert_is_untiled(paths, read_raster, np.where(hole, 0, codes), np.where(hole, np.nan, scores))
    np.testing.assert_array_equal(read_raster(paths[1])[0], np.where(hole, 255, fake.decide(scores)[1]))


def test_tiles_without_a_valid_pixel_are_not_inferred(
    make_raster, integers, classify, read_raster, fake, recorder
):
    image, classifier, progress = integers(2, 40, 40), fake.BoxClassifier(), recorder()
    image[:, :20, 20:] = 0
    paths = classify(make_raster(image, nodata=0), classifier, side=20, progress=progress)
    assert len(classifier.shapes) == 3
    assert (read_raster(paths[0])[0, :20, 20:] == 0).all()
    assert (read_raster(paths[1])[0, :20, 20:] == 255).all()
    assert np.isnan(read_raster(paths[2])[:, :20, 20:]).all()
    assert "1 tiles held no valid pixel and were skipped." in progress.lines
    assert progress.fractions == [0.25, 0.5, 0.75, 1.0]


def test_a_polygon_mask_cuts_the_map(make_raster, integers, classify, read_raster, fake):
    from osgeo import ogr

    wkt = "POLYGON((3 -4, 20 -4, 20 -30, 3 -30, 3 -4))"
    mask = PolygonMask([bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())])
    path = make_raster(integers(2, 40, 40), geotransform=None)
    codes = read_raster(classify(path, fake.BoxClassifier(), side=16, mask=mask)[0])[0]
    inside = np.zeros((40, 40), dtype=bool)
    inside[4:30, 3:20] = True
    np.testing.assert_array_equal(codes != 0, inside)


@pytest.mark.parametrize("nodata", [False, True])
def test_nothing_to_classify_is_told(make_raster, folder, classify, fake, nodata):
    path = make_raster(np.zeros((2, 30, 30), dtype=np.uint8), nodata=0 if nodata else None)
    mask = None if nodata else PolygonMask([])
    with pytest.raises(RasterError, match=r"No pixel of .* all are nodata or outside of the mask"):
        classify(path, fake.BoxClassifier(), mask=mask)
    assert list(folder.iterdir()) == []  # nor any tiles: there is nothing to go on from


def test_refusals(make_raster, integers, folder, classify, fake):
    with pytest.raises(RasterError, match=r"gives 3 bands, and the classifier needs 2 \(b0, b1\)"):
        classify(make_raster(integers(3, 9, 9)), fake.BoxClassifier())
    with pytest.raises(
        RasterError, match=r"rows 4 to 9, columns 0 to 3\) passes the edge of .* \(9 x 9 px\)"
    ):
        classify(make_raster(integers(2, 9, 9)), fake.BoxClassifier(), extent=Window(4, 0, 6, 4))
    assert list(folder.iterdir()) == []


def test_the_image_is_never_overwritten(make_raster, integers, fake):
    path = make_raster(integers(2, 9, 9))
    before = path.read_bytes()

    def run(map_path, confidence_path):
        with (
            RasterReader(path) as reader,
            MapWriter(map_path, reader.grid, fake.classes, {}) as writer,
            ConfidenceWriter(confidence_path, reader.grid, {}) as confidence,
        ):
            classify_raster(
                reader,
                fake.BoxClassifier(),
                None,
                0,
                reader.grid.extent,
                0,
                writer,
                confidence,
                None,
                Quiet(),
            )

    for map_path, confidence_path in (
        (path, path.with_name("c.tif")),
        (path.with_name("m.tif"), path.parent / "." / path.name),
        (path.with_name("m.tif"), path.with_name("m.tif")),
    ):
        with pytest.raises(RasterError, match="is the image or another output"):
            run(map_path, confidence_path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir() if entry.is_file()] == ["image.tif"]


def test_cancel_leaves_no_file(make_raster, integers, folder, classify, fake, recorder):
    classifier, progress = fake.BoxClassifier(), recorder(cancel_after=2)
    with pytest.raises(Cancelled, match="goes on from its finished tiles"):
        classify(make_raster(integers(2, 90, 90)), classifier, side=16, progress=progress)
    assert visible(folder) == []
    assert len(classifier.shapes) < 36


def test_a_stopped_run_goes_on_to_the_same_bytes(make_raster, integers, folder, classify, fake, recorder):
    path = make_raster(integers(2, 90, 90))
    corrector = fake.BoxCorrector()
    paths = classify(path, fake.BoxClassifier(), corrector, 2, side=16)
    undisturbed = [output.read_bytes() for output in paths]
    for output in paths:
        output.unlink()
    inferred = stops = 0
    while True:
        classifier, progress = fake.BoxClassifier(), recorder(cancel_after=5)
        try:
            classify(path, classifier, corrector, 2, side=16, progress=progress)
        except Cancelled:
            assert visible(folder) == ["map.tif.aux.xml"]  # from before
            inferred += len(classifier.shapes)
            stops += 1
        else:
            inferred += len(classifier.shapes)
            break
    assert stops > 3
    assert inferred <= 36 + 3 * stops  # what was in flight when it was stopped is done again
    assert any("of 36 tiles were finished before and are kept." in line for line in progress.lines)
    assert [output.read_bytes() for output in paths] == undisturbed
    assert hidden(folder) == []


@pytest.mark.parametrize(
    "other", ["classifier", "corrector", "iterations", "extent", "side", "mask", "image", "device"]
)
def test_tiles_of_another_run_are_not_used(
    make_raster, integers, folder, classify, read_raster, fake, recorder, other
):
    from osgeo import ogr

    wkt = "POLYGON((500003 2799996, 500060 2799996, 500060 2799950, 500003 2799950, 500003 2799996))"
    path = make_raster(integers(2, 90, 90))
    settings = {"side": 16, "extent": None, "mask": None}
    networks = [fake.BoxClassifier(), fake.BoxCorrector(), 2]
    with pytest.raises(Cancelled):
        classify(path, *networks, **settings, progress=recorder(cancel_after=9))
    assert len(hidden(folder)) == 3
    if other == "classifier":
        networks[0] = fake.BoxClassifier(reach=2)
    elif other == "corrector":
        networks[1] = fake.BoxCorrector(reach=1)
    elif other == "iterations":
        networks[2] = 3
    elif other == "extent":
        settings["extent"] = Window(1, 0, 80, 90)
    elif other == "side":
        settings["side"] = 20
    elif other == "mask":
        settings["mask"] = PolygonMask([bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())])
    elif other == "image":
        make_raster(integers(2, 90, 90) + 1)
    else:
        networks[0].device = "CUDA"
    progress = recorder()
    found = [output.read_bytes() for output in classify(path, *networks, **settings, progress=progress)]
    assert any("An unfinished run of another kind" in line for line in progress.lines)
    assert not any("are kept" in line for line in progress.lines)
    assert hidden(folder) == []  # the outputs are this run's now
    assert found == [output.read_bytes() for output in classify(path, *networks, **settings)]


def test_a_file_that_breaks_off_leaves_no_map(make_raster, integers, folder, classify, fake):
    path = make_raster(integers(2, 300, 300), options=["BLOCKYSIZE=8"])
    path.write_bytes(path.read_bytes()[:100_000])
    (folder / "map.tif").write_bytes(b"an older map")
    with pytest.raises(RasterError, match="cannot be read in rows"):
        classify(path, fake.BoxClassifier(), side=32)
    assert visible(folder) == ["map.tif"]
    assert (folder / "map.tif").read_bytes() == b"an older map"


def test_a_network_that_fails_leaves_no_map(make_raster, integers, folder, classify, fake):
    class NoNumbers(fake.Scores):
        def crop(self, rows, cols):
            return self

        def codes(self):
            raise DeviceError("The network gave scores that are no finite numbers.")

    classifier = fake.BoxClassifier()
    classifier.classify = lambda image: 1 / 0
    with pytest.raises(ZeroDivisionError):
        classify(make_raster(integers(2, 90, 90)), classifier, side=16)
    classifier.classify = lambda image: NoNumbers(np.zeros((3, *image.shape[1:])))
    with pytest.raises(DeviceError, match="no finite numbers"):
        classify(make_raster(integers(2, 90, 90)), classifier, side=16)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("fails_in", ["write", "finish"])
def test_a_disk_that_fills_leaves_none_of_the_outputs_and_all_tiles(
    make_raster, integers, folder, classify, fake, monkeypatch, recorder, fails_in
):
    """The last output fails after the map is whole, and the map does not appear either."""
    real = getattr(ScoresWriter, fails_in)
    calls = []

    def fail(self, *arguments):
        calls.append(arguments)
        if fails_in == "finish" or len(calls) > 3:
            raise RasterError("The disk is full.")
        return real(self, *arguments)

    path = make_raster(integers(2, 90, 90))
    with monkeypatch.context() as patched:
        patched.setattr(ScoresWriter, fails_in, fail)
        with pytest.raises(RasterError, match="disk is full"):
            classify(path, fake.BoxClassifier(), side=16)
    assert visible(folder) == []
    progress = recorder()
    classify(path, fake.BoxClassifier(), side=16, progress=progress)
    finished = 36 if fails_in == "finish" else 3
    assert f"{finished} of 36 tiles were finished before and are kept." in progress.lines


def test_an_output_folder_that_vanishes_is_told(make_raster, integers, folder, classify, fake):
    import shutil

    classifier = fake.BoxClassifier()
    real = classifier.classify

    def vanish(image):
        if len(classifier.shapes) == 5:
            while folder.exists():  # tiles come in while it is being deleted
                shutil.rmtree(folder, ignore_errors=True)
        return real(image)

    classifier.classify = vanish
    with pytest.raises(
        RasterError, match=r"cannot be written \(No such file or directory\)\. Choose a folder"
    ):
        classify(make_raster(integers(2, 90, 90)), classifier, side=16)


class SlowReader:
    """Stands for a reader; tells when it has begun a tile."""

    may_change_thread = True

    def __init__(self, tiles):
        self.path, self.band_count, self.grid = "image", 2, Grid(8, 8 * tiles, None, "")
        self.files, self.bands, self.nodata, self.mask_sha256 = (), (1, 2), (None, None), ""
        self.begun = [threading.Event() for _ in range(tiles)]
        self.count = 0

    def may_be_valid(self, window):
        return True

    def read(self, window):
        self.begun[self.count].set()
        self.count += 1
        return np.ones((2, window.height, window.width), np.float32), np.ones(
            (window.height, window.width), bool
        )


class SlowWriter:
    """Stands for a writer; each write lasts until the caller lets it go."""

    def __init__(self, path, tiles):
        self.path = path
        self.begun = [threading.Event() for _ in range(tiles)]
        self.may_end = [threading.Event() for _ in range(tiles)]
        self.count = self.ended = 0
        self.class_pixels = (1,)

    def begin(self, run, windows):
        assert len(windows) == len(self.begun)
        return []

    def has(self, window):
        return False

    def write(self, values, window):
        number, self.count = self.count, self.count + 1
        self.begun[number].set()
        assert self.may_end[number].wait(LONG_S)
        self.ended += 1

    def finish(self):
        assert self.count == len(self.begun)


def test_reading_inference_and_writing_overlap(fake, tmp_path):
    """Inference of a tile ends only after the next is being read and the one before is being written."""
    tiles = 6
    reader, writer = SlowReader(tiles), SlowWriter(tmp_path / "map.tif", tiles)
    classifier = fake.BoxClassifier(reach=0)
    real, threads = classifier.classify, set()

    def infer(image):
        tile = len(classifier.shapes)
        threads.add(threading.current_thread())
        if tile + 1 < tiles:
            assert reader.begun[tile + 1].wait(LONG_S), "the next tile is not read meanwhile"
        if tile > 0:
            assert writer.begun[tile - 1].wait(LONG_S), "the tile before is not written meanwhile"
            writer.may_end[tile - 1].set()
        if tile + 1 == tiles:
            writer.may_end[tile].set()
        return real(image)

    classifier.classify = infer
    extent = reader.grid.extent
    classify_raster(reader, classifier, None, 0, extent, 8, writer, None, None, Quiet())
    assert threads == {threading.current_thread()}


def test_a_reader_that_is_bound_to_its_thread_stays_in_it(fake, tmp_path):
    reader, writer = SlowReader(4), SlowWriter(tmp_path / "map.tif", 4)
    reader.may_change_thread, threads, real = False, set(), reader.read
    reader.read = lambda window: threads.add(threading.current_thread()) or real(window)
    for event in writer.may_end:
        event.set()
    extent = reader.grid.extent
    classify_raster(reader, fake.BoxClassifier(reach=0), None, 0, extent, 8, writer, None, None, Quiet())
    assert threads == {threading.current_thread()}


def test_what_waits_is_bounded(fake, tmp_path):
    """However slow the network or the disk, only a few tiles are held in memory."""
    tiles = 20
    reader, writer = SlowReader(tiles), SlowWriter(tmp_path / "map.tif", tiles)
    classifier = fake.BoxClassifier(reach=0)
    real, read, unwritten = classifier.classify, [], []

    def infer(image):
        inferred = len(classifier.shapes)
        read.append(reader.count - inferred)
        unwritten.append(inferred - writer.ended)
        # Let go as late as possible: the pipeline waits for this write before it goes on.
        if inferred >= 1:
            writer.may_end[inferred - 1].set()
        if inferred + 1 == tiles:
            for event in writer.may_end:
                event.set()
        return real(image)

    classifier.classify = infer
    classify_raster(reader, classifier, None, 0, reader.grid.extent, 8, writer, None, None, Quiet())
    assert max(read) <= 2
    assert max(unwritten) <= 2
