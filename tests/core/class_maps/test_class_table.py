"""Which code is which class: as the user says, as the map says, in the network's order, or a sentence."""

import pytest
from recurve.core.class_maps.class_table import ClassTable, class_table
from recurve.core.errors import RasterError

CLASSES = ("building", "road", "Grass, crops")


@pytest.mark.parametrize(
    "text",
    [
        "10=building,20=road,30=Grass, crops",
        " 20 = Road ; 30=grass, crops ;10=BUILDING; ",
        "30=Grass, crops\n20=road\n10=building",
        '30="Grass,  CROPS",20="road",10=building',
    ],
)
def test_as_the_user_says(text):
    assert class_table(text, {1: "road"}, CLASSES) == ClassTable((10, 20, 30))


def test_codes_may_be_nothing():
    found = class_table("-1=, 10=building,20=road,30=Grass, crops,40=", {}, CLASSES)
    assert found == ClassTable((10, 20, 30), (-1, 40))


def test_as_the_map_says():
    names = {0: "Unclassified", 7: "Road", 5: "grass, crops ", 6: "Building", 200: "cloud"}
    assert class_table("", names, CLASSES) == ClassTable((6, 7, 5))


def test_in_the_networks_order():
    assert class_table("", {}, CLASSES) == ClassTable((1, 2, 3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "10:building",
            r"'10:building' in the class table is no 'value=class'; write for example '1=building, 2=road",
        ),
        ("10=house", r"calls value 10 'house', and the network's classes are building, road, Grass, crops"),
        ("10=building,10=road", "names value 10 twice"),
        (
            "10=building,11=building",
            r"gives the class building twice, as value 10 and as value 11.*merge them",
        ),
        ("10=building", r"has no value for road, Grass, crops, and the network needs one"),
        (",", r"'' in the class table is no 'value=class'"),
    ],
)
def test_what_does_not_fit_is_told(text, words):
    with pytest.raises(RasterError, match=words):
        class_table(text, {}, CLASSES)


def test_the_written_form_goes_first_where_two_classes_differ_in_nothing_else():
    assert class_table("1=Road,2=road", {}, ("road", "Road")) == ClassTable((2, 1))


def test_names_of_the_map_that_do_not_fit_are_told():
    words = "values are called 1 = Haus, 2 = road, has no value for building, Grass, crops"
    with pytest.raises(RasterError, match=words):
        class_table("", {2: "road", 1: "Haus"}, CLASSES)
    with pytest.raises(RasterError, match="gives the class road twice, as band 1 and as band 2"):
        class_table("", {1: "road", 2: "ROAD"}, CLASSES, "band")
