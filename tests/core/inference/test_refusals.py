"""What cannot be classified, read or written is told, and leaves nothing that looks like a map."""

import numpy as np
import pytest
from recurve.core.errors import DeviceError, RasterError
from recurve.core.output.writers import ScoresWriter
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window


@pytest.mark.parametrize("nodata", [False, True])
def test_nothing_to_classify_is_told(make_raster, folder, classify, fake, nodata):
    path = make_raster(np.zeros((2, 30, 30), dtype=np.uint8), nodata=0 if nodata else None)
    mask = None if nodata else PolygonMask([])
    with pytest.raises(RasterError, match=r"No pixel of .* all are nodata or outside of the mask"):
        classify(path, fake.BoxClassifier(), mask=mask)
    assert list(folder.iterdir()) == []  # nor any tiles: there is nothing to go on from


def test_refusals(make_raster, integers, folder, classify, fake):
    with pytest.raises(RasterError, match=r"is 3, and the classifier needs 2 \(b0, b1\)"):
        classify(make_raster(integers(3, 9, 9)), fake.BoxClassifier())
    with pytest.raises(
        RasterError, match=r"rows 4 to 9, columns 0 to 3\) goes beyond the edge of .* \(9 x 9 px\)"
    ):
        classify(make_raster(integers(2, 9, 9)), fake.BoxClassifier(), extent=Window(4, 0, 6, 4))
    assert list(folder.iterdir()) == []


def test_a_file_that_breaks_off_leaves_no_map(make_raster, integers, folder, classify, fake, visible):
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
    make_raster, integers, folder, classify, fake, monkeypatch, recorder, fails_in, visible
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
