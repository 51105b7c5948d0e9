"""Names, codes and the class table, and the sentences where they do not fit."""

from __future__ import annotations

import pytest
from recurve.core.class_maps.class_matching import Label, MapLabels, match_classes, parse_class_table
from recurve.core.errors import LabelError

NAMED = [Label(1, "Water"), Label(2, "Wood")]


def labels(*codes):
    return [Label(code) for code in codes]


def test_names_go_before_codes():
    """The codes of the two are crossed."""
    match = match_classes(NAMED, [MapLabels("m", [Label(1, "wood "), Label(7, "WATER")])])
    assert match.names == ("Water", "Wood")
    assert match.maps == ({1: 2, 7: 1},)
    assert match.warnings == ()


def test_codes_where_one_side_has_no_names():
    match = match_classes(labels(10, 20), [MapLabels("m", [Label(20, "Wood"), Label(10, "Water")])])
    assert match.names == ("Water", "Wood")
    assert match.maps == ({20: 2, 10: 1},)
    assert match_classes(NAMED, [MapLabels("m", labels(1, 2))]).maps == ({1: 1, 2: 2},)


def test_two_codes_of_one_name_are_one_class():
    reference = [Label(1, "Urban"), Label(2, "Urban"), Label(3, "Water")]
    match = match_classes(reference, [MapLabels("m", [Label(5, "Urban"), Label(6, "Water")])])
    assert match.names == ("Urban", "Water")
    assert list(match.reference.values()) == [1, 1, 2]
    assert match.maps == ({5: 1, 6: 2},)
    assert len(match.warnings) == 1
    assert "Several class values of the reference have one name" in match.warnings[0]
    assert "1 (Urban), 2 (Urban)" in match.warnings[0]


def test_names_in_several_forms_are_one_class_and_told():
    reference = [Label(1, "Geb\u00e4ude"), Label(2, "Water")]
    maps = MapLabels("m", [Label(5, "Geba\u0308ude"), Label(6, "geb\u00e4ude "), Label(7, "water")])
    match = match_classes(reference, [maps])
    assert match.maps == ({5: 1, 6: 1, 7: 2},)
    assert "Several class values of the map m have one name" in match.warnings[0]


def test_a_name_that_is_another_ones_value_is_refused():
    reference = [Label(1, "2"), Label(2, "3")]
    with pytest.raises(
        LabelError, match=r"'2', which is the value of one class .* \(1 \(2\), 2 \(3\)\); use"
    ):
        match_classes(reference, [MapLabels("m", labels(5))], {5: "2"})
    assert match_classes(reference, [MapLabels("m", labels(5))], {5: "3"}).maps == ({5: 2},)


def test_classes_of_one_side_are_told():
    match = match_classes(NAMED, [MapLabels("m", [Label(1, "Water"), Label(3, "Road")])])
    assert match.names == ("Water", "Wood", "Road")
    assert match.maps == ({1: 1, 3: 3},)
    told = "\n".join(match.warnings)
    assert "The map m has classes that the reference has not: 3 (Road)" in told
    assert "The reference has classes that the map m has not: Wood" in told


def test_a_class_that_two_maps_have_and_the_reference_has_not_is_one():
    maps = [MapLabels("a", labels(1, 9)), MapLabels("b", labels(9, 2))]
    match = match_classes(labels(1, 2), maps)
    assert match.names == ("1", "2", "9")
    assert match.maps == ({1: 1, 9: 3}, {2: 2, 9: 3})


def test_a_later_map_shares_a_class_with_the_reference_too():
    """What the first map alone has is no class in common."""
    maps = [MapLabels("first", labels(1, 2)), MapLabels("second", labels(2, 3))]
    with pytest.raises(LabelError, match="The map second and the reference have no class in common"):
        match_classes(labels(1), maps)
    match = match_classes(labels(1), [maps[0], MapLabels("second", labels(1, 2))])
    assert match.warnings == (
        "The maps first, second have classes that the reference has not: 2. Each of their pixels with a reference "
        "counts as wrong.",
    )


def test_the_class_table():
    table = parse_class_table(" 10=wood, 20 = 1 ,30=")
    assert table == {10: "wood", 20: "1", 30: ""}
    match = match_classes(NAMED, [MapLabels("m", labels(10, 20, 30))], table)
    assert match.maps == ({10: 2, 20: 1, 30: 0},)
    assert match.warnings == ()


def test_polygons_with_names_need_a_map_with_names_or_a_table():
    reference = [Label(None, "Water"), Label(None, "Wood")]
    with pytest.raises(LabelError, match=r"has class values without names \(4, 5\).*'4=Water'"):
        match_classes(reference, [MapLabels("m", labels(4, 5))])
    assert match_classes(reference, [MapLabels("m", labels(4, 5))], {4: "water", 5: "wood"}).maps == (
        {4: 1, 5: 2},
    )


def test_how_classes_were_matched_is_told():
    named = MapLabels("named", [Label(1, "Wood"), Label(2, "Water"), Label(3, "Road")])
    assert match_classes(NAMED, [named]).matching == ("Classes are matched by name: 1 = Wood, 2 = Water.",)
    codes = MapLabels("codes", labels(1, 2))
    told = match_classes(NAMED, [named, codes]).matching
    assert told == (
        "Classes of the map named are matched by name: 1 = Wood, 2 = Water.",
        "Classes of the map codes are matched by value: 1 = Water, 2 = Wood.",
    )
    told = match_classes(labels(1, 2), [named, MapLabels("again", named.labels)]).matching
    assert told == ("Classes are matched by value: 1 = Wood, 2 = Water.",)
    told = match_classes(NAMED, [codes], {1: "wood", 2: ""}).matching
    assert told == ("Classes are matched by the class table: 1 = Wood, 2 = no data.",)


def test_a_comma_in_a_name():
    assert parse_class_table("1=Fields, wet; 2=Road\n3=") == {1: "Fields, wet", 2: "Road", 3: ""}
    assert parse_class_table("  ") == {}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("10", "has the entry '10', and each needs"),
        ("x=Water", "has the entry 'x=Water'"),
        ("1=a,1=b", "says twice what class value 1 is"),
    ],
)
def test_tables_that_cannot_be_read(table, words):
    with pytest.raises(LabelError, match=words):
        parse_class_table(table)


@pytest.mark.parametrize(
    ("reference", "maps", "table", "words"),
    [
        ([], labels(1), {}, "no labelled pixel or polygon"),
        (labels(1, 2), labels(3), {}, "no class in common: the map has 3, the reference 1, 2. Say .*'3=1'"),
        (NAMED, [Label(1, "Wasser")], {}, r"no class in common: the map has 1 \(Wasser\)"),
        (NAMED, labels(1, 2), {1: "Water"}, "says nothing about 2 of the map m; add '2='"),
        (NAMED, labels(1), {1: "Road"}, r"names the class 'Road', which .*it has 1 \(Water\), 2 \(Wood\)"),
        (NAMED, labels(1), {1: ""}, "no class in common"),
        (labels(*range(255)), labels(1), {}, "255 classes together, and at most 254 are allowed"),
    ],
)
def test_refusals(reference, maps, table, words):
    with pytest.raises(LabelError, match=words):
        match_classes(reference, [MapLabels("m", maps)], table)
