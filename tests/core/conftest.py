"""Networks whose arithmetic is exact, so that a seam is a difference and not a tolerance."""

from __future__ import annotations

import hashlib
import threading
from contextlib import ExitStack
from types import SimpleNamespace

import numpy as np
import pytest
from recurve.core.inference.halo import halo_px
from recurve.core.progress import Quiet
from recurve.models.contract import Band, ClassEntry, NetworkContract

CLASSES = (
    ClassEntry("Water", "#1f78b4"),
    ClassEntry("Wood", "#33a02c"),
    ClassEntry("Built-up", "#e31a1c"),
)


def contract(role, *, bands=2, reach=0, per_iteration=0, stride=1, mean=100.0):
    corrects = role == "corrector"
    return NetworkContract(
        role=role,
        name="fake",
        form="fake",
        bands=tuple(
            Band(f"b{number}", 0.0, 255.0, float(band_mean), 50.0)
            for number, band_mean in enumerate(np.broadcast_to(mean, bands))
        ),
        classes=CLASSES,
        pixel_size_m=1.0,
        pixel_size_range_m=(0.5, 2.0),
        reach_px=reach,
        reach_per_iteration_px=per_iteration,
        stride=stride,
        iterations=3 if corrects else 0,
        classifier_sha256="map" if corrects else "",
        training={},
        self_test={},
    )


def box_sum(array, radius):
    """Sum of the (2 radius + 1) squared neighbours (..., height, width), zeros beyond the border."""
    height, width = array.shape[-2:]
    border = [(0, 0)] * (array.ndim - 2) + [(radius, radius)] * 2
    padded = np.pad(array, border)
    steps = range(2 * radius + 1)
    columns = sum(padded[..., r : r + height, :] for r in steps)
    return sum(columns[..., c : c + width] for c in steps)


class Scores:
    def __init__(self, array):
        self.array = array

    def crop(self, rows, cols):
        return Scores(self.array[:, rows, cols])

    def codes(self):
        return decide(self.array)[0]

    def confidence(self):
        return decide(self.array)[1]

    def numpy(self):
        return self.array.astype(np.float32)


def decide(scores):
    """Codes from 1 and the winner's probability in whole percent, by numpy."""
    total = np.exp(scores.astype(np.float32) - scores.max(axis=0)).sum(axis=0, dtype=np.float32)
    return (scores.argmax(axis=0) + 1).astype(np.uint8), np.rint(100 / total).astype(np.uint8)


def scores_of(total):
    """Three classes from one plane of whole numbers; small enough for float32 to be exact."""
    return np.stack([(total * factor) % 31 for factor in (3, 7, 11)])


class FakeImage:
    def __init__(self, array):
        self.array, self.shape = array, array.shape

    def crop(self, rows, cols):
        return FakeImage(self.array[:, rows, cols])


class Fake:
    """What every network has besides its contract."""

    device = "CPU"
    precision = "fp32"

    def free_memory_bytes(self):
        return None

    def release_memory(self):
        self.released = True

    def upload(self, pixels):
        return FakeImage(pixels.astype(np.float32))

    def upload_scores(self, scores):
        return Scores(scores)

    @property
    def sha256(self):
        return hashlib.sha256(f"{type(self).__name__} {self.contract.to_json()}".encode()).hexdigest()


class BoxClassifier(Fake):
    """Box sums with zero padding: the outer `reach` pixels of its output are wrong, as a real network's are."""

    def __init__(self, reach=3, bands=2, stated_reach=None):
        self.contract = contract(
            "classifier", bands=bands, reach=reach if stated_reach is None else stated_reach
        )
        self.reach = reach
        self.shapes = []

    def classify(self, image):
        self.shapes.append(image.shape)
        return Scores(scores_of(box_sum(image.array.sum(axis=0).astype(np.int64), self.reach)))


class StrideClassifier(Fake):
    """Sums of square cells and their neighbours, which depend on where the cells begin, and on the place inside."""

    def __init__(self, bands=2, stride=4, mean=100.0):
        self.contract = contract("classifier", bands=bands, reach=2 * stride - 1, stride=stride, mean=mean)

    def classify(self, image):
        side = self.contract.stride
        _, height, width = image.shape
        assert height % side == 0
        assert width % side == 0
        plane = image.array.sum(axis=0).astype(np.int64)
        cells = plane.reshape(height // side, side, width // side, side).sum(axis=(1, 3))
        total = np.kron(box_sum(cells, 1), np.ones((side, side), np.int64))
        place = np.arange(height)[:, None] % side * side + np.arange(width) % side
        return Scores(scores_of(total + place))


class BoxCorrector(Fake):
    """Each iteration mixes the scores of the neighbours and looks at the image around; zero padding again."""

    def __init__(self, per_iteration=2, reach=4, bands=2, stated_per_iteration=None):
        self.contract = contract(
            "corrector",
            bands=bands,
            reach=reach,
            per_iteration=per_iteration if stated_per_iteration is None else stated_per_iteration,
        )
        self.per_iteration, self.reach = per_iteration, reach

    def correct(self, scores, image, iterations):
        guidance = box_sum(image.array.sum(axis=0).astype(np.int64), self.reach)
        array = scores.array
        for _ in range(iterations):
            array = (box_sum(array, self.per_iteration) + guidance) % 31
        return Scores(array)


def untiled_map(image, classifier, corrector=None, iterations=0):
    """The map of a whole image (bands, height, width) in one go, mirrored with numpy; and its scores."""
    height, width = image.shape[1:]
    halo = halo_px(classifier.contract, corrector.contract if corrector else None, iterations)
    stride = classifier.contract.stride
    halo += -halo % stride
    border = [(0, 0), (halo, halo + -height % stride), (halo, halo + -width % stride)]
    padded = FakeImage(np.pad(image.astype(np.float32), border, mode="symmetric"))
    scores = classifier.classify(padded)
    if corrector is not None and iterations > 0:
        scores = corrector.correct(scores, padded, iterations)
    inner = scores.numpy()[:, halo : halo + height, halo : halo + width]
    return (inner.argmax(axis=0) + 1).astype(np.uint8), inner


@pytest.fixture
def fake():
    """Fake networks and their untiled map."""
    return SimpleNamespace(
        BoxClassifier=BoxClassifier,
        StrideClassifier=StrideClassifier,
        Stride4Classifier=StrideClassifier,
        BoxCorrector=BoxCorrector,
        Scores=Scores,
        Image=FakeImage,
        classes=CLASSES,
        untiled_map=untiled_map,
        decide=decide,
    )


class Recorder(Quiet):
    """A progress that keeps what it was told, and cancels after some reports."""

    def __init__(self, cancel_after=None):
        self.fractions, self.lines, self.cancel_after = [], [], cancel_after

    def report(self, fraction):
        self.fractions.append(fraction)

    def say(self, text):
        self.lines.append(text)

    def is_cancelled(self):
        return self.cancel_after is not None and len(self.fractions) >= self.cancel_after


@pytest.fixture
def recorder():
    """Makes a progress that keeps what it was told."""
    return Recorder


class Impatient(Recorder):
    """A recorder that cancels once it has been asked so many times whether to stop."""

    def __init__(self, questions=10**9):
        super().__init__()
        self.left = questions

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0


@pytest.fixture
def impatient():
    """Makes a progress that keeps what it was told, and cancels after so many questions."""
    return Impatient


@pytest.fixture
def folder(tmp_path):
    """An empty folder for the outputs."""
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def classify(folder, fake):
    """Runs the whole engine on a file; gives the paths of map, confidence and scores."""
    from recurve.core.inference.make_map import make_map
    from recurve.core.inference.map_run import MapRun
    from recurve.core.inference.outputs import Outputs
    from recurve.core.inference.tile_inference import Networks
    from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
    from recurve.core.raster.file_reader import RasterReader

    def run(
        path,
        classifier,
        corrector=None,
        iterations=0,
        *,
        side=0,
        extent=None,
        progress=None,
        mask=None,
        bands=None,
        resampling=None,
        scale=1.0,
    ):
        paths = [folder / name for name in ("map.tif", "confidence.tif", "scores.tif")]
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(path, bands, mask))
            reader.scale = scale
            extent = extent or reader.grid.extent
            grid = reader.grid.window(extent)
            writers = [
                stack.enter_context(MapWriter(paths[0], grid, fake.classes, {})),
                stack.enter_context(ConfidenceWriter(paths[1], grid, {})),
                stack.enter_context(ScoresWriter(paths[2], grid, fake.classes, {})),
            ]
            make_map(
                MapRun(
                    reader,
                    Networks(classifier, corrector, iterations),
                    extent,
                    Outputs(*writers),
                    resampling=resampling,
                    tile_side_px=side,
                ),
                progress or Quiet(),
            )
        return paths

    yield run
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("recurve-")]


@pytest.fixture
def visible():
    """A function: what a user sees in a folder; the finished tiles of a stopped run are hidden."""
    return lambda folder: sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def hidden():
    """A function: the folders of finished tiles in a folder."""
    return lambda folder: [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.fixture
def assert_is_untiled():
    """A function that compares the outputs of a run with the untiled codes and scores."""

    def check(paths, read_raster, expected_codes, expected_scores, extent=None):
        at = extent.slices() if extent else (slice(None), slice(None))
        np.testing.assert_array_equal(read_raster(paths[0])[0], expected_codes[at])
        np.testing.assert_array_equal(read_raster(paths[2]), expected_scores[(slice(None), *at)])

    return check


@pytest.fixture
def integers():
    """A function that makes an image of random whole numbers (bands, height, width), as uint8 by default."""

    def make(bands, height, width, dtype="uint8", seed=1):
        return np.random.default_rng(seed).integers(1, 200, (bands, height, width)).astype(dtype)

    return make


@pytest.fixture
def gdal_exceptions():
    """A function that switches GDAL's own exceptions on or off; other plugins of QGIS may do so."""
    from osgeo import gdal, ogr, osr

    modules = (gdal, ogr, osr)
    switched = []

    def switch(on):
        if on and not gdal.GetUseExceptions():
            for module in modules:
                module.UseExceptions()
                switched.append(module)

    yield switch
    for module in reversed(switched):  # GDAL wants them back in this order
        module.DontUseExceptions()
