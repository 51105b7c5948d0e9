import numpy as np
import pytest
from recurve.core.errors import RasterError
from recurve.core.raster.grid import Grid
from recurve.core.raster.tiling import Window
from recurve.core.reports.animation import Iterates, draw_frames, read_image, read_iterates, write_animation
from recurve.models.contract import ClassEntry

pictures = pytest.importorskip("PIL.Image")


@pytest.fixture
def codes():
    """Three maps (3, 6, 8) that differ in one pixel each."""
    maps = np.ones((3, 6, 8), np.uint8)
    maps[1:, 2, 3] = 2
    maps[2, 4, 5] = 2
    return maps


def iterates(codes, classes, geotransform=None):
    """Maps of these codes after each iteration."""
    names = [f"Iteration {number}" for number in range(len(codes))]
    return Iterates(codes, names, classes, Grid(*codes.shape[1:], geotransform, ""))


def test_each_frame_shows_the_image_beside_a_map(codes, tmp_path):
    image = np.full((6, 8, 3), (10, 20, 30), np.uint8)
    classes = {1: ClassEntry("Water", "#0000ff"), 2: ClassEntry("Wood", "#00ff00")}
    frames = draw_frames(image, iterates(codes, classes), scale=2)
    write_animation(tmp_path / "animation.png", frames, 0.5)

    with pictures.open(tmp_path / "animation.png") as made:
        assert (made.n_frames, made.is_animated) == (3, True)
        for number in range(3):
            made.seek(number)
            shown = np.asarray(made.convert("RGB"))
            right = shown[18 : 18 + 12, 16 + 8 : 16 + 8 + 16][::2, ::2]
            np.testing.assert_array_equal((right == (0, 255, 0)).all(-1), codes[number] == 2)
            assert (shown[18 : 18 + 12, :16] == (10, 20, 30)).all()


def test_north_is_above_where_rows_run_to_the_north(codes):
    image = np.random.default_rng(1).integers(0, 255, (6, 8, 3)).astype(np.uint8)
    classes = {1: ClassEntry("Water", "#0000ff"), 2: ClassEntry("Wood", "#00ff00")}
    usual = draw_frames(image, iterates(codes, classes), scale=1)
    stored = iterates(codes[:, ::-1], classes, (500000.0, 1.0, 0.0, 2799994.0, 0.0, 1.0))
    for frame, expected in zip(draw_frames(image[::-1], stored, scale=1), usual):
        np.testing.assert_array_equal(np.asarray(frame), np.asarray(expected))


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_other_kinds_move_too(codes, tmp_path, suffix):
    frames = draw_frames(
        np.zeros((6, 8, 3), np.uint8), iterates(codes, {1: ClassEntry("A", "#090909")}), scale=1
    )
    write_animation(tmp_path / f"animation{suffix}", frames, 0.1)
    with pictures.open(tmp_path / f"animation{suffix}") as made:
        assert made.n_frames > 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_part_of_the_maps_gets_its_part_of_the_image(codes, make_raster):
    image = np.arange(3 * 10 * 12, dtype=np.uint8).reshape(3, 10, 12)
    path = make_raster(codes, "iterates.tif", geotransform=(500002.0, 1.0, 0.0, 2799999.0, 0.0, -1.0))
    found = read_iterates(str(path), Window(1, 2, 3, 4))

    np.testing.assert_array_equal(found.codes, codes[:, 1:4, 2:6])
    assert found.names == ["Iteration 0", "Iteration 1", "Iteration 2"]
    assert [entry.name for entry in found.classes.values()] == ["Class 1", "Class 2"]
    shown = read_image(str(make_raster(image)), found.grid)
    part = image[:, 2:5, 4:8].astype(float)
    assert shown.shape == (3, 4, 3)
    assert shown[0, 0, 0] == 0
    assert (np.argsort(shown[..., 1], axis=None) == np.argsort(part[1], axis=None)).all()


@pytest.mark.parametrize(
    "geotransform", [(500000.0, 2.0, 0.0, 2800000.0, 0.0, -2.0), (500000.4, 1.0, 0.0, 2800000.0, 0.0, -1.0)]
)
def test_an_image_of_other_pixels_is_refused(codes, make_raster, integers, geotransform):
    grid = read_iterates(str(make_raster(codes, "iterates.tif", geotransform=geotransform)), None).grid
    with pytest.raises(RasterError, match="choose the image that was classified"):
        read_image(str(make_raster(integers(3, 30, 30))), grid)


@pytest.mark.parametrize("dtype", ["uint16", "int32"])
def test_codes_beyond_a_byte(codes, make_raster, dtype):
    many = np.where(codes == 2, 311, 65535 if dtype == "uint16" else 111011).astype(dtype)
    found = read_iterates(str(make_raster(many, "iterates.tif")), None)
    np.testing.assert_array_equal(found.codes, many)
    assert sorted(found.classes) == sorted(np.unique(many))
    found.classes[311] = ClassEntry("Wood", "#00ff00")
    frame = draw_frames(np.zeros((6, 8, 3), np.uint8), found, scale=1)[-1]
    shown = np.asarray(frame)[18 : 18 + 6, 8 + 8 : 8 + 8 + 8]
    np.testing.assert_array_equal((shown == (0, 255, 0)).all(-1), many[-1] == 311)


def test_an_image_is_no_map(make_raster):
    path = make_raster(np.arange(512, dtype=np.uint16).reshape(2, 16, 16), "image.tif")
    with pytest.raises(
        RasterError, match="has 512 different values, and a map has at most 255: it is an image"
    ):
        read_iterates(str(path), None)


def test_a_single_map_or_scores_are_refused(codes, make_raster):
    for array in (codes[:1], codes.astype(np.float32)):
        with pytest.raises(RasterError, match="does not have a band of class values for each iteration"):
            read_iterates(str(make_raster(array, "other.tif")), None)


def test_a_part_too_large_for_a_picture_is_refused(make_raster):
    path = make_raster(np.ones((2, 1, 2001), np.uint8), "long.tif")
    with pytest.raises(RasterError, match="choose a smaller extent"):
        read_iterates(str(path), None)


@pytest.mark.parametrize(
    ("name", "sentence"), [("a.mp4", "no name for an animation"), ("none/a.gif", "cannot be written")]
)
def test_where_it_cannot_be_written_nothing_is_left(codes, tmp_path, name, sentence):
    frames = draw_frames(np.zeros((6, 8, 3), np.uint8), iterates(codes, {}), scale=1)
    with pytest.raises(RasterError, match=sentence):
        write_animation(tmp_path / name, frames, 1)
    assert not list(tmp_path.iterdir())
