"""Each algorithm's dialog, opened from the toolbox."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

TITLES = {
    "recurve:classify": "Classify and correct",
    "recurve:correct": "Correct a map",
    "recurve:newhintlayer": "New hint layer",
    "recurve:preparesamples": "Prepare samples",
    "recurve:trainclassifier": "Train classifier",
    "recurve:traincorrector": "Train corrector",
    "recurve:assess": "Assess maps",
    "recurve:animate": "Animate correction",
    "recurve:describenetwork": "Describe network",
}
# the last layer is the active one
PROJECTS = {
    "empty": (),
    "raster": ("image",),
    "vector": ("labels",),
    "map": ("image", "labels", "map"),
}


@pytest.fixture
def for_each(qgis, ground):
    """A function: what a scenario tells of each algorithm; where QGIS dies of one, the others are played on."""

    def play(scenario, name, layers, **settings):
        remaining, told, died_of = list(TITLES), {}, {}
        layers = {layer: ground[layer] for layer in layers}
        while remaining:
            folder = f"{name}_{remaining[0].partition(':')[2]}"
            session = qgis(scenario, folder, algorithms=remaining, layers=layers, **settings)
            done = session.told.get("done", {})
            told.update(done)
            remaining = remaining[len(done) :]
            if not remaining:
                session.check()
            else:
                died_of[remaining.pop(0)] = session.told.get("fault") or session.output
        assert not died_of
        return told

    return play


@pytest.mark.parametrize("project", PROJECTS)
def test_every_dialog_opens(for_each, project):
    assert for_each("open_dialogs", f"open_{project}", PROJECTS[project]) == TITLES


def test_the_dialogs_speak_german(for_each):
    told = for_each("open_dialogs", "german", (), language="de_AT")
    assert told["recurve:classify"] == "Klassifizieren und korrigieren"
    assert not set(told.values()) & set(TITLES.values())


def test_every_widget_can_be_used(for_each):
    """A raster chosen for labels, too: each entry of a drop-down list is chosen once."""
    for algorithm, used in for_each("every_widget", "widgets", ("map", "image", "labels")).items():
        kept = {
            name: seen
            for name, seen in used.items()
            if seen["before"] == seen["after"] and not seen["kind"].endswith("ComboBox")
        }
        assert not kept, algorithm


def test_the_toolbox_finds_what_people_search_for(qgis):
    words = (
        "building",
        "footprint",
        "land cover",
        "orthophoto",
        "roof",
        "machine learning",
        "smooth",
        "digitize",
    )
    told = qgis("search", words=[*words, "install"]).check()["found"]
    assert all(any(name.startswith("recurve:") for name in found) for found in told.values()), told


def test_classes_are_filled_in_from_the_layer(qgis, ground):
    told = qgis("fill_classes", layers={name: ground[name] for name in ("image", "labels")}).check()
    assert "Choose " in told["refused"]
    assert "(CLASS_FIELD) first" in told["refused"]
    assert told["values"] == ["1", "1", "", "2", "2", ""]
    assert told["shown"] == ["1", "Ground", "#112233", "2", "House", "#445566"]
    assert told["outcome"]["succeeded"], told["outcome"]
    assert "Soil: " in told["outcome"]["log"]
