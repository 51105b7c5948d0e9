"""Too little memory on the device: tiles in parts, the same map, and a sentence."""

from contextlib import ExitStack

import numpy as np
import pytest
from recurve.core.errors import DeviceMemoryError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import SMALLEST_PART_PX, Networks
from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.tiling import Window


@pytest.fixture
def run(make_raster, read_raster, integers, fake, tmp_path, recorder):
    """Classifies an image on a device that takes no more than so many pixels at once; gives outputs and log."""
    image = integers(2, 300, 270)

    def classify(classifier, room_px, extent=None, side=0):
        real = classifier.classify

        def short_of_memory(pixels):
            if pixels.shape[1] * pixels.shape[2] > room_px:
                raise DeviceMemoryError("no room")
            return real(pixels)

        classifier.classify = short_of_memory
        progress = recorder()
        paths = [tmp_path / name for name in ("map.tif", "confidence.tif", "scores.tif")]
        with ExitStack() as stack:
            reader = stack.enter_context(RasterReader(make_raster(image)))
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
                    Networks(classifier, fake.BoxCorrector(), 2),
                    extent,
                    Outputs(*writers),
                    tile_side_px=side,
                ),
                progress,
            )
        return [read_raster(path) for path in paths], progress.lines

    return classify


@pytest.mark.parametrize("extent", [None, Window(7, 5, 203, 229)])
@pytest.mark.parametrize("side", [0, 170])
def test_parts_make_the_same_map(run, fake, extent, side):
    plenty, quiet = run(fake.Stride4Classifier(), 10**9, extent, side)
    parts, log = run(fake.Stride4Classifier(), 130 * 130, extent, side)
    for whole, in_parts in zip(plenty, parts):
        np.testing.assert_array_equal(in_parts, whole)
    told = [line for line in log if "too small" in line]
    assert told
    assert not any("too small" in line for line in quiet)
    assert "The memory of CPU is too small for" in told[0]
    assert "The map stays the same" in told[0]


def test_later_tiles_are_cut_at_once(run, fake):
    _, log = run(fake.Stride4Classifier(), 130 * 130, side=170)
    assert len([line for line in log if "too small" in line]) == 1


def test_no_room_for_the_smallest_part_ends_the_run(run, fake):
    with pytest.raises(DeviceMemoryError, match="no room"):
        run(fake.Stride4Classifier(), SMALLEST_PART_PX**2)


@pytest.mark.parametrize("room_px", [10**9, 130 * 130])
def test_only_what_is_valid_is_inferred(
    make_raster, read_raster, integers, fake, tmp_path, recorder, room_px
):
    """A few valid pixels in a large tile cost a small run; the map is the same."""
    image = integers(2, 300, 270)
    image[:, :200] = image[:, :, :101] = 0
    image[:, 260:] = image[:, :, 150:] = 0
    expected = fake.untiled_map(
        np.where(image == 0, 100, image), fake.Stride4Classifier(), fake.BoxCorrector(), 2
    )[0]
    classifier = fake.Stride4Classifier()
    real, shapes = classifier.classify, []

    def classify(pixels):
        shapes.append(pixels.shape[1:])
        if pixels.shape[1] * pixels.shape[2] > room_px:
            raise DeviceMemoryError("no room")
        return real(pixels)

    classifier.classify = classify
    with ExitStack() as stack:
        reader = stack.enter_context(RasterReader(make_raster(image, nodata=0)))
        writer = stack.enter_context(MapWriter(tmp_path / "map.tif", reader.grid, fake.classes, {}))
        extent = reader.grid.extent
        make_map(
            MapRun(reader, Networks(classifier, fake.BoxCorrector(), 2), extent, Outputs(writer)), recorder()
        )
    valid = (image != 0).any(axis=0)
    np.testing.assert_array_equal(read_raster(tmp_path / "map.tif")[0], np.where(valid, expected, 0))
    assert max(height for height, _ in shapes) <= 60 + 2 * 12 + 8
    assert max(width for _, width in shapes) <= 60 + 2 * 12 + 8


def test_an_accelerator_that_meets_holes_sees_one_shape_and_makes_the_same_map(
    make_raster, read_raster, integers, fake, classify
):
    """An accelerator prefers one shape to fewer pixels; a CPU is given what is valid, in shapes of its own."""
    image = integers(2, 240, 240)
    image[:, 10:70, 20:150] = 0  # into several tiles
    image[:, 100:160, 100:160] = 0  # wholly over one, with its halo
    image[:, 200:, :33] = 0
    path = make_raster(image, nodata=0)
    found, shapes = [], []
    for device in ("CPU", "CUDA"):
        classifier = fake.Stride4Classifier()
        classifier.device, real = device, classifier.classify
        shapes.append([])
        classifier.classify = lambda pixels, real=real: shapes[-1].append(pixels.shape) or real(pixels)
        paths = classify(path, classifier, fake.BoxCorrector(), 2, side=40)
        found.append([read_raster(output) for output in paths])
    for on_cpu, on_accelerator in zip(*found):
        np.testing.assert_array_equal(on_accelerator, on_cpu)
    valid = (image != 0).any(axis=0)
    np.testing.assert_array_equal(found[1][0][0] > 0, valid)
    filled = np.where(image == 0, 100, image)
    expected = fake.untiled_map(filled, fake.Stride4Classifier(), fake.BoxCorrector(), 2)[0]
    np.testing.assert_array_equal(found[1][0][0], np.where(valid, expected, 0))
    assert len(set(shapes[1])) == 1
    assert len(set(shapes[0])) > 1
    assert len(shapes[0]) == len(shapes[1]) == 35  # of 36 tiles one holds nothing
