"""Reading, inference and writing at the same time, in threads of their own."""

import threading

import numpy as np
import pytest
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import ConfidenceWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.grid import Grid

LONG_S = 60  # only ever waited for where a test is about to fail


class SlowReader:
    """Stands for a reader; tells when it has begun a tile."""

    may_change_thread, scale = True, 1.0

    def __init__(self, tiles):
        self.path, self.band_count, self.grid = "image", 2, Grid(8, 8 * tiles, None, "")
        self.bands, self.nodata, self.mask_sha256 = (1, 2), (None, None), ""
        self.begun = [threading.Event() for _ in range(tiles)]
        self.count = 0

    def stamps(self):
        return []

    def inside_mask(self, window):
        return np.ones((window.height, window.width), bool)

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
        self.has_data = True

    def begin(self, run, windows):
        assert len(windows) == len(self.begun)
        return []

    def has(self, window):
        return False

    def write(self, values, window, part=None):
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
    make_map(MapRun(reader, Networks(classifier, None, 0), extent, Outputs(writer), tile_side_px=8), Quiet())
    assert threads == {threading.current_thread()}


def test_a_reader_that_is_bound_to_its_thread_stays_in_it(fake, tmp_path):
    reader, writer = SlowReader(4), SlowWriter(tmp_path / "map.tif", 4)
    reader.may_change_thread, threads, real = False, set(), reader.read
    reader.read = lambda window: threads.add(threading.current_thread()) or real(window)
    for event in writer.may_end:
        event.set()
    extent = reader.grid.extent
    make_map(
        MapRun(
            reader, Networks(fake.BoxClassifier(reach=0), None, 0), extent, Outputs(writer), tile_side_px=8
        ),
        Quiet(),
    )
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
    make_map(
        MapRun(reader, Networks(classifier, None, 0), reader.grid.extent, Outputs(writer), tile_side_px=8),
        Quiet(),
    )
    assert max(read) <= 2
    assert max(unwritten) <= 2


@pytest.mark.parametrize(("owner", "method"), [(RasterReader, "read"), (ConfidenceWriter, "write")])
def test_a_crash_in_a_thread_ends_the_run_and_keeps_its_tiles(
    make_raster, integers, folder, classify, fake, recorder, monkeypatch, visible, owner, method
):
    """Not a sentence of ours but a bug: it comes up as it is, both threads end, and the same run goes on."""
    path = make_raster(integers(2, 90, 90))
    paths = classify(path, fake.BoxClassifier(), side=16)
    undisturbed = [output.read_bytes() for output in paths]
    for output in folder.iterdir():
        output.unlink()
    real, calls, works = getattr(owner, method), [], 20

    def crash(self, *arguments):
        calls.append(threading.current_thread().name)
        if len(calls) > works:
            raise MemoryError("no room")
        return real(self, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(owner, method, crash)
        with pytest.raises(MemoryError, match="no room"):
            classify(path, fake.BoxClassifier(), side=16)
    assert {name.rpartition("_")[0] for name in calls} == {f"recurve-{method}"}
    assert visible(folder) == []
    progress = recorder()
    classify(path, fake.BoxClassifier(), side=16, progress=progress)
    (kept,) = [line for line in progress.lines if "of 36 tiles were finished before and are kept." in line]
    assert works - 3 <= int(kept.split()[0]) <= works  # read, not yet written
    assert [output.read_bytes() for output in paths] == undisturbed
