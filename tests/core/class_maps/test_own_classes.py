"""The classes of a map that nobody has listed: from its file, its pixels, or what the user says of them."""

import numpy as np
import pytest
from osgeo import gdal
from recurve.core.class_maps.own_classes import read_own_map
from recurve.core.errors import Cancelled, RasterError
from recurve.core.progress import Quiet


class Told(Quiet):
    """Keeps what was told."""

    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def look(told):
    """A function: the classes of a map as {class value or band: name}, and the map."""

    def run(path, kind="", text=""):
        found = read_own_map(str(path), kind, text).class_map(told)
        return dict(zip(found.table.numbers, (entry.name for entry in found.classes))), found

    return run


@pytest.fixture
def codes():
    """A map of the codes 10, 20, 30, each of which occurs."""
    return np.resize(np.array([10, 20, 30], np.uint8), (20, 31))


def named(path, names, colours=()):
    """Give a map category names and a palette."""
    raster = gdal.Open(str(path), gdal.GA_Update)
    band = raster.GetRasterBand(1)
    if colours:
        palette = gdal.ColorTable()
        for code, colour in colours:
            palette.SetColorEntry(code, colour)
        band.SetColorTable(palette)
    band.SetCategoryNames(names)
    raster = None
    return path


class TestClassValues:
    def test_all_that_occur_with_made_up_names(self, make_raster, codes, look):
        names, found = look(make_raster(codes))
        assert names == {10: "class 10", 20: "class 20", 30: "class 30"}
        assert found.class_values == (10, 20, 30)
        assert found.nodata == 0
        assert len({entry.colour for entry in found.classes}) == 3

    def test_names_and_colours_of_the_file_and_a_class_that_occurs_nowhere(self, make_raster, look):
        path = make_raster(np.resize(np.array([1, 2], np.uint8), (20, 31)))
        palette = [(1, (10, 20, 30, 255)), (2, (40, 50, 60, 255)), (3, (70, 80, 90, 255))]
        names, found = look(named(path, ["", "water", "forest", "road"], palette))
        assert names == {1: "water", 2: "forest", 3: "road"}
        assert [entry.colour for entry in found.classes] == ["#0a141e", "#28323c", "#46505a"]

    def test_a_value_without_a_name_beside_named_ones(self, make_raster, look):
        path = named(make_raster(np.resize(np.array([1, 2, 7], np.uint8), (20, 31))), ["", "water", "forest"])
        assert look(path)[0] == {1: "water", 2: "forest", 7: "class 7"}

    def test_the_nodata_value_is_no_class(self, make_raster, codes, look):
        names, found = look(make_raster(codes, nodata=30))
        assert names == {10: "class 10", 20: "class 20"}
        assert found.nodata == 30

    def test_two_classes_of_one_name_are_told_apart(self, make_raster, look):
        path = named(make_raster(np.resize(np.array([1, 2], np.uint8), (20, 31))), ["", "forest", "Forest"])
        assert look(path)[0] == {1: "forest", 2: "Forest (2)"}

    def test_0_without_a_word_is_no_data_where_two_others_are_there(self, make_raster, codes, look, told):
        codes[0] = 0
        names, found = look(make_raster(codes))
        assert names == {10: "class 10", 20: "class 20", 30: "class 30"}
        assert found.table.nothing == (0,)
        assert any("does not name the value 0, which is taken for no data" in line for line in told.lines)

    def test_0_is_a_class_of_a_mask(self, make_raster, look):
        names, found = look(make_raster(np.resize(np.array([0, 1], np.uint8), (20, 31))))
        assert names == {0: "class 0", 1: "class 1"}
        assert found.nodata == 255

    def test_values_beyond_a_byte_and_below_0(self, make_raster, look):
        names, found = look(make_raster(np.resize(np.array([-7, 70000], np.int32), (20, 31))))
        assert list(names) == [-7, 70000]
        assert found.nodata == 0

    @pytest.mark.parametrize("count", [2, 254])
    def test_as_many_as_are_allowed(self, make_raster, look, count):
        assert (
            len(look(make_raster(np.resize(np.arange(1, count + 1, dtype=np.int16), (20, 31))))[0]) == count
        )

    def test_the_users_table_counts_alone(self, make_raster, codes, look):
        names, found = look(make_raster(codes), text="10=dark,40=water,30=")
        assert names == {10: "dark", 40: "water"}
        assert found.table.nothing == (30,)

    def test_what_is_seen_does_not_depend_on_blocks(self, make_raster, look, monkeypatch, codes):
        codes[-1, -1] = 77
        path = make_raster(codes)
        monkeypatch.setattr("recurve.core.class_maps.own_classes._SIDE_PX", 7)
        assert list(look(path)[0]) == [10, 20, 30, 77]


class TestBands:
    def test_each_band_is_a_class(self, make_raster, look):
        names, found = look(make_raster(np.ones((3, 20, 31), np.float32)), "probabilities")
        assert names == {1: "class 1", 2: "class 2", 3: "class 3"}
        assert found.class_values == (1, 2, 3)

    def test_their_names(self, make_raster, look):
        path = make_raster(np.ones((2, 20, 31), np.float32), names=("water", "forest"))
        assert look(path, "scores")[0] == {1: "water", 2: "forest"}

    def test_alpha_is_none_unless_the_user_says_so(self, make_raster, look):
        path = make_raster(np.full((3, 20, 31), 255, np.uint8), alpha=True)
        assert list(look(path, "probabilities")[0]) == [1, 2]
        assert look(path, "probabilities", "1=a,3=b,2=")[0] == {1: "a", 3: "b"}


class TestRefusals:
    @pytest.mark.parametrize(
        ("array", "kind", "text", "words"),
        [
            (np.ones((20, 31), np.uint8), "", "", r"fewer than two classes \(1\), so that there is nothing"),
            (np.ones((20, 31), np.uint8), "", "1=a", r"fewer than two classes"),
            (np.ones((1, 20, 31), np.uint8), "scores", "", r"fewer than two bands of classes \(1\)"),
            (
                np.arange(620, dtype=np.int16).reshape(20, 31),
                "",
                "",
                r"different values or more, and at most",
            ),
            (np.full((20, 31), 0.5, np.float32), "", "", r"holds the value 0.5, and class values are whole"),
            (np.ones((2, 20, 31), np.uint8), "", "", r"has 2 bands, which may hold probabilities or scores"),
            (
                np.ones((2, 20, 31), np.uint8),
                "classes",
                "",
                r"has 2 bands, and a map of class values has one",
            ),
            (np.ones((2, 20, 31), np.uint8), "scores", "1=a,9=b", r"names band 9, and .* has bands 1 to 2"),
            (np.ones((20, 31), np.uint8), "", "a", r"'a' in the class table is no 'value=class'"),
            (np.ones((20, 31), np.uint8), "", "1=a,1=b", r"says twice what 1 is"),
            (np.ones((20, 31), np.uint8), "", "1=a,2=A", r"gives the class A twice, as 1 and as 2"),
        ],
    )
    def test_are_told(self, make_raster, look, array, kind, text, words):
        with pytest.raises(RasterError, match=words):
            look(make_raster(array), kind, text)

    def test_a_stopped_look(self, make_raster, codes):
        stopped = Quiet()
        stopped.is_cancelled = lambda: True
        with pytest.raises(Cancelled, match="nothing was written"):
            read_own_map(str(make_raster(codes)), "").class_map(stopped)
